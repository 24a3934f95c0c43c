"""The changes of a patch as hunks, judged by the rules, the gate and, with one, a reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mtrepair import pipeline
from mtrepair.core import (
    Applicability,
    Document,
    Edit,
    Finding,
    LineIndex,
    Proposal,
    Severity,
    Span,
    apply,
    moved,
)
from mtrepair.pipeline import Examination
from mtrepair.readers import read
from mtrepair.review import words
from mtrepair.review.engine import Found, Looked, Message, Repaired, Work, window
from mtrepair.review.explain import explain
from mtrepair.review.hunks import Choice, Hunk, Kind
from mtrepair.review.references import Chrf, pair
from mtrepair.review.session import NextRound
from mtrepair.rules import Context, Passage, Priority, Rule, RuleInfo
from mtrepair.verify import Gate

NAME = "change"
CHANGE = Rule(
    info=RuleInfo(
        name=NAME,
        group="review",
        severity=Severity.MINOR,
        summary="A change that a patch proposes.",
        priority=Priority.TYPOGRAPHY,
    ),
    docs="Stands for a finding where a change comes from a patch; it never fires.",
)

AROUND = 160
"""Code points shown on each side of a change that stands in no passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A file and the text that a patch proposes for it.

    Attributes:
        work: the file as it is without the change.
        text: the file with it.
        reference: a whole human translation, or None.
    """

    work: Work
    text: str
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    examined: Examination
    gate: Gate
    lines: LineIndex
    references: dict[int, str]


class ChangeEngine:
    """Looks at the changes of a patch (an engine as the desk wants one)."""

    def __init__(self, files: Sequence[Proposed]) -> None:
        self._files = files
        self._seen: dict[int, _Seen] = {}
        self._chrf: Chrf | None = None

    def look(self, request: NextRound) -> Iterator[Message]:
        """All changes at once, then each with what can be said about it."""
        hunks: dict[int, list[tuple[Hunk, Edit]]] = {}
        for file, text, _ in request.texts:
            seen, warnings = self._examine(file, text)
            self._seen[file] = seen
            edits = words.changes(text, self._files[file].text)
            hunks[file] = [(_hunk(file, seen, edit), edit) for edit in edits]
            yield Found(
                ticket=request.ticket,
                file=file,
                hunks=tuple(hunk for hunk, _ in hunks[file]),
                warnings=warnings,
                crashes=tuple(seen.examined.crashes),
            )
        for file, some in hunks.items():
            for hunk, edit in some:
                yield Repaired(ticket=request.ticket, hunks=(self._judged(hunk, edit),))
            yield Looked(ticket=request.ticket, file=file)

    def judge(self, hunk: Hunk, edits: Sequence[Edit]) -> Choice:
        """What can be said about other words that the reviewer writes."""
        seen = self._seen[hunk.file]
        if hunk.passage < 0:
            made = [Edit(span=e.span.shift(hunk.at), text=e.text) for e in edits]
            return Choice(edits=tuple(made), shown=tuple(edits), origin="you", notes=(NOT_JUDGED,))
        moved_edits = tuple(Edit(span=e.span.shift(hunk.at), text=e.text) for e in edits)
        written = seen.examined.document.edits(hunk.passage, moved_edits) or ()
        return self._choice(hunk, moved_edits, tuple(written), "you")

    def _examine(self, file: int, text: str) -> tuple[_Seen, tuple[str, ...]]:
        proposed = self._files[file]
        work = proposed.work
        lang = work.session.options.lang
        document = read(text, format=work.format, name=work.path, lang=lang)
        examined, warnings = work.session.examine(document, work.source, screen=work.screen)
        gate = Gate(
            rules=[*examined.rules, CHANGE], context=examined.context, findings=examined.raw
        )
        references: dict[int, str] = {}
        if proposed.reference is not None:
            references = pair(examined.document, proposed.reference)
        return _Seen(examined, gate, LineIndex(text), references), warnings

    def _judged(self, hunk: Hunk, edit: Edit) -> Hunk:
        seen = self._seen[hunk.file]
        if hunk.passage < 0:
            shown = (Edit(span=edit.span.shift(-hunk.at), text=edit.text),)
            choice = Choice(edits=(edit,), shown=shown, origin="patch", notes=(NOT_JUDGED,))
        else:
            inside = _inside(seen.examined.document, edit)
            assert inside is not None
            choice = self._choice(hunk, (inside[1],), (edit,), "patch")
        default = 0 if choice.allowed else None
        reference = seen.references.get(hunk.passage)
        return replace(
            hunk,
            choices=(choice,),
            default=default,
            planned=True,
            judged=True,
            reference=reference,
        )

    def _choice(
        self, hunk: Hunk, edits: tuple[Edit, ...], written: tuple[Edit, ...], origin: str
    ) -> Choice:
        """Edits of a passage with all that can be said about them."""
        seen = self._seen[hunk.file]
        passage = seen.examined.context.passages[hunk.passage]
        verdict = seen.gate.judge(
            Proposal(
                finding=Finding(
                    rule=NAME,
                    span=Span(edits[0].span.start, edits[-1].span.end),
                    message="",
                    severity=Severity.MINOR,
                    segment=hunk.passage,
                ),
                edits=edits,
                applicability=Applicability.SUGGESTED,
                origin=origin,
            )
        )
        after = apply(passage.text, edits)
        notes = [*_findings(seen.examined, passage, after, edits), *explain(passage.text, edits)]
        reference = seen.references.get(hunk.passage)
        if reference is not None:
            if self._chrf is None:
                self._chrf = Chrf.load()
            was, is_ = (self._chrf.score(text, reference) for text in (passage.text, after))
            notes.append(f"chrF++ {was:.1f} → {is_:.1f}")
        return Choice(
            edits=written,
            shown=tuple(Edit(span=e.span.shift(-hunk.at), text=e.text) for e in edits),
            origin=origin,
            allowed=verdict.accepted,
            reasons=verdict.reasons,
            notes=tuple(notes),
        )


NOT_JUDGED = "not judged: it changes the layout or markup, not the words of one passage"


def _hunk(file: int, seen: _Seen, edit: Edit) -> Hunk:
    document = seen.examined.document
    inside = _inside(document, edit)
    if inside is None:
        text = document.text
        start = max(text.rfind("\n", 0, edit.span.start) + 1, edit.span.start - AROUND)
        stop = text.find("\n", edit.span.end)
        end = min(len(text) if stop < 0 else stop, edit.span.end + AROUND)
        shown, passage_text, index, span = Span(start, end), text, -1, edit.span
        source = None
    else:
        index, local = inside
        passage = seen.examined.context.passages[index]
        shown, passage_text, span = window(passage, local.span), passage.text, local.span
        source = passage.source
    return Hunk(
        file=file,
        rule=NAME,
        severity=Severity.MINOR,
        confidence=1.0,
        message=_message(edit.span.of(document.text), edit.text),
        span=edit.span,
        line=seen.lines.position(edit.span.start)[0],
        text=shown.of(passage_text),
        mark=span.shift(-shown.start),
        flagged=edit.span.of(document.text),
        kind=Kind.CHANGE,
        source=source,
        passage=index,
        at=shown.start,
    )


def _message(old: str, new: str) -> str:
    what = "inserts" if not old else "deletes" if not new else "replaces"
    many = len((old or new).split())
    return f"{what} {many or 'white space, no'} word{'s' * (many != 1)}"


def _inside(document: Document, edit: Edit) -> tuple[int, Edit] | None:
    """The passage that holds an edit of the document, and the edit counting in it.

    None where it reaches beyond one stretch of plain text: over markup, an escape or a line end
    between passages, or where new words would be written otherwise (``&`` in HTML).
    """
    for index, segment in enumerate(document.segments):
        escape = segment.escape or document.escape
        for run in segment.runs:
            if run.start <= edit.span.start and edit.span.end <= run.start + run.width:
                if run.length != run.width or escape(edit.text) != edit.text:
                    return None
                if "\n" in edit.text:
                    return None  # it would make two passages of one
                offset = run.at - run.start
                return index, Edit(span=edit.span.shift(offset), text=edit.text)
    return None


def _findings(
    examined: Examination, passage: Passage, after: str, edits: Sequence[Edit]
) -> Iterator[str]:
    """Which findings of the passage go, and which come."""
    rules = [rule for rule in examined.rules if rule.detect is not None]
    names = {rule.name for rule in rules}
    before = [
        (f.rule, moved(f.span, edits), f.span.of(passage.text))
        for f in examined.findings
        if f.segment == passage.index and f.rule in names
    ]
    edited = Passage(replace(passage.segment, text=after), passage.index, passage.language)
    # In the context of the whole document, as the gate does: a name may be known from elsewhere.
    context = examined.context
    raw = sorted(
        (
            f
            for rule in rules
            for f in _said(rule, edited, context)
            if f.confidence >= context.thresholds.get(f.rule, 0.0)
        ),
        key=lambda f: (f.span.start, f.span.end, f.rule),
    )
    now = pipeline.resolve(raw, {rule.name: rule.info.priority for rule in rules})
    for rule, span, text in before:
        if not any(f.rule == rule and (f.span.overlap(span) or f.span == span) for f in now):
            yield f"removes {rule} “{_short(text)}”"
    for f in now:
        if not any(r == f.rule and (f.span.overlap(s) or f.span == s) for r, s, _ in before):
            yield f"brings {f.rule} “{_short(f.span.of(after))}”"


def _said(rule: Rule, passage: Passage, context: Context) -> list[Finding]:
    """What a rule finds in a passage; one that fails has said so about the whole document."""
    try:
        return [] if rule.detect is None else list(rule.detect(passage, context))
    except Exception:
        return []


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
