"""Participles with "avoir", which agree with an object before them and with nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.rules.agreement import forms, opening
from mtrepair.rules.agreement.forms import Misfit
from mtrepair.rules.agreement.sentence import NUMERALS, may_stay
from mtrepair.rules.passage import Passage


def misfits(passage: Passage) -> Iterator[Misfit]:
    """The participles with "avoir" that agree with the wrong thing, or with none."""
    yield from _objects(passage)
    yield from _inverted(passage)
    yield from _pronouns(passage)
    yield from _before(passage)
    yield from _second_objects(passage)
    yield from _rendered(passage)
    yield from _granted(passage)
    yield from _of_them(passage)


def _of_them(passage: Passage) -> Iterator[Misfit]:
    """ "nous n'en avons vus que dix": "en" is no object that a participle agrees with."""
    text, tokens = passage.text, passage.tokens
    if "en" not in passage.vocabulary:
        return
    for at in range(1, len(tokens) - 2):
        if tokens[at].low != "en" or tokens[at + 1].low not in _HAVE_ALL | _SPOKEN.keys():
            continue
        here = at + 2
        while here < len(tokens) - 1 and tokens[here].low in forms.ADVERBS - {"été"}:
            here += 1
        word = tokens[here]
        slots = grammar.slots(word.low, "K")
        if slots is None or "ms" in slots or word.text != word.low or forms.goes_on(text, word):
            continue
        before = {token.low for token in tokens[max(0, at - forms.FAR) : at]}
        if before & _BEFORE_OBJECT or tokens[at - 1].low in ("l'", "les", "la", "le", "nous"):
            continue
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            yield Misfit(word, ["ms"], "“en” is no object that it agrees with")


_TO_SOMEBODY = frozenset(
    "permettre demander dire promettre proposer conseiller interdire ordonner suggérer".split()
)
_SOMEBODY = frozenset("nous vous lui leur m' t'".split())


def _granted(passage: Passage) -> Iterator[Misfit]:
    """ "elle nous a permise de partir": to whom is no object that a participle agrees with."""
    text, tokens = passage.text, passage.tokens
    for at in range(1, len(tokens) - 2):
        if tokens[at].low not in _HAVE_ALL or tokens[at - 1].low not in _SOMEBODY:
            continue
        here = at + 1
        while here < len(tokens) - 2 and "ADV" in grammar.categories(tokens[here].low):
            here += 1
        word = tokens[here]
        slots = grammar.slots(word.low, "K")
        if slots is None or "ms" in slots or tokens[here + 1].low not in ("de", "d'"):
            continue
        before = {token.low for token in tokens[max(0, at - forms.FAR) : at]}
        if _TO_SOMEBODY.isdisjoint(grammar.lemmas(word.low, "V")) or before & _BEFORE_OBJECT:
            continue
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            yield Misfit(word, ["ms"], f"“{tokens[at - 1].text}” is no object of it")


_HAVE_ALL = forms.HAVE | {"avoir"}
_RENDERED: dict[str, grammar.Slots] = {
    "les": frozenset({"mp", "fp"}), "la": frozenset({"fs"}), "le": frozenset({"ms"}),
}  # fmt: skip


def _rendered(passage: Passage) -> Iterator[Misfit]:
    """ "leur prix les rend inaccessible": the adjective speaks of the object before the verb."""
    text, tokens = passage.text, passage.tokens
    for at in range(len(tokens) - 2):
        wanted = _RENDERED.get(tokens[at].low)
        if wanted is None or not grammar.persons(tokens[at + 1].low):
            continue
        if not grammar.is_form_of(tokens[at + 1].low, "rendre"):
            continue
        here = at + 2
        while here < len(tokens) - 1 and tokens[here].low in forms.BETWEEN:
            here += 1
        word, found = tokens[here], forms.attribute(tokens, here)
        if found is None or found & wanted or grammar.categories(word.low) - {"A"}:
            continue
        if forms.goes_on(text, word) or forms.bare_noun(tokens, here + 1):
            continue
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            yield Misfit(word, sorted(wanted), f"it is said of “{tokens[at].text}”")


def _second_objects(passage: Passage) -> Iterator[Misfit]:
    """ "il a marqué douze buts et délivrés neuf passes": the second participle has its object."""
    text, tokens = passage.text, passage.tokens
    if "et" not in passage.vocabulary or passage.vocabulary.isdisjoint(forms.HAVE):
        return
    for at in range(3, len(tokens) - 2):
        if tokens[at].low != "et":
            continue
        word, after = tokens[at + 1], tokens[at + 2]
        slots = grammar.slots(word.text, "K")
        if slots is None or "ms" in slots or grammar.verb_forms(word.text) != {"K"}:
            continue
        if not grammar.categories(word.text) <= {"A", "V"} or word.text != word.low:
            continue
        if after.low not in forms.ARTICLES - {"des", "leur"} and after.low not in NUMERALS:
            continue
        first = max(0, at - forms.FAR)
        before = [token.low for token in tokens[first:at]]
        if not _BEFORE_OBJECT.isdisjoint(before) or any(
            t.kind == "punct" for t in tokens[first:at]
        ):
            continue
        active = any(
            low in forms.HAVE
            and grammar.slots(tokens[first + i + 1].text, "K") is not None
            and "ms" in (grammar.slots(tokens[first + i + 1].text, "K") or ())
            and tokens[first + i - 1].low not in forms.CLITICS
            for i, low in enumerate(before[:-2])
            if first + i  # what stands before it tells
        )
        if active and grammar.adjacent(text, tokens[at], word):
            yield Misfit(word, ["ms"], "its object stands behind it")


_SPEAKERS = frozenset("je j' tu il elle on nous vous ils elles".split())


_NO_OBJECT = frozenset(
    """pouvoir devoir vouloir falloir croire penser dire faire laisser savoir voir entendre
    souhaiter espérer valoir coûter peser durer vivre courir dormir régner sembler""".split()
)
"""Verbs whose participle has often no object before it, though "que" is there."""


NOUNS_OF_CLAUSES = frozenset(
    """idée fait preuve impression sentiment espoir certitude conviction hypothèse annonce nouvelle
    rumeur crainte peur chance possibilité risque condition signe raison conclusion croyance
    accusation affirmation information conscience sorte point mesure fois temps moment jour an année
    mois semaine heure époque bref façon manière vérité évidence preuves signes""".split()
)
"""Nouns behind which "que" may open a clause that has an object of its own."""


_WITH_NOUN = frozenset("les la cette ces ses sa mes ma nos leurs une des plusieurs vos".split())


def _before(passage: Passage) -> Iterator[Misfit]:
    """ "les scènes que nous avons tourné": with "avoir" and its object before it."""
    tokens = passage.tokens
    if passage.vocabulary.isdisjoint(("que", "qu'")):
        return
    for at in range(2, len(tokens) - 3):
        if tokens[at].low not in ("que", "qu'"):
            continue
        noun = tokens[at - 1]
        behind = noun.text.isupper() and at > 2  # "la clé USB que"
        if behind:
            noun = tokens[at - 2]
        wanted = grammar.slots(noun.low, "N")
        if wanted is None or "ms" in wanted or noun.low in NOUNS_OF_CLAUSES:
            continue
        if not grammar.is_plain_noun(noun.text, after_pronoun_like=False):
            continue
        if tokens[at - 2 - behind].low not in _WITH_NOUN:
            continue
        here = _past_subject(passage, at + 1)
        if here is None:
            continue
        while here < len(tokens) and tokens[here].low in ("ne", "n'"):
            here += 1
        if here >= len(tokens) or not grammar.is_form_of(tokens[here].low, "avoir"):
            continue
        here += 1
        while here < len(tokens) and tokens[here].low in forms.ADVERBS:
            here += 1
        if here >= len(tokens) or not _ends_clause(tokens, here):
            continue
        word = tokens[here]
        found = grammar.slots(word.low, "K") or grammar.ALL
        only = "ms" in found and not found & wanted
        object_before = only and _NO_OBJECT.isdisjoint(grammar.lemmas(word.low, "V"))
        if object_before and word.text == word.low and not forms.goes_on(passage.text, word):
            why = f"its object “{noun.text}” is before it"
            yield Misfit(word, sorted(wanted), why)


def _past_subject(passage: Passage, at: int) -> int | None:
    """The place behind the pronoun or short noun phrase at ``at``."""
    if passage.tokens[at].low in _SPEAKERS:
        return at + 1
    found = opening.subject(passage.text, passage.tokens, at)
    return None if found is None else found.after


def _ends_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether no object and no infinitive can stand behind the participle at ``at``."""
    if at + 1 >= len(tokens):
        return True
    after = tokens[at + 1]
    if after.kind == "punct":
        return after.text in (",", ".", "!", "?", ";", "»")
    if after.low in ("à", "de", "d'"):
        follows = tokens[at + 2].low if at + 2 < len(tokens) else ""
        return follows in grammar.DETERMINERS
    if after.low in _AFTER or grammar.is_form_of(after.low, "être"):
        return True
    return bool(grammar.persons(after.low)) and grammar.categories(after.low) == {"V"}


