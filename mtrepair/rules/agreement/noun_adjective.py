"""An adjective that does not fit the noun beside it.

Why: engines inflect the adjective for another word than the one it stands beside.

Examples:
    - Il connaît une [[maison très anciens]].
    + Il connaît une maison très ancienne.
    - Il a vu les [[grandes bateaux]].
    + Il a vu les grands bateaux.
    - La [[compagnie basé]] à Lyon recrute.
    + La compagnie basée à Lyon recrute.
    - La baisse de la taxe [[décidé]] par la mairie surprend.
    + La baisse de la taxe décidée par la mairie surprend.
    - Trois [[petit chats]], deux [[autre voitures]]. Les zones [[les plus affectés]] souffrent.
    + Trois petits chats, deux autres voitures. Les zones les plus affectées souffrent.
    - Le feu menace de [[nombreuses espèce]].
    + Le feu menace de nombreuses espèces.
    - [[Certain voisins]] dorment, et les douze [[joueurs asiatique]] aussi.
    + Certains voisins dorment, et les douze joueurs asiatiques aussi.
    - Sa [[peau brun]] et ses mains étonnent.
    + Sa peau brune et ses mains étonnent.
    - Selon une étude américaine [[publié]] lundi, le café protège.
    + Selon une étude américaine publiée lundi, le café protège.
    - Il veut des usines plus modernes, plus [[propre]] et moins coûteuses.
    + Il veut des usines plus modernes, plus propres et moins coûteuses.
    = Les habitants restaient jeudi soir privés de courant.
    = Les jardins des villes les plus anciens, et les zones du monde les plus vastes.
    = La lettre est envoyée par Luc ou remise ; une fois validé par elle, il part.
    = Un chef de file européen dirige une solution de rechange prometteuse.
    = Les langues française et anglaise.
    = Le chat et la souris blancs.
    = Les sommes provenant des sessions utilisateur.
    = Une fois terminé le travail, il dort.
    = Elle n'a pas eu l'air très contente.

Source: Grevisse & Goosse, Le bon usage, § 438 (accord de l'épithète).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement import links, opening
from mtrepair.rules.agreement.clash import APPOSED
from mtrepair.rules.agreement.nominal import DOERS, looks
from mtrepair.rules.agreement.sentence import may_stay, renews
from mtrepair.rules.offers import in_turn
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="agreement-noun-adjective",
    group="agreement",
    severity=Severity.MAJOR,
    summary="an adjective that does not fit the noun beside it",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    threshold=0.6,  # beside its measurement in confidence.py
)

_TIMES = frozenset("jour nuit matin soir semaine mois année heure fois".split())
_WINDOW = 14
"""Words before the adjective in which another noun could be the one it belongs to."""


def _explained(adjective: grammar.Slots, before: list[Token]) -> bool:
    """Whether a word further left could be what the adjective agrees with.

    An adjective after "N de N" may belong to either; a plural one to both of "N et N".
    """
    plural = any(slot[1] == "p" for slot in adjective)
    for token in before:
        if token.kind == "word":
            if plural and token.low in ("et", "ou", "ni"):
                return True
            if token.text[:1].isupper() and token is not before[0]:
                return True
            here = grammar.slots(token.text, "N")
            if "N" in grammar.categories(token.text) and (here is None or here & adjective):
                return True
        elif token.kind == "object" or (plural and token.text in ",/-–"):
            return True
    return False


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Neighbours without a common slot, then what the parser ties together at a distance."""
    near = [
        *_neighbours(passage), *_agents(passage), *_superlatives(passage), *_adverbs(passage),
        *_certain(passage), *_second(passage), *_series(passage),
    ]  # fmt: skip
    yield from near
    tokens = passage.tokens
    for clash, sure in links.reported(passage, context, "adjective", "object"):
        adjective, noun = tokens[clash.target], tokens[clash.controller]
        first, last = clash.words
        span = Span(tokens[first].start, tokens[last].end)
        if not any(finding.span.overlap(span) for finding in near):
            yield _finding(passage, span, adjective, noun, sorted(clash.wanted), sure)


