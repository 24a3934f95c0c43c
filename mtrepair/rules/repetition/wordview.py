"""The words of a passage as a sequence that can be compared with itself."""

from __future__ import annotations

from functools import cached_property
from weakref import WeakKeyDictionary

from mtrepair.languages import Token
from mtrepair.rules.passage import Passage
from mtrepair.rules.repetition.drift import Drift, drifting, tight
from mtrepair.rules.repetition.periods import Periodic, periodic

STOPS = frozenset(".!?…:;\n\u2028\u2029")
"""Marks that part clauses; what is said again after one is often rhetoric."""


class WordView:
    """Words, numbers and objects in order, without the marks between them.

    Attributes:
        text: the passage's text.
        tokens: the words and numbers.
        keys: what they are compared by: in lower case, elision undone (``qu'`` is ``que``).
        known: what the language says twice, and where a repetition can be cut.

    What costs time is computed when first asked for, and once for all rules of the group.
    """

    def __init__(self, passage: Passage) -> None:
        self.text = passage.text
        self.known = passage.language.repetition
        self.tokens: list[Token] = [t for t in passage.tokens if t[3] != "punct"]
        self.keys: list[str] = []
        whole = self.known.whole
        seen: dict[str, str] = {}
        for token in self.tokens:
            word = token[2]
            key = seen.get(word)
            if key is None:
                lower = word.lower()
                key = seen[word] = whole.get(lower, lower)
            self.keys.append(key)

    @cached_property
    def runs(self) -> list[Periodic]:
        """The stretches that repeat exactly."""
        return list(periodic(self.keys))

    @cached_property
    def drifts(self) -> list[Drift]:
        """The stretches that go in circles."""
        return drifting(self.keys)

    @cached_property
    def circles(self) -> list[Drift]:
        """The short stretches that go in circles."""
        return tight(self.keys)

    def gap(self, index: int) -> str:
        """What stands between word ``index`` and the next one, or the end of the text."""
        end = self.tokens[index][1]
        after = index + 1
        return self.text[end : self.tokens[after][0] if after < len(self.tokens) else None]

    def slice(self, start: int, end: int) -> str:
        """The text of the words ``start`` to ``end`` (exclusive), with what is between them."""
        return self.text[self.tokens[start][0] : self.tokens[end - 1][1]]


_views: WeakKeyDictionary[Passage, WordView] = WeakKeyDictionary()


def view(passage: Passage) -> WordView:
    """The passage's words; computed once, for all rules of the group."""
    found = _views.get(passage)
    if found is None:
        found = _views[passage] = WordView(passage)
    return found
