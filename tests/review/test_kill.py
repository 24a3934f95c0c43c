"""Kills at random moments: no decision that was shown is lost, and no file is torn."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from mtrepair.cli import review as _loaded_before_the_fork  # noqa: F401
from mtrepair.cli.main import main
from mtrepair.review import journal, terminal  # noqa: F401 - as above
from tests.review.drive import GROUPS, TEXT

KILLS = 50
KEYS = "ynyyunyay"
"""Each leaves a line in the journal, but for the last, which says that the file may be written."""
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

OPTIONS = ["--plain", "--proposals", "fast", "--no-config", "--select", ",".join(GROUPS)]


def review(article: Path, *more: str, out: Path) -> tuple[int, int]:
    """`mtrepair review --plain` in a process of its own (forked: the rules are loaded already).

    Returns:
        Its process and the pipe to its keyboard.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(reader)
        return pid, writer
    os.close(writer)
    os.dup2(reader, 0)
    target = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(target, 1)
    os.dup2(target, 2)
    sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w", buffering=1)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    try:
        status = main(["review", *OPTIONS, *more, str(article)])
    except BaseException:
        status = 99
    os._exit(status)


def to_its_end(article: Path, keys: str, *more: str, out: Path) -> None:
    """A review that nobody kills."""
    pid, keyboard = review(article, *more, out=out)
    os.write(keyboard, "".join(f"{key}\n" for key in keys).encode())
    os.close(keyboard)
    _, status = os.waitpid(pid, 0)
    assert status == 0, out.read_text("utf-8")


def pressed() -> int:
    """How many keys the journal knows of."""
    logs = sorted(journal.folder().glob("*.jsonl"))
    if not logs:
        return 0
    lines = logs[-1].read_bytes().split(b"\n")[:-1]
    return sum(json.loads(line)["event"] in ("decide", "undo") for line in lines)


@pytest.mark.slow
def test_kills_at_random_moments(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    out = tmp_path / "screen"
    article.write_text(TEXT, encoding="utf-8")
    to_its_end(article, KEYS, out=out)
    wanted = article.read_bytes()
    assert wanted != TEXT.encode()
    rng = random.Random(8)
    between = 0
    for number in range(KILLS):
        article.write_text(TEXT, encoding="utf-8")
        for old in journal.folder().glob("*.jsonl"):
            old.unlink()
        out.write_text("")
        pid, keyboard = review(article, out=out)
        while "Open: " not in out.read_text("utf-8"):
            time.sleep(0.001)
        for key in KEYS[: rng.randrange(len(KEYS) + 1)]:
            os.write(keyboard, f"{key}\n".encode())
            time.sleep(rng.random() * 0.004)
        time.sleep(rng.random() * 0.01)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(keyboard)
        # The file is either as it was or as it shall be, whatever the moment.
        assert article.read_bytes() in (TEXT.encode(), wanted), number
        # Every screen but the first shows what a key did: that key is in the journal.
        screens = out.read_text("utf-8").count("\nOpen: ") + out.read_text("utf-8").count("The end")
        done = pressed()
        assert done >= screens - 1, number
        log = journal.unfinished([str(article)])
        between += log is not None
        if log is None and article.read_bytes() == wanted:
            continue  # it had come to its end
        more = ["--resume"] if log is not None else ["--restart"]
        to_its_end(article, KEYS[done:], *more, out=out)
        assert article.read_bytes() == wanted, (number, KEYS[done:])
    assert between > KILLS // 2  # the moments were spread over the review