def _finding(
    passage: Passage,
    span: Span,
    adjective: Token,
    noun: Token,
    slots: list[str],
    confidence: float = 1.0,
) -> Finding:
    """The finding at ``span``, which holds the adjective and, where it is near, the noun."""
    return passage.finding(
        RULE.name,
        span,
        f"“{adjective.text}” does not fit “{noun.text}”",
        severity=RULE.severity,
        confidence=confidence,
        evidence={
            "slots": slots,
            "noun": noun.text,
            "adjective": adjective.text,
            "at": adjective.start - span.start,
        },
    )


def _neighbours(passage: Passage) -> Iterator[Finding]:
    """Determiner + adjective + noun, and determiner + noun + adjective, without a common slot."""
    text, tokens = passage.text, passage.tokens
    for at in range(len(tokens) - 2):
        low = tokens[at].low
        wanted = grammar.DETERMINERS.get(low)
        if wanted is None and opening.is_many(tokens[at]):
            wanted = frozenset({"mp", "fp"})
        if wanted is None:
            continue
        first, second = tokens[at + 1], tokens[at + 2]
        before = tokens[at - 1].low if at else ""
        end = at + 2
        if second.text in grammar.DEGREES and at + 3 < len(tokens):
            if not grammar.adjacent(text, second, tokens[at + 3]):
                continue
            end, first_gap = at + 3, second
            second = tokens[end]
        else:
            first_gap = first
        if first.kind != "word" or second.kind != "word":
            continue
        if first.text != first.text.lower() or second.text != second.text.lower():
            continue
        if not (
            grammar.adjacent(text, tokens[at], first)
            and grammar.adjacent(text, first, tokens[at + 2])
            and grammar.adjacent(text, first_gap, second)
        ):
            continue
        if text[second.end : second.end + 1] in ("-", "'", "’") or len(second.text) < 3:
            continue
        if second.text in APPOSED:
            continue
        left, right = grammar.slots(first.text), grammar.slots(second.text, "NAK")
        if left is None or right is None:
            continue
        flagged: Token | None = None
        leads = _prenominal(first.text) or first.text in ("autre", "autres")
        if end == at + 2 and leads and _noun_after(first.text, second.text):
            nouns = grammar.slots(second.text, "N")
            adjectives = grammar.slots(first.text, "A")
            if nouns and adjectives and not nouns & adjectives and nouns & wanted:
                flagged = first
        elif (
            grammar.is_plain_noun(first.text, after_pronoun_like=low in grammar.PRONOUN_LIKE)
            and left & wanted
            and grammar.categories(second.text) <= {"A", "N", "V"}
            and not grammar.persons(second.text)
        ):
            adjectives = None
            if _adjective(second.text, after_degree=end > at + 2):
                adjectives = grammar.slots(second.text, "AK")
            # "une fois créé": the participle opens a clause of its own; "chaque jour affaiblie".
            if first.text == "fois" or (low == "chaque" and first.text in _TIMES):
                continue
            if renews(first.text, second.text):
                continue
            if first.text == "air" and looks([t.low for t in tokens], at + 1):
                continue
            following = tokens[end + 1] if end + 1 < len(tokens) else None
            if not grammar.joins_left(low, before) and _clause(second.text, following):
                adjectives = grammar.slots(second.text, "K")
            if (
                adjectives
                and not adjectives & left
                and not (
                    grammar.joins_left(low, before)
                    and _explained(adjectives, tokens[max(0, at - _WINDOW) : at])
                )
                and not (_goes_on(following) and not _ends(tokens, end, left))
            ):
                flagged = second
        if flagged is not None:
            noun = second if flagged is first else first
            span = Span(first.start, second.end)
            yield _finding(passage, span, flagged, noun, sorted(_wanted(noun.text, wanted)))


