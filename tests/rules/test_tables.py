"""The tables of phrases: every line can match, every replacement is well formed, no line twice."""

from __future__ import annotations

import re
from pathlib import Path

import marisa_trie
import pytest

from mtrepair.core import Segment
from mtrepair.languages import load
from mtrepair.languages.fr.tokens import tokens
from mtrepair.rules import Passage
from mtrepair.rules.calques import calque, translated, wrong_preposition
from mtrepair.rules.calques.patterns import compiled
from mtrepair.rules.calques.table import Entry, Table, compile_index

TABLES = {"calques": translated.phrases(), "government": wrong_preposition.governed()}
ENTRIES = [
    pytest.param(entry, id=f"{name}: {entry.written}")
    for name, table in TABLES.items()
    for entry in table.entries
]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_no_line_stands_twice(table: Table) -> None:
    written = [entry.written for entry in table.entries]
    assert sorted(set(written)) == written


@pytest.mark.parametrize("name", TABLES)
def test_the_index_is_current(name: str) -> None:
    table = TABLES[name]
    index = marisa_trie.BytesTrie()
    index.load(str(Path(calque.__file__).parent / f"{name}.marisa"))
    assert compiled([table.written(n) for n in range(len(table))]) == {
        key: [record] for key, record in index.items()
    }, "run scripts/build-calques"


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_line_can_match(entry: Entry) -> None:
    for element in entry.pattern.elements:
        for word in sorted(element.plain or element.lemmas):
            inside = word + "a" if word.endswith("'") else word
            assert next(iter(tokens(inside))).text == word, "more than one token"


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_replacement_names_what_the_pattern_has(entry: Entry) -> None:
    assert entry.sure in ("sure", "unsure")
    for replacement in entry.replacements:
        for number in map(int, re.findall(r"\$(\d)", replacement)):
            assert number <= len(entry.pattern.elements)
            assert not entry.pattern.elements[number - 1].test


def test_a_replacement_keeps_what_a_gap_holds(tmp_path: Path) -> None:
    rows = (
        "pattern\treplacement\tenglish\tkind\tsure\tauthority\tadvice",
        "casser@V ~1 son silence\trompre@V le silence\tbreak one's silence\t\tsure\town\t",
    )
    (tmp_path / "calques.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    compile_index(tmp_path / "calques.tsv")
    table = Table(tmp_path / "calques.tsv")
    language = load("fr")
    offered = {}
    for text in ("Il casse son silence.", "Il ne casse pas son silence."):
        passage = Passage(Segment(text=text, runs=()), 0, language)
        offered[text] = [match.offered for match in table.matches(passage)]
    assert offered["Il casse son silence."] == [("rompt le silence",)]
    assert offered["Il ne casse pas son silence."] == [()]
