"""Between the document and the model: whole words in, the document's own text out.

    text "l'[eau] est [froi]d."   query on "froi"   ->  the model rewrites "froid"
    reply "chaude"                                  ->  put back for all of "froid"

Shared by every rewriter, whichever library runs its model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mtrepair.core import OBJECT, Span
from mtrepair.rewriters.base import Query
from mtrepair.rewriters.pieces import Chunks, cut, cut_source
from mtrepair.rewriters.view import restore, view

MAX_SPAN = 400
"""Longest span, in code points, that a model is asked about: about 100 pieces. With 20 words on
each side more would not fit into the 256 positions of the network."""
_REACH = 2000  # more than the context that `cut` looks at; keeps a query's cost bounded
_SENTENCE_START = re.compile(r"(?:^|[.!?…]['’\"»”)]?\s)[\s«“\"(\-–—]*$")


def widen(text: str, span: Span) -> Span:
    """``span`` without white space at its edges, grown to whole words."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return Span(start, end)
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query as the model will see it.

    Attributes:
        words: the widened span, in the text of the query.
        around: the segment near the span, for its typography.
        source: the cut source, or None.
    """

    query: Query
    words: Span
    chunks: Chunks
    around: str
    source: str | None

    @property
    def gap(self) -> str:
        """The white space that the model's replies start with."""
        return " " if self.chunks.span.startswith(" ") else ""

    def target(self, text: str) -> str:
        """What the decoder would write to put ``text`` in place of the query's span."""
        query = self.query
        whole = (
            query.text[self.words.start : query.span.start]
            + text
            + query.text[query.span.end : self.words.end]
        ).strip()
        return view(f"{self.gap}{whole}") if whole else ""

    def reply(self, written: str) -> str | None:
        """What stands for the query's span if the model's words are taken, or None.

        None where the reply cannot be put there: it would glue to the word before it, or change
        a part of a word that the query left out.
        """
        if self.gap and written and not written.startswith(" "):
            return None
        text = written.strip()
        if text and self._starts_sentence and text[0].islower():
            text = text[0].upper() + text[1:]
        text = restore(text, self.around)
        before = self.query.text[self.words.start : max(self.words.start, self.query.span.start)]
        after = self.query.text[min(self.query.span.end, self.words.end) : self.words.end]
        if len(text) < len(before) + len(after):
            return None
        if not text.startswith(before) or not text.endswith(after):
            return None
        return text[len(before) : len(text) - len(after)]

    @property
    def _starts_sentence(self) -> bool:
        first = self.words.of(self.query.text)[:1]
        left = self.query.text[max(0, self.words.start - 10) : self.words.start]
        # The look-behind is short; a cut-off left edge must not pass for the start of the text.
        if self.words.start > 10:
            left = "x" + left
        return first.isupper() and _SENTENCE_START.search(left) is not None


def prepare(query: Query) -> Prepared | None:
    """The query for the model, or None where a model has nothing to say.

    That is: spans without words, untouchable text, and spans longer than MAX_SPAN.
    """
    words = widen(query.text, query.span)
    body = words.of(query.text)
    if not body or OBJECT in body or len(body) > MAX_SPAN or not any(c.isalnum() for c in body):
        return None
    low = max(0, words.start - _REACH)
    near = query.text[low : words.end + _REACH]
    source = None
    if query.source and query.source.strip():
        share = words.start / max(1, len(query.text))
        source = cut_source(query.source[:20_000], share)
    return Prepared(
        query=query,
        words=words,
        chunks=cut(near, words.shift(-low)),
        around=near,
        source=source,
    )
