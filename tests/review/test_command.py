"""The command as a user calls it: what is said, what is written, what is refused."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mtrepair.cli.main import main
from mtrepair.review import journal
from tests.review.drive import GROUPS, TEXT

OPTIONS = ["--no-config", "--proposals", "fast", "--select", ",".join(GROUPS)]


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return path


def review(monkeypatch: pytest.MonkeyPatch, keys: str, *args: str) -> int:
    """`mtrepair review --plain` with keys on standard input, one a line."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{key}\n" for key in keys)))
    return main(["review", "--plain", *OPTIONS, *args])


def test_nothing_is_written_before_the_end(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert review(monkeypatch, "yy", "article.txt") == 130
    assert article.read_text("utf-8") == TEXT
    assert "--resume goes on" in capsys.readouterr().err


def test_an_unfinished_review_is_not_passed_over(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    review(monkeypatch, "yy", "article.txt")
    assert review(monkeypatch, "", "article.txt") == 2
    assert "holds 2 decisions" in capsys.readouterr().err
    assert review(monkeypatch, "qy", "--resume") == 0  # the latest, without naming the file
    assert article.read_text("utf-8") != TEXT
    assert review(monkeypatch, "", "--resume", "article.txt") == 2
    assert "no unfinished review" in capsys.readouterr().err


def test_restart_begins_anew(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    review(monkeypatch, "yy", "article.txt")
    assert review(monkeypatch, "qn", "--restart", "article.txt") == 0
    assert article.read_text("utf-8") == TEXT


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_bytes_outside_the_edits_stay(
    article: Path, monkeypatch: pytest.MonkeyPatch, newline: str, bom: bytes
) -> None:
    old = bom + TEXT.replace("\n", newline).encode()
    article.write_bytes(old)
    assert review(monkeypatch, "dy", "article.txt") == 0
    assert article.read_bytes() == old
    assert review(monkeypatch, "yqy", "article.txt") == 0
    assert article.read_bytes() == old.replace(b" de relance de relance", b" de relance")


def test_a_file_that_changed_meanwhile_is_merged(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    review(monkeypatch, "yy", "article.txt")
    article.write_text(f"Un titre.\n\n{TEXT}", encoding="utf-8")
    assert review(monkeypatch, "qy", "--resume", "article.txt") == 0
    assert "merged" in capsys.readouterr().out
    text = article.read_text("utf-8")
    assert text.startswith("Un titre.\n\nLe gouvernement a présenté le plan de relance devant")


def test_where_the_words_changed_it_is_refused(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    review(monkeypatch, "y", "article.txt")
    changed = TEXT.replace("relance de relance", "soutien")
    article.write_text(changed, encoding="utf-8")
    assert review(monkeypatch, "qy", "--resume", "article.txt") == 1
    assert article.read_text("utf-8") == changed
    err = capsys.readouterr().err
    assert "changed meanwhile" in err
    # Nothing is lost: once the words are back, the review can still be carried out.
    article.write_text(TEXT, encoding="utf-8")
    assert review(monkeypatch, "qy", "--resume", "article.txt") == 0
    assert article.read_text("utf-8") != TEXT


def test_a_log_is_carried_out_without_a_terminal(
    article: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "log.jsonl"
    assert review(monkeypatch, "ynyyuiqy", "--log", str(log), "article.txt") == 0
    wanted = article.read_bytes()
    article.write_text(TEXT, encoding="utf-8")
    config = (tmp_path / "mtrepair.toml").read_text("utf-8")
    for _ in range(2):  # carrying it out twice changes nothing more
        assert main(["review", "--decisions", str(log)]) == 0
        assert article.read_bytes() == wanted
        assert (tmp_path / "mtrepair.toml").read_text("utf-8") == config


def test_i_writes_the_configuration_at_the_end(
    article: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "mtrepair.toml"
    review(monkeypatch, "i", "article.txt")
    assert not config.exists()
    assert review(monkeypatch, "qy", "--resume", "article.txt") == 0
    assert "relance de relance" in config.read_text("utf-8")
    options = [option for option in OPTIONS if option != "--no-config"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\nn\n"))
    assert main(["review", "--plain", *options, "article.txt"]) == 0


def test_stats_by_rule_and_origin(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    review(monkeypatch, "ynyqy", "article.txt")
    capsys.readouterr()
    assert main(["review", "--stats"]) == 0
    out = capsys.readouterr().out
    assert "doubled-phrase" in out
    assert "rule" in out
    assert "3 decisions in 1 review." in out


def test_the_log_holds_what_calibration_needs(
    article: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "log.jsonl"
    review(monkeypatch, "ynqy", "--log", str(log), "article.txt")
    rows = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    first, second = (row["items"][0] for row in rows if row["event"] == "decide")
    assert first["decision"] == "accept"
    assert second["decision"] == "refuse"
    for item in (first, second):
        assert {"rule", "confidence", "severity", "text", "offered"} <= item.keys()
        assert {"origin", "score"} <= item["offered"].keys()
    table = tmp_path / "table.json"
    script = Path(__file__).parents[2] / "scripts/calibrate"
    subprocess.run(
        [sys.executable, script, "--reviews", log, "--out", table], check=True, capture_output=True
    )
    kinds = json.loads(table.read_text("utf-8"))["kinds"]
    moves = {key: {**halves["calibrate"], **halves["report"]} for key, halves in kinds.items()}
    assert moves == {
        "doubled-phrase/rule": {"nearer": 1},
        "space-before-period/rule": {"farther": 1},
    }


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "name the files"),
        (["-"], "- is for --patch"),
        (["--resume", "--restart", "article.txt"], "exclude each other"),
        (["--ref", "x", "article.txt"], "--ref needs --patch"),
        (["-o", "x", "article.txt"], "-o needs --patch"),
        (["--patch", "no.diff"], "no.diff: no such file"),
        (["--patch", "article.txt"], "no unified diff"),
        (["--decisions", "article.txt"], "not JSON"),
        (["missing.txt"], "missing.txt: no such file"),
    ],
)
def test_mistakes_are_one_clear_line(
    article: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    args: list[str],
    says: str,
) -> None:
    assert review(monkeypatch, "", *args) == 2
    err = capsys.readouterr().err
    assert says in err
    assert len(err.strip().splitlines()) == 1


def test_without_a_terminal_it_says_what_to_do(article: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mtrepair", "review", *OPTIONS, "article.txt"],
        cwd=article.parent,
        input=b"y\n",
        capture_output=True,
        check=False,
        start_new_session=True,  # so that there is no /dev/tty either
    )
    assert done.returncode == 2
    assert b"there is no terminal" in done.stderr
    assert b"--plain" in done.stderr


def test_a_patch_becomes_a_smaller_one(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "-A"], check=True)
    new = TEXT.replace("de relance de relance", "de relance").replace("partie partie", "arrivée")
    article.write_text(new, encoding="utf-8")
    diff = subprocess.run(["git", "diff"], capture_output=True, check=True).stdout
    Path("c.diff").write_bytes(diff)
    assert review(monkeypatch, "yny", "--patch", "c.diff", "-o", "new.diff") == 0
    subprocess.run(["git", "apply", "--cached", "new.diff"], check=True)
    staged = subprocess.run(["git", "show", ":article.txt"], capture_output=True, check=True)
    assert staged.stdout.decode() == TEXT.replace("de relance de relance", "de relance")
    assert article.read_text("utf-8") == new  # the file itself is not touched


def test_a_patch_on_standard_input_and_keys_from_the_terminal(article: Path) -> None:
    pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed")
    subprocess.run(["git", "init", "-q"], check=True, cwd=article.parent)
    subprocess.run(["git", "add", "-A"], check=True, cwd=article.parent)
    article.write_text(TEXT.replace("de relance de relance", "de relance"), encoding="utf-8")
    options = " ".join(OPTIONS)
    line = (
        f"git diff | {sys.executable} -m mtrepair review {options} --patch - > new.diff; echo E$?"
    )
    child = pexpect.spawn(
        "sh", ["-c", line], cwd=str(article.parent), timeout=60, dimensions=(24, 80),
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"},
    )  # fmt: skip
    child.expect("1 of 1")
    child.send("y")
    child.expect("Write. y yes")
    child.send("y")
    child.expect("E0")
    child.close()
    new = (article.parent / "new.diff").read_text("utf-8")
    assert "-Le gouvernement a présenté le plan de relance de relance" in new


def test_diff_says_what_came(
    article: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    new = tmp_path / "new.txt"
    new.write_text(TEXT.replace("hier soir", "hier hier soir"), encoding="utf-8")
    options = ["--no-config", "--select", ",".join(GROUPS), "--color", "never"]
    assert main(["diff", *options, "--ref", "article.txt", "article.txt", "new.txt"]) == 1
    out = capsys.readouterr().out
    assert "hier+}" in out.replace(" ", "")
    assert "+ 7:" in out
    assert "doubled-word" in out
    assert "findings: 0 went, 1 came" in out
    assert main(["diff", *options, "-y", "new.txt", "article.txt"]) == 0
    assert main(["diff", *options, "article.txt"]) == 2


def test_a_finished_journal_is_told_apart(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert review(monkeypatch, "yqy", "article.txt") == 0
    (path,) = journal.all_logs()
    assert journal.read(path).ended == "written"
