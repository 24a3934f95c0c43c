"""The vocabulary of multilingual-e5-small, pruned to what French and English texts use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mtrepair.rewriters.pieces import BOS, CLOSE, EOS, MASK, OPEN, PAD, SEP, SPECIAL, UNK
from mtrepair.train.e5 import E5

_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
_ALWAYS = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789àâäçéèêëîïôöùûüÿæœ")
_ALWAYS |= set("ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÆŒ.,;:!?'\"()[]{}«»“”‘-–—_/\\@#%&*+=<>|~^°§€$£…•▁")


def _normaliser() -> bytes:
    """XLM-RoBERTa's normalisation (nmt_nfkc), as SentencePiece ships it compiled."""
    spec = find_spec("sentencepiece")
    if spec is None or spec.origin is None:  # the extra [train] installs it
        raise ModuleNotFoundError("sentencepiece")
    return (Path(spec.origin).parent / "package_data" / "nmt_nfkc.bin").read_bytes()


def serialise(pieces: Sequence[str], scores: Sequence[float]) -> bytes:
    """A SentencePiece model of these pieces; the special ones are never found in plain text."""
    from sentencepiece import sentencepiece_model_pb2 as messages  # needs protobuf

    proto: Any = getattr(messages, "ModelProto")()  # noqa: B009 - made when imported
    for piece, score in zip(pieces, scores, strict=True):
        kind = _UNKNOWN if piece == UNK else _CONTROL if piece in SPECIAL else _NORMAL
        proto.pieces.add(piece=piece, score=score, type=kind)
    trainer = proto.trainer_spec
    trainer.model_type = 1  # unigram
    trainer.vocab_size = len(pieces)
    trainer.unk_piece, trainer.bos_piece, trainer.eos_piece = UNK, BOS, EOS
    trainer.pad_piece = PAD
    trainer.unk_id, trainer.bos_id = pieces.index(UNK), pieces.index(BOS)
    trainer.eos_id, trainer.pad_id = pieces.index(EOS), pieces.index(PAD)
    spec = proto.normalizer_spec
    spec.name = "nmt_nfkc"
    spec.precompiled_charsmap = _normaliser()
    spec.add_dummy_prefix = False
    spec.remove_extra_whitespaces = False
    spec.escape_whitespaces = True
    data: bytes = proto.SerializeToString()
    return data


def prune(
    e5: E5, texts: Iterable[str], size: int
) -> tuple[list[str], list[float], npt.NDArray[np.int64]]:
    """The ``size`` pieces that the texts need most.

    Returns:
        The pieces, their scores, and the row of each in the embedding of ``e5``. The markers start
        as what they resemble: an opening and a closing bracket, and the end of a sentence.
    """
    import sentencepiece

    whole = sentencepiece.SentencePieceProcessor(
        model_proto=serialise([*e5.pieces[:-1], MASK], e5.scores.tolist())
    )
    counts: Counter[int] = Counter()
    batch: list[str] = []
    for text in texts:
        batch.append(f" {text}")
        if len(batch) == 2000:
            for ids in whole.encode(batch):
                counts.update(ids)
            batch = []
    for ids in whole.encode(batch):
        counts.update(ids)
    mask = len(e5.pieces) - 1
    opening, closing = e5.pieces.index("["), e5.pieces.index("]")
    special = {BOS: 0, PAD: 1, EOS: 2, UNK: 3, MASK: mask, OPEN: opening, CLOSE: closing, SEP: 2}
    fixed = [i for i in range(4, mask) if e5.pieces[i] in _ALWAYS]
    chosen = dict.fromkeys(fixed)
    for number, _ in counts.most_common():
        if len(chosen) >= size - len(special):
            break
        if number >= 4:
            chosen[number] = None
    rows = [*special.values(), *sorted(chosen)]
    pieces = [*special, *(e5.pieces[i] for i in sorted(chosen))]
    scores = [0.0] * len(special) + [float(e5.scores[i]) for i in sorted(chosen)]
    return pieces, scores, np.asarray(rows)
