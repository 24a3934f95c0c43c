"""The whole way of a document, in one page.

    document -> passages -> findings -> proposals -> verdicts -> plan -> edits

Every step takes what the one before gave and looks at nothing behind it. All spans count in the
text of their segment until :func:`to_document` puts them into the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby
from typing import TYPE_CHECKING

from mtrepair.core import (
    Applicability,
    Document,
    Edit,
    Finding,
    Proposal,
    Span,
    Verdict,
)
from mtrepair.languages import Language
from mtrepair.rewriters.base import Rewriter
from mtrepair.rules import Context, Passage, Priority, Rule
from mtrepair.rules.learned.marks import Detector
from mtrepair.verify import Gate

if TYPE_CHECKING:
    from mtrepair.rewriters.replies import Sense

MAX_PROPOSALS = 5
"""Alternatives kept per finding; more than a reviewer reads."""

CHUNK = 4
"""Findings that go to the model together. The chunks are the same whoever asks, because int8 scores
differ a little with the batch (by up to .02 a piece); so `review` can show the first findings while
the next are computed, and still offers what `fix` does. Four cost no more time than all at once."""
_MORE = 8
"""The same without a model: the gate looks at the trials of eight in half the time."""


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that raised; the run goes on without what it would have said."""

    rule: str
    segment: int | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced:
    """A finding that somebody has judged before: it counts for nothing, and can be shown.

    Attributes:
        by: ``comment``, ``config`` or ``baseline``.
        reason: what the person wrote beside it; may be empty.
    """

    finding: Finding
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """The findings that count, in reading order, those that were judged before, and warnings."""

    findings: Sequence[Finding]
    silenced: Sequence[Silenced] = ()
    warnings: tuple[str, ...] = ()


Screen = Callable[[Document, Sequence[Finding]], Screened]
"""Says which findings of a document count; their spans count in the segments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A finding with everything proposed for it, the best accepted proposal first."""

    finding: Finding
    verdicts: tuple[Verdict, ...] = ()

    def best(self, level: Applicability) -> Verdict | None:
        """The best accepted proposal at or above ``level``, or None."""
        for verdict in self.verdicts:
            if verdict.accepted and verdict.applicability >= level:
                return verdict
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What is wrong in a document and what could be done about it (spans: see ``judged``)."""

    document: Document
    judged: tuple[Judged, ...]
    crashes: tuple[Crash, ...] = ()
    silenced: tuple[Silenced, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What the rules say about a document, before anything is proposed.

    Attributes:
        findings: what is shown, in reading order; spans count in their segments.
        raw: everything that was found, whatever its confidence.
        silenced: what a screen took out of the findings; ``warnings`` are what it had to say.
    """

    document: Document
    rules: Sequence[Rule]
    context: Context
    findings: Sequence[Finding]
    raw: Sequence[Finding]
    crashes: list[Crash]
    silenced: Sequence[Silenced] = ()
    warnings: tuple[str, ...] = ()

    def gate(self) -> Gate:
        """The gate that judges proposals for this document."""
        crashed = {crash.rule for crash in self.crashes}
        return Gate(rules=self.rules, context=self.context, findings=self.raw, crashed=crashed)


def analyse(
    document: Document,
    rules: Sequence[Rule],
    language: Language,
    *,
    proposals: bool = True,
    sensitive: bool = False,
    names: frozenset[str] = frozenset(),
    rewriter: Rewriter | None = None,
    detector: Detector | None = None,
    screen: Screen | None = None,
) -> Analysis:
    """Run the rules over a document and judge what they propose.

    Args:
        proposals: whether fixes are looked for at all.
        sensitive: keep findings below their rule's threshold too.
        rewriter: a model that proposes and ranks; without one only rules propose.
        detector: what the rules that need ``model`` ask; they stay silent without one.
        screen: says which findings count; nothing is proposed for the others.

    Returns:
        The findings in reading order, spans counting in their segments.
    """
    examined = examine(
        document,
        rules,
        language,
        sensitive=sensitive,
        names=names,
        detector=detector,
        screen=screen,
    )
    if proposals:
        judged = tuple(chain.from_iterable(judge(examined, examined.findings, rewriter)))
    else:
        judged = tuple(Judged(finding=finding) for finding in examined.findings)
    return Analysis(
        document=document,
        judged=judged,
        crashes=tuple(examined.crashes),
        silenced=tuple(examined.silenced),
        warnings=examined.warnings,
    )


