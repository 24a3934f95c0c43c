"""A sentence as the detector reads it, and what its numbers mean.

    <s> sentence </s>                       without the source
    <s> sentence <sep> source </s>          with it

Every token of the sentence is cut into pieces by itself, so that each piece belongs to exactly one
token. Training and run time share this module; the pieces are the rewriter's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtrepair.rewriters.pieces import BOS, EOS, SEP, Pieces
from mtrepair.rewriters.view import view

KINDS: tuple[str, ...] = (
    "agreement",
    "word-order",
    "wrong-word",
    "untranslated",
    "translated-name",
    "small-word",
    "addition",
    "punctuation",
    "other",
)
"""What may be wrong with a token; an omission is a place before a token and has its own number."""

SEVERITIES: tuple[str, ...] = ("minor", "major", "critical")

BAD, GAP = 0, 1
KIND = slice(2, 2 + len(KINDS))
SEVERITY = slice(KIND.stop, KIND.stop + len(SEVERITIES))
OUTPUTS = SEVERITY.stop
"""Numbers that the model gives for each piece: two log-odds, then two soft choices."""

LONGEST = 250
"""Pieces of an input; the network has 256 positions."""
LONGEST_SOURCE = 120
"""Pieces of the source; what is longer is cut at its end."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder reads.

    Attributes:
        pieces: of the whole input.
        owners: for each piece the index of its token, -1 if it belongs to none.
    """

    pieces: list[str]
    owners: list[int]


def fits(tokens: Sequence[tuple[int, int]], start: int) -> int:
    """The end of the run of tokens from ``start`` that is sure to be read whole.

    Args:
        tokens: start and end of each token in code points.
    """
    room = LONGEST - LONGEST_SOURCE - 3
    end = start
    while end < len(tokens):
        # A token has at most as many pieces as characters, and one for its space.
        room -= max(2, (tokens[end][1] - tokens[end][0]) // 2)
        if room < 0 and end > start:
            break
        end += 1
    return end


class Reader:
    """Cuts sentences into pieces; remembers the pieces of each word that it has seen."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._known: dict[str, list[str]] = {}

    def read(
        self, text: str, tokens: Sequence[tuple[int, int]], source: str | None = None
    ) -> Reading:
        """The input for the tokens (their start and end in ``text``), with or without a source."""
        seen = view(text)
        pieces, owners = [BOS], [-1]
        for number, (start, end) in enumerate(tokens):
            apart = start == 0 or seen[start - 1].isspace()
            some = self._encode(f" {seen[start:end]}" if apart else seen[start:end])
            pieces += some
            owners += [number] * len(some)
        del pieces[LONGEST - 1 :], owners[LONGEST - 1 :]
        if source and source.strip():
            original: list[str] = []
            for word in view(source[:4000]).split():
                original += self._encode(f" {word}")
            room = min(LONGEST_SOURCE, LONGEST - 2 - len(pieces))
            if room > 0:
                pieces += [SEP, *original[:room]]
        pieces.append(EOS)
        owners += [-1] * (len(pieces) - len(owners))
        return Reading(pieces, owners)

    def _encode(self, chunk: str) -> list[str]:
        known = self._known.get(chunk)
        if known is None:
            if len(self._known) > 200_000:  # some 20 MB
                self._known.clear()
            known = self._known[chunk] = self._pieces.encode(chunk)
        return known
