"""Participles and adjectives behind "être" and its like, which agree with the subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.rules.agreement import forms, opening
from mtrepair.rules.agreement.forms import Misfit
from mtrepair.rules.agreement.sentence import NUMERALS, may_stay
from mtrepair.rules.passage import Passage


def misfits(passage: Passage, verbs: Set[int]) -> Iterator[Misfit]:
    """What does not fit the subject; the surest first.

    Args:
        verbs: the verbs that do not fit their subjects: they are what is wrong there.
    """
    yield from _neighbours(passage)
    yield from _attributes(passage, verbs)
    yield from _among(passage)
    yield from _states(passage)
    yield from _coordinated(passage)


_PRONOUNS: dict[str, grammar.Slots] = {
    "il": frozenset({"ms"}), "elle": frozenset({"fs"}), "ils": frozenset({"mp"}),
    "elles": frozenset({"fp"}), "celui-ci": frozenset({"ms"}), "celle-ci": frozenset({"fs"}),
    "ceux-ci": frozenset({"mp"}), "celles-ci": frozenset({"fp"}),
}  # fmt: skip


_OPENING: dict[str, grammar.Slots] = {
    "certains": frozenset({"mp"}), "certaines": frozenset({"fp"}), "tous": frozenset({"mp"}),
    "toutes": frozenset({"fp"}), "plusieurs": frozenset({"mp", "fp"}),
    "beaucoup": frozenset({"mp", "fp"}),
}  # fmt: skip
"""Pronouns where they open a clause before "être"."""


_WE_ARE = frozenset("sommes étions serons serions".split())


_DEGREES_AND_BECOME = frozenset(
    """très si trop assez moins particulièrement devenu devenue devenus devenues resté restée restés
    restées""".split()
)


_PARTY = frozenset(("partie", "parties"))


_OPENERS = frozenset("que qu' si quand lorsque lorsqu' car mais puisque puisqu' où".split())


def _neighbours(passage: Passage) -> Iterator[Misfit]:
    """A pronoun, or a determiner and noun that open a sentence, être and a participle."""
    text, tokens = passage.text, passage.tokens
    starts = opening.clauses(passage)
    for at, token in enumerate(tokens):
        low = token.low
        here = at + 1
        if low in _PRONOUNS or low in _OPENING:
            subject: grammar.Slots = _PRONOUNS.get(low) or _OPENING[low]
            before = tokens[at - 1].low if at else ""
            bound = low[0] == "e" or low[-3:] == "-ci" or low in _OPENING
            if bound and token.start not in starts and before not in _OPENERS:
                continue
        elif low == "nous" and here < len(tokens) and tokens[here].low in _WE_ARE:
            yield from _we(passage, here + 1)
            continue
        elif low in grammar.DETERMINERS and token.start in starts and here < len(tokens):
            found_subject = opening.subject(text, tokens, at, counts=True, loose=True)
            if found_subject is None:
                continue
            subject, here = found_subject.slots, found_subject.after
        else:
            continue
        seen = False
        while here < len(tokens):
            word = tokens[here].low
            if word in forms.HAVE and not seen:
                if "été" not in [t.low for t in tokens[here + 1 : here + 4]]:
                    break
                seen = True
            elif word in forms.BE and not seen:
                # Where the verb itself does not fit, that is what there is to say.
                if not any("3" + slot[1] in grammar.persons(word) for slot in subject):
                    break
                seen = True
            elif not (word in forms.ADVERBS or (seen and word in _DEGREES_AND_BECOME)):
                break
            here += 1
        if not seen or here >= len(tokens) or tokens[here].kind != "word":
            continue
        last = tokens[here]
        if not all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            continue
        slots = grammar.slots(last.text, "AK")
        found = grammar.categories(last.text)
        if slots is None or slots & subject or grammar.persons(last.text):
            continue
        participle = grammar.slots(last.text, "K") is not None
        if not (found <= {"A", "V"} or (participle and found <= {"A", "V", "N"})):
            continue
        # "Elle est fait pour": an adverb's form or a title may stand there; a name never agrees.
        if last.text != last.text.lower() or may_stay(last.low) or last.low in _PARTY:
            continue
        yield Misfit(last, sorted(subject))


def _coordinated(passage: Passage) -> Iterator[Misfit]:
    """Adjectives after "être", the last joined by "et", of different gender or number.

    The one that is wrong is the one whose number "être" does not have, else the last.
    """
    text, tokens = passage.text, passage.tokens
    for at, token in enumerate(tokens):
        if token.low not in forms.BE:
            continue
        joined = _joined(text, tokens, at)
        whole = grammar.ALL
        for _, slots in joined:
            whole &= slots
        if len(joined) < 2 or whole:
            continue
        number = "s" if token.low in forms.ONE else "p" if token.low in forms.MORE else ""
        fit = [slots for _, slots in joined if any(slot[1] == number for slot in slots)]
        if not number or len(fit) in (0, len(joined)):
            word = tokens[joined[-1][0]]
            first = joined[0][1]
            if len(joined) == 2:
                yield Misfit(word, sorted(first), "the adjective before it has other forms")
            continue
        genders = grammar.ALL
        for slots in fit:
            genders &= slots
        wanted = sorted(slot for slot in genders if slot[1] == number)
        for here, slots in joined:
            if wanted and not any(slot[1] == number for slot in slots):
                yield Misfit(tokens[here], wanted, "what it is joined to has another number")


def _joined(text: str, tokens: Sequence[Token], at: int) -> list[tuple[int, grammar.Slots]]:
    """The adjectives behind the word at ``at``, up to one joined by "et"; none without it."""
    found: list[tuple[int, grammar.Slots]] = []
    here, closed = at + 1, False
    while here < len(tokens):
        while here < len(tokens) and tokens[here].low in forms.DEGREES:
            here += 1
        slots = forms.attribute(tokens, here) or forms.participle(tokens, here)
        if slots is None:
            break
        found.append((here, slots))
        if closed:
            near = all(
                grammar.adjacent(text, tokens[i], tokens[i + 1])
                for i in range(at, here)
                if tokens[i + 1].text != ","
            )
            return found if near else []
        if here + 1 >= len(tokens) or tokens[here + 1].low not in ("et", ","):
            break
        closed = tokens[here + 1].low == "et"
        here += 2
    return []


def _we(passage: Passage, here: int) -> Iterator[Misfit]:
    """ "nous sommes très satisfait": what stands from ``here`` on, behind "nous sommes"."""
    tokens = passage.tokens
    while here < len(tokens) and tokens[here].low in forms.BETWEEN:
        here += 1
    if here >= len(tokens) or tokens[here].text != tokens[here].low or here < 2:
        return
    after = tokens[here + 1].low if here + 1 < len(tokens) else ""
    if here > 2 and tokens[here - 3].low == "nous" and after in forms.ARTICLES:
        return  # "nous nous sommes imposé une règle"
    word = tokens[here]
    found = grammar.slots(word.text, "AK")
    if found is None or any(slot[1] == "p" for slot in found) or may_stay(word.low):
        return
    if forms.goes_on(passage.text, word):
        return
    if grammar.categories(word.text) <= {"A", "V", "N"}:
        yield Misfit(word, ["fp", "mp"], "“nous” is many")


_OF_THEM: dict[str, grammar.Slots] = {
    "elles": frozenset({"fp"}), "eux": frozenset({"mp"}),
}  # fmt: skip


_SEVERAL = frozenset("plusieurs certains certaines beaucoup plupart".split()) | NUMERALS


def _among(passage: Passage) -> Iterator[Misfit]:
    """ "Plusieurs d'entre elles sont venus": the pronoun tells the gender."""
    if "entre" not in passage.vocabulary:
        return
    text, tokens = passage.text, passage.tokens
    for at in range(2, len(tokens) - 3):
        if tokens[at].low != "entre" or tokens[at - 1].low != "d'":
            continue
        wanted = _OF_THEM.get(tokens[at + 1].low)
        if wanted is None or tokens[at - 2].low not in _SEVERAL:
            continue
        here = at + 2
        if tokens[here].low in forms.HAVE and tokens[here + 1].low == "été":
            here += 2
        elif tokens[here].low in forms.MORE:
            here += 1
        else:
            continue
        while here < len(tokens) - 1 and tokens[here].low in forms.BETWEEN:
            here += 1
        word, found = tokens[here], grammar.slots(tokens[here].text, "AK")
        known = grammar.categories(word.text) <= {"A", "V"} and not grammar.persons(word.text)
        if not known or found is None or found & wanted or may_stay(word.low):
            continue
        near = all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here))
        if near and not forms.goes_on(text, word):
            who = tokens[at + 1].text
            yield Misfit(word, sorted(wanted), f"its subject is some of “{who}”")


_STATES = frozenset("retrouver rester devenir sentir montrer révéler déclarer avérer".split())


def _states(passage: Passage) -> Iterator[Misfit]:
    """ "ils se sont retrouvés piégé": what is said of a subject that the participle agrees with."""
    text, tokens = passage.text, passage.tokens
    if passage.vocabulary.isdisjoint(forms.BE):
        return
    for at in range(1, len(tokens) - 1):
        state = tokens[at]
        if tokens[at - 1].low not in forms.BE or grammar.verb_forms(state.text) != {"K"}:
            continue
        if _STATES.isdisjoint(grammar.lemmas(state.low, "V")):
            continue
        here = at + 1
        while here < len(tokens) - 1 and tokens[here].low in forms.BETWEEN:
            here += 1
        wanted = grammar.slots(state.text, "K")
        found = forms.attribute(tokens, here) or forms.participle(tokens, here)
        word = tokens[here]
        if found is None or wanted is None or found & wanted or forms.goes_on(text, word):
            continue
        if grammar.categories(word.text) - {"A", "V"} or forms.bare_noun(tokens, here + 1):
            continue
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            yield Misfit(word, sorted(wanted), f"“{state.text}” has other forms")


ATTRIBUTIVE = forms.ONE | forms.MORE | {"été"}


_HAD_ONE = frozenset("a avait aura aurait".split())


_HAD_MANY = frozenset("ont avaient auront auraient".split())


def _attributes(passage: Passage, misfits: Set[int]) -> Iterator[Misfit]:
    """ "qui est capables": an attribute whose number is not that of "être".

    Args:
        misfits: the verbs that do not fit their subjects: in "aucun blessé n'ont été signalé" that
            is what is wrong.
    """
    if passage.vocabulary.isdisjoint(ATTRIBUTIVE):
        return
    text, tokens = passage.text, passage.tokens
    for at in range(1, len(tokens) - 1):
        low = tokens[at].low
        if low not in ATTRIBUTIVE:
            continue
        if at in misfits or (low == "été" and not misfits.isdisjoint((at - 1, at - 2))):
            continue
        here = at + 1
        while here < len(tokens) and (
            tokens[here].low in forms.BETWEEN or forms.is_manner(tokens[here])
        ):
            here += 1
        passive = _passive(tokens, here, low)
        found = passive or forms.attribute(tokens, here) or forms.participle(tokens, here)
        number = "s" if low in forms.ONE else "p"
        if low == "été":
            had = tokens[at - 1 - (tokens[at - 1].low in forms.ADVERBS)].low
            if had not in _HAD_ONE | _HAD_MANY:
                continue
            number = "s" if had in _HAD_ONE else "p"
        if (
            found is None
            or forms.goes_on(text, tokens[here])
            or any(slot[1] == number for slot in found)
        ):
            continue
        others = grammar.categories(tokens[here].text) - {"A", "V"}
        if others - {"N"} or (others and not passive):
            continue
        before = [token.low for token in tokens[max(0, at - forms.FAR) : at]]
        if "on" in before or before[-1] in ("s'", "c'") or not _SELF.isdisjoint(before[-3:]):
            continue
        if number == "s" and tokens[at - 1].low in ("rien", "tout", "t-il"):
            continue
        if not (passive and low == "été") and forms.bare_noun(tokens, here + 1):
            continue  # "est bon marché"
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            # The gender of a subject that stands further left is for the model to tell.
            genders = {slot[0] for slot in found}
            if low in _PASSIVE:
                genders = {"f"} if "elles" in before[-2:] else {"m", "f"}
            wanted = sorted({gender + number for gender in genders})
            yield Misfit(tokens[here], wanted, f"“{low}” has another number")


_PASSIVE = forms.MORE | {"été"}


_SELF = frozenset(("se", "ce"))


_THINGS = frozenset("partie face prise mise suite vue part proie fait maître sortie".split())
"""Participles that are nouns behind "sont" without an article."""


def _passive(tokens: Sequence[Token], here: int, be: str) -> grammar.Slots | None:
    """Gender and number of what can be nothing but a participle behind a form of "être".

    Behind "été" that is any participle, behind "sont" one that a preposition or a mark follows,
    though the word may be a noun ("réduit") or another form of the verb elsewhere.
    """
    if here >= len(tokens) or tokens[here].text != tokens[here].low:
        return None
    word = tokens[here].low
    if not grammar.categories(word) <= {"A", "V", "N"} or may_stay(word) or word in _THINGS:
        return None
    fits = be == "été" or (be in forms.MORE and _led(tokens, here))
    return grammar.slots(word, "K") if fits else None


def _led(tokens: Sequence[Token], here: int) -> bool:
    """Whether a preposition or a mark follows, as behind a participle."""
    after = tokens[here + 1] if here + 1 < len(tokens) else None
    return after is None or after.kind == "punct" or after.low in _LEADING


_LEADING = frozenset("de d' par à au aux dans en sur pour depuis".split())