def examine(
    document: Document,
    rules: Sequence[Rule],
    language: Language,
    *,
    sensitive: bool = False,
    names: frozenset[str] = frozenset(),
    detector: Detector | None = None,
    screen: Screen | None = None,
) -> Examination:
    """The first half of :func:`analyse`: what is wrong, without any rewriter."""
    passages = [Passage(s, i, language) for i, s in enumerate(document.segments)]
    thresholds = {rule.name: 0.0 if sensitive else rule.info.threshold for rule in rules}
    context = Context(
        language=language,
        passages=passages,
        names=names,
        thresholds=thresholds,
        detector=detector,
    )
    crashes: list[Crash] = []
    raw = detect(rules, context, crashes)
    kept = resolve(
        [f for f in raw if f.confidence >= thresholds[f.rule]],
        {rule.name: rule.info.priority for rule in rules},
    )
    screened = Screened(findings=kept) if screen is None else screen(document, kept)
    return Examination(
        document=document,
        rules=rules,
        context=context,
        findings=screened.findings,
        raw=raw,
        crashes=crashes,
        silenced=screened.silenced,
        warnings=screened.warnings,
    )


def judge(
    examined: Examination, findings: Sequence[Finding], rewriter: Rewriter | None = None
) -> Iterator[list[Judged]]:
    """The second half of :func:`analyse`, a few findings at a time.

    Args:
        findings: those of the examination that are wanted, in reading order.
    """
    gate = examined.gate()
    size = _MORE if rewriter is None else CHUNK
    for at in range(0, len(findings), size):
        some = findings[at : at + size]
        offered = propose(some, examined.rules, examined.context, examined.crashes)
        if rewriter is not None:
            from mtrepair.rewriters import proposer, spelling  # only with a model

            passages, sense = examined.context.passages, sense_of(examined.context.language)
            offered += proposer.propose(some, passages, rewriter, sense, offered=offered)
            offered = proposer.rank(offered, passages, rewriter)
        verdicts: dict[int, list[Verdict]] = {}
        gate.prepare(offered)
        for proposal in offered:
            verdict = _writable(examined.document, gate.judge(proposal))
            verdicts.setdefault(id(proposal.finding), []).append(verdict)
        if rewriter is not None:
            for finding in some:
                if finding.rule in spelling.RULES and id(finding) in verdicts:
                    text = examined.context.passages[finding.segment].text
                    verdicts[id(finding)] = spelling.settled(verdicts[id(finding)], text)
        yield [Judged(finding=f, verdicts=_ranked(verdicts.get(id(f), ()))) for f in some]


def sense_of(language: Language) -> Sense:
    """What tells which of a model's replies are worth weighing."""
    from mtrepair.rewriters.replies import Sense  # only with a model
    from mtrepair.rules.words.vocabulary import is_word

    return Sense(language, partial(is_word, language=language))


def _writable(document: Document, verdict: Verdict) -> Verdict:
    """The verdict, refused if its edits cannot be written in the document's format."""
    proposal = verdict.proposal
    if document.edits(proposal.finding.segment, proposal.edits) is not None:
        return verdict
    return replace(verdict, accepted=False, reasons=(*verdict.reasons, "crosses-markup"))


def detect(rules: Sequence[Rule], context: Context, crashes: list[Crash]) -> list[Finding]:
    """Everything the rules say, in reading order; a rule that raises goes to ``crashes``."""
    found: list[Finding] = []
    for rule in rules:
        if rule.detect_document is not None:
            try:
                found.extend(rule.detect_document(context.passages, context))
            except Exception as error:
                crashes.append(Crash(rule.name, None, f"{type(error).__name__}: {error}"))
        if rule.detect is None:
            continue
        for passage in context.passages:
            try:
                found.extend(rule.detect(passage, context))
            except Exception as error:
                crashes.append(Crash(rule.name, passage.index, f"{type(error).__name__}: {error}"))
    found.sort(key=lambda f: (f.segment, f.span.start, f.span.end, f.rule))
    return found


