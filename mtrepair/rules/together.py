"""Passages that are looked at together.

What a parser or trees say of twenty sentences takes little longer than what they say of one. The
passages of a document are asked about in batches, and so are the trials of the gate, which
announces those that it will look at next.
"""

from __future__ import annotations

from collections.abc import Sequence

from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context

_BATCH = 400
"""Passages of a document that are looked at together: fewer cost more time, more cost memory."""
_KEY = "trials"


def announce(passages: Sequence[Passage], context: Context) -> None:
    """Say which trials the rules will see next; those of the last call are forgotten."""
    context.cache[_KEY] = tuple(passages)


def together(passage: Passage, context: Context) -> Sequence[Passage]:
    """The passages to ask about when ``passage`` is asked about; it is one of them."""
    here, at = context.passages, passage.index
    if at < len(here) and here[at] is passage:
        start = at - at % _BATCH
        return here[start : start + _BATCH]
    trials = context.cache.get(_KEY, ())
    assert isinstance(trials, tuple)
    return trials if any(trial is passage for trial in trials) else [passage]
