"""“ce homme”, “sa école”, “cet garçon”, “son maison”: the form for a vowel, or the other one.

Why: engines choose the small word before they know which noun comes, or a noun was replaced.

Examples:
    - Il est fils d'un roi [[du acier]].
    + Il est fils d'un roi de l'acier.
    - Il connaît [[ce homme]] depuis longtemps.
    + Il connaît cet homme depuis longtemps.
    - Elle aime [[sa école]] et ses amies.
    + Elle aime son école et ses amies.
    - On a vendu [[cet garage]] hier.
    + On a vendu ce garage hier.
    - Il loue un [[nouveau appartement]] en ville.
    + Il loue un nouvel appartement en ville.
    - Elle vend [[son maison]] à la mer.
    + Elle vend sa maison à la mer.
    = Ce en quoi il croit, ce n'est pas ton affaire mais un vieux os et son histoire.
    = Il a de nouveau accès à un ton sèche et à une prise de son directe.
    = Son héroïne et sa hache, son yacht et ce onze.

Fix safety: one small word takes the form that the sound of the next asks for; where the gender of a
noun decides (“son maison”) the edit is only suggested.

Source: Grevisse & Goosse, Le bon usage, § 511 (bel, nouvel, vieil), § 608 (mon, ton, son) and § 616
(cet).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="wrong-vowel-form",
    group="grammar",
    severity=Severity.MAJOR,
    summary="“ce homme”, “sa école”, “cet garçon”, “son maison”",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_BEFORE_VOWEL = {
    "ce": "cet", "ma": "mon", "ta": "ton", "sa": "son",
    "beau": "bel", "nouveau": "nouvel", "vieux": "vieil", "du": "de l'", "au": "à l'",
}  # fmt: skip
_BEFORE_CONSONANT = {"cet": "ce", "bel": "beau", "nouvel": "nouveau", "vieil": "vieux"}
_FEMININE = {"mon": "ma", "ton": "ta", "son": "sa"}
_CONSONANTS = frozenset("bcdfgjklmnpqrstvxz")  # "h" may be mute, "w" and "y" waver
_NOUN_FOLLOWS = frozenset(
    """le la l' un une du au ce cet des les aux de d' à en quel chaque aucun tout même bon beau
    grand petit et ou""".split()
)
"""After these "son" and "ton" may be nouns: "un ton sèche", "prise de son directe"."""
_AGAIN = frozenset(("de", "à"))  # "de nouveau accès"
_KNOWN = 3.0  # zipf


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """A small word and the noun or adjective after it, by the sound that the second begins with."""
    del context
    tokens = passage.tokens
    for at in range(len(tokens) - 1):
        left, right = tokens[at], tokens[at + 1]
        low = left.low
        if low not in _BEFORE_VOWEL and low not in _BEFORE_CONSONANT and low not in _FEMININE:
            continue
        if left.text.isupper() or not grammar.adjacent(passage.text, left, right):
            continue
        before = tokens[at - 1].low if at else ""
        right_form = _form(low, right, before, passage.text)
        if right_form is None:
            continue
        yield passage.finding(
            RULE.name,
            Span(left.start, right.end),
            f"“{left.text}” is “{right_form}” before “{right.text}”",
            severity=RULE.severity,
            evidence={"length": len(left.text), "form": right_form},
        )


def _form(low: str, right: Token, before: str, text: str) -> str | None:
    """What should stand for ``low`` before ``right``; None if all is well or nothing is sure."""
    word = right.text
    if right.kind != "word" or not word.islower() or len(word) < 3:
        return None
    if text[right.end : right.end + 1] in ("-", "'", "’", "·", "•", "/"):
        return None
    kinds = grammar.categories(word)
    slots = grammar.slots(word)
    # A verb may follow "ce" ("ce est"), and "vieux" or "cet" as a pronoun in garbled text.
    allowed = {"N", "A", "V"} if low in _FEMININE or low in ("ma", "ta", "sa") else {"N", "A"}
    if not kinds & {"N", "A"} or not kinds <= allowed or slots is None:
        return None
    lexicon = Lexicon.load()
    if lexicon.zipf(word) < _KNOWN or lexicon.english_zipf(word) > lexicon.zipf(word) + 0.9:
        return None
    if low in _BEFORE_VOWEL:
        if not grammar.elides(word) or not slots <= {"ms", "fs"}:
            return None
        if low in ("du", "au"):
            return _BEFORE_VOWEL[low] if kinds == {"N"} and slots <= {"ms", "fs"} else None
        if low == "ce":
            return "cet" if slots == {"ms"} else "cette" if slots == {"fs"} else None
        if low in ("ma", "ta", "sa"):
            return _BEFORE_VOWEL[low]
        return (
            _BEFORE_VOWEL[low]
            if "N" in kinds and slots == {"ms"} and before not in _AGAIN
            else None
        )
    if word[0] not in _CONSONANTS:
        return None
    if low in _FEMININE:
        return _FEMININE[low] if slots == {"fs"} and before not in _NOUN_FOLLOWS else None
    if low == "cet" and slots == {"fs"}:
        return "cette"
    return _BEFORE_CONSONANT[low] if "ms" in slots else None


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The other form of the small word."""
    del context
    length, form = finding.evidence["length"], str(finding.evidence["form"])
    if not isinstance(length, int):
        return
    start = finding.span.start
    old = passage.text[start : start + length]
    by_gender = old.lower() in _FEMININE
    yield Proposal(
        finding=finding,
        edits=(
            Edit(
                span=Span(start, start + length + form.endswith("'")),
                text=form.capitalize() if old[0].isupper() else form,
            ),
        ),
        applicability=Applicability.SUGGESTED if by_gender else Applicability.SAFE,
        origin="rule",
    )
