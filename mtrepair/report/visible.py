"""Text from a document, made safe and visible for a terminal."""

from __future__ import annotations

import re
import unicodedata

from mtrepair.core import OBJECT

# Escape sequences could move the cursor or recolour the screen; bidirectional controls could
# reorder what a reviewer reads (Boucher and Anderson 2021, "Trojan Source").
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)


def _symbol(match: re.Match[str]) -> str:
    char = match[0]
    if char < " ":
        return chr(0x2400 + ord(char))  # the control pictures, ␛ for ESC
    return f"<{unicodedata.name(char, f'U+{ord(char):04X}')}>" if char > "\x9f" else "\ufffd"


def visible(text: str) -> str:
    """``text`` without anything that a terminal would obey; line ends and tabs become spaces."""
    flat = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ").replace(OBJECT, "□")
    return _CONTROL.sub(_symbol, flat)


def quoted(text: str) -> str:
    """Short text for a message: white space that one cannot see is named."""
    shown = text.replace("\u00a0", "⍽").replace("\u202f", "⍽")
    return visible(shown)
