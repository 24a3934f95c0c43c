"""From code points to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right

_BREAK = re.compile(r"\r\n|\n|\r")


class LineIndex:
    """Lines and columns of a text, both counted from 1, columns in code points.

    A line ends with LF, CRLF or CR, as editors and the Language Server Protocol have it; U+2028
    and form feeds do not end one.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """The (line, column) of the code point at ``offset``."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_start(self, line: int) -> int:
        """Where ``line`` (from 1) starts."""
        return self._starts[line - 1]
