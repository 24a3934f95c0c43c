"""A verb in a form that cannot stand where it stands.

Why: English has one form for "to convert", "they convert" and often for the past; engines pick the
French form without the words around it.

Examples:
    - Ce sont des crochets qui [[attacher]] la toile au mur.
    + Ce sont des crochets qui attachent la toile au mur.
    - Ils ont [[utiliser]] la clé du voisin.
    + Ils ont utilisé la clé du voisin.
    - Vous pouvez [[utilisé]] ce chemin.
    + Vous pouvez utiliser ce chemin.
    - Ils vont [[utilisé]] la clé du voisin.
    + Ils vont utiliser la clé du voisin.
    - La ville devrait [[créés]] un parc et refuse de [[commenté]] le projet.
    + La ville devrait créer un parc et refuse de commenter le projet.
    - Elle vient pour [[utilisé]] une clé.
    + Elle vient pour utiliser une clé.
    - [[Assurer]]-vous que tout est prêt, après avoir [[examiner]] les lieux.
    + Assurez-vous que tout est prêt, après avoir examiné les lieux.
    - Elle vient pour [[fournit]] de l'aide.
    + Elle vient pour fournir de l'aide.
    - Un nul suffit pour se [[qualifié]] en finale.
    + Un nul suffit pour se qualifier en finale.
    - Un funiculaire [[amener]] les visiteurs au sommet.
    + Un funiculaire amène les visiteurs au sommet.
    - Il aurait tort d'[[ignore]] ces signes, et vient pour [[imitant]] son père.
    + Il aurait tort d'ignorer ces signes, et vient pour imiter son père.
    = Un dictionnaire faisant correspondre des mots à d'autres.
    = Il ne savait qui prévenir, et à qui écrire.
    = Il a beau crier, il a dû partir et peut être fier.
    = Pour passé qu'il soit, ce temps revient.
    = Il a pour devoir manger et boire.

Source: Grevisse & Goosse, Le bon usage, § 811-816 (temps composés), § 896-901 (infinitif).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement import opening
from mtrepair.rules.grammar import conjugated
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="wrong-verb-form",
    group="grammar",
    severity=Severity.MAJOR,
    summary="a verb in a form that cannot stand there (“qui attacher”, “ont utiliser”)",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_CLITICS = grammar.CLITICS - {"nous", "vous"}
_ADVERBS = frozenset(
    """pas plus jamais toujours souvent aussi déjà bien également encore facilement rapidement
    simplement ensuite alors donc pourtant mal vraiment presque""".split()
)
_SUBJECTS = {
    "je": "1s", "j'": "1s", "tu": "2s", "il": "3s", "on": "3s", "ils": "3p",
}  # fmt: skip
_HAVE = frozenset(
    """a as ai ont avons avez avait avaient aura auront aurait auraient aurais aurions auriez avais
    avions aviez aurai auras aurons aurez ayant eut eurent ait aient avoir""".split()
)
_MODALS = frozenset(
    """peux peut pouvons pouvez peuvent pouvait pouvaient pourra pourrez pourront pourrait
    pourraient dois doit devons devez doivent devait devaient devra devrez devront devrait va vont
    vais allons allez allait allaient
    devraient faut fallait faudra faudrait veux veut voulez veulent""".split()
)
_ARTICLES = frozenset(("le", "la", "les", "l'", "un", "une", "des", "du"))
_GOING = frozenset("va vont vais allons allez allait allaient".split())
_MUCH = frozenset("moins plus mieux ainsi".split())
_SHORT = frozenset("vu lu bu mis dit".split())
_NONE: frozenset[str] = frozenset()
_CERTAIN_SUBJECTS = frozenset("il elle on ils elles j' tu nous vous".split())
_THEMSELVES = frozenset(("se", "s'"))
_BEFORE_SELF = frozenset(("pour", "sans", "de", "à"))
_POWERS = frozenset("pouvoir devoir savoir plaisir loisir souvenir".split())
_NO_PARTICIPLE = frozenset("plus tout sûr point".split())
_BEFORE_INFINITIVE = frozenset(("pour", "sans", "afin"))
# "avoir beau faire", "a pu", "avoir à"; and what is both verb and something else is left alone.
_NO_OBJECT = frozenset("est être été eu avoir beau fait dû pu cesse".split())


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Words that can only be verbs, after a word that asks for another form of them."""
    del context
    yield from _ordered(passage)
    yield from _subjects(passage)
    tokens = passage.tokens
    for at, token in enumerate(tokens):
        if (
            token.kind != "word"
            or (len(token.text) < 4 and token.low not in _SHORT)
            or token.text != token.text.lower()
        ):
            continue
        if at == 0 or token.text in _NO_OBJECT:
            continue
        forms = grammar.verb_forms(token.text) or _meant(tokens, at)
        if token.text == "voir":
            forms = frozenset("W")
        if not forms or len(forms) > 1 or not _clear(passage.text, tokens, at):
            continue
        wanted = _wanted(tokens, at, min(forms))
        if wanted is None:
            continue
        yield passage.finding(
            RULE.name,
            Span(token.start, token.end),
            f"“{token.text}” cannot stand after “{wanted[0]}”",
            severity=RULE.severity,
            evidence={"codes": list(wanted[1])},
        )


