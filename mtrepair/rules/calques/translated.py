"""Whether a document is word for word from English: it has calques that are sure.

What is doubtful by itself is rather an error there. In the 32 garbled articles of corpora/articles
that were there when it was chosen 18 of 22 doubtful findings of agreement that this lets through
are errors; no right article is taken for a translation, and one of 1,563 documents of 20 lines of
clean/dev ("sous le leadership de" twice).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from mtrepair.rules.calques.table import Match, Table
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context

SURE, WORDS_EACH = 2, 400
"""How many sure calques it takes, and in how many words each. Chosen on corpora/articles."""

_seen: WeakKeyDictionary[Passage, list[Match]] = WeakKeyDictionary()


@lru_cache(maxsize=1)
def phrases() -> Table:
    """The lines of calques.tsv."""
    return Table(Path(__file__).with_name("calques.tsv"))


def matches(passage: Passage) -> list[Match]:
    """Where lines of calques.tsv match a passage; worked out once for all rules."""
    found = _seen.get(passage)
    if found is None:
        found = _seen[passage] = [
            match
            for match in phrases().matches(passage)
            # a line of many forms may have one that French has too
            if match.span.of(passage.text).lower() not in map(str.lower, match.offered)
        ]
    return found


def translated(context: Context) -> bool:
    """Whether a context's document has enough sure calques; worked out once."""
    if context.language.code != "fr":
        return False
    known = context.cache.get("translated")
    if known is None:
        sure = sum(m.entry.sure == "sure" for one in context.passages for m in matches(one))
        words = sum(len(one.words) for one in context.passages)
        known = sure >= SURE and sure * WORDS_EACH >= words
        context.cache["translated"] = known
    return bool(known)
