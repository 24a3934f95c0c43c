"""The sentences of a passage that are not French."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from mtrepair.core import Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.words.surroundings import Surroundings
from mtrepair.rules.words.tongues import SHORTEST, tongue

Run = tuple[Span, str, float]

_found: WeakKeyDictionary[Passage, list[Run]] = WeakKeyDictionary()


def foreign(passage: Passage) -> list[Run]:
    """Runs of sentences in one other language: where, which (ISO 639-1), and how sure.

    Worked out once for all rules.
    """
    found = _found.get(passage)
    if found is None:
        found = _found[passage] = list(_runs(passage))
    return found


def _runs(passage: Passage) -> Iterator[Run]:
    if len(passage.words) < SHORTEST and passage.text.isascii():
        return
    around: Surroundings | None = None
    run: Run | None = None
    starts = [token.start for token in passage.words]
    for sentence in passage.sentences:
        first, after = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        words = passage.words[first:after]
        language, sure = tongue(words, sentence.of(passage.text))
        if language and words:
            around = around or Surroundings(passage)
            if around.in_quotes(words[len(words) // 2]):
                language = ""
        if run is not None and run[1] == language:
            run = Span(run[0].start, sentence.end), language, max(run[2], sure)
            continue
        if run is not None:
            yield run
        run = (sentence, language, sure) if language else None
    if run is not None:
        yield run
