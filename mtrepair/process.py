"""How a process of our own is set up; a library's host sets up its own."""

from __future__ import annotations

import gc

_YOUNG = 50_000


def look_seldom() -> None:
    """Look for circles of objects after 50,000 new ones.

    Little of what is made here is ever in a circle; with Python's own number, 700, a check of an
    article spends a tenth of its time on looking.
    """
    gc.set_threshold(_YOUNG)
