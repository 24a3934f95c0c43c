"""The journal: whole entries or none, whatever happened to its end."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtrepair.batch.chunk import Key, Patch, Result
from mtrepair.batch.journal import Journal
from mtrepair.core import ConfigError

DESCRIPTION = {"settings": {"lang": "fr"}, "inputs": [["a.jsonl", 3, 4]]}


def result(number: int, data: bytes = b"\xffnew\n") -> Result:
    return Result(
        key=Key(0, number),
        size=10,
        patches=(Patch(3, 5, data), Patch(9, 9, b"")),
        edits=b'{"id": 1}\n',
        rejects=b"",
        stats={"records": 2, "samples": [["ab", {"left": "é"}]]},
    )


def written(folder: Path, count: int) -> Path:
    path = folder / "run" / ".mtrepair" / "journal"
    with Journal.create(path, DESCRIPTION) as journal:
        for number in range(count):
            journal.add(result(number))
    return path


@given(data=st.binary(max_size=50), edits=st.binary(max_size=50), size=st.integers(0, 1 << 40))
def test_a_result_survives_its_encoding(data: bytes, edits: bytes, size: int) -> None:
    one = Result(key=Key(1, 2), size=size, patches=(Patch(0, 1, data),), edits=edits)
    assert Result.decode(one.encode()) == one


def test_what_was_added_is_there_again(tmp_path: Path) -> None:
    path = written(tmp_path, 3)
    journal = Journal.resume(path)
    assert journal is not None
    with journal:
        assert journal.description == DESCRIPTION
        assert list(journal.results()) == [result(n) for n in range(3)]


def test_every_cut_leaves_whole_entries(tmp_path: Path) -> None:
    path = written(tmp_path, 3)
    whole = path.read_bytes()
    seen = set()
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        journal = Journal.resume(path)
        if journal is None:
            seen.add(-1)
            assert not path.exists()
            continue
        with journal:
            keys = journal.keys()
            assert keys == {Key(0, n) for n in range(len(keys))}  # a prefix, in order
            seen.add(len(keys))
            journal.add(result(7))
        again = Journal.resume(path)
        assert again is not None
        with again:
            assert again.get(Key(0, 7)) == result(7)
            assert len(again) == len(keys) + 1
    assert seen == {-1, 0, 1, 2, 3}


@settings(max_examples=50, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_never_believed(
    tmp_path_factory: pytest.TempPathFactory, place: float, bit: int
) -> None:
    path = written(tmp_path_factory.mktemp("j"), 2)
    data = bytearray(path.read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    path.write_bytes(data)
    journal = Journal.resume(path)
    if journal is not None:
        with journal:
            assert journal.description == DESCRIPTION
            for one in journal.results():
                assert one == result(one.key.number)


def test_the_same_chunk_counts_once(tmp_path: Path) -> None:
    path = written(tmp_path, 1)
    journal = Journal.resume(path)
    assert journal is not None
    with journal:
        size = path.stat().st_size
        journal.add(result(0, b"another"))
        assert path.stat().st_size == size
        assert journal.get(Key(0, 0)) == result(0)


def test_two_runs_cannot_write_one_journal(tmp_path: Path) -> None:
    path = tmp_path / "run" / ".mtrepair" / "journal"
    with Journal.create(path, DESCRIPTION), pytest.raises(ConfigError, match="another run"):
        Journal.resume(path)
    path = written(tmp_path / "done", 1)
    with pytest.raises(ConfigError, match="--resume"):
        Journal.create(path, DESCRIPTION)


def test_a_run_without_a_result_can_be_begun_differently(tmp_path: Path) -> None:
    path = written(tmp_path, 0)
    other = {**DESCRIPTION, "settings": {"lang": "de"}}
    with Journal.create(path, other) as journal:
        journal.add(result(0))
    again = Journal.resume(path)
    assert again is not None
    with again:
        assert again.description == other
        assert again.keys() == {Key(0, 0)}


@pytest.fixture
def small_disk() -> Iterator[int]:
    """No file may grow beyond 2,000 bytes: the system answers a write as it does on a full disk."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, old[1]))
    yield 2000
    resource.setrlimit(resource.RLIMIT_FSIZE, old)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_takes_nothing_that_is_there(tmp_path: Path, small_disk: int) -> None:
    path = written(tmp_path, 2)
    before = path.read_bytes()
    journal = Journal.resume(path)
    assert journal is not None
    with journal:
        with pytest.raises(OSError, match="too large"):
            journal.add(result(5, b"x" * small_disk))
        assert path.read_bytes() == before
        journal.add(result(6))  # there is room for a smaller one
        assert journal.get(Key(0, 6)) == result(6)
    again = Journal.resume(path)
    assert again is not None
    with again:
        assert again.keys() == {Key(0, 0), Key(0, 1), Key(0, 6)}
