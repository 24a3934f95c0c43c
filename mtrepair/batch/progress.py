"""How far it is, on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

from mtrepair.batch.stats import Stats

PAUSE = 10.0
"""Seconds between two lines where there is no terminal."""


class Progress:
    """Tells how far a run is; see :class:`mtrepair.batch.run.Watcher`."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bar: Any = None
        self._task: Any = None
        self._total = self._done = self._before = 0
        self._words_before = 0
        self._started = self._told = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, total: int, done: int, stats: Stats) -> None:
        """The run has so many bytes, and so many were done before."""
        self._total, self._done, self._before = max(total, done, 1), done, done
        self._words_before = stats["words"]
        self._started = self._told = time.monotonic()
        if self._quiet:
            return
        if sys.stderr.isatty():
            self._open()
        elif done:
            self._say(f"going on at {self._share():.0f} %")

    def advance(self, size: int, stats: Stats) -> None:
        """A chunk of so many bytes is done."""
        self._done += size
        now = time.monotonic()
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done, said=self._status(stats))
        elif not self._quiet and now - self._told >= PAUSE:
            self._told = now
            self._say(f"{self._share():5.1f} %  {self._status(stats)}, {self._left()} left")

    def assemble(self) -> None:
        """The output is being put together."""
        if self._bar is not None:
            self._bar.update(self._task, completed=self._total, said="writing the output")

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(
            TextColumn("{task.percentage:>5.1f} %"),
            BarColumn(bar_width=30),
            TimeRemainingColumn(),
            TextColumn("{task.fields[said]}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("", total=self._total, completed=self._done, said="")
        self._bar.start()

    def _status(self, stats: Stats) -> str:
        seconds = max(1e-9, time.monotonic() - self._started)
        rate = (stats["words"] - self._words_before) / seconds
        findings = sum(stats["findings"].values())
        text = (
            f"{stats['records']:,} records, {rate:,.0f} words/s,"
            f" {findings:,} findings, {stats['edits']:,} edits"
        )
        rejected = sum(stats["rejected"].values())
        return text + (f", {rejected:,} rejected" if rejected else "")

    def _share(self) -> float:
        return 100 * min(1.0, self._done / self._total)

    def _left(self) -> str:
        new = self._done - self._before
        if new <= 0:
            return "?"
        seconds = (time.monotonic() - self._started) * (self._total - self._done) / new
        return duration(max(0.0, seconds))

    @staticmethod
    def _say(text: str) -> None:
        print(f"mtrepair: {text}", file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """``95 s``, ``12 min``, ``3.5 h``, ``4.2 days``."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    if seconds < 48 * 3600:
        return f"{seconds / 3600:.1f} h"
    return f"{seconds / 86400:.1f} days"
