"""The text as the rewriter reads it, and its replies in the document's own typography.

Apostrophes and spaces differ between the texts that the model learned from; it sees one kind of
each. What it writes is put back into the kind that the document uses at that place.
"""

from __future__ import annotations

import re

_VIEW = str.maketrans(
    {
        "’": "'",
        "ʼ": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\n": " ",
        "\r": " ",
        "\t": " ",
        "\ufffc": "X",
    }
)
_HIGH = re.compile(r" (?=[;!?:»%€])|(?<=«) ")


def view(text: str) -> str:
    """``text`` with one kind of apostrophe and space; every code point keeps its place."""
    return text.translate(_VIEW)


def restore(reply: str, around: str) -> str:
    """A reply of the model with the apostrophes and no-break spaces that ``around`` uses.

    Args:
        reply: text in the model's view.
        around: the segment that the reply goes into.
    """
    if around.count("’") > around.count("'"):
        reply = reply.replace("'", "’")
    narrow, wide = around.count("\u202f"), around.count("\u00a0")
    if narrow or wide:
        reply = _HIGH.sub("\u202f" if narrow > wide else "\u00a0", reply)
    return reply
