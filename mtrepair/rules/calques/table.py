"""A table of phrases: its lines, where they match, and what French says there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import marisa_trie

from mtrepair.core import Applicability, Edit, Finding, Proposal, Span
from mtrepair.languages import Token
from mtrepair.languages.fr.grammar import DETERMINERS, elides
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.calques.patterns import Index, Pattern, compiled, fill, join
from mtrepair.rules.passage import Passage
from mtrepair.rules.words.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table.

    Attributes:
        replacements: templates, the usual one first; empty where only advice is given.
        kind: empty for a calque, ``false-friend`` where the meaning changes.
    """

    written: str
    pattern: Pattern
    replacements: tuple[str, ...]
    english: str
    kind: str
    sure: str
    advice: str
    authority: str


@dataclass(frozen=True, slots=True)
class Match:
    """Where a line matches a passage.

    Attributes:
        first: index of the first token.
        offered: what French says there, the usual first.
    """

    entry: Entry
    first: int
    span: Span
    offered: tuple[str, ...]


def compile_index(path: Path) -> int:
    """Write the index beside a table, and say how many anchors it has."""
    columns, lines = _read(path)
    pattern = columns.index("pattern")
    anchors = trie([line.split(b"\t")[pattern].decode() for line in lines])
    anchors.save(str(path.with_suffix(".marisa")))
    return len(anchors)


def trie(patterns: Sequence[str]) -> marisa_trie.BytesTrie:
    """The anchors of some patterns, as an :class:`~.patterns.Index` takes them."""
    anchors = compiled(list(patterns))
    return marisa_trie.BytesTrie(
        [(key, record) for key, some in sorted(anchors.items()) for record in some]
    )


def _read(path: Path) -> tuple[list[str], list[bytes]]:
    """The names of the columns, and the lines."""
    header, *lines = path.read_bytes().rstrip(b"\n").split(b"\n")
    return header.decode().split("\t"), lines


