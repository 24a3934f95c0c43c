"""A runaway loop: the same words over and over.

Why: neural translation and language models fall into loops when each turn makes the next more
likely; nothing after the first turn carries meaning. A turn may be half a word or two dozen words,
and it may drift: a word dropped, added or changed each time.

Examples:
    - Il prend [[le train de nuit le train de nuit le train de nuit le train]] pour Nice.
    + Il prend le train de nuit le train pour Nice.
    - Elle aime [[la mer, la mer, la mer, la mer, la mer, la m]]
    + Elle aime la mer
    - Un [[pre-pre-pre-pre-]]projet est né.
    + Un pre-projet est né.
    - L'option est [[publiée par publiée par les dans publiée par à publiée par]] la fondation.
    = Ha ha ha ha ha ! Il rit encore.
    = Composez le 22 22 22 22 22.
    = De l'eau ! De l'eau ! De l'eau !

Fix safety: words are only deleted; one turn stays. Where text follows an exact loop, whole turns
go, so that the words at the junction stood next to each other before. All 181 fixes of the real
loops of language models in scripts/measure-loops were read: 180 are silent afterwards, and in 179
no word before the marked loop is touched (in the other two what stands before it circles as well).
A drifting loop is SAFE where it runs to the end of the passage, where its last two words stood in
the first turn, where both ends are at a mark, and where a relative pronoun before it finds its
verb after it; otherwise it is SUGGESTED.

Source: Holtzman et al. 2020, The Curious Case of Neural Text Degeneration (why models loop); the
measures are described in periods.py and drift.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

from mtrepair.core import OBJECT, Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.repetition.drift import Drift
from mtrepair.rules.repetition.joining import close_circle, leave_one_turn, trailing
from mtrepair.rules.repetition.periods import Periodic
from mtrepair.rules.repetition.wordview import WordView, view
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="repetition-loop",
    group="repetition",
    severity=Severity.CRITICAL,
    summary="the same words over and over",
    priority=Priority.REPETITION,
    threshold=0.5,
)

TURNS = 3
"""From three turns on it is a loop; two are a doubled word or phrase."""

DEEP = 0.5
VARIETY = 0.35
"""A drifting loop has at least this share of words that come back for the second time or more, and
at most this variety. Of 1.1 million words of clean text (scripts/measure-loops) eight stretches
reach the score that drift.py asks for; they have at most .48 deep and at least .36 variety. The
real loops have .67 to .98 deep and at most .25 variety."""

_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]")
_PARTS = re.compile(r"((?:[^\W\d_]{3,9}?|[^\W\d_]{2}(?=[-‑]))[-‑]?)\1{2,}|([^\W\d_]{2})\2{3,}")


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Loops of parts of words, of words and of phrases, exact or drifting."""
    del context
    words = view(passage)
    yield from _within_words(passage, words)
    runs = loops(words)
    for run, confidence in runs:
        span = span_of(words, run)
        yield passage.finding(
            RULE.name,
            span,
            f"the same {run.period} word{'s' * (run.period > 1)} {int(run.turns)} times",
            severity=RULE.severity,
            confidence=confidence,
            evidence={"start": run.start, "end": run.end, "period": run.period},
        )
    exact = [run for run, _ in runs]
    yield from _circles(passage, words)
    for drift in words.drifts:
        if drift.deep < DEEP or drift.variety > VARIETY:
            continue
        if within(exact, drift.start, drift.end):
            continue
        span = Span(words.tokens[drift.again][0], words.tokens[stretched(words, drift) - 1][1])
        if OBJECT in span.of(passage.text) or _numeric(words.keys[drift.again : drift.end]):
            continue
        sure = min(0.99, 0.5 + (VARIETY - drift.variety) + (drift.deep - DEEP))
        yield passage.finding(
            RULE.name,
            span,
            f"{drift.end - drift.again} words that go in circles",
            severity=RULE.severity,
            confidence=0.3 if _enumerates(words, drift) else sure,
            evidence={"start": drift.start, "again": drift.again, "end": drift.end},
        )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """One turn, and what follows joined to it."""
    del context
    words = view(passage)
    safe = True
    if "part" in finding.evidence:
        size = int(str(finding.evidence["part"]))
        edit = Edit(span=Span(finding.span.start + size, finding.span.end), text="")
    elif "period" in finding.evidence:
        run = Periodic(
            start=int(str(finding.evidence["start"])),
            end=int(str(finding.evidence["end"])),
            period=int(str(finding.evidence["period"])),
        )
        edit = Edit(span=leave_one_turn(words, run), text="")
    else:
        tight = bool(finding.evidence.get("tight"))
        drifts = words.circles if tight else words.drifts
        drift = next((d for d in drifts if d.again == finding.evidence["again"]), None)
        if drift is None:
            return
        span, safe = close_circle(words, drift, drift.end if tight else stretched(words, drift))
        safe = safe and not tight
        edit = Edit(span=span, text="")
    yield Proposal(
        finding=finding,
        edits=(edit,),
        applicability=Applicability.SAFE if safe else Applicability.SUGGESTED,
        origin="rule",
    )