_IMPERATIVE = re.compile(r"([^\W\d_]+er)-(?:vous|nous|le|la|les|moi|lui|leur|en|y)\b.*", re.I)


def _ordered(passage: Passage) -> Iterator[Finding]:
    """ "Assurer-vous": an infinitive before a pronoun with a hyphen."""
    for token in passage.words:
        match = _IMPERATIVE.fullmatch(token.text) if "er-" in token.text else None
        if match is None or grammar.verb_forms(match[1].lower()) != frozenset("W"):
            continue
        yield passage.finding(
            RULE.name,
            Span(token.start, token.start + len(match[1])),
            f"“{match[1]}” is an infinitive, and a pronoun follows it",
            severity=RULE.severity,
            evidence={"codes": ["Y2p"]},
        )


def _subjects(passage: Passage) -> Iterator[Finding]:
    """ "Un funiculaire amener les visiteurs": behind the subject that opens a sentence."""
    tokens = passage.tokens
    for at in range(2, len(tokens) - 1):
        word, after = tokens[at], tokens[at + 1].low
        if word.text != word.low or grammar.categories(word.low) != {"V"}:
            continue
        if grammar.verb_forms(word.low) != frozenset("W"):
            continue
        if after not in grammar.DETERMINERS and after not in grammar.PREPOSITIONS:
            continue
        if tokens[at - 1].low.endswith("ant"):
            continue  # "un dictionnaire faisant correspondre des valeurs"
        subject = opening.subject_before(passage, at)
        if subject is None or not grammar.adjacent(passage.text, tokens[at - 1], word):
            continue
        yield passage.finding(
            RULE.name,
            Span(word.start, word.end),
            f"“{word.text}” is an infinitive, and a subject stands before it",
            severity=RULE.severity,
            evidence={"codes": sorted({f"P3{slot[1]}" for slot in subject.slots})},
        )


def _meant(tokens: list[Token], at: int) -> frozenset[str]:
    """The form of a word that is something else too, where its neighbours leave nothing else.

    "devrait créés", "refusé de commenté l'affaire", "peut vu", "va arrivé", "il a manger une".
    """
    word, before = tokens[at].low, tokens[at - 1].low
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    thing = after is not None and (after.low in grammar.DETERMINERS or after.kind == "number")
    if grammar.is_infinitive(word):
        subject = at > 1 and tokens[at - 2].low in _CERTAIN_SUBJECTS and before in _HAVE
        opens = at == 2 or (at > 2 and tokens[at - 3].low not in ("ce", "qu'", "que", "dont"))
        return frozenset("W") if subject and thing and opens and word not in _POWERS else _NONE
    if grammar.slots(word, "K") is None or word in _NO_PARTICIPLE:
        return _NONE
    clitic = 1 if before in _CLITICS and at > 1 and tokens[at - 2].low in _MODALS else 0
    if clitic and word.endswith("é") and tokens[at - 2].low not in _GOING:
        return frozenset("K")
    if before in _COULD and word.endswith("é") and _had(tokens, at - 1):
        return frozenset("K")
    if before in _MODALS:
        going = before in _GOING
        return frozenset("K") if not going or _goes(tokens, at) else _NONE
    if before in ("de", "d'") and thing and at > 1 and "ms" in (grammar.slots(word, "K") or ()):
        return frozenset("K") if _asked(tokens, at - 2) else _NONE
    if before in ("de", "d'") and at > 1 and word.endswith("é") and after is not None:
        leads = after.low in grammar.PREPOSITIONS and _asked(tokens, at - 2)
        return frozenset("K") if leads and "N" not in grammar.categories(word) else _NONE
    opens = at == 1 or tokens[at - 2].text in (".", "!", "?", ",", "«")
    if tokens[at - 1].text == "En" and opens and word.endswith("é"):
        return frozenset("K") if thing or (after is not None and after.low in _MUCH) else _NONE
    if before in _THEMSELVES and at > 1 and tokens[at - 2].low in _BEFORE_SELF:
        return frozenset("K") if word.endswith("é") else _NONE
    if before == "pour" and thing and word.endswith("é"):
        return frozenset("K") if "N" not in grammar.categories(word) else _NONE
    return _NONE