_WHEN = frozenset(
    """hier aujourd'hui lundi mardi mercredi jeudi vendredi samedi dimanche récemment""".split()
)


def _second(passage: Passage) -> Iterator[Finding]:
    """ "une étude américaine publié lundi": a participle behind an adjective that fits."""
    text, tokens = passage.text, passage.tokens
    for at in range(len(tokens) - 4):
        fits = grammar.DETERMINERS.get(tokens[at].low)
        if fits is None:
            continue
        leads = (
            "A" in grammar.categories(tokens[at + 1].text)
            and grammar.categories(tokens[at + 2].text) == {"N"}
            and at + 5 < len(tokens)
        )
        first = at + 1 + leads
        noun, adjective, word, following = tokens[first : first + 4]
        if grammar.verb_forms(word.text) != {"K"} or word.text != word.low:
            continue
        if following.low not in _LEADS and following.low not in _WHEN:
            continue
        if not grammar.categories(word.text) <= {"A", "V"} or noun.text != noun.low:
            continue
        if not grammar.is_plain_noun(
            noun.text, after_pronoun_like=tokens[at].low in grammar.PRONOUN_LIKE
        ):
            continue
        slots = (grammar.slots(noun.text, "N") or grammar.ALL) & fits
        beside = grammar.slots(adjective.text, "A") or frozenset()
        if not slots & beside or not grammar.categories(adjective.text) <= {"A", "N"}:
            continue
        found = grammar.slots(word.text, "K")
        before = tokens[at - 1].low if at else ""
        if found is None or found & slots or may_stay(word.low):
            continue
        if grammar.joins_left(tokens[at].low, before) and _explained(
            found, tokens[max(0, at - _WINDOW) : at]
        ):
            continue
        if any(token.low in _TAKING for token in tokens[max(0, at - _NEAR) : at]):
            continue  # "il a, après une longue enquête, trouvé"
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, first + 2)):
            span = Span(word.start, word.end)
            yield _finding(passage, span, word, noun, sorted(slots & beside))


_NEAR = 6
_TAKING = frozenset(
    "a ont avait avaient ai avons avez aura auront est sont était étaient et ou , été".split()
)
_DEGREES = frozenset(("plus", "moins"))


def _series(passage: Passage) -> Iterator[Finding]:
    """ "plus modernes, plus propre et moins chères": one of several adjectives does not fit."""
    if passage.vocabulary.isdisjoint(_DEGREES):
        return
    tokens = passage.tokens
    at = 0
    while at < len(tokens) - 4:
        found, after = _run(tokens, at)
        at = max(after, at + 1)
        if len(found) < 3 or tokens[found[-1] - 2].low != "et":
            continue
        for odd in found:
            rest = grammar.ALL
            for other in found:
                if other != odd:
                    rest &= grammar.slots(tokens[other].text, "AK") or grammar.ALL
            slots = grammar.slots(tokens[odd].text, "AK") or grammar.ALL
            if rest and not rest & slots:
                word, fit = tokens[odd], tokens[found[0 if odd != found[0] else 1]]
                yield _finding(passage, Span(word.start, word.end), word, fit, sorted(rest))
                break


def _run(tokens: Sequence[Token], at: int) -> tuple[list[int], int]:
    """The adjectives with "plus" or "moins" in a row from ``at`` on, and the place behind them."""
    found: list[int] = []
    while at + 1 < len(tokens) and tokens[at].low in _DEGREES:
        word = tokens[at + 1]
        if not grammar.categories(word.text) <= {"A", "N", "V"} or grammar.persons(word.text):
            break
        if grammar.slots(word.text, "AK") is None or may_stay(word.low):
            break
        found.append(at + 1)
        at += 2
        if at >= len(tokens) or tokens[at].text not in (",", "et"):
            break
        at += 1
    return found, at


_CERTAIN = frozenset("certain certaine".split())


