"""What there is to review: findings at once, their repairs as they are worked out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, takewhile
from typing import Protocol

from mtrepair import pipeline
from mtrepair.api import Session
from mtrepair.core import Applicability, Edit, Finding, LineIndex, Proposal, Span, Verdict
from mtrepair.pipeline import Crash, Examination, Judged, Screen
from mtrepair.readers import read
from mtrepair.review.explain import explain
from mtrepair.review.hunks import Choice, Decided, Hunk, same_edits
from mtrepair.review.session import NextRound
from mtrepair.rules import Passage
from mtrepair.verify import Gate

LONGEST = 400
"""Code points of a sentence beyond which it is shown cut; what is flagged stays whole."""
LONG = 60_000
"""Code points of a text beyond which its beginning is looked at first, so that the reviewer can
begin: it takes seconds to read a book."""
BEGINNING = 12_000
"""Code points of that beginning, in whole passages."""
AROUND = 120
"""Code points on each side of what is flagged that are then kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A file to review and how it is to be looked at.

    Attributes:
        format: as :func:`mtrepair.readers.read` has it, not ``auto``.
        source: the whole original text, or None.
        screen: leaves out the findings that somebody has judged before.
        glance: the same for a look at the beginning alone; it keeps no tally of what it met.
    """

    path: str
    text: str
    format: str
    session: Session
    source: str | None = None
    screen: Screen | None = None
    glance: Screen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The findings of a file; their repairs are not known yet.

    Attributes:
        partial: these are those of its beginning, the rest of the file still unread.
    """

    ticket: int
    file: int
    hunks: tuple[Hunk, ...]
    warnings: tuple[str, ...] = ()
    crashes: tuple[Crash, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """All hunks of a passage with their repairs."""

    ticket: int
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Nothing more will come for a file."""

    ticket: int
    file: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The engine could not go on: a model that cannot be loaded, or a bug."""

    error: Exception


Message = Found | Repaired | Looked | Failed


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found in the text that a file had in one round.

    Attributes:
        ticket: of the look that found it.
        findings: those to ask about, by their place in the document.
        left: the places of those that were left before for want of a repair.
    """

    ticket: int
    examined: Examination
    gate: Gate
    lines: LineIndex
    findings: dict[tuple[int, int, str], Finding]
    left: frozenset[tuple[int, int, str]]

    def place(self, finding: Finding) -> tuple[int, int, str]:
        """Where a finding stands in the document, and its rule."""
        span = self.examined.document.segments[finding.segment].locate(finding.span)
        return span.start, span.end, finding.rule


class Engine:
    """Looks at texts, and judges what a reviewer writes in them."""

    def __init__(self, works: Sequence[Work]) -> None:
        self.works = works
        # By ticket and file: an undo leads back to hunks of an earlier round.
        self._seen: dict[tuple[int, int], _Seen] = {}

    def look(self, request: NextRound) -> Iterator[Message]:
        """Everything about the texts of a round, in reading order; worked out as it is asked for.

        The findings of all files come first, so that the reviewer knows how much there is.
        """
        for file, text, decided in request.texts:
            # In the first round of a review only, so that going on from a journal sees the same.
            glanced = self._glance(request.ticket, file, text) if request.ticket == 1 else None
            if glanced is not None:
                self._seen[request.ticket, file] = glanced
                hunks = tuple(_hunk(file, glanced, f) for f in glanced.findings.values())
                yield Found(ticket=request.ticket, file=file, hunks=hunks, partial=True)
                for repaired in self._repair(file, glanced):
                    yield Repaired(ticket=request.ticket, hunks=repaired)
            seen, warnings = self._examine(request.ticket, file, text, decided)
            hunks = tuple(_hunk(file, seen, finding) for finding in seen.findings.values())
            if glanced is not None:  # what was only thought at first may have been decided
                seen = replace(seen, findings={**glanced.findings, **seen.findings})
            self._seen[request.ticket, file] = seen
            yield Found(
                ticket=request.ticket,
                file=file,
                hunks=hunks,
                warnings=warnings,
                crashes=tuple(seen.examined.crashes),
            )
        for file, _, _ in request.texts:
            for hunks in self._repair(file, self._seen[request.ticket, file]):
                yield Repaired(ticket=request.ticket, hunks=hunks)
            yield Looked(ticket=request.ticket, file=file)

    def judge(self, hunk: Hunk, edits: Sequence[Edit]) -> Choice:
        """What the gate says about edits of a hunk's text that the reviewer made."""
        seen = self._seen[hunk.ticket, hunk.file]
        moved = tuple(Edit(span=e.span.shift(hunk.at), text=e.text) for e in edits)
        verdict = seen.gate.judge(
            Proposal(
                finding=seen.findings[hunk.span.start, hunk.span.end, hunk.rule],
                edits=moved,
                applicability=Applicability.SUGGESTED,
                origin="you",
            )
        )
        return _choice(seen, verdict, hunk.at)

    def _examine(
        self, ticket: int, file: int, text: str, decided: Sequence[Decided]
    ) -> tuple[_Seen, tuple[str, ...]]:
        work = self.works[file]
        lang = work.session.options.lang
        document = read(text, format=work.format, name=work.path, lang=lang)
        examined, warnings = work.session.examine(document, work.source, screen=work.screen)
        said = {(d.span.start, d.span.end, d.rule): d.left for d in decided}
        seen = _Seen(ticket, examined, examined.gate(), LineIndex(text), {}, frozenset())
        places = {seen.place(f): f for f in examined.findings}
        wanted = {place: f for place, f in places.items() if said.get(place, True)}
        examined = replace(examined, findings=list(wanted.values()))
        left = frozenset(place for place in wanted if place in said)
        return replace(seen, examined=examined, findings=wanted, left=left), warnings

    def _glance(self, ticket: int, file: int, text: str) -> _Seen | None:
        """The beginning of a long text; None where it would not come sooner than the whole."""
        work = self.works[file]
        if len(text) <= LONG or work.source is not None:
            return None
        lang = work.session.options.lang
        document = read(text, format=work.format, name=work.path, lang=lang)
        ends = accumulate(len(segment.text) for segment in document.segments)
        many = 1 + sum(1 for _ in takewhile(lambda end: end < BEGINNING, ends))
        if many >= len(document.segments):
            return None
        document = replace(document, segments=document.segments[:many])
        examined, _ = work.session.examine(document, None, screen=work.glance)
        seen = _Seen(ticket, examined, examined.gate(), LineIndex(text), {}, frozenset())
        return replace(seen, findings={seen.place(f): f for f in examined.findings})

    def _repair(self, file: int, seen: _Seen) -> Iterator[tuple[Hunk, ...]]:
        session = self.works[file].session
        priorities = {rule.name: rule.info.priority for rule in session.rules}
        judged = (
            one
            for some in pipeline.judge(seen.examined, seen.examined.findings, session.rewriter)
            for one in some
        )
        for _, group in groupby(judged, key=lambda one: one.finding.segment):
            passage = list(group)
            plan = pipeline.plan(passage, priorities, Applicability.SUGGESTED)
            planned = {id(verdict.proposal.finding) for verdict in plan}
            yield tuple(
                _repaired(file, seen, one, planned=id(one.finding) in planned) for one in passage
            )


class Looker(Protocol):
    """Whatever finds hunks: the engine for findings, or the one for a patch."""

    def look(self, request: NextRound) -> Iterator[Message]:
        """Everything about the texts of a round."""


class Background:
    """An engine at work in a thread of its own, so that keys are answered meanwhile.

    Args:
        post: is called from that thread with each message.
    """

    def __init__(self, engine: Looker, post: Callable[[Message], None]) -> None:
        self._engine = engine
        self._post = post
        self._ticket = 0
        self._turn = threading.Lock()

    def look(self, request: NextRound) -> None:
        """Begin with a round; what is under way for an earlier one stops at the next message."""
        self._ticket = request.ticket
        threading.Thread(target=self._work, args=(request,), daemon=True).start()

    def _work(self, request: NextRound) -> None:
        with self._turn:  # one at a time: a model's threads have the machine to themselves
            try:
                for message in self._engine.look(request):
                    if self._ticket != request.ticket:
                        return
                    self._post(message)
            except Exception as error:  # the terminal shows it; nothing decided is lost
                self._post(Failed(error))


def window(passage: Passage, span: Span) -> Span:
    """The sentences that hold ``span``, cut to whole words where they are very long."""
    start, end = span.start, span.end
    for sentence in passage.sentences:
        if sentence.end > span.start and sentence.start < span.end + (len(span) == 0):
            start, end = min(start, sentence.start), max(end, sentence.end)
    if end - start <= LONGEST + len(span):
        return Span(start, end)
    text = passage.text
    if span.start - start > AROUND:
        cut = text.find(" ", span.start - AROUND, span.start)
        start = cut + 1 if cut >= 0 else span.start - AROUND
    if end - span.end > AROUND:
        cut = text.rfind(" ", span.end, span.end + AROUND)
        end = cut if cut >= 0 else span.end + AROUND
    return Span(start, end)


def _hunk(file: int, seen: _Seen, finding: Finding, judged: Judged | None = None) -> Hunk:
    passage = seen.examined.context.passages[finding.segment]
    start, end, _ = place = seen.place(finding)
    spans = [finding.span]
    if judged is not None:
        spans += [e.span for v in judged.verdicts for e in v.proposal.edits]
    shown = window(passage, Span(min(s.start for s in spans), max(s.end for s in spans)))
    return Hunk(
        file=file,
        rule=finding.rule,
        severity=finding.severity,
        confidence=finding.confidence,
        message=finding.message,
        span=Span(start, end),
        line=seen.lines.position(start)[0],
        text=shown.of(passage.text),
        mark=finding.span.shift(-shown.start),
        flagged=finding.span.of(passage.text),
        source=passage.source,
        left=place in seen.left,
        passage=finding.segment,
        at=shown.start,
        ticket=seen.ticket,
    )


def _repaired(file: int, seen: _Seen, judged: Judged, *, planned: bool) -> Hunk:
    hunk = _hunk(file, seen, judged.finding, judged)
    choices = same_edits([_choice(seen, verdict, hunk.at) for verdict in judged.verdicts])
    best = judged.best(Applicability.SUGGESTED)
    default: int | None = None
    if best is not None:
        wanted = _choice(seen, best, hunk.at).edits
        default = next(i for i, choice in enumerate(choices) if choice.edits == wanted)
    return replace(hunk, judged=True, planned=planned, choices=choices, default=default)


def _choice(seen: _Seen, verdict: Verdict, at: int) -> Choice:
    proposal = verdict.proposal
    segment = proposal.finding.segment
    passage = seen.examined.context.passages[segment]
    return Choice(
        edits=tuple(seen.examined.document.edits(segment, proposal.edits) or ()),
        shown=tuple(Edit(span=e.span.shift(-at), text=e.text) for e in proposal.edits),
        origin=proposal.origin,
        score=proposal.score,
        applicability=verdict.applicability,
        allowed=verdict.accepted,
        reasons=verdict.reasons,
        notes=() if verdict.accepted else explain(passage.text, proposal.edits),
    )
