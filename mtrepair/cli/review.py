"""``mtrepair review``: go through proposed changes one by one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from mtrepair.cli.main import EXIT_CLEAN, EXIT_FOUND
from mtrepair.cli.options import STDIN, Common, common
from mtrepair.config import Job, Run, find, load
from mtrepair.config.load import Value
from mtrepair.config.policy import Tally
from mtrepair.core import ConfigError, InputError, MtrepairError
from mtrepair.review import finish, journal
from mtrepair.review.desk import Desk
from mtrepair.review.engine import Engine, Work
from mtrepair.review.journal import Journal, Log, Reviewed
from mtrepair.review.session import Review

CONFIG = "mtrepair.toml"
INTERRUPTED = 130


@click.command()
@common
@click.option(
    "--patch",
    metavar="DIFF",
    help="Review the changes of a unified diff (- for standard input); what is accepted comes out"
    " as a new one.",
)
@click.option("--ref", metavar="FILE", help="With --patch: a reference translation of the file.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="With --patch: where the new diff goes [standard output].",
)
@click.option("--resume", is_flag=True, help="Go on with the review of these files.")
@click.option("--restart", is_flag=True, help="Begin anew, whatever was decided before.")
@click.option("--decisions", metavar="LOG", help="Carry out a journal, without a terminal.")
@click.option("--stats", is_flag=True, help="How often what is offered is accepted.")
@click.option("--log", metavar="FILE", help="Where the journal of this review goes.")
@click.option("--plain", is_flag=True, help="Line by line, without a screen: for screen readers.")
@click.option(
    "--proposals",
    type=click.Choice(["fast", "model"]),
    help="Which repairs to look for.  [default: model]",
)
def review(
    given: Common,
    patch: str | None,
    ref: str | None,
    output: str | None,
    resume: bool,
    restart: bool,
    decisions: str | None,
    stats: bool,
    log: str | None,
    plain: bool,
    proposals: str | None,
) -> int:
    """Accept, change or refuse each repair.

    Shows what is found in the files, or in a diff, one by one, with the repairs that are known and
    what the gate said about them; ? lists the keys. Nothing is written before the end. Every
    decision is kept as it is made: after a crash --resume goes on. Exits with 0, with 1 if
    something that was accepted could not be written, with 2 for a usage or internal error.

    \b
    Examples:
      mtrepair review article.txt
      mtrepair review --source '{stem}.en.txt' articles/
      mtrepair review --resume article.txt
      mtrepair review --patch changes.diff --ref reference.txt -o accepted.diff
      git diff | mtrepair review --patch - | git apply --cached
      mtrepair review --stats
    """
    if stats:
        return _stats(given)
    if decisions is not None:
        return _replay(Path(decisions), output, given.config)
    if resume and restart:
        raise ConfigError("--resume and --restart exclude each other")
    if ref is not None and patch is None:
        raise ConfigError("--ref needs --patch; `mtrepair diff` compares files with a reference")
    if output is not None and patch is None:
        raise ConfigError("-o needs --patch; the files themselves are written otherwise")
    told = {} if proposals is None else {"proposals": Value(proposals, "--proposals")}
    how = How(resume=resume, restart=restart, log=log, plain=plain, color=given.color)
    if patch is not None:
        from mtrepair.cli.review_patch import review_patch

        return review_patch(given, told, patch, ref, output, how)
    if not given.paths and not resume:
        raise ConfigError("name the files to review, or --patch, --resume, --decisions or --stats")
    return _review(given, told, how)


for _param in review.params:
    if _param.name == "paths":  # --patch, --resume, --stats and --decisions need none
        _param.required = False


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a review is held, whatever it is about."""

    resume: bool
    restart: bool
    log: str | None
    plain: bool
    color: str