_BREAKS = frozenset(',.;:!?…«»"“”()[]/|\t\n=')


def _circles(passage: Passage, words: WordView) -> Iterator[Finding]:
    """Short circles with nothing but spaces and dashes between the words."""
    taken = [d for d in words.drifts if d.deep >= DEEP and d.variety <= VARIETY]
    for circle in words.circles:
        start, end = circle.start, circle.end
        if any(run.turns >= TURNS and run.start < end and start < run.end for run in words.runs):
            continue
        if any(drift.start < end and start < drift.end for drift in taken):
            continue
        if any(not _BREAKS.isdisjoint(words.gap(i)) for i in range(start, end - 1)):
            continue
        span = Span(words.tokens[start][0], words.tokens[end - 1][1])
        if OBJECT in span.of(passage.text) or _numeric(words.keys[start:end]):
            continue
        yield passage.finding(
            RULE.name,
            span,
            f"'{words.slice(start, start + 2)}' {int(circle.score)} times in {end - start} words",
            severity=RULE.severity,
            confidence=0.8,
            evidence={"start": start, "again": circle.again, "end": end, "tight": True},
        )


_loops: WeakKeyDictionary[WordView, list[tuple[Periodic, float]]] = WeakKeyDictionary()


def loops(words: WordView) -> list[tuple[Periodic, float]]:
    """The exact loops and how sure each is, from left to right; of two that overlap the longer."""
    known = _loops.get(words)
    if known is None:
        known = _loops[words] = _find_loops(words)
    return known


def _find_loops(words: WordView) -> list[tuple[Periodic, float]]:
    found = [
        (run, sure)
        for run in words.runs
        if run.turns >= TURNS and (sure := _confidence(words, run)) > 0
    ]
    found.sort(key=lambda item: (item[0].start - item[0].end, item[0].period))
    kept: list[tuple[Periodic, float]] = []
    taken = bytearray(len(words.keys)) if found else bytearray()
    for run, sure in found:
        if not any(taken[run.start : run.end]):
            kept.append((run, sure))
            taken[run.start : run.end] = b"\x01" * (run.end - run.start)
    return sorted(kept, key=lambda item: item[0].start)


def span_of(words: WordView, run: Periodic) -> Span:
    """The text of a loop, with a last word that breaks off and the marks around it."""
    start, end = words.tokens[run.start][0], words.tokens[run.end - 1][1]
    return Span(start, trailing(words, run, end))


def stretched(words: WordView, drift: Drift) -> int:
    """The end of a drifting loop, with the words of its own that follow it one by one."""
    own = set(words.keys[drift.start : drift.end])
    end = drift.end
    while end < len(words.keys) and words.keys[end] in own and end - drift.end < 4:
        if any(mark in words.gap(end - 1) for mark in ".!?\n"):
            break
        end += 1
    return end


