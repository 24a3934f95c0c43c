"""A run over files: each comes with its text, its settings and all that was decided about it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from mtrepair.api import CheckResult, FixResult, Options, Session
from mtrepair.config.baseline import file_key, read_baseline
from mtrepair.config.changes import Changes, Lines
from mtrepair.config.fingerprint import Fingerprint, fold
from mtrepair.config.glossary import read_glossary
from mtrepair.config.lists import read_list
from mtrepair.config.load import ConfigFile, Value, find, load
from mtrepair.config.patterns import matches
from mtrepair.config.policy import Policy, Tally
from mtrepair.config.settings import Settings, resolve
from mtrepair.config.source import source_for
from mtrepair.core import Applicability, ConfigError, Document
from mtrepair.languages import LANGUAGES
from mtrepair.readers import read
from mtrepair.readers.files import FileText, expand, read_bytes, read_file

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a command was asked to work on.

    Attributes:
        paths: files, directories, or ``-`` for standard input.
        given: what the command line says, by the keys of the configuration.
        config: a configuration file to use instead of those that are found.
        isolated: use no configuration file.
        proposals: which repairs the command looks for where nobody says.
        stdin_name: what standard input is called: for its format, configuration and source.
        changed_since: a git revision: only findings on lines changed since then count.
        baseline: whether known findings are silenced.
    """

    paths: tuple[str, ...]
    given: Mapping[str, Value] = field(default_factory=dict)
    config: str | None = None
    isolated: bool = False
    proposals: str = "fast"
    stdin_name: str | None = None
    changed_since: str | None = None
    baseline: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file with everything that is in force for it.

    Attributes:
        path: as it was given; for standard input its name, or ``-``.
        file: the text with its encoding.
        source: the whole original text, or None.
    """

    path: str
    file: FileText
    document: Document
    source: str | None
    settings: Settings
    session: Session
    policy: Policy

    def check(self) -> CheckResult:
        """The findings that count, and those that were judged before."""
        return self.session.check(self.document, self.source, screen=self.policy)

    def fails(self, result: CheckResult) -> bool:
        """Whether a finding of the weight that makes the gate fail is there."""
        threshold = self.settings.threshold
        return threshold is not None and bool(result.at_least(threshold))

    def fix(self, level: Applicability) -> FixResult:
        """The repaired text; what was judged before stays as it is."""
        return self.session.fix(self.document, self.source, level=level, screen=self.policy)


class Run:
    """The files of a request, one after another in a fixed order.

    Attributes:
        notes: what the user should know about files that were passed over.
        tally: what was used of the decisions for all files.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.notes: list[str] = []
        self.tally = Tally()
        self._configs: dict[Path, ConfigFile | None] = {}
        self._loaded: dict[Path, ConfigFile] = {}
        self._sessions: dict[Options, Session] = {}
        self._settings: list[Settings] = []
        self._changes = Changes(request.changed_since) if request.changed_since else None
        if request.changed_since and STDIN in request.paths:
            raise ConfigError("standard input has no changes for --changed-only to compare")
        if request.stdin_name and STDIN not in request.paths:
            raise ConfigError("--stdin-filename needs - for the PATH")

    def settings(self, path: str) -> Settings:
        """What is in force for a path.

        Raises:
            ConfigError: with all that is wrong in its configuration.
        """
        return resolve(path, self._config(path), self.request.given)

    def jobs(self) -> Iterator[Job]:
        """The files, read one after another.

        Raises:
            InputError, ConfigError: for the first that cannot be read or worked on.
        """
        excluded = 0
        for path in expand(self.request.paths):
            name = (self.request.stdin_name or STDIN) if path == STDIN else path
            settings = self.settings(name)
            if name != STDIN and _is_excluded(settings, name):
                excluded += 1
                continue
            lines = None
            if self._changes is not None:
                lines = self._changes.lines(path)
                if lines == []:
                    continue
            job = self._job(path, name, settings, lines)
            if job is not None:
                yield job
        if excluded:
            self.notes.append(f"{excluded} file{'s' * (excluded != 1)} left out by exclude")

    def leftovers(self) -> list[str]:
        """What was decided for all files and concerned none of them, when the run is over.

        A judgement without ``files`` may be about any file below its configuration, so it is told
        only if one of the paths holds that whole folder.
        """
        found: list[str] = []
        tables = {
            judgement.origin: (judgement, settings)
            for settings in self._settings
            for judgement in settings.judgements
        }
        for origin, (judgement, settings) in tables.items():
            if origin in self.tally.judgements or self._changes is not None:
                continue
            if not judgement.files and not self._covers(settings.folder):
                continue
            what = f" of “{judgement.text}”" if judgement.text else ""
            found.append(f"{origin}: this [[ignore]]{what} silences nothing")
        for name, count in self.tally.stale.items():
            if count and self._changes is None:
                gone = "finding" if count == 1 else "findings"
                found.append(
                    f"{name}: {count} {gone} of the baseline no longer there;"
                    " --write-baseline forgets them"
                )
        return found

    def _covers(self, folder: Path | None) -> bool:
        if folder is None:
            return False
        whole = folder.resolve()
        return any(
            path != STDIN and Path(path).is_dir() and whole.is_relative_to(Path(path).resolve())
            for path in self.request.paths
        )

    def _config(self, path: str) -> ConfigFile | None:
        if self.request.isolated:
            return None
        if self.request.config is not None:
            return self._load(Path(self.request.config))
        folder = Path() if path == STDIN else Path(path).parent
        if folder not in self._configs:
            place = find(folder)
            self._configs[folder] = None if place is None else self._load(place)
        return self._configs[folder]

    def _load(self, place: Path) -> ConfigFile:
        if place not in self._loaded:
            self._loaded[place] = load(place)
        return self._loaded[place]

    def _job(self, path: str, name: str, settings: Settings, lines: Lines | None) -> Job | None:
        if path == STDIN:
            shown_name = "<stdin>" if name == STDIN else name
            file = read_bytes(sys.stdin.buffer.read(), shown_name, settings.encoding)
        else:
            file = read_file(path, settings.encoding)
        lang = settings.lang
        document = read(
            file.text,
            format=settings.input_format,
            name=name,
            lang="fr" if lang == "auto" else lang.partition("-")[0],
        )
        if lang == "auto":
            from mtrepair.languages.identify import identify  # an extra, loaded only when used

            lang = identify("\n".join(segment.text for segment in document.segments))
            if lang not in LANGUAGES:
                what = f"language '{lang}'" if lang else "no language that could be told"
                self.notes.append(f"{name}: {what}, not checked")
                return None
        session = self._session(settings, lang)
        source = source_for(settings.source, name, settings.encoding)
        rules = session.rules_without_source if source is None else session.rules
        self._settings.append(settings)
        known: tuple[Fingerprint, ...] = ()
        if settings.baseline is not None and self.request.baseline:
            found = read_baseline(settings.baseline)
            known = found.get(file_key(settings.baseline, name), ())
        policy = Policy(
            settings=settings,
            rules=rules,
            tally=self.tally,
            name=name,
            accepted=accepted(settings.accepted_words, settings.accepted_word_files,
                              settings.glossary, lang),
            known=known,
            changed=lines,
            lang=lang,
        )  # fmt: skip
        return Job(
            path=name,
            file=file,
            document=document,
            source=source,
            settings=settings,
            session=session,
            policy=policy,
        )

    def _session(self, settings: Settings, lang: str) -> Session:
        options = Options(
            lang=lang,
            select=settings.select,
            ignore=settings.ignore_rules,
            sensitive=settings.sensitive,
            proposals=settings.proposals or self.request.proposals,
            names=protected(settings.names, settings.name_files, settings.glossary, lang),
            model=settings.model,
            learned=settings.learned,
        )
        if options not in self._sessions:
            self._sessions[options] = Session(options)
        return self._sessions[options]


def _is_excluded(settings: Settings, path: str) -> bool:
    return matches(settings.exclude, path, settings.folder or Path.cwd())


@lru_cache(maxsize=16)
def protected(
    names: tuple[str, ...], files: tuple[str, ...], glossaries: tuple[str, ...], lang: str
) -> frozenset[str]:
    """All names that must stay: given, from lists, and those of the glossaries."""
    found = set(names)
    for path in files:
        found.update(read_list(path))
    for path in glossaries:
        found.update(term.target for term in read_glossary(path, lang) if term.is_name)
    return frozenset(found)


@lru_cache(maxsize=16)
def accepted(
    words: tuple[str, ...], files: tuple[str, ...], glossaries: tuple[str, ...], lang: str
) -> frozenset[str]:
    """All words that may stand: given, from lists, and those of the glossaries' terms."""
    found = list(words)
    for path in files:
        found += read_list(path)
    for path in glossaries:
        found += [word for term in read_glossary(path, lang) for word in term.target.split()]
    return frozenset(fold(word).casefold() for word in found)
