"""A run from its inputs to its output folder.

``OUT`` while it runs holds one folder, ``.mtrepair``, with the journal. When every chunk is done
the files are put together in there and moved to their places, ``stats.json`` last: if it is there,
the run is complete.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from mtrepair.batch import stats as counts
from mtrepair.batch.chunk import Chunk, Key, Result
from mtrepair.batch.fingerprint import describe, differences
from mtrepair.batch.formats import Source, find
from mtrepair.batch.gates import Gate
from mtrepair.batch.journal import Journal
from mtrepair.batch.settings import Settings
from mtrepair.core import ConfigError, InputError, MtrepairError

HIDDEN = ".mtrepair"
STATS = "stats.json"

EXIT_CLEAN = 0
EXIT_GATE = 1
EXIT_ERROR = 2
EXIT_REJECTS = 3
EXIT_INTERRUPTED = 130


class Watcher(Protocol):
    """Who is told how it goes (see :mod:`mtrepair.batch.progress`)."""

    def begin(self, total: int, done: int, stats: counts.Stats) -> None:
        """The run has so many bytes, and so many were done before."""

    def advance(self, size: int, stats: counts.Stats) -> None:
        """A chunk of so many bytes is done; ``stats`` are those of the whole run."""

    def assemble(self) -> None:
        """The output is being put together."""


class Engine(Protocol):
    """What does the work: local processes or a cluster."""

    @property
    def name(self) -> str: ...

    def results(
        self, sources: Sequence[Source], settings: Settings, done: frozenset[Key]
    ) -> Iterator[Result]:
        """The results of all chunks that are not done, in any order."""


@dataclass(frozen=True, slots=True)
class Local:
    """Processes on this machine."""

    jobs: int
    stop: Callable[[], bool] = lambda: False
    name: str = "local"

    def results(
        self, sources: Sequence[Source], settings: Settings, done: frozenset[Key]
    ) -> Iterator[Result]:
        """The results of all chunks that are not done, in any order."""
        from mtrepair.batch.crew import Crew, Setup

        setup = Setup(
            settings=settings,
            kinds=tuple(source.kind for source in sources),
            names=tuple(source.name for source in sources),
        )
        with Crew(setup, self.jobs, stop=self.stop) as crew:
            yield from crew.run(pending(sources, settings, done))


def pending(sources: Sequence[Source], settings: Settings, done: frozenset[Key]) -> Iterator[Chunk]:
    """The chunks that are left to do, read one after another."""
    for index, source in enumerate(sources):
        for chunk in source.chunks(index, settings, done):
            if chunk.key not in done:
                yield chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended.

    Attributes:
        stats: the counts of all that is done.
        crossed: the gates that were crossed, each with what was measured.
        interrupted: whether it was asked to stop before the end.
    """

    stats: counts.Stats
    crossed: tuple[str, ...] = ()
    interrupted: bool = False
    out: Path = field(default_factory=Path)

    @property
    def exit_code(self) -> int:
        """0 all cleaned, 1 a gate was crossed, 3 records were rejected, 130 stopped early."""
        if self.interrupted:
            return EXIT_INTERRUPTED
        if self.crossed:
            return EXIT_GATE
        return EXIT_REJECTS if self.stats["rejected"] else EXIT_CLEAN


