"""What a reviewer decides about: a place, what is wrong there, and what could stand instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from mtrepair.core import Applicability, Edit, Severity, Span


class Kind(Enum):
    """Where a hunk comes from: a rule's finding, or a change that somebody proposes in a patch."""

    FINDING = "finding"
    CHANGE = "change"


class State(Enum):
    """What has been decided about a hunk; ``LEFT`` is "no, for want of a repair"."""

    OPEN = "open"
    ACCEPTED = "accept"
    REFUSED = "refuse"
    LEFT = "leave"
    IGNORED = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to repair a hunk.

    Attributes:
        edits: what would be written, counting in the document.
        shown: the same, counting in the hunk's ``text``.
        origin: who proposed it; several who agree are joined by ``+``; ``you`` for the reviewer.
        score: as its proposer gave it, comparable within the hunk.
        allowed: whether the gate lets it pass.
        reasons: kebab-case names of the checks that do not; ``outside-prose`` where no check
            could look.
        notes: what else is worth knowing (``chrF++ 61.2 -> 64.0``, ``loses the number 12``).
    """

    edits: tuple[Edit, ...]
    shown: tuple[Edit, ...]
    origin: str
    score: float = 0.0
    applicability: Applicability = Applicability.SUGGESTED
    allowed: bool = True
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def writable(self) -> bool:
        """Whether it can be written in the document's format at all."""
        return bool(self.edits)

    def conflicts(self, other: Choice) -> bool:
        """Whether both could not be written."""
        return any(a.span.conflicts(b.span) for a in self.edits for b in other.edits)


Key = tuple[int, int, int, str, int]
"""A hunk's identity in its round: file, start, end, rule, and which part of it after a split (from
1; 0 is the whole). Keys sort in reading order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """One thing to decide.

    Attributes:
        file: index of its file.
        span: the flagged words, in code points of the document as it is in this round.
        line: where they start, from 1.
        text: the sentence or sentences around, as a reader sees them.
        mark: the flagged words in ``text``.
        flagged: the flagged words.
        source: the original of the passage, or None.
        reference: a human translation of the passage, or None.
        choices: the alternatives, the best first; those that the gate refuses last.
        default: index of the choice that ``y`` takes, or None.
        planned: whether ``fix`` would carry out the default; where proposals want the same words,
            only one is.
        judged: False while repairs are still being looked for.
        left: it was left in an earlier round for want of a repair.
        passage: index of the passage that it stands in; only hunks of one passage can conflict.
        at: where ``text`` starts in the passage.
        ticket: of the look that found it; a text is looked at anew in every round, and what the
            reviewer writes must be judged against the text that the hunk counts in.
    """

    file: int
    rule: str
    severity: Severity
    confidence: float
    message: str
    span: Span
    line: int
    text: str
    mark: Span
    flagged: str
    kind: Kind = Kind.FINDING
    source: str | None = None
    reference: str | None = None
    choices: tuple[Choice, ...] = ()
    default: int | None = None
    planned: bool = False
    judged: bool = False
    left: bool = False
    part: int = 0
    passage: int = 0
    at: int = 0
    ticket: int = 0

    @property
    def key(self) -> Key:
        """Its identity in its round."""
        return (self.file, self.span.start, self.span.end, self.rule, self.part)

    @property
    def best(self) -> Choice | None:
        """The choice that ``y`` takes."""
        return None if self.default is None else self.choices[self.default]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the reviewer said about a hunk, and the choice if it was accepted."""

    state: State = State.OPEN
    choice: Choice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A finding of an earlier round that must not be asked about again.

    Attributes:
        span: where it stands now.
        left: whether it comes back once there is a repair.
    """

    rule: str
    span: Span
    left: bool = False


def same_edits(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices, those that write the same joined into the first of them."""
    found: dict[tuple[tuple[int, int, str], ...], Choice] = {}
    for choice in choices:
        key = tuple((e.span.start, e.span.end, e.text) for e in choice.edits or choice.shown)
        first = found.get(key)
        if first is None:
            found[key] = choice
        elif choice.origin not in first.origin.split("+"):
            found[key] = replace(first, origin=f"{first.origin}+{choice.origin}")
    return tuple(found.values())