def within(runs: list[Periodic], start: int, end: int) -> bool:
    """Whether one of the stretches (apart, from left to right) shares words with [start, end)."""
    after = bisect_left(runs, end, key=lambda run: run.start)
    return after > 0 and runs[after - 1].end > start


def _enumerates(words: WordView, drift: Drift) -> bool:
    """Whether each turn names something new: "l'article 1 de la loi, l'article 2 de la loi, …"."""
    seen: set[str] = set()
    fresh = named = 0
    for place in range(drift.start, drift.end):
        key = words.keys[place]
        if key not in seen and place > drift.again:
            fresh += 1
            named += words.tokens[place][2][0].isupper() or key[0].isdigit()
        seen.add(key)
    return named >= 2 and named * 2 >= fresh


def _numeric(keys: list[str]) -> bool:
    return sum(1 for key in keys if key[0].isdigit() or len(key) == 1) * 2 > len(keys)


def _confidence(words: WordView, run: Periodic) -> float:
    """How sure a stretch of at least three turns is a loop; 0 is never shown."""
    unit = words.keys[run.start : run.start + run.period]
    if any(words.tokens[i][3] == "object" for i in range(run.start, run.start + run.period)):
        return 0.0
    known = words.known.doubling
    if all(key[0].isdigit() or known.get(key) == "cry" for key in unit):
        return 0.0
    turns, size = run.turns, sum(len(key) for key in unit)
    if size <= 2 * run.period and turns < 8:  # letters and digits: S.A.A.A., 0.0 0 0.0
        return 0.6 if run.period >= 4 and turns >= 4 and "".join(unit).isalpha() else 0.0
    gaps = "".join(words.gap(i) for i in range(run.start, run.start + run.period))
    if not gaps:
        return 0.0  # glued: no prose
    short = run.period <= 5
    if short and turns < 6 and any(mark in gaps for mark in "!?…|\t"):
        return 0.3
    if run.period <= 8 and turns < 6 and "\n" in gaps and gaps.strip() == "":
        return 0.3  # the cells of a list
    if short and turns < 4 and any(mark in gaps for mark in ".;:"):
        return 0.4
    if run.period <= 4 and turns < 4 and "," in gaps:
        # "Le Brexit, le Brexit, le Brexit, …" opens a sentence; loops are seldom that early
        opens = words.tokens[run.start][2][0].isupper()
        return 0.4 if opens or run.period == 1 else 0.6
    if run.period == 1 and known.get(unit[0]) == "natural" and turns < 4:
        return 0.4
    if turns < 4 and run.period > 1 and not gaps.strip() and unit[-1] in words.known.of_all:
        return 0.4  # "le premier parent du premier parent du premier parent"
    if turns < 4 and run.period > 1 and not gaps.strip() and unit[0] in words.known.of_all:
        return 0.45
    return 0.99 if turns >= 4 else 0.9


def _within_words(passage: Passage, words: WordView) -> Iterator[Finding]:
    """pre-pre-pre-projet"""
    checked: dict[str, tuple[int, int, int] | None] = {}
    for start, end, text, kind, _ in words.tokens:
        if end - start < 8 or kind != "word":
            continue
        if text not in checked:
            checked[text] = _part(text, words.known.doubling)
        place = checked[text]
        if place is None:
            continue
        low, high, size = place
        if passage.text[start + high : start + high + 1] in ("-", "‑") and text[low + size - 1] in (
            "-",
            "‑",
        ):
            high += 1
        yield passage.finding(
            RULE.name,
            Span(start + low, start + high),
            f"'{text[low : low + size]}' again and again",
            severity=RULE.severity,
            confidence=0.9,
            evidence={"part": size},
        )


def _part(text: str, known: Mapping[str, str]) -> tuple[int, int, int] | None:
    match = _PARTS.search(text)
    if match is None:
        return None
    unit = match[1] or match[2]
    bare = unit.strip("-‑").lower()
    if (
        known.get(bare) == "cry"
        or len(set(bare)) == 1
        or len(match[0]) < 8
        or not _VOWEL.search(bare)
    ):
        return None
    return match.start(), match.end(), len(unit)
