"""Glossaries: what a term of the original is called in the translation.

TSV and CSV: a column for the original and one for the translation, in this order or as a first
line with ``source`` and ``target`` says. TBX (ISO 30042, both the old ``termEntry``/``langSet`` and
the new ``conceptEntry``/``langSec``): all terms of the language asked for.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

from mtrepair.core import ConfigError, InputError
from mtrepair.readers.files import read_file

SUFFIXES = (".tsv", ".csv", ".tbx", ".xml")
_HEADS = {"source": ("source", "src", "en", "english"), "target": ("target", "tgt", "fr", "french")}


class Term(NamedTuple):
    """A term of the translation with that of the original, which may be empty."""

    source: str
    target: str

    @property
    def is_name(self) -> bool:
        """Whether the translation writes it as a name: with a capital."""
        return any(char.isupper() for char in self.target)


@lru_cache(maxsize=64)
def read_glossary(path: str, lang: str = "fr") -> tuple[Term, ...]:
    """The terms of a glossary file in its order.

    Args:
        lang: the language of the translation.

    Raises:
        InputError: if it cannot be read as what its suffix says; one line with path and line.
        ConfigError: for another suffix.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise ConfigError(f"{path}: a glossary must be one of {', '.join(SUFFIXES)}")
    if suffix in (".tbx", ".xml"):
        terms = _tbx(path, lang)
    else:
        terms = _table(path, "\t" if suffix == ".tsv" else ",", lang)
    return tuple(
        dict.fromkeys(
            Term(*(unicodedata.normalize("NFC", " ".join(part.split())) for part in term))
            for term in terms
        )
    )


def _table(path: str, delimiter: str, lang: str) -> list[Term]:
    text = read_file(path).text
    lines = io.StringIO(text, newline="")
    if delimiter == "\t":
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=delimiter)
    source, target = 0, 1
    terms: list[Term] = []
    try:
        for number, row in enumerate(reader):
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            if number == 0:
                heads = [cell.lower() for cell in cells]
                places = [
                    next((i for i, head in enumerate(heads) if head in known), None)
                    for known in (_HEADS["source"], (*_HEADS["target"], lang.partition("-")[0]))
                ]
                if places[0] is not None and places[1] is not None:
                    source, target = places[0], places[1]
                    continue
            if len(cells) <= max(source, target) or not cells[target]:
                raise InputError(f"{path}:{reader.line_num}: a term without its translation")
            terms.append(Term(cells[source], cells[target]))
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}: {error}") from None
    return terms


class _Tbx:
    """Collects the terms of each entry; the parser calls it at every tag."""

    ENTRIES = frozenset({"termEntry", "conceptEntry"})
    SECTIONS = frozenset({"langSet", "langSec"})

    def __init__(self, lang: str) -> None:
        self.terms: list[Term] = []
        self._lang = lang
        self._language = ""
        self._entry: list[tuple[str, str]] = []
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in self.ENTRIES:
            self._entry = []
        elif name in self.SECTIONS:
            given = attributes.get("xml:lang") or attributes.get("lang") or ""
            self._language = given.replace("_", "-").split("-")[0].lower()
        elif name == "term":
            self._text = []

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "term" and self._text is not None:
            term = "".join(self._text).strip()
            if term:
                self._entry.append((self._language, term))
            self._text = None
        elif name in self.ENTRIES:
            sources = [term for lang, term in self._entry if lang != self._lang]
            for lang, term in self._entry:
                if lang == self._lang:
                    self.terms.append(Term(sources[0] if sources else "", term))


def _tbx(path: str, lang: str) -> list[Term]:
    from xml.parsers import expat  # few glossaries are in XML

    # expat itself, because it lets us refuse entities: a glossary needs none, and nested ones can
    # fill the memory ("billion laughs").
    text = read_file(path, None).text
    found = _Tbx(lang.partition("-")[0])
    parser = expat.ParserCreate(encoding="utf-8")
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.data

    def refuse(name: str, *_rest: object) -> None:
        raise InputError(f"{path}:{parser.CurrentLineNumber}: declares the entity '{name}'")

    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise InputError(f"{path}:{error.lineno}: not XML ({reason})") from None
    return found.terms