def run(
    inputs: Sequence[str],
    out: Path,
    settings: Settings,
    engine: Engine,
    *,
    resume: bool = False,
    gates: Sequence[Gate] = (),
    watcher: Watcher | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Clean the inputs into ``out``.

    Args:
        resume: go on with what is there, if anything is.
        stop: asked now and then; once it says yes, what is begun is finished and written down.

    Raises:
        ConfigError: if ``out`` holds something else, or a run that was begun differently.
        InputError: for an input that cannot be read, or an output that cannot be written.
    """
    sources = find(inputs, out)
    hidden = out / HIDDEN
    try:
        description = describe(sources, settings)
        if (out / STATS).is_file() and not (hidden / "journal").exists():
            return _finished(out, description, resume, gates)
        _refuse_others(out)
        journal = Journal.resume(hidden / "journal") if resume else None
        if journal is None:
            journal = Journal.create(hidden / "journal", description)
    except OSError as error:
        raise _disk(out, error, 0) from None
    with journal:
        changed = differences(journal.description, description)
        if changed:
            raise ConfigError(
                f"{out}: the run there was begun differently and cannot go on: "
                + "; ".join(changed)
            )
        try:
            return _run(sources, out, settings, engine, journal, gates, watcher, stop)
        except OSError as error:
            raise _disk(out, error, len(journal)) from None


def _run(
    sources: Sequence[Source],
    out: Path,
    settings: Settings,
    engine: Engine,
    journal: Journal,
    gates: Sequence[Gate],
    watcher: Watcher | None,
    stop: Callable[[], bool],
) -> Outcome:
    started = time.monotonic()
    total = counts.empty()
    size = 0
    for result in journal.results():
        counts.merge(total, result.stats)
        size += result.size
    words = total["words"]
    resumed = len(journal)
    if watcher is not None:
        watcher.begin(sum(source.total for source in sources), size, total)
    for result in engine.results(sources, settings, journal.keys()):
        journal.add(result)
        counts.merge(total, result.stats)
        if watcher is not None:
            watcher.advance(result.size, total)
    if stop():
        return Outcome(stats=total, interrupted=True, out=out)
    seconds = time.monotonic() - started
    if watcher is not None:
        watcher.assemble()
    _assemble(
        sources,
        out,
        settings,
        journal,
        {
            "engine": engine.name,
            "chunks": len(journal),
            "resumed_chunks": resumed,
            "seconds": round(seconds, 3),
            "words_per_second": round((total["words"] - words) / max(seconds, 1e-9), 1),
        },
        gates,
    )
    return Outcome(stats=total, crossed=_crossed(gates, total), out=out)


def _crossed(gates: Sequence[Gate], stats: counts.Stats) -> tuple[str, ...]:
    return tuple(text for gate in gates if (text := gate.crossed(stats)) is not None)


def _assemble(
    sources: Sequence[Source],
    out: Path,
    settings: Settings,
    journal: Journal,
    timing: dict[str, Any],
    gates: Sequence[Gate],
) -> None:
    """Put the output together beside the journal, then move it to its place."""
    from mtrepair.batch.report import render

    if describe(sources, settings)["inputs"] != journal.description["inputs"]:
        raise InputError("an input was changed while the run went on; its output would be torn")
    work = out / HIDDEN / "out"
    shutil.rmtree(work, ignore_errors=True)
    (work / "data").mkdir(parents=True)
    for index, source in enumerate(sources):
        source.write(work / "data", index, settings, journal.get)
    total = counts.empty()
    samples = counts.Samples()
    with (work / "edits.jsonl").open("wb") as edits, (work / "rejects.jsonl").open("wb") as rejects:
        for result in journal.results():
            edits.write(result.edits)
            rejects.write(result.rejects)
            counts.merge(total, result.stats)
            samples.add(result.stats.get("samples", ()))
    record = summary(total, gates)
    page = render(record, [sample for _, sample in samples.rows()], journal.description)
    (work / "report.html").write_text(page, encoding="utf-8")
    record["timing"] = timing
    record["made_from"] = journal.description
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (work / STATS).write_text(text, encoding="utf-8")
    os.sync()  # all of it is on the disk before the first name changes
    _move(work, out, ("data", "edits.jsonl", "rejects.jsonl", "report.html", STATS))
    journal.remove()
    os.sync()
    shutil.rmtree(out / HIDDEN, ignore_errors=True)


def _move(work: Path, out: Path, names: Iterable[str]) -> None:
    for name in names:
        target = out / name
        if target.is_dir():  # a run that was killed here before
            shutil.rmtree(target)
        (work / name).replace(target)


def summary(stats: counts.Stats, gates: Sequence[Gate]) -> dict[str, Any]:
    """The counts with what a person wants to know of them first."""
    words = max(1, stats["words"])
    records = max(1, stats["records"])
    return {
        **counts.ordered(stats),
        "per_10000_words": {
            rule: round(10_000 * count / words, 3)
            for rule, count in counts.ordered(stats)["findings"].items()
        },
        "changed_share": round(stats["changed"] / records, 6),
        "flagged_share": round(stats["flagged"] / records, 6),
        "gates": [
            {"gate": gate.text, "measured": gate.measure(stats), "crossed": gate.is_crossed(stats)}
            for gate in gates
        ],
    }


def _finished(
    out: Path, description: dict[str, Any], resume: bool, gates: Sequence[Gate]
) -> Outcome:
    """A run that is complete: said again if asked to go on."""
    if not resume:
        raise ConfigError(f"{out}: holds a finished run; give another --out")
    try:
        record = json.loads((out / STATS).read_text(encoding="utf-8"))
        changed = differences(record["made_from"], description)
    except (ValueError, KeyError, OSError) as error:
        raise InputError(f"{out / STATS}: not readable ({error})") from None
    if changed:
        raise ConfigError(f"{out}: the finished run there was begun differently: "
                          + "; ".join(changed))  # fmt: skip
    with suppress(OSError):
        shutil.rmtree(out / HIDDEN)
    return Outcome(stats=record, crossed=_crossed(gates, record), out=out)


def _refuse_others(out: Path) -> None:
    """Nothing that somebody else has put there is overwritten."""
    if not out.exists():
        return
    if not out.is_dir():
        raise ConfigError(f"{out}: not a directory")
    if any(path.name != HIDDEN for path in out.iterdir()) and not (out / HIDDEN).is_dir():
        raise ConfigError(f"{out}: not empty, and what is in it is not a run of mtrepair's")


def _disk(out: Path, error: OSError, done: int) -> MtrepairError:
    reason = (error.strerror or str(error)).lower()
    hint = f"; {done} chunks are safe, go on with --resume" if done else ""
    return InputError(f"{error.filename or out}: {reason}{hint}")
