"""A word for another that sounds alike.

Why: "ce" and "se", "ou" and "où", "on" and "ont" are told apart by nothing but the grammar around
them; what was typed, transcribed or pieced together by an engine often has the wrong one.

Examples:
    - Le cours de l'action [[c']]est effondré hier.
    + Le cours de l'action s'est effondré hier.
    - Il ne [[ce]] lève jamais tôt.
    + Il ne se lève jamais tôt.
    - Les clients [[on]] été remboursés.
    + Les clients ont été remboursés.
    - Elle [[leurs]] a expliqué la règle.
    + Elle leur a expliqué la règle.
    - [[Quand à]] lui, il est parti.
    + Quant à lui, il est parti.
    - Il n'est pas [[sur]] que le train parte.
    + Il n'est pas sûr que le train parte.
    - Il a [[du]] partir.
    + Il a dû partir.
    = Les voisins, c'est la vie, et ce que l'on voit leur a plu.
    = On a été remboursés quand à midi le train partait.
    = Il compte sur que dalle ; il y a un peu de bruit où il vit, ou presque.

Source: Grevisse & Goosse, Le bon usage, § 104 (homophones grammaticaux).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="homophone",
    group="grammar",
    severity=Severity.MAJOR,
    summary="“ce” for “se”, “on” for “ont”, “ou” for “où”",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_ALL = frozenset(
    """si s' ce c' ou où du dû on ont son sont leurs quand sur peux peut la là a et est sa ses ces
    peut-être quelle qu' mes""".split()
)
_SUBJECTS = frozenset("il elle on ils elles qui".split())
_AVOIR = frozenset(
    """a ont ai as avons avez avait avaient aurait auraient aura auront aurais avais""".split()
)
_WHERE = frozenset(
    """endroit lieu pays ville région moment époque instant jour année période quartier maison rue
    zone cas mesure point""".split()
)
_PERSONS = frozenset("je j' tu il elle on nous vous ils elles".split())
_DETERMINERS = frozenset("le la les l' un une ce cette ces son sa ses mon ma mes leur".split())
_SURE = frozenset("suis es est sommes êtes sont était étais étaient serait être pas bien".split())


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Each of the words where its neighbours ask for the other."""
    del context
    if passage.vocabulary.isdisjoint(_ALL):
        return
    tokens = passage.tokens
    low = [token.low for token in tokens]
    for at, word in enumerate(low):
        if word not in _ALL:
            continue
        found = _other(passage, tokens, low, at)
        if found is None:
            continue
        first, last, right = found
        span = Span(tokens[first].start, tokens[last].end)
        if not all(
            grammar.adjacent(passage.text, tokens[i], tokens[i + 1])
            for i in range(max(0, first - 1), min(len(tokens) - 1, last + 1))
            if tokens[i].kind == "word" and tokens[i + 1].kind == "word"
        ):
            continue
        text = span.of(passage.text)
        right = right.capitalize() if text[0].isupper() else right
        yield passage.finding(
            RULE.name,
            span,
            f"“{text}” for “{right}”",
            severity=RULE.severity,
            evidence={"right": right},
        )


def _other(
    passage: Passage, tokens: Sequence[Token], low: Sequence[str], at: int
) -> tuple[int, int, str] | None:
    """The first and last token that are wrong, and what should stand there."""
    word = low[at]
    before = low[at - 1] if at else ""
    after = low[at + 1] if at + 1 < len(low) else ""
    then = low[at + 2] if at + 2 < len(low) else ""
    if word == "ce":
        return (at, at, "se") if _reflexive(low, at) else None
    if word == "c'":
        return (at, at, "s'") if _itself(low, at) else None
    if word == "on":
        return (at, at, "ont") if _have(low, at) else None
    if word == "leurs":
        return (at, at, "leur") if _to_them(low, at) else None
    if word == "quand" and after == "à" and then in _STRONG:
        return at, at + 1, "quant à"
    if word == "sur" and after in ("que", "qu'") and then not in ("dalle",):
        sure = before in _SURE and (before != "bien" or low[at - 2 : at - 1] == ["est"])
        return (at, at, "sûr") if sure and then not in ("ce", "") else None
    if word == "du" and before in _AVOIR and grammar.is_infinitive(after):
        return (at, at, "dû") if "N" not in grammar.categories(after) else None
    if word == "dû" and grammar.categories(after) == {"N"} and before not in _AVOIR:
        return (at, at, "du") if "N" in grammar.categories(before) else None
    if word in ("peux", "peut") and after in ("de", "d'") and before in ("un", "a", "très", "si"):
        return at, at, "peu"
    if word == "ou" and before in _WHERE and (after in _PERSONS or after in ("se", "s'")):
        return at, at, "où"
    if word == "ou" and before == "d'":
        return at, at, "où"
    if word == "du" and before in _SURE and after in ("à", "au", "aux"):
        return at, at, "dû"
    if word == "la" and before == "est" and after in ("que", "qu'", "où"):
        return (at, at, "là") if at > 1 and low[at - 2] == "c'" else None
    if word == "quand" and tokens[at].start in passage.openings:
        return _as_to(tokens, low, at)
    if word == "ont" and tokens[at].start in passage.openings and tokens[at].text == "Ont":
        alone = grammar.categories(after) == {"V"} and "3s" in grammar.persons(after)
        return (at, at, "on") if alone else None
    if word == "si" and before in ("à", "de", "pour") and grammar.is_infinitive(after):
        return (at, at, "s'y") if grammar.categories(after) == {"V"} else None
    if word == "s'" and after == "en" and then in ("que", "qu'"):
        return at, at + 1, "sans"
    if word == "sont" and before in _BEFORE_SON and "N" in grammar.categories(after):
        return at, at, "son"
    if word == "son" and before in ("ils", "elles") and grammar.slots(after, "AK") is not None:
        return at, at, "sont"
    if word in ("ces", "ses") and after in ("un", "une", "le", "l'"):
        return at, at, "c'est"
    if word == "peut-être" and grammar.slots(after, "K") and _subject_noun(tokens, low, at):
        return at, at, "peut être"
    if word == "la" and before in _SUBJECTS - {"qui"} and _participle_alone(after):
        return at, at, "l'a"
    if word == "quelle" and before in _SAYING and after in ("n'", "ne", "a", "est", "avait"):
        return at, at, "qu'elle"
    return None


def _as_to(tokens: Sequence[Token], low: Sequence[str], at: int) -> tuple[int, int, str] | None:
    """ "Quand à la date du procès, elle": a comma, and no verb before it."""
    if low[at + 1 : at + 2] not in (["à"], ["au"], ["aux"]):
        return None
    for here in range(at + 2, min(len(low), at + 9)):
        if tokens[here].text == ",":
            return at, at, "quant"
        if low[here] in _TIMES or tokens[here].kind != "word":
            return None
        if grammar.persons(low[here]) and grammar.categories(low[here]) == {"V"}:
            return None
    return None


_TIMES = frozenset(
    "fin suite veille tombée début milieu lendemain tour moment instant mi retour soir".split()
)
_STRONG = frozenset("lui elle eux elles moi toi nous vous savoir".split())
_BEFORE_SON = frozenset(
    "de dans sur avec sous par pour à chez vers contre cédé vendu quitté".split()
)
_SAYING = frozenset("affirme dit assure explique pense croit affirmé assuré déclare".split())


def _reflexive(low: Sequence[str], at: int) -> bool:
    """ "il ce lève", "ne ce prononcera": a verb behind "ce" that is not "être"."""
    before = low[at - 1] if at else ""
    after = low[at + 1] if at + 1 < len(low) else ""
    persons = grammar.persons(after)
    if before not in ("il", "elle", "ils", "elles", "ne", "qui"):
        return False
    verb = bool(persons & {"3s", "3p"}) and grammar.categories(after) <= {"V", "N"}
    if before == "qui" and grammar.categories(after) != {"V"}:
        return False
    if before == "ne" and grammar.is_infinitive(after):
        verb = grammar.categories(after) == {"V"}
    return verb and not grammar.is_form_of(after, "être") and after not in _WITH_CE


_WITH_CE = frozenset("doit devait peut pouvait pourrait devrait devra pourra semble".split())


def _itself(low: Sequence[str], at: int) -> bool:
    """ "il c'est levé", "le cours c'est effondré": a subject right before, a participle behind."""
    before = low[at - 1] if at else ""
    if low[at + 1 : at + 2] not in (["est"], ["était"]) or at + 2 >= len(low):
        return False
    done = low[at + 2]
    if grammar.slots(done, "K") is None or not done.endswith(_ENDS):
        return False
    if before in ("il", "elle", "ils", "elles", "ne"):
        return True
    noun = grammar.categories(before) == {"N"} and at > 1
    return noun and low[at - 2] in ("le", "la", "l'", "du", "cette", "ce", "son", "sa")


_ENDS = ("é", "ée", "és", "ées", "i", "ie", "is", "ies", "u", "ue", "us", "ues")


def _have(low: Sequence[str], at: int) -> bool:
    """ "ils on été": a plural subject right before "on", and a participle behind it."""
    before = low[at - 1] if at else ""
    after = low[at + 1] if at + 1 < len(low) else ""
    if grammar.slots(after, "K") is None or grammar.persons(after) & {"3s"}:
        return False
    if before in ("ils", "elles"):
        return True
    slots = grammar.slots(before, "N")
    plural = slots is not None and all(slot[1] == "p" for slot in slots)
    return plural and at > 1 and low[at - 2] in ("les", "des", "ses", "ces", "leurs", "nos")


def _to_them(low: Sequence[str], at: int) -> bool:
    """ "il leurs a dit", "pour leurs donner": a verb behind "leurs"."""
    before = low[at - 1] if at else ""
    after = low[at + 1] if at + 1 < len(low) else ""
    if grammar.categories(after) - {"V"} and after not in ("a", "ont", "avait"):
        return False
    if grammar.is_infinitive(after):
        return True
    subject = before in _SUBJECTS or grammar.categories(before) == {"N"}
    return subject and bool(grammar.persons(after))


def _subject_noun(tokens: Sequence[Token], low: Sequence[str], at: int) -> bool:
    """Whether a determiner and a noun, and no verb, stand before the word."""
    if at < 2 or grammar.categories(low[at - 1]) - {"N"} or low[at - 2] not in _DETERMINERS:
        return False
    opens = at == 2 or tokens[at - 3].text in (".", "!", "?", ",", "que", "»", "«")
    return opens and not any(
        grammar.persons(word) and grammar.categories(word) == {"V"} for word in low[at + 1 : at + 8]
    )


def _participle_alone(word: str) -> bool:
    """Whether a word is a participle and no other form of a verb, noun or adjective."""
    return grammar.categories(word) == {"V"} and grammar.verb_forms(word) == frozenset("K")


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The word that sounds alike and fits."""
    del passage, context
    right = finding.evidence["right"]
    yield Proposal(
        finding=finding,
        edits=(Edit(span=finding.span, text=str(right)),),
        applicability=Applicability.SUGGESTED,
        origin="rule",
        score=1.0,
    )
