"""A verb that does not fit its subject.

Why: engines let the verb agree with a nearer noun, or keep the form of a rewritten clause.

Examples:
    - [[Ils est]] partis hier.
    + Ils sont partis hier.
    - [[Les voisins de ma tante dort]] encore.
    + Les voisins de ma tante dorment encore.
    - Pourquoi [[répondent-elle]] si tard ?
    + Pourquoi répond-elle si tard ?
    - Le nombre de visiteurs [[ont]] doublé en mai.
    + Le nombre de visiteurs a doublé en mai.
    - Les liens entre la ville et le club [[a]] changé.
    + Les liens entre la ville et le club ont changé.
    = Une soixantaine de maisons ont été inondées.
    = Il nous a vus et ils les ont suivis.
    = Une majorité de Français pensent ainsi.
    = La voiture et le vélo roulent.
    = Le vrai problème sont les prix.
    - Selon elle, les personnes [[qui dors]] peu vont mal.
    + Selon elle, les personnes qui dorment peu vont mal.
    = C'est toi, mon ami, qui dors peu.
    - [[Chacun des voisins ont]] une clé.
    + Chacun des voisins a une clé.
    - L'animal, [[qui mesurent]] deux mètres, dort.
    + L'animal, qui mesure deux mètres, dort.
    - [[Cette formule annuelle ne prévoient]] aucun retour.
    + Cette formule annuelle ne prévoit aucun retour.
    - [[Vous ne peut]] rien y faire.
    + Vous ne pouvez rien y faire.
    - [[Les États-Unis a]] refusé hier.
    + Les États-Unis ont refusé hier.
    - [[L'un des voisins ont]] refusé, et [[tout le monde sont]] partis.
    + L'un des voisins a refusé, et tout le monde est partis.
    - [[La plupart dort]], et [[beaucoup d'entre eux a]] faim.
    + La plupart dorment, et beaucoup d'entre eux ont faim.
    - [[Les voisins s'est]] aidés.
    + Les voisins se sont aidés.
    - [[L'une d'elles dorment]]. La Chine et l'Inde [[hésite]], et d'autres pays [[attend]].
    + L'une d'elles dort. La Chine et l'Inde hésitent, et d'autres pays attendent.
    - [[Certains se réjouit]] du bruit, dont [[plusieurs n'avait]] rien su.
    + Certains se réjouissent du bruit, dont plusieurs n'avaient rien su.
    = Pour la plupart, il a plu ; la plupart du temps est perdu.
    - C'est le jeune gardien de 19 ans [[qui le remplaceront]].
    + C'est le jeune gardien de 19 ans qui le remplacera.
    - C'est un chant que [[nous ne connaissait]] pas.
    + C'est un chant que nous ne connaissions pas.
    - Un trajet en train [[émets]] moins de gaz.
    + Un trajet en train émet moins de gaz.
    - Ma cheville n'[[as]] rien, et [[les balles finissait]] toutes dans le filet.
    + Ma cheville n'a rien, et les balles finissaient toutes dans le filet.
    - Voici les agences que [[compte]] les deux réseaux.
    + Voici les agences que comptent les deux réseaux.
    = C'est l'un des gardiens qui le remplaceront.
    = Nous sont parvenues deux lettres.
    = Les flux de texte data:// sont lus.
    = Les aides à la lecture qui ont été acquises restent ici.
    = Les gens l'ont eu », a déclaré Paul, et Gates a exhorté les deux.
    = Dites-vous tout, et vient-il ? Que ne puis-je dormir !

Source: Grevisse & Goosse, Le bon usage, § 928 (accord du verbe).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement import asides, fronted, links, opening
from mtrepair.rules.agreement.sentence import COLLECTIVE, NUMERALS
from mtrepair.rules.agreement.with_have import NOUNS_OF_CLAUSES
from mtrepair.rules.offers import in_turn
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="agreement-subject-verb",
    group="agreement",
    severity=Severity.MAJOR,
    summary="a verb that does not fit its subject",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    threshold=0.6,  # beside its measurement in confidence.py
)

_PRONOUNS = {"je": "1s", "j'": "1s", "tu": "2s", "il": "3s", "on": "3s", "ils": "3p"}
# "elle" also stands after prepositions ("avec elle"); the start of a clause makes it a subject.
_CLAUSE_PRONOUNS = {"elle": "3s", "elles": "3p"}
# "nous" and "vous" may be objects, but not where a sentence begins and "ne" follows.
_OPENING_PRONOUNS = {"nous": "1p", "vous": "2p"}
_NOT = frozenset({"ne", "n'"})
_OPENERS = frozenset("que qu' si quand lorsque lorsqu' car mais puisque puisqu' où".split())
_EACH = frozenset("chacun chacune aucun aucune".split())
_SINGLE = frozenset({"ms", "fs"})
_SOME = frozenset("des plusieurs".split())
_SINGULAR = frozenset("le la l' ce cet cette mon ton son ma ta sa notre votre".split())


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Verbs close to their subjects, then those that the parser ties to one at a distance."""
    near = [*_neighbours(passage), *_inverted(passage), *_behind(passage)]
    near += [f for f in _apart(passage) if not any(f.span.overlap(g.span) for g in near)]
    yield from near
    for clash, sure, span, message in links.apart(passage, context, near, "verb", "second-verb"):
        first, last = clash.words
        whole = Span(passage.tokens[first].start, passage.tokens[last].end)
        yield passage.finding(
            RULE.name,
            whole,
            message,
            severity=RULE.severity,
            confidence=sure,
            evidence={"verb": span.start - whole.start, "person": min(clash.wanted)},
        )


