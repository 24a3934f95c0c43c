"""Hunks made by hand: what a key does must not depend on what the rules find today."""

from __future__ import annotations

from collections.abc import Sequence

from mtrepair.core import Applicability, Edit, Severity, Span
from mtrepair.review.hunks import Choice, Hunk
from mtrepair.review.session import Effect, Finished, NextRound, Record, Review

WORDS = "un deux trois quatre cinq six sept huit"


def edit(start: int, end: int, text: str) -> Edit:
    """An edit of a few letters."""
    return Edit(span=Span(start, end), text=text)


def choice(*edits: Edit, origin: str = "rule", allowed: bool = True) -> Choice:
    """A choice in a document of one passage."""
    return Choice(
        edits=edits,
        shown=edits,
        origin=origin,
        applicability=Applicability.SUGGESTED,
        allowed=allowed,
        reasons=() if allowed else ("number-changed",),
    )


def hunk(
    start: int,
    end: int,
    *choices: Choice,
    rule: str = "non-word",
    text: str = WORDS,
    file: int = 0,
    planned: bool = True,
    judged: bool = True,
) -> Hunk:
    """A hunk whose first allowed choice is the default."""
    default = next((i for i, c in enumerate(choices) if c.allowed), None)
    return Hunk(
        file=file,
        rule=rule,
        severity=Severity.MAJOR,
        confidence=0.9,
        message="is wrong",
        span=Span(start, end),
        line=1,
        text=text,
        mark=Span(start, end),
        flagged=text[start:end],
        choices=choices,
        default=default if judged else None,
        planned=planned and default is not None,
        judged=judged,
    )


class Hand:
    """A session with given hunks in its first round and none later, and what it answered."""

    def __init__(self, *hunks: Hunk, texts: Sequence[str] = (WORDS,), rounds: int = 10) -> None:
        self.review = Review(texts, judge, rounds=rounds)
        self.records: list[dict[str, object]] = []
        self.finished: Finished | None = None
        self.asked: list[Effect] = []
        for file in range(len(texts)):
            mine = [h for h in hunks if h.file == file]
            self.take(self.review.found(1, file, mine))
            self.take(self.review.looked(1, file))

    def take(self, effects: Sequence[Effect]) -> None:
        """Do what the world would do."""
        for effect in effects:
            if isinstance(effect, Record):
                self.records.append(effect.data)
            elif isinstance(effect, NextRound):
                for file, _, _ in effect.texts:
                    self.take(self.review.found(effect.ticket, file, []))
                    self.take(self.review.looked(effect.ticket, file))
            elif isinstance(effect, Finished):
                self.finished = effect
            else:
                self.asked.append(effect)

    def press(self, *keys: str) -> Hand:
        """Press keys."""
        for key in keys:
            self.take(self.review.press(key))
        return self

    @property
    def place(self) -> int:
        """Which hunk is shown, from 1."""
        return self.review.position[0]


def judge(of: Hunk, edits: Sequence[Edit]) -> Choice:
    """A gate that lets everything pass but digits."""
    del of
    return choice(*edits, origin="you", allowed=not any(e.text.isdigit() for e in edits))


def five() -> Hand:
    """Five hunks: 1 and 4 of one rule, 2 with alternatives, 3 without a repair, 5 of two edits."""
    return Hand(
        hunk(0, 2, choice(edit(0, 2, "UN")), rule="one"),
        hunk(
            3,
            7,
            choice(edit(3, 7, "DEUX")),
            choice(edit(3, 7, "ZWEI"), origin="seq2seq"),
            choice(edit(3, 7, "22"), allowed=False),
        ),
        hunk(8, 13, rule="bare"),
        hunk(14, 20, choice(edit(14, 20, "QUATRE")), rule="one"),
        hunk(21, 29, choice(edit(21, 25, "CINQ"), edit(26, 29, "SIX")), rule="two"),
    )
