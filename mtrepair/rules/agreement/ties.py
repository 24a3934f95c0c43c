"""Words that a tree ties together and that do not agree, whatever French might say for it.

``links.py`` leaves out what it has a reason for; here nearly every arc counts. ``signs.py`` writes
down what speaks for and against an error, ``weighed.py`` weighs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.grammar import Slots
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement.clash import ACRONYMS, DETERMINERS
from mtrepair.rules.agreement.nominal import (
    DOERS,
    apposed,
    fixed,
    listed,
    looks,
)
from mtrepair.rules.agreement.sentence import (
    COLLECTIVE,
    JOINING,
    NEVER,
    NUMERALS,
    SUBJECTS,
    Sentence,
    gerund,
    noun_slots,
)
from mtrepair.rules.agreement.subjects import slots_of, subject
from mtrepair.rules.agreement.verbal import STATE

KINDS = ("determiner", "adjective", "predicate", "verb", "opening", "object")


@dataclass(frozen=True, slots=True)
class Tie:
    """Two words of a sentence that should agree.

    Attributes:
        kind: one of :data:`KINDS`.
        target: index in the sentence of the word that inflects for the other.
        controller: index of the noun or pronoun.
        found: the slots (for a verb, the persons) of the target.
        wanted: those of the controller.
        arcs: indices of the words whose arcs tie the two.
    """

    kind: str
    target: int
    controller: int
    found: frozenset[str]
    wanted: frozenset[str]
    arcs: tuple[int, ...]

    @property
    def number(self) -> bool:
        """Whether the two have no number in common."""
        return not {slot[1] for slot in self.found} & {slot[1] for slot in self.wanted}

    @property
    def agrees(self) -> bool:
        """Whether there is a way to read the two that agrees."""
        return bool(self.found & self.wanted)


def ties(s: Sentence) -> Iterator[Tie]:
    """Every tie of a sentence, those that agree too."""
    tree = s.tree
    for i, relation in enumerate(tree.relations):
        head = tree.heads[i]
        if head < 0:
            continue
        if relation == "det" or (relation == "amod" and s.low[i] in _ALL):
            yield from _determiner(s, i, head)
        elif relation in ("amod", "acl"):
            yield from _adjective(s, i, head, (i,))
            if relation == "acl" and i < 2:
                yield from _opening(s, i)
        elif relation == "advcl":
            yield from _opening(s, i)
        elif relation == "conj" and tree.relations[head] in ("amod", "acl"):
            yield from _adjective(s, i, tree.heads[head], (i, head))
        elif relation in SUBJECTS:
            yield from _subject(s, i, head)
        elif relation == "obj" or (relation == "mark" and s.low[i] in ("que", "qu'")):
            yield from _of_object(s, i, head)


def _of_object(s: Sentence, i: int, head: int) -> Iterator[Tie]:
    """What a verb makes of its object at ``i``, and what a participle has to agree with.

    "a rendu publique la liste", "les erreurs que cette version a provoquées"
    """
    if s.low[i] in ("que", "qu'"):
        noun = s.tree.heads[head]
        have = [j for j in s.children(head, "aux") if grammar.is_form_of(s.low[j], "avoir")]
        if have and s.tree.relations[head] == "acl:relcl" and 0 <= noun < i and s.is_noun(noun):
            found, slots = grammar.slots(s.low[head], "K"), slots_of(s, noun)
            if found is not None and slots is not None and _word(s, head):
                yield Tie("object", head, noun, found, slots, (i, head))
        return
    if not s.is_noun(i):
        return
    for j in s.children(head, "xcomp"):
        found, slots = grammar.slots(s.low[j], "AK"), slots_of(s, i)
        if s.tree.tags[j] not in ("ADJ", "VERB") or found is None or slots is None:
            continue
        if _word(s, j):
            yield Tie("object", j, i, found, slots, (i, j))


_ALL = frozenset(
    "tout toute tous toutes certain certaine certains certaines quel quelle quels quelles".split()
)


def _word(s: Sentence, i: int) -> bool:
    if s.usable(i) or s.low[i] in _SHORT:
        return True
    token = s.words[i]  # "candidates" is more frequent in English
    if token.text != token.low or not s.plain(i) or grammar.may_be_country(token.low):
        return False
    return Lexicon.load().zipf(token.low) >= _KNOWN


_KNOWN = 3.0
_SHORT = frozenset("a as ai es va vas nu né".split())
"""Words of fewer than three letters that inflect."""


def _determiner(s: Sentence, i: int, head: int) -> Iterator[Tie]:
    fits = DETERMINERS.get(s.low[i])
    if fits is None and s.low[i] in _ALL:
        fits = grammar.slots(s.low[i], "A")
    if (
        fits is None
        or i > head
        or _foreign_after(s, head)
        or s.tree.tags[head] != "NOUN"
        or not _word(s, head)
    ):
        return
    if all(slot[1] == "p" for slot in fits) and (s.joined(head) or listed(s, i, head, fits)):
        return  # "ses père et mère"
    if s.low[i] in ("un", "une") and i and s.low[i - 1] in ("et", "l'", "quelqu'", "les"):
        return  # "trente et un jours"
    if clitic(s, i, head) or (s.low[i] == "quelque" and "que" in s.low[head + 1 : head + 2]):
        return  # "quelque généraux que soient les termes"
    found = noun_slots(s.low[head])
    if found is not None:
        yield Tie("determiner", i, head, fits, found, (i,))


TO_YOU = frozenset(("2s", "2p"))
"""Persons that a verb seldom has in prose: "usines" is a noun."""


def clitic(s: Sentence, i: int, word: int) -> bool:
    """Whether what looks like an article may be the object of a verb: "comme le note Foucher"."""
    if s.low[i] not in ("le", "la", "l'", "les"):
        return False
    low = s.low[word]
    if grammar.is_infinitive(low) or low.endswith("ant"):
        return True
    before = s.low[i - 1] if i else ""
    return bool(grammar.persons(low) - TO_YOU) and before not in grammar.PREPOSITIONS


_NO_NOUNS = frozenset(("fois", "chose", *NUMERALS))


def _no_epithet(s: Sentence, i: int, head: int, found: Slots, noun: Slots) -> bool:
    """Whether what stands beside a noun is no adjective of its own."""
    low = s.low[i]
    # "la première fois", but "trois fois plus grand"
    first = i == head - 1 and s.low[head] == "fois"
    if (s.low[head] in _NO_NOUNS and not first) or gerund(s, i):
        return True
    if s.low[head] == "avenir" and head > 1 and s.low[head - 2] == "à":
        return True  # "des règles à l'avenir nécessaires"
    if s.low[head] == "côté" and not s.children(head, "det"):
        return True  # "Côté émetteurs"
    if i < head and s.joined(head) and all(slot[1] == "p" for slot in found):
        return True  # "les mêmes nom et adresse"
    if i < head and low in NEVER and not (first and low == "premier"):
        return True
    if i > head and s.low[head] == "air" and looks(s.low, head):
        return True
    if i == head + 1:
        if low.endswith(DOERS) or (apposed(low) and grammar.slots(low, "K") is None):
            return True  # "les retours utilisateur"
        verb = any("3" + slot[1] in grammar.persons(low) for slot in noun)
        if verb and (
            s.tree.heads[head] == i
            or s.tree.tags[i] == "VERB"
            or "A" not in grammar.categories(low)
        ):
            return True  # "les deux outils divergent"
    plural = any(slot[1] == "p" for slot in found)
    if not plural and all(slot[1] == "p" for slot in noun) and i + 1 < len(s.low):
        # "les gouvernements allemand et français", "les composants rouge, vert et bleu"
        after, then = s.low[i + 1], s.low[i + 2] if i + 2 < len(s.low) else ""
        another = grammar.slots(then, "AK") is not None and then not in DETERMINERS
        return another and (after == "," or after in JOINING)
    return False


def _of_many(s: Sentence, controller: int, found: frozenset[str]) -> bool:
    """Whether a verb or predicate may follow the sense: "bon nombre d'étudiants agissent"."""
    if any(slot[1] == "s" for slot in found):
        return False
    low = s.low[controller]
    if low == "pourcent":
        return True
    if low == "nombre":  # "le nombre de cas" is one, "un certain nombre de cas" are many
        return not any(s.low[d] == "le" for d in s.children(controller, "det"))
    following = s.low[controller + 1] if controller + 1 < len(s.low) else ""
    return (low in COLLECTIVE or low.endswith("aine")) and following in ("de", "d'", "des")


def _adjective(s: Sentence, i: int, head: int, arcs: tuple[int, ...]) -> Iterator[Tie]:
    if head < 0 or not s.is_noun(head) or not _word(s, i) or not _word(s, head) or fixed(s, i):
        return
    found = grammar.slots(s.low[i], "AK")
    noun = ACRONYMS.get(s.words[head].text) or noun_slots(s.low[head])
    if found is None or noun is None:
        return
    if _no_epithet(s, i, head, found, noun):
        return
    for d in s.children(head, "det"):  # "les voix", "le bras"
        fits = DETERMINERS.get(s.low[d])
        if fits is not None and fits & noun:
            noun &= fits
    others = [j for j in (arcs[-1], *s.children(i, "conj")) if j != i]
    if others and all(slot[1] == "s" for slot in found) and not _many(s, others):
        return  # "les langues bulgare et roumaine"
    yield Tie("adjective", i, head, found, noun, arcs)


def _many(s: Sentence, adjectives: Sequence[int]) -> bool:
    """Whether one of some adjectives is plural: "des machines plus puissantes et plus fiable"."""
    slots = [grammar.slots(s.low[j], "AK") for j in adjectives]
    return any(found is not None and all(slot[1] == "p" for slot in found) for found in slots)


def _opening(s: Sentence, i: int) -> Iterator[Tie]:
    """A participle before the subject of the clause it belongs to."""
    found = grammar.slots(s.low[i], "K")
    head = s.tree.heads[i]
    if found is None or not _word(s, i) or s.children(i, "aux", "aux:pass", "mark"):
        return
    for j in s.children(head, *SUBJECTS):
        noun = slots_of(s, j)
        if j > i and noun is not None:
            yield Tie("opening", i, j, found, noun, (i, j))


def _subject(s: Sentence, i: int, head: int) -> Iterator[Tie]:
    """The subject at ``i`` with its verbs and predicates."""
    found = subject(s, i, head)
    if found is None:
        return
    for verb in (head, *s.children(head, "conj")):
        if verb != head and s.children(verb, *SUBJECTS, "expl:subj"):
            continue
        way = found.arcs if verb == head else (*found.arcs, verb)
        yield from _finite(s, found.controller, verb, found.persons, way)
        if found.slots is not None:
            yield from _predicate(s, found.controller, verb, found.slots, way)


def _finite(
    s: Sentence, controller: int, head: int, persons: frozenset[str], arcs: tuple[int, ...]
) -> Iterator[Tie]:
    helpers = [j for j in s.children(head, "aux", "aux:pass", "cop") if s.tree.tags[j] == "AUX"]
    verb = min(helpers) if helpers else head
    if not helpers and s.tree.tags[head] not in ("VERB", "AUX"):
        return
    found = grammar.persons(s.low[verb])
    if (
        found
        and (verb > controller or _inverted(s, controller, head))
        and _word(s, verb)
        and not _of_many(s, controller, found)
        and not _foreign_after(s, controller)
        and not _taken(s, controller, verb, head)
    ):
        yield Tie("verb", verb, controller, found, persons, (*arcs, *helpers[:1]))


def _taken(s: Sentence, controller: int, verb: int, head: int) -> bool:
    """Whether one of the two has another partner.

    "Des logements, il n'y en a plus": a pronoun is the subject; "le vrai problème sont les prix":
    the attribute decides; "les réserves dont dispose l'archipel suffisent": the noun is the subject
    of the verb before it.
    """
    if any(s.low[j] in _PRONOUNS for j in range(max(controller + 1, verb - _NEAR), verb)):
        return True
    plain = s.is_noun(controller) and s.is_noun(head)
    if plain and "3p" in grammar.persons(s.low[verb]) and verb in s.children(head, "cop"):
        return True
    many = all(person[1] == "p" for person in grammar.persons(s.low[verb]))
    if many and s.is_noun(controller) and _another(s, controller, verb):
        return True
    before = range(max(0, controller - _NEAR), controller - 1)
    return any(
        s.low[j] in ("que", "qu'", "dont", "où") and s.tree.tags[j + 1] in ("VERB", "AUX")
        for j in before
    )


def _another(s: Sentence, controller: int, verb: int) -> bool:
    """Whether another noun is added between: "le contrôle des notes et l'analyse avancent"."""
    return any(
        s.low[j] in ("et", "ainsi") and (s.low[j + 1] in DETERMINERS or s.low[j + 1] == "que")
        for j in range(controller + 1, verb - 1)
    )


_PRONOUNS = frozenset("il elle on ils elles je j' tu c' ce".split())
_NEAR = 7


def _inverted(s: Sentence, controller: int, head: int) -> bool:
    """Whether a subject stands behind its verb: "dans la cour attendent deux ministres"."""
    others = [j for j in s.children(head, *SUBJECTS, "expl:subj") if j != controller]
    return (
        controller > head
        and s.is_noun(controller)
        and not others
        and not s.children(head, "cop")
        and s.low[head] not in _LEFT_ALONE
    )


_LEFT_ALONE = frozenset("vive soit reste restait restera".split())
"""Verbs that need not agree with what follows: "reste deux questions"."""


def _foreign_after(s: Sentence, noun: int) -> bool:
    """Whether the word behind a noun is none of French: "les pull requests ont été fusionnées"."""
    after = s.words[noun + 1] if noun + 1 < len(s.words) else None
    if after is None or not after.text.islower() or after.kind != "word":
        return False
    lexicon = Lexicon.load()
    english = lexicon.english_zipf(after.low) > lexicon.zipf(after.low) + 1.0
    return english or not grammar.categories(after.low)


def _to_themselves(s: Sentence, head: int, participle: int) -> bool:
    """Whether the reflexive pronoun is no direct object: "ils se sont parlé", "elle s'est lavé les
    mains"."""
    if not s.children(head, "expl", "iobj", "obj") or participle != head:
        return False
    if any(s.is_noun(j) and j > participle for j in s.children(participle, "obj")):
        return True
    return not _GIVEN.isdisjoint(grammar.verb_lemmas(s.low[participle]))