def _denies(tokens: list[Token], at: int) -> bool:
    """Whether "nous" or "vous" is the subject of "ne" behind it: no object stands before "ne"."""
    if at + 1 >= len(tokens) or tokens[at + 1].low not in _NOT:
        return False
    before = tokens[at - 1].low if at else ""
    return before not in grammar.PREPOSITIONS and before not in ("à", "d'", "de", "sauf", "ni")


_I_AND_YOU = frozenset("je j' tu t' me m' te moi toi nous vous qui".split())
_REACH = 14


def _speakers(passage: Passage) -> Iterator[tuple[str, int, str]]:
    """Verbs of the first or second person behind a noun: "un trajet en train émets".

    Nobody who says "je" or "tu" may stand before them in the sentence; the person is that of the
    phrase that opens the clause, or of the nearest noun.
    """
    tokens = passage.tokens
    for at in range(2, len(tokens)):
        verb = tokens[at]
        persons = grammar.persons(verb.low)
        if not persons or not persons <= {"1s", "2s"} or verb.text != verb.low:
            continue
        first = at
        while first > 2 and tokens[first - 1].low in _BEFORE_VERB:
            first -= 1  # "ma cheville n'as rien"
        before = tokens[first - 1]
        if before.text != before.low:
            continue
        if first == at and grammar.verb_forms(verb.low) != {"F"}:
            continue  # "les contrats conclus"
        codes = {code for r in Lexicon.load().readings(verb.low) for code in r.features}
        if codes.isdisjoint(("P1s", "P2s")) or not links.conjugated(verb.low, "3s"):
            continue  # "l'entraîneur castrais" is no form of "castrer"
        near = [token.low for token in tokens[max(0, at - _REACH) : at]]
        if not _I_AND_YOU.isdisjoint(near):
            continue
        if not all(
            grammar.adjacent(passage.text, tokens[i], tokens[i + 1]) for i in range(first - 1, at)
        ):
            continue
        if passage.text[verb.end : verb.end + 1] in tuple(":/(_=-"):
            continue
        noun = _noun_before(tokens, first)
        if noun is None:
            continue
        whole = opening.subject_before(passage, first)
        slots = whole.slots if whole is not None else grammar.slots(tokens[noun].low, "N")
        numbers = {slot[1] for slot in slots or ()}
        if len(numbers) == 1:
            yield tokens[noun].text, at, "3" + numbers.pop()


_NO_PRONOUNS = grammar.DETERMINERS.keys() - grammar.PRONOUN_LIKE
_BEFORE_VERB = frozenset("ne n' se s' y".split())


