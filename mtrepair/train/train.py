"""The training loop: one recipe for two CPU cores and for a GPU, from checkpoint to checkpoint.

A run lives in a folder: ``log.jsonl`` (a line for each report), and ``checkpoint/`` with the
weights and AdamW's moments as safetensors, the vocabulary, and ``state.json``. A run that was
stopped goes on at its next step with the same batches.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch.utils.data import DataLoader, Dataset
from transformers import BartForConditionalGeneration

from mtrepair.rewriters.pieces import Pieces
from mtrepair.train import data, e5, packed, vocabulary
from mtrepair.train.data import POOL, Corpus, Example
from mtrepair.train.folder import replacing
from mtrepair.train.model import config, for_training, kept, warm_start

PAD_ID = 1
_IGNORED = -100  # label of a place that does not count, torch's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A run's settings.

    Attributes:
        minutes: wall-clock budget of the whole run; the rate follows the share of it that is used.
        examples: budget in examples instead, so that two networks can be compared; 0 for minutes.
        batch: examples a step.
        rate: of the decoder; ``embedding_rate`` and ``encoder_rate`` of the other parts.
        rate_factor: on all three; below 1 to go on from a trained model, whose moments are gone.
        frozen: lower encoder layers that stay as they are; 0 on a GPU.
        steady: share of the budget after which the rate starts to fall to zero.
        device: ``cpu`` or ``cuda``.
        encoder_layers: how many of the encoder's layers are kept, from the bottom; with half of
            them the same time is enough for twice the examples.
        spread: keep every second or third layer of all instead, as DistilBERT does
            (arXiv:1910.01108).
        bf16: autocast to bfloat16; see ``model.fast_bf16``.
        workers: processes that make damage.
        before: examples that the model had seen from which the run started.
    """

    minutes: float
    examples: int = 0
    batch: int = 48
    rate: float = 1e-3
    embedding_rate: float = 5e-4
    encoder_rate: float = 3e-4
    rate_factor: float = 1.0
    frozen: int = 6
    warm_up: int = 200
    steady: float = 0.35
    clip: float = 1.0
    seed: int = 1
    vocabulary: int = 18000
    decoder_layers: int = 2
    encoder_layers: int = 12
    spread: bool = False
    device: str = "cpu"
    bf16: bool = False
    workers: int = 0
    save_minutes: float = 4.0
    before: int = 0


class _Pools(Dataset[list[list[Example]]]):  # type: ignore[misc,unused-ignore]
    """Pools of batches by their number, so that workers can make them in any process."""

    def __init__(self, corpus: Corpus, pieces: Path, settings: Settings) -> None:
        self._corpus, self._path, self._settings = corpus, pieces, settings
        self._made: tuple[Any, Pieces] | None = None

    def __len__(self) -> int:
        return 1 << 40

    def __getitem__(self, number: int) -> list[list[Example]]:
        if self._made is None:
            self._made = data.resources(self._corpus), Pieces(self._path)
        resources, pieces = self._made
        return data.pool(
            self._corpus,
            resources,
            pieces,
            seed=self._settings.seed,
            number=number,
            size=self._settings.batch,
        )


def _batches(pools: _Pools, step: int, workers: int) -> Iterator[list[Example]]:
    """The batches of a run from ``step`` on."""
    first, skipped = divmod(step, POOL)
    loader: Any = DataLoader(
        pools,
        batch_size=None,
        sampler=range(first, len(pools)),
        num_workers=workers,
        prefetch_factor=2 if workers else None,
    )
    for made in loader:
        yield from made[skipped:]
        skipped = 0


def rate(settings: Settings, step: int, used: float) -> float:
    """The factor on all rates: warm-up, then steady, then down to zero as 1 - sqrt.

    Args:
        used: share of the budget that is used, 0 to 1.
    """
    warm = settings.rate_factor * min(1.0, (step + 1) / settings.warm_up)
    if used <= settings.steady:
        return warm
    fallen = min(1.0, (used - settings.steady) / (1 - settings.steady))
    return warm * float(1 - fallen**0.8)


def freeze(model: BartForConditionalGeneration, frozen: int) -> None:
    """Hold the lower ``frozen`` encoder layers as they are."""
    inner: Any = model.model
    for layer in inner.encoder.layers[:frozen]:
        layer.requires_grad_(False)


