"""Spanish by every door, and what a second pack must not need."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtrepair import api
from mtrepair.cli.main import main
from mtrepair.core import ConfigError
from mtrepair.languages import LANGUAGES, load
from mtrepair.languages.base import read_doubling
from mtrepair.rules import all_rules, select
from tests.timing import assert_grows, spent

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "mtrepair" / "languages" / "es" / "data"
BROKEN = "Salió de el edificio . Ganó el el partido, y nadie lo vio .\n"
SAFE = "Salió de el edificio. Ganó el partido, y nadie lo vio.\n"
BETTER = "Salió del edificio. Ganó el partido, y nadie lo vio.\n"
LONG = (
    "El ayuntamiento de la ciudad ha recibido durante el mes a visitantes de toda la región. "
    "Ganó el el partido, y nadie lo vio. Mañana se publicará el informe que todos esperaban.\n"
)


def names(result: api.CheckResult) -> list[str]:
    assert not result.crashes
    return [finding.rule for finding in result.findings]


def test_api() -> None:
    assert names(api.check(BROKEN, lang="es")) == [
        "uncontracted-article",
        "space-before-period",
        "doubled-word",
        "space-before-period",
    ]
    assert api.fix(BROKEN, lang="es").text == SAFE
    done = api.fix(BROKEN, lang="es", apply="suggested")
    assert done.text == BETTER
    assert done.before.warnings == (
        "the rewriter rewriter-fr does not write 'es': rules alone propose",
    )
    assert api.fix(done.text, lang="es").text == done.text


def test_a_source_that_nothing_aligns_is_told() -> None:
    result = api.check(BROKEN, "es", "He left the building.")
    assert result.warnings == ("the source is not used: nothing aligns it with 'es' yet",)
    assert names(result) == names(api.check(BROKEN, "es"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs the command line and gives its standard output."""

    def run_(*args: str, code: int = 1) -> str:
        capsys.readouterr()
        assert main(list(args)) == code, capsys.readouterr()
        return capsys.readouterr().out

    return run_


def test_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(BROKEN, "utf-8")
    assert "doubled-word" in run("check", "--lang", "es", "a.txt")
    assert run("fix", "--lang", "es", "--write", "a.txt")  # "de el" is left
    assert Path("a.txt").read_text("utf-8") == SAFE
    Path("mtrepair.toml").write_text("[[per-file]]\nfiles = ['*.es.txt']\nlang = 'es'\n")
    Path("b.es.txt").write_text(BROKEN, "utf-8")
    assert "uncontracted-article" in run("check", "b.es.txt")
    sarif = run("check", "--format", "sarif", "--select", "typography", "b.es.txt", code=0)
    assert '"id": "missing-nbsp"' in sarif


def test_a_comment_about_a_group_that_silences_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, lang in (("a.md", "fr"), ("b.md", "es")):
        words = "Le chat dort." if lang == "fr" else "El gato duerme."
        comment = "<!-- mtrepair: ignore[typography] set so -->"
        Path(name).write_text(f"{comment}\n{words}\n", "utf-8")
        assert main(["check", "--lang", lang, name]) == 0
        assert "ignore[typography] silences nothing" in capsys.readouterr().err


def test_page_glossary_and_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("La econmía crece, y el trustworthy informe llega.\n", "utf-8")
    page = run("check", "--lang", "es", "--format", "html", "a.txt")
    assert 'lang="es" translate="no"' in page
    assert 'lang="fr"' not in page
    Path("terms.tsv").write_text("es\ten\neconmía\teconomy\ntrustworthy\ttrustworthy\n", "utf-8")
    run("check", "--lang", "es", "--glossary", "terms.tsv", "a.txt", code=0)
    Path("b.txt").write_text(BROKEN, "utf-8")
    run("batch", "--lang", "es", "--out", "out", "b.txt", code=0)
    assert Path("out/data/b.txt").read_text("utf-8") == SAFE