def _certain(passage: Passage) -> Iterator[Finding]:
    """ "Certain économistes": without an article before it, it is one itself."""
    text, tokens = passage.text, passage.tokens
    for at in range(len(tokens) - 1):
        word, noun = tokens[at], tokens[at + 1]
        if word.low not in _CERTAIN or noun.text != noun.low or word.text.isupper():
            continue
        before = tokens[at - 1].low if at else ""
        free = word.start in passage.openings or before in grammar.PREPOSITIONS or before == ","
        if not free or not grammar.is_plain_noun(noun.text, after_pronoun_like=False):
            continue
        slots = grammar.slots(noun.text, "N")
        if slots is None or any(slot[1] == "s" for slot in slots):
            continue
        if grammar.adjacent(text, word, noun):
            span = Span(word.start, noun.end)
            yield _finding(passage, span, word, noun, sorted(slots))


def _superlatives(passage: Passage) -> Iterator[Finding]:
    """ "la ville la plus grand": article, "plus" and an adjective that fits no such noun.

    Also "les zones les plus affectés", where the noun says more than the article.
    """
    if passage.vocabulary.isdisjoint(("plus", "moins")):
        return
    text, tokens = passage.text, passage.tokens
    for at in range(1, len(tokens) - 2):
        article, degree, adjective = tokens[at : at + 3]
        one_of = article.text == "des" and tokens[at - 1].low in ("un", "une")
        if not (one_of or article.text in ("le", "la", "les")):
            continue
        if degree.text not in ("plus", "moins"):
            continue
        low = adjective.text
        if adjective.kind != "word" or len(low) < 4:
            continue
        if grammar.categories(low) - {"A", "N", "ADV", "V"} or grammar.persons(low):
            continue
        if grammar.is_infinitive(low):
            continue
        if not all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in (at, at + 1)):
            continue
        found, wanted = grammar.slots(low, "AK"), grammar.DETERMINERS[article.text]
        if article.text == "le":  # "c'est le matin qu'elle est le plus belle"
            wanted |= grammar.DETERMINERS["la"]
        noun = article
        if found is not None and found & wanted and at > 1 and not may_stay(low):
            led = _led_noun(tokens, at)
            wanted, noun = (wanted, noun) if led is None else (led, tokens[at - 1])
        if found is None or found & wanted or may_stay(low):
            continue
        following = tokens[at + 3].text if at + 3 < len(tokens) else ""
        if grammar.categories(following) & {"N", "A"} or grammar.slots(following, "K"):
            continue  # left to the rule for determiners; "la plus haut placée"
        span = Span(article.start, adjective.end)
        yield _finding(passage, span, adjective, noun, sorted(wanted))


def _led_noun(tokens: Sequence[Token], at: int) -> grammar.Slots | None:
    """Gender and number of a plain noun before "les plus", which nothing else stands before.

    "Les zones les plus affectés"; in "les jardins des villes les plus anciens" it may be either.
    """
    before, determiner, noun = tokens[at - 3].low if at > 2 else "", tokens[at - 2], tokens[at - 1]
    slots = grammar.DETERMINERS.get(determiner.low)
    if (
        slots is None
        or determiner.low in ("des", "du", "de")
        or grammar.joins_left(determiner.low, before)
    ):
        return None
    found = grammar.slots(noun.text, "N")
    plain = noun.text == noun.low and grammar.is_plain_noun(noun.text, after_pronoun_like=False)
    article = grammar.DETERMINERS[tokens[at].low]
    return found & slots & article or None if plain and found is not None else None


_ADVERBS = frozenset("net fort bas plein faux franc".split())
"""Adjectives that are adverbs too, which do not agree: "une femme haut placée"."""
_BEHIND = frozenset("de d' du des à au aux pour dans est a en et sur par qui que avec".split())
_AFTER_NET = frozenset("impôt impôts frais charges taxes tout toute taxe commissions".split())


