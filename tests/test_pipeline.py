"""Which of several findings on the same words stays, and what that costs."""

from __future__ import annotations

from mtrepair.core import Finding, Severity, Span
from mtrepair.pipeline import resolve
from mtrepair.rules import Priority
from tests.timing import assert_grows, spent

PRIORITIES = {"loop": Priority.REPETITION, "word": Priority.WORD, "space": Priority.TYPOGRAPHY}


def finding(rule: str, start: int, end: int) -> Finding:
    return Finding(rule=rule, span=Span(start, end), message="", severity=Severity.MINOR, segment=0)


def test_what_lies_in_a_loop_goes_with_it_however_long_it_is() -> None:
    loop = finding("loop", 0, 10_000)
    inside = [finding("word", at, at + 5) for at in (0, 4_999, 9_995)]
    beside = finding("word", 10_000, 10_005)
    assert resolve([*inside, loop, beside], PRIORITIES) == [loop, beside]


def test_the_weightier_of_two_on_the_same_words_stays() -> None:
    word, space = finding("word", 198, 204), finding("space", 199, 203)
    assert resolve([space, word], PRIORITIES) == [word]
    apart = finding("space", 203, 230)  # they share too little
    assert resolve([word, apart], PRIORITIES) == [word, apart]


def test_time_is_linear() -> None:
    def seconds(count: int) -> float:
        some = [finding("word", 10 * i, 10 * i + 5) for i in range(count)]
        return spent(lambda: resolve(some, PRIORITIES))

    assert_grows(seconds, 2_000, 16_000, factor=28)
