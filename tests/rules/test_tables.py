"""The tables of phrases: every line can match, every replacement is well formed, no line twice."""

from __future__ import annotations

import re

import pytest

from mtrepair.languages.fr.tokens import tokens
from mtrepair.rules.calques import calque, wrong_preposition
from mtrepair.rules.calques.table import Entry, Table

TABLES = {"calques": calque.phrases(), "government": wrong_preposition.governed()}
ENTRIES = [
    pytest.param(entry, id=f"{name}: {entry.written}")
    for name, table in TABLES.items()
    for entry in table.entries
]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_no_line_stands_twice(table: Table) -> None:
    written = [entry.written for entry in table.entries]
    assert sorted(set(written)) == written


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
