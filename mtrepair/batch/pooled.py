"""One call to the model for many records.

A record runs in a greenlet of its own; where it asks the model it is put aside, and when no record
of the chunk can go on, all questions go to the model together, alike in length side by side (the
rewriter sees to that). Only flagged spans ever get there. The batches depend on the chunk alone,
so int8 scores, which differ in the last digits with the shape of the batch, are the same in every
run and on every engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from mtrepair.core import ConfigError
from mtrepair.rewriters.base import Candidate, Query, Rewriter

Around = Callable[[], AbstractContextManager[None]]

SLICE = 256
"""Questions that go to the model at once; between slices the worker shows that it is alive."""


@dataclass(frozen=True, slots=True)
class _Question:
    queries: Sequence[Query]
    texts: Sequence[Sequence[str]] | None
    setting: Any  # how many to generate, or whether the span is hidden


class Pool:
    """A rewriter for records that run in :meth:`run`.

    Attributes:
        spans: spans that the model was asked to rewrite.
        scored: candidates that it was asked to score.
        tokens: pieces of all candidates written and scored.
    """

    def __init__(self, rewriter: Rewriter, *, beat: Callable[[], None] = lambda: None) -> None:
        self.rewriter = rewriter
        self.spans = self.scored = self.tokens = 0
        self._beat = beat
        try:
            import greenlet
        except ImportError:
            raise ConfigError(
                "batch with a model needs greenlet; pip install 'mtrepair[batch]'"
            ) from None
        self._greenlet = greenlet

    @property
    def name(self) -> str:
        """Name and version of the model."""
        return self.rewriter.name

    def generate(self, queries: Sequence[Query], *, best: int = 1) -> list[list[Candidate]]:
        """As the rewriter does."""
        return self._ask(_Question(queries, None, best)) if queries else []

    def score(
        self, queries: Sequence[Query], texts: Sequence[Sequence[str]], *, hidden: bool = True
    ) -> list[list[Candidate]]:
        """As the rewriter does."""
        return self._ask(_Question(queries, texts, hidden)) if queries else []

    def _ask(self, question: _Question) -> list[list[Candidate]]:
        answer: list[list[Candidate]] = self._greenlet.getcurrent().parent.switch(question)
        return answer

    def run(self, jobs: Iterable[tuple[Around, Callable[[], None]]]) -> None:
        """Carry out the jobs, which must catch their own errors.

        Each comes with what is to be put around every stretch of it between two questions.
        """
        aside: list[tuple[Around, Any, _Question]] = []

        def step(around: Around, thread: Any, *given: Any) -> None:
            with around():
                said = thread.switch(*given)
            if not thread.dead:
                aside.append((around, thread, said))

        for around, job in jobs:
            step(around, self._greenlet.greenlet(job))
        while aside:
            waiting, aside = aside, []
            answers = self._answers([question for _, _, question in waiting])
            for (around, thread, _), answer in zip(waiting, answers, strict=True):
                step(around, thread, answer)

    def _answers(self, questions: Sequence[_Question]) -> list[list[list[Candidate]]]:
        answers: list[list[list[Candidate]]] = [[[] for _ in q.queries] for q in questions]
        for writing, setting in sorted({(q.texts is None, q.setting) for q in questions}):
            rows = [
                (i, at)
                for i, q in enumerate(questions)
                if (q.texts is None, q.setting) == (writing, setting)
                for at in range(len(q.queries))
            ]
            # The model cuts each slice into batches by length itself; this keeps slices alike.
            rows.sort(key=lambda row: len(questions[row[0]].queries[row[1]].span))
            for start in range(0, len(rows), SLICE):
                self._beat()
                some = rows[start : start + SLICE]
                queries = [questions[i].queries[at] for i, at in some]
                if writing:
                    found = self.rewriter.generate(queries, best=setting)
                    self.spans += len(queries)
                else:
                    texts = [(questions[i].texts or ())[at] for i, at in some]
                    found = self.rewriter.score(queries, texts, hidden=setting)
                    self.scored += sum(map(len, texts))
                for (i, at), candidates in zip(some, found, strict=True):
                    answers[i][at] = candidates
                    self.tokens += sum(candidate.pieces for candidate in candidates)
        return answers
