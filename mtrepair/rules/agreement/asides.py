"""Subjects that a comma parts from what agrees with them, and several names for a subject.

"Les céramiques, autrefois cachées, bénéficie", "Le modèle, entraînée sur des images, traduit",
"Chinois, Malais et Indiens y a vécu": a parser loses the thread there, the commas keep it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.names import Names
from mtrepair.rules.agreement import opening
from mtrepair.rules.agreement.sentence import COLLECTIVE
from mtrepair.rules.passage import Passage

_LONGEST = 22
"""Tokens of an aside at most."""
_LONGEST_NAME = 3
_CLAUSE = frozenset("qui que qu' dont".split())
_OPENERS = _CLAUSE | frozenset(
    """eux elles comme tout toute tous toutes ainsi même y parmi soit autrefois jadis notamment
    désormais surtout déjà jusqu' jusque originaire originaires âgé âgés âgée âgées situé situés
    située situées""".split()
)
"""What opens an aside behind a subject."""
_TIMES = frozenset(
    """jour jours an ans année années mois semaine semaines matin soir nuit lendemain veille fois
    époque moment siècle été hiver printemps automne heure heures week-end instant lundi mardi
    mercredi jeudi vendredi samedi dimanche trimestre minute minutes saison période temps
    décennie""".split()
)
"""Nouns that open a sentence without being its subject: "Cette année, portée par la demande, …"."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A noun phrase that opens a sentence, an aside between commas, and what follows.

    Attributes:
        noun: index of the head.
        slots: gender and number of the head.
        first: index of the first token behind the first comma.
        after: index of the token behind the second comma.
    """

    noun: int
    slots: grammar.Slots
    first: int
    after: int


def asides(passage: Passage) -> Iterator[Aside]:
    """The subjects with an aside behind them that open a sentence of a passage."""
    text, tokens = passage.text, passage.tokens
    if "," not in passage.vocabulary:
        return
    starts = opening.clauses(passage, reported=True)
    for at, token in enumerate(tokens):
        if token.start not in starts:
            continue
        subject = opening.subject(text, tokens, at, counts=True, loose=True)
        if subject is None or tokens[subject.noun].low in _TIMES:
            continue
        after = subject.after
        while (
            after < len(tokens)
            and after < subject.after + _LONGEST_NAME
            and _is_name(tokens[after])
        ):
            after += 1  # "la jeune pousse Kestrel Mind, spécialisée"
        first = after + 1
        if first >= len(tokens) or tokens[after].text != ",":
            continue
        behind = _end(tokens, first)
        if behind is not None:
            yield Aside(subject.noun, subject.slots, first, behind)


def _end(tokens: Sequence[Token], first: int) -> int | None:
    """The place behind the comma that closes an aside; None if it is none that one can follow."""
    for at in range(first, min(len(tokens) - 1, first + _LONGEST)):
        if tokens[at].text == ",":
            return at + 1 if at > first else None
        if tokens[at].kind == "punct" and tokens[at].text not in ("-", "%", "/", "(", ")", "'"):
            return None
    return None


def opens_clause(token: Token) -> bool:
    """Whether an aside that starts with this word says something of the noun before it."""
    return token.low in _OPENERS or is_participle(token)


_LINKS = frozenset("cependant toutefois pourtant néanmoins donc enfin aussi également".split())
_PHRASES = frozenset(
    (
        ("par", "exemple"), ("par", "contre"), ("par", "ailleurs"), ("en", "revanche"),
        ("en", "effet"), ("en", "outre"), ("en", "fait"), ("au", "contraire"), ("pour", "leur"),
        ("pour", "sa"), ("de", "leur"), ("de", "son"), ("d'", "ailleurs"), ("d'", "autre"),
    )
)  # fmt: skip


def _links(tokens: Sequence[Token], at: int) -> bool:
    """Whether an aside only links the sentence to the one before: "par exemple"."""
    return tokens[at].low in _LINKS or (tokens[at].low, tokens[at + 1].low) in _PHRASES


def _behind_clear(tokens: Sequence[Token], at: int) -> int | None:
    """The verb behind "ne" or "se" at ``at``, whatever else the word may be: "ne fait"."""
    at = opening.past_clitics(tokens, at)
    return at if at < len(tokens) and grammar.persons(tokens[at].low) & {"3s", "3p"} else None


def _says_more(tokens: Sequence[Token], aside: Aside) -> bool:
    """Whether an aside says something of several: "ses qualités, bien réelles, ne fait pas".

    A verb behind "ne" or "se" is no noun; what starts with a determiner may be another subject.
    """
    first = tokens[aside.first]
    several = all(slot[1] == "p" for slot in aside.slots)
    clear = tokens[aside.after].low in opening.CLEAR if aside.after < len(tokens) else False
    pronoun = "PRO" in grammar.categories(first.low)
    return several and clear and first.low not in grammar.DETERMINERS and not pronoun


def is_relative(token: Token) -> bool:
    """Whether it is "qui", "que", "dont"."""
    return token.low in _CLAUSE


def is_participle(token: Token) -> bool:
    """Whether a word is a participle and no noun."""
    return (
        token.text == token.low
        and grammar.slots(token.low, "AK") is not None
        and grammar.categories(token.low) <= {"V", "A"}
        and not grammar.persons(token.low)
    )


def verb_at(tokens: Sequence[Token], at: int) -> int | None:
    """The index of the finite verb that stands at ``at`` behind its clitics, or None."""
    at = opening.past_clitics(tokens, at)
    if at >= len(tokens) or tokens[at].text != tokens[at].low:
        return None
    return at if is_finite(tokens, at) else None


_AUXILIARIES = frozenset("a est ont sont avait était avaient étaient sera seront".split())


def is_finite(tokens: Sequence[Token], at: int) -> bool:
    """Whether a finite verb stands at ``at`` and nothing else can."""
    low = tokens[at].low
    persons = grammar.persons(low)
    if not persons & {"3s", "3p"} or grammar.slots(low, "K"):
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if low in _AUXILIARIES:
        return after is not None and after.kind == "word"
    lexicon = Lexicon.load()
    if lexicon.english_zipf(low) > lexicon.zipf(low) + 0.3:
        return False  # "data"
    found = grammar.categories(low)
    if found == {"V"}:
        return True
    # a noun that is a verb too has no article behind it
    closed = at > 0 and tokens[at - 1].text == "," and after is not None and after.low != "de"
    follows = closed or (after is not None and after.low in _AFTER_VERB)
    return found == {"V", "N"} and follows and tokens[at - 1].low not in grammar.PREPOSITIONS


_AFTER_VERB = frozenset("le la les l' un une ce cette ces son sa ses leur leurs à".split())

_FIRMS = frozenset("associés fils frères cie compagnie co sons brothers partners".split())
_MOST_NAMES = 5


def named(passage: Passage) -> Iterator[tuple[int, int, int]]:
    """Several names that open a sentence, and the verb behind them: first, last, verb.

    "Google, Microsoft et Zoom proposent". Two names may be one company's ("Marks et Spencer");
    they count where both are countries or cities, or people.
    """
    tokens, starts = passage.tokens, passage.openings
    if "et" not in passage.vocabulary:
        return
    for at, token in enumerate(tokens):
        if token.start not in starts or token.kind != "word" or not token.text[0].isupper():
            continue
        found = _names(tokens, at)
        if found is None:
            continue
        last, number = found
        firm = tokens[last].low in _FIRMS or (
            number == 2 and not (_place(tokens[at].text) and _place(tokens[last].text))
        )
        verb = None if firm else verb_at(tokens, last + 1)
        if verb is not None:
            yield at, last, verb


def _place(name: str) -> bool:
    names = Names.load()
    return "t" in names.flags(name) or "c" in names.flags(name) or name in names.exonyms


def _names(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The index of the last of several names and how many there are."""
    number, here, closed = 0, at, False
    while here < len(tokens) and number < _MOST_NAMES:
        start = here
        while here < len(tokens) and here - start < 2 and _is_name(tokens[here]):
            here += 1
        if here == start:
            return None
        number += 1
        if closed:
            return here - 1, number
        if here >= len(tokens) or tokens[here].text not in (",", "et"):
            return None
        closed = tokens[here].text == "et"
        here += 1
    return None


