"""The detector's training loop; a run lives in a folder, as the rewriter's does.

``log.jsonl`` has a line for each report and each measurement on the dev sentences; ``checkpoint/``
has the weights, the vocabulary, the settings and where the run is.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from mtrepair.core import ModelError
from mtrepair.rewriters.pieces import MASK, SEP, Pieces
from mtrepair.rules.learned.reading import BAD, Reader
from mtrepair.score.spans import mcc
from mtrepair.train import data, detect_data, e5, packed
from mtrepair.train.detect_data import Example, Labelled, Origins
from mtrepair.train.detect_model import PAD_ID, Network, freeze, fresh, loss
from mtrepair.train.folder import replacing
from mtrepair.train.model import config, drop_out, for_training

LONGEST = 110
"""Pieces of an example; longer ones cost more than they teach on a CPU."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A run's settings.

    Attributes:
        minutes: wall-clock budget; the rate and the mix follow the share of it that is used.
        rate: of the encoder's free layers; ``head_rate`` of the linear layer.
        frozen: lower encoder layers that stay as they are, with the embeddings.
        dropout: in the encoder's layers and before the head; there are few expert sentences, and
            they come again and again.
        masked: share of the pieces that are hidden, for the same reason.
        spread: start from layers spread over the pretrained encoder (see ``model.kept``).
        inertia: of the running mean of the weights, which is what is measured and kept as best;
            0 for the weights as they are.
        mix: which of ``detect_data.MIXES`` the examples are drawn by.
        measure_minutes: how often the dev sentences are judged.
        before: sentences that the model had seen from which the run started.
    """

    minutes: float
    batch: int = 32
    rate: float = 2e-4
    head_rate: float = 1e-3
    frozen: int = 2
    layers: int = 6
    warm_up: int = 150
    clip: float = 1.0
    seed: int = 1
    dropout: float = 0.1
    masked: float = 0.0
    spread: bool = False
    inertia: float = 0.0
    bf16: bool = False
    mix: str = "experts"
    measure_minutes: float = 6.0
    before: int = 0


@dataclass(slots=True)
class State:
    """Where a run is."""

    step: int = 0
    examples: int = 0
    seconds: float = 0.0
    best: float = 0.0  # mean MCC on the dev sentences, of what lies in ``best/``


def tensors(batch: Sequence[Example]) -> tuple[Any, dict[str, Any]]:
    """Piece numbers and labels, all (examples, pieces)."""
    read = torch.tensor(data.pad([e.read for e in batch], PAD_ID))
    labels = {
        name: torch.tensor(data.pad([getattr(e, name) for e in batch], detect_data.UNKNOWN))
        for name in ("bad", "gap", "kind", "severity")
    }
    return read, labels


def word_mcc(
    network: Network, sentences: Sequence[Labelled], reader: Reader, numbers: dict[str, int]
) -> tuple[float, float]:
    """The best MCC over the tokens, and the log-odds where it is reached.

    The value at the best of many thresholds is a little high; ``detect_evaluate`` reports at fixed
    ones.
    """
    network.eval()
    scored: list[tuple[float, int]] = []
    order = sorted(sentences, key=lambda s: len(s.text))
    with torch.no_grad():
        for at in range(0, len(order), 32):
            some = order[at : at + 32]
            reads = [reader.read(s.text, s.tokens, s.source) for s in some]
            ids = [[numbers.get(p, detect_data.UNK_ID) for p in r.pieces] for r in reads]
            logits = network(torch.tensor(data.pad(ids, PAD_ID)))[..., BAD].tolist()
            for sentence, read, row in zip(some, reads, logits, strict=True):
                sums = [0.0] * len(sentence.tokens)
                counts = [0] * len(sentence.tokens)
                for owner, value in zip(read.owners, row, strict=False):
                    if owner >= 0:
                        sums[owner] += value
                        counts[owner] += 1
                for i, (a, b) in enumerate(sentence.tokens):
                    if counts[i] and any(c.isalnum() for c in sentence.text[a:b]):
                        scored.append((sums[i] / counts[i], sentence.bad[i]))
    network.train()
    scored.sort(reverse=True)
    positives = sum(label for _, label in scored)
    best, where, tp = 0.0, 0.0, 0
    for place, (value, label) in enumerate(scored, start=1):
        tp += label
        if place % 50 == 0:
            fp, fn = place - tp, positives - tp
            now = mcc(tp, fp, fn, len(scored) - place - fn)
            if now > best:
                best, where = now, value
    return best, where


class RunningMean:
    """A running mean of a network's free weights (Polyak and Juditsky 1992).

    It varies less from step to step than the weights themselves.

    Args:
        inertia: share of the mean that a step keeps; lower in the first steps, so that the mean
            does not hold on to the start. With 0 there is no mean.
    """

    def __init__(self, network: Network, inertia: float) -> None:
        self._inertia = inertia
        self._steps = 0
        self._pairs: list[tuple[Any, Any]] = [
            (weight, weight.detach().clone())
            for weight in network.parameters()
            if weight.requires_grad and inertia
        ]

    def follow(self) -> None:
        """Take the weights of one more step in."""
        self._steps += 1
        inertia = min(self._inertia, self._steps / (self._steps + 9))
        with torch.no_grad():
            for weight, mean in self._pairs:
                mean.lerp_(weight, 1 - inertia)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """The network has the mean's weights meanwhile."""
        self._swap()
        try:
            yield
        finally:
            self._swap()

    def _swap(self) -> None:
        with torch.no_grad():
            for weight, mean in self._pairs:
                own = weight.clone()
                weight.copy_(mean)
                mean.copy_(own)


