"""Tests of time that hold on a busy machine: a ratio of two sizes, tried again before it fails.

Processor time of one short run is noisy where other processes share the cores: a single pair of
runs has been seen 20 % over a bar that the same code keeps a hundred times in a row. Work that
really grows too fast is over the bar in every try.
"""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 4


def spent(work: Callable[[], object]) -> float:
    """Processor seconds that ``work()`` takes, one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def assert_grows(
    seconds: Callable[[int], float], small: int, large: int, *, factor: float, floor: float = 0.3
) -> None:
    """``seconds(large)`` is at most ``factor`` times ``seconds(small)``, or below ``floor``.

    Args:
        seconds: processor seconds for a size.
        factor: for work linear in the size a good deal above ``large / small``, and well below
            its square.
        floor: seconds below which a ratio says nothing.
    """
    seconds(min(small, 10))  # what is loaded or compiled once
    short, long = float("inf"), float("inf")
    for _ in range(TRIES):
        short, long = min(short, seconds(small)), min(long, seconds(large))
        if long < max(factor * short, floor):
            return
    raise AssertionError(
        f"{long:.3f} s for {large}, {short:.3f} s for {small}: more than {factor} times"
    )


def assert_within(work: Callable[[], object], limit: float) -> None:
    """The best of a few runs of ``work()`` takes less than ``limit`` processor seconds."""
    best = float("inf")
    for _ in range(TRIES):
        best = min(best, spent(work))
        if best < limit:
            return
    raise AssertionError(f"{best:.2f} s, not {limit} s")
