"""Where a word stands: glued to signs, in quotes, among capitals, at the start of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from mtrepair.core import Span
from mtrepair.languages import Token
from mtrepair.rules.passage import Passage

_QUOTED = re.compile(
    r"«[^«»]{0,400}»|“[^“”]{0,400}”|(?<![\w.])\"(?=\S)[^\"\n]{0,400}\"|‘[^‘’]{0,200}’(?!\w)|(?<!\w)'[^'\n]{1,80}'(?!\w)"
    r"|(?<!\w)(?:\*\*?|__?)[^*_\n]{1,200}(?:\*\*?|__?)(?!\w)|``?[^`\n]{1,200}`?`|\|[^|\n]{1,60}\|"
)
_QUOTES = re.compile(r"[«“\"‘'*_`|]")
_PARENTHESES = re.compile(r"\([^()]{0,300}\)|\[[^\[\]]{0,300}\]")
# Signs that make the letters beside them part of a code, path, address or formula.
_CODE_SIGNS = frozenset("_/\\@=<>$&#+*~^%{}|[]\ufffc:")

_SHORTEST_SPEECH, _FEWEST = 30, 6
"""Characters and words of the shortest quotation that is speech rather than a title or a term."""
_FEWEST_SAID = 3
"""The same where it says who spoke: « Je n'achète pas ça », a-t-elle répondu."""
_SAID = re.compile(
    r"[ \u00a0\u202f]?,? (?:a|ont|avait|avaient|s['’]est|se) [^\W\d_]+"
    r"|[ \u00a0\u202f]?,? [^\W\d_]+(?:-t)?-(?:il|elle|on|ils|elles)\b"
    r"|[ \u00a0\u202f]?,? (?:dit|ajoute|explique|affirme|confie|raconte|résume|lance|estime|assure"
    r"|déclare|précise|insiste|reconnaît|répond|conclut|prévient|déplore|martèle|souligne|poursuit"
    r"|plaisante|soupire|sourit|glisse|note|admet|juge|regrette|promet|commente|philosophe)\b"
)
"""What says who spoke, behind a quotation."""
_SMALL = frozenset(
    """le la les l' un une des du de d' au aux ce cette ces son sa ses leur leurs nos notre vos
    votre mon ma mes je j' tu il elle on nous vous ils elles qui que qu' dont où ne n' pas se s' y
    en et ou mais à dans par pour sur avec est sont a ont c' était plus très""".split()
)
_SHARE = 0.25
"""The share of small words of French from which a quotation is French. Chosen, not measured."""


class Surroundings:
    """What the words of one passage stand in; computed once for all of them."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.text = passage.text
        text = self.text
        quoted = _ranges(_QUOTED, text) if _QUOTES.search(text) else []
        self.quoted = [span for span in quoted if not self._is_speech(span)]
        self.parentheses = _ranges(_PARENTHESES, text) if "(" in text or "[" in text else []
        starts = [token.start for token in passage.words]
        firsts = (bisect_left(starts, sentence.start) for sentence in passage.sentences)
        self._starts = frozenset(starts[first] for first in firsts if first < len(starts))

    def _is_speech(self, span: Span) -> bool:
        if self.text[span.start] not in '«“"':
            return False
        said = _SAID.match(self.text, span.end) is not None
        if not said and span.end - span.start < _SHORTEST_SPEECH:
            return False
        words = self.passage.words
        first = bisect_left(words, span.start, key=lambda word: word.start)
        last = bisect_left(words, span.end, key=lambda word: word.start)
        inside = [word.low for word in words[first:last]]
        small = sum(word in _SMALL for word in inside)
        fewest = _FEWEST_SAID if said else _FEWEST
        return len(inside) >= fewest and small >= len(inside) * _SHARE

    def starts_sentence(self, token: Token) -> bool:
        """Whether no word of its sentence stands before it."""
        return token.start in self._starts

    def in_quotes(self, token: Token) -> bool:
        """Whether it stands in quotation marks, italics or a code span; not in what somebody says.

        A quotation of some words of French is speech, and is to be as right as the text around it.
        """
        return _inside(self.quoted, token.start)

    def in_parentheses(self, token: Token) -> bool:
        """Whether it stands in parentheses or brackets."""
        return _inside(self.parentheses, token.start)

    def abbreviated(self, token: Token) -> bool:
        """Whether a full stop follows that ends no sentence ("juill. 1988")."""
        rest = self.text[token.end : token.end + 8]
        return rest.startswith(".") and rest[1:].lstrip(" \u00a0\u202f,)")[:1].isupper() is False

    def in_code(self, token: Token) -> bool:
        """Whether digits or signs of a code, path or formula touch it."""
        text = self.text
        if not token.text[-1].isalpha():  # "m²", "note¹"
            return True
        before = text[token.start - 1] if token.start else " "
        after = text[token.end] if token.end < len(text) else " "
        if before.isdigit() or after.isdigit() or before in _CODE_SIGNS:
            return True
        if after in _CODE_SIGNS and not (after == ":" and not text[token.end + 1 :][:1].isalnum()):
            return True
        if after == "(" or (after in ".-'’" and text[token.end + 1 :][:1].isalnum()):
            return True
        return before in ".-–" and token.start > 1 and not text[token.start - 2].isspace()


def _ranges(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*match.span()) for match in pattern.finditer(text)]


def _inside(ranges: Sequence[Span], position: int) -> bool:
    at = bisect_right(ranges, position, key=lambda span: span.start) - 1
    return at >= 0 and position < ranges[at].end