_AFTER = frozenset(
    """ailleurs auparavant avant sur dans pendant depuis en avec pour au aux chez lors hier et
    mais""".split()
)


def _objects(passage: Passage) -> Iterator[Misfit]:
    """ "ils ont accusés le maire": with "avoir" and its object behind it no participle agrees."""
    have = forms.HAVE | {"avoir", *_SPOKEN}
    if passage.vocabulary.isdisjoint(have):
        return
    text, tokens = passage.text, passage.tokens
    for at in range(1, len(tokens) - 2):
        if tokens[at].low not in have:
            continue
        if tokens[at - 1].low in forms.CLITICS and tokens[at - 1].low != _SPOKEN.get(
            tokens[at].low
        ):
            continue
        here = at + 1
        if tokens[here].low in _AFTER_HAVE or forms.is_manner(tokens[here]):
            here += 1
        further = here + 1 + (here + 1 < len(tokens) and forms.is_manner(tokens[here + 1]))
        after = tokens[further] if further < len(tokens) else None
        if after is None or (after.kind == "punct" and not _qui(tokens, at)):
            continue
        close = after.low in forms.ARTICLES or after.low in _SOME or after.kind == "number"
        close = close or after.low in NUMERALS
        close = close or _governs(word=tokens[here], after=after)
        relative = _qui(tokens, at) and forms.participle(tokens, here) is not None
        if (
            not close
            and not relative
            and (after.low not in _OPENING_REST or not _is_subject(tokens, at - 1))
        ):
            continue
        word = tokens[here]
        slots = grammar.slots(word.text, "K")
        if (
            forms.goes_on(text, word)
            or slots is None
            or "ms" in slots
            or word.text != word.low
            or not word.text.isalpha()
        ):
            continue
        before = [token.low for token in tokens[max(0, at - forms.FAR) : at]]
        if not _BEFORE_OBJECT.isdisjoint(before):
            continue
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            yield Misfit(word, ["ms"], "its object stands behind it")


