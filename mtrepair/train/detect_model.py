"""The detector's network: the encoder of multilingual-e5-small and one linear layer.

The encoder is held as a BART's, like the rewriter's, so that both are started, packed and read back
by the same code; the lower layers stay as they were pretrained.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from mtrepair.core import ModelError
from mtrepair.rewriters.pieces import CLOSE, MASK, OPEN, SEP, SPECIAL, UNK
from mtrepair.rules.learned.reading import BAD, GAP, KIND, OUTPUTS, SEVERITY
from mtrepair.train.e5 import E5
from mtrepair.train.model import kept, warm_start

WIDTH = 384
PAD_ID = 1


class Network(torch.nn.Module):  # type: ignore[misc,unused-ignore]
    """Pieces in, OUTPUTS numbers for each piece out (see ``rules.learned.reading``)."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = torch.nn.Dropout(0.1)
        self.head = torch.nn.Linear(WIDTH, OUTPUTS)
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)
        with torch.no_grad():
            self.head.bias[BAD] = -1.5  # about one token in six is wrong in the training mix
            self.head.bias[GAP] = -3.0

    def forward(self, read: Any) -> Any:
        """Logits (examples, pieces, OUTPUTS) for piece numbers (examples, pieces)."""
        mask = (read != PAD_ID).long()
        hidden = self.encoder(input_ids=read, attention_mask=mask).last_hidden_state
        return self.head(self.dropout(hidden))


def rows_of(weights: E5, pieces: Sequence[str]) -> Any:
    """For each piece of a pruned vocabulary its row in the encoder's embedding.

    Raises:
        ModelError: if a piece is none of the encoder's.
    """
    known = {piece: number for number, piece in enumerate(weights.pieces)}
    known |= {UNK: 3, MASK: len(weights.pieces) - 1, OPEN: known["["], CLOSE: known["]"], SEP: 2}
    known |= {SPECIAL[0]: 0, SPECIAL[1]: 1, SPECIAL[2]: 2}
    missing = [piece for piece in pieces if piece not in known]
    if missing:
        raise ModelError(f"not pieces of the encoder: {', '.join(missing[:5])}")
    return np.asarray([known[piece] for piece in pieces])


def fresh(weights: E5, pieces: Sequence[str], *, layers: int, spread: bool = False) -> Network:
    """An untrained detector on ``layers`` of the pretrained encoder's layers.

    Args:
        spread: taken from all over the encoder, not from its lower end.
    """
    chosen = kept(layers, weights.layers, spread=spread)
    model = warm_start(weights, rows_of(weights, pieces), layers=chosen)
    inner: Any = model.model
    return Network(inner.encoder)


def freeze(network: Network, frozen: int) -> None:
    """Hold the embeddings and the lower ``frozen`` layers as they are."""
    encoder = network.encoder
    for part in (encoder.embed_tokens, encoder.embed_positions, encoder.layernorm_embedding):
        part.requires_grad_(False)
    for layer in encoder.layers[:frozen]:
        layer.requires_grad_(False)


def loss(logits: Any, labels: dict[str, Any]) -> Any:
    """The mean loss of a batch in nats; places with a negative label do not count.

    Args:
        logits: (examples, pieces, OUTPUTS).
        labels: ``bad``, ``gap``, ``kind``, ``severity``, each (examples, pieces).
    """
    total: Any = logits.sum() * 0.0
    for name, at, weight in (("bad", BAD, 1.0), ("gap", GAP, 0.3)):
        label = labels[name]
        known = label >= 0
        if not bool(known.any()):  # the mean of nothing is no number
            continue
        part = torch.nn.functional.binary_cross_entropy_with_logits(
            logits[..., at][known], label[known].float()
        )
        total = total + weight * part
    for name, where, weight in (("kind", KIND, 0.15), ("severity", SEVERITY, 0.05)):
        label = labels[name]
        if bool((label >= 0).any()):
            total = total + weight * torch.nn.functional.cross_entropy(
                logits[..., where].flatten(0, 1), label.flatten(), ignore_index=-1
            )
    return total
