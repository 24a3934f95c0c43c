"""A verb, adjective or preposition without the “de” or “à” that it governs, or with another one.

Why: “depend on” becomes “dépendre sur”, “answer the question” keeps its bare object, and “around
the lake” loses the “de” that French needs after “autour”.

Examples:
    - Tout [[dépend sur le]] temps.
    + Tout dépend du temps.
    - Nous marchons [[autour le]] lac.
    + Nous marchons autour du lac.
    - Elle a [[téléphoné sa mère]] hier.
    + Elle a téléphoné à sa mère hier.
    - Il a gagné trois [[millions euros]] en un an.
    + Il a gagné trois millions d'euros en un an.
    - [[Dans 2019]], elle a vendu sa maison.
    + En 2019, elle a vendu sa maison.
    - Il est tombé [[à cause un]] trou.
    + Il est tombé à cause d'un trou.
    = Le magasin n'emploie plus que 20 personnes.
    = À quoi ressemble la vie là-bas, et les outils dont ont besoin les communes ?
    = Le procureur près le tribunal répond de ses actes dans l'après-midi.
    = Elle a joué le premier rôle, puis participé dans une large mesure au succès.

Source: government.tsv, our own list; the government of the words after Wiktionnaire and Grevisse &
Goosse, Le bon usage, § 280-288 (compléments du verbe) and § 1039 (locutions prépositives).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.rules.calques import table
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="wrong-preposition",
    group="grammar",
    severity=Severity.MAJOR,
    summary="“dépendre sur”, “autour le lac”, “millions euros”",
    priority=Priority.CALQUE,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_YEAR = re.compile(
    r"\b([Dd])ans ((?:19|20)\d\d)(?=[,.;:)]|$| (?:et|ou|le|la|les|l['’]|un|une|il|elle|ils|on|à|au"
    r"|aux|pour|par|avec|après|avant|quand|lorsque|où|mais)\b)"
)
"""A year, not a span of time; not once in 48 million characters of clean/train."""
_TURNED = frozenset("dont auquel auxquels auxquelles laquelle quoi où que qu'".split())
"""After these the subject may follow its verb: "à quoi ressemble le site"."""
_ONLY = frozenset(("ne", "n'"))
"""Before "plus que" these make it "only": "il n'emploie plus que 20 personnes"."""
_CLITICS = frozenset(("en", "y"))
_NEAR = 5
_STOPS = frozenset(". ! ? ; : …".split())


@lru_cache(maxsize=1)
def governed() -> table.Table:
    """The lines of government.tsv."""
    return table.Table(Path(__file__).with_name("government.tsv"))


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Every phrase that a line of the table describes."""
    del context
    for year in _YEAR.finditer(passage.text):
        better = f"{'E' if year[1] == 'D' else 'e'}n {year[2]}"
        yield passage.finding(
            RULE.name,
            Span(*year.span()),
            f"“{year[0]}” is “{better}”",
            severity=RULE.severity,
            confidence=0.8,
            evidence={"entry": "dans", "replacements": [better]},
        )
    for match in governed().matches(passage):
        if _turned(passage, match):
            continue
        offered = match.offered
        yield passage.finding(
            RULE.name,
            match.span,
            f"“{match.span.of(passage.text)}” is “{offered[0]}”"
            if offered
            else "another preposition",
            severity=RULE.severity,
            confidence=0.8 if match.entry.sure == "sure" else 0.4,
            evidence={"entry": match.entry.written, "replacements": list(offered)},
        )


def _turned(passage: Passage, match: table.Match) -> bool:
    """Whether what stands before the phrase says that its last words are no object of it.

    An infinitive behind it is no subject, and says so itself.
    """
    low: list[str] = []
    for token in passage.tokens[max(0, match.first - _NEAR) : match.first]:
        low = [] if token.text in _STOPS else [*low, token.low]
    written = match.entry.written
    if "@V" not in written:
        return "que" in written.split() and not _ONLY.isdisjoint(low)
    if "*i" in written.lower():
        return False
    return not _TURNED.isdisjoint(low) or not _CLITICS.isdisjoint(low[-2:])


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """With the preposition that French has, and the inflection of the phrase."""
    del context
    yield from table.proposals(finding, passage)
