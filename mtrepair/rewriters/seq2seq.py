"""The rewriter that ships: CTranslate2 and SentencePiece, int8, on a CPU.

int8 scores can differ in the last digits with the shape of the batch. Inputs are therefore put
into one order of their own, whatever order they come in, and cut into batches of a fixed size: the
same set of queries always makes the same batches and the same scores.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mtrepair.core import ModelError
from mtrepair.models.store import ModelFolder, find
from mtrepair.rewriters.base import Candidate, Query
from mtrepair.rewriters.pieces import Pieces
from mtrepair.rewriters.prepare import Prepared, prepare

BATCH = 16
"""Examples in a batch, fixed (see above). Smaller ones hold less padding, and each ends with its
longest reply: on one core 8 and 16 were a fifth faster than 32 and 128."""
THREADS = min(4, os.cpu_count() or 1)
BEAM = 4
NO_REPEAT = 6
"""No run of this many pieces comes twice in a reply: the rewriter must not make loops itself."""


def load(model: str | Path | None = None, *, threads: int = THREADS) -> Seq2Seq:
    """The rewriter of a model folder (None: the one that ships); its weights come when needed.

    Raises:
        ModelError: if the folder is missing or broken.
    """
    return Seq2Seq(find(model), threads=threads)


def room(pieces: int) -> int:
    """The most pieces that a reply to a span of ``pieces`` pieces may have."""
    return 8 + 3 * pieces // 2


class Seq2Seq:
    """A :class:`~mtrepair.rewriters.base.Rewriter` on CTranslate2.

    Args:
        folder: a checked model folder.
        threads: threads of one batch.
    """

    def __init__(self, folder: ModelFolder, *, threads: int = THREADS) -> None:
        self.folder = folder
        self.threads = threads
        self._translator: Any = None
        self._pieces: Pieces | None = None

    @property
    def name(self) -> str:
        """Name and version of the model."""
        return f"{self.folder.name} {self.folder.version}"

    def generate(self, queries: Sequence[Query], *, best: int = 1) -> list[list[Candidate]]:
        """For each query up to ``best`` different replacements, the likeliest first.

        A query that a model has nothing to say about gets none (see ``prepare``).
        """
        translator, pieces = self._load()
        ready = [prepare(query) for query in queries]
        rows = [
            (tuple(pieces.read(p.chunks, p.source)), room(len(pieces.encode(p.chunks.span))))
            for p in ready
            if p is not None
        ]
        replies: dict[tuple[tuple[str, ...], int], list[tuple[list[str], float]]] = {}
        for batch in _batches(set(rows)):
            results = translator.translate_batch(
                [list(read) for read, _ in batch],
                beam_size=max(BEAM, best),
                num_hypotheses=max(BEAM, best),
                max_decoding_length=max(limit for _, limit in batch) + 1,  # unfinished ones show
                min_decoding_length=0,  # a deletion is the end alone
                no_repeat_ngram_size=NO_REPEAT,
                disable_unk=True,
                max_input_length=0,
                return_scores=True,
            )
            for row, result in zip(batch, results, strict=True):
                replies[row] = list(zip(result.hypotheses, result.scores, strict=True))
        found: list[list[Candidate]] = []
        order = iter(rows)
        for one in ready:
            if one is None:
                found.append([])
                continue
            row = next(order)
            found.append(_candidates(one, replies[row], row[1], best))
        return found

    def score(
        self, queries: Sequence[Query], texts: Sequence[Sequence[str]], *, hidden: bool = True
    ) -> list[list[Candidate]]:
        """For each query the scores of its texts in their order, or none at all.

        ``texts`` stand for exactly the query's span; the model sees whole words. With ``hidden``
        it does not see what stands there now.
        """
        translator, pieces = self._load()
        ready = [prepare(query) for query in queries]
        rows: list[list[tuple[tuple[str, ...], tuple[str, ...]]]] = []
        for one, some in zip(ready, texts, strict=True):
            if one is None:
                rows.append([])
                continue
            read = tuple(pieces.read(one.chunks, one.source, hidden=hidden))
            rows.append([(read, tuple(pieces.encode(one.target(text)))) for text in some])
        scores: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = {}
        for batch in _batches({pair for some in rows for pair in some}):
            results = translator.score_batch(
                [list(read) for read, _ in batch],
                [list(write) for _, write in batch],
                max_input_length=0,
            )
            for pair, result in zip(batch, results, strict=True):
                scores[pair] = float(sum(result.log_probs))
        return [
            [
                Candidate(text=text, score=scores[pair], pieces=len(pair[1]) + 1)
                for text, pair in zip(some, row, strict=False)
            ]
            for some, row in zip(texts, rows, strict=True)
        ]

    def _load(self) -> tuple[Any, Pieces]:
        if self._translator is None or self._pieces is None:
            import ctranslate2

            try:
                self._pieces = Pieces(self.folder.file("sentencepiece.model"))
                self._translator = ctranslate2.Translator(
                    str(self.folder.path),
                    device="cpu",
                    compute_type="int8",
                    inter_threads=1,
                    intra_threads=self.threads,
                )
            except (RuntimeError, OSError, ValueError) as error:
                raise ModelError(f"model {self.folder.path} cannot be loaded: {error}") from None
        return self._translator, self._pieces


def _batches(rows: set[Any]) -> list[list[Any]]:
    """The rows, alike in length, in batches that depend on the set alone."""
    ordered = sorted(rows, key=lambda row: (len(row[0]), row))
    return [ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH)]


def _candidates(
    one: Prepared, replies: Sequence[tuple[list[str], float]], limit: int, best: int
) -> list[Candidate]:
    """Replies as replacements of the query's span, without those that cannot stand there."""
    found: dict[str, Candidate] = {}
    for written, mean in replies:
        if len(written) > limit:
            continue
        text = one.reply(Pieces.text(written))
        if text is None or text in found:
            continue
        # Beam scores are divided by the length, as length_penalty = 1 has it.
        size = len(written) + 1
        found[text] = Candidate(text=text, score=mean * size, pieces=size)
    return list(found.values())[:best]
