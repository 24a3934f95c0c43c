"""``mtrepair review --patch``: a diff, change by change; a new diff of the accepted."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from mtrepair.cli.main import EXIT_CLEAN, EXIT_FOUND
from mtrepair.cli.options import STDIN, Common
from mtrepair.cli.review import How, hold, journal_for, unfinished, work_of
from mtrepair.config import Run
from mtrepair.config.load import Value
from mtrepair.core import ConfigError, InputError
from mtrepair.readers.files import read_file, write_atomic
from mtrepair.review import finish, patch
from mtrepair.review.changes import ChangeEngine, Proposed
from mtrepair.review.desk import Desk
from mtrepair.review.journal import Log, Reviewed, digest
from mtrepair.review.session import Review

NOT_APPLIED = "does not apply"


def review_patch(
    given: Common,
    told: Mapping[str, Value],
    name: str,
    ref: str | None,
    output: str | None,
    how: How,
) -> int:
    """Hold a review of a diff."""
    if given.paths:
        raise ConfigError("--patch names its files itself; no PATH beside it")
    data = _read(name)
    shown = "<stdin>" if name == STDIN else name
    try:
        sections = patch.parse(data)
    except InputError as error:
        raise InputError(f"{shown}: {error}") from None
    changes, problems = patch.changes(sections, given.encoding)
    for problem in problems:
        click.echo(f"mtrepair: {problem}", err=True)
    if not changes:
        raise InputError(f"{shown}: nothing in this diff can be reviewed")
    for change in changes:
        if change.note:
            click.echo(f"mtrepair: {change.path}: {change.note}", err=True)
    names = [str(change.found) for change in changes]
    mark = [*names, f"patch {digest(data)}"]
    old = unfinished(mark, how)
    files = [Reviewed.of(path, c.base) for path, c in zip(names, changes, strict=True)]
    proposed = _proposed(given, told, changes, ref)
    if len(proposed) < len(changes):
        raise ConfigError("exclude leaves out files of this diff; --no-config reviews them too")
    engine = ChangeEngine(proposed)
    session = Review([c.base.text for c in changes], engine.judge, old.records if old else [], 1)
    options = {"command": "patch", "paths": [change.path for change in changes]}
    with journal_for(mark, files, options, how, old) as book:
        desk = Desk(session, engine, book, background=not how.plain)
        hold(desk, [change.path for change in changes], how, book)
        assert desk.finished is not None
        if not desk.finished.write:
            book.write({"event": "end", "how": "unwritten"})
            click.echo("mtrepair: no diff was written; --resume goes on", err=True)
            return EXIT_CLEAN
        accepted = [session.edits(number) for number in range(len(changes))]
        _write(b"".join(map(patch.new_diff, changes, accepted)), output)
        book.write({"event": "end", "how": "written"})
    # What did not apply is no part of the new diff; a script must not take it for reviewed.
    return EXIT_FOUND if any(NOT_APPLIED in problem for problem in problems) else EXIT_CLEAN


def replay_patch(log: Log, output: str | None) -> int:
    """The diff that the decisions of a journal make."""
    paths = [str(path) for path in log.options["paths"]]
    diffs = [
        patch.new_diff(
            patch.Change(
                path=path, found=Path(file.path), base=file.file, text=text, applied=False
            ),
            edits,
        )
        for path, (file, edits, text) in zip(paths, finish.replay(log), strict=True)
    ]
    _write(b"".join(diffs), output)
    return EXIT_CLEAN


def _proposed(
    given: Common,
    told: Mapping[str, Value],
    changes: Sequence[patch.Change],
    ref: str | None,
) -> list[Proposed]:
    reference = None if ref is None else read_file(ref, given.encoding).text
    paths = tuple(str(change.found) for change in changes)
    request = replace(given, paths=paths).request(given=dict(told), proposals="none")
    jobs = {job.path: job for job in Run(request).jobs()}
    return [
        Proposed(
            work=replace(work_of(jobs[path], change.base.text), path=change.path),
            text=change.text,
            reference=reference,
        )
        for path, change in zip(paths, changes, strict=True)
        if path in jobs
    ]


def _read(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{name}: {(error.strerror or str(error)).lower()}") from None


def _write(data: bytes, output: str | None) -> None:
    if output is not None:
        write_atomic(output, data)
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
