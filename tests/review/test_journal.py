"""The journal: whole lines only, nothing decided is lost, one writer at a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mtrepair.core import InputError
from mtrepair.readers.files import read_bytes
from mtrepair.review import journal
from mtrepair.review.finish import replay
from mtrepair.review.journal import Journal, Reviewed, read
from tests.review.drive import TEXT, desk, press


class Lines:
    """A journal in memory."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []

    def write(self, *records: dict[str, Any]) -> None:
        """Keep the records."""
        self.records += [json.loads(json.dumps(record)) for record in records]


def folded(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What holds of records, as reading a journal has it."""
    log = journal.Log(Path("memory"), size=1)
    for record in records:
        journal._take(log, record)
    return log.records


def begun(path: Path, text: str = TEXT, name: str = "a.txt") -> Journal:
    book = Journal(path)
    book.begin([Reviewed.of(name, read_bytes(text.encode(), name))], {"command": "review"})
    return book


def test_what_was_decided_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    book = begun(path)
    made = press(desk(journal=book), "y", "n", "u", "y", "y")
    book.close()
    log = read(path)
    assert log.decisions == 3
    assert log.files[0].text == TEXT
    ((file, edits, text),) = replay(log)
    assert file.path == "a.txt"
    assert text == made.review.text(0)
    assert edits == made.review.edits(0)


def test_every_prefix_holds_every_whole_line(tmp_path: Path) -> None:
    """As if the power had gone after each byte."""
    path = tmp_path / "log.jsonl"
    book = begun(path)
    head = path.stat().st_size
    made = desk(journal=book)
    ends = {path.stat().st_size: 0}
    texts = [made.review.text(0)]
    for key in "ynyusyy":
        press(made, key)
        if path.stat().st_size not in ends:
            ends[path.stat().st_size] = len(texts)
            texts.append(made.review.text(0))
    book.close()
    data = path.read_bytes()
    for size in range(head, len(data) + 1, 7):
        path.write_bytes(data[:size])
        log = read(path)
        assert log.size <= size
        last = max((end for end in ends if end <= size), default=head)
        assert replay(log)[0][2] == texts[ends[last]]


def test_going_on_cuts_off_what_is_torn(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    book = begun(path)
    press(desk(journal=book), "y")
    book.close()
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"event": "deci')
    log = read(path)
    book = Journal(path, log.size)
    book.write({"event": "undo"})
    book.close()
    assert path.read_bytes() == whole + b'{"event": "undo"}\n'


def test_a_journal_without_decisions_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    begun(path).close()
    assert not path.exists()


def test_two_cannot_write_one_journal(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    path = tmp_path / "log.jsonl"
    book = begun(path)
    with pytest.raises(InputError, match="another review"):
        Journal(path)
    assert read(path).files  # and what the first wrote is still there
    book.close()


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"{}\n", b"not json\n{}\n", b'{"event": "start", "version": 99, "options": {}}\n'],
)
def test_what_is_no_journal_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match="log.jsonl"):
        read(path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        Journal(tmp_path / "file" / "log.jsonl")


def test_the_unfinished_review_of_these_files_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(journal.FOLDER, str(tmp_path))
    names = [str(tmp_path / "a.txt")]
    assert journal.unfinished(names) is None
    book = begun(journal.new_path(names), name=names[0])
    press(desk(journal=book), "y")
    found = journal.unfinished(names)
    assert found is not None
    assert found.decisions == 1
    assert journal.unfinished([*names, "b.txt"]) is None
    book.write({"event": "end", "how": "written"})
    assert journal.unfinished(names) is None
    book.close()
