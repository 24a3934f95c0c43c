"""Whether a document is word for word from English: it has several calques, one of them sure.

What is doubtful by itself is rather an error there. In the 32 garbled articles of corpora/articles
that were there when it was chosen 18 of 22 doubtful findings of agreement that this lets through
are errors. 44 of 46 garbled articles are taken for translations, none of the right ones, and one of
1,363 documents of 20 lines of clean/dev ("hors du commerce" twice, in a code of laws).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from mtrepair.rules.calques import idioms
from mtrepair.rules.calques.table import Entry, Match, Table
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context
from mtrepair.rules.words.surroundings import Surroundings

ENOUGH, UNSURE, WORDS_EACH = 2.0, 0.5, 400
"""How many calques it takes, one of them sure, what an unsure one counts, and in how many words
each. Chosen on corpora/articles."""

_seen: WeakKeyDictionary[Passage, list[Match]] = WeakKeyDictionary()


@lru_cache(maxsize=1)
def phrases() -> Table:
    """The lines of calques.tsv."""
    return Table(Path(__file__).with_name("calques.tsv"))


def matches(passage: Passage) -> list[Match]:
    """Where lines of calques.tsv or idioms.tsv match a passage; worked out once for all rules."""
    found = _seen.get(passage)
    if found is None:
        known = list(phrases().matches(passage))
        found = _seen[passage] = [
            match
            for match in (*known, *_literal(passage, known))
            # a line of many forms may have one that French has too
            if match.span.of(passage.text).lower() not in map(str.lower, match.offered)
        ]
    return found


def _literal(passage: Passage, known: Sequence[Match]) -> Iterator[Match]:
    """Where phrases of idioms.tsv stand beside what is known; of several in a place the longest."""
    tokens = passage.tokens
    found = [(idioms.span(one, tokens), one) for one in idioms.phrases().search(tokens)]
    found.sort(key=lambda item: (-len(item[1].taken), -len(item[0]), item[0].start, item[1].number))
    around = Surroundings(passage) if found else None
    done = [match.span for match in known]
    for span, one in found:
        if any(span.overlap(other) for other in done) or passage.touches_object(span):
            continue
        if around and around.in_quotes(tokens[one.first]):
            continue
        done.append(span)
        idiom = one.idiom
        entry = Entry(
            written=idiom.english,
            pattern=idioms.pattern(one),
            replacements=idiom.french,
            english=idiom.english,
            kind="",
            sure="sure" if idiom.sure else "unsure",
            advice="",
            authority="word for word",
        )
        yield Match(entry, one.first, span, idioms.offered(one, tokens, passage.text))


def translated(context: Context) -> bool:
    """Whether a context's document has enough sure calques; worked out once."""
    if context.language.code != "fr":
        return False
    known = context.cache.get("translated")
    if known is None:
        kinds = [m.entry.sure for one in context.passages for m in matches(one)]
        sure = kinds.count("sure")
        weight = sure + (len(kinds) - sure) * UNSURE
        words = sum(len(one.words) for one in context.passages)
        known = sure > 0 and weight >= ENOUGH and weight * WORDS_EACH >= words
        context.cache["translated"] = known
    return bool(known)
