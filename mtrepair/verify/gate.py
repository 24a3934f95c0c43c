"""The gate: a proposal is carried out on a copy, and every check may refuse it."""

from __future__ import annotations

import contextlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from mtrepair.core import Edit, Finding, Proposal, Span, Verdict, apply, ordered
from mtrepair.rules import Context, Passage, Rule
from mtrepair.rules.together import announce
from mtrepair.verify.check import Check, Trial
from mtrepair.verify.findings import finding_gone, no_new_finding
from mtrepair.verify.length import length
from mtrepair.verify.margin import margin
from mtrepair.verify.survival import addresses, names, numbers, objects, pairs
from mtrepair.verify.words import known_words

WORD_CHECKS: tuple[Check, ...] = (
    margin,
    known_words,
    objects,
    numbers,
    addresses,
    names,
    pairs,
    length,
)
"""What is asked of the words of an edit; it costs next to nothing."""

FINDING_CHECKS: tuple[Check, ...] = (finding_gone, no_new_finding)
"""What is asked of what the rules say before and after, when nothing else refuses."""

REACH = 2000
"""Code points on each side of an edit that a trial looks at. It bounds the work of a trial in a
passage of any size, and is longer than all but a few sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """A proposal whose words were checked, before any rule is asked.

    Attributes:
        asked: the proposal as it was given; the trial's may count in a part of the passage.
        reason: why it is refused already, or None.
        place: the sentences that its edits touch.
        near: those sentences before and after, where they are not the whole passage.
    """

    asked: Proposal
    trial: Trial
    reason: str | None
    place: Span
    near: tuple[Passage, Passage] | None


class Gate:
    """Judges the proposals of one document.

    Args:
        rules: the rules in force; those that look at one segment are run again on each trial, on
            the sentences that the edit touches if they need no more.
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
        self._all = [r for r in rules if r.detect is not None and r.name not in crashed]
        self._near = [rule for rule in self._all if rule.info.reach == "sentence"]
        self._far = [rule for rule in self._all if rule.info.reach != "sentence"]
        self._spacing = [rule for rule in self._all if rule.info.group == "typography"]
        self._context = context
        self._found: dict[int, list[Finding]] = {}
        for finding in findings:
            if self._rules[finding.rule].detect is not None:
                self._found.setdefault(finding.segment, []).append(finding)
        self._cuts: dict[tuple[int, Span], Passage] = {}
        self._said: dict[tuple[Passage, int], list[Finding]] = {}
        self._started: dict[int, _Start] = {}

    def prepare(self, proposals: Iterable[Proposal]) -> None:
        """Say which proposals will be judged next: their trials are looked at together.

        The verdicts are the same without it, and take longer.
        """
        self._started = {}
        for proposal in proposals:
            with contextlib.suppress(Exception):  # it will be raised again when it is judged
                self._started[id(proposal)] = self._start(proposal)
        announce(
            [
                passage
                for start in self._started.values()
                if not (start.reason or _respaced(start.trial))
                for passage in start.near or ()
            ],
            self._context,
        )

    def judge(self, proposal: Proposal) -> Verdict:
        """The verdict on one proposal; the first failing check gives the reason."""
        try:
            start = self._started.get(id(proposal))
            if start is None or start.asked is not proposal:
                start = self._start(proposal)
            reason = start.reason or _first(FINDING_CHECKS, self._read(start))
        except Exception:  # a rule that cannot read the result; the pipeline reports its crashes
            reason = "rule-crashed"
        return Verdict(
            proposal=proposal,
            accepted=reason is None,
            applicability=proposal.applicability,
            reasons=() if reason is None else (reason,),
        )

    def _start(self, proposal: Proposal) -> _Start:
        trial = self._trial(proposal)
        reason = _first(WORD_CHECKS, trial)
        place = _sentences(trial)
        near = None
        if reason is None and len(place) < len(trial.passage.text):
            text = trial.moved(place).of(trial.edited.text)
            near = self._cut(trial.passage, place), _with_text(trial.edited, text)
        return _Start(asked=proposal, trial=trial, reason=reason, place=place, near=near)

    def _trial(self, proposal: Proposal) -> Trial:
        whole = self._context.passages[proposal.finding.segment]
        window = _window(whole.text, proposal)
        passage = self._cut(whole, window)
        proposal = _shifted(proposal, -window.start)
        edits = tuple(ordered(proposal.edits))
        return Trial(
            proposal=proposal,
            rule=self._rules[proposal.finding.rule],
            passage=passage,
            edited=_with_text(passage, apply(passage.text, edits)),
            edits=edits,
            context=self._context,
        )

    def _read(self, start: _Start) -> Trial:
        """The trial with what the rules say of its passage before and after.

        Rules that need no more are shown the sentences that the edit touches, unless those alone
        do not bring back the finding that the proposal answers.
        """
        trial = start.trial
        passage, edited = trial.passage, trial.edited
        if _respaced(trial):
            return replace(
                trial,
                before=self._once(passage, self._spacing),
                after=self._say(edited, self._spacing),
            )
        if passage is self._context.passages[passage.index]:
            before = self._found.get(passage.index, [])
        else:
            before = self._once(passage, self._all)
        if start.near is not None:
            here, there = start.near
            near = self._once(here, self._near)
            known = [_shift(finding, start.place.start) for finding in near]
            finding = trial.proposal.finding
            if trial.rule.info.reach != "sentence" or any(
                f.rule == finding.rule and f.span.overlap(finding.span) for f in known
            ):
                offset = trial.moved(start.place).start
                return replace(
                    trial,
                    before=[*before, *known],
                    after=[
                        *self._say(edited, self._far),
                        *(_shift(finding, offset) for finding in self._say(there, self._near)),
                    ],
                )
        return replace(trial, before=before, after=self._say(edited, self._all))

    def _say(self, passage: Passage, rules: Sequence[Rule]) -> list[Finding]:
        return [
            finding
            for rule in rules
            if rule.detect is not None
            for finding in rule.detect(passage, self._context)
        ]

    def _once(self, passage: Passage, rules: Sequence[Rule]) -> list[Finding]:
        """What the rules say of a passage that many trials share."""
        key = passage, id(rules)
        if key not in self._said:
            self._said[key] = self._say(passage, rules)
        return self._said[key]

    def _cut(self, passage: Passage, part: Span) -> Passage:
        """A part of a passage, the same object each time."""
        if len(part) == len(passage.text):
            return passage
        key = id(passage), part
        if key not in self._cuts:
            self._cuts[key] = _with_text(passage, part.of(passage.text))
        return self._cuts[key]


