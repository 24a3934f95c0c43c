"""A configuration file is read, or everything that is wrong with it is said at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtrepair.config import find, load, resolve
from mtrepair.config.load import Value
from mtrepair.core import ConfigError, Severity


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_everything_wrong_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path / "mtrepair.toml",
        """lang = "klingon"
selct = ["names"]
select = "names"
ignore-rules = ["doubled-wrd"]
sensitive = 1
min-confidence = 2
source = "{stm}.en"

[severity]
names = "fatal"

[[ignore]]
reason = "nothing to go by"

[[per-file]]
exclude = ["x"]
""",
    )
    with pytest.raises(ConfigError) as error:
        load("mtrepair.toml")
    assert str(error.value).splitlines() == [
        "mtrepair.toml:1: lang must be one of fr, es, fr-FR, fr-CA, fr-CH, auto",
        "mtrepair.toml:2: unknown key 'selct' (did you mean 'select'?)",
        'mtrepair.toml:3: select must be a list of texts, such as ["names"]',
        "mtrepair.toml:4: unknown rule or group 'doubled-wrd' (did you mean 'doubled-word'?)",
        "mtrepair.toml:5: sensitive must be true or false",
        "mtrepair.toml:6: min-confidence must lie between 0 and 1",
        "mtrepair.toml:7: source: unknown placeholder in '{stm}.en' ('stm');"
        " there are stem, name, suffix",
        "mtrepair.toml:10: names must be one of minor, major, critical",
        "mtrepair.toml:12: [[ignore]] needs a rule, a text or both",
        'mtrepair.toml:15: files must be a list of patterns, such as ["sport/**"]',
        "mtrepair.toml:16: exclude cannot be set for some files only",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"lang = ", "mtrepair.toml:1: not TOML: invalid value"),
        (b"lang = \"\xff\"", "mtrepair.toml: not UTF-8 (byte 8)"),
        (b'ignore = ["names"]', "mtrepair.toml:1: ignore must be written as [[ignore]] tables;"
         " rules to leave out go into ignore-rules"),
    ],
)  # fmt: skip
def test_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mtrepair.toml").write_bytes(content)
    with pytest.raises(ConfigError) as error:
        load("mtrepair.toml")
    assert str(error.value) == message


def test_the_nearest_file_upwards(tmp_path: Path) -> None:
    outer = write(tmp_path / "pyproject.toml", "[tool.mtrepair]\nlang = 'fr'\n")
    write(tmp_path / "a/pyproject.toml", "[tool.other]\n")
    assert find(tmp_path / "a/b/text.txt") == outer
    inner = write(tmp_path / "a/mtrepair.toml", "")
    assert find(tmp_path / "a/b/text.txt") == inner


def test_lines_in_pyproject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "pyproject.toml", "[project]\nname = 'x'\n\n[tool.mtrepair]\nlong = 'fr'\n")
    with pytest.raises(ConfigError, match=r"^pyproject.toml:5: unknown key 'long'"):
        load("pyproject.toml")


def test_who_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path / "mtrepair.toml",
        """fail-on = "minor"
ignore-rules = ["names"]
names = ["Zoé"]
name-files = ["lists/names.txt"]
source = "{stem}.en.txt"

[severity]
typography = "critical"

[[per-file]]
files = ["sport/**"]
fail-on = "never"
ignore-rules = ["words"]
names = ["Ana"]

[per-file.severity]
typography = "minor"

[[ignore]]
rule = "doubled-word"
text = "nous nous"
files = ["sport/"]
""",
    )
    file = load("mtrepair.toml")
    plain = resolve("a.txt", file, {})
    assert plain.fail_on == "minor"
    assert plain.names == ("Zoé",)
    assert plain.name_files == ("lists/names.txt",)
    assert plain.severity == (("typography", Severity.CRITICAL),)
    assert not plain.judgements
    assert dict(plain.origins)["fail-on"] == "mtrepair.toml:1"
    sport = resolve("sport/b.txt", file, {})
    assert sport.threshold is None
    assert sport.ignore_rules == ("names", "words")
    assert sport.names == ("Zoé", "Ana")
    assert sport.severity == (("typography", Severity.MINOR),)
    assert [j.text for j in sport.judgements] == ["nous nous"]
    given = {
        "select": Value(("repetition",), "--select"),
        "fail-on": Value("major", "--fail-on"),
    }
    asked = resolve("sport/b.txt", file, given)
    assert (asked.select, asked.ignore_rules, asked.fail_on) == (("repetition",), (), "major")
    assert dict(asked.origins)["fail-on"] == "--fail-on"
