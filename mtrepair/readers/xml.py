"""XML as a tree that knows where in the file everything stands.

The standard library's parser, expat, gives the byte at which each event begins; an event ends where
the next begins. What it does not expand (entities of a document type) is kept apart as a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape as escaped
from xml.parsers import expat

from mtrepair.core import InputError

DEPTH = 256
"""Elements inside each other; libxml2, which translate-toolkit parses with, allows no more."""

_DECLARATION = re.compile(r"\A(<\?xml[^>]*?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class Node:
    """An element, a stretch of text, or a reference.

    Attributes:
        name: an element's name, with its namespace and a space before it where that is not the
            root's; ``#text``, ``#cdata`` or ``#entity`` else.
        start, end: where it stands in the file, in code points, tags included.
        text: the decoded characters of a text.
    """

    __slots__ = ("attributes", "children", "end", "name", "parent", "start", "text")

    def __init__(self, name: str, start: int, parent: Node | None, text: str = "") -> None:
        self.name = name
        self.start = self.end = start
        self.parent = parent
        self.text = text
        self.attributes: dict[str, str] = {}
        self.children: list[Node] = []

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def content(self) -> str:
        """All characters below the node."""
        return "".join(node.text for node in self.walk())

    def elements(self, *names: str) -> list[Node]:
        """The children of these names."""
        return [child for child in self.children if child.name in names]

    def inherited(self, attribute: str) -> str | None:
        """The value of an attribute here or on the nearest element around that has it."""
        node: Node | None = self
        while node is not None:
            if attribute in node.attributes:
                return node.attributes[attribute]
            node = node.parent
        return None


def parse(text: str, name: str) -> Node:
    """The root element of a decoded XML file.

    Raises:
        InputError: if it is not well formed; one line with the place.
    """
    builder = _Builder(text)
    parser = expat.ParserCreate("utf-8", " ")
    builder.listen(parser)
    try:
        parser.Parse(builder.data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise InputError(
            f"{name}:{error.lineno}:{error.offset + 1}: not well-formed XML ({reason})"
        ) from None
    except _TooDeepError:
        raise InputError(f"{name}: XML elements nested more than {DEPTH} deep") from None
    builder.finish()
    if builder.root is None:  # pragma: no cover - expat wants a root
        raise InputError(f"{name}: not XML")
    return builder.root


def encoded(text: str) -> bytes:
    """The text as UTF-8 for another parser, without a declaration of what it was encoded in."""
    return _DECLARATION.sub(r"\1", text).encode("utf-8", "surrogatepass")


def escape(text: str) -> str:
    """``text`` as XML writes it."""
    return escaped(text, quote=False)


def escape_cdata(text: str) -> str:
    """``text`` as a CDATA section writes it."""
    return text.replace("]]>", "]]]]><![CDATA[>")


class _TooDeepError(Exception):
    pass


class _Builder:
    def __init__(self, text: str) -> None:
        self.data = text.encode("utf-8", "surrogatepass")
        self.root: Node | None = None
        self._ascii = len(self.data) == len(text)
        self._parser: expat.XMLParserType
        self._stack: list[Node] = []
        self._open: Node | None = None  # what ends where the next event begins
        self._closing: Node | None = None
        self._cdata = False
        self._base = ""
        self._byte = self._place = 0

    def listen(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.buffer_text = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartCdataSectionHandler = self._start_cdata
        parser.EndCdataSectionHandler = self._end_cdata
        # Set and not expanding: references to a document type's own entities come here unread.
        parser.DefaultHandler = self._other

    def finish(self) -> None:
        self._settle(len(self.data))

    def _settle(self, byte: int) -> int:
        """The code point at a byte; what was open ends there."""
        if self._ascii:
            place = byte
        else:
            self._place += len(self.data[self._byte : byte].decode("utf-8", "surrogatepass"))
            self._byte = byte
            place = self._place
        if self._open is not None:
            self._open.end = place
            self._open = None
        if self._closing is not None:
            self._closing.end = place
            self._closing = None
        return place

    def _here(self) -> int:
        return self._settle(self._parser.CurrentByteIndex)

    def _add(self, name: str, place: int, text: str = "") -> Node:
        parent = self._stack[-1] if self._stack else None
        node = Node(name, place, parent, text)
        if parent is not None:
            parent.children.append(node)
        return node

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        place = self._here()
        if len(self._stack) >= DEPTH:
            raise _TooDeepError
        if self.root is None:
            self._base = name.rpartition(" ")[0]
        uri, _, local = name.rpartition(" ")
        node = self._add(local if uri == self._base else name, place)
        node.attributes = attributes
        if self.root is None:
            self.root = node
        self._stack.append(node)

    def _end(self, name: str) -> None:
        del name
        self._here()
        self._closing = self._stack.pop()

    def _text(self, text: str) -> None:
        place = self._here()
        if self._stack:
            self._open = self._add("#cdata" if self._cdata else "#text", place, text)

    def _start_cdata(self) -> None:
        self._here()
        self._cdata = True

    def _end_cdata(self) -> None:
        self._here()
        self._cdata = False

    def _other(self, data: str) -> None:
        place = self._here()
        if data.startswith("&") and self._stack:
            self._open = self._add("#entity", place)
