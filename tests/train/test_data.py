"""From corpora to batches; nothing here needs torch."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from mtrepair.core import InputError, ModelError
from mtrepair.models.store import find
from mtrepair.rewriters.pieces import Pieces
from mtrepair.train import data


@pytest.fixture
def corpus(tmp_path: Path) -> data.Corpus:
    french = [f"Le village numéro {i} possède une belle fontaine en pierre." for i in range(60)]
    (tmp_path / "clean" / "train").mkdir(parents=True)
    (tmp_path / "parallel" / "train").mkdir(parents=True)
    (tmp_path / "clean" / "dev").mkdir()
    with lzma.open(tmp_path / "clean" / "dev" / "kept.txt.xz", "wt") as file:
        file.write("Cette phrase de mesure ne doit jamais servir ici.\n")
    with lzma.open(tmp_path / "clean" / "train" / "towns.txt.xz", "wt") as file:
        file.writelines(f"{line}\n" for line in french)
    with lzma.open(tmp_path / "clean" / "train" / "eltec.txt.xz", "wt") as file:
        file.writelines(f"Il soupira longuement, la nuit numéro {i}.\n" for i in range(500))
    with lzma.open(tmp_path / "parallel" / "train" / "towns.tsv.xz", "wt") as file:
        file.writelines(f"Village {i} has a fountain.\t{line}\n" for i, line in enumerate(french))
    return data.read(tmp_path)


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    try:
        return Pieces(find().file("sentencepiece.model"))
    except ModelError as error:
        pytest.skip(f"no packed model: {error}")


def test_novels_are_at_most_a_fifth_and_dev_is_left_out(corpus: data.Corpus) -> None:
    novels = sum("soupira" in text for text in corpus.clean)
    assert 0 < novels <= 0.2 * 60
    assert not any("mesure" in text for text in corpus.clean)


def test_a_folder_without_corpora_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="clean/train"):
        data.read(tmp_path)


@pytest.mark.model
def test_pools_are_the_same_for_the_same_number(corpus: data.Corpus, pieces: Pieces) -> None:
    res = data.resources(corpus)
    first, again, other = (
        data.pool(corpus, res, pieces, seed=3, number=n, size=4, batches=3) for n in (0, 0, 1)
    )
    assert first == again != other
    assert all(len(batch) == 4 for batch in first)


@pytest.mark.model
def test_examples_have_their_ends_and_markers(corpus: data.Corpus, pieces: Pieces) -> None:
    res = data.resources(corpus)
    bos, end, opening, closing, mask = pieces.ids(["<s>", "</s>", "<bad>", "</bad>", "<mask>"])
    stream = data.examples(corpus, res, pieces, "1")
    kinds = set()
    for _ in range(150):
        example = next(stream)
        kinds.add(example.kind)
        assert example.read[0] == bos and example.read[-1] == end == example.write[-1]
        assert example.read.count(opening) == example.read.count(closing) == 1
        assert (mask in example.read) == (example.kind == "hidden")
        assert len(example.read) <= data.LONGEST
    assert {"hidden", "keep", "agreement", "loop"} <= kinds


def test_rows_are_padded_to_the_longest() -> None:
    assert data.pad([[1], [2, 3]], 0) == [[1, 0], [2, 3]]