_SOME = frozenset(
    "tous toutes aucun aucune plusieurs quelques certains certaines chaque tout toute".split()
)


def _qui(tokens: Sequence[Token], at: int) -> bool:
    """Whether "qui" is the subject of "avoir" at ``at``, with no pronoun between: no object is."""
    before = at - 1 - (tokens[at - 1].low in ("ne", "n'"))
    return tokens[before].low == "qui"


_OBJECT_PRONOUNS: dict[str, grammar.Slots] = {
    "l'": frozenset({"ms", "fs"}), "les": frozenset({"mp", "fp"}),
}  # fmt: skip


_NEVER = frozenset(("point", "mal"))


_CAUSES = frozenset("faire laisser voir entendre sentir écouter regarder devoir pouvoir".split())
"""Verbs whose participle need not agree with the object of the infinitive behind it."""


def _pronouns(passage: Passage) -> Iterator[Misfit]:
    """ "ils l'ont découverts", "il les a invité": "l'" is one, and "les" are several."""
    text, tokens = passage.text, passage.tokens
    for at in range(len(tokens) - 2):
        wanted = _OBJECT_PRONOUNS.get(tokens[at].low)
        if wanted is None or tokens[at + 1].low not in forms.HAVE or tokens[at].text.isupper():
            continue
        here = at + 2
        while here < len(tokens) - 1 and tokens[here].low in forms.ADVERBS - {"été"}:
            here += 1
        slots = grammar.slots(tokens[here].text, "K")
        if slots is None or {s[1] for s in slots} & {s[1] for s in wanted}:
            continue
        word = tokens[here]
        if word.text != word.low or may_stay(word.low) or word.low in _NEVER:
            continue
        if not _CAUSES.isdisjoint(grammar.lemmas(word.low, "V")) or forms.goes_on(text, word):
            continue
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            yield Misfit(word, sorted(wanted), f"its object is “{tokens[at].text}”")


