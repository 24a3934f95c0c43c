"""A full "le", "de", "que" … before a vowel.

Why: engines that replace a word do not look at the small word before it.

Examples:
    - Il a perdu [[le argent]].
    + Il a perdu l'argent.
    - Elle dit [[que il]] vient.
    + Elle dit qu'il vient.
    - [[Je ai]] lu ce livre, et [[ce est]] bien.
    + J'ai lu ce livre, et c'est bien.
    - La fin [[de hiver]] approche.
    + La fin d'hiver approche.
    - On sait [[que Andrew]] vient demain.
    + On sait qu'Andrew vient demain.
    - Je crois [[que un]] accord est possible, et [[que aucun]] vote ne l'empêche.
    + Je crois qu'un accord est possible, et qu'aucun vote ne l'empêche.
    = L'album Yo te avisé est sorti en mai.
    = Le héros de onze ans prend le yaourt.
    = Lorsque aucun vote n'a lieu, "que" et "où" restent.
    = Le oui l'emporte et la une du journal le dit.
    = Prends-le et va.

Fix safety: the vowel gives way to an apostrophe; no word changes.

Source: Grevisse & Goosse, Le bon usage, § 45-50 (élision).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement.sentence import MONTHS
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.words.habits import habits
from mtrepair.rules.words.vocabulary import knowledge

RULE = RuleInfo(
    name="missing-elision",
    group="grammar",
    severity=Severity.MAJOR,
    summary="a full “le”, “de”, “que” … before a vowel",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_ELIDED = frozenset("le la de que ne je me te se jusque lorsque puisque".split())
_IS = frozenset("est était étaient".split())
_SHORT = frozenset("ai as a eu y en".split())
"""Words of one or two letters that these pronouns lose their vowel before."""
_PRONOUNS = frozenset("il ils elle elles on".split())
_BEFORE_NAMES = frozenset("de que lorsque puisque".split())
_AFTER_THAT = frozenset(
    """aucun aucune afin ainsi alors après au aujourd'hui auparavant auprès aussi autant autour
    autrefois aux avant avec en encore enfin ensuite entre environ eux aucunement ici où""".split()
)
"""Small words that "que" loses its vowel before, as few write "que à" in quoting it; usage wavers
with "lorsque" and "puisque" ("lorsque aucun")."""
_CONSONANTS = frozenset("bcdfgilmnprstvz")
_LITTLE = 1.0
"""Signs of code in a document of prose: log(1 + number per 100 words); formulas have some."""
# "que" and the clitics stand before any word; "le", "la" and "de" before a content word only:
# "de à", "le et" cite or coordinate.
_CONTENT = frozenset({"N", "A", "V"})


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Words that lose their vowel, before a known word that makes them lose it."""
    text, tokens = passage.text, passage.tokens
    for left, right in pairwise(tokens):
        low = left.low
        if not (
            low in _ELIDED
            or (low == "si" and right.text in ("il", "ils"))
            or (low == "ce" and right.text in _IS)
        ):
            continue
        # In capitals "LA" and "DE" are acronyms and states; a lone capital "De" opens a sentence.
        if left.text.isupper() or right.kind != "word":
            continue
        if not grammar.adjacent(text, left, right) or left.end == right.start:
            continue
        name = right.text != right.text.lower() or text[right.end : right.end + 1].isdigit()
        if name:
            if low not in _BEFORE_NAMES or not _name(right, text, context):
                continue
        elif low not in ("si", "ce") and not _elides(low, right.text):
            continue
        at = right.end + 1  # "le avril 9, 1998": the order of the date is what is wrong
        if low == "le" and right.low in MONTHS and text[at : at + 1].isdigit():
            continue
        # "La explique comment": a link was taken out after the article.
        if left.text in ("Le", "La") and not grammar.categories(right.text) & {"N", "A"}:
            continue
        yield passage.finding(
            RULE.name,
            Span(left.start, right.end),
            f"“{left.text}” loses its vowel before “{right.text}”",
            severity=Severity.MINOR if name else RULE.severity,
            confidence=0.6 if name else 1.0,
            evidence={"cut": len(left.text) - 1, "word": right.start - left.start},
        )


def _name(word: Token, text: str, context: Context) -> bool:
    """Whether it is a name that takes an elision: it starts with a vowel and is read as a word.

    Before names in "h" and "y" usage wavers, before acronyms it depends on how they are read; a
    French word with a capital is a label ("le menu de Outils"). A name with a digit ("EtAMA1")
    counts where the document holds no code.
    """
    letters = word.text
    if len(letters) < 4 or not letters.isalpha() or not grammar.elides(letters):
        return False
    if letters[1] not in _CONSONANTS:
        return False
    if text[word.end : word.end + 1].isdigit():
        return not knowledge(letters.lower()).english and habits(context).code() < _LITTLE
    return (
        letters.istitle()
        and not knowledge(letters.lower()).french
        and text[word.end : word.end + 1] not in ("_", "(", ".", "-", "/", ":")
    )


def _elides(low: str, word: str) -> bool:
    if low in _BEFORE_NAMES - {"de"} and word in ("un", "une"):
        return True  # only after "le" and "de" may it be the figure
    if low in ("je", "ne", "se", "te") and word in _SHORT:
        return True
    if not grammar.elides(word):
        return False
    if low in ("que", "lorsque", "puisque") and word in _PRONOUNS:
        return True
    if low == "que" and word in _AFTER_THAT:
        return True
    lexicon = Lexicon.load()
    # No participle stands after these: "Yo te avisé" is another language.
    if low in ("me", "te", "se") and not any(
        code[0] not in "GK"
        for reading in lexicon.readings(word)
        if reading.category == "V"
        for code in reading.features
    ):
        return False
    return (
        len(word) >= 3
        and lexicon.zipf(word) >= 2.5
        and lexicon.zipf(word) > lexicon.english_zipf(word) - 1
        and bool(grammar.categories(word) & _CONTENT)
    )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """With an apostrophe, of the kind that the passage has."""
    del context
    cut, word = finding.evidence["cut"], finding.evidence["word"]
    if not isinstance(cut, int) or not isinstance(word, int):
        return
    start = finding.span.start
    mark = "’" if "’" in passage.text else "'"
    yield Proposal(
        finding=finding,
        edits=(Edit(span=Span(start + cut, start + word), text=mark),),
        applicability=Applicability.SAFE if finding.confidence > 0.6 else Applicability.SUGGESTED,
        origin="rule",
    )
