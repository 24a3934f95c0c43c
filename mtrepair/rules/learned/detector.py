"""The detector that ships: an int8 encoder on CTranslate2 and one linear layer in numpy.

Sentences are put into one order of their own and cut into batches of a fixed size, so that the
same sentences give the same numbers whatever order they come in.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mtrepair.core import ModelError, Span
from mtrepair.models.store import ModelFolder, find
from mtrepair.rewriters.pieces import Pieces
from mtrepair.rules.learned.calibration import Calibration
from mtrepair.rules.learned.marks import Detector, Mark, Question
from mtrepair.rules.learned.reading import (
    BAD,
    GAP,
    KIND,
    KINDS,
    OUTPUTS,
    SEVERITIES,
    SEVERITY,
    Reader,
)

VARIABLE = "MTREPAIR_DETECTOR"
"""Environment variable that names another detector than the one in the package."""
DEFAULT, PROSE = "detector-fr", "detector-prose-fr"
"""The detectors that ship: one has read what experts marked in descriptions of products, the other
right prose with errors planted into it."""
REQUIRED = (
    "model.bin",
    "config.json",
    "vocabulary.json",
    "sentencepiece.model",
    "head.npy",
    "calibration.json",
)
BATCH = 32
THREADS = min(4, os.cpu_count() or 1)

Array = npt.NDArray[np.float32]


def load(model: str | Path | None = None, *, threads: int = THREADS) -> LearnedDetector:
    """The detector of a model folder (None: the one that ships); its weights come when needed.

    Raises:
        ModelError: if the folder is missing or broken.
    """
    wanted = model or os.environ.get(VARIABLE) or DEFAULT
    return LearnedDetector(find(wanted, required=REQUIRED), threads=threads)


def load_both(*, threads: int = THREADS) -> Detector:
    """The detectors that ship, each for its kind of document; one alone if it is named.

    Raises:
        ModelError: if a folder is missing or broken.
    """
    if os.environ.get(VARIABLE):
        return load(threads=threads)
    return Pair(load(threads=threads), load(PROSE, threads=threads))


class Pair:
    """Two detectors: the one for articles, and the one for all other documents."""

    def __init__(self, usual: Detector, prose: Detector) -> None:
        self._usual, self._prose = usual, prose

    @property
    def name(self) -> str:
        """Names and versions of both models."""
        return f"{self._usual.name}, {self._prose.name}"

    def suited(self, *, article: bool) -> Detector:
        """The one for a document that is an article, or is none."""
        return self._prose if article else self._usual

    def mark(self, questions: Sequence[Question]) -> list[list[Mark]]:
        """What the one for all other documents says."""
        return self._usual.mark(questions)


class LearnedDetector:
    """A :class:`~mtrepair.rules.learned.marks.Detector` on CTranslate2.

    Args:
        folder: a checked model folder.
        threads: threads of one batch.
    """

    def __init__(self, folder: ModelFolder, *, threads: int = THREADS) -> None:
        self.folder = folder
        self.threads = threads
        self._loaded: tuple[Any, Reader, Array, Calibration] | None = None

    @property
    def name(self) -> str:
        """Name and version of the model."""
        return f"{self.folder.name} {self.folder.version}"

    def suited(self, *, article: bool) -> Detector:
        """Itself: it knows one way to read."""
        del article
        return self

    @property
    def calibration(self) -> Calibration:
        """How the model's numbers are read."""
        return self._load()[3]

    def mark(self, questions: Sequence[Question]) -> list[list[Mark]]:
        """The marks of each question's tokens (see the protocol)."""
        calibration = self.calibration
        return [
            [mark(span, row, calibration) for span, row in zip(spans, rows, strict=True)]
            for spans, rows in self.numbers(questions)
        ]

    def numbers(self, questions: Sequence[Question]) -> list[tuple[list[Span], Array]]:
        """For each question the tokens that were read, and their raw numbers.

        Returns:
            Spans in the question's text, and an array (tokens, OUTPUTS): the mean over the pieces
            of each token.
        """
        encoder, reader, head, _ = self._load()
        import ctranslate2

        readings = [reader.read(q.text, q.tokens, q.source) for q in questions]
        order = sorted(
            range(len(readings)), key=lambda i: (len(readings[i].pieces), readings[i].pieces)
        )
        found: list[tuple[list[Span], Array]] = [([], np.zeros((0, OUTPUTS), np.float32))] * len(
            readings
        )
        for at in range(0, len(order), BATCH):
            some = order[at : at + BATCH]
            output: Any = encoder.forward_batch([readings[i].pieces for i in some])
            # (sentences, pieces, width)
            hidden = np.asarray(output.last_hidden_state.to(ctranslate2.DataType.float32))
            numbers = hidden @ head[:, :-1].T + head[:, -1]  # (sentences, pieces, OUTPUTS)
            for place, i in enumerate(some):
                owners = np.asarray(readings[i].owners)
                found[i] = _by_token(numbers[place, : len(owners)], owners, questions[i].tokens)
        return found

    def _load(self) -> tuple[Any, Reader, Array, Calibration]:
        if self._loaded is None:
            import ctranslate2

            path = self.folder.path
            try:
                encoder: Any = ctranslate2.Encoder(
                    str(path),
                    device="cpu",
                    compute_type="int8",
                    inter_threads=1,
                    intra_threads=self.threads,
                )
                reader = Reader(Pieces(self.folder.file("sentencepiece.model")))
                head: Array = np.load(self.folder.file("head.npy"), allow_pickle=False)
                told = json.loads(self.folder.file("calibration.json").read_text("utf-8"))
                calibration = Calibration.from_json(told)
            except (RuntimeError, OSError, ValueError, KeyError, TypeError) as error:
                raise ModelError(f"model {path} cannot be loaded: {error}") from None
            if head.shape[0] != OUTPUTS:
                raise ModelError(f"model {path}: its head gives {head.shape[0]} numbers")
            self._loaded = encoder, reader, head, calibration
        return self._loaded


def _by_token(
    numbers: Array, owners: npt.NDArray[np.int64], tokens: Sequence[tuple[int, int]]
) -> tuple[list[Span], Array]:
    """The mean over the pieces of each token that has any."""
    mine = owners >= 0
    seen, index = np.unique(owners[mine], return_inverse=True)
    sums = np.zeros((len(seen), OUTPUTS), np.float32)
    np.add.at(sums, index, numbers[mine])
    counts = np.bincount(index, minlength=len(seen)).astype(np.float32)
    return [Span(*tokens[int(i)]) for i in seen], sums / counts[:, None]


def mark(span: Span, row: Array, calibration: Calibration) -> Mark:
    """What the numbers of a token say."""
    kind = KINDS[int(row[KIND].argmax())]
    return Mark(
        span=span,
        bad=calibration.probability(float(row[BAD]), kind),
        gap=calibration.gap_probability(float(row[GAP])),
        kind=kind,
        severity=SEVERITIES[int(row[SEVERITY].argmax())],
    )