def test_a_rule_of_the_other_language_may_be_named(tmp_path: Path, run: Callable[..., str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("¿ Vienes mañana con nosotros al mercado?\n", "utf-8")
    args = ("check", "--lang", "es", "--fail-on", "minor", str(file))
    assert "spaced-mark" in run(*args, "--select", "calque,spaced-mark")
    run(*args, "--select", "calque", code=0)
    assert [rule.name for rule in select(["spaced-mark"], lang="fr")] == []
    with pytest.raises(ConfigError, match="did you mean 'spaced-mark'"):
        select(["spaced-marks"], lang="fr")


def test_auto(tmp_path: Path, run: Callable[..., str]) -> None:
    pytest.importorskip("lingua")
    file = tmp_path / "a.txt"
    file.write_text(LONG, "utf-8")
    assert "'el' twice" in run("check", "--lang", "auto", str(file))


def test_rules_are_listed_and_explained(run: Callable[..., str]) -> None:
    listed = [line.split("\t")[0] for line in run("rules", "--lang", "es", code=0).splitlines()]
    assert listed == list(all_rules("es"))
    assert "unpaired-mark" in listed
    assert "missing-nbsp" not in listed
    assert "RAE" in run("rules", "--lang", "es", "spaced-mark", code=0)
    assert "spaced-mark" not in run("rules", code=0)


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_every_pack_has(code: str) -> None:
    language = load(code)
    assert language.code == code
    assert all_rules(code)
    known = language.repetition
    assert list(known.doubling) == sorted(known.doubling)
    assert set(known.doubling.values()) == {"never", "natural", "cry"}
    assert known.also in known.links
    text = "A b. C"
    assert [text[s.start : s.end] for s in language.sentences(text)] == ["A b.", "C"]
    assert all(text[t.start : t.end] == t.text for t in language.tokens(text))


def test_lexicon() -> None:
    lexicon = load("es").lexicon
    for word in ("casa", "Casa", "dímelo", "rápidamente", "hubiéramos", "ciberataque", "altísimo"):
        assert word in lexicon, word
    for word in ("econmía", "situacion", "the", "trustworthy"):
        assert word not in lexicon, word
    assert lexicon.zipf("de") > 7 > lexicon.zipf("casa") > 5 > lexicon.zipf("ultramarino")
    assert lexicon.english_zipf("however") > 5
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 3_000_000


def test_tables_are_sorted() -> None:
    for path in sorted(DATA.glob("*.tsv")):
        _, *rows = path.read_text("utf-8").splitlines()
        columns = 3 if path.stem == "affixes" else 1
        keys = [row.split("\t")[:columns] for row in rows]
        assert keys == sorted(keys), path.name
        assert len(keys) == len({tuple(key) for key in keys}), path.name
    assert read_doubling(DATA / "doubling.tsv")["muy"] == "natural"


def test_abbreviations_and_marks() -> None:
    text = "El Sr. Pérez llegó a las 10. ¿Quién? ¡Él! Según el art. 3, sí."
    found = [text[s.start : s.end] for s in load("es").sentences(text)]
    assert found == ["El Sr. Pérez llegó a las 10.", "¿Quién?", "¡Él!", "Según el art. 3, sí."]
    words = [
        t.text
        for t in load("es").tokens("O'Higgins y d’Artagnan en ejemplo.es")
        if t.kind == "word"
    ]
    assert words == ["O'Higgins", "y", "d’Artagnan", "en"]


def test_the_pack_is_small() -> None:
    """Issue 10: data and at most 300 lines of code."""
    folders = (ROOT / "mtrepair" / "languages" / "es", ROOT / "mtrepair" / "rules" / "es")
    lines = sum(_code(path) for folder in folders for path in folder.glob("*.py"))
    assert 100 < lines <= 300


def _code(path: Path) -> int:
    """Lines with code on them: no comments, no docstrings, no blank lines."""
    skipped = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    lines: set[int] = set()
    fresh = True  # a string that opens a logical line is a docstring
    for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
        if token.type in skipped or token.type == tokenize.ENDMARKER:
            fresh = fresh or token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
            continue
        if not (token.type == tokenize.STRING and fresh):
            lines.update(range(token.start[0], token.end[0] + 1))
        fresh = False
    return len(lines)


PIECES = st.sampled_from(
    (
        "muy muy", "de de la", "de el perro", "el la casa", "su los", "¿", "¡", "?", "!", " .",
        " :", "« sí »", "situacion", "econmía", "they were not", "However,", "poco a poco",
        "dice que", "Yahoo!", "x,y", "( no )", "\ufffc", "é\u0301",
        "😀", "\u2028", "\n", "«", "a", "y",
    )
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(PIECES, max_size=30).map(" ".join), st.sampled_from(("safe", "suggested")))
def test_a_second_fix_changes_nothing(text: str, level: str) -> None:
    once = api.fix(text, "es", apply=level, proposals="fast")
    assert not once.before.crashes
    assert once.settled
    assert api.fix(once.text, "es", apply=level, proposals="fast").text == once.text


@pytest.mark.parametrize(
    "piece", ["ñ", "¿Qué! ", "Ay! ", "of the dog ", "perrro ", "de el la ", "rrr" * 30 + " "]
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        return spent(lambda: api.check(text, "es", proposals="none"))

    assert_grows(seconds, 500, 5_000, factor=40, floor=0.8)
