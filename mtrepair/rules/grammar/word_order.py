"""Words in the order of English.

Why: English puts the adjective before its noun and the adverb before its verb; engines that go word
by word leave them there.

Examples:
    - Le ministre annonce une [[économique réforme]].
    + Le ministre annonce une réforme économique.
    - Elle conduit une [[rouge voiture]].
    + Elle conduit une voiture rouge.
    - Je ne [[jamais mange]] de viande.
    + Je ne mange jamais de viande.
    - Le candidat [[rarement s'exprime]] en public.
    + Le candidat s'exprime rarement en public.
    - Les [[derniers deux]] épisodes sont longs.
    + Les deux derniers épisodes sont longs.
    - Il aime [[le sien livre]].
    + Il aime son livre.
    - Un [[numéro un problème]] demeure.
    + Un problème numéro un demeure.
    - C'est la [[plus étude vaste]] jamais menée, pour les [[suivantes cinq années]].
    + C'est la plus vaste étude jamais menée, pour les cinq années suivantes.
    - Il se trompe, je [[lui explique le]], et on n'en parle plus.
    + Il se trompe, je le lui explique, et on n'en parle plus.
    = Il a déjà mangé, et ne jamais boire est dur.
    = Les deux premiers épisodes, et une simple idée, la politique économique.
    = Un rouge profond et le numéro un mondial.

Source: Grevisse & Goosse, Le bon usage, § 327-333 (place de l'adjectif), § 1017 (de la négation).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement import opening
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="word-order",
    group="grammar",
    severity=Severity.MAJOR,
    summary="“une économique réforme”, “il jamais mange”",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_NOT = frozenset("jamais pas plus rien".split())
_ADVERBS = frozenset("toujours rarement souvent déjà encore presque complètement rien".split())
_CLITICS = grammar.CLITICS - {"ne", "n'"}
_SUBJECTS = frozenset("je j' tu il elle on ils elles".split())
_DETERMINERS = frozenset("le la l' un une cette ce son sa notre votre leur mon ma".split())
_ARTICLES = frozenset("un une des les ces la le de d'".split())
_ORDINALS = frozenset("derniers dernières premiers premières prochains prochaines".split())
_NUMBERS = frozenset("deux trois quatre cinq six sept huit neuf dix".split())
_OWN = {
    "mien": "m", "mienne": "m", "miens": "m", "miennes": "m", "tien": "t", "tienne": "t",
    "tiens": "t", "tiennes": "t", "sien": "s", "sienne": "s", "siens": "s", "siennes": "s",
}  # fmt: skip
_NEVER_BEFORE = frozenset(
    """additionnel administratif aérien aéroportuaire africain agricole alimentaire allemand
    américain anglais arabe artificiel artisanal artistique asiatique atomique australien
    automatique automobile bancaire biologique boursier brésilien britannique budgétaire
    calendaire canadien cardiaque catholique cellulaire cérébral chimique chinois
    cinématographique climatique clinique commercial communautaire constitutionnel coréen
    corporel culturel danois dentaire départemental diplomatique douanier écologique
    économique éducatif égyptien électoral électrique électronique énergétique
    environnemental espagnol européen facial fédéral ferroviaire financier fiscal foncier
    forestier français frontalier génétique géographique gouvernemental graphique grec
    hebdomadaire hospitalier immunitaire indien industriel informatique institutionnel
    international iranien irlandais israélien italien japonais judiciaire juridique
    législatif linguistique littéraire local maritime mathématique mécanique médiatique
    médical mensuel métropolitain mexicain ministériel mondial monétaire municipal musical
    national norvégien nucléaire numérique oculaire officiel olympique osseux parlementaire
    pédagogique pénal pharmaceutique photographique physique polonais politique portugais
    postal présidentiel provincial psychologique publicitaire quantique régional rénal
    respiratoire routier rural russe salarial sanguin sanitaire scientifique scolaire sexuel
    social solaire sonore sportif structurel suédois suivant supplémentaire syndical
    taïwanais tarifaire tchèque technologique téléphonique territorial thérapeutique
    thermique thoracique touristique trimestriel turc ukrainien universitaire urbain végétal
    vétérinaire vietnamien viral vocal""".split()
)
"""Adjectives of relation and of nations, which stand behind their noun. In 11 million words
of right French (clean/train, parallel/train) each of them stands behind a noun twenty times and
more, and between an article and a noun never, or once in 150 times."""


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Places where two neighbours stand in each other's place."""
    del context
    tokens = passage.tokens
    for at in range(1, len(tokens) - 1):
        found = (
            _negation(tokens, at)
            or _adjective(tokens, at)
            or _adverb(passage, at)
            or _number(tokens, at)
            or _possessive(tokens, at)
            or _late(tokens, at)
            or _clitic(tokens, at)
            or _superlative(tokens, at)
            or _object(tokens, at)
        )
        if found is None:
            continue
        first, last, text = found
        if not all(
            grammar.adjacent(passage.text, tokens[i], tokens[i + 1]) for i in range(at - 1, last)
        ):
            continue
        span = Span(tokens[first].start, tokens[last].end)
        yield passage.finding(
            RULE.name,
            span,
            f"“{span.of(passage.text)}” stands in the order of English",
            severity=RULE.severity,
            evidence={"text": text},
        )