def _noun_before(tokens: list[Token], at: int) -> int | None:
    """The index of the noun that ends right before the token at ``at``, an adjective between.

    Of two words that may be either ("la petite norvégienne") the last one counts, where both fit
    the determiner.
    """
    found = grammar.categories(tokens[at - 1].low)
    if found == {"N"} or (found == {"N", "V"} and tokens[at - 2].low in _NO_PRONOUNS):
        return at - 1
    if found == {"A"} and grammar.categories(tokens[at - 2].low) == {"N"}:
        return at - 2
    if found != {"A", "N"} or at < 3:
        return None
    slots = grammar.slots(tokens[at - 1].low, "N")
    fits = grammar.DETERMINERS.get(tokens[at - 3].low)
    middle = grammar.slots(tokens[at - 2].low, "A")
    fit = fits is not None and bool(slots and middle and slots & middle & fits)
    return at - 1 if fit else None


def _number_of(passage: Passage) -> Iterator[tuple[str, int, str]]:
    """Verbs in the plural behind "le nombre de …", which is one number (Le bon usage, § 431)."""
    if "nombre" not in passage.vocabulary:
        return
    tokens = passage.tokens
    starts = opening.clauses(passage, reported=True)
    for at in range(len(tokens) - 4):
        if tokens[at].start not in starts or tokens[at].low != "le":
            continue
        if tokens[at + 1].low != "nombre":
            continue
        if tokens[at + 2].low not in ("de", "d'", "des"):
            continue
        after = opening.past_complement(tokens, at + 2, plural=True)
        verb = None if after is None else asides.verb_at(tokens, after)
        if verb is None or grammar.persons(tokens[verb].low) & {"1s", "3s"}:
            continue
        if all(grammar.adjacent(passage.text, tokens[i], tokens[i + 1]) for i in range(at, verb)):
            yield "le nombre", verb, "3s"


_ALL = frozenset(("tous", "toutes"))
_NO_SUBJECTS = frozenset(
    """on il elle ça cela ce c' qui je tu j' les nous vous que qu' où dont comment quand à de d'
    pour""".split()
)
"""What a verb has before it that is no noun in the plural, or may have the objects as well."""


def _floating(passage: Passage) -> Iterator[tuple[str, int, str]]:
    """ "Les balles … finissait toutes dans le filet": only several can be "all" behind a verb."""
    tokens = passage.tokens
    if passage.vocabulary.isdisjoint(_ALL):
        return
    for at in range(2, len(tokens) - 2):
        verb, word, after = tokens[at], tokens[at + 1], tokens[at + 2]
        if word.text not in _ALL or grammar.persons(verb.low) not in ({"3s"}, {"1s", "3s"}):
            continue
        if grammar.categories(verb.low) != {"V"} or verb.text != verb.low:
            continue
        if after.low not in grammar.PREPOSITIONS or after.low in ("de", "d'"):
            continue
        near = {token.low for token in tokens[max(0, at - 3) : at]}
        if near.isdisjoint(_NO_SUBJECTS) and grammar.adjacent(passage.text, verb, word):
            yield word.text, at, "3p"


def _apart(passage: Passage) -> Iterator[Finding]:
    """Verbs that an aside parts from their subject, or that several names have."""
    for subject, verb, person in (
        *asides.verbs(passage),
        *fronted.verbs(passage),
        *_speakers(passage),
        *_number_of(passage),
        *_floating(passage),
    ):
        token = passage.tokens[verb]
        yield passage.finding(
            RULE.name,
            Span(token.start, token.end),
            f"“{token.text}” does not fit its subject “{subject}”",
            severity=RULE.severity,
            evidence={"verb": 0, "person": person},
        )


_THAT = frozenset(("que", "qu'"))
_BEFORE_THAT = frozenset("ce quel quelle quels quelles".split())
_WHERE = frozenset("où dont auxquels auxquelles auquel".split())
_SELF = frozenset(("se", "s'"))


def _behind(passage: Passage) -> Iterator[Finding]:
    """A verb right behind "où", whose subject in the plural follows it: "où vit des voisins"."""
    tokens = passage.tokens
    for at in range(len(tokens) - 3):
        low = tokens[at].low
        if low not in _WHERE and not (low in _THAT and at and _which(tokens, at)):
            continue
        here = at + 1 + (tokens[at + 1].low in _SELF or tokens[at + 1].low == "en")
        verb, determiner = tokens[here], tokens[here + 1] if here + 1 < len(tokens) else None
        if determiner is None or not grammar.persons(verb.low) or verb.text != verb.low:
            continue
        persons = grammar.persons(verb.low)
        other = grammar.categories(verb.low) - {"V", "N"}
        if "3s" not in persons or "3p" in persons or (other and verb.low != "soit"):
            continue
        plural = (
            determiner.low in grammar.PLURAL
            or determiner.low in _SOME
            or opening.is_many(determiner)
        )
        if not plural or here + 2 >= len(tokens):
            continue
        counted = tokens[here + 2].low in NUMERALS and here + 3 < len(tokens)
        noun = tokens[here + 2 + counted]
        found = grammar.slots(noun.low, "N")
        if found is None or any(slot[1] == "s" for slot in found):
            continue
        yield passage.finding(
            RULE.name,
            Span(verb.start, verb.end),
            f"“{verb.text}” does not fit its subject “{determiner.text} {noun.text}” behind it",
            severity=RULE.severity,
            evidence={"verb": 0, "person": "3p"},
        )


