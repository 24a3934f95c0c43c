"""Between the session and the world: journal, engine and whoever asks the reviewer."""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from mtrepair.pipeline import Crash
from mtrepair.review.engine import (
    Background,
    Failed,
    Found,
    Looked,
    Looker,
    Message,
    Repaired,
)
from mtrepair.review.journal import Journal
from mtrepair.review.session import Ask, Effect, Finished, NextRound, Record, Review


class Desk:
    """Carries out what the session wants done.

    Args:
        journal: where every decision goes before it is shown; None for a review without one.
        background: whether the engine works in a thread of its own; else it does its work when
            somebody waits for it (:meth:`wait`).

    Attributes:
        asked: a question to the reviewer that the session waits for.
        finished: how the review ended, or None while it goes on.
        warnings: what the engine had to say about each file, for after the review.
        failed: the error that stopped the engine, or None.
    """

    def __init__(
        self, review: Review, engine: Looker, journal: Journal | None, *, background: bool = True
    ) -> None:
        self.review = review
        self.asked: Ask | None = None
        self.finished: Finished | None = None
        self.failed: Exception | None = None
        self.warnings: list[tuple[int, str]] = []
        self.crashes: list[tuple[int, Crash]] = []
        self.wake: Callable[[], None] = _nothing
        self._engine = engine
        self._journal = journal
        self._messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._background = Background(engine, self._post) if background else None
        self._requests: deque[Iterator[Message]] = deque()
        self._look(review.start())

    def press(self, key: str) -> None:
        """The reviewer pressed a key."""
        self._carry_out(self.review.press(key))

    def written(self, text: str | None) -> None:
        """The answer to what was asked."""
        asked, self.asked = self.asked, None
        if asked is not None:
            self._carry_out(self.review.written(asked.key, text))

    def drain(self) -> bool:
        """Take in what the engine has said meanwhile; whether there was anything."""
        some = False
        while not self._messages.empty():
            self._take(self._messages.get())
            some = True
        return some

    def wait(self) -> bool:
        """Wait for the next message of the engine; False if none will come."""
        if self._background is not None:
            self._take(self._messages.get())
            return True
        while self._requests:
            message = next(self._requests[0], None)
            if message is not None:
                self._take(message)
                return True
            self._requests.popleft()
        return False

    def _post(self, message: Message) -> None:  # in the engine's thread
        self._messages.put(message)
        self.wake()

    def _look(self, request: NextRound) -> None:
        if self._background is not None:
            self._background.look(request)
        else:
            self._requests.clear()
            self._requests.append(self._engine.look(request))

    def _take(self, message: Message) -> None:
        review = self.review
        if isinstance(message, Found):
            if review.number == 1:
                self.warnings += [(message.file, warning) for warning in message.warnings]
                self.crashes += [(message.file, crash) for crash in message.crashes]
            hunks, partial = message.hunks, message.partial
            self._carry_out(review.found(message.ticket, message.file, hunks, partial=partial))
        elif isinstance(message, Repaired):
            self._carry_out(review.judged(message.ticket, message.hunks))
        elif isinstance(message, Looked):
            self._carry_out(review.looked(message.ticket, message.file))
        elif isinstance(message, Failed):
            self.failed = message.error

    def _carry_out(self, effects: Sequence[Effect]) -> None:
        records = [effect.data for effect in effects if isinstance(effect, Record)]
        if records and self._journal is not None:
            self._journal.write(*records)
        for effect in effects:
            if isinstance(effect, NextRound):
                self._look(effect)
            elif isinstance(effect, Ask):
                self.asked = effect
            elif isinstance(effect, Finished):
                self.finished = effect


def _nothing() -> None:
    """Nobody waits to be woken."""