class Run:
    """A training run in its folder; goes on where its checkpoint is.

    Args:
        vocabulary: a ``sentencepiece.model`` pruned from the encoder's.
        dev: sentences to measure on, by name; they are never trained on.
        start: a packed model to start from, the detector's or the rewriter's, whose vocabulary
            must be ``vocabulary``; the weights of multilingual-e5-small if None.

    Raises:
        ModelError: if ``start`` has another vocabulary.
    """

    def __init__(
        self,
        folder: Path,
        origins: Origins,
        settings: Settings,
        vocabulary: Path,
        dev: dict[str, list[Labelled]] | None = None,
        start: Path | None = None,
    ) -> None:
        self.folder, self.origins, self.settings = folder, origins, settings
        self.dev = dev or {}
        folder.mkdir(parents=True, exist_ok=True)
        self.spm = folder / "sentencepiece.model"
        if not self.spm.is_file():
            shutil.copyfile(vocabulary, self.spm)
        pieces = Pieces(self.spm)
        self.numbers = {piece: number for number, piece in enumerate(pieces.all())}
        self.reader = Reader(pieces)
        self.state = State()
        torch.manual_seed(settings.seed)
        checkpoint = folder / "checkpoint"
        if (checkpoint / "state.json").is_file():
            self.network = load(checkpoint)
            self.state = State(**json.loads((checkpoint / "state.json").read_text()))
        elif start is not None:
            self.network = packed_network(start, list(self.numbers))
        else:
            self.network = fresh(
                e5.load(), list(self.numbers), layers=settings.layers, spread=settings.spread
            )
        freeze(self.network, settings.frozen)
        for_training(self.network.encoder, "cpu")
        drop_out(self.network.encoder, settings.dropout)
        self.mean = RunningMean(self.network, settings.inertia)
        head = [p for n, p in self.network.named_parameters() if n.startswith("head")]
        rest = [
            p
            for n, p in self.network.named_parameters()
            if p.requires_grad and not n.startswith("head")
        ]
        self.optimizer: Any = torch.optim.AdamW(
            [
                {"params": rest, "base": settings.rate, "lr": settings.rate},
                {"params": head, "base": settings.head_rate, "lr": settings.head_rate},
            ],
            betas=(0.9, 0.98),
            weight_decay=0.01,
        )

    def _stream(self, resources: Any, chance: random.Random) -> Iterator[Example]:
        while True:
            used = min(1.0, self.state.seconds / (self.settings.minutes * 60))
            made = detect_data.draw(self.origins, resources, chance, used, self.settings.mix)
            if made is None or not made.tokens:
                continue
            example = detect_data.encode(made, self.reader, self.numbers)
            if len(example.read) <= LONGEST:
                yield example

    def train(self) -> None:
        """Train until the budget is used."""
        settings, state = self.settings, self.state
        budget = settings.minutes * 60
        chance = random.Random(f"{settings.seed}/{state.step}")
        resources = data.resources(self.origins.corpus)
        stream = detect_data.batches(self._stream(resources, chance), settings.batch, chance=chance)
        begun = time.monotonic() - state.seconds
        measured = reported = time.monotonic()
        losses: list[float] = []
        seen = state.examples
        self.network.train()
        while state.seconds < budget:
            losses.append(self.step(next(stream), state.seconds / budget))
            now = time.monotonic()
            state.seconds = now - begun
            if now - reported > 20:
                speed = (state.examples - seen) / (now - reported)
                self._log(loss=sum(losses) / len(losses), speed=speed)
                losses, reported, seen = [], now, state.examples
            if now - measured > settings.measure_minutes * 60:
                self.measure()
                self.save()
                begun += time.monotonic() - now  # measuring is no training
                measured = reported = time.monotonic()
        self.measure()
        self.save()

    def step(self, batch: Sequence[Example], used: float) -> float:
        """One step; the batch's loss."""
        warm = min(1.0, (self.state.step + 1) / self.settings.warm_up)
        factor = warm * (1 - used) ** 0.8
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * factor
        read, labels = tensors(batch)
        if self.settings.masked:
            read = self._hide(read)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.settings.bf16):
            logits = self.network(read)
        value = loss(logits.float(), labels)
        value.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.mean.follow()
        self.state.step += 1
        self.state.examples += len(batch)
        return float(value.detach())

    def _hide(self, read: Any) -> Any:
        """Some of the pieces (examples, pieces) as masks; the special ones stay."""
        chosen = torch.rand(read.shape) < self.settings.masked
        chosen &= (read > detect_data.UNK_ID) & (read != self.numbers[SEP])
        return read.masked_fill(chosen, self.numbers[MASK])

    def measure(self) -> None:
        """The dev sentences' MCC, to the log; the best checkpoint is kept as ``best/``."""
        with self.mean.in_place():
            values = []
            for name, sentences in self.dev.items():
                value, where = word_mcc(self.network, sentences, self.reader, self.numbers)
                self._log(dev=name, mcc=value, log_odds=where)
                values.append(value)
            if values and sum(values) / len(values) > self.state.best:
                self.state.best = sum(values) / len(values)
                self.save("best")

    def _log(self, **told: object) -> None:
        row = asdict(self.state) | told
        row = {k: round(v, 4) if isinstance(v, float) else v for k, v in row.items()}
        print(json.dumps(row), file=sys.stderr, flush=True)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def save(self, name: str = "checkpoint") -> Path:
        """Write ``checkpoint/``, or another folder, beside its place, then rename it."""
        place = self.folder / name
        with replacing(place) as folder:
            weights = {
                name: value.detach().contiguous()
                for name, value in self.network.state_dict().items()
            }
            save_file(weights, folder / "model.safetensors")
            shutil.copyfile(self.spm, folder / "sentencepiece.model")
            (folder / "settings.json").write_text(
                json.dumps(asdict(self.settings), indent=1) + "\n"
            )
            (folder / "state.json").write_text(json.dumps(asdict(self.state)) + "\n")
        return place


def packed_network(folder: Path, pieces: list[str]) -> Network:
    """The network of a packed detector, or a new one on the encoder of a packed rewriter.

    Args:
        pieces: the vocabulary that the network is to have.

    Raises:
        ModelError: if the packed model has another one.
    """
    if Pieces(folder / "sentencepiece.model").all() != pieces:
        raise ModelError(f"{folder}: another vocabulary than the run's")
    network = Network(packed.load_encoder(folder))
    head = folder / "head.npy"
    if head.is_file():
        values = torch.from_numpy(np.load(head, allow_pickle=False))
        with torch.no_grad():
            network.head.weight.copy_(values[:, :-1])
            network.head.bias.copy_(values[:, -1])
    return network


def load(checkpoint: Path) -> Network:
    """The network of a checkpoint."""
    from transformers.models.bart.modeling_bart import BartEncoder

    weights = load_file(checkpoint / "model.safetensors")
    vocabulary = len(weights["encoder.embed_tokens.weight"])
    depth = len({n.split(".")[2] for n in weights if n.startswith("encoder.layers.")})
    network = Network(BartEncoder(config(vocabulary, encoder_layers=depth)))
    network.load_state_dict(weights)
    return network
