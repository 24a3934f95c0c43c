"""A unified diff of ours is what git makes of the two texts, as far as git can tell."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtrepair.core import Edit, Span, apply
from mtrepair.report.diff import unified, words

ALPHABET = "ab é\u2028\u00a0\r\n\n\f😀."


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of it that do not overlap."""
    text = draw(st.text(ALPHABET, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    edits: list[Edit] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        new = draw(st.text(ALPHABET, max_size=5))
        if new != text[start:end]:
            edits.append(Edit(span=Span(start, end), text=new))
    return text, edits


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edited())
def test_git_apply_takes_it(tmp_path: Path, case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    wanted = apply(text, edits)
    patch = unified("file.txt", text, edits)
    if not edits:
        assert patch == ""
        return
    if not text or not wanted:
        return  # git wants /dev/null for files that come or go; a repair never empties one
    (tmp_path / "file.txt").write_bytes(text.encode())
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "--unidiff-zero", "-"],
        cwd=tmp_path,
        input=patch.encode(),
        capture_output=True,
        check=False,
        env={"GIT_DIR": "/nonexistent", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, (done.stderr.decode(), patch)
    assert (tmp_path / "file.txt").read_bytes().decode() == wanted


@pytest.mark.parametrize(
    ("text", "edits", "shown"),
    [
        ("un un chat\n", [Edit(span=Span(2, 5), text="")], "   1 un[- un-] chat"),
        ("100%\n", [Edit(span=Span(3, 3), text="\u00a0")], "   1 100{+⍽+}%"),
        ("a\x1b[31m b\n", [Edit(span=Span(0, 1), text="c")], "   1 [-a-]{+c+}␛[31m b"),
    ],
)
def test_word_diff(text: str, edits: list[Edit], shown: str) -> None:
    assert [line.plain for line in words(text, edits, marks=True)] == [shown]
