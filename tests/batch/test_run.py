"""Whole runs: what comes out, and that nothing that happens on the way changes it."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mtrepair.batch.estimate import estimate
from mtrepair.batch.gates import Gate
from mtrepair.batch.run import Local, Outcome, run
from mtrepair.batch.settings import Settings
from mtrepair.cli.main import main
from mtrepair.core import ConfigError, InputError

SMALL = Settings(chunk=4000)
Articles = Callable[[int], Path]


def clean(
    path: Path, out: Path, *, settings: Settings = SMALL, jobs: int = 1, **more: Any
) -> Outcome:
    return run([str(path)], out, settings, Local(jobs), **more)


def content(out: Path) -> dict[str, bytes]:
    """All that a run wrote, without the times."""
    found = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    stats = json.loads(found["stats.json"])
    del stats["timing"]
    found["stats.json"] = json.dumps(stats).encode()
    return found


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_the_log_says_exactly_what_was_changed(articles: Articles, tmp_path: Path) -> None:
    path = articles(60)
    before = path.read_bytes()
    outcome = clean(path, tmp_path / "out")
    assert path.read_bytes() == before
    assert outcome.exit_code == 0
    assert outcome.stats["changed"] > 20
    edits = rows(tmp_path / "out" / "edits.jsonl")
    old, new = rows(path), rows(tmp_path / "out" / "data" / "articles.jsonl")
    assert len(old) == len(new) == 60
    for number, (was, now) in enumerate(zip(old, new, strict=True), start=1):
        text = was["text"]
        for edit in reversed([e for e in edits if e["record"] == number]):
            assert text[edit["start"] : edit["end"]] == edit["before"]
            text = text[: edit["start"]] + edit["after"] + text[edit["end"] :]
        assert {**was, "text": text} == now
        assert list(was) == list(now)
    assert {"rule", "origin", "applicability", "confidence", "score"} <= set(edits[0])
    stats = json.loads((tmp_path / "out" / "stats.json").read_text())
    assert stats["records"] == stats["cleaned"] == 60
    assert stats["edits"] == len(edits)
    assert stats["findings"]["repetition-loop"] > 10
    assert stats["timing"]["words_per_second"] > 0
    page = (tmp_path / "out" / "report.html").read_text()
    assert "repetition-loop" in page
    assert "<del>" in page
    assert not (tmp_path / "out" / ".mtrepair").exists()


def test_the_bytes_do_not_depend_on_the_processes(articles: Articles, tmp_path: Path) -> None:
    path = articles(120)
    for jobs in (1, 3):
        clean(path, tmp_path / str(jobs), jobs=jobs)
    assert content(tmp_path / "1") == content(tmp_path / "3")


def command(path: Path, out: Path, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "mtrepair", "batch", str(path), "--out", str(out), "--jobs", "2",
        "--chunk-size", "4000", "--quiet", "--no-config", *more,
    ]  # fmt: skip


def journal_size(out: Path) -> int:
    try:
        return (out / ".mtrepair" / "journal").stat().st_size
    except FileNotFoundError:
        return 0


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on(articles: Articles, tmp_path: Path) -> None:
    """The whole number of moments is in scripts/crash-test-batch."""
    path = articles(150)
    subprocess.run(command(path, tmp_path / "calm"), check=True)
    chance = random.Random(6)
    began = 0
    for turn in range(4):
        out = tmp_path / f"killed{turn}"
        with subprocess.Popen(command(path, out)) as process:
            while process.poll() is None and journal_size(out) < 300 + 3000 * turn:
                time.sleep(0.005)
            time.sleep(chance.random() * 0.1)
            process.kill()
        began += journal_size(out) > 0
        subprocess.run(command(path, out, "--resume"), check=True)
        assert content(out) == content(tmp_path / "calm")
    assert began > 0  # else nothing was tested


def test_ctrl_c_finishes_what_is_begun(articles: Articles, tmp_path: Path) -> None:
    path, out = articles(400), tmp_path / "out"
    with subprocess.Popen(command(path, out), stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and journal_size(out) < 5000:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "go on with --resume" in errors
    assert "Traceback" not in errors
    assert not (out / "data").exists()
    done = subprocess.run(command(path, out, "--resume"), check=False)
    assert done.returncode == 0
    clean(path, tmp_path / "calm")
    assert content(out)["edits.jsonl"] == content(tmp_path / "calm")["edits.jsonl"]
    assert content(out)["data/articles.jsonl"] == content(tmp_path / "calm")["data/articles.jsonl"]


def test_a_full_disk_stops_the_run_and_loses_nothing(articles: Articles, tmp_path: Path) -> None:
    path, out = articles(400), tmp_path / "out"
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, old[1]))
    try:
        with pytest.raises(InputError, match=r"file too large; \d+ chunks are safe.*--resume"):
            clean(path, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
    assert not (out / "data").exists()
    clean(path, out, resume=True)
    clean(path, tmp_path / "calm")
    assert content(out) == content(tmp_path / "calm")


def test_it_goes_on_only_as_it_began(articles: Articles, tmp_path: Path) -> None:
    path, out = articles(60), tmp_path / "out"
    asked = iter([False, False, True, True, True, True])
    stop = lambda: next(asked, True)  # noqa: E731
    outcome = run([str(path)], out, SMALL, Local(1, stop), stop=stop)
    assert outcome.interrupted
    assert outcome.exit_code == 130
    with pytest.raises(ConfigError, match="--resume"):
        clean(path, out)
    other = Settings(chunk=4000, id_field="id")
    with pytest.raises(ConfigError, match="id_field was None, is 'id'"):
        clean(path, out, settings=other, resume=True)
    os.utime(path, ns=(1, 1))
    with pytest.raises(ConfigError, match=r"input articles\.jsonl was changed"):
        clean(path, out, resume=True)


def test_a_finished_run_is_not_done_again(articles: Articles, tmp_path: Path) -> None:
    path, out = articles(10), tmp_path / "out"
    clean(path, out)
    before = content(out)
    with pytest.raises(ConfigError, match="holds a finished run"):
        clean(path, out)
    assert clean(path, out, resume=True).exit_code == 0
    assert content(out) == before


def test_what_is_no_record_is_kept_beside(articles: Articles, tmp_path: Path) -> None:
    path = articles(20)
    good = path.read_bytes()
    bad = b'{"text": "torn\n\xff\xfe\n[1]\n{"text": 3}\n\n'
    path.write_bytes(good[:-1] + b"\n" + bad + good + b'{"text": "cut o')
    outcome = clean(path, tmp_path / "out")
    assert outcome.exit_code == 3
    found = rows(tmp_path / "out" / "rejects.jsonl")
    assert [(r["record"], r["reason"], r["kept"]) for r in found] == [
        (21, "bad-json", False),
        (22, "not-utf-8", False),
        (23, "not-an-object", False),
        (24, "wrong-type", True),
        (46, "bad-json", False),
    ]
    assert found[0]["raw"] == '{"text": "torn\n'
    assert found[1]["base64"] == "//4K"
    data = (tmp_path / "out" / "data" / "articles.jsonl").read_bytes()
    clean_part = clean(articles(20), tmp_path / "alone")
    assert clean_part.exit_code == 0
    alone = (tmp_path / "alone" / "data" / "articles.jsonl").read_bytes()
    assert data == alone + b'{"text": 3}\n\n' + alone


def test_a_line_that_does_not_fit_into_memory_stays(articles: Articles, tmp_path: Path) -> None:
    path = articles(10)
    long = b'{"text": "' + b"mot " * 50_000 + b'"}\n'
    path.write_bytes(path.read_bytes() + long + path.read_bytes())
    outcome = clean(path, tmp_path / "out", settings=Settings(chunk=4000, longest=20_000))
    assert outcome.stats["rejected"] == {"too-long": 1}
    assert outcome.stats["records"] == 21
    data = (tmp_path / "out" / "data" / "articles.jsonl").read_bytes()
    assert data.count(b"\n") == 21
    assert long in data
    (reject,) = rows(tmp_path / "out" / "rejects.jsonl")
    assert (reject["record"], reject["kept"]) == (11, True)


def test_the_input_and_what_others_wrote_are_safe(articles: Articles, tmp_path: Path) -> None:
    path = articles(5)
    for out in (tmp_path, path):
        with pytest.raises(ConfigError, match="must lie neither"):
            clean(path, out)
    with pytest.raises(ConfigError, match="must lie neither"):
        clean(tmp_path, tmp_path / "out")
    other = tmp_path / "mine"
    other.mkdir()
    (other / "thesis.txt").write_text("a")
    with pytest.raises(ConfigError, match="not empty"):
        clean(path, other)


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        ("loops<0.1%", False),
        ("loops<90%", True),
        ("repetition<90%", True),
        ("left:loops<=0%", True),
        ("left:loops<=0", True),
        ("all<1", False),
        ("changed<10%", False),
        ("rejected<=0%", True),
    ],
)
def test_gates(articles: Articles, tmp_path: Path, test: str, holds: bool) -> None:
    outcome = clean(articles(12), tmp_path / "out", gates=[Gate.parse(test)])
    assert outcome.exit_code == (0 if holds else 1)
    assert bool(outcome.crossed) is not holds


@pytest.mark.parametrize(
    ("test", "says"),
    [
        ("loop>1%", "write it like"),
        ("lops<1%", "did you mean 'loops'"),
        ("changed<3", "share of records"),
    ],
)
def test_gates_that_mean_nothing(test: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        Gate.parse(test)


def test_a_dry_run_writes_nothing(
    articles: Articles, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = articles(300)
    before = set(tmp_path.rglob("*"))
    assert main(["batch", str(path), "--dry-run", "--sample", "20k", "--no-config"]) == 0
    assert set(tmp_path.rglob("*")) == before
    shown = capsys.readouterr().out
    assert "whole     about" in shown
    assert "with" in shown
    numbers = [int(line.split()[2].replace(",", "")) for line in shown.splitlines()[1:2]]
    assert 270 < numbers[0] < 330  # of 300 records


@pytest.mark.parametrize("width", [1, 40, 200])
def test_a_sample_takes_no_record_twice(tmp_path: Path, width: int) -> None:
    path = tmp_path / "a.jsonl"
    sizes = [1 + n * n % 17 for n in range(900 // width)]
    path.write_text("".join(json.dumps({"text": "mot " * (width * n)}) + "\n" for n in sizes))
    whole = estimate([str(path)], SMALL, 1, path.stat().st_size)
    assert whole.stats["records"] == len(sizes)
    assert whole.sampled == whole.total
    part = estimate([str(path)], SMALL, 1, path.stat().st_size - 1)  # spread over the file
    assert 0 < part.stats["records"] <= len(sizes)
    assert part.sampled <= part.total


def test_the_configuration_counts(articles: Articles, tmp_path: Path) -> None:
    (tmp_path / "mtrepair.toml").write_text('ignore-rules = ["repetition"]\n')
    path = articles(12)
    assert main(["batch", str(path), "--out", str(tmp_path / "out"), "--quiet", "--jobs", "1"]) == 0
    stats = json.loads((tmp_path / "out" / "stats.json").read_text())
    assert "repetition-loop" not in stats["findings"]
    assert stats["findings"]