_Found = tuple[int, int, str]


def _written(tokens: Sequence[Token], order: Sequence[int]) -> str:
    """The tokens in another order, with spaces between, none behind an apostrophe."""
    parts = [tokens[i].text + ("" if tokens[i].text[-1] in "'’" else " ") for i in order]
    return "".join(parts).strip()


def _only_finite(word: Token) -> bool:
    persons = grammar.persons(word.low)
    return bool(persons) and grammar.verb_forms(word.low) == frozenset("F")


def _negation(tokens: Sequence[Token], at: int) -> _Found | None:
    """ "ne jamais mange", "il pas veut"."""
    low = tokens[at].low
    before = tokens[at - 1].low
    if low not in _NOT:
        return None
    after = at + 1
    while after < len(tokens) - 1 and tokens[after].low in _CLITICS:
        after += 1
    if not _only_finite(tokens[after]) or tokens[after].low in ("puis", "sais"):
        return None
    if before in ("le", "la", "les", "l'") and at > 1 and tokens[at - 2].low in ("ne", "n'"):
        return at, after, _written(tokens, [*range(at + 1, after + 1), at])
    if before not in ("ne", "n'"):
        subject = before in _SUBJECTS and low in ("jamais", "pas")
        if not subject:
            return None
    return at, after, _written(tokens, [*range(at + 1, after + 1), at])


def _adjective(tokens: Sequence[Token], at: int) -> _Found | None:
    """ "une économique réforme": an adjective of relation between an article and a noun."""
    word, noun = tokens[at], tokens[at + 1]
    if tokens[at - 1].low not in _ARTICLES or word.text != word.low or noun.text != noun.low:
        return None
    colour = word.low in _COLOURS
    if not colour and not _relational(word.low):
        return None
    kinds = grammar.categories(noun.low)
    both = kinds == {"N", "V"} and tokens[at - 1].low in ("un", "une", "des", "de", "d'")
    if not (kinds == {"N"} or both) or len(noun.low) < 4:
        return None
    found, slots = grammar.slots(word.low, "A"), grammar.slots(noun.low, "N")
    if found is None or slots is None or not found & slots:
        return None
    if colour and slots == {"ms"}:
        return None
    if Lexicon.load().zipf(noun.low) < 3.0:
        return None
    return at, at + 1, _written(tokens, [at + 1, at])


_COLOURS = frozenset("rouge rouges bleue bleues jaune jaunes grise grises".split())
"""Before a noun that is feminine or plural; "un rouge sang" and "le bleu nuit" are colours."""


@lru_cache(maxsize=4096)
def _relational(word: str) -> bool:
    return not _NEVER_BEFORE.isdisjoint(grammar.lemmas(word, "A"))


def _adverb(passage: Passage, at: int) -> _Found | None:
    """ "Le candidat rarement s'exprime": an adverb between a subject and its verb."""
    tokens = passage.tokens
    if tokens[at].low not in _ADVERBS or at < 2:
        return None
    subject = opening.subject_before(passage, at, reported=True)
    after = at + 1
    while after < len(tokens) - 1 and tokens[after].low in (*_CLITICS, "n'", "ne"):
        after += 1
    if subject is None or not _fits(tokens[after], tokens[subject.noun]):
        return None
    return at, after, _written(tokens, [*range(at + 1, after + 1), at])


def _fits(verb: Token, noun: Token) -> bool:
    """Whether a word is a finite verb in the number of the noun before it."""
    slots = grammar.slots(noun.low, "N")
    if slots is None or not (_only_finite(verb) or verb.low in ("a", "est")):
        return False
    return any("3" + slot[1] in grammar.persons(verb.low) for slot in slots)


def _late(tokens: Sequence[Token], at: int) -> _Found | None:
    """ "n'a répondu pas", "n'est efficace pas": the negation behind what it stands before."""
    if tokens[at].low not in _BE_HAVE or tokens[at - 1].low not in ("n'", "ne"):
        return None
    if at + 2 >= len(tokens) or tokens[at + 2].low not in ("pas", "plus", "jamais"):
        return None
    word = tokens[at + 1]
    after = tokens[at + 3].low if at + 3 < len(tokens) else ""
    if grammar.slots(word.low, "AK") is None or grammar.categories(word.low) - {"A", "V"}:
        return None
    if after in ("de", "d'", "que", "qu'", "un", "une", "moins") or tokens[at + 2].low != "pas":
        return None
    return at + 1, at + 2, _written(tokens, [at + 2, at + 1])


_BE_HAVE = frozenset("a ont est sont avait avaient était étaient ai avons avez sera seront".split())