def groups(model: BartForConditionalGeneration, settings: Settings) -> list[dict[str, Any]]:
    """AdamW's groups: each with its rate, which ``base`` keeps; no decay on vectors."""
    sorted_out: dict[tuple[float, float], list[Any]] = {}
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            continue
        if "shared" in name or "embed" in name:
            lr = settings.embedding_rate
        elif ".encoder." in name:
            lr = settings.encoder_rate
        else:
            lr = settings.rate
        decay = 0.01 if weight.ndim > 1 and "embed" not in name and "shared" not in name else 0.0
        sorted_out.setdefault((lr, decay), []).append(weight)
    return [
        {"params": weights, "lr": lr, "base": lr, "weight_decay": decay}
        for (lr, decay), weights in sorted_out.items()
    ]


def tensors(batch: list[Example], device: str) -> dict[str, Any]:
    """A batch as the model's arguments; all tensors are (examples, pieces)."""
    read = torch.tensor(data.pad([e.read for e in batch], PAD_ID))
    labels = torch.tensor(data.pad([e.write for e in batch], _IGNORED))
    mask = (read != PAD_ID).long()
    return {
        "input_ids": read.to(device),
        "attention_mask": mask.to(device),
        "labels": labels.to(device),
    }


@dataclass(slots=True)
class State:
    """Where a run is: steps and examples done, seconds used."""

    step: int = 0
    examples: int = 0
    seconds: float = 0.0


