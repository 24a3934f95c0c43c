"""The work on one chunk: records in, what came of them out; it touches no file.

It runs in a process that may be killed and replaced at any time.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any

from mtrepair.api import FixResult, Session, parse_level
from mtrepair.batch import stats as counts
from mtrepair.batch.causes import Cause, causes
from mtrepair.batch.chunk import Chunk, Patch, Result
from mtrepair.batch.formats import format_named
from mtrepair.batch.pooled import Pool
from mtrepair.batch.records import Record, Reject, Text, line, reject_line
from mtrepair.batch.settings import Settings
from mtrepair.config.policy import Policy, Tally
from mtrepair.core import InputError
from mtrepair.readers import read

NEAR = 60
"""Code points of context on each side of an edit in the log."""

FIRST = "Hier soir, les deux grandes villes ont voté le même budget."
"""A sentence without a finding."""

Beat = Callable[[int], None]
"""Told the number of each record before it is worked on, and 0 before the model is called."""


class Overdue(BaseException):
    """A record has had its time. Not an Exception: what guards against a rule's errors must not
    take it for one of them."""


class Worker:
    """Cleans chunks with one session.

    Args:
        names: the output names of the sources, for the logs.
        kinds: their formats.
    """

    def __init__(
        self,
        settings: Settings,
        kinds: tuple[str, ...],
        names: tuple[str, ...],
        beat: Beat = lambda number: None,  # noqa: ARG005
    ) -> None:
        self.settings = settings
        self.names = names
        self._formats = [format_named(kind) for kind in kinds]
        self._level = parse_level(settings.level)
        self._beat = beat
        self._session = Session(settings.options)
        # What is loaded when it is first used is loaded now: no record's time is to pay for it.
        self._session.check(read(FIRST, format="text"))
        self._tally = Tally()
        self._pool: Pool | None = None
        if self._session.rewriter is not None:
            from mtrepair.rewriters.seq2seq import load

            # One thread for each process: the processes share the cores.
            rewriter = load(settings.options.model, threads=1)
            self._pool = Pool(rewriter, beat=lambda: self._beat(0))
            self._session.rewriter = self._pool

    def clean(self, chunk: Chunk, skip: Mapping[int, str] | None = None) -> Result:
        """What comes of a chunk.

        Args:
            skip: numbers of records that must not be touched again, with the reason; 0 is all.
        """
        given = list(self._formats[chunk.key.source].parse(chunk, self.settings))
        done: list[_Done] = [_Done(self._file(chunk, one), one) for one in given]
        jobs = [one for one in done if isinstance(one.given, Record)]
        for one in jobs:
            reason = (skip or {}).get(one.given.number) or (skip or {}).get(0)
            if reason is not None:
                one.fail(reason, "")
        open_ = [one for one in jobs if one.reject is None]
        model = {"spans": 0, "scored": 0, "tokens": 0}
        if self._pool is None:
            for one in open_:
                with self._watched(one):
                    self._repair(one)
        else:
            before = (self._pool.spans, self._pool.scored, self._pool.tokens)
            self._pool.run(
                (partial(self._watched, one), partial(self._repair, one)) for one in open_
            )
            after = (self._pool.spans, self._pool.scored, self._pool.tokens)
            model = {name: b - a for name, a, b in zip(model, before, after, strict=True)}
        return self._result(chunk, done, model)

    @contextmanager
    def _watched(self, one: _Done) -> Iterator[None]:
        """Tell which record it is, and let it have its time."""
        self._beat(one.given.number)
        try:
            with _limit(self.settings.time_limit):
                yield
        except Overdue:  # between the end of the work and that of its time
            one.fail("time-limit", f"more than {self.settings.time_limit:g} s")

    def _repair(self, one: _Done) -> None:
        record = one.given
        assert isinstance(record, Record)
        try:
            results = [self._fix(text, record) for text in record.texts]
        except Overdue:
            one.fail("time-limit", f"more than {self.settings.time_limit:g} s")
            return
        except Exception as error:
            one.fail("crashed", f"{type(error).__name__}: {error}"[:300])
            return
        crashes = [c for r in results for c in (*r.before.crashes, *r.after.crashes)]
        if crashes:
            one.fail("rule-crashed", f"{crashes[0].rule}: {crashes[0].error}"[:300])
        elif not all(result.settled for result in results):
            one.fail("not-settled", f"after {max(r.rounds for r in results)} rounds")
        else:
            one.results = list(zip(record.texts, results, strict=True))

    def _fix(self, text: Text, record: Record) -> FixResult:
        document = read(text.text, format=text.format, name=str(record.id))
        return self._session.fix(
            document, text.source, level=self._level, screen=self._policy(text, record)
        )

    def _policy(self, text: Text, record: Record) -> Policy | None:
        """What the configuration decides about findings, as in ``check``."""
        desk = self.settings.desk
        if desk is None:
            return None
        session = self._session
        rules = session.rules_without_source if text.source is None else session.rules
        return Policy(
            settings=desk,
            rules=rules,
            tally=self._tally,
            name=str(record.id),
            accepted=self.settings.accepted,
            lang=self.settings.options.lang,
        )

    def _file(self, chunk: Chunk, one: Record | Reject) -> str:
        """The name of the output that a record is in: for files of a tree their own."""
        return self.names[chunk.key.source] or str(one.id)

    def _result(self, chunk: Chunk, done: list[_Done], model: dict[str, int]) -> Result:
        stats = counts.empty()
        stats["model"] = model
        samples = counts.Samples()
        patches: list[Patch] = []
        edits: list[bytes] = []
        rejects: list[bytes] = []
        format_ = self._formats[chunk.key.source]
        for one in done:
            stats["records"] += 1
            changed = {text.field: result.text for text, result in one.results if result.edits}
            made: list[Patch] = []
            log: list[tuple[dict[str, Any], dict[str, Any]]] = []
            if isinstance(one.given, Record) and changed:
                try:
                    made = format_.patch(one.given, changed)
                    log = list(_log(one))
                except InputError as error:
                    one.fail("unwritable", str(error))
                except Exception as error:
                    one.fail("crashed", f"{type(error).__name__}: {error}"[:300])
            if one.reject is not None:
                counts.bump(stats["rejected"], one.reject.reason)
                if one.reject.drop is not None:
                    patches.append(one.reject.drop)
                rejects.append(reject_line(one.file, one.reject))
                continue
            stats["cleaned"] += 1
            stats["words"] += sum(len(text.text.split()) for text, _ in one.results)
            counts.tally(stats, [result for _, result in one.results])
            patches += made
            for row, sample in log:
                edits.append(line(row))
                samples.add([(counts.draw(f"{one.file} {row['record']} {row['start']}"), sample)])
        stats["samples"] = samples.rows()
        return Result(
            key=chunk.key,
            size=chunk.size,
            patches=tuple(patches),
            edits=b"".join(edits),
            rejects=b"".join(rejects),
            stats=stats,
        )


class _Done:
    """A record of a chunk, and what has become of it."""

    __slots__ = ("file", "given", "reject", "results")

    def __init__(self, file: str, given: Record | Reject) -> None:
        self.file = file
        self.given = given
        self.results: list[tuple[Text, FixResult]] = []
        self.reject: Reject | None = given if isinstance(given, Reject) else None

    def fail(self, reason: str, detail: str) -> None:
        """Leave the record as it is."""
        self.results = []
        self.reject = Reject(
            number=self.given.number, id=self.given.id, reason=reason, detail=detail
        )


def _log(one: _Done) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The lines of ``edits.jsonl`` for a record, each with its sample for the report."""
    for text, result in one.results:
        if not result.edits:
            continue
        for edit, some in causes(result):
            span = edit.span
            first = some[0][1].proposal if some else None
            row: dict[str, Any] = {
                "file": one.file,
                "record": one.given.number,
                "id": one.given.id,
                "field": text.field,
                "start": span.start,
                "end": span.end,
                "before": span.of(text.text),
                "after": edit.text,
                **(_cause(some[0]) if some else {}),
            }
            if len(some) > 1:
                row["also"] = [_cause(cause) for cause in some[1:]]
            sample = {
                "file": one.file,
                "id": one.given.id,
                "left": text.text[max(0, span.start - NEAR) : span.start],
                "before": row["before"],
                "after": edit.text,
                "right": text.text[span.end : span.end + NEAR],
                "rule": first.finding.rule if first else "",
                "message": first.finding.message if first else "",
            }
            yield row, sample


def _cause(cause: Cause) -> dict[str, Any]:
    number, verdict = cause
    proposal = verdict.proposal
    return {
        "rule": proposal.finding.rule,
        "severity": str(proposal.finding.severity),
        "confidence": round(proposal.finding.confidence, 4),
        "origin": proposal.origin,
        "applicability": str(verdict.applicability),
        "score": round(proposal.score, 4),
        "round": number,
    }


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Raise :class:`Overdue` in the body after so many seconds.

    The signal reaches Python code and regular expressions, in the main thread, on POSIX; for the
    rest whoever started the process watches its clock.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or not hasattr(signal, "setitimer"):
        yield
        return

    def overdue(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        raise Overdue

    old = signal.signal(signal.SIGALRM, overdue)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
