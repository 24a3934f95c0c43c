"""Diffs from anywhere: read, put where they belong, and written again for `git apply`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtrepair.core import Edit, InputError, Span
from mtrepair.review import words
from mtrepair.review.patch import Change, changes, new_diff, parse

OLD = "un\ndeux\ntrois\nquatre\ncinq\nsix\nsept\nhuit\nneuf\ndix\n"
NEW = OLD.replace("deux", "DEUX").replace("neuf", "NEUF neuf")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    git("config", "user.email", "a@b")
    git("config", "user.name", "a")
    git("config", "core.autocrlf", "false")
    return tmp_path


def git(*args: str, data: bytes | None = None) -> bytes:
    done = subprocess.run(["git", *args], input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def committed(name: str, old: bytes, new: bytes) -> bytes:
    """Commit the old content, write the new one, and give git's diff."""
    Path(name).write_bytes(old)
    git("add", "-A")
    git("commit", "-qm", "x")
    Path(name).write_bytes(new)
    return git("diff")


def read(data: bytes) -> tuple[list[Change], list[str]]:
    return changes(parse(data))


def test_a_diff_that_was_made_counts_from_the_state_before(here: Path) -> None:
    (change,), problems = read(committed("a.txt", OLD.encode(), NEW.encode()))
    assert (change.base.text, change.text, change.applied) == (OLD, NEW, True)
    assert problems == []


def test_a_diff_that_is_still_to_be_made(here: Path) -> None:
    data = committed("a.txt", OLD.encode(), NEW.encode())
    Path("a.txt").write_text(OLD, encoding="utf-8")
    (change,), _ = read(data)
    assert (change.base.text, change.text, change.applied) == (OLD, NEW, False)


def test_what_is_accepted_is_taken_by_git_apply(here: Path) -> None:
    (change,), _ = read(committed("été «1».txt", OLD.encode(), NEW.encode()))
    edits = words.changes(change.base.text, change.text)
    git("apply", "--cached", data=new_diff(change, edits[:1]))
    assert git("show", ":été «1».txt").decode() == OLD.replace("deux", "DEUX")


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_byte_order_marks_and_missing_line_ends(here: Path, bom: bytes) -> None:
    data = committed("a.txt", bom + b"un\ndeux", bom + b"UN\nDEUX deux")
    (change,), _ = read(data)
    edits = words.changes(change.base.text, change.text)
    git("apply", "--cached", data=new_diff(change, edits))
    assert git("show", ":a.txt") == bom + b"UN\nDEUX deux"


def test_crlf_in_the_file_and_lf_in_the_diff(here: Path) -> None:
    data = committed("a.txt", OLD.encode(), NEW.encode())
    Path("a.txt").write_bytes(OLD.replace("\n", "\r\n").encode())
    (change,), _ = read(data)
    assert change.text == NEW.replace("\n", "\r\n")
    assert "line ends" in change.note
    git("apply", data=new_diff(change, words.changes(change.base.text, change.text)))
    assert Path("a.txt").read_bytes() == NEW.replace("\n", "\r\n").encode()


def test_crlf_in_the_diff_and_lf_in_the_file(here: Path) -> None:
    data = committed("a.txt", OLD.encode(), NEW.encode())
    Path("a.txt").write_text(OLD, encoding="utf-8", newline="")
    (change,), _ = read(data.replace(b"\n", b"\r\n"))
    assert change.text == NEW


def test_lines_that_moved(here: Path) -> None:
    data = committed("a.txt", OLD.encode(), NEW.encode())
    Path("a.txt").write_text("neu\n" * 7 + OLD, encoding="utf-8")
    (change,), _ = read(data)
    assert change.text == "neu\n" * 7 + NEW


def test_a_diff_that_does_not_apply_says_where(here: Path) -> None:
    data = committed("a.txt", OLD.encode(), NEW.encode())
    Path("a.txt").write_text(OLD.replace("deux", "zwei"), encoding="utf-8")
    found, (problem,) = read(data)
    assert found == []
    assert "a.txt: the diff does not apply: line 2 is “zwei”, the diff has “deux”" in problem