def _clitic(tokens: Sequence[Token], at: int) -> _Found | None:
    """ "a les analysés", "a expliqué nous que": a pronoun behind the verb that it stands before."""
    if at + 2 >= len(tokens):
        return None
    low, middle, last = tokens[at].low, tokens[at + 1].low, tokens[at + 2]
    if low in ("a", "ont", "avait", "avaient") and middle in ("les", "la", "le"):
        only = grammar.verb_forms(last.low) == frozenset("K") and last.text == last.low
        return (at, at + 1, _written(tokens, [at + 1, at])) if only else None
    that = last.low in ("que", "qu'") and middle in ("nous", "vous")
    said = grammar.slots(low, "K") is not None and low.endswith(("é", "it", "u"))
    if that and said and tokens[at - 1].low in ("a", "ont", "avait", "avaient"):
        return at - 1, at + 1, _written(tokens, [at + 1, at - 1, at])
    return None


_LATE_MARKS = frozenset((",", ".", "!", "?", ";", "»", ":"))
_TO_WHOM = frozenset("me m' te t' nous vous se s'".split())
_TO_THEM = frozenset(("lui", "leur"))


def _object(tokens: Sequence[Token], at: int) -> _Found | None:
    """ "je lui explique le": a pronoun behind its verb, at the end of the clause."""
    pronoun, verb = tokens[at], tokens[at - 1]
    if pronoun.text not in ("le", "la", "les") or tokens[at + 1].text not in _LATE_MARKS:
        return None
    if not _only_finite(verb) or grammar.categories(verb.low) != {"V"} or verb.text != verb.low:
        return None
    first = at - 1
    while first > 0 and tokens[first - 1].low in (*_TO_WHOM, *_TO_THEM, "ne", "n'"):
        first -= 1
    subject = tokens[first - 1].low if first else ""
    if subject not in _SUBJECTS and subject not in ("nous", "vous"):
        return None
    before = at - 1
    while before > first and tokens[before - 1].low in _TO_THEM:
        before -= 1  # "le lui", but "me le"
    order = [*range(first, before), at, *range(before, at)]
    return first, at, _written(tokens, order)


def _superlative(tokens: Sequence[Token], at: int) -> _Found | None:
    """ "la plus étude vaste": a noun behind "plus", its adjective after it."""
    if tokens[at].low not in ("plus", "moins") or at + 2 >= len(tokens):
        return None
    noun, word = tokens[at + 1], tokens[at + 2]
    if tokens[at - 1].low not in _DETERMINERS or noun.text != noun.low or word.text != word.low:
        return None
    if grammar.categories(noun.low) != {"N"} or len(noun.low) < 4:
        return None
    found, slots = grammar.slots(word.low, "A"), grammar.slots(noun.low, "N")
    if found is None or slots is None or not found & slots:
        return None
    return at, at + 2, _written(tokens, [at, at + 2, at + 1])


def _number(tokens: Sequence[Token], at: int) -> _Found | None:
    """ "les derniers deux épisodes", "le numéro un problème"."""
    low, after = tokens[at].low, tokens[at + 1].low
    if low in ("suivants", "suivantes") and after in _NUMBERS and at + 2 < len(tokens):
        if grammar.categories(tokens[at + 2].low) == {"N"}:
            return at, at + 2, _written(tokens, [at + 1, at + 2, at])
        return None
    if low in _ORDINALS and after in _NUMBERS and at + 2 < len(tokens):
        slots = grammar.slots(tokens[at + 2].low, "N")
        if slots is not None and "N" in grammar.categories(tokens[at + 2].low):
            return at, at + 1, _written(tokens, [at + 1, at])
        return None
    if (low, after) == ("numéro", "un") and tokens[at - 1].low in _DETERMINERS:
        noun = tokens[at + 2] if at + 2 < len(tokens) else None
        if noun is not None and grammar.categories(noun.low) == {"N"} and noun.text == noun.low:
            return at, at + 2, _written(tokens, [at + 2, at, at + 1])
    return None


def _possessive(tokens: Sequence[Token], at: int) -> _Found | None:
    """ "le sien livre": a possessive pronoun before a noun."""
    letter = _OWN.get(tokens[at].low)
    noun = tokens[at + 1]
    if letter is None or tokens[at - 1].low not in ("le", "la", "les", "l'"):
        return None
    if not {"N"} <= grammar.categories(noun.low) <= {"N", "V"} or noun.text != noun.low:
        return None
    after = tokens[at + 2].low if at + 2 < len(tokens) else ""
    slots = grammar.slots(noun.low, "N")
    if slots is None or after in grammar.DETERMINERS or "N" in grammar.categories(after):
        return None
    plural = all(slot[1] == "p" for slot in slots)
    feminine = all(slot[0] == "f" for slot in slots) and not grammar.elides(noun.low)
    own = letter + ("es" if plural else "a" if feminine else "on")
    return at - 1, at + 1, f"{own} {noun.text}"


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The words in the order of French."""
    del context
    text = str(finding.evidence["text"])
    if finding.span.of(passage.text)[:1].isupper():
        text = text[:1].upper() + text[1:]
    yield Proposal(
        finding=finding,
        edits=(Edit(span=finding.span, text=text),),
        applicability=Applicability.SUGGESTED,
        origin="rule",
        score=1.0,
    )
