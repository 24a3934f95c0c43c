"""Edits as a unified diff that ``git apply`` takes, and as a word diff that people read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from mtrepair.core import Edit, apply, ordered
from mtrepair.report.visible import quoted, visible

CONTEXT_LINES = 3
CONTEXT_CHARS = 60
LONGEST = 240
"""Code points of a deletion that the word diff shows whole."""
_NO_NEWLINE = "\\ No newline at end of file"


@dataclass(slots=True)
class _Block:
    """Lines ``[first, last)`` of the old text and the edits in them."""

    first: int
    last: int
    edits: list[Edit]


def unified(path: str, text: str, edits: Sequence[Edit]) -> str:
    """A unified diff from ``text`` to ``text`` with the edits made; empty without edits.

    Lines end with LF alone, as git has it, so that CR, U+2028 and form feeds stay in their lines.
    Its size is that of the changed lines; a text of any length takes linear time.
    """
    edits = ordered(edits)
    if not edits:
        return ""
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    if starts[-1] == len(text):
        starts.pop()
    bounds = [*starts, len(text)]
    blocks: list[_Block] = []
    for edit in edits:
        first = max(0, bisect_right(starts, edit.span.start) - 1)
        last = bisect_right(starts, edit.span.end)  # with the line that a lost line end joins
        if blocks and first < blocks[-1].last:
            blocks[-1].last = max(last, blocks[-1].last)
            blocks[-1].edits.append(edit)
        else:
            blocks.append(_Block(first, last, [edit]))
    out = [f"--- a/{path}\n", f"+++ b/{path}\n"]
    growth = 0
    for group in _grouped(blocks):
        low = max(0, group[0].first - CONTEXT_LINES)
        high = min(len(starts), group[-1].last + CONTEXT_LINES)
        body: list[str] = []
        new_count = 0
        line = low
        for block in group:
            for same in range(line, block.first):
                body.append(_line(" ", text[bounds[same] : bounds[same + 1]]))
                new_count += 1
            old_lines = range(block.first, block.last)
            body += [_line("-", text[bounds[old] : bounds[old + 1]]) for old in old_lines]
            start, end = bounds[block.first], bounds[block.last]
            moved = [Edit(span=e.span.shift(-start), text=e.text) for e in block.edits]
            new_lines = re.findall(r"[^\n]*\n|[^\n]+\Z", apply(text[start:end], moved))
            body += [_line("+", new) for new in new_lines]
            new_count += len(new_lines)
            line = block.last
        for same in range(line, high):
            body.append(_line(" ", text[bounds[same] : bounds[same + 1]]))
            new_count += 1
        old_count = high - low
        old_at = low + 1 if old_count else low
        new_at = low + growth + 1 if new_count else low + growth
        out.append(f"@@ -{old_at},{old_count} +{new_at},{new_count} @@\n")
        out += body
        growth += new_count - old_count
    return "".join(out)


def _line(sign: str, line: str) -> str:
    return f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n{_NO_NEWLINE}\n"


def _grouped(blocks: Sequence[_Block]) -> list[list[_Block]]:
    groups: list[list[_Block]] = []
    for block in blocks:
        if groups and block.first - groups[-1][-1].last <= 2 * CONTEXT_LINES:
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def words(text: str, edits: Sequence[Edit], *, marks: bool) -> Iterator[Text]:
    """The edits in their context, deletions and insertions side by side.

    Args:
        marks: write ``[-old-]{+new+}``, for where there is no colour.
    """
    hunks: list[list[Edit]] = []
    for edit in ordered(edits):
        if hunks and edit.span.start - hunks[-1][-1].span.end <= CONTEXT_CHARS:
            hunks[-1].append(edit)
        else:
            hunks.append([edit])
    for hunk in hunks:
        yield _hunk(text, hunk, marks=marks)


def _hunk(text: str, hunk: Sequence[Edit], *, marks: bool) -> Text:
    begin, end = hunk[0].span.start, hunk[-1].span.end
    low = max(text.rfind("\n", 0, begin) + 1, begin - CONTEXT_CHARS)
    if low and text[low - 1] != "\n":
        low = max(low, text.find(" ", low, begin) + 1)
    stop = text.find("\n", end)
    high = len(text) if stop < 0 else stop
    if high > end + CONTEXT_CHARS:
        cut = text.rfind(" ", end, end + CONTEXT_CHARS)
        high = cut if cut > 0 else end + CONTEXT_CHARS
    number = text.count("\n", 0, begin) + 1
    line = Text.assemble((f"{number:>4} ", "dim"))
    line.append("… " if low and text[low - 1] != "\n" else "")
    at = low
    for edit in hunk:
        line.append(visible(text[at : edit.span.start]))
        _change(line, edit.span.of(text), edit.text, marks=marks)
        at = edit.span.end
    line.append(visible(text[at:high]))
    line.append(" …" if high < len(text) and high != stop else "")
    return line


def _shortened(text: str) -> str:
    """A long deletion by its ends: what a loop said the tenth time, nobody reads."""
    if len(text) <= LONGEST:
        return text
    head = text[: text.rfind(" ", 0, LONGEST // 2) + 1 or LONGEST // 2]
    tail = text[text.find(" ", len(text) - LONGEST // 3) :]
    words = len(text.split()) - len(head.split()) - len(tail.split())
    return f"{head}… {words} more words …{tail}"


def _change(line: Text, old: str, new: str, *, marks: bool) -> None:
    if old:
        shown = _shortened(quoted(old)) if old.strip() else "␣" * len(old)
        line.append(f"[-{shown}-]" if marks else shown, style="red strike")
    if new:
        shown = quoted(new) if new.strip() else "⍽" * len(new)
        line.append(f"{{+{shown}+}}" if marks else shown, style="bold green")