def test_a_diff_of_which_a_part_was_made(here: Path) -> None:
    lines = [f"Zeile {n}\n" for n in range(40)]
    new = [*lines]
    new[3], new[30] = "A\n", "B\n"
    data = committed("a.txt", "".join(lines).encode(), "".join(new).encode())
    new[30] = lines[30]
    Path("a.txt").write_text("".join(new), encoding="utf-8")
    _, (problem,) = read(data)
    assert "parts of it have been made" in problem


def test_a_binary_change_is_left_out(here: Path) -> None:
    data = committed("a.bin", b"\0\1\2", b"\0\1\3")
    found, (problem,) = read(data)
    assert found == []
    assert "a.bin: a binary change" in problem


def test_a_rename_is_told_and_its_changes_are_reviewed(here: Path) -> None:
    committed("a.txt", OLD.encode(), OLD.encode())
    git("mv", "a.txt", "b.txt")
    Path("b.txt").write_text(NEW, encoding="utf-8")
    git("add", "-A")
    data = git("diff", "--cached", "-M")
    assert b"rename from" in data
    (change,), (problem,) = read(data)
    assert (change.path, change.text) == ("a.txt", NEW)
    assert "renamed to b.txt" in problem


def test_new_and_deleted_files_and_modes_are_told(here: Path) -> None:
    committed("a.txt", b"a\n", b"a\n")
    committed("c.sh", b"c\n", b"c\n")
    Path("a.txt").unlink()
    Path("b.txt").write_text("b\n")
    Path("c.sh").chmod(0o755)
    git("add", "-A")
    found, problems = read(git("diff", "--cached", "--no-renames"))
    assert found == []
    said = " ".join(problems)
    assert "a.txt: a deleted file" in said
    assert "b.txt: a new file" in said
    assert "c.sh: a change of mode" in said


def test_a_file_that_is_not_here(here: Path) -> None:
    data = committed("a.txt", OLD.encode(), NEW.encode())
    Path("a.txt").unlink()
    _, (problem,) = read(data)
    assert "no such file" in problem


def test_from_a_folder_below_the_root(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "sub").mkdir()
    data = committed("sub/a.txt", OLD.encode(), NEW.encode())
    monkeypatch.chdir(here / "sub")
    (change,), _ = read(data)
    assert change.path == "sub/a.txt"


def test_plain_diffs_and_mail_around_them(here: Path) -> None:
    Path("a.txt").write_text(OLD, encoding="utf-8")
    data = (
        b"From: somebody\n\nSee below.\n--\n--- a.txt\t2026-01-01 00:00:00\n+++ a.txt\t2026-01-02\n"
        b"@@ -1,3 +1,3 @@\n un\n-deux\n+DEUX\n trois\n-- \n2.39\n"
    )
    (change,), _ = read(data)
    assert (change.path, change.text) == ("a.txt", OLD.replace("deux", "DEUX"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no unified diff"),
        (b"hello\n", "no unified diff"),
        (b"--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@\n un\n", "breaks off"),
        (b"--- a/a\n+++ b/a\n@@ nonsense @@\n", "head of a hunk"),
        (b"--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n un\n*deux\n", "neither context nor change"),
    ],
)
def test_what_is_no_diff_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse(data)


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c d\n", "\n", "e\r\n"]), max_size=12).map("".join)


@given(LINES, LINES)
def test_our_own_diffs_are_read_back(old: str, new: str) -> None:
    from mtrepair.readers.files import FileText
    from mtrepair.review.patch import _patched

    edits = words.changes(old, new)
    base = FileText(text=old, encoding="utf-8", bom=b"", path="a")
    change = Change(path="a", found=Path("a"), base=base, text=new, applied=False)
    data = new_diff(change, edits)
    if data:
        (section,) = parse(data)
        assert _patched(old.encode(), section.blocks) == (new.encode(), False)


def test_nothing_accepted_is_no_diff() -> None:
    from mtrepair.readers.files import read_bytes

    base = read_bytes(b"a\n", "a")
    change = Change(path="a", found=Path("a"), base=base, text="b\n", applied=False)
    assert new_diff(change, []) == b""
    assert new_diff(change, [Edit(span=Span(0, 1), text="b")]).startswith(b"--- a/a\n")
