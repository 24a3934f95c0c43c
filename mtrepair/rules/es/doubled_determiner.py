"""Two determiners where one belongs.

Why: engines put an article before a noun phrase that has its own.

Examples:
    - Ella vende [[su la]] casa.
    - Hoy abren [[los sus]] mercados.
    = Se la dio a la una y él la llevó.
    = El uno y la otra, todos los míos.

Source: RAE & ASALE, Nueva gramática de la lengua española (2009), § 14.1 and § 18.2; the pairs
are own work (determiners.tsv).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from mtrepair.core import Finding, Severity, Span
from mtrepair.languages.es import DATA
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="doubled-determiner",
    group="grammar",
    severity=Severity.MAJOR,
    summary="two determiners where one belongs",
    priority=Priority.AGREEMENT,
    reach="sentence",
)


@lru_cache(maxsize=1)
def _pairs() -> frozenset[tuple[str, str]]:
    with (DATA / "determiners.tsv").open(encoding="utf-8", newline="") as file:
        return frozenset(
            (row["first"], second)
            for row in csv.DictReader(file, delimiter="\t")
            for second in row["second"].split()
        )


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Pairs that no right sentence has, before a known word in lower case."""
    pairs, lexicon = _pairs(), context.language.lexicon
    for at, (left, right) in enumerate(pairwise(passage.words[:-1])):
        if (left.low, right.text) not in pairs or left.text.isupper():
            continue
        noun = passage.words[at + 2]
        if passage.text[left.end : right.start] + passage.text[right.end : noun.start] != "  ":
            continue
        if noun.text.islower() and noun.text in lexicon:
            yield passage.finding(
                RULE.name,
                Span(left.start, right.end),
                f"“{left.text} {right.text}”: one determiner too many",
                severity=RULE.severity,
            )