def _adverbs(passage: Passage) -> Iterator[Finding]:
    """ "une perte net de", "une croissance économique fort": no adverb has its place there."""
    if passage.vocabulary.isdisjoint(_ADVERBS):
        return
    text, tokens = passage.text, passage.tokens
    for at in range(2, len(tokens)):
        word = tokens[at]
        beyond = text[word.end : word.end + 2]
        if word.text not in _ADVERBS or (beyond[1:].isalnum() and not beyond[0].isspace()):
            continue  # "net.ipv6"
        noun = at - 1
        fits = frozenset({"fs"})
        if grammar.categories(tokens[noun].text) == {"A"} and noun > 1:
            if not (grammar.slots(tokens[noun].text, "A") or fits) & fits:
                continue
            noun -= 1
        if grammar.DETERMINERS.get(tokens[noun - 1].low) != fits:
            continue
        if grammar.slots(tokens[noun].text, "N") != fits or "N" not in grammar.categories(
            tokens[noun].text
        ):
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if after is not None and after.kind == "word" and after.low not in _BEHIND:
            continue
        if word.text == "net" and at + 2 < len(tokens) and tokens[at + 2].low in _AFTER_NET:
            continue
        if not all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(noun - 1, at)):
            continue
        span = Span(tokens[noun].start, word.end)
        yield _finding(passage, span, word, tokens[noun], ["fs"])


_LONGEST = 25
"""Words before a participle among which its noun is looked for."""
_PEOPLE = frozenset(
    """je j' tu il elle on nous vous ils elles ce c' ça cela ceci qui que qu' celui celle ceux
    celles lui leur eux moi toi soi dont lequel laquelle lesquels lesquelles tout tous rien personne
    quoi autre autres certains certaines plusieurs""".split()
)
"""Words that a participle may follow in the place of a noun."""


def _agents(passage: Passage) -> Iterator[Finding]:
    """A participle before "par" that no noun before it in the sentence fits."""
    tokens = passage.tokens
    starts = passage.openings
    for at in range(1, len(tokens) - 1):
        word = tokens[at]
        if tokens[at + 1].low != "par" or word.text != word.low or len(word.text) < 4:
            continue
        slots = grammar.slots(word.text, "K")
        if slots is None or not grammar.categories(word.text) <= {"A", "V"}:
            continue
        if grammar.persons(word.text) or tokens[at - 1].low in ("fois", "sitôt", "aussitôt"):
            continue
        noun = _unfit(tokens, at, slots, starts)
        if noun is not None:
            wanted = grammar.slots(noun.text, "N") or grammar.ALL
            span = Span(word.start, word.end)
            yield _finding(passage, span, word, noun, sorted(wanted))


def _unfit(
    tokens: Sequence[Token], at: int, slots: grammar.Slots, starts: frozenset[int]
) -> Token | None:
    """The noun next before ``at``, where neither it nor another one of the sentence fits."""
    nearest: Token | None = None
    plural = all(slot[1] == "p" for slot in slots)
    for here in range(at - 1, max(-1, at - 1 - _LONGEST), -1):
        token = tokens[here]
        if token.kind != "word":
            if token.kind != "punct" or token.text not in (",", "."):
                return None
        elif token.low in _PEOPLE or (plural and token.low in ("et", "ou", "ni")):
            return None
        elif token.text != token.low and (token.start not in starts or token.text.isupper()):
            return None  # a name, of whatever gender
        else:
            found = grammar.categories(token.text)
            if not found or grammar.is_form_of(token.low, "avoir") or _be(token):
                return None
            if (grammar.slots(token.text, "K") or frozenset()) & slots:
                return None  # "adressée par courriel ou envoyée par"
            if "N" in found and token.low not in grammar.DETERMINERS:
                here_slots = grammar.slots(token.text, "N")
                if here_slots is None or here_slots & slots:
                    return None
                led = here > 0 and tokens[here - 1].low in grammar.DETERMINERS
                if nearest is None and (led or found <= {"N", "A"}):
                    nearest = token
                elif nearest is None:
                    return None
        if token.start in starts:
            return nearest
    return None


def _be(token: Token) -> bool:
    return grammar.is_form_of(token.low, "être")


