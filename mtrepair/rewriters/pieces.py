"""A span in its context as the pieces that the rewriter reads, and pieces as text again.

    <s> [source <sep>] left <bad> span </bad> right </s>     what the encoder reads
    <s> [source <sep>] left <bad> <mask> </bad> right </s>   the same with the span hidden
    replacement </s>                                         what the decoder writes

White space before a chunk belongs to the chunk, so that gluing chunks gives the text back; a chunk
at the very start of a segment gets one leading space. Training and run time share this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtrepair.core import Span
from mtrepair.rewriters.view import view

BOS, PAD, EOS, UNK, MASK = "<s>", "<pad>", "</s>", "<unk>", "<mask>"
OPEN, CLOSE, SEP = "<bad>", "</bad>", "<sep>"
SPECIAL: tuple[str, ...] = (BOS, PAD, EOS, UNK, MASK, OPEN, CLOSE, SEP)

CONTEXT_WORDS = 20
"""Words of context on each side of the span."""
SOURCE_WORDS = 60
"""Words of the source sentence; longer ones are cut to a window around the span's place in it."""

_WORD = re.compile(r"\S+")
_SPACE = "▁"


@dataclass(frozen=True, slots=True)
class Chunks:
    """A text cut around a span: ``left + span + right``, each with its leading white space."""

    left: str
    span: str
    right: str


def cut(text: str, span: Span, words: int = CONTEXT_WORDS) -> Chunks:
    """The span with up to ``words`` words of context on each side, in the model's view."""
    seen = view(text)
    left = seen[: span.start]
    stripped = left.rstrip()
    gap = " " if len(stripped) < len(left) or not stripped else ""
    # A fixed reach keeps this linear however long the segment is.
    tail = [m.start() for m in _WORD.finditer(stripped[-40 * words :])]
    if len(tail) > words:
        stripped = stripped[-40 * words :][tail[-words] :]
    else:
        stripped = stripped[-40 * words :]
    right = seen[span.end : span.end + 40 * words]
    ends = [m.end() for m in _WORD.finditer(right)]
    right = right[: ends[min(words, len(ends)) - 1]] if ends else ""
    body = span.of(seen)
    return Chunks(
        left=f" {stripped}" if stripped else "",
        span=f"{gap}{body}" if body else "",
        right=re.sub(r"^\s+", " ", right),
    )


def cut_source(source: str, share: float = 0.5) -> str:
    """The source in the model's view, at most SOURCE_WORDS words around its part ``share``."""
    words = view(source).split()
    if len(words) > SOURCE_WORDS:
        start = int(max(0, min(len(words) - SOURCE_WORDS, share * len(words) - SOURCE_WORDS / 2)))
        words = words[start : start + SOURCE_WORDS]
    return " ".join(words)


class Pieces:
    """The vocabulary of a rewriter.

    Args:
        model: path of its ``sentencepiece.model``.
    """

    def __init__(self, model: Path) -> None:
        import sentencepiece

        self._model: Any = sentencepiece.SentencePieceProcessor(model_file=str(model))

    def __len__(self) -> int:
        return int(self._model.get_piece_size())

    def all(self) -> list[str]:
        """Every piece, in the order of their numbers."""
        return [str(self._model.id_to_piece(i)) for i in range(len(self))]

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """The numbers of pieces."""
        return [int(self._model.piece_to_id(piece)) for piece in pieces]

    def encode(self, chunk: str) -> list[str]:
        """The pieces of a chunk; a special piece is never among them."""
        return list(self._model.encode(chunk, out_type=str)) if chunk else []

    def read(self, chunks: Chunks, source: str | None = None, *, hidden: bool = False) -> list[str]:
        """What the encoder reads."""
        pieces = [BOS]
        if source:
            pieces += [*self.encode(f" {source}"), SEP]
        pieces += self.encode(chunks.left)
        pieces += [OPEN, *([MASK] if hidden else self.encode(chunks.span)), CLOSE]
        pieces += self.encode(chunks.right)
        pieces.append(EOS)
        return pieces

    def target(self, text: str) -> list[str]:
        """What the decoder should write for ``text``, without the end."""
        return self.encode(view(text))

    @staticmethod
    def text(pieces: Sequence[str]) -> str:
        """The text that pieces stand for, with its leading space."""
        return "".join(p for p in pieces if p not in SPECIAL).replace(_SPACE, " ")