_GIVEN = frozenset(
    """parler arroger plaire complaire déplaire succéder ressembler sourire nuire rire téléphoner
    écrire mentir répondre survivre suffire""".split()
)
"""Verbs whose reflexive pronoun is an indirect object."""


_BE = STATE | {"été"}
"""What stands before a predicate like "être" does: "les pistes resteront fermées"."""


def _predicate(
    s: Sentence, controller: int, head: int, slots: Slots, arcs: tuple[int, ...]
) -> Iterator[Tie]:
    be = s.children(head, "cop", "aux:pass", "aux")
    if any(grammar.is_form_of(s.low[j], "être") or s.low[j] in _BE for j in be):
        more = (j for j in s.children(head, "conj", "xcomp") if j > head)
        targets = [head, *(j for j in more if not s.children(j, *SUBJECTS))]
    elif any(
        s.is_noun(j) for k in (head, *s.children(head, "xcomp")) for j in s.children(k, "obj")
    ):
        return  # "le maire juge utiles les travaux"
    else:
        targets = s.children(head, "xcomp")
        if s.low[head] in STATE:
            targets += s.children(head, "obj", "amod", "advmod")
        for verb in targets[:]:  # "devraient redevenir normales"
            if grammar.is_infinitive(s.low[verb]):
                targets += s.children(verb, "xcomp", "obj")
    for target in targets:
        if s.tree.tags[target] not in ("ADJ", "VERB") or not _word(s, target):
            continue
        if target < controller:
            continue
        if s.children(head, "expl") and grammar.is_infinitive(
            "".join(s.low[target + 1 : target + 2])
        ):
            continue  # "ils se sont entendu dire"
        if _to_themselves(s, head, target):
            continue
        found = grammar.slots(s.low[target], "AK")
        if found is not None and not _of_many(s, controller, found):
            yield Tie("predicate", target, controller, found, slots, (*arcs, target))
