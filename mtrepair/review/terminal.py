"""The terminal: shows the session and hands it the keys. Nothing is decided here."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from mtrepair.core import OBJECT, ConfigError
from mtrepair.report.visible import visible
from mtrepair.review import view
from mtrepair.review.desk import Desk
from mtrepair.review.session import Ask, Mode

LIMITS = (600, 300, 160, 80)
"""Characters of a passage that are shown, from the most to the least: the first with which the
screen holds everything."""

NAMED = {
    "enter": "enter",
    "escape": "escape",
    "backspace": "backspace",
    "up": "up",
    "down": "down",
    "c-m": "enter",
    "c-j": "enter",
    "c-h": "backspace",
}


def run(desk: Desk, names: Sequence[str], *, color: str = "auto") -> None:
    """Review on the whole screen, until the session is over.

    Raises:
        ConfigError: if there is no terminal.
        KeyboardInterrupt: on Ctrl-C; everything decided is in the journal.
    """
    with _terminal() as (keyboard, screen):
        _Screen(desk, names, keyboard, screen, color).run()


class _Screen:
    def __init__(
        self, desk: Desk, names: Sequence[str], keyboard: Any, screen: Any, color: str
    ) -> None:
        self._desk = desk
        self._names = names
        self._keyboard = keyboard
        self._screen = screen
        plain = color == "never" or (color == "auto" and bool(os.environ.get("NO_COLOR")))
        self._colors = not plain and os.environ.get("TERM") not in ("dumb", "unknown")

    def run(self) -> None:
        while self._desk.finished is None and self._desk.failed is None:
            self._app().run()
            if self._desk.asked is not None:
                self._desk.written(self._answer(self._desk.asked))

    def _app(self) -> Any:
        from prompt_toolkit.application import Application
        from prompt_toolkit.layout import HSplit, Layout, Window
        from prompt_toolkit.layout.controls import FormattedTextControl
        from prompt_toolkit.output import ColorDepth

        body = Window(FormattedTextControl(self._body, show_cursor=False), wrap_lines=False)
        foot = Window(FormattedTextControl(self._foot, show_cursor=False), dont_extend_height=True)
        app: Any = Application(
            layout=Layout(HSplit([body, foot])),
            key_bindings=self._keys(),
            full_screen=True,
            input=self._keyboard,
            output=self._screen,
            color_depth=None if self._colors else ColorDepth.DEPTH_1_BIT,
            enable_page_navigation_bindings=False,
        )
        app.ttimeoutlen = 0.05  # Esc by itself is a key
        app.timeoutlen = 0.05

        def begin() -> None:
            loop = app.loop

            def wake() -> None:
                with suppress(RuntimeError):  # the screen has just been left
                    loop.call_soon_threadsafe(take)

            def take() -> None:
                if self._desk.drain():
                    self._after(app)

            self._desk.wake = wake
            take()

        app.pre_run_callables.append(begin)
        return app

    def _after(self, app: Any) -> None:
        """Draw again, or leave the screen where something else has to be done."""
        desk = self._desk
        if desk.finished is not None or desk.asked is not None or desk.failed is not None:
            if app.is_running and not app.future.done():
                app.exit()
        else:
            app.invalidate()

    def _keys(self) -> Any:
        from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
        from prompt_toolkit.keys import Keys

        keys = KeyBindings()

        @keys.add("c-c", eager=True)
        def interrupted(event: KeyPressEvent) -> None:
            event.app.exit(exception=KeyboardInterrupt)

        @keys.add("c-l", eager=True)
        def redraw(event: KeyPressEvent) -> None:
            event.app.renderer.clear()

        @keys.add(Keys.BracketedPaste, eager=True)
        def pasted(event: KeyPressEvent) -> None:
            if self._desk.review.mode in (Mode.GOTO, Mode.SEARCH):  # else it would be many keys
                for char in event.data:
                    self._press(event, char)

        @keys.add(Keys.Any, eager=True)
        def pressed(event: KeyPressEvent) -> None:
            self._press(event, event.key_sequence[0].data)

        def bind(key: str, name: str) -> None:
            @keys.add(key, eager=True)
            def named(event: KeyPressEvent) -> None:
                self._press(event, name)

        for key, name in NAMED.items():
            bind(key, name)
        return keys

    def _press(self, event: Any, key: str) -> None:
        desk = self._desk
        if desk.finished is not None or desk.asked is not None:
            return  # typed ahead while the screen is being left
        desk.drain()
        desk.press(key)
        self._after(event.app)

    def _body(self) -> Any:
        size = self._screen.get_size()
        room = size.rows - len(self._foot_lines(size.columns))
        lines: list[str] = []
        for limit in LIMITS:
            style = view.Style(marks=not self._colors, width=size.columns, names=self._names)
            lines = self._drawn(view.screen(self._desk.review, style, limit=limit), size.columns)
            if len(lines) <= room:
                break
        return self._ansi(lines)

    def _foot(self) -> Any:
        return self._ansi(self._foot_lines(self._screen.get_size().columns))

    def _foot_lines(self, width: int) -> list[str]:
        return self._drawn(view.status(self._desk.review), width)

    def _ansi(self, lines: Sequence[str]) -> Any:
        from prompt_toolkit.formatted_text import ANSI

        return ANSI("\n".join(lines))

    def _drawn(self, texts: Sequence[Text], width: int) -> list[str]:
        """Styled lines, wrapped to the screen by the cells that their characters take."""
        out = StringIO()
        console = Console(
            file=out,
            width=max(20, width),
            force_terminal=self._colors,
            color_system="standard" if self._colors else None,
            highlight=False,
            emoji=False,
            markup=False,
            legacy_windows=False,
        )
        for text in texts:
            console.print(text)
        return out.getvalue().rstrip("\n").split("\n")

    def _answer(self, asked: Ask) -> str | None:
        if asked.editor:
            return in_editor(self._desk, asked.text)
        from prompt_toolkit import PromptSession

        size = self._screen.get_size()
        style = view.Style(marks=not self._colors, width=size.columns, names=self._names)
        above = self._drawn(view.screen(self._desk.review, style, limit=LIMITS[1]), size.columns)
        self._screen.write_raw("\n".join(["", *above, ""]).replace("\n", "\r\n"))
        self._screen.flush()
        session: Any = PromptSession(input=self._keyboard, output=self._screen)
        shown = _shown_breaks(asked.text)
        try:
            typed = session.prompt(
                [("bold", "Write it (Enter takes it, Ctrl-C goes back): \n")], default=shown
            )
        except (KeyboardInterrupt, EOFError):
            self._desk.review.tell("Nothing was changed.")
            return None
        return _real_breaks(asked.text, str(typed))


def in_editor(desk: Desk, text: str) -> str | None:
    """The text as the reviewer leaves it in an editor; None, and a message, if nothing came."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    shown = text.replace(OBJECT, "□")
    with tempfile.TemporaryDirectory(prefix="mtrepair-") as folder:
        path = Path(folder) / "sentence.txt"
        path.write_text(shown + "\n", encoding="utf-8", newline="")
        try:
            with _controlling() as tty:
                keyboard, screen = tty or (None, None)
                done = subprocess.run(
                    [*shlex.split(command), str(path)],
                    check=False,
                    stdin=keyboard,
                    stdout=screen,
                )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            desk.review.tell(f"{command}: {why}; nothing was changed. Set VISUAL or EDITOR.")
            return None
        if done.returncode:
            desk.review.tell(f"{command} ended with {done.returncode}; nothing was changed.")
            return None
        try:
            # Editors add a line end, and some write CRLF; the sentence has neither of its own.
            new = path.read_bytes().decode("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            desk.review.tell(f"{command} left nothing that can be read ({error}).")
            return None
    if "\r\n" not in text:
        new = new.replace("\r\n", "\n")
    return _objects_back(text, new)


def plain(desk: Desk, names: Sequence[str]) -> None:
    """Review line by line: for a screen reader, a dumb terminal, or keys from a pipe.

    A line of input is one or several keys; after ``g``, ``/`` and ``e`` the rest of the line, or
    the next line, is what they ask for. The end of the input stops as Ctrl-C does.
    """
    style = view.Style(marks=True, width=80, names=names)
    shown: tuple[Any, ...] | None = None
    while desk.finished is None:
        _until_ready(desk)
        if desk.failed is not None:
            return
        state = (desk.review.current, desk.review.mode, desk.review.number)
        if desk.review.message:
            _say(desk.review.message)
            desk.review.tell("")
        if state != shown:
            shown = state
            for line in view.plain(desk.review, style):
                _say(line)
        typed = _line(
            "Key (? for help): " if desk.review.mode is not Mode.END else "Write? y or n: "
        )
        if typed is None:
            raise KeyboardInterrupt
        _obey(desk, typed)
        if "?" in typed:
            shown = None


def _until_ready(desk: Desk) -> None:
    while not desk.review.ready and desk.failed is None and desk.wait():
        pass


def _obey(desk: Desk, line: str) -> None:
    at = 0
    while at < len(line) and desk.finished is None:
        key = line[at]
        at += 1
        if key.isspace():
            continue
        if key == "?":
            for text in view.help_lines():
                _say(text.plain)
            continue
        if key in "g/" and desk.review.mode is Mode.HUNK:
            rest = line[at:].strip() or _line("Which? ") or ""
            for one in [key, *rest, "enter"]:
                desk.press(one)
            return
        _until_ready(desk)
        desk.press(key)
        if desk.asked is not None:
            asked = desk.asked
            if asked.editor:
                desk.written(in_editor(desk, asked.text))
                continue
            _say(f"Now: {_shown_breaks(asked.text)}")
            new = line[at:].strip() or _line("Write it (an empty line goes back): ")
            desk.written(_real_breaks(asked.text, new) if new else None)
            return


def _say(line: str) -> None:
    print(visible(line), flush=True)


def _line(prompt: str) -> str | None:
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None


def _shown_breaks(text: str) -> str:
    """The text on one line: a line end of a wrapped paragraph is shown as ⏎."""
    return text.replace("\r\n", "⏎").replace("\n", "⏎").replace(OBJECT, "□")


def _real_breaks(before: str, typed: str) -> str | None:
    """What was typed, with line ends and untouchable parts put back."""
    newline = "\r\n" if "\r\n" in before else "\n"
    return _objects_back(before, typed.replace("⏎", newline) if "\n" in before else typed)


def _objects_back(before: str, new: str) -> str:
    return new.replace("□", OBJECT) if OBJECT in before else new


NO_TERMINAL = (
    "there is no terminal to ask on; --plain reads the keys from standard input,"
    " --decisions LOG replays a review"
)


@contextmanager
def _terminal() -> Iterator[tuple[Any, Any]]:
    """Keyboard and screen; the controlling terminal where a pipe stands in for one of them."""
    from prompt_toolkit.input import create_input
    from prompt_toolkit.output import create_output

    with _controlling() as tty:
        if tty is not None:
            yield create_input(stdin=tty[0]), create_output(stdout=tty[1])
        elif sys.stdin.isatty() and sys.stdout.isatty():
            yield create_input(), create_output()
        else:
            raise ConfigError(NO_TERMINAL)


@contextmanager
def _controlling() -> Iterator[tuple[TextIO, TextIO] | None]:
    """The controlling terminal, if standard input or output is not one."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        yield None
        return
    with ExitStack() as stack:
        tty: tuple[TextIO, TextIO] | None = None
        with suppress(OSError):
            path = Path("/dev/tty")
            keyboard = stack.enter_context(path.open(encoding="utf-8"))
            tty = keyboard, stack.enter_context(path.open("w", encoding="utf-8"))
        yield tty
