"""Bytes in, the same bytes out, and one clear line for what cannot be read."""

from __future__ import annotations

import codecs
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mtrepair.core import ConfigError, InputError
from mtrepair.readers import read
from mtrepair.readers.files import encode, expand, read_bytes, read_file, write_atomic

TEXTS = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
)
MARKED = [
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-32-le", codecs.BOM_UTF32_LE),
    ("utf-32-be", codecs.BOM_UTF32_BE),
]


@given(TEXTS, st.sampled_from(["", "\n", "\r\n", "\r", "\u2028"]))
def test_utf8_comes_back_byte_for_byte(text: str, end: str) -> None:
    assume(text + end != "\ufeff")  # a mark and nothing else is an empty file
    data = (text + end).encode()
    file = read_bytes(data, "f")
    assert encode(file, file.text) == data


@given(TEXTS, st.sampled_from(MARKED))
def test_a_mark_is_kept_apart_and_given_back(text: str, marked: tuple[str, bytes]) -> None:
    codec, mark = marked
    data = mark + text.encode(codec)
    file = read_bytes(data, "f")
    assert (file.text, file.bom, file.encoding) == (text, mark, codec)
    assert encode(file, file.text) == data
    assert encode(file, "è") == mark + "è".encode(codec)


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"\xe9t\xe9", "latin-1", "été"),
        (b"l\x92eau", "cp1252", "l’eau"),
        ("été".encode("utf-16-le"), "utf-16", "été"),
        ("été".encode("utf-16-be"), "utf-16-be", "été"),
        (codecs.BOM_UTF8 + b"x", "utf-8", "x"),
        (codecs.BOM_UTF8 + b"x", "utf-8-sig", "x"),
        (codecs.BOM_UTF16_BE + "x".encode("utf-16-be"), "utf-16", "x"),
    ],
)
def test_a_named_encoding(data: bytes, encoding: str, text: str) -> None:
    file = read_bytes(data, "f", encoding)
    assert file.text == text
    assert encode(file, text) == data


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"", None, "f: the file is empty"),
        (codecs.BOM_UTF8, None, "f: the file is empty"),
        (b"ab\xe9", None, "f: not UTF-8 (byte 2); name its encoding with --encoding"),
        (codecs.BOM_UTF8 + b"\xff", None, "f: not UTF-8 (byte 3)"),
        (b"\x89PNG\0\0", None, "f: binary, not text (NUL byte at 4)"),
        (b"a\0b", "latin-1", "f: binary, not text (NUL byte at 1)"),
        ("texte".encode("utf-16-le"), None, "try --encoding utf-16-le"),
        ("texte".encode("utf-16-be"), None, "try --encoding utf-16-be"),
        (codecs.BOM_UTF16_LE + b"a", None, "f: not UTF-16-LE (byte 2)"),
        (codecs.BOM_UTF16_LE + b"a\0\0\0", None, "NUL character at position 1"),
        (b"\xe9", "ascii", "f: not ascii (byte 0)"),
        (b"\x1b$BF|\x1b(B\x1b(B", "iso2022_jp", "writing it back would change it"),
    ],
)
def test_what_cannot_be_read(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "f", encoding)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["nope", "hex", "rot13", "a\0b", ""])
def test_unknown_encodings(encoding: str) -> None:
    with pytest.raises(ConfigError, match="unknown encoding"):
        read_bytes(b"x", "f", encoding)


def test_a_character_that_the_encoding_lacks_is_named() -> None:
    file = read_bytes(b"x", "f", "latin-1")
    with pytest.raises(InputError, match=r"U\+2019 RIGHT SINGLE QUOTATION MARK cannot be written"):
        encode(file, "l’eau")


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_file(str(tmp_path / "nope"))
    with pytest.raises(InputError, match="directory"):
        read_file(str(tmp_path))
    with pytest.raises(InputError, match="null"):
        read_file("a\0b")


def test_expand(tmp_path: Path) -> None:
    for name in ("b.txt", "a.MD", "x/c.html", "x/y.py", ".git/d.txt", "x/.e.txt", "odd"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "x" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    expected = [str(tmp_path / name) for name in ("a.MD", "b.txt", "x/c.html")]
    assert expand([str(tmp_path)]) == expected
    odd, first = str(tmp_path / "odd"), expected[0]
    assert expand([odd, "-", first, str(tmp_path), "-"]) == [odd, "-", *expected]


def test_expand_refuses(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no text in this directory"):
        expand([str(tmp_path)])
    with pytest.raises(InputError, match="no such file"):
        expand([str(tmp_path / "nope.txt")])


def test_write_keeps_mode_and_follows_links(tmp_path: Path) -> None:
    target, link = tmp_path / "a.txt", tmp_path / "link.txt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_atomic(str(link), b"new\r\n")
    assert link.is_symlink()
    assert target.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "link.txt"]


def test_a_write_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"a\.txt: no space left on device"):
        write_atomic(str(target), b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert target.read_bytes() == b"old"


def test_write_refuses_what_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="directory"):
        write_atomic(str(tmp_path), b"x")
    with pytest.raises(InputError, match="no such file"):
        write_atomic(str(tmp_path / "nope" / "a.txt"), b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
def test_a_kill_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    old, new = b"o" * 400_000, b"n" * 300_000
    target.write_bytes(old)
    code = (
        "from mtrepair.readers.files import write_atomic\n"
        "print('go', flush=True)\n"
        f"while True:\n"
        f"    write_atomic({str(target)!r}, b'n' * 300_000)\n"
        f"    write_atomic({str(target)!r}, b'o' * 400_000)\n"
    )
    for turn in range(6):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.004 * turn)
            process.send_signal(signal.SIGKILL)
        assert target.read_bytes() in (old, new)
    assert expand([str(tmp_path)]) == [str(target)]


_HEADS = {
    "b.po": 'msgid "a"\nmsgstr "b"\n',
    "b.xlf": '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>',
    "b.tmx": '<tmx version="1.4"><header srclang="en"/><body/></tmx>',
}


@pytest.mark.parametrize("name", list(_HEADS))
def test_a_format_whose_library_is_missing_is_told_by_the_files_name(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [m for m in sys.modules if m.split(".")[0] == "translate"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "translate", None)  # as Python does for what cannot be found
    with pytest.raises(ConfigError, match=rf"^{name}: .*mtrepair\[formats\]"):
        read(_HEADS[name], name=name)
