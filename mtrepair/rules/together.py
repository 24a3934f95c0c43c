"""Passages that are looked at together.

What a parser or trees say of twenty sentences takes little longer than what they say of one. The
passages of a document are asked about in batches, and so are the trials of the gate, which
announces those that it will look at next.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import TypeVar

from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context

_BATCH = 400
"""Passages of a document that are looked at together: fewer cost more time, more cost memory."""
_KEY = "trials"


def announce(passages: Sequence[Passage], context: Context) -> None:
    """Say which trials the rules will see next; those of the last call are forgotten.

    Several proposals may be tried on the same sentence: it is asked about once.
    """
    context.cache[_KEY] = tuple({id(passage): passage for passage in passages}.values())


_Answer = TypeVar("_Answer")


def asked_once(
    passage: Passage,
    context: Context,
    seen: MutableMapping[Passage, _Answer],
    ask: Callable[[Sequence[Passage], Context], Sequence[_Answer]],
) -> _Answer:
    """What ``ask`` says of a passage; it is asked about all that go together, each of them once.

    Args:
        seen: what was said before; it must not keep a passage alive.
    """
    if passage not in seen:
        some = [p for p in together(passage, context) if p not in seen]
        seen.update(zip(some, ask(some, context), strict=True))
    return seen[passage]


def together(passage: Passage, context: Context) -> Sequence[Passage]:
    """The passages to ask about when ``passage`` is asked about; it is one of them."""
    here, at = context.passages, passage.index
    if at < len(here) and here[at] is passage:
        start = at - at % _BATCH
        return here[start : start + _BATCH]
    trials = context.cache.get(_KEY, ())
    assert isinstance(trials, tuple)
    return trials if any(trial is passage for trial in trials) else [passage]