def resolve(findings: Sequence[Finding], priorities: dict[str, Priority]) -> list[Finding]:
    """The findings without those that a weightier one on the same words makes superfluous.

    What lies inside a repetition goes with it. Elsewhere a finding yields when it and the
    weightier one cover more than half of each other. Of two findings with the same span the one
    of higher priority, then of higher confidence, stays.
    """
    kept: list[Finding] = []
    for _, group in groupby(findings, key=lambda f: f.segment):
        by_weight = sorted(group, key=lambda f: (-priorities[f.rule], -f.confidence, -len(f.span)))
        accepted: list[Finding] = []
        cells: dict[int, list[Finding]] = {}  # what stands in each stretch of the text
        for finding in by_weight:
            places = range(finding.span.start // _CELL, finding.span.end // _CELL + 1)
            near = (other for place in places for other in cells.get(place, ()))
            if not any(_silences(other, finding, priorities) for other in near):
                accepted.append(finding)
                for place in places:
                    cells.setdefault(place, []).append(finding)
        kept += sorted(accepted, key=lambda f: (f.span.start, f.span.end, f.rule))
    return kept


_CELL = 200
"""Code points of a stretch: only findings that share one can stand on the same words."""


def _silences(strong: Finding, weak: Finding, priorities: dict[str, Priority]) -> bool:
    shared = strong.span.overlap(weak.span)
    if not shared:
        return False
    if priorities[strong.rule] == Priority.REPETITION and strong.span.covers(weak.span):
        return True
    return 2 * shared > len(strong.span) and 2 * shared > len(weak.span)


def propose(
    findings: Sequence[Finding], rules: Sequence[Rule], context: Context, crashes: list[Crash]
) -> list[Proposal]:
    """What the findings' own rules propose."""
    by_name = {rule.name: rule for rule in rules}
    offered: list[Proposal] = []
    for finding in findings:
        rule = by_name[finding.rule]
        if rule.propose is None:
            continue
        try:
            some = list(rule.propose(finding, context.passages[finding.segment], context))
        except Exception as error:
            crashes.append(Crash(rule.name, finding.segment, f"{type(error).__name__}: {error}"))
            continue
        if finding.confidence < rule.info.threshold:  # below the bar nothing is safe
            some = [
                replace(p, applicability=min(p.applicability, Applicability.SUGGESTED))
                for p in some
            ]
        offered += some[:MAX_PROPOSALS]
    return offered


def _ranked(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Accepted before rejected, safe before suggested, then by score; otherwise as proposed."""
    return tuple(
        sorted(
            verdicts,
            key=lambda v: (not v.accepted, -v.applicability, -v.proposal.score),
        )
    )


def plan(
    judged: Sequence[Judged], priorities: dict[str, Priority], level: Applicability
) -> list[Verdict]:
    """The verdicts to carry out: at most one per finding, none that overlap.

    Where two want the same words, the finding of higher priority wins.
    """
    chosen: list[Verdict] = []
    taken: dict[int, list[Span]] = {}
    candidates = [v for j in judged if (v := j.best(level)) is not None]
    candidates.sort(
        key=lambda v: (-priorities[v.proposal.finding.rule], -v.proposal.finding.confidence)
    )
    for verdict in candidates:
        proposal = verdict.proposal
        spans = taken.setdefault(proposal.finding.segment, [])
        if any(edit.span.conflicts(span) for edit in proposal.edits for span in spans):
            continue
        spans += [edit.span for edit in proposal.edits]
        chosen.append(verdict)
    return chosen


def carry_out(document: Document, verdicts: Sequence[Verdict]) -> tuple[list[Edit], list[Verdict]]:
    """The planned verdicts as edits of the document, and those of them that can be written.

    A verdict whose edits would have to cross markup is left out whole.
    """
    edits: list[Edit] = []
    done: list[Verdict] = []
    for verdict in verdicts:
        proposal = verdict.proposal
        made = document.edits(proposal.finding.segment, proposal.edits)
        if made is not None:
            edits += made
            done.append(verdict)
    return edits, done


def to_document(document: Document, judged: Judged) -> Judged:
    """The same judgement with spans and edits counting in the document.

    A proposal that cannot be written in the document's format has no edits there.
    """
    finding = judged.finding
    moved = replace(
        finding,
        span=document.segments[finding.segment].locate(finding.span),
        within=finding.span,
    )
    verdicts: list[Verdict] = []
    for verdict in judged.verdicts:
        made = document.edits(finding.segment, verdict.proposal.edits)
        proposal = replace(
            verdict.proposal,
            finding=moved,
            edits=tuple(made or ()),
            within=verdict.proposal.edits,
        )
        verdicts.append(replace(verdict, proposal=proposal))
    return Judged(finding=moved, verdicts=tuple(verdicts))