def _is_name(token: Token) -> bool:
    if token.kind != "word" or not token.text[0].isupper() or token.low in grammar.DETERMINERS:
        return False
    return not grammar.categories(token.low) & {"DET", "PRO", "PREP", "CONJ"}


_ALL = frozenset("tous toutes toute".split())
"""What opens "toutes activités confondues"."""
_WITH = frozenset("accompagné accompagnée suivi suivie escorté escortée entouré entourée".split())


def verbs(passage: Passage) -> Iterator[tuple[str, int, str]]:
    """Verbs behind an aside or several names that do not fit: subject, verb, person wanted."""
    tokens, text = passage.tokens, passage.text
    for aside in asides(passage):
        links = _links(tokens, aside.first)
        says = links or opens_clause(tokens[aside.first]) or _says_more(tokens, aside)
        if not says or (
            tokens[aside.noun].low in COLLECTIVE and tokens[aside.noun].low not in opening.BODIES
        ):
            continue
        verb = verb_at(tokens, aside.after)
        if verb is None and tokens[aside.after].low in opening.CLEAR:
            verb = _behind_clear(tokens, aside.after)
        if verb is None:
            continue
        numbers = {slot[1] for slot in aside.slots}
        persons = grammar.persons(tokens[verb].low)
        if len(numbers) != 1 or "3" + min(numbers) in persons:
            continue
        # "Le maire, ainsi que son fils, ont": a clause or a participle adds nobody
        opens = tokens[aside.first]
        adds = not (is_relative(opens) or is_participle(opens) or opens.low in _ALL)
        adds = not links and (adds or opens.low in _WITH)
        if numbers == {"s"} and adds:
            continue
        yield text[tokens[aside.noun].start : tokens[aside.noun].end], verb, "3" + min(numbers)
    for first, last, verb in named(passage):
        if "3p" not in grammar.persons(tokens[verb].low):
            yield text[tokens[first].start : tokens[last].end], verb, "3p"