def _review(given: Common, told: dict[str, Value], how: How) -> int:
    paths = given.paths
    old = unfinished(paths, how)
    if not paths and old is not None:
        paths = tuple(file.path for file in old.files)
    if STDIN in paths:
        raise ConfigError("standard input cannot be reviewed; - is for --patch")
    request = replace(given, paths=tuple(paths)).request(given=told, proposals="model")
    jobs = list(Run(request).jobs())
    if not jobs:
        raise InputError("there is nothing to review")
    names = [job.path for job in jobs]
    if old is None and not how.resume:
        old = unfinished(names, how)
    files = [Reviewed.of(job.path, job.file) for job in jobs]
    if old is not None:
        files, jobs = _as_before(old, files, jobs)
    works = [work_of(job, file.text) for job, file in zip(jobs, files, strict=True)]
    engine = Engine(works)
    records = [] if old is None else old.records
    session = Review([work.text for work in works], engine.judge, records)
    with journal_for(names, files, {"command": "review"}, how, old) as book:
        desk = Desk(session, engine, book, background=not how.plain)
        hold(desk, [work.path for work in works], how, book)
        for number, warning in desk.warnings:
            click.echo(f"mtrepair: {works[number].path}: {warning}", err=True)
        assert desk.finished is not None
        if not desk.finished.write:
            return _unwritten(book, session)
        results = [(f, session.edits(n), session.text(n)) for n, f in enumerate(files)]
        outcomes = finish.finish(results, book)
        silence(given.config, [(files[i.file].path, i.rule, i.text) for i in session.ignores()])
    return tell(outcomes)


def work_of(job: Job, text: str) -> Work:
    """A job as the engine takes it; ``text`` may be that of a journal."""
    return Work(
        path=job.path,
        text=text,
        format=job.document.format,
        session=job.session,
        source=job.source,
        screen=job.policy,
        glance=replace(job.policy, tally=Tally()),
    )


def _as_before(
    old: Log, files: Sequence[Reviewed], jobs: Sequence[Job]
) -> tuple[list[Reviewed], list[Job]]:
    """The files as they were when the review began, and their jobs, in the journal's order."""
    by_place = {file.absolute: job for file, job in zip(files, jobs, strict=True)}
    missing = [file.path for file in old.files if file.absolute not in by_place]
    if missing or len(old.files) != len(files):
        raise InputError(f"{old.path}: that review was of other files; --restart begins anew")
    return list(old.files), [by_place[file.absolute] for file in old.files]


def unfinished(names: Sequence[str], how: How) -> Log | None:
    """The review to go on with, as --resume, --restart and --log have it.

    Raises:
        ConfigError: if there is one and the user has not said what to do about it, or the other
            way round.
    """
    if how.log is not None:
        path = Path(how.log)
        old = journal.read(path) if path.exists() and path.stat().st_size else None
        if old is not None and old.ended == "written":
            raise ConfigError(f"{path}: that review is finished; --decisions replays it")
    elif names:
        old = journal.unfinished(names)
    else:
        old = journal.latest_unfinished()
    if how.restart:
        if how.log is not None and old is not None:
            raise ConfigError(f"{how.log} exists; name another --log, or remove it")
        return None
    if how.resume and old is None and names:
        raise ConfigError("there is no unfinished review of these files")
    if how.resume and old is None:
        raise ConfigError("there is no unfinished review")
    if old is not None and not how.resume:
        raise ConfigError(
            f"an unfinished review of this holds {old.decisions} decisions: --resume goes on,"
            f" --restart begins anew ({old.path})"
        )
    return old


@contextlib.contextmanager
def journal_for(
    names: Sequence[str],
    files: Sequence[Reviewed],
    options: dict[str, Any],
    how: How,
    old: Log | None,
) -> Iterator[Journal]:
    """The journal of a review, closed at the end; one in which nothing was decided is removed."""
    path = old.path if old is not None else Path(how.log) if how.log else journal.new_path(names)
    book = Journal(path, 0 if old is None else old.size)
    try:
        if old is None:
            book.begin(files, options)
        yield book
    finally:
        book.close()


