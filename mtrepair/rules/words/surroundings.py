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


class Surroundings:
    """What the words of one passage stand in; computed once for all of them."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.text = passage.text
        text = self.text
        self.quoted = _ranges(_QUOTED, text) if _QUOTES.search(text) else []
        self.parentheses = _ranges(_PARENTHESES, text) if "(" in text or "[" in text else []
        starts = [token.start for token in passage.words]
        firsts = (bisect_left(starts, sentence.start) for sentence in passage.sentences)
        self._starts = frozenset(starts[first] for first in firsts if first < len(starts))

    def starts_sentence(self, token: Token) -> bool:
        """Whether no word of its sentence stands before it."""
        return token.start in self._starts

    def in_quotes(self, token: Token) -> bool:
        """Whether it stands in quotation marks, italics or a code span."""
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
