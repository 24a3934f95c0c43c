"""DOCX: every paragraph is a segment; only the text of runs is ever written.

python-docx opens the package and finds its parts. The text that is worked on is one line for each
paragraph, a line more for each break inside one; tables, headers, footers and notes follow in the
order of the parts. An edit goes into the ``w:t`` elements that hold its characters. No
edit that writes text may cross a change of formatting; one that only deletes may. Where a part
changes, that part alone is replaced in the archive: all other entries keep their bytes.
ECMA-376 part 1, 17.3 (paragraphs and runs).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from mtrepair.core import OBJECT, Document, Edit, InputError, Run, Segment, Span, apply, ordered
from mtrepair.readers.packed import Block, Layout, PackedText
from mtrepair.readers.units import missing

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTENT = re.compile(r"wordprocessingml\.(document\.main|header|footer|footnotes|endnotes)\+xml$")
_MACRO = re.compile(r"ms-word\.(document|template)\.macroEnabled\.main\+xml$")
_NOT_READ = frozenset({"del", "moveFrom", "txbxContent", "AlternateContent", "drawing", "pict"})
"""Deleted and moved text is not there any more; a text box stands in the file twice."""
_PLACES = frozenset({"object", "drawing", "pict", "AlternateContent", "oMath", "oMathPara", "sym",
                     "footnoteReference", "endnoteReference", "fldSimple", "ruby"})  # fmt: skip
"""What stands in a paragraph in place of words, and is not ours to touch."""

_CHARACTERS = {"t": "", "tab": "\t", "noBreakHyphen": "\u2011", "br": "\n", "cr": "\n"}

SIZE = 300_000_000
"""Bytes that a part may have once it is unpacked: against archives that grow without end."""


class _Piece(NamedTuple):
    """Text of a paragraph.

    Attributes:
        element: what holds it: a ``w:t``, or a tab or break, which can only be deleted; None for
            what is not ours to touch.
        style: equal where the formatting is.
    """

    text: str
    element: Any
    style: bytes

    @property
    def is_text(self) -> bool:
        """Whether text can be written here."""
        return self.element is not None and _local(self.element) == "t"


class _Paragraph(NamedTuple):
    part: str
    kind: str
    locator: str
    pieces: list[_Piece]


def read(text: str, name: str = "<text>", lang: str = "fr") -> Document:  # noqa: ARG001
    """The paragraphs of a Word document, from the text that :func:`unpack` made.

    A plain string, without a layout, is read as a paragraph a line.
    """
    layout = text.layout if isinstance(text, PackedText) else _lines(text)
    objects = iter([*layout.objects, Span(len(text), len(text))])
    upcoming = next(objects)
    found: list[Segment] = []
    for block in layout.blocks:
        body = text[block.start : block.end]
        start = block.start + len(body) - len(body.lstrip())
        end = block.end - len(body) + len(body.rstrip())
        if start >= end:
            continue
        parts: list[str] = []
        at = start
        while upcoming.start < end and len(upcoming):
            low, high = max(at, upcoming.start), min(end, upcoming.end)
            if low < high:
                parts += [text[at:low], OBJECT * (high - low)]
                at = high
            upcoming = next(objects)
        parts.append(text[at:end])
        seen = "".join(parts)
        if seen.replace(OBJECT, "").strip():
            found.append(
                Segment(
                    text=seen,
                    runs=(Run(0, start, end - start, end - start),),
                    kind=block.kind,
                    locator=block.locator,
                )
            )
    return Document(
        text=text,
        segments=tuple(found),
        format="docx",
        name=name,
        escape=_one_line,
        seams=layout.seams,
    )


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()) if "\n" in text else text


def _lines(text: str) -> Layout:
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(text.split("\n"), start=1):
        blocks.append(Block(at, at + len(line), "paragraph", f"line {number}"))
        at += len(line) + 1
    return Layout(tuple(blocks), (), ())


def unpack(data: bytes, name: str) -> PackedText:
    """The text of a Word document.

    Raises:
        ConfigError: if python-docx is not installed.
        InputError: if it is not such a document, or too large.
    """
    paragraphs = _paragraphs(_open(data, name))
    parts: list[str] = []
    blocks: list[Block] = []
    objects: list[Span] = []
    seams: list[int] = []
    at = 0
    for paragraph in paragraphs:
        start = at
        style: bytes | None = None
        for piece in paragraph.pieces:
            if style is not None and piece.style != style:
                seams.append(at)
            style = piece.style
            if piece.element is None:
                objects.append(Span(at, at + len(piece.text)))
            parts.append(piece.text)
            at += len(piece.text)
        blocks.append(Block(start, at, paragraph.kind, paragraph.locator))
        parts.append("\n")
        at += 1
    text = "".join(parts)
    if not text.strip():
        raise InputError(f"{name}: no text in this document")
    return PackedText(text, Layout(tuple(blocks), tuple(objects), tuple(seams)))


def pack(data: bytes, before: str, after: str, edits: Sequence[Edit] | None, name: str) -> bytes:
    """The document with its text changed.

    Args:
        data: the package as it was.
        before: its text, as :func:`unpack` gave it.
        after: its text with the edits made.
        edits: what was changed; found by comparing the two if None.

    Raises:
        InputError: if a change is not inside a paragraph, or would overwrite something that is
            not text.
    """
    if before == after:
        return data
    edits = ordered(_difference(before, after) if edits is None else edits)
    package = _open(data, name)
    changed: dict[str, Any] = {}
    at = place = 0
    for paragraph in _paragraphs(package):
        length = sum(len(piece.text) for piece in paragraph.pieces)
        mine: list[Edit] = []
        while place < len(edits) and edits[place].span.start <= at + length:
            edit = edits[place]
            if edit.span.end > at + length:
                raise InputError(f"{name}: a change at {paragraph.locator} goes beyond it")
            mine.append(Edit(span=edit.span.shift(-at), text=_one_line(edit.text)))
            place += 1
        if mine:
            _write(paragraph, mine, name)
            changed[paragraph.part] = True
        at += length + 1
    blobs = {part: package.blobs(part) for part in changed}
    return _replaced(data, blobs)


def _difference(before: str, after: str) -> list[Edit]:
    """The edits between two texts, found line by line and then word by word."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) == len(new):
        pairs = [([a], [b]) for a, b in zip(old, new, strict=True)]
    else:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        pairs = [(old[a:b], new[c:d]) for _, a, b, c, d in matcher.get_opcodes()]
    found: list[Edit] = []
    at = 0
    for left, right in pairs:
        one, other = "".join(left), "".join(right)
        if one != other:
            words, others = re.findall(r"\w+|\W", one), re.findall(r"\w+|\W", other)
            starts = [at]
            for word in words:
                starts.append(starts[-1] + len(word))
            for tag, a, b, c, d in SequenceMatcher(
                None, words, others, autojunk=False
            ).get_opcodes():
                if tag != "equal":
                    found.append(Edit(span=Span(starts[a], starts[b]), text="".join(others[c:d])))
        at += len(one)
    return [_slid(edit, before) for edit in found]


