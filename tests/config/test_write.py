"""A judgement that the program writes is one that it reads, and the rest stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtrepair.config import load
from mtrepair.config.write import NAMES, add_ignore, add_name
from mtrepair.core import ConfigError


@pytest.mark.parametrize("name", ["mtrepair.toml", "pyproject.toml"])
@pytest.mark.parametrize("before", [None, "", "# mine\n", "# mine", "CONFIG"])
def test_add(tmp_path: Path, name: str, before: str | None) -> None:
    file = tmp_path / name
    if before == "CONFIG":
        head = "" if name == "mtrepair.toml" else "[project]\nname = 'x'\n\n[tool.mtrepair]\n"
        table = "severity" if name == "mtrepair.toml" else "tool.mtrepair.severity"
        before = f"{head}sensitive = true  # why\n\n[{table}]\nnames = 'minor'\n"
    if before is not None:
        file.write_text(before, "utf-8")
    add_ignore(file, rule="doubled-word", text="l'« été »\n\"\\", reason="dit ainsi", files=["a"])
    add_name(file, "  Zoé  Saldaña ")
    add_name(file, "Ana")
    add_name(file, "Ana")
    add_ignore(file, rule=["names", "non-word"], text="x")
    read = load(file)
    assert [(j.rules, j.text, j.reason, j.files) for j in read.ignores] == [
        (("doubled-word",), "l'« été »\n\"\\", "dit ainsi", ("a",)),
        (("names", "non-word"), "x", "", ()),
    ]
    assert (tmp_path / NAMES).read_text("utf-8") == "Zoé Saldaña\nAna\n"
    assert read.values["name-files"].value == (str(tmp_path / NAMES),)
    kept = file.read_text("utf-8").splitlines()
    assert all(line in kept for line in (before or "").splitlines())


def test_a_name_goes_to_the_list_there_is(tmp_path: Path) -> None:
    file = tmp_path / "mtrepair.toml"
    file.write_text('name-files = ["who.txt"]\n')
    (tmp_path / "who.txt").write_text("Ana  # of Lisbon", "utf-8")
    assert add_name(file, "Ana") == tmp_path / "who.txt"
    assert add_name(file, "Eva") == tmp_path / "who.txt"
    assert (tmp_path / "who.txt").read_text("utf-8") == "Ana  # of Lisbon\nEva\n"
    assert file.read_text() == 'name-files = ["who.txt"]\n'


def test_a_broken_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "mtrepair.toml"
    file.write_text("lang = \n")
    with pytest.raises(ConfigError):
        add_ignore(file, rule="names", text="x")
    assert file.read_text() == "lang = \n"
    with pytest.raises(ConfigError):
        add_ignore(tmp_path / "new/mtrepair.toml".replace("new/", ""), rule="no-such", text="x")
    assert file.read_text() == "lang = \n"


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("config") / "mtrepair.toml"
    add_ignore(file, rule="names", text=text)
    assert load(file).ignores[0].text == text
