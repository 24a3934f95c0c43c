"""The processes of one machine that do the work.

Each has one chunk at a time and says which record it is at. One that dies, or that is at a record
for longer than a record may take, is replaced, and its chunk is done again: after a first death as
it was (the system may have killed it for other reasons), after a second one at the same record
without that record. There is no queue and no lock that a dying process could leave behind broken:
each has a pipe of its own.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from mtrepair.batch.chunk import Chunk, Result
from mtrepair.batch.settings import Settings
from mtrepair.batch.work import Worker
from mtrepair.core import MtrepairError
from mtrepair.process import look_seldom

GRACE = 10.0
"""Seconds beyond the time limit, and twice it, after which a record's process is killed: what can
interrupt itself has done so by then."""
MODEL_LIMIT = 900.0
"""Seconds for one call of the model, which no record can be blamed for."""
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""A process has one thread for its sums: there is a process for each core already, and threads
that wait for one another on a busy machine spend more time waiting than working."""
MAX_STARTS = 3
"""Deaths of processes that never began a record, in a row, after which the run gives up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a process needs to begin; it is sent to it once. ``make`` makes its worker."""

    settings: Settings
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    make: Callable[..., Worker] = Worker


@dataclass(slots=True)
class _Task:
    chunk: Chunk
    deaths: dict[int, int] = field(default_factory=dict)
    skip: dict[int, str] = field(default_factory=dict)


class Crew:
    """So many processes, started when they are needed and ended with the ``with`` block.

    Args:
        stop: asked before each chunk is handed out; once it says yes what is begun is finished.
    """

    def __init__(
        self, setup: Setup, jobs: int, *, stop: Callable[[], bool] = lambda: False
    ) -> None:
        self.setup = setup
        self.replaced = 0
        self._stop = stop
        self._hands = [_Hand(setup) for _ in range(jobs)]
        self._failed_starts = 0

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes at once; they hold nothing that could be lost."""
        for hand in self._hands:
            hand.end()

    def run(self, chunks: Iterator[Chunk]) -> Iterator[Result]:
        """The results of the chunks, in the order in which they are done.

        Raises:
            MtrepairError: if a process cannot begin its work.
        """
        again: deque[_Task] = deque()
        left = iter(chunks)
        more = True
        while True:
            for hand in self._hands:
                if hand.task is not None:
                    continue
                if not again and more and not self._stop():
                    chunk = next(left, None)
                    if chunk is None:
                        more = False
                    else:
                        again.append(_Task(chunk))
                if again and not self._stop():
                    self._give(hand, again)
            busy = [hand for hand in self._hands if hand.task is not None]
            if not busy:
                return
            ready = wait([hand.connection for hand in busy], timeout=0.5)
            for hand in busy:
                if hand.connection in ready:
                    result = self._take(hand, again)
                    if result is not None:
                        yield result
                elif hand.overdue(self.setup.settings.time_limit):
                    self._kill(hand, again)

    def _give(self, hand: _Hand, again: deque[_Task]) -> None:
        task = again.popleft()
        try:
            hand.give(task)
        except (BrokenPipeError, ConnectionError):  # it died while it had nothing to do
            self._replace(hand)
            hand.task = None
            again.appendleft(task)

    def _take(self, hand: _Hand, again: deque[_Task]) -> Result | None:
        try:
            said = hand.connection.recv()
        except (EOFError, ConnectionError):
            self._died(hand, again)
            return None
        if isinstance(said, MtrepairError):
            raise said
        if isinstance(said, Result):
            hand.task = None
            self._failed_starts = 0
            return said
        raise MtrepairError(f"a worker failed: {said}")

    def _died(self, hand: _Hand, again: deque[_Task]) -> None:
        task, record = hand.task, hand.record
        code = self._replace(hand, 5.0)  # it is dying: let it say of what
        if task is None:
            return
        if record is None:
            self._failed_starts += 1
            if self._failed_starts >= MAX_STARTS:
                raise MtrepairError(
                    f"worker processes die before they begin (exit status {code});"
                    " too little memory for --jobs?"
                )
        else:
            task.deaths[record] = task.deaths.get(record, 0) + 1
            if task.deaths[record] == 2:
                task.skip[record] = "worker-died"
            self._check(task)
        hand.task = None
        again.appendleft(task)

    def _kill(self, hand: _Hand, again: deque[_Task]) -> None:
        task, record = hand.task, hand.record
        self._replace(hand)
        assert task is not None
        record = record or 0
        task.skip[record] = "time-limit"
        task.deaths[record] = task.deaths.get(record, 0) + 1
        self._check(task)
        hand.task = None
        again.appendleft(task)

    def _check(self, task: _Task) -> None:
        if task.deaths.get(0, 0) > MAX_STARTS:
            raise MtrepairError(
                f"chunk {task.chunk.key.number} of input {task.chunk.key.source + 1} (from record"
                f" {task.chunk.first}) kills every worker that reads it"
            )

    def _replace(self, hand: _Hand, patience: float = 0.0) -> int | None:
        self.replaced += 1
        return hand.end(patience)


class _Hand:
    """One process, its pipe and its clock."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.task: _Task | None = None
        self._process: Any = None
        self._clock: Any = None
        self.connection: Connection[Any, Any]

    @property
    def record(self) -> int | None:
        """The record it is at, 0 for the model, None before the first."""
        number = int(self._clock[0])
        return None if number < 0 else number

    def give(self, task: _Task) -> None:
        """Start the process if there is none, and hand it the chunk."""
        if self._process is None:
            self._start()
        self.task = task
        self.connection.send((task.chunk, task.skip))

    def overdue(self, limit: float) -> bool:
        """Whether it has been at one record, or in the model, for too long."""
        number, since = self._clock
        if number < 0:
            return False
        allowed = MODEL_LIMIT if number == 0 else 2 * limit + GRACE
        return bool(time.monotonic() - since > allowed)

    def end(self, patience: float = 0.0) -> int | None:
        """Kill the process, after some seconds of patience, and forget it; its exit status."""
        if self._process is None:
            return None
        if patience:
            self._process.join(patience)
        self._process.kill()
        self._process.join()
        self.connection.close()
        code: int | None = self._process.exitcode
        self._process = None
        return code

    def _start(self) -> None:
        # A fresh interpreter, not a fork: no thread, lock or file of ours goes along.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._clock = context.RawArray("d", [-1.0, 0.0])
        self._process = context.Process(
            target=_work, args=(theirs, self._clock, self.setup, os.getpid()), daemon=True
        )
        with _environment(THREADS):
            self._process.start()
        theirs.close()


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set environment variables for what is started in the body."""
    old = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in old.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _work(connection: Connection[Any, Any], clock: Any, setup: Setup, parent: int) -> None:
    """The life of a process; 0 on its clock means that it is at no record of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who lets us finish
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    look_seldom()

    def beat(number: int) -> None:
        if os.getppid() != parent:  # nobody waits for the result any more
            os._exit(1)
        clock[0], clock[1] = float(number), time.monotonic()

    try:
        try:
            worker = setup.make(setup.settings, setup.kinds, setup.names, beat)
        except MtrepairError as error:
            connection.send(error)
            return
        while True:
            chunk, skip = connection.recv()
            beat(0)
            result = worker.clean(chunk, skip)
            clock[0] = -1.0
            connection.send(result)
    except (EOFError, BrokenPipeError, ConnectionError):
        return