_LATE = _ADVERBS | {"enfin", "finalement", "aujourd'hui"}


def _past(adverbs: Set[str], tokens: list[Token], at: int) -> str:
    """The word at ``at``, or the first one before it that is none of ``adverbs``."""
    while at > 0 and tokens[at].low in adverbs:
        at -= 1
    return tokens[at].low


def _had(tokens: list[Token], at: int) -> bool:
    """Whether a form of "avoir" stands before ``at``, perhaps with adverbs between."""
    return at > 0 and _past(_ADVERBS, tokens, at - 1) in _HAVE


def _goes(tokens: list[Token], at: int) -> bool:
    """Whether "va" before a participle in -é is the future: not "il va habillé de noir"."""
    if not tokens[at].low.endswith("é") or at < 2:
        return False
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return after not in ("de", "d'", "en", "comme") and tokens[at - 2].low not in ("ne", "n'", "y")


def _asked(tokens: list[Token], at: int) -> bool:
    """Whether such a verb stands at ``at``, or an adverb behind one: "décide enfin de"."""
    return _asks(_past(_LATE, tokens, at))


@lru_cache(maxsize=4096)
def _asks(word: str) -> bool:
    """Whether an infinitive with "de" stands behind a verb: "refuse de", "envisagé de"."""
    return not _ASKING.isdisjoint(grammar.verb_lemmas(word))


_ASKING = frozenset(
    """refuser accepter envisager décider tenter essayer éviter cesser menacer promettre risquer
    proposer permettre interdire choisir continuer accuser soupçonner empêcher demander ordonner
    convenir prévoir projeter oublier venir suffire""".split()
)


