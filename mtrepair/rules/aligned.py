"""Which sentences of a passage render which of its source, worked out once for all rules."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from mtrepair.align import Bead, align, source_sentences
from mtrepair.rules.passage import Passage

_seen: WeakKeyDictionary[Passage, tuple[list[str], Sequence[Bead]]] = WeakKeyDictionary()


def aligned(passage: Passage) -> tuple[list[str], Sequence[Bead]]:
    """The sentences of a passage's source, and the beads between them and ``passage.sentences``.

    A passage without a source has neither.
    """
    found = _seen.get(passage)
    if found is None:
        left = source_sentences(passage.source or "")
        right = [span.of(passage.text) for span in passage.sentences]
        found = _seen[passage] = left, align(left, right) if left else ()
    return found
