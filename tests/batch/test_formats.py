"""The other formats: their files come back with the repairs and nothing else."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mtrepair import api
from mtrepair.batch.run import Local, Outcome, run
from mtrepair.batch.settings import Settings
from mtrepair.core import ConfigError, InputError
from tests.batch.conftest import texts

BAD, GOOD = (
    "On voit que la pluie la pluie la pluie la pluie tombe.",
    "On voit que la pluie tombe.",
)


def clean(path: Path, out: Path, **more: Any) -> Outcome:
    return run([str(path)], out, Settings(chunk=3000, **more), Local(1))


def fixed(text: str) -> str:
    return api.fix(text).text


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_lines(articles: Callable[[int], Path], tmp_path: Path, suffix: str) -> None:
    plain = articles(40)
    clean(plain, tmp_path / "plain")
    path = tmp_path / f"packed.jsonl{suffix}"
    if suffix == ".gz":
        half = plain.read_bytes()
        path.write_bytes(gzip.compress(half[:1000]) + gzip.compress(half[1000:]))  # two members
        unpack: Callable[[bytes], bytes] = gzip.decompress
    else:
        zstandard = pytest.importorskip("zstandard")
        pack = zstandard.ZstdCompressor().compress
        half = plain.read_bytes()
        path.write_bytes(pack(half[:1000]) + pack(half[1000:]))

        def unpack(data: bytes) -> bytes:
            return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)).read()

    clean(path, tmp_path / "packed")
    result = (tmp_path / "packed" / "data" / path.name).read_bytes()
    assert unpack(result) == (tmp_path / "plain" / "data" / plain.name).read_bytes()
    clean(path, tmp_path / "again")
    assert (tmp_path / "again" / "data" / path.name).read_bytes() == result
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="damaged or cut short"):
        clean(path, tmp_path / "torn")


@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t")])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_tables_of_text(tmp_path: Path, suffix: str, delimiter: str, newline: str) -> None:
    pytest.importorskip("pyarrow")
    rows = [
        [str(n).zfill(3), text, "", 'a "quoted", cell\nof two lines', "1.50"]
        for n, text in enumerate(texts(40))
    ]
    path = tmp_path / f"t{suffix}"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator=newline)
        writer.writerows([["id", "text", "empty", "quoted", "number"], *rows])
    outcome = clean(path, tmp_path / "out", id_field="id")
    assert outcome.stats["changed"] > 10
    result = (tmp_path / "out" / "data" / path.name).read_bytes().decode("utf-8")
    expected = io.StringIO()
    writer = csv.writer(expected, delimiter=delimiter, lineterminator=newline)
    writer.writerows([["id", "text", "empty", "quoted", "number"]])
    writer.writerows([row[0], fixed(row[1]), *row[2:]] for row in rows)
    assert result == expected.getvalue()
    edits = (tmp_path / "out" / "edits.jsonl").read_text("utf-8").splitlines()
    assert json.loads(edits[0])["id"] == next(row[0] for row in rows if fixed(row[1]) != row[1])


def test_a_cell_that_is_not_utf8_keeps_its_bytes(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "t.csv"
    path.write_bytes(b"text,other\n\xe9t\xe9,\xff\n" + BAD.encode() + b",b\n")
    outcome = clean(path, tmp_path / "out")
    assert outcome.stats["rejected"] == {"not-utf-8": 1}
    result = (tmp_path / "out" / "data" / "t.csv").read_bytes()
    assert result == b"text,other\n\xe9t\xe9,\xff\n" + GOOD.encode() + b",b\n"


def test_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = arrow.table(
        {
            "n": arrow.array(range(50), arrow.int16()),
            "text": arrow.array([None, *texts(49)], arrow.large_string()),
            "tags": [["a", None]] * 50,
            "when": arrow.array([1] * 50, arrow.timestamp("ms", "Europe/Paris")),
        }
    ).replace_schema_metadata({"made": "by a test"})
    path = tmp_path / "t.parquet"
    parquet.write_table(table, path, row_group_size=20, compression="zstd")
    outcome = clean(path, tmp_path / "out", id_field="n")
    assert outcome.stats["rejected"] == {"wrong-type": 1}
    assert outcome.stats["changed"] > 10
    target = tmp_path / "out" / "data" / "t.parquet"
    result = parquet.read_table(target)
    given = parquet.read_table(path)  # pyarrow has names of its own for what is nested
    assert result.schema.equals(given.schema, check_metadata=True)
    expected = [None, *map(fixed, texts(49))]
    assert result["text"].to_pylist() == expected
    assert result.drop(["text"]).equals(given.drop(["text"]))
    meta = parquet.ParquetFile(target).metadata
    assert [meta.row_group(g).num_rows for g in range(meta.num_row_groups)] == [20, 20, 10]
    assert meta.row_group(0).column(0).compression == "ZSTD"


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match=r"no column 'text' \(it has a, b\)"):
        clean(path, tmp_path / "out")


def test_a_tree_keeps_its_shape(tmp_path: Path) -> None:
    tree = tmp_path / "in"
    files = {
        "a.txt": BAD.encode(),
        "b/c.md": f"# Titre\r\n\r\n**Gras.** {BAD}\r\n".encode(),
        "b/d.html": f"<p>Un &amp; deux. {BAD}</p>".encode(),
        "b/e.txt": b"\xff\xfe" + BAD.encode("utf-16-le"),
        "b/image.txt": b"\x89PNG\0\0",
        "empty.txt": b"",
        "latin.txt": "été".encode("latin-1"),
        ".hidden.txt": BAD.encode(),
        "shard.jsonl": json.dumps({"text": BAD}).encode() + b"\n",
    }
    for name, data in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(data)
    outcome = clean(tree, tmp_path / "out")
    data = tmp_path / "out" / "data"
    found = {p.relative_to(data).as_posix(): p.read_bytes() for p in data.rglob("*") if p.is_file()}
    del files[".hidden.txt"]
    assert set(found) == set(files)
    for name, old in files.items():
        new = old.replace(BAD.encode(), GOOD.encode())
        assert found[name] == new.replace(BAD.encode("utf-16-le"), GOOD.encode("utf-16-le")), name
    assert outcome.stats["rejected"] == {"not-utf-8": 1, "unreadable": 2}
    edits = [json.loads(e) for e in (tmp_path / "out" / "edits.jsonl").read_text().splitlines()]
    assert {e["file"] for e in edits} == {"a.txt", "b/c.md", "b/d.html", "b/e.txt", "shard.jsonl"}


def test_two_inputs_of_one_name(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(BAD)
    paths = [str(tmp_path / f / "a.txt") for f in ("x", "y")]
    with pytest.raises(ConfigError, match="would both be written"):
        run(paths, tmp_path / "out", Settings(), Local(1))
    run([str(tmp_path / f) for f in ("x", "y")], tmp_path / "out", Settings(), Local(1))
    assert (tmp_path / "out" / "data" / "y" / "a.txt").read_text() == GOOD
