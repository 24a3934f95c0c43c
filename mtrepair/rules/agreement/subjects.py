"""Who the subject is of a word that the tree calls one: what its verb and its predicate must fit.

"beaucoup de voisins" are many, "les Pays-Bas" too, "mon frère et moi" are we, and "toi qui" wants
the second person. ``ties.py`` asks.

Source: Grevisse & Goosse, Le bon usage, § 431 (quantities), § 928 (accord du verbe).
"""

from __future__ import annotations

from dataclasses import dataclass

from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.grammar import Slots
from mtrepair.rules.agreement.clash import DETERMINERS, FP, MP
from mtrepair.rules.agreement.sentence import (
    PERSONS,
    PRONOUN_SLOTS,
    Sentence,
    noun_slots,
)
from mtrepair.rules.agreement.verbal import DRESS, as_well, something


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb.

    Attributes:
        controller: the index of the word that decides.
        persons: the persons that the verb may have.
        slots: the genders and numbers that a predicate may have; None where nobody knows.
        arcs: indices of the words whose arcs tie it to the verb.
    """

    controller: int
    persons: frozenset[str]
    slots: Slots | None
    arcs: tuple[int, ...]


_DEMONSTRATIVES: dict[str, tuple[str, Slots | None]] = {
    "ceux": ("3p", MP),
    "celles": ("3p", FP),
    "celui": ("3s", None),
    "celle": ("3s", None),
}
_STRESSED = {"moi": "1s", "toi": "2s", "lui": "3s", "eux": "3p"}
_MANY = frozenset("plupart beaucoup peu trop tant combien plus moins".split())
"""Words whose verb follows what they count."""


def subject(s: Sentence, i: int, head: int) -> Subject | None:
    """The subject that stands at ``i`` and hangs on ``head``; None where nothing can be said."""
    if s.low[i] == "qui":
        return _relative(s, i, head)
    if s.low[i] in _MANY:
        return _counted(s, i)
    if as_well(s, i):
        return None
    return _plain(s, i, (i,))


def _relative(s: Sentence, i: int, head: int) -> Subject | None:
    """Whom "qui" at ``i`` stands for."""
    controller = s.tree.heads[head]
    if s.tree.relations[head] not in ("acl:relcl", "acl", "advcl") or not 0 <= controller < i:
        return None
    arcs = (i, head)
    low = s.low[controller]
    person = _STRESSED.get(low) or PERSONS.get(low)
    if person is not None:
        if person[0] != "3" and controller < i - 2:
            return None
        return Subject(controller, frozenset({person}), PRONOUN_SLOTS.get(low), arcs)
    return _plain(s, controller, arcs)


def _counted(s: Sentence, i: int) -> Subject | None:
    """What "beaucoup", "la plupart" or "combien" at ``i`` counts."""
    for noun in s.children(i, "nmod", "obl"):
        of = [s.low[j] for j in s.children(noun, "case")]
        found = s.noun(noun) if s.is_noun(noun) and s.usable(noun) else None
        if found is None or of not in (["de"], ["d'"], ["des"]) or s.joined(noun):
            continue
        return Subject(noun, frozenset("3" + slot[1] for slot in found), found, (i, noun))
    return None


def _plain(s: Sentence, i: int, arcs: tuple[int, ...]) -> Subject | None:
    low = s.low[i]
    if s.is_noun(i) and not s.children(i, *DRESS):
        return None  # what stands in code, a list without articles
    others = [s.low[j] for j in s.children(i, "conj")]
    if others and (person := _together(s, i, [low, *others])):
        return Subject(i, frozenset({person}), None, arcs)
    if low in _DEMONSTRATIVES:
        person, slots = _DEMONSTRATIVES[low]
        return Subject(i, frozenset({person}), slots, arcs)
    if low in PERSONS:
        return Subject(i, frozenset({PERSONS[low]}), PRONOUN_SLOTS.get(low), arcs)
    found = _named(s, i) if s.tree.tags[i] == "PROPN" else slots_of(s, i)
    if found is None:
        return None
    return Subject(i, frozenset("3" + slot[1] for slot in found), found, arcs)


def _together(s: Sentence, i: int, words: list[str]) -> str | None:
    """The person of several of whom one speaks or is spoken to: "vous et votre fils"."""
    if not any(s.low[j] == "et" for k in s.children(i, "conj") for j in s.children(k, "cc")):
        return None
    said = {_STRESSED.get(word) or PERSONS.get(word) or "3s" for word in words}
    if said & {"1s", "1p"}:
        return "1p"
    return "2p" if said & {"2s", "2p"} else None


def _named(s: Sentence, i: int) -> Slots | None:
    """The number of a name by its article; several names with "et" are many."""
    if not s.words[i].text[:1].isupper() or s.children(i, "nummod", "appos"):
        return None
    if others := s.children(i, "conj"):
        links = [s.low[j] for k in others for j in s.children(k, "cc")]
        return MP | FP if links == ["et"] else None
    for d in s.children(i, "det"):
        fits = DETERMINERS.get(s.low[d])
        if fits is not None and d == i - 1:
            return frozenset(gender + slot[1] for slot in fits for gender in "mf")
    return None


def slots_of(s: Sentence, i: int) -> Slots | None:
    """Gender and number of a noun or pronoun."""
    if something(s, i):
        return None
    if s.is_noun(i) and (s.usable(i) or grammar.categories(s.low[i]) == {"N"}):
        found = s.noun(i)
        others = s.children(i, "conj")
        if found is None or not others:
            return found
        every = [found, *(noun_slots(s.low[j]) or MP for j in others)]
        return FP if all(all(x[0] == "f" for x in slots) for slots in every) else MP
    return PRONOUN_SLOTS.get(s.low[i])
