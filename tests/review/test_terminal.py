"""The real program in a real terminal: a pseudo-terminal whose screen is emulated, and tmux."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtrepair.review import journal
from tests.review.drive import GROUPS, TEXT

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "mtrepair", "review", "--proposals", "fast", "--no-config"]
SELECT = ["--select", ",".join(GROUPS)]
COLUMNS, ROWS = 80, 24
PATIENCE = 120.0  # of a machine that does ten other things
NAMES = {"enter": "\r", "escape": "\x1b", "up": "\x1b[A", "down": "\x1b[B", "ctrl-c": "\x03"}


class Emulated:
    """A program in a pseudo-terminal; ``pyte`` says what its screen shows."""

    def __init__(self, args: list[str], cwd: Path, **env: str) -> None:
        pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed")
        pyte = pytest.importorskip("pyte", reason="pyte is not installed")
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self.child = pexpect.spawn(
            args[0],
            args[1:],
            cwd=str(cwd),
            dimensions=(ROWS, COLUMNS),
            env={**os.environ, "TERM": "xterm-256color", "NO_COLOR": "1", **env},
            timeout=PATIENCE,
        )

    def screen(self) -> str:
        import pexpect

        while True:
            try:
                self._stream.feed(self.child.read_nonblocking(65536, timeout=0.02))
            except (pexpect.TIMEOUT, pexpect.EOF):
                return "\n".join(self._screen.display)

    def send(self, key: str) -> None:
        self.child.send(NAMES.get(key, key))

    def resize(self, rows: int, columns: int) -> None:
        self.child.setwinsize(rows, columns)
        self._screen.resize(rows, columns)

    def status(self) -> int:
        import pexpect

        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus)

    def close(self) -> None:
        self.child.close(force=True)


class Tmux:
    """The same in tmux, which is a terminal of its own."""

    def __init__(self, args: list[str], cwd: Path, **env: str) -> None:
        if shutil.which("tmux") is None:
            pytest.skip("tmux is not installed (apt-get install tmux)")
        self._socket = cwd / "tmux"
        self._status = cwd / "status"
        self._status.unlink(missing_ok=True)
        given = {"NO_COLOR": "1", journal.FOLDER: os.environ[journal.FOLDER], **env}
        words = [f"{name}={value}" for name, value in given.items()]
        line = f"env {shlex.join([*words, *args])}; echo $? > {shlex.quote(str(self._status))}"
        self._tmux("new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), "-c", str(cwd), line)

    def _tmux(self, *args: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self._socket), "-f", os.devnull, *args],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def send(self, key: str) -> None:
        names = {"enter": "Enter", "escape": "Escape", "ctrl-c": "C-c", "up": "Up", "down": "Down"}
        if key in names:
            self._tmux("send-keys", names[key])
        else:
            self._tmux("send-keys", "-l", key)

    def resize(self, rows: int, columns: int) -> None:
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def status(self) -> int:
        until(lambda: self._status.exists() and self._status.read_text().strip() != "")
        return int(self._status.read_text())

    def close(self) -> None:
        self._tmux("kill-server")


Terminal = Emulated | Tmux


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def sees(terminal: Terminal, *parts: str) -> str:
    """Wait until the screen shows all of it."""
    end = time.monotonic() + PATIENCE
    while True:
        screen = terminal.screen()
        if all(part in screen for part in parts):
            return screen
        assert time.monotonic() < end, f"{parts} not on the screen:\n{screen}"
        time.sleep(0.02)


def gone(terminal: Terminal, part: str) -> None:
    """Wait until the screen no longer shows it."""
    until(lambda: part not in terminal.screen())


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(params=[Emulated, Tmux])
def start(request: pytest.FixtureRequest, article: Path) -> Iterator[Callable[..., Terminal]]:
    made: list[Terminal] = []

    def run(*more: str, **env: str) -> Terminal:
        terminal: Terminal = request.param(
            [*COMMAND, *SELECT, *(more or [article.name])], article.parent, **env
        )
        made.append(terminal)
        return terminal

    yield run
    for terminal in made:
        terminal.close()


def test_every_key(start: Callable[..., Terminal], article: Path) -> None:
    editor = article.parent / "editor"
    editor.write_text('#!/bin/sh\nsed -i s/partie/venue/ "$1"\n')
    editor.chmod(0o755)
    terminal = start(VISUAL=str(editor))
    sees(terminal, "article.txt:1  1 of ", "doubled-phrase", "[-", "[y,n,1,e,")
    press = terminal.send

    press("?")
    sees(terminal, "Keys", "accept the repair that is shown", "Any key goes back")
    press("x")
    sees(terminal, " 1 of ")
    press("x")
    sees(terminal, "Unknown key")
    press("j")
    sees(terminal, " 2 of ", "space-before-period")
    press("k")
    sees(terminal, " 1 of ")
    press("J")
    sees(terminal, " 2 of ")
    press("down")
    sees(terminal, " 3 of ")
    press("up")
    sees(terminal, " 2 of ")
    press("K")
    sees(terminal, " 1 of ")
    press("y")
    sees(terminal, " 2 of ")
    press("K")
    sees(terminal, " 1 of ", "accepted")
    press("u")
    gone(terminal, "accepted")
    press("n")
    sees(terminal, " 2 of ")
    press("1")
    sees(terminal, " 3 of ")
    press("u")
    sees(terminal, " 2 of ")
    press("9")
    sees(terminal, "There is no alternative 9")
    press("/")
    press("«")
    sees(terminal, "Search: «")
    press("enter")
    sees(terminal, "missing-nbsp")
    press("s")
    sees(terminal, "missing-nbsp", "⍽")
    press("y")
    press("n")
    press("g")
    press("1")
    sees(terminal, "Go to number: 1")
    press("enter")
    sees(terminal, " 1 of ", "refused")
    press("g")
    press("escape")
    sees(terminal, "[y,n,1,e,")
    press("/")
    for char in "hier":
        press(char)
    press("enter")
    sees(terminal, "doubled-word", "hier soir")
    press("E")
    sees(terminal, "space-before-period")  # decided by the editor, and on to the next
    press("e")
    sees(terminal, "Write it (Enter takes it")
    press("X")
    press("enter")
    sees(terminal, " of ")
    press("i")
    sees(terminal, "will be ignored from now on")
    press("A")
    press("D")
    press("a")
    press("d")
    while "The end of the review" not in sees(terminal, " of "):
        press("d")  # what a later round uncovered
    press("y")
    assert terminal.status() == 0
    text = article.read_text("utf-8")
    assert text != TEXT
    assert "venue" in text
    assert "relance de relance" in text  # it was refused
    assert "de Paris.X" in text
    assert "[[ignore]]" in (article.parent / "mtrepair.toml").read_text("utf-8")


def test_accepting_all_on_the_screen_is_fix(start: Callable[..., Terminal], article: Path) -> None:
    terminal = start()
    sees(terminal, " 1 of ", "[y,n")
    terminal.send("a")
    sees(terminal, "The end of the review")
    terminal.send("y")
    assert terminal.status() == 0
    other = article.with_name("other.txt")
    other.write_text(TEXT, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "mtrepair", "fix", "--no-config", *SELECT, "--write",
         "--apply", "suggested", "--proposals", "fast", str(other)],
        check=False,
        capture_output=True,
    )  # fmt: skip
    assert article.read_bytes() == other.read_bytes() != TEXT.encode()


def test_ctrl_c_keeps_what_was_decided(start: Callable[..., Terminal], article: Path) -> None:
    terminal = start()
    sees(terminal, " 1 of ", "[y,n")
    terminal.send("y")
    sees(terminal, " 2 of ")
    terminal.send("ctrl-c")
    assert terminal.status() == 130
    assert article.read_text("utf-8") == TEXT
    again = start("--resume", article.name)
    sees(again, " 2 of ", "[y,n")
    again.send("q")
    sees(again, "1 accepted")
    again.send("y")
    assert again.status() == 0
    assert article.read_text("utf-8") == TEXT.replace("de relance de relance", "de relance")


@pytest.mark.parametrize("editor", ["false", "/no/such/editor", "'unclosed"])
def test_an_editor_that_fails_loses_nothing(start: Callable[..., Terminal], editor: str) -> None:
    terminal = start(VISUAL=editor)
    sees(terminal, " 1 of ", "[y,n")
    terminal.send("E")
    sees(terminal, "nothing was changed")
    terminal.send("y")
    sees(terminal, " 2 of ")


def test_small_screens(start: Callable[..., Terminal]) -> None:
    terminal = start()
    sees(terminal, " 1 of ", "[y,n")
    terminal.resize(8, 40)
    screen = sees(terminal, " 1 of ", "[y,n")
    assert len(screen.rstrip("\n").split("\n")) <= 8
    terminal.send("n")
    sees(terminal, " 2 of ", "[y,n")