def _which(tokens: list[Token], at: int) -> bool:
    """Whether "que" at ``at`` speaks of what stands before it: "ce que", "les agences que"."""
    before = tokens[at - 1]
    if before.low in _BEFORE_THAT:
        return True
    behind = at > 1 and tokens[at - 2].low in grammar.DETERMINERS
    noun = "N" in grammar.categories(before.low) and before.text == before.low
    return behind and noun and before.low not in NOUNS_OF_CLAUSES


_INVERTED = re.compile(r"([^\W\d_]+)-(?:t-)?(je|tu|il|elle|on|vous|ils|elles)")


def _inverted(passage: Passage) -> Iterator[Finding]:
    """A verb joined to a pronoun of another person: "répondent-elle"."""
    for token in passage.words:
        match = _INVERTED.fullmatch(token.low)
        if match is None or match[1] == "entre" or token.text[1:] != token.text[1:].lower():
            continue
        person = (_PRONOUNS | _CLAUSE_PRONOUNS | _OPENING_PRONOUNS)[match[2]]
        found = grammar.persons(match[1])
        if not found or person in found:
            continue
        yield passage.finding(
            RULE.name,
            Span(token.start, token.end),
            f"“{match[1]}” does not fit “{match[2]}”",
            severity=RULE.severity,
            evidence={"verb": 0, "person": person, "pronoun": match[2]},
        )


def _neighbours(passage: Passage) -> Iterator[Finding]:
    """Personal pronouns, and nouns that open a sentence, before a verb of another person."""
    text, tokens = passage.text, passage.tokens
    starts = opening.clauses(passage)
    for at, token in enumerate(tokens):
        low, certain = token.low, True
        person = _PRONOUNS.get(low)
        last = token  # of the subject, as the message names it
        opens = token.start in starts or (at > 0 and tokens[at - 1].low in _OPENERS)
        if person is None and opens:
            person = _CLAUSE_PRONOUNS.get(low)
        if person is None and (token.start in starts or _denies(tokens, at)):
            person = _OPENING_PRONOUNS.get(low)
        here = at + 1
        relative = at > 0 and tokens[at - 1].low in _RELATIVE  # "à qui personne n'osait"
        past = _past_indefinite(tokens, at, opens or relative) if low in _INDEFINITE else None
        many = _past_many(tokens, at, opens)
        if past is not None:
            person, here, last = "3s", past, tokens[past - 1]
        elif many is not None:
            person, here, last = "3p", many, tokens[many - 1]
            here = opening.past_clitics(tokens, here)
        elif person is not None:
            here = opening.past_clitics(tokens, here)
        elif token.start in starts and (low in grammar.PLURAL or low in _SINGULAR or low in _SOME):
            person = "3s" if low in _SINGULAR else "3p"
            found_subject = opening.subject(text, tokens, at, counts=low in _SOME)
            if found_subject is not None:
                here, last = found_subject.after, tokens[found_subject.noun]
            elif (
                low not in _SOME
                and here < len(tokens)
                and tokens[here].low not in COLLECTIVE
                and _head(tokens[here], token, low)
            ):
                here, last = _past_complements(tokens, here, low), tokens[here]
            else:
                continue
            here = opening.past_clitics(tokens, here)
        elif low in _EACH and opens:
            person = "3s"
            past = _past_each(tokens, at)
            if past is None:
                continue
            here = past
        elif low == "qui" and at >= 1 + (tokens[0].low not in _STRONG):
            person = _antecedent(passage.text, tokens, at)
            certain = person != "3s"
            person = person or _opening(passage, at, starts) or _third(tokens, at)
            if person is None and _cleft(tokens, at):
                person = "3s"
            if person is None and _several(tokens, at):
                person = "3p"
            if person is None and token.start and _spoken(tokens, at) is not None:
                person = _spoken(tokens, at)
            if person is None:
                continue
            here = opening.past_clitics(tokens, here)
        else:
            continue
        if here >= len(tokens) or tokens[here].kind != "word":
            continue
        verb = tokens[here]
        if not all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            continue
        found = grammar.persons(verb.text)
        if not found or person in found or verb.text != verb.text.lower():
            continue
        if text[verb.end : verb.end + 1] in tuple(":/(_="):
            continue  # code
        if low in _OPENING_PRONOUNS and tokens[at + 1].low not in _NOT:
            continue  # "Vous permet de choisir", as menus put it; "Nous sont parvenues"
        if not certain and not _only_plural(verb):
            continue
        if person == "3s" and grammar.follows_attribute(
            verb.low, [word.low for word in tokens[here + 1 : here + 4]]
        ):
            continue
        if (
            many is None
            and low in grammar.DETERMINERS
            and (
                not found & {"3s", "3p"}
                or (
                    grammar.categories(verb.text) != {"V"}
                    and not _auxiliary(tokens, here)
                    and tokens[here - 1].low not in opening.CLEAR
                )
                or grammar.slots(verb.text, "K")
            )
        ):
            continue
        if low not in grammar.DETERMINERS and "ADV" in grammar.categories(verb.text):
            continue
        yield passage.finding(
            RULE.name,
            Span(token.start, verb.end),
            f"“{verb.text}” does not fit its subject “{text[token.start : last.end]}”",
            severity=RULE.severity,
            evidence={"verb": verb.start - token.start, "person": person},
        )


