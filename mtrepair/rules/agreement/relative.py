"""“lequel” and its forms, against the nouns that stand before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.grammar import Slots
from mtrepair.rules.passage import Passage

ROWS = (
    {"ms": "lequel", "fs": "laquelle", "mp": "lesquels", "fp": "lesquelles"},
    {"ms": "auquel", "mp": "auxquels", "fp": "auxquelles"},
    {"ms": "duquel", "mp": "desquels", "fp": "desquelles"},
)
_SLOT = {form: slot for row in ROWS for slot, form in row.items()}
_WHOLE = {"fs": ("à laquelle", "de laquelle")}
_NEAR = 4
"""Words before the pronoun among which a noun must stand."""
_OPEN = frozenset(
    "celui celle ceux celles quoi rien personne quelqu' chacun savoir demander".split()
)


def misfits(passage: Passage) -> Iterator[tuple[Token, list[str]]]:
    """The pronouns that no noun before them in their sentence fits, with the forms that would."""
    tokens = passage.tokens
    starts = passage.openings
    for at, token in enumerate(tokens):
        own = _SLOT.get(token.low)
        if own is None or token.text != token.low or at < 2:
            continue
        first = next((i for i in range(at, -1, -1) if tokens[i].start in starts), 0)
        nearest = _nearest(tokens[first:at], own)
        if nearest is None:
            continue
        row = next(row for row in ROWS if token.low in row.values())
        forms = [row[slot] for slot in sorted(nearest, reverse=True) if slot in row]
        if "fs" in nearest and "fs" not in row:
            forms.insert(0, _WHOLE["fs"][token.low.startswith("d")])
        if forms:
            yield token, forms


def _nearest(before: Sequence[Token], own: str) -> Slots | None:
    """The slots of the noun nearest to the pronoun, where no noun has its slot; else None."""
    if not before or len(before) < 2:
        return None
    last = before[-1]
    place = len(before) - 1
    if last.low in grammar.PREPOSITIONS and place:
        place -= 1
    if before[place].low == ",":
        place -= 1
    elif before[place].kind != "word":
        return None
    nearest: Slots | None = None
    for i in range(len(before) - 1, -1, -1):
        token = before[i]
        low = token.low
        if token.kind in ("object", "number") or low in _OPEN:
            return None
        if token.kind != "word":
            if low not in (",",):
                return None
            continue
        if token.text[0].isupper() and i:
            return None  # a name may be anything
        if own[1] == "p" and low in ("et", "ou", "ni"):
            return None
        found = grammar.slots(low, "N")
        if found is None:
            if "N" in grammar.categories(low) or not grammar.categories(low):
                return None
            continue
        if own in found:
            return None
        if nearest is None:
            if len(before) - i > _NEAR or i < place - 2 or grammar.categories(low) - {"N", "A"}:
                return None
            nearest = found
    return nearest
