"""PO files (gettext): each translation is a segment, its message the source.

translate-toolkit says what the entries of a file are; where each string stands is found here,
because a file that is written anew loses its line breaks. An entry that the two read differently
is left alone. https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mtrepair.core import Document, InputError, Segment
from mtrepair.readers.units import Atom, has_accelerator, is_language, missing, segment

_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)(?=[\s\"])")
_STRING = re.compile(r'\s*"((?:[^"\\\r\n]|\\.)*)"\s*\Z')
_ESCAPE = re.compile(r"\\(?:([abfnrtv\\\"'])|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|.)")
_SIMPLE = dict(zip("abfnrtv\\\"'", "\a\b\f\n\r\t\v\\\"'", strict=True))
_CHARSET = re.compile(r"(charset=)[\w.:-]+", re.I)
_LANGUAGE = re.compile(r"^Language:[ \t]*(\S+)", re.M | re.I)
_SOURCE_LANGUAGE = re.compile(r"^X-Source-Language:[ \t]*(\S+)", re.M | re.I)


class _Entry:
    """The strings of one entry by their keyword, each as the places of its quoted parts."""

    __slots__ = ("fuzzy", "strings")

    def __init__(self) -> None:
        self.strings: dict[str, list[tuple[int, int]]] = {}
        self.fuzzy = False


class _Unit(NamedTuple):
    """What translate-toolkit says about an entry."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    fuzzy: bool
    header: bool


def read(text: str, name: str = "<text>", lang: str = "fr") -> Document:
    """The translations of a PO file.

    Left out: the header, obsolete and fuzzy entries (those render a similar message, not this
    one), what is not translated, and the whole file if its header says another language.

    Raises:
        ConfigError: if translate-toolkit is not installed.
        InputError: if the file is not PO.
    """
    entries = list(_entries(text))
    units = _units(text, name)
    if len(units) != len(entries):
        raise InputError(f"{name}: cannot tell the entries of this PO file apart")
    found: list[Segment] = []
    english = True
    for number, (entry, unit) in enumerate(zip(entries, units, strict=True)):
        if unit.header:
            header = unit.target[0]
            if not is_language(_tag(_LANGUAGE, header), lang):
                break
            english = is_language(_tag(_SOURCE_LANGUAGE, header), "en")
        elif not (unit.fuzzy or entry.fuzzy):
            found += _segments(text, number, entry, unit, english=english)
    return Document(text=text, segments=tuple(found), format="po", name=name, escape=escape)


def escape(text: str) -> str:
    """``text`` as a PO string writes it."""
    for char, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(char, written)
    return text


def _tag(pattern: re.Pattern[str], header: str) -> str | None:
    found = pattern.search(header)
    return found[1] if found else None


def _units(text: str, name: str) -> list[_Unit]:
    try:
        from translate.storage.pypo import pofile
    except ImportError:
        raise missing("translate-toolkit", name) from None
    # The text is decoded already; the toolkit goes by what the header says.
    data = _CHARSET.sub(r"\1UTF-8", text, count=1).encode("utf-8", "surrogatepass")
    try:
        reader: Any = pofile
        store = reader.parsestring(data)
        return [
            _Unit(_strings(unit.source), _strings(unit.target), unit.isfuzzy(), unit.isheader())
            for unit in store.units
            if not unit.isobsolete()
        ]
    except Exception as error:  # the parser lets IndexError and the like through
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise InputError(f"{name}: not a PO file ({reason})") from None


def _strings(value: object) -> tuple[str, ...]:
    several = getattr(value, "strings", None)
    return tuple(map(str, several)) if several else (str(value or ""),)


def _entries(text: str) -> Iterator[_Entry]:
    entry = _Entry()
    keyword = ""
    fuzzy = False
    for match in _LINE.finditer(text):
        line = match[0]
        if line.startswith("#"):
            if line.startswith(("#,", "#=")) and "fuzzy" in line:
                fuzzy = True
            if "msgstr" in entry.strings or "msgstr[0]" in entry.strings:
                yield entry
                entry, keyword = _Entry(), ""
            if line.startswith("#~"):
                fuzzy = False
            continue
        at = 0
        found = _KEYWORD.match(line)
        if found is not None:
            starts = found[1] in ("msgctxt", "msgid")
            if starts and any(key.startswith("msgstr") for key in entry.strings):
                yield entry
                entry = _Entry()
            if starts and not entry.strings:
                entry.fuzzy, fuzzy = fuzzy, False
            keyword, at = found[1], found.end()
            entry.strings[keyword] = []
        quoted = _STRING.match(line, at)
        if quoted is not None and keyword:
            start = match.start() + quoted.start(1)
            entry.strings[keyword].append((start, start + len(quoted[1])))
    if any(key.startswith("msgstr") for key in entry.strings):
        yield entry


def _segments(
    text: str, number: int, entry: _Entry, unit: _Unit, *, english: bool
) -> Iterator[Segment]:
    for place, (keyword, strings) in enumerate(
        (k, v) for k, v in entry.strings.items() if k.startswith("msgstr")
    ):
        atoms = list(_atoms(text, strings))
        seen = "".join(atom.seen for atom in atoms)
        if place >= len(unit.target) or not seen or seen != unit.target[place]:
            continue
        source = unit.source[min(place, len(unit.source) - 1)]
        made = segment(
            text,
            atoms,
            locator=f"entry {number}, {keyword}",
            source=source if english else None,
            accelerator=has_accelerator(seen, source),
        )
        if made is not None:
            yield made


def _atoms(text: str, strings: Sequence[tuple[int, int]]) -> Iterator[Atom]:
    """The characters of a string. Where it goes on in another line, the last one before the break
    takes the quotes and the break along, so that an edit there can be written."""
    strings = [span for span in strings if span[0] < span[1]]
    for index, (start, end) in enumerate(strings):
        after = strings[index + 1][0] if index + 1 < len(strings) else end
        pieces = list(_decoded(text, start, end))
        last = pieces.pop()
        yield from pieces
        if after == end:
            yield last
            continue
        if len(last.seen) > 1:
            yield Atom(last.start, end - 1, last.seen[:-1])
            last = Atom(end - 1, end, last.seen[-1])
        yield Atom(last.start, after, last.seen)


def _decoded(text: str, start: int, end: int) -> Iterator[Atom]:
    at = start
    for match in _ESCAPE.finditer(text, start, end):
        if at < match.start():
            yield Atom(at, match.start(), text[at : match.start()])
        if match[1]:
            seen = _SIMPLE[match[1]]
        elif match[2] or match[3]:
            seen = chr(int(match[2], 16) if match[2] else int(match[3], 8))
        else:
            seen = match[0]
        yield Atom(match.start(), match.end(), seen)
        at = match.end()
    if at < end:
        yield Atom(at, end, text[at:end])