def _respaced(trial: Trial) -> bool:
    """Whether a matter of spacing alone is put right: the words and marks are what they were.

    Nothing but the rules of typography looks at more than these.
    """
    if trial.rule.info.group != "typography":
        return False
    before, after = trial.passage, trial.edited
    return "".join(before.text.split()) == "".join(after.text.split()) and [
        token.text for token in before.words
    ] == [token.text for token in after.words]


def _first(checks: Sequence[Check], trial: Trial) -> str | None:
    return next((reason for check in checks if (reason := check(trial)) is not None), None)


def _window(text: str, proposal: Proposal) -> Span:
    """The part of a passage that a trial looks at: all of it, or REACH around the edits."""
    start = min(e.span.start for e in proposal.edits)
    end = max(e.span.end for e in proposal.edits)
    start = min(start, proposal.finding.span.start) - REACH
    end = max(end, proposal.finding.span.end) + REACH
    left = 0 if start <= 0 else text.rfind(" ", 0, start) + 1
    right = len(text) if end >= len(text) else text.find(" ", end)
    return Span(left, len(text) if right < 0 else right)


def _sentences(trial: Trial) -> Span:
    """From the first to the last sentence of a trial's passage that its edits or its finding touch.

    The sentences before and after the edits must be cut at the same places, so one that the edit
    would join to or cut from its neighbour is taken with it.
    """
    finding, edits = trial.proposal.finding.span, trial.edits
    start = min(finding.start, edits[0].span.start)
    end = max(finding.end, edits[-1].span.end)
    starts = [sentence.start for sentence in trial.passage.sentences]
    first = bisect_right(starts, max(0, start - 1)) - 1
    after = bisect_right(starts, end + 1)
    left = starts[first] if first > 0 else 0
    right = starts[after] if after < len(starts) else len(trial.passage.text)
    return Span(left, right)


def _with_text(passage: Passage, text: str) -> Passage:
    return Passage(replace(passage.segment, text=text, runs=()), passage.index, passage.language)


def _shift(finding: Finding, offset: int) -> Finding:
    return replace(finding, span=finding.span.shift(offset)) if offset else finding


def _shifted(proposal: Proposal, offset: int) -> Proposal:
    if not offset:
        return proposal
    return replace(
        proposal,
        finding=_shift(proposal.finding, offset),
        edits=tuple(Edit(span=edit.span.shift(offset), text=edit.text) for edit in proposal.edits),
    )