def _clear(text: str, tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    if text[token.end : token.end + 1] in ("-", "'", "’", "(", "_"):
        return False
    lexicon = Lexicon.load()
    return lexicon.english_zipf(token.text) < lexicon.zipf(token.text) + 1


def _wanted(tokens: list[Token], at: int, form: str) -> tuple[str, tuple[str, ...]] | None:
    """The word before that the form cannot follow, and the codes of the forms that could."""
    here = at - 1
    while here > 0 and tokens[here].low in _ADVERBS:
        here -= 1
    low = tokens[here].low
    if len(low) > 1 and tokens[here].text.isupper() and not tokens[at].text.isupper():
        return None  # "VA représente la valeur actuelle"
    if form == "W" and low not in _BEING:
        once = here and tokens[here - 1].low == "une" and here == at - 1
        opens = here < 2 or tokens[here - 2].kind == "punct" or tokens[here - 2].low == "qu'"
        if low == "fois" and once and opens:
            return "une fois", ("Kms", "Kfs", "Kmp", "Kfp")
        if low in _HAVE:
            before = tokens[here - 1].low if here else ""
            # "il y a manger et manger", "tout ce qu'il a, vendre": a comma is no neighbour.
            if before in ("y", "qu'", "que", "") or low == "as" or tokens[here].text == "A":
                return None  # in capitals "À" often goes without its accent: "A noter"
            return tokens[here].text, ("Kms",)
        while here > 0 and low in _CLITICS:
            here -= 1
            low = tokens[here].low
        if low == "qui" and here > 0 and here == at - 1 - (at - 1 - here):
            noun = tokens[here - 1]
            found = grammar.categories(noun.text)
            if noun.kind != "word" or "N" not in found or found & {"V", "PRO", "PREP"}:
                return None
            slots = grammar.slots(noun.text, "N") or grammar.ALL
            return tokens[here].text, tuple(sorted({f"P3{slot[1]}" for slot in slots}))
        if low in _SUBJECTS and (here == 0 or tokens[here - 1].low not in _MODALS):
            return tokens[here].text, (f"P{_SUBJECTS[low]}",)
        return None
    if form == "W" and low in _BEING and here == at - 1:
        earlier = tokens[here - 1].low if here else ""
        if earlier in _MODALS or low == "été":
            return tokens[here].text, ("Kms", "Kfs", "Kmp", "Kfp")
        return None
    if form == "G" and low in _IS and here == at - 1 and tokens[at].low not in _ADJECTIVAL:
        return tokens[here].text, ("P3s",) if low == "est" else ("P3p",)
    if form == "G" and low == "pour" and here == at - 1:
        return (tokens[here].text, ("W",)) if tokens[at].low not in _ADJECTIVAL else None
    if form in "FG" and low in ("de", "d'", "sans") and here == at - 1:
        return (tokens[here].text, ("W",)) if _clause(tokens, at) else None
    if form == "K" and low in _COULD and _had(tokens, here):
        return tokens[here].text, ("W",)
    if low in _CLITICS and form == "K" and here and tokens[here - 1].low in _MODALS:
        return tokens[here].text, ("W",)
    if tokens[here].text == "En" and here == at - 1 and form == "K":
        return tokens[here].text, ("G",)
    if low in _MODALS and form in "KF":
        if tokens[at].low.startswith("être"):
            return None
        return tokens[here].text, ("W",)
    if low in _THEMSELVES and here and tokens[here - 1].low in _BEFORE_SELF and form == "K":
        return tokens[here].text, ("W",)
    if low in ("de", "d'") and here == at - 1 and form == "K" and _meant(tokens, at):
        return tokens[here].text, ("W",)
    if low in _BEFORE_INFINITIVE and here == at - 1 and form == "F":
        return tokens[here].text, ("W",)
    if low in _BEFORE_INFINITIVE and here == at - 1 and form == "K":
        # "pour passé qu'il soit": what takes an object can be no participle
        after = tokens[at + 1].low if at + 1 < len(tokens) else ""
        return (tokens[here].text, ("W",)) if after in _ARTICLES else None
    return None


_BEING = frozenset(("être", "été"))
_IS = frozenset("est sont était étaient".split())
_COULD = frozenset("dû pu voulu su fallu".split())
_ADJECTIVAL = frozenset("étant ayant pendant durant devant suivant concernant".split())


_OBJECTS = _ARTICLES | {"ces", "ce", "cette"}
_COMMON = 3.0


def _clause(tokens: list[Token], at: int) -> bool:
    """Whether what follows the verb behind "de" shows that it is meant as one."""
    if tokens[at].low.endswith("ant") and grammar.categories(tokens[at].low) != {"V"}:
        return False
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    common = Lexicon.load().zipf(tokens[at].low) >= _COMMON  # "un taux de repartage des données"
    if common and grammar.categories(tokens[at].low) == {"V"} and after in _OBJECTS:
        return True
    if not tokens[at].low.endswith(("ant", "ez", "ent", "it", "ait")):
        return False
    return after in grammar.DETERMINERS or after in _AFTER_VERB


_AFTER_VERB = frozenset("à aux au en pas sur dans tous toutes tout toute".split())


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The same verb in the form that the place asks for."""
    del context
    yield from conjugated.forms(finding, passage)
    before = passage.text[: finding.span.start]
    if before.endswith(" a "):  # "réussi a finir": the accent may be all that is missing
        place = Span(len(before) - 2, len(before) - 1)
        yield Proposal(
            finding=finding,
            edits=(Edit(span=place, text="à"),),
            applicability=Applicability.SUGGESTED,
            origin="rule",
            score=0.5,
        )
