"""“de le” for “du”, “à les” for “aux”, “en le” for “dans le”.

Why: French joins these words before a noun, and has "en" before no article in "le"; engines that
put words together one by one know neither.

Examples:
    - Il parle [[de le]] film.
    + Il parle du film.
    - Elle donne cela [[à les]] enfants.
    + Elle donne cela aux enfants.
    - Il vit [[en le]] nord du pays.
    + Il vit dans le nord du pays.
    - Le prix [[de le]] pétrole augmente au marché.
    + Le prix du pétrole augmente au marché.
    - Il a perdu [[en les]] deux derniers mois.
    + Il a perdu dans les deux derniers mois.
    - Il part le soir [[de le]] 12 mars.
    + Il part le soir du 12 mars.
    = En le voyant, il rit ; il en est en la matière le maître.
    = Il rêve de le faire et commence à les voir.
    = Il est temps de le dire.

Fix safety: the two words become the one that French has for them, or "en" becomes "dans".

Source: Grevisse & Goosse, Le bon usage, § 580 (formes contractées), § 1050 (en).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement.sentence import NUMERALS
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="uncontracted-article",
    group="grammar",
    severity=Severity.MAJOR,
    summary="“de le” for “du”, “à les” for “aux”, “en le” for “dans le”",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_JOINED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
_JOINED |= {("en", "le"): "dans le", ("en", "les"): "dans les"}


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """The two words before a word that can only be a noun or an adjective."""
    del context
    text, tokens = passage.text, passage.tokens
    for at in range(len(tokens) - 2):
        pair = (tokens[at].low, tokens[at + 1].text)
        if pair not in _JOINED:
            continue
        noun = tokens[at + 2]
        if not all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in (at, at + 1)):
            continue
        dated = noun.kind == "number" and pair[0] != "en" and _is_date(tokens, at + 2)
        if not dated and (noun.kind != "word" or not _is_noun(pair[0], noun.text)):
            continue
        if pair[0] == "en" and (noun.text.endswith("ant") or _into(tokens[:at])):
            continue  # "en le définissant"
        yield passage.finding(
            RULE.name,
            Span(tokens[at].start, tokens[at + 1].end),
            f"“{pair[0]} {pair[1]}” is “{_JOINED[pair]}”",
            severity=RULE.severity,
            evidence={"noun": noun.text},
        )


_COUNTING = NUMERALS | frozenset("premiers premières derniers dernières prochains".split())
"""What a pronoun never has behind it: "en les deux derniers mois"."""


def _is_noun(preposition: str, word: str) -> bool:
    """Whether a word behind "de le" is a noun: a pronoun there has an infinitive behind it."""
    if preposition == "en" and word in _COUNTING:
        return True
    if grammar.is_plain_noun(word, after_pronoun_like=True):
        return True
    readings = grammar.categories(word)
    return (
        preposition != "en"
        and word.islower()
        and len(word) > 3
        and "N" in readings
        and readings <= {"N", "A", "V"}
        and not grammar.is_infinitive(word)
        and Lexicon.load().zipf(word) >= 3.0
    )


_MONTHS = frozenset(
    """janvier février mars avril mai juin juillet août septembre octobre novembre
    décembre""".split()
)


def _is_date(tokens: Sequence[Token], at: int) -> bool:
    """Whether a day and its month stand there: "de le 9 novembre"."""
    return at + 1 < len(tokens) and tokens[at + 1].low in _MONTHS


_CHANGES = frozenset("convertir transformer changer traduire muer diviser partager".split())


def _into(before: Sequence[Token]) -> bool:
    """Whether something is made into something: "convertir l'entier en le caractère"."""
    return any(_CHANGES & set(grammar.verb_lemmas(token.text)) for token in before[-8:])


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The joined form; before a vowel, "de l'" and "à l'"."""
    del context
    first, second = finding.span.of(passage.text).split()
    joined = _JOINED[first.lower(), second]
    end = finding.span.end
    if second == "le" and grammar.elides(str(finding.evidence["noun"])):
        joined = f"{joined.partition(' ')[0] if ' ' in joined else first.lower()} l" + (
            "’" if "’" in passage.text else "'"
        )
        while end < len(passage.text) and passage.text[end].isspace():
            end += 1
    if first[0].isupper():
        joined = joined[0].upper() + joined[1:]
    yield Proposal(
        finding=finding,
        edits=(Edit(span=Span(finding.span.start, end), text=joined),),
        applicability=Applicability.SAFE,
        origin="rule",
    )