def _auxiliary(tokens: list[Token], here: int) -> bool:
    """Whether "a" or "est" at ``here``, nouns too, stands before a participle."""
    after = tokens[here + 1].text if here + 1 < len(tokens) else ""
    return tokens[here].low in ("a", "est") and bool(grammar.slots(after, "K"))


def _past_each(tokens: list[Token], at: int) -> int | None:
    """The place after "chacun des voisins", where its verb may stand; None if it goes on."""
    here = at + 1
    if here < len(tokens) and tokens[here].low in ("de", "d'"):
        here += 1
        if here + 1 < len(tokens) and tokens[here].low == "entre":
            return here + 2
    elif here >= len(tokens) or tokens[here].low != "des":
        return None
    here += tokens[here].low in grammar.DETERMINERS
    if here >= len(tokens) or (grammar.slots(tokens[here].text, "N") or grammar.ALL) & _SINGLE:
        return None
    here += 1
    while here < len(tokens) and (
        grammar.categories(tokens[here].text) == {"A"} or tokens[here].low in grammar.CLITICS
    ):
        here += 1
    return here


_INDEFINITE = frozenset("quelqu' l' tout rien personne".split())


_RELATIVE = frozenset("qui que qu' dont où laquelle lequel lesquels lesquelles".split())


def _past_indefinite(tokens: list[Token], at: int, opens: bool) -> int | None:
    """The place after "quelqu'un", "tout le monde", "l'un des voisins", "rien ne"; None elsewhere.

    All of these are singular, whatever they mean.
    """
    low = [token.low for token in tokens[at : at + 3]]
    before = tokens[at - 1].low if at else ""
    if before in grammar.PREPOSITIONS or before in grammar.CONTRACTED or before in ("à", "d'"):
        return None
    if low[:2] == ["quelqu'", "un"]:
        here = at + 2
    elif low == ["tout", "le", "monde"]:
        here = at + 3
    elif low[0] in ("rien", "personne") and low[1:2] in (["ne"], ["n'"]) and opens:
        here = at + 1
    elif low[0] == "l'" and low[1:2] in (["un"], ["une"]) and low[2:] == ["d'"] and opens:
        here = at + 3 + (at + 3 < len(tokens) and tokens[at + 3].low == "entre")
        if here >= len(tokens) or tokens[here].low not in _THEM:
            return None
        here += 1
    elif low[0] == "l'" and low[1:2] in (["un"], ["une"]) and low[2:] == ["des"] and opens:
        past = _past_each(tokens, at + 1)
        if past is None:
            return None
        here = past
    else:
        return None
    return opening.past_clitics(tokens, here)