def _inverted(passage: Passage) -> Iterator[Misfit]:
    """ "…, ont-ils écrits": what was said stands before, and agrees with nothing."""
    tokens = passage.tokens
    for at in range(1, len(tokens) - 1):
        if tokens[at - 1].text not in _QUOTED or not _HAVE_THEY.fullmatch(tokens[at].low):
            continue
        word = tokens[at + 1]
        slots = grammar.slots(word.text, "K")
        if (
            slots is not None
            and "ms" not in slots
            and grammar.adjacent(passage.text, tokens[at], word)
        ):
            yield Misfit(word, ["ms"], "what was said is no object that it agrees with")


_QUOTED = frozenset((",", "»", "”", '"'))


_HAVE_THEY = re.compile(r"(?:a-t|avait|ont|avaient)-(?:il|elle|on|ils|elles)")


_SPOKEN = {"avons": "nous", "avez": "vous"}
"""Forms of "avoir" whose subject looks like an object."""


_AFTER_HAVE = frozenset(
    "pas plus jamais toujours déjà aussi également ensuite souvent encore finalement même".split()
)


_OPENING_REST = frozenset(
    """que qu' à au aux en dans sur pour par avec lundi mardi mercredi jeudi vendredi samedi
    dimanche hier de d' plus moins""".split()
)


def _governs(word: Token, after: Token) -> bool:
    """Whether "voulus offrir": a participle whose object is the infinitive behind it."""
    known = not _GOVERNING.isdisjoint(grammar.lemmas(word.low, "V"))
    return known and grammar.is_infinitive(after.low)


_GOVERNING = frozenset("vouloir pouvoir devoir savoir oser".split())


def _is_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word before "avoir" can be its subject alone: "ils", "qui", a noun."""
    token = tokens[at]
    if token.low in ("ils", "elles", "il", "elle", "qui"):
        return True
    found = grammar.categories(token.low)
    noun = at > 0 and found <= {"A", "N"} and "N" in grammar.categories(tokens[at - 1].low)
    # "les analyses génétiques ont confirmés"; "l'enquête a montrée"
    if at > 0 and "N" in found and tokens[at - 1].low in grammar.DETERMINERS:
        return True
    return found == {"N"} or (bool(found) and noun) or token.text[:1].isupper()


_BEFORE_OBJECT = frozenset(
    "que qu' dont combien lequel laquelle lesquels lesquelles quel quelle quels quelles".split()
)
"""Words after which the object may stand before its verb: "les amis que le maire a accusés"."""