class Table:
    """The lines of a file of tab-separated values, with an index over their words.

    Args:
        path: of the lines; the index beside it, with the suffix ``.marisa``, comes from
            :func:`compile_index` (``scripts/build-calques``). Both are read as texts meet them.
    """

    def __init__(self, path: Path) -> None:
        self._columns, self._lines = _read(path)
        self._pattern = self._columns.index("pattern")
        anchors = marisa_trie.BytesTrie()
        anchors.mmap(str(path.with_suffix(".marisa")))
        self._index = Index(anchors, self.written)

    def __len__(self) -> int:
        return len(self._lines)

    def written(self, number: int) -> str:
        """The pattern of a line as it stands in the file."""
        return self._lines[number].split(b"\t")[self._pattern].decode()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All lines of the table, in their order."""
        return tuple(map(self._entry, range(len(self))))

    def _entry(self, number: int) -> Entry:
        fields = self._lines[number].decode().split("\t")
        row = dict(zip(self._columns, fields, strict=True))
        return Entry(
            written=row["pattern"],
            pattern=self._index.pattern(number),
            replacements=tuple(filter(None, row["replacement"].split("; "))),
            english=row["english"],
            kind=row["kind"],
            sure=row["sure"],
            advice=row["advice"],
            authority=row["authority"],
        )

    def matches(self, passage: Passage) -> Iterator[Match]:
        """The longest match at each place, the longest first; not in quotes, only in prose."""
        tokens = passage.tokens
        found: list[tuple[int, int, int, list[range]]] = []
        for number, taken in self._index.search(tokens, passage.text):
            used = [place for part in taken for place in part]
            start, end = tokens[min(used)].start, tokens[max(used)].end
            found.append((end - start, -start, number, taken))
        found.sort(key=lambda item: item[:2], reverse=True)
        around = Surroundings(passage) if found else None
        done: list[Span] = []
        for length, minus, number, taken in found:
            span = Span(-minus, length - minus)
            if any(span.overlap(other) for other in done):
                continue
            done.append(span)
            first = min(place for part in taken for place in part)
            if passage.touches_object(span) or (around and around.in_quotes(tokens[first])):
                continue
            entry = self._entry(number)
            yield Match(entry, first, span, _offered(entry, taken, tokens, passage.text))


UNSURE = 0.6
"""Confidence up to which a person should look at a replacement before it is made."""


def proposals(finding: Finding, passage: Passage) -> Iterator[Proposal]:
    """What French says, with the inflection of the phrase; from the evidence ``replacements``."""
    offered = finding.evidence.get("replacements")
    if not isinstance(offered, list):
        return
    for rank, text in enumerate(offered):
        clear = not rank and len(offered) == 1 and finding.confidence > UNSURE
        span = _wide(finding.span, str(text), passage.text)
        span, text = _joined(span, str(text), passage.text)
        yield Proposal(
            finding=finding,
            edits=(Edit(span=span, text=text),),
            applicability=Applicability.SUGGESTED if clear else Applicability.DISPLAY,
            origin="lexicon",
            score=1.0 - rank / 10,
        )


def _offered(
    entry: Entry, taken: Sequence[range], tokens: Sequence[Token], text: str
) -> tuple[str, ...]:
    filled = (
        fill(r, entry.pattern, taken, tokens, text)
        for r in entry.replacements
        if not _drops(r, entry, taken, tokens)
    )
    last = tokens[max(place for part in taken for place in part)]
    if last.text[-1] in "'’":
        return tuple(_elided(made, last.text[-1]) for made in filled if made)
    return tuple(made for made in filled if made)


_SMALL = frozenset(("de", "d'", "à", "en", "se", "s'", "très", "bien", *DETERMINERS))
"""What a gap may hold without being missed."""


def _drops(replacement: str, entry: Entry, taken: Sequence[range], tokens: Sequence[Token]) -> bool:
    """Whether a replacement leaves out what a gap holds: "n'a pas cassé" keeps its "pas"."""
    return any(
        item.kind == "gap"
        and f"${number}" not in replacement
        and any(tokens[i].low not in _SMALL for i in place)
        for number, (item, place) in enumerate(zip(entry.pattern.elements, taken, strict=True), 1)
    )


def _elided(made: str, apostrophe: str) -> str:
    """A replacement that stands before a vowel, where the phrase ended in an elided word."""
    if made[-1] in "'’":
        return made
    word = made.rpartition(" ")[2]
    if word in ("de", "que", "le", "la", "ne", "se"):
        return made[:-1] + apostrophe
    return made + " "


def _wide(span: Span, text: str, passage: str) -> Span:
    """The span without the space that would be left over after "l'"."""
    if text.endswith(("'", "’")) and passage[span.end : span.end + 1] == " ":
        return Span(span.start, span.end + 1)
    return span


_ELIDED = re.compile(r"\b((?:(?:de|à) )?l|d|qu)['’]$", re.IGNORECASE)
_BEFORE_VOWEL = re.compile(r"\b([mts])on $", re.IGNORECASE)
_WHOLE = re.compile(r"\b(le|la|de|que|du|au|sa) $", re.IGNORECASE)


def _joined(span: Span, text: str, passage: str) -> tuple[Span, str]:
    """The edit with the article before it, where the new first word elides and the old did not.

    "l'officier en chef des opérations" becomes "le directeur des opérations", and "la boîte de
    scrutin" becomes "l'urne"; "son offre pour la mairie", "sa candidature à la mairie".
    """
    before = passage[max(0, span.start - 6) : span.start]
    if re.match(r"les? ", text) and (match := re.search(r"\b(de|à) $", before, re.IGNORECASE)):
        return Span(span.start - len(match[0]), span.end), join(match[0] + text)
    found = re.match(r"\w+", text)
    old = re.match(r"\w+", passage[span.start : span.end])
    if found is None or old is None or elides(found[0]) == elides(old[0]):
        return span, text
    if not elides(found[0]):
        match = _ELIDED.search(before) or _BEFORE_VOWEL.search(before)
        if match is None:
            return span, text
        word = match[1]
        genders = {
            feature[:1]
            for reading in Lexicon.load().readings(found[0])
            if reading.category in ("N", "A")
            for feature in reading.features
        }
        if word[-1] in "lLmMtTsS":
            if not genders or (word[-1] not in "lL" and genders != {"f"}):
                return span, text
            whole = word + ("a" if genders == {"f"} else "e")
        else:
            whole = word + "e"
    else:
        match = _WHOLE.search(before)
        if match is None:
            return span, text
        whole = {"du": "de le", "au": "à le", "sa": "son"}.get(match[1].lower(), match[1])
        if match[1][0].isupper():
            whole = whole[0].upper() + whole[1:]
    return Span(span.start - len(match[0]), span.end), join(f"{whole} {text}")