_SOME_OF = frozenset("beaucoup certains certaines plusieurs peu nombre".split())
_THEM = frozenset(("eux", "elles"))


def _past_many(tokens: list[Token], at: int, opens: bool) -> int | None:
    """The place after "beaucoup d'entre eux", or after "la plupart" alone; None elsewhere."""
    low = [token.low for token in tokens[at : at + 5]]
    before = tokens[at - 1].low if at else ""
    if low[0] == "la" and low[1:2] == ["plupart"] and opens:
        if low[2:5] in (["d'", "entre", "eux"], ["d'", "entre", "elles"]):
            return at + 5
        return at + 2 if low[2:3] and low[2] not in ("des", "de", "du", "d'") else None
    some = low[0] in ("certains", "certaines", "plusieurs") and (opens or before == "dont")
    if some or (low[0] == "d'" and low[1:2] == ["autres"] and opens):
        here = at + 1 + (low[0] == "d'")
        return here if _only_verb(tokens, here) else None
    if low[0] in ("plus", "moins") and low[1:2] == ["de"] and opens:
        return _past_number(tokens, at + 2)
    if low[0] not in _SOME_OF and low[0] not in NUMERALS:
        return None
    if low[1:3] != ["d'", "entre"] or low[3:4] == [] or low[3] not in _THEM:
        return None
    if before in grammar.PREPOSITIONS or before in ("à", "de", "d'"):
        return None
    return at + 4


def _past_number(tokens: list[Token], at: int) -> int | None:
    """The place after "4 000 visiteurs étrangers", before what can only be a verb."""
    here = at
    while here < len(tokens) and (tokens[here].kind == "number" or tokens[here].low in NUMERALS):
        here += 1
    one = here == at + 1 and tokens[at].low in ("un", "une", "1", "0", "deux")
    if here == at or one or here >= len(tokens):
        return None  # "plus d'un ministre est", "moins de deux ans suffit"
    slots = grammar.slots(tokens[here].low, "N")
    if slots is None or any(slot[1] == "s" for slot in slots):
        return None
    if tokens[here].low in COLLECTIVE or "N" not in grammar.categories(tokens[here].low):
        return None
    here = opening.past_adjective(tokens, here + 1, slots)
    return here if _only_verb(tokens, here) else None


def _only_verb(tokens: list[Token], at: int) -> bool:
    """Whether "ne" or "se" stands at ``at``, or a word that can only be a finite verb."""
    if at >= len(tokens):
        return False
    if tokens[at].low in ("ne", "n'", "se", "s'"):
        return True
    return grammar.categories(tokens[at].low) == {"V"} and bool(grammar.persons(tokens[at].low))


def _past_complements(tokens: list[Token], here: int, low: str) -> int:
    """The place after the head at ``here``, an adjective and one "de" phrase in the plural.

    After a singular head ("la majorité des gens pensent") the verb may follow the sense: there
    nothing is skipped.
    """
    here += 1
    if low not in grammar.PLURAL:
        return here
    if here < len(tokens) and grammar.categories(tokens[here].text) == {"A"}:
        here += 1
    if here + 1 < len(tokens) and tokens[here].low in ("de", "du", "d'"):
        skip = here + 1
        if tokens[skip].low in grammar.DETERMINERS and skip + 1 < len(tokens):
            skip += 1
        if "N" in grammar.categories(tokens[skip].text):
            return skip + 1
    return here


def _antecedent(text: str, tokens: list[Token], at: int) -> str | None:
    """The person of "qui" at ``at`` when determiner and noun stand at once before it."""
    determiner, noun = tokens[at - 2], tokens[at - 1]
    low = determiner.low
    before = tokens[at - 3].low if at >= 3 else ""
    if low not in grammar.PLURAL and low not in _SINGULAR:
        return None
    # "un des amis qui est", "la moitié de mes amis qui ont": the antecedent may stand further left.
    if grammar.joins_left(low, before) and before not in ("à", "avec", "pour", "dans", "sur"):
        return None
    if not (
        grammar.adjacent(text, determiner, noun)
        and grammar.adjacent(text, noun, tokens[at])
        and _head(noun, determiner, low)
    ):
        return None
    if low in grammar.PLURAL:
        return "3p"
    # A collective takes the plural by its sense, and "qui" may stand for a noun further left.
    alone = noun.low not in COLLECTIVE and not any(map(_plural, tokens[: at - 2]))
    return "3s" if alone else None


