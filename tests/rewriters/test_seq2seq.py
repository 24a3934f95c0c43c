"""Both run times of a rewriter, on a model of random weights: same scores, steady results."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mtrepair.core import ModelError, Span
from mtrepair.rewriters import hf
from mtrepair.rewriters.base import Query
from mtrepair.rewriters.seq2seq import Seq2Seq, load

pytest.importorskip("torch")
pytest.importorskip("transformers")
from tests.rewriters import tiny

pytestmark = pytest.mark.train

FIRST, THIRD = tiny.SENTENCES[0], tiny.SENTENCES[2]
QUERIES = [
    Query(text=FIRST, span=Span(3, 7)),
    Query(text=FIRST, span=Span(12, 15)),
    Query(text=THIRD, span=Span(15, 22), source=tiny.SENTENCES[3]),
    Query(text="rien .", span=Span(4, 5)),
]
TEXTS = [["chat", "chien", "", "chats noirs"]] * 4


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[Seq2Seq, hf.HfRewriter]:
    packed, plain = tiny.make(tmp_path_factory.mktemp("model"))
    return load(packed), hf.HfRewriter(plain)


@pytest.mark.parametrize("hidden", [True, False])
def test_same_scores(models: tuple[Seq2Seq, hf.HfRewriter], hidden: bool) -> None:
    ours, theirs = (m.score(QUERIES, TEXTS, hidden=hidden) for m in models)
    assert [len(row) for row in ours] == [4, 4, 4, 0]
    for a, b in zip(ours, theirs, strict=True):
        for x, y in zip(a, b, strict=True):
            assert (x.text, x.pieces) == (y.text, y.pieces)
            assert x.score / x.pieces == pytest.approx(y.score / y.pieces, abs=0.8)  # int8


def test_order_changes_nothing(models: tuple[Seq2Seq, hf.HfRewriter]) -> None:
    model = models[0]
    forth = model.score(QUERIES, TEXTS)
    back = model.score(QUERIES[::-1], TEXTS)
    assert forth == back[::-1]
    assert model.generate(QUERIES, best=3) == model.generate(QUERIES[::-1], best=3)[::-1]


def test_missing_extra_names_the_pip_line() -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from mtrepair.rewriters.hf import HfRewriter\n"
        "from mtrepair.core import ModelError\n"
        "try: HfRewriter('x')\n"
        "except ModelError as error: print(error)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert 'pip install "mtrepair[hf]"' in run.stdout


def test_no_such_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        load(tmp_path)
