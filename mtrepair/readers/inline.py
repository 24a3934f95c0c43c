"""The text of a translation unit in XML, with its inline elements told apart.

XLIFF 1.2 (https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html#Struct_InLine), XLIFF 2
(https://docs.oasis-open.org/xliff/xliff-core/v2.1/os/xliff-core-v2.1-os.html#inlineelements) and
TMX 1.4 (https://www.gala-global.org/tmx-14b#ContentMarkup_Section) mark up alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mtrepair.core import OBJECT, Segment
from mtrepair.readers import xml
from mtrepair.readers.units import Atom, segment
from mtrepair.readers.xml import Node

_AROUND = frozenset({"g", "mrk", "pc", "hi"})
"""Elements around words; the words are read."""

_NOTHING = frozenset({"bpt", "ept", "it", "bx", "ex", "sc", "ec", "sm", "em"})
"""The beginning or the end of formatting, with the native code in it: a gap."""

# Everything else (x, ph, cp, ut, what we do not know) stands for words that are not there.


def atoms(node: Node) -> Iterator[Atom]:
    """What a reader sees of the content of an element."""
    for child in node.children:
        if child.name in ("#text", "#cdata"):
            yield Atom(child.start, child.end, child.text)
        elif child.name in _NOTHING:
            continue
        elif child.name in _AROUND and not _protected(child) and child.children:
            yield from atoms(child)
        else:
            yield Atom(child.start, child.end, OBJECT)


def _protected(node: Node) -> bool:
    return node.attributes.get("translate") == "no" or node.attributes.get("mtype") == "protected"


def unit(text: str, target: Node, source: Node | None, locator: str) -> Segment | None:
    """The segment of a target element; None if it holds no words.

    A target whose text stands partly in CDATA sections and partly outside is left alone: what
    is written into it would have to be escaped in two ways.
    """
    kinds = {
        node.name
        for node in target.walk()
        if node.name == "#cdata" or (node.name == "#text" and node.text.strip())
    }
    if kinds == {"#text", "#cdata"}:
        return None
    pieces = list(_joined(list(atoms(target))))
    if kinds == {"#cdata"}:
        pieces = [piece for piece in pieces if piece.seen.strip() or piece.seen == OBJECT]
    made = segment(text, pieces, locator=locator, source=plain(source) if source else None)
    if made is not None and kinds == {"#cdata"}:
        made = replace(made, escape=xml.escape_cdata)
    return made


def plain(node: Node) -> str:
    """The text of an element without its inline codes."""
    return "".join(atom.seen for atom in atoms(node))


def _joined(pieces: Sequence[Atom]) -> Iterator[Atom]:
    """A line break takes the indent after it along: one unit, a line break to the reader."""
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        index += 1
        if piece.seen != "\n":
            yield piece
            continue
        following = pieces[index] if index < len(pieces) else None
        if following is None or following.start != piece.end or following.seen == OBJECT:
            yield piece
            continue
        blank = len(following.seen) - len(following.seen.lstrip(" \t"))
        if blank and len(following.seen) == following.end - following.start:
            yield Atom(piece.start, piece.end + blank, "\n")
            if blank < len(following.seen):
                yield Atom(following.start + blank, following.end, following.seen[blank:])
            index += 1
        else:
            yield piece