def _slid(edit: Edit, text: str) -> Edit:
    """A deletion that takes the end of a paragraph, moved to the line break on its left.

    ``a⏎b¶`` without ``a⏎b`` leaves ``¶``; compared, it may look as if ``a`` and ``b¶`` had gone.
    """
    start, end = edit.span.start, edit.span.end
    ends = {block.end for block in text.layout.blocks} if isinstance(text, PackedText) else set()
    takes_end = not edit.text and len(edit.span) > 0 and end - 1 in ends
    if takes_end and start and text[start - 1] == "\n" and start - 1 not in ends:
        return Edit(span=edit.span.shift(-1), text="")
    return edit


# The package.


class _Package:
    """The XML of the parts that hold text, by the name of their entry in the archive."""

    def __init__(self, trees: dict[str, tuple[str, Any]]) -> None:
        self.trees = trees

    def blobs(self, part: str) -> bytes:
        from lxml import etree

        return bytes(
            etree.tostring(
                self.trees[part][1].getroottree(),
                xml_declaration=True,
                encoding="UTF-8",
                standalone=True,
            )
        )


def _open(data: bytes, name: str) -> _Package:
    try:
        import docx
        from lxml import etree
    except ImportError:
        raise missing("python-docx", name) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = [info.file_size for info in archive.infolist()]
        if sum(sizes) > SIZE:
            raise InputError(f"{name}: unpacked it would be larger than {SIZE // 10**6} MB")
        document = docx.Document(io.BytesIO(data))
        # Not python-docx's own parser, which drops white space between elements.
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        trees: dict[str, tuple[str, Any]] = {}
        order = {"document": 0, "header": 1, "footer": 2, "footnotes": 3, "endnotes": 4}
        for part in sorted(document.part.package.iter_parts(), key=lambda p: str(p.partname)):
            found = _CONTENT.search(part.content_type)
            kind = found[1].split(".")[0] if found else ""
            if not kind and _MACRO.search(part.content_type):
                kind = "document"
            if kind:
                trees[str(part.partname).lstrip("/")] = (kind, etree.fromstring(part.blob, parser))
        return _Package(dict(sorted(trees.items(), key=lambda item: order[item[1][0]])))
    except InputError:
        raise
    except Exception as error:  # BadZipFile, KeyError, ValueError, XMLSyntaxError, …
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise InputError(f"{name}: not a Word document ({reason})") from None


