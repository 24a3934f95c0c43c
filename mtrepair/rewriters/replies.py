"""Which replies of the model are worth weighing, and when the text is left as it is.

The network writes pieces, and pieces make words that nobody has ever written; it copies a name
badly that it has seldom read. A reply that brings such a word, or loses a number or a name, is no
reply. And the text itself is a candidate: what the network would rather write instead must stand
clearly above it, or a span that was right is not left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mtrepair.core import Span
from mtrepair.languages import Language, Token
from mtrepair.rewriters.base import Candidate, Query, Rewriter
from mtrepair.rewriters.view import view

FAVOUR = 0.75
"""Nats in favour of the text as it is, both read with the span shown."""
FAVOUR_OF_FORMS = 0.5
"""The same where a reply only inflects the words of the span: where the network would change no
more than a form it has seldom misread the text."""
FAVOUR_OF_WORDS = 3.0
"""The same where a reply puts another word of meaning in the place of one that is a word: the
network has a taste of its own ("redistribuant" for "suivant")."""
FAVOUR_OF_ALL = 2.0
"""The same where a reply drops such a word. All four were chosen on sentences damaged with seed 101
(``scripts/weigh-scores``)."""

_NUMBER = re.compile(r"\d+")
_STEM = 4
"""Letters by which a word is known in other forms."""
_INITIAL = re.compile(r"(?:^|[.!?…:«“\"–—-]\s?)$")
_NEAR = 20  # characters before a word that tell whether it opens a sentence


@lru_cache(maxsize=64)
def _lower(text: str, language: Language) -> frozenset[str]:
    """The words of a text in lower case; one text is asked for again and again."""
    return frozenset(token.low for token in language.tokens(text))


FAVOURS = {
    "forms": FAVOUR_OF_FORMS,
    "words": FAVOUR_OF_WORDS,
    "all": FAVOUR_OF_ALL,
    "other": FAVOUR,
}
"""By what a reply does to a span."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What is needed to tell a word from pieces of words.

    Attributes:
        language: cuts text into words.
        known: whether a word in lower case is one.
    """

    language: Language
    known: Callable[[str], bool]

    def sensible(self, query: Query, replies: Sequence[Candidate]) -> list[Candidate]:
        """The replies that bring no unknown word and lose no number and no name of the span.

        A word that stands in the text or in its source is known; inside a loop a name may be lost
        as often as the words around it.
        """
        had = _lower(query.text, self.language) | _lower(query.source or "", self.language)
        span = query.span.of(query.text)
        numbers, names = set(_NUMBER.findall(span)), self._names(query.text, query.span)
        kept: list[Candidate] = []
        for reply in replies:
            if set(_NUMBER.findall(reply.text)) != numbers:
                continue
            words = [token.text for token in self.language.tokens(reply.text)]
            if names - set(words):
                continue
            if all(self._is_word(word, had) for word in words):
                kept.append(reply)
        return kept

    def favour(self, text: str, reply: str) -> float:
        """The nats in favour of a span's text against a reply."""
        return FAVOURS[self.change(text, reply)]

    def change(self, text: str, reply: str) -> str:
        """What a reply does to a span: one of :data:`FAVOURS`."""
        first, second = self.language.tokens(text), self.language.tokens(reply)
        if len(first) == len(second) and all(map(self._kin, first, second)):
            return "forms"
        old, new = Counter(t.low for t in first), Counter(t.low for t in second)
        lost, come = old - new, new - old
        if any(word[0].isalpha() and not self.known(word) for word in lost):
            return "other"  # an unknown word may go
        means = self.language.lexicon.means
        gone = [w for w in lost if means(w) and not any(self._related(w, x) for x in come)]
        if not gone:
            return "other"
        return "words" if any(map(means, come)) else "all"

    def same_kind(self, text: str, reply: str) -> bool:
        """Whether each word keeps what its form says: the tense, or that it is a participle.

        A participle that does not agree is none the less a participle: "les briques, cassé en
        deux, gênaient" is no "cassaient".
        """
        first, second = self.language.tokens(text), self.language.tokens(reply)
        moods = self.language.lexicon.moods
        return all(
            old.low == new.low
            or not (moods(old.low) and moods(new.low))
            or bool(moods(old.low) & moods(new.low))
            for old, new in zip(first, second, strict=False)
        )

    def translates(self, text: str, reply: str) -> bool:
        """Whether a reply has a translation of one of the words of meaning of a span.

        Where the dictionary has none of them nobody can tell: False.
        """
        found = [token.low for token in self.language.tokens(reply)]
        return any(
            word[:_STEM] == other[:_STEM]
            for token in self.language.tokens(text)
            for word in self.language.lexicon.translations(token.low)
            for other in found
            if len(other) >= _STEM - 1
        )

    def same_articles(self, text: str, reply: str) -> bool:
        """Whether the determiners of a reply are of the kinds that the span has."""
        kinds = self.language.lexicon.article
        first, second = self.language.tokens(text), self.language.tokens(reply)
        return all(
            kinds(old.low) == kinds(new.low)
            for old, new in zip(first, second, strict=False)
            if kinds(old.low) and kinds(new.low)
        )

    def _kin(self, first: Token, second: Token) -> bool:
        return first.low == second.low or self._related(first.text, second.text)

    def _related(self, first: str, second: str) -> bool:
        lemmas = self.language.lexicon.lemmas
        return bool(lemmas(first) & lemmas(second))

    def _is_word(self, word: str, had: frozenset[str]) -> bool:
        low = word.lower()
        return not any(c.isalpha() for c in word) or low in had or self.known(low)

    def _names(self, text: str, span: Span) -> set[str]:
        """Words of the span with a capital inside their sentence that are no word without it."""
        found: set[str] = set()
        for token in self.language.tokens(span.of(text)):
            word, start = token.text, span.start + token.start
            if not word[0].isupper() or word.endswith(("'", "’")) or self.known(token.low):
                continue
            before = text[max(0, start - _NEAR) : start]
            if not _INITIAL.search(before.rstrip(" ")) and not before.endswith(("'", "’")):
                found.add(word)
        return found


def decide(
    rewriter: Rewriter,
    queries: Sequence[Query],
    replies: Sequence[Sequence[Candidate]],
    sense: Sense,
) -> list[str]:
    """What should stand in each span: the best reply, or the text where none is clearly above it.

    Args:
        replies: those worth weighing, for each query.
    """
    texts = [
        [query.span.of(query.text), *(reply.text for reply in found)] if found else []
        for query, found in zip(queries, replies, strict=True)
    ]
    scored = rewriter.score(queries, texts, hidden=False)
    return [
        best(some, sense) if some else query.span.of(query.text)
        for query, some in zip(queries, scored, strict=True)
    ]


def best(scored: Sequence[Candidate], sense: Sense) -> str:
    """The text of the best candidate; the first is the text as it is.

    Args:
        scored: with the span shown.
        sense: knows how far a reply must stand above the first.
    """
    first = scored[0]
    above = {
        c.text: c.score - first.score - sense.favour(first.text, c.text)
        for c in scored[1:]
        if view(c.text).strip() != view(first.text).strip()
    }
    top = max(above, key=above.__getitem__, default=first.text)
    return top if above.get(top, 0.0) > 0 else first.text
