"""A run: configuration, lists, silences and baseline as they meet on one file."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from mtrepair.api import CheckResult
from mtrepair.config import Job, Request, Run
from mtrepair.config.load import Value
from mtrepair.core import Applicability, ConfigError, Severity

TWICE = "Le maire est dans dans la salle."


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*paths: str, **more: object) -> tuple[list[tuple[Job, CheckResult]], Run]:
    whole = Run(Request(paths=paths or (".",), **more))  # type: ignore[arg-type]
    return [(job, job.check()) for job in whole.jobs()], whole


def rules(result: CheckResult) -> list[str]:
    return [finding.rule for finding in result.findings]


def test_each_file_has_its_own_configuration(here: Path) -> None:
    write(here / "mtrepair.toml", "[severity]\ndoubled-word = 'critical'\n")
    write(here / "b/mtrepair.toml", "ignore-rules = ['repetition']\n")
    write(here / "a.txt", TWICE)
    write(here / "b/a.txt", TWICE)
    done, _ = run()
    assert [(job.path, rules(result)) for job, result in done] == [
        ("a.txt", ["doubled-word"]),
        ("b/a.txt", []),
    ]
    assert done[0][1].findings[0].severity == Severity.CRITICAL
    alone, _ = run(isolated=True)
    assert [rules(result) for _, result in alone] == [["doubled-word"]] * 2


def test_fails(here: Path) -> None:
    write(here / "mtrepair.toml", "[[per-file]]\nfiles=['b.txt']\nfail-on='never'\n")
    write(here / "a.txt", TWICE)
    write(here / "b.txt", TWICE)
    done, _ = run()
    assert [job.fails(result) for job, result in done] == [True, False]


def test_exclude_also_what_is_named(here: Path) -> None:
    write(here / "mtrepair.toml", "exclude = ['draft*', '!draft-b.txt', '/sub/']\n")
    for name in ("a.txt", "draft-a.txt", "draft-b.txt", "sub/c.txt", "x/sub/d.txt"):
        write(here / name, TWICE)
    done, whole = run(".", "draft-a.txt")
    assert [job.path for job, _ in done] == ["a.txt", "draft-b.txt", "x/sub/d.txt"]
    assert whole.notes == ["2 files left out by exclude"]


def test_accepted_words_and_names(here: Path) -> None:
    text = "Le chat brouxile la table depuis hier."
    write(here / "a.txt", text)
    assert rules(run("a.txt")[0][0][1]) == ["non-word"]
    write(here / "mtrepair.toml", "accepted-words = ['Brouxile']\n")
    assert rules(run("a.txt")[0][0][1]) == []
    write(here / "mtrepair.toml", "glossary = ['terms.tsv']\n")
    write(here / "terms.tsv", "browse\tbrouxile\nAcme\tAcmé Sarl\n")
    done, _ = run("a.txt")
    assert rules(done[0][1]) == []
    assert done[0][0].session.options.names == {"Acmé Sarl"}


def test_min_confidence(here: Path) -> None:
    write(here / "a.txt", TWICE)
    sure = run("a.txt")[0][0][1].findings[0].confidence
    for least, found in ((sure - 0.01, 1), (min(1.0, sure + 0.01), 0)):
        given = {"min-confidence": Value(least, "--min-confidence")}
        assert len(run("a.txt", given=given)[0][0][1].findings) == found


def test_judged_tables_and_what_is_left_of_them(here: Path) -> None:
    write(
        here / "mtrepair.toml",
        """[[ignore]]
rule = "doubled-word"
text = "dans  DANS"
reason = "cité"

[[ignore]]
text = "gone"

[[ignore]]
rule = "names"
files = ["b.txt"]
""",
    )
    write(here / "a.txt", TWICE)
    done, whole = run("a.txt")
    result = done[0][1]
    assert rules(result) == []
    assert [(s.finding.rule, s.by, s.reason) for s in result.silenced] == [
        ("doubled-word", "config", "cité")
    ]
    assert whole.leftovers() == []  # "gone" may be in a file that was not looked at
    _, whole = run(".")
    assert whole.leftovers() == ["mtrepair.toml:6: this [[ignore]] of “gone” silences nothing"]


def test_comments(here: Path) -> None:
    comment = "<!-- mtrepair: ignore[doubled-word] cité -->"
    path = write(
        here / "a.md", f"{comment}\n{TWICE}\n\n{TWICE} Et le chat chat dort.\n\n{comment}\n"
    )
    done, _ = run(path)
    result = done[0][1]
    assert rules(result) == ["doubled-word", "doubled-word"]
    assert [s.by for s in result.silenced] == ["comment"]
    assert result.warnings == ("line 6: ignore[doubled-word] silences nothing",)
    # A rule that did not run may still need its comment.
    done, _ = run(path, given={"select": Value(("typography",), "--select")})
    assert done[0][1].warnings == ()


def test_fix_leaves_what_was_judged(here: Path) -> None:
    """Even where the repair beside it changes its surroundings."""
    text = "<p>Il est dans dans la cour .</p>\n<p>Elle est avec avec le chat chat noir .</p>\n"
    comment = "<p><!-- mtrepair: ignore[doubled-word] -->"
    path = write(here / "a.html", text.replace("<p>Elle", f"{comment}Elle"))
    job = next(Run(Request(paths=(path,))).jobs())
    fixed = job.fix(Applicability.SAFE)
    assert fixed.text == (
        f"<p>Il est dans la cour.</p>\n{comment}Elle est avec avec le chat chat noir.</p>\n"
    )
    write(
        here / "mtrepair.toml",
        "[[ignore]]\nrule = 'doubled-word'\ntext = 'dans dans'\n[[ignore]]\nrule = 'typography'\n",
    )
    job = next(
        Run(Request(paths=(write(here / "b.txt", "Il est dans dans la cour cour ."),))).jobs()
    )
    assert job.fix(Applicability.SAFE).text == "Il est dans dans la cour ."


def test_changed_since_takes_no_standard_input() -> None:
    with pytest.raises(ConfigError, match="standard input has no changes"):
        Run(Request(paths=("-",), changed_since="HEAD"))
    with pytest.raises(ConfigError, match="--stdin-filename needs -"):
        Run(Request(paths=("a",), stdin_name="a"))


def test_standard_input_has_a_name(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "sub/mtrepair.toml", "source = '{stem}.en.md'\nignore-rules = ['repetition']\n")
    write(here / "sub/a.en.md", "The mayor said that all is well.")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TWICE.encode()), "utf-8"))
    done, _ = run("-", stdin_name="sub/a.md")
    job, result = done[0]
    assert (job.path, job.document.format, job.source) == (
        "sub/a.md",
        "markdown",
        "The mayor said that all is well.",
    )
    assert rules(result) == []


def test_lang_auto(here: Path) -> None:
    pytest.importorskip("lingua")
    long = "La commune de Vire a reçu des visiteurs venus de toute la région pendant le mois. "
    write(here / "a.txt", long * 2 + TWICE + " Nous avons appris cette nouvelle par la presse.")
    write(here / "b.txt", "The committee has decided that every report must be read twice. " * 5)
    write(here / "mtrepair.toml", "lang = 'auto'\nselect = ['doubled-word']\n")
    done, whole = run()
    assert [(job.path, rules(result)) for job, result in done] == [("a.txt", ["doubled-word"])]
    assert whole.notes == ["b.txt: language 'en', not checked"]