def _replaced(data: bytes, blobs: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = old.comment
        for info in old.infolist():
            content = blobs.get(info.filename)
            new.writestr(info, old.read(info) if content is None else content)
    return out.getvalue()


# Paragraphs and runs.


def _paragraphs(package: _Package) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    for part, (kind, root) in package.trees.items():
        number = 0
        for element in _below(root):
            if _local(element) != "p":
                continue
            number += 1
            where = f"paragraph {number}" if kind == "document" else f"{kind}, paragraph {number}"
            pieces = list(_pieces(element))
            found.append(_Paragraph(part, _kind(element), where, pieces))
    return found


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _below(root: Any) -> Iterator[Any]:
    """The elements that are shown as text, in the order of the file."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(child for child in reversed(element) if _local(child) not in _NOT_READ)


def _kind(paragraph: Any) -> str:
    properties = paragraph.find(f"{{{_W}}}pPr")
    style = "" if properties is None else _value(properties.find(f"{{{_W}}}pStyle"))
    if style.lower() == "title":
        return "title"
    if style.lower().startswith(("heading", "titre")):
        return "heading"
    if properties is not None and properties.find(f"{{{_W}}}numPr") is not None:
        return "item"
    if any(_local(parent) == "tc" for parent in paragraph.iterancestors()):
        return "cell"
    return "paragraph"


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{{{_W}}}val") or "")


def _pieces(paragraph: Any) -> Iterator[_Piece]:
    """The text of a paragraph in pieces of one element each."""
    from lxml import etree

    depth = 0  # inside a field's instructions or result, which a program writes
    styles: dict[Any, bytes] = {}
    links: dict[Any, int] = {}
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        name = _local(element)
        if name in _PLACES:
            yield _Piece(OBJECT, None, b"")
        elif name in _NOT_READ or name == "p" or name.endswith("Pr") or not name:
            continue
        elif name == "fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get(f"{{{_W}}}fldCharType"), 0)
        elif name in _CHARACTERS:
            text = (element.text or "") if name == "t" else _CHARACTERS[name]
            if not text:
                continue
            run = element.getparent()
            if run not in styles:
                properties = run.find(f"{{{_W}}}rPr")
                link = links.setdefault(run.getparent(), len(links))
                look = b"" if properties is None else etree.tostring(properties, method="c14n")
                styles[run] = b"%d %s" % (link, look)
            text = re.sub(r"[\r\n]", " ", text) if name == "t" else text
            yield _Piece(text, None if depth > 0 else element, styles[run])
        elif name != "instrText":
            waiting.extend(reversed(element))


def _write(paragraph: _Paragraph, edits: Sequence[Edit], name: str) -> None:
    """Put the edits, which count in the paragraph, into the elements that hold their characters.

    New text goes where the first character that it replaces was; text that is only inserted goes
    behind the character on its left.
    """
    places: list[tuple[int, int, _Piece]] = []
    at = 0
    for piece in paragraph.pieces:
        places.append((at, at + len(piece.text), piece))
        at += len(piece.text)
    changes: dict[int, list[Edit]] = {}
    for edit in edits:
        start, end = edit.span.start, edit.span.end
        touched = [i for i, (low, high, _) in enumerate(places) if low < end and start < high]
        if any(places[index][2].element is None for index in touched):
            raise InputError(f"{name}: {paragraph.locator} holds more than text there")
        pending = edit.text
        if pending:
            takes = [i for i in touched if places[i][2].is_text]
            takes = takes or [
                i
                for i, (low, high, piece) in enumerate(places)
                if piece.is_text and (high == start or low == end)
            ]
            if not takes:
                raise InputError(f"{name}: nothing at {paragraph.locator} can take new text")
            if takes[0] not in touched:
                low, high, _ = places[takes[0]]
                where = high - low if high == start else 0
                changes.setdefault(takes[0], []).append(Edit(span=Span(where, where), text=pending))
                pending = ""
        for index in touched:
            low, high, piece = places[index]
            own = Span(max(low, start) - low, min(high, end) - low)
            text = pending if piece.is_text else ""
            pending = "" if piece.is_text else pending
            changes.setdefault(index, []).append(Edit(span=own, text=text))
    for index, own_edits in changes.items():
        piece = paragraph.pieces[index]
        if not piece.is_text:  # a tab or a break, which can only go
            piece.element.getparent().remove(piece.element)
            continue
        piece.element.text = apply(piece.text, own_edits)
        if piece.element.text != piece.element.text.strip():
            piece.element.set(_SPACE, "preserve")