def _plural(token: Token) -> bool:
    """Whether a word, mark or number may make what stands around it more than one."""
    if token.kind != "word" or token.low in ("et", "ou", "ni", "ceux", "celles", "que", "qu'"):
        return token.kind != "punct" or token.text == ","
    found = grammar.slots(token.text, "N")
    return "N" in grammar.categories(token.text) and (found is None or bool(found & _MANY))


_MANY = frozenset({"mp", "fp"})


def _only_plural(verb: Token) -> bool:
    """Whether a verb is in the third person plural and can be nothing else."""
    return grammar.persons(verb.text) == {"3p"} and grammar.categories(verb.text) == {"V"}


def _opening(passage: Passage, at: int, starts: frozenset[int]) -> str | None:
    """The person of "qui" at ``at`` after the comma behind a noun phrase that opens the sentence.

    "L'animal, qui mesure": there is nothing else that "qui" could stand for.
    """
    text, tokens = passage.text, passage.tokens
    if at < 3 or tokens[at - 1].text != "," or tokens[at - 3].start not in starts:
        return None
    determiner, noun = tokens[at - 3], tokens[at - 2]
    low = determiner.low
    if low not in grammar.PLURAL and low not in _SINGULAR:
        return None
    joined = low == "l'" or grammar.adjacent(text, determiner, noun)
    if not joined or not _head(noun, determiner, low):
        return None
    if low in _SINGULAR and noun.low in COLLECTIVE:
        return None  # "La majorité, qui pensent"
    return "3p" if low in grammar.PLURAL else "3s"


_SPEAKERS = frozenset("je j' tu moi toi me m' te t'".split())


_STRONG = {"moi": "1s", "toi": "2s", "nous": "1p", "vous": "2p"}


def _spoken(tokens: list[Token], at: int) -> str | None:
    """The person of "Toi qui", "Nous, qui" where a sentence starts with it."""
    first = at - 1 - (tokens[at - 1].text == ",")
    if first < 0 or (first and tokens[first - 1].text not in (".", "!", "?", "«", ",")):
        return None
    return _STRONG.get(tokens[first].low)


_ONE = frozenset("un une seul seule celui celle premier première l'un l'une".split())
_OF = frozenset("de d' des du entre parmi".split())
_HAVE = frozenset("a ont avait avaient ai avons avez aura auront aurait".split())
_BEFORE_OF = frozenset("auprès autour partie loin près envers".split())
_SEVERAL = grammar.PLURAL | {"des", "plusieurs", "de", "d'", "aux"}


def _several(tokens: list[Token], at: int) -> bool:
    """Whether "qui" at ``at`` can stand for nothing but a noun in the plural right before it.

    "il a remercié ses équipes, qui"; but "le chef de ses équipes, qui".
    """
    here = at - 1
    if tokens[here].text == ",":
        here -= 1
    if here > 1 and grammar.categories(tokens[here].low) == {"A"}:
        here -= 1
    if here < 2 or tokens[here].text != tokens[here].low:
        return False
    found = grammar.slots(tokens[here].low, "N")
    pronoun = tokens[here - 1].low in grammar.PRONOUN_LIKE
    plain = grammar.is_plain_noun(tokens[here].low, after_pronoun_like=pronoun)
    if found is None or not plain or any(slot[1] == "s" for slot in found):
        return False
    determiner, before = tokens[here - 1].low, tokens[here - 2].low
    if determiner not in _SEVERAL:
        return False
    if not _ONE.isdisjoint(token.low for token in tokens[max(0, at - 7) : here]):
        return False
    if before in _BEFORE_OF:
        return determiner in ("de", "d'", "des")
    if determiner in ("de", "d'"):
        return False
    if determiner == "aux":
        return before in ("grâce", "face")
    if before in _OF:
        return False
    had = here > 2 and tokens[here - 3].low in _HAVE
    participle = grammar.slots(before, "K") is not None
    if grammar.categories(before) & {"N", "A"} and not (had and participle):
        return False
    verb = bool(grammar.persons(before)) or participle
    preposition = before in grammar.PREPOSITIONS and determiner != "des"
    return verb or preposition or grammar.is_infinitive(before)


