"""The detector's network: what it reads, its loss, and the packed model against torch."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra: torch is not installed")
pytest.importorskip("transformers", reason="needs the [train] extra: transformers is missing")
pytest.importorskip("safetensors", reason="needs the [train] extra: safetensors is missing")

from safetensors.torch import save_file  # noqa: E402
from transformers.models.bart.modeling_bart import BartEncoder  # noqa: E402

from mtrepair.core import ModelError  # noqa: E402
from mtrepair.models.store import find  # noqa: E402
from mtrepair.rewriters.pieces import Pieces  # noqa: E402
from mtrepair.rules.learned import detector as runtime  # noqa: E402
from mtrepair.rules.learned.marks import Question  # noqa: E402
from mtrepair.rules.learned.reading import GAP, OUTPUTS, Reader  # noqa: E402
from mtrepair.train import detect_data, detect_export, detect_model, detect_train, e5  # noqa: E402
from mtrepair.train.model import config  # noqa: E402

pytestmark = pytest.mark.train

TEXTS = (
    "Le village possède une très belle fontaine en pierre.",
    "Il mange.",
    "L'eau de la rivière est froide, mais l'été arrive enfin dans la vallée.",
)


@pytest.fixture(scope="module")
def vocabulary() -> Path:
    try:
        return find("rewriter-fr").file("sentencepiece.model")
    except ModelError as error:
        pytest.skip(f"no packed model: {error}")


@pytest.fixture(scope="module")
def checkpoint(vocabulary: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An untrained network of two layers, saved as a run saves it."""
    torch.manual_seed(3)
    network = detect_model.Network(
        BartEncoder(config(len(Pieces(vocabulary).all()), encoder_layers=2))
    )
    torch.nn.init.normal_(network.head.weight, std=1.0)
    folder = tmp_path_factory.mktemp("checkpoint")
    weights = {name: value.detach().contiguous() for name, value in network.state_dict().items()}
    save_file(weights, folder / "model.safetensors")
    (folder / "sentencepiece.model").write_bytes(vocabulary.read_bytes())
    settings = asdict(detect_train.Settings(minutes=1, layers=2))
    (folder / "settings.json").write_text(json.dumps(settings))
    (folder / "state.json").write_text(json.dumps(asdict(detect_train.State())))
    return folder


def question(text: str, source: str | None = None) -> Question:
    return Question(text, tuple(detect_data.ranges(text)), source)


def by_torch(checkpoint: Path, asked: Question) -> Any:
    """The mean over the pieces of each token, by the network that was saved."""
    network = detect_train.load(checkpoint).eval()
    pieces = Pieces(checkpoint / "sentencepiece.model")
    numbers = {piece: i for i, piece in enumerate(pieces.all())}
    read = Reader(pieces).read(asked.text, asked.tokens, asked.source)
    ids = torch.tensor([[numbers.get(p, detect_data.UNK_ID) for p in read.pieces]])
    with torch.no_grad():
        rows = network(ids)[0].numpy()
    owners = np.asarray(read.owners)
    return np.stack([rows[owners == i].mean(axis=0) for i in range(len(asked.tokens))])


def test_packed_model_agrees_with_torch(checkpoint: Path, tmp_path: Path) -> None:
    place = detect_export.export(checkpoint, tmp_path / "detector")
    packed = runtime.load(place, threads=1)
    asked = [question(TEXTS[0]), question(TEXTS[1], "He eats."), question(TEXTS[2])]
    found = packed.numbers(asked)
    for one, (spans, numbers) in zip(asked, found, strict=True):
        wanted = by_torch(checkpoint, one)
        assert [(s.start, s.end) for s in spans] == list(one.tokens)
        assert numbers.shape == wanted.shape == (len(one.tokens), OUTPUTS)
        # int8 moves each number a little; the order of the tokens must not change much.
        assert np.corrcoef(numbers.ravel(), wanted.ravel())[0, 1] > 0.99
    again = packed.numbers(list(reversed(asked)))
    for (_, one), (_, two) in zip(found, reversed(again), strict=True):
        np.testing.assert_array_equal(one, two)


def test_a_missing_checkpoint_leaves_the_place_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "detector"
    place.mkdir()
    (place / "old").write_text("old")
    with pytest.raises(FileNotFoundError):
        detect_export.export(tmp_path / "nothing", place)
    assert [p.name for p in tmp_path.iterdir()] == ["detector"]
    assert (place / "old").read_text() == "old"


def test_unknown_labels_do_not_count() -> None:
    logits = torch.zeros(1, 4, OUTPUTS)
    labels = {name: torch.full((1, 4), -1) for name in ("bad", "gap", "kind", "severity")}
    labels["bad"][0, 0] = labels["gap"][0, 0] = 0
    some = float(detect_model.loss(logits, labels))
    logits[0, 1:, 0], logits[0, 1:, GAP] = 50.0, -50.0  # where nothing is known
    assert float(detect_model.loss(logits, labels)) == pytest.approx(some)
    labels["bad"][0, 1] = 0
    assert float(detect_model.loss(logits, labels)) > some


def test_frozen_layers_do_not_move(vocabulary: Path) -> None:
    try:
        weights = e5.load()
    except ModelError as error:
        pytest.skip(str(error))
    pieces = Pieces(vocabulary)
    network = detect_model.fresh(weights, pieces.all(), layers=2)
    detect_model.freeze(network, 1)
    numbers = {piece: i for i, piece in enumerate(pieces.all())}
    made = detect_data.right(TEXTS[0])
    made.bad[2] = 1
    example = detect_data.encode(made, Reader(pieces), numbers)
    read, labels = detect_train.tensors([example, example])
    detect_model.loss(network(read), labels).backward()
    moved = {name for name, p in network.named_parameters() if p.grad is not None}
    assert any(name.startswith("encoder.layers.1.") for name in moved)
    assert not any(name.startswith(("encoder.layers.0.", "encoder.embed")) for name in moved)
    assert {"head.weight", "head.bias"} <= moved


def test_rows_are_found_by_their_pieces(vocabulary: Path) -> None:
    try:
        weights = e5.load()
    except ModelError as error:
        pytest.skip(str(error))
    pieces = Pieces(vocabulary).all()
    rows = detect_model.rows_of(weights, pieces)
    plain = [i for i, piece in enumerate(pieces) if not piece.startswith("<")]
    assert all(weights.pieces[rows[i]] == pieces[i] for i in plain)
    with pytest.raises(ModelError):
        detect_model.rows_of(weights, ["▁zzzzqqqq-no-such-piece"])


def test_the_running_mean_lags_behind_and_is_put_back() -> None:
    torch.manual_seed(1)
    network = detect_model.Network(BartEncoder(config(20, encoder_layers=1)))
    mean = detect_train.RunningMean(network, 0.9)
    start = network.head.weight.detach().clone()
    for _ in range(5):
        with torch.no_grad():
            network.head.weight.add_(1.0)
        mean.follow()
    now = network.head.weight.detach().clone()
    with mean.in_place():
        inside = network.head.weight.detach().clone()
    assert torch.equal(network.head.weight, now)
    assert bool((inside > start).all() and (inside < now).all())


def test_layers_are_spread_over_the_encoder() -> None:
    from mtrepair.train.model import kept

    assert kept(6, 12, spread=True) == (0, 2, 4, 6, 8, 10)
    assert kept(6, 12, spread=False) == (0, 1, 2, 3, 4, 5)
