"""An English turn of phrase in French words, or a false friend.

Why: word by word, "it makes sense" becomes "cela fait sens" and "eventually" "éventuellement"; each
word is French, the phrase is not, or says something else. Editors change these first.

Examples:
    - Cette décision [[fait du sens]] pour l'équipe.
    + Cette décision a du sens pour l'équipe.
    - Nous devons [[adresser ce problème]] rapidement.
    + Nous devons traiter ce problème rapidement.
    - Le plan est revu [[sur une base quotidienne]].
    + Le plan est revu quotidiennement.
    - La grève a [[lancé une clef dans les travaux]] hier.
    + La grève a mis des bâtons dans les roues hier.
    = Le sens de la phrase fait débat.
    = Elle adresse une lettre au problème le plus célèbre des sciences.
    = Il est basé à Lyon.

Fix safety: French has one usual way to say most of these, and the inflection is kept, but the turn
may be wanted, or quoted; the fix is applied only when asked for.

Source: calques.tsv names the authority of each line: the Office québécois de la langue française
(Banque de dépannage linguistique, Grand Dictionnaire terminologique), the Académie française (Dire,
ne pas dire), the Wiktionnaire's usage notes, FranceTerme, Termium's Clefs du français pratique;
“machine translation” where no authority treats the phrase, which an engine writes word for word.
idioms.tsv has English phrases and literal.tsv what engines write for their words one by one; both
are our own. The words are our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Proposal, Severity
from mtrepair.rules.calques import table
from mtrepair.rules.calques.translated import matches, translated
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="calque",
    group="calques",
    severity=Severity.MINOR,
    summary="an English turn of phrase in French words",
    priority=Priority.CALQUE,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    threshold=0.5,
)

CONFIDENCE = {"sure": 0.8, "unsure": 0.4}
"""``unsure`` lines are good French in some contexts (scripts/measure-calques counts where they fire
in clean text) and are shown only to reviewers, or where the document has calques that are sure."""
BACKED = 0.55
"""The confidence of an unsure line in such a document (see ``translated.py``)."""
LEVELS = {"": Severity.MINOR, "false-friend": Severity.MAJOR}


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Every phrase that a line of the table describes."""
    for match in matches(passage):
        entry, offered = match.entry, match.offered
        confidence = CONFIDENCE[entry.sure]
        if entry.sure == "unsure" and translated(context):
            confidence = BACKED
        says = f"; French says “{offered[0]}”" if offered else ""
        if entry.advice:
            says += f" ({entry.advice})" if offered else f"; {entry.advice}"
        name = "false friend" if entry.kind else "calque"
        yield passage.finding(
            RULE.name,
            match.span,
            f"{name} of “{entry.english}”{says}",
            severity=LEVELS[entry.kind],
            confidence=confidence,
            evidence={
                "entry": entry.written,
                "authority": entry.authority,
                "replacements": list(offered),
            },
        )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """What French says, with the inflection of the phrase."""
    del context
    yield from table.proposals(finding, passage)
