"""The gate: a proposal is carried out on a copy, and every check may refuse it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from mtrepair.core import Edit, Finding, Proposal, Segment, Span, Verdict, apply, ordered
from mtrepair.rules import Context, Passage, Rule
from mtrepair.verify.check import Check, Trial
from mtrepair.verify.findings import finding_gone, no_new_finding
from mtrepair.verify.length import length
from mtrepair.verify.margin import margin
from mtrepair.verify.survival import addresses, names, numbers, objects, pairs
from mtrepair.verify.words import known_words

CHECKS: tuple[Check, ...] = (
    margin,
    known_words,
    objects,
    numbers,
    addresses,
    names,
    pairs,
    length,
    finding_gone,
    no_new_finding,
)


REACH = 2000
"""Code points on each side of an edit that a trial looks at. It bounds the work of a trial in a
passage of any size, and is longer than all but a few sentences."""


class Gate:
    """Judges the proposals of one document.

    Args:
        rules: the rules in force; those that look at one segment are run again on each trial.
        context: the document's context.
        findings: all findings of the document, whatever their confidence.
        crashed: rules that failed on this document; they have no say in its trials.
    """

    def __init__(
        self,
        *,
        rules: Sequence[Rule],
        context: Context,
        findings: Sequence[Finding],
        crashed: Collection[str] = (),
    ) -> None:
        self._rules = {rule.name: rule for rule in rules}
        self._judges = [r for r in rules if r.detect is not None and r.name not in crashed]
        self._context = context
        self._before: dict[int, list[Finding]] = {}
        for finding in findings:
            if self._rules[finding.rule].detect is not None:
                self._before.setdefault(finding.segment, []).append(finding)

    def judge(self, proposal: Proposal) -> Verdict:
        """The verdict on one proposal; the first failing check gives the reason."""
        reason = self._refusal(proposal)
        return Verdict(
            proposal=proposal,
            accepted=reason is None,
            applicability=proposal.applicability,
            reasons=() if reason is None else (reason,),
        )

    def _refusal(self, proposal: Proposal) -> str | None:
        try:
            trial = self._trial(proposal)
        except Exception:  # a rule that cannot read the result; the pipeline reports its crashes
            return "rule-crashed"
        for check in CHECKS:
            reason = check(trial)
            if reason is not None:
                return reason
        return None

    def _trial(self, proposal: Proposal) -> Trial:
        index = proposal.finding.segment
        whole = self._context.passages[index]
        window = _window(whole.text, proposal)
        if len(window) == len(whole.text):
            passage, before = whole, self._before.get(index, [])
        else:
            passage = Passage(_cut(whole.segment, window), index, whole.language)
            before = self._detect(passage)
            proposal = _shifted(proposal, -window.start)
        edits = tuple(ordered(proposal.edits))
        segment = replace(passage.segment, text=apply(passage.text, edits))
        edited = Passage(segment, index, passage.language)
        return Trial(
            proposal=proposal,
            rule=self._rules[proposal.finding.rule],
            passage=passage,
            edited=edited,
            edits=edits,
            before=before,
            after=self._detect(edited),
            context=self._context,
        )

    def _detect(self, passage: Passage) -> list[Finding]:
        return [
            finding
            for rule in self._judges
            if rule.detect is not None
            for finding in rule.detect(passage, self._context)
        ]


def _window(text: str, proposal: Proposal) -> Span:
    """The part of a passage that a trial looks at: all of it, or REACH around the edits."""
    start = min(e.span.start for e in proposal.edits)
    end = max(e.span.end for e in proposal.edits)
    start = min(start, proposal.finding.span.start) - REACH
    end = max(end, proposal.finding.span.end) + REACH
    left = 0 if start <= 0 else text.rfind(" ", 0, start) + 1
    right = len(text) if end >= len(text) else text.find(" ", end)
    return Span(left, len(text) if right < 0 else right)


def _cut(segment: Segment, window: Span) -> Segment:
    return replace(segment, text=window.of(segment.text), runs=())


def _shifted(proposal: Proposal, offset: int) -> Proposal:
    return replace(
        proposal,
        finding=replace(proposal.finding, span=proposal.finding.span.shift(offset)),
        edits=tuple(Edit(span=edit.span.shift(offset), text=edit.text) for edit in proposal.edits),
    )
