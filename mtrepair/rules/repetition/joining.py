"""What to delete so that one turn of a repetition stays and the text reads on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mtrepair.core import Span
from mtrepair.rules.repetition.drift import REACH, Drift
from mtrepair.rules.repetition.periods import Periodic
from mtrepair.rules.repetition.wordview import WordView

_CLOSERS = re.compile(r"[ \u00a0\u202f]?[»”\"')\]]*[.!?…]*[ \u00a0\u202f]?[»”\"')\]]*\s*\Z")
_CLOSER = re.compile(r"[ \u00a0\u202f]?([»”\")\]])")
_OPENER = {"»": "«", "”": "“", '"': '"', ")": "(", "]": "["}
_STRONG = frozenset(".!?")
_MARKS = frozenset('.!?,;:…")»”')
_CLAUSE_END = frozenset(",;.!?")


def trailing(words: WordView, run: Periodic, end: int) -> int:
    """The end of a loop's text, with a last word that breaks off (``la gé`` of "la géométrie")."""
    if run.end == len(words.keys) - 1 and broken_off(words, run):
        return words.tokens[run.end][1]
    return end


def broken_off(words: WordView, run: Periodic) -> bool:
    """Whether the passage's last word is the beginning of the word whose turn it is."""
    last, wanted = words.keys[run.end], words.keys[run.end - run.period]
    return last != wanted and wanted.startswith(last.rstrip("-‑'’"))


def leave_one_turn(words: WordView, run: Periodic) -> Span:
    """The part of an exact repetition to delete.

    Where text follows, whole turns go, and the words at the seam are the same as before, so that
    neither grammar nor elision changes. Where the passage ends with the loop, the broken last
    turn goes too.
    """
    period = run.period
    end = run.end
    if end == len(words.keys) - 1 and broken_off(words, run):
        end += 1
    if end == len(words.keys):
        seam = _last_turn_end(words, run)
        start = words.tokens[seam][1]
        return _to_the_end(words, start, words.tokens[end - 1][1], words.gap(seam))
    seam = _seam(words, run)
    turns = (run.end - seam - 1) // period
    last = seam + turns * period
    return Span(words.tokens[seam][1], words.tokens[last][1])


def _seam(words: WordView, run: Periodic) -> int:
    """The word of the first turn after which to cut where text follows: after the whole turn.

    At a mark that ends a sentence up to two words earlier, if there is one. The word must be
    written like the one it stands for: in "on dirait qu'on dirait que" the cut is after "dirait",
    not after "qu'".
    """
    period = run.period
    whole = min(run.start + period - 1, run.end - period - 1)
    for place in range(whole, max(run.start - 1, whole - 3), -1):
        if _STRONG & set(words.gap(place)):
            return place
    turns = max(1, (run.end - run.start) // period - 1)
    for place in range(whole, run.start - 1, -1):
        other = place + turns * period
        if other < run.end and _alike(words.tokens[place][2], words.tokens[other][2]):
            return place
    return whole


def _last_turn_end(words: WordView, run: Periodic) -> int:
    """The word after which to cut where the passage ends with the loop.

    After the first turn, or after the last mark in it where what follows the mark says nothing that
    was not said before the loop ("... que les clients [sachent que X, nous ne voulons pas qu'ils
    sachent que X, ..."); and not after a word that waits for another ("l'exemple de").
    """
    whole = run.start + run.period - 1
    said = set(words.keys[max(0, run.start - 2 * run.period) : run.start]) | words.known.waiting
    for place in range(whole, run.start - 1, -1):
        if place < whole and words.keys[place + 1] not in said:
            break
        if set(words.gap(place)) & _MARKS:
            return place
    for place in range(whole, run.start - 1, -1):
        if words.keys[place] not in words.known.waiting:
            return place
    return whole


def _alike(one: str, two: str) -> bool:
    return one.lower().replace("’", "'") == two.lower().replace("’", "'")


def _to_the_end(words: WordView, start: int, end: int, seam: str) -> Span:
    """From ``start`` to the end of the passage; marks that close something stay."""
    rest = words.text[end:]
    if rest.strip() and _CLOSERS.match(rest):
        return Span(start, end)
    stop = max(start, len(words.text.rstrip()))
    head = words.text[max(0, start - 2000) : start]
    while (match := _CLOSER.match(words.text, start, stop)) is not None:
        opener, closer = _OPENER[match[1]], match[1]
        if (
            head.count(opener) % 2 == 0
            if opener == closer
            else (head.count(opener) <= head.count(closer))
        ):
            break
        head += closer
        start = match.end()
    mark = seam.lstrip(' \u00a0\u202f»”")]')[:1]
    at = words.text.find(mark, start, stop) if mark and mark in _STRONG else -1
    if 0 <= at <= start + 1:  # the sentence ended with the turn: its mark stays
        start = at + 1
    return Span(start, stop)


def close_circle(words: WordView, drift: Drift, end: int) -> tuple[Span, bool]:
    """The part of a drifting loop to delete, and whether the result is sure to read on.

    ``A qui selon X est en Y, qui en Y selon X, selon X en Y, peut Z`` -> ``A qui peut Z``.
    """
    tokens, keys = words.tokens, words.keys
    if end >= len(keys):
        head = _fresh(keys, drift) - 1
        return _to_the_end(words, tokens[head][1], tokens[end - 1][1], ""), True
    # The last pair of words of the loop stood in the first turn: what follows fits there too.
    for last in range(end - 1, max(drift.end - 4, drift.again), -1):
        pair = (keys[last - 1], keys[last])
        for place in range(drift.start + 1, min(drift.again + 1, last - 1)):
            if (keys[place - 1], keys[place]) == pair and last == end - 1:
                return Span(tokens[place][1], tokens[last][1]), True
    head = drift.again - 1
    # Both ends at a mark: ", X of Y, Y of X, X of Y, which …" -> ", X of Y, which …".
    if words.gap(head)[:1] in _CLAUSE_END and words.gap(end - 1)[:1] in _CLAUSE_END:
        return Span(tokens[head][1], tokens[end - 1][1]), True
    # A relative pronoun that still waits for its verb, and the verb: "qui [...] peut".
    for place in range(head, max(drift.start - 1, head - 4), -1):
        if keys[place] in words.known.subjects and words.known.is_finite(tokens[end][2]):
            return Span(tokens[place][1], tokens[end - 1][1]), place >= head - 1
    return Span(tokens[head][1], tokens[end - 1][1]), False


def _fresh(keys: Sequence[str], drift: Drift) -> int:
    """The end of what is still new at the beginning of a loop.

    A first pair that comes back is often "de la"; the nouns after it are new and must stay. Eight
    words without a new one are a turn of what was there.
    """
    seen = set(keys[max(0, drift.again - REACH) : drift.again])
    end = place = drift.again
    while place < drift.end and place - end < 8:
        if keys[place] not in seen:
            end = place + 1
            seen.add(keys[place])
        place += 1
    return end