class Run:
    """A training run in its folder.

    Args:
        folder: the run's folder; a checkpoint in it is resumed, whatever ``start`` says.
        corpus: right sentences.
        start: a checkpoint or a packed model to start from; the weights of
            multilingual-e5-small if None.
    """

    def __init__(
        self, folder: Path, corpus: Corpus, settings: Settings, start: Path | None = None
    ) -> None:
        self.folder, self.corpus, self.settings = folder, corpus, settings
        folder.mkdir(parents=True, exist_ok=True)
        self.state = State()
        checkpoint = folder / "checkpoint"
        resumed = (checkpoint / "state.json").is_file()
        origin = checkpoint if resumed else start
        self.spm = folder / "sentencepiece.model"
        if origin is None:
            self.model = self._fresh()
        else:
            if not self.spm.is_file():
                shutil.copyfile(origin / "sentencepiece.model", self.spm)
            self.model = load(origin)
        freeze(self.model, settings.frozen)
        network: Any = self.model
        network.to(settings.device)
        for_training(network, settings.device)
        self.optimizer: Any = torch.optim.AdamW(groups(self.model, settings), betas=(0.9, 0.98))
        if resumed:
            self._resume(checkpoint)

    def _fresh(self) -> BartForConditionalGeneration:
        torch.manual_seed(self.settings.seed)
        weights = e5.load()
        texts = _vocabulary_texts(self.corpus)
        pieces, scores, rows = vocabulary.prune(weights, texts, self.settings.vocabulary)
        self.spm.write_bytes(vocabulary.serialise(pieces, scores))
        return warm_start(
            weights,
            rows,
            decoder_layers=self.settings.decoder_layers,
            layers=kept(self.settings.encoder_layers, weights.layers, spread=self.settings.spread),
        )

    def train(self, steps: int | None = None) -> None:
        """Train until the budget is used, or for ``steps`` steps; saves now and then."""
        settings, state = self.settings, self.state
        budget = settings.examples or settings.minutes * 60
        pools = _Pools(self.corpus, self.spm, settings)
        batches = _batches(pools, state.step, settings.workers)
        last = None if steps is None else state.step + steps
        begun = time.monotonic() - state.seconds
        saved = reported = time.monotonic()
        losses: list[float] = []
        seen = state.examples
        self.model.train()
        while (used := self._used() / budget) < 1 and (last is None or state.step < last):
            loss = self.step(next(batches), used=used)
            losses.append(loss)
            now = time.monotonic()
            if steps is None:
                state.seconds = now - begun
            if now - reported > 15:
                speed = (state.examples - seen) / (now - reported)
                self._report(sum(losses) / len(losses), speed, budget)
                losses, reported, seen = [], now, state.examples
            if now - saved > settings.save_minutes * 60:
                self.save()
                saved = time.monotonic()
        self.save()

    def _used(self) -> float:
        """How much of the budget is used, in its unit."""
        return self.state.examples if self.settings.examples else self.state.seconds

    def step(self, batch: list[Example], *, used: float) -> float:
        """One step; the mean loss over the batch's pieces, in nats."""
        settings, state = self.settings, self.state
        torch.manual_seed(settings.seed * 1_000_003 + state.step)  # dropout, the same when resumed
        factor = rate(settings, state.step, used)
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * factor
        kind = "cuda" if settings.device.startswith("cuda") else "cpu"
        with torch.autocast(kind, torch.bfloat16, enabled=settings.bf16):
            loss: Any = self.model(**tensors(batch, settings.device)).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), settings.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        state.step += 1
        state.examples += len(batch)
        return float(loss.detach())

    def _report(self, loss: float, speed: float, budget: float) -> None:
        state = self.state
        left = max(0.0, budget - self._used())
        if self.settings.examples:
            left /= max(speed, 0.01)
        print(
            f"{state.examples:>9,} examples  loss {loss:6.3f}  {speed:7.1f} ex/s  "
            f"{int(left // 60):3d} min {int(left % 60):02d} s left",
            file=sys.stderr,
            flush=True,
        )
        row = {**asdict(state), "loss": round(loss, 4), "speed": round(speed, 2)}
        row["rate"] = self.optimizer.param_groups[0]["lr"]
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def save(self) -> Path:
        """Write ``checkpoint/`` beside its place, then rename it."""
        place = self.folder / "checkpoint"
        with replacing(place) as folder:
            inner: Any = self.model
            save_file(weights(inner), folder / "model.safetensors")
            moments = {
                f"{number}.{name}": value.detach().cpu().contiguous()
                for number, entry in self.optimizer.state_dict()["state"].items()
                for name, value in entry.items()
            }
            save_file(moments, folder / "optimizer.safetensors")
            shutil.copyfile(self.spm, folder / "sentencepiece.model")
            (folder / "config.json").write_text(inner.config.to_json_string(), encoding="utf-8")
            (folder / "settings.json").write_text(
                json.dumps(asdict(self.settings), indent=1) + "\n"
            )
            (folder / "state.json").write_text(json.dumps(asdict(self.state)) + "\n")
        return place

    def _resume(self, checkpoint: Path) -> None:
        self.state = State(**json.loads((checkpoint / "state.json").read_text()))
        moments = load_file(checkpoint / "optimizer.safetensors")
        held = self.optimizer.state_dict()
        for key, value in moments.items():
            number, name = key.split(".", 1)
            held["state"].setdefault(int(number), {})[name] = value
        for group in held["param_groups"]:
            group["lr"] = group["base"]
        self.optimizer.load_state_dict(held)


def weights(model: Any) -> dict[str, Any]:
    """The weights of a network by their names, tied ones once."""
    seen: set[int] = set()
    kept: dict[str, Any] = {}
    for name, weight in model.state_dict().items():
        if weight.data_ptr() in seen:
            continue
        seen.add(weight.data_ptr())
        kept[name] = weight.detach().cpu().contiguous()
    return kept


def load(folder: Path) -> BartForConditionalGeneration:
    """The network of a checkpoint, or of a packed model where there is no checkpoint."""
    if not (folder / "model.safetensors").is_file():
        return packed.load(folder)
    raw = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    model = BartForConditionalGeneration(
        config(
            raw["vocab_size"],
            decoder_layers=raw["decoder_layers"],
            encoder_layers=raw["encoder_layers"],
        )
    )
    model.load_state_dict(load_file(folder / "model.safetensors"), strict=False)
    model.tie_weights()
    return model


def _vocabulary_texts(corpus: Corpus, count: int = 60000) -> list[str]:
    """Texts whose pieces the vocabulary must have: the clean ones and both sides of the pairs."""
    pairs = corpus.parallel[: count // 2]
    texts = [*corpus.clean[:count], *(s for s, _ in pairs), *(t for _, t in pairs)]
    random.Random(0).shuffle(texts)
    return texts