def hold(desk: Desk, names: Sequence[str], how: How, book: Journal) -> None:
    """Hold the review.

    Raises:
        MtrepairError: if the engine failed; what was decided is in the journal.
        click.exceptions.Exit: if the reviewer broke off.
    """
    from mtrepair.review import terminal

    try:
        if how.plain:
            terminal.plain(desk, names)
        else:
            terminal.run(desk, names, color=how.color)
    except KeyboardInterrupt:
        click.echo(f"mtrepair: stopped; {_kept(book, desk.review)}", err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    if desk.review.unmatched:
        many = desk.review.unmatched
        click.echo(
            f"mtrepair: {many} decisions of the journal fit nothing that is found now"
            " (other options or another version?)",
            err=True,
        )
    if desk.failed is not None:
        kept = _kept(book, desk.review)
        if isinstance(desk.failed, MtrepairError):
            raise type(desk.failed)(f"{desk.failed}; {kept}")
        what = f"{type(desk.failed).__name__}: {desk.failed}"
        raise MtrepairError(f"the review broke off: {what} (a bug of mtrepair's); {kept}")


def _kept(book: Journal, session: Review) -> str:
    if not session.changed:
        return "nothing had been decided"
    return f"no file was written; your decisions are kept, --resume goes on ({book.path})"


def _unwritten(book: Journal, session: Review) -> int:
    if session.changed:
        book.write({"event": "end", "how": "unwritten"})
    click.echo(f"mtrepair: {_kept(book, session)}", err=True)
    return EXIT_CLEAN


def silence(config: str | None, ignores: Sequence[tuple[str, str, str]]) -> None:
    """Write what is to be ignored from now on: (path, rule, flagged words).

    Args:
        config: the configuration file that the user named, or None for the one in force.
    """
    from mtrepair.config.write import add_ignore

    for path, rule, text in ignores:
        place = Path(config) if config is not None else find(Path(path).parent)
        if place is None:
            here = Path.cwd()
            below = Path(path).resolve().is_relative_to(here)
            place = (here if below else Path(path).resolve().parent) / CONFIG
        if place.exists() and any(
            judged.text == text and rule in judged.rules for judged in load(place).ignores
        ):
            continue  # a journal that is carried out twice
        add_ignore(place, rule=rule, text=text, reason="a reviewer said so")
        click.echo(f"mtrepair: {place}: {rule} on “{text}” is ignored from now on", err=True)


def tell(outcomes: Sequence[finish.Outcome]) -> int:
    """Say what became of the files; the exit status."""
    for outcome in outcomes:
        says = {
            "unchanged": "nothing accepted, not touched",
            "written": "written",
            "merged": "it had changed meanwhile; what was accepted was merged into it",
            "there": "it holds what was accepted already",
        }.get(outcome.how)
        if says is not None:
            click.echo(f"{outcome.path}: {says}")
        else:
            click.echo(f"mtrepair: {outcome.reason}", err=True)
        for line, old, new in outcome.refused:
            click.echo(
                f"mtrepair: {outcome.path}: line {line}: “{old}” → “{new}” was not written:"
                " these words have changed meanwhile",
                err=True,
            )
    failed = any(o.how == "refused" or o.refused for o in outcomes)
    return EXIT_FOUND if failed else EXIT_CLEAN


def _replay(path: Path, output: str | None, config: str | None) -> int:
    log = journal.read(path)
    if log.options.get("command") == "patch":
        from mtrepair.cli.review_patch import replay_patch

        return replay_patch(log, output)
    results = finish.replay(log)
    outcomes = finish.finish(results, None)
    silence(config, [(file.path, rule, text) for file, rule, text in finish.ignored(log)])
    return tell(outcomes)


def _stats(given: Common) -> int:
    from mtrepair.review.stats import lines

    paths = [Path(path) for path in given.paths] or journal.all_logs()
    logs = [journal.read(path) for path in paths]
    for line in lines(logs):
        click.echo(line)
    return EXIT_CLEAN
