"""A name that is spelt with one letter more, less or other than elsewhere in the document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from mtrepair.languages import Token
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.names import Names
from mtrepair.languages.spelling import bare, distance
from mtrepair.rules.passage import Passage

_SHORTEST = 5
_RARE = 1
"""How often a misspelt form stands in a document at most."""
_ENDINGS = ("", "s", "e", "a", "i", "o", "es", "n", "is", "en", "ne", "an", "er")
"""What makes another name, or an inhabitant, of a name: "Martin", "Martine"."""

Place = tuple[Passage, Token]


def misspelt(
    passages: Sequence[Passage], given: frozenset[str]
) -> Iterator[tuple[Passage, Token, str]]:
    """The places of such forms, and the form that stands elsewhere.

    A form counts where it stands once and no list and no lexicon knows it; the other stands more
    often, or a list of names has it, or both have the same neighbour ("Kenji Morita").
    """
    places: dict[str, list[Place]] = defaultdict(list)
    for passage in passages:
        for token in passage.words:
            text = token.text
            if len(text) >= _SHORTEST and text[0].isupper() and text[1:].islower():
                places[text].append((passage, token))
    alike: dict[str, list[str]] = defaultdict(list)
    for form in places:
        alike[bare(form)[:2].lower()].append(form)
    for forms in alike.values():
        if len(forms) < 2:
            continue
        for form in forms:
            if len(places[form]) > _RARE or form in given or _is_word(form):
                continue
            right = _right(form, forms, places, given)
            if right is not None:
                passage, token = places[form][0]
                yield passage, token, right


def _is_word(form: str) -> bool:
    lexicon = Lexicon.load()
    low = form.lower()
    return bool(lexicon.readings(low)) or lexicon.english_zipf(low) >= 3.5


def _right(
    form: str, forms: Sequence[str], places: dict[str, list[Place]], given: frozenset[str]
) -> str | None:
    names = Names.load()
    known = bool(names.flags(form))
    best: list[tuple[int, str]] = []
    for other in forms:
        if other == form or abs(len(other) - len(form)) > 1 or _is_word(other):
            continue
        accents = bare(other).lower() == bare(form).lower()
        if not accents and (distance(bare(form), bare(other), 1) > 1 or _derived(form, other)):
            continue
        more = len(places[other]) > len(places[form]) or other in given
        beside = _shared(places[form][0], places[other])
        introduced = not known and _introduced(places[other][0])
        introduced = introduced and not _first(places[form][0], places[other])
        if beside or introduced or (more and (accents or not known)):
            if beside and not more and not _better(other, form, places):
                continue
            best.append((len(places[other]), other))
    return max(best)[1] if best else None


def _introduced(place: Place) -> bool:
    """Whether a name stands behind a given name: "Anjali Deshmukh"."""
    left = (text for side, text in _neighbours(place) if side == "left")
    return any(Names.load().given(text) for text in left)


def _derived(form: str, other: str) -> bool:
    """Whether one is the other with an ending, or they differ in their endings alone."""
    stem = 0
    while stem < min(len(form), len(other)) and form[stem] == other[stem]:
        stem += 1
    return stem >= 3 and form[stem:] in _ENDINGS and other[stem:] in _ENDINGS


def _better(other: str, form: str, places: dict[str, list[Place]]) -> bool:
    """Of two forms that stand once each: the one that a list of names has, or that comes first."""
    names = Names.load()
    if bool(names.flags(other)) != bool(names.flags(form)):
        return bool(names.flags(other))
    return not _first(places[form][0], places[other])


def _first(place: Place, others: Sequence[Place]) -> bool:
    return all(
        (place[0].index, place[1].start) < (passage.index, token.start) for passage, token in others
    )


def _shared(place: Place, others: Sequence[Place]) -> bool:
    """Whether the word has a neighbour with a capital that the other has on the same side too."""
    mine = _neighbours(place)
    return any(mine & _neighbours(other) for other in others)


def _neighbours(place: Place) -> Counter[tuple[str, str]]:
    passage, token = place
    found: Counter[tuple[str, str]] = Counter()
    words = passage.words
    at = next(i for i, word in enumerate(words) if word.start == token.start)
    for side, other in (("left", at - 1), ("right", at + 1)):
        if (
            0 <= other < len(words)
            and words[other].text[0].isupper()
            and len(words[other].text) > 2
        ):
            gap = passage.text[
                min(words[other].end, token.end) : max(words[other].start, token.start)
            ]
            if not gap.strip() and len(words[other].text) > 2:
                found[side, words[other].text] += 1
    return found