def _wanted(noun: str, determiner: grammar.Slots) -> grammar.Slots:
    slots = grammar.slots(noun) or grammar.ALL
    return slots & determiner or slots


def _prenominal(word: str) -> bool:
    return any(
        reading.category == "A" and reading.lemma in grammar.PRENOMINAL
        for reading in Lexicon.load().readings(word)
    )


def _noun_after(adjective: str, word: str) -> bool:
    """Whether ``word`` after an adjective is a noun: "petit porte" may be subject and verb."""
    found = grammar.categories(word)
    if "N" not in found or not found <= {"N", "V"}:
        return False
    numbers = {slot[1] for slot in grammar.slots(adjective, "A") or ()}
    return not any(person == "3" + n for person in grammar.persons(word) for n in numbers)


def _adjective(word: str, *, after_degree: bool) -> bool:
    """Whether a word after a noun is an adjective; a noun there may be in apposition."""
    # "provenant" is a participle that does not agree; "utilisateur" stands in apposition; "nouveau"
    # belongs to what follows, unless "très" comes before it.
    if word.endswith(("ant", "ants", *DOERS)) or (_prenominal(word) and not after_degree):
        return False
    readings = Lexicon.load().readings(word)
    lemmas = {r.lemma for r in readings if r.category == "A"}
    return bool(lemmas) and all(r.category != "N" or r.lemma in lemmas for r in readings)


_LEADS = frozenset("à en par dans sur au aux pour depuis sous".split())


def _clause(word: str, following: Token | None) -> bool:
    """Whether a participle begins a clause: "la société basée à Lyon"; nothing else it could be."""
    return grammar.verb_forms(word) == {"K"} and following is not None and following.low in _LEADS


def _ends(tokens: Sequence[Token], end: int, noun: grammar.Slots) -> bool:
    """Whether the phrase ends at ``end``: "et", or a comma behind one thing, leads to the next."""
    after = tokens[end + 2].low if end + 2 < len(tokens) else ""
    return after in _NEXT and (
        tokens[end + 1].low == "et"
        or (tokens[end + 1].low == "," and {slot[1] for slot in noun} == {"s"})
    )


_NEXT = frozenset("le la les l' un une des son sa ses leur leurs ce cette ces mon ma mes".split())


def _goes_on(token: Token | None) -> bool:
    """Whether more adjectives may follow: "les langues française et anglaise"."""
    if token is None:
        return False
    return token.low in ("et", "ou", ",", "/", "-", "–") or token.kind == "object"


_OF = re.compile(r"(?<![^\W_])(?:de|d['’])$")


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The adjective inflected for the noun."""
    del context
    slots = finding.evidence["slots"]
    wanted = frozenset(slots) if isinstance(slots, list) else grammar.ALL
    word, at = str(finding.evidence["adjective"]), finding.evidence["at"]
    if not isinstance(at, int):
        return
    noun = str(finding.evidence["noun"])
    before = passage.text[: finding.span.start].rstrip().lower()
    if at == 0 and _OF.search(before) and finding.span.of(passage.text).endswith(noun):
        # "de nombreuses espèce": "de" stands for "des", and the noun is what is wrong
        adjectives, nouns = grammar.slots(word, "A") or (), grammar.slots(noun, "N") or ()
        plural = adjectives and all(slot[1] == "p" for slot in adjectives)
        if plural and nouns and all(slot[1] == "s" for slot in nouns):
            forms = links.inflected(noun, frozenset(adjectives), "N")
            place = Span(finding.span.end - len(noun), finding.span.end)
            if forms:
                yield from in_turn(finding, place, forms)
                return
    place = Span(finding.span.start + at, finding.span.start + at + len(word))
    own = {slot[0] for slot in grammar.slots(word, "AK") or ()}
    same = frozenset(slot for slot in wanted if slot[0] in own)
    # Where the noun leaves the gender open, it is the adjective's: "certain économistes"
    yield from in_turn(finding, place, links.inflected(word, same or wanted, "AK"))