_USUALLY = frozenset("ordinaire habitude emblée ailleurs abord".split())


def _past_adverbs(tokens: Sequence[Token], at: int) -> int:
    """The place behind the adverbs at ``at``: "longtemps", "d'ordinaire si"."""
    while at + 1 < len(tokens):
        low = tokens[at].low
        if low == "d'" and tokens[at + 1].low in _USUALLY:
            at += 2
        elif low in grammar.DEGREES or is_adverb(low):
            at += 1
        else:
            break
    return at


_CALLED = ("baptisé", "nommé", "surnommé", "rebaptisé", "intitulé", "appelé", "dénommé")


def is_adverb(word: str) -> bool:
    """Whether it is an adverb, and no adjective as "long" is."""
    found = grammar.categories(word)
    return "ADV" in found and "A" not in found


def _bare_complement(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun that may be one only says of what kind another is: "un conseil de famille".

    What stands behind a comma then speaks of the other.
    """
    slots = grammar.slots(tokens[at].low, "N") or frozenset()
    return tokens[at - 1].low in ("de", "d'") and any(slot[1] == "s" for slot in slots)


_AFTER_PARTICIPLE = frozenset(
    """par de d' du des à au aux en sur sous dans pour depuis avec sans lors entre comme que hier
    contre vers chez autour jusqu' malgré selon après avant durant pendant
    lundi mardi mercredi jeudi vendredi samedi dimanche""".split()
)


def apposed(passage: Passage) -> Iterator[tuple[int, grammar.Slots]]:
    """Participles in asides that fit no noun of the subject before them, and what they should be.

    "Le modèle, entraînée sur des images, traduit": behind the aside stands the subject's verb.
    """
    tokens = passage.tokens
    for aside in asides(passage):
        at = _past_adverbs(tokens, aside.first)
        far = at > aside.first
        wide = at > aside.first + 1 or tokens[aside.first].low.endswith("ment")
        if at + 1 >= len(tokens):
            continue
        word, following = tokens[at], tokens[at + 1]
        adjective = far and "A" in grammar.categories(word.low) and word.text == word.low
        done = grammar.slots(word.low, "K") is not None and following.low in _AFTER_PARTICIPLE
        called = word.low.startswith(_CALLED)
        if not (adjective or done or called or is_participle(word)) or word.text != word.low:
            continue
        closed = following.text == "," or following.low in _AFTER_PARTICIPLE
        named = called or (is_participle(word) and grammar.categories(following.low) == {"A"})
        if not (named or (closed and (wide or following.text != ","))):
            continue
        found = grammar.slots(word.low, "AK")
        verb = verb_at(tokens, aside.after) is not None or tokens[aside.after].low in opening.CLEAR
        if found is None or found & aside.slots or not verb:
            continue
        others = (
            grammar.slots(tokens[i].low, "N")
            for i in range(aside.noun + 1, aside.first - 1)
            if "N" in grammar.categories(tokens[i].low)
            and tokens[i].low not in grammar.DETERMINERS
            and not _bare_complement(tokens, i)
        )
        if all(slots is not None and not slots & found for slots in others):
            yield at, aside.slots