_MEASURES = frozenset("ans mois jours heures minutes mètres kilomètres euros".split())
_FURTHEST = 10


def _cleft(tokens: list[Token], at: int) -> bool:
    """Whether one thing and no other stands between "c'est" and "qui" at ``at``."""
    for here in range(at - 1, max(0, at - _FURTHEST), -1):
        token = tokens[here]
        if token.low in ("est", "était") and tokens[here - 1].low in ("c'", "ce"):
            return here + 2 < at and tokens[here + 1].low in _SINGULAR
        slots = grammar.slots(token.text, "N")
        many = slots is not None and any(slot[1] == "p" for slot in slots)
        if (
            token.kind == "punct"
            or token.low in ("et", "ou", "un", "une")
            or token.low in grammar.PLURAL
        ):
            return False
        if many and token.low not in _MEASURES and token.low not in grammar.DETERMINERS:
            return False
    return False


def _third(tokens: list[Token], at: int) -> str | None:
    """The person of "qui" at ``at`` behind a noun, where the verb is one of "je" or "tu" alone.

    "Les personnes qui dors": no noun can have that, unless the speaker stands before it.
    """
    noun, here = tokens[at - 1], at + 1
    here = opening.past_clitics(tokens, here)
    if here >= len(tokens) or not grammar.persons(tokens[here].text) <= {"1s", "2s"}:
        return None
    if grammar.categories(tokens[here].text) != {"V"} or noun.text != noun.text.lower():
        return None
    if any(token.low in _SPEAKERS for token in tokens[max(0, at - 12) : at]):
        return None
    numbers = {slot[1] for slot in grammar.slots(noun.text, "N") or ()}
    if "N" not in grammar.categories(noun.text) or len(numbers) != 1:
        return None
    return "3" + numbers.pop()


def _head(noun: Token, determiner: Token, low: str) -> bool:
    """Whether the noun can be nothing but the subject's head, in the determiner's number."""
    del determiner
    found = grammar.slots(noun.text)
    return (
        noun.kind == "word"
        and found is not None
        and grammar.is_plain_noun(noun.text, after_pronoun_like=low in grammar.PRONOUN_LIKE)
        and bool(found & grammar.DETERMINERS[low])
    )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The verb in the subject's person, tense and mood kept."""
    del context
    cut, person = finding.evidence["verb"], str(finding.evidence["person"])
    if not isinstance(cut, int):
        return
    span = Span(finding.span.start + cut, finding.span.end)
    verb = span.of(passage.text)
    pronoun = str(finding.evidence.get("pronoun", ""))
    if pronoun:
        forms = [
            _joined(form, pronoun) for form in links.conjugated(verb.partition("-")[0], person)
        ]
    else:
        forms = links.conjugated(verb, person)
    yield from in_turn(finding, *_in_place(passage.text, span, forms))


_FULL = {"s": "se ", "n": "ne ", "m": "me ", "t": "te "}


def _in_place(text: str, span: Span, forms: list[str]) -> tuple[Span, list[str]]:
    """The forms with what stands before them: "s'est" becomes "se sont", "se sont" "s'est"."""
    before = text[max(0, span.start - 2) : span.start]
    if before[1:] in ("'", "’") and not text[max(0, span.start - 3) : span.start - 2].isalpha():
        full = _FULL.get(before[0].lower())
        if full is not None and not any(map(grammar.elides, forms)):
            full = full.capitalize() if before[0].isupper() else full
            return Span(span.start - 2, span.end), [full + form for form in forms]
    near = _PRONOUN.search(text[max(0, span.start - 4) : span.start])
    if near is not None and forms and all(map(grammar.elides, forms)):
        mark = "’" if "’" in text else "'"
        whole = Span(span.start - len(near[1]) - 2, span.end)
        return whole, [near[1] + mark + form for form in forms]
    return span, forms


_PRONOUN = re.compile(r"(?<![^\W_])([sSnNmMtT])e $")


def _joined(form: str, pronoun: str) -> str:
    """The verb before its pronoun: "vient-elle", "va-t-elle"; alone where there is none."""
    if not pronoun:
        return form
    vowel = form[-1] in "aec" and pronoun[0] in "ieo"
    return f"{form}-t-{pronoun}" if vowel else f"{form}-{pronoun}"
