"""The public Python face of mtrepair.

    >>> from mtrepair import api
    >>> result = api.fix("Il semble qu'il semble que tout va bien .")
    >>> result.text
    'Il semble que tout va bien.'

All positions are half-open ranges of Unicode code points in the text that was given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mtrepair import languages, pipeline
from mtrepair.core import (
    Applicability,
    ConfigError,
    Document,
    Edit,
    Finding,
    Severity,
    Verdict,
    apply,
    compose,
)
from mtrepair.pipeline import Crash, Judged
from mtrepair.readers import read
from mtrepair.rewriters.base import Rewriter
from mtrepair.rules import Rule, select

MAX_ROUNDS = 10
"""Rounds of repair after which a document that still changes is reported as our bug."""

PROPOSALS = ("none", "fast", "model")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run looks for and how far it goes.

    Attributes:
        lang: ISO 639-1 code of the text's language.
        select: rules or groups to use; empty for all stable ones.
        ignore: rules or groups to leave out.
        sensitive: the reviewer's operating point: preview rules and less sure findings too.
        proposals: ``none``, ``fast`` (rules and lexicons) or ``model`` (the rewriter too).
        names: names that must be kept as they are.
        model: folder of a rewriter, or None for the one in the package.
    """

    lang: str = "fr"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    sensitive: bool = False
    proposals: str = "fast"
    names: frozenset[str] = frozenset()
    model: str | None = None

    def __post_init__(self) -> None:
        if self.proposals not in PROPOSALS:
            raise ConfigError(f"proposals must be one of {', '.join(PROPOSALS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What is wrong in one text.

    Attributes:
        document: the text as it was read.
        judged: the findings in reading order, each with its judged proposals; positions count in
            the document.
        crashes: rules that failed on this text; a bug of mtrepair's.
        warnings: what the user should know (a source that does not fit).
    """

    document: Document
    judged: tuple[Judged, ...]
    crashes: tuple[Crash, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in reading order."""
        return tuple(j.finding for j in self.judged)

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings at or above a severity."""
        return tuple(f for f in self.findings if f.severity >= severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixResult:
    """A repaired text.

    Attributes:
        before: what was wrong, as :func:`check` says it.
        text: the repaired text.
        edits: what was changed, counting in the original text.
        applied: the verdicts that were carried out, in the order of the rounds; those of the
            first round count in the original, later ones in the text of their round.
        after: what is still wrong in the repaired text.
        rounds: how many rounds of edits it took.
        settled: False if the text still changed after :data:`MAX_ROUNDS`; a bug of mtrepair's.
        rejected: how often each check of the gate refused a proposal of the first round.
    """

    before: CheckResult
    text: str
    edits: tuple[Edit, ...]
    applied: tuple[Verdict, ...]
    after: CheckResult
    rounds: int
    settled: bool
    rejected: dict[str, int] = field(default_factory=dict)


def check(
    text: str,
    lang: str = "fr",
    source: str | None = None,
    *,
    format: str = "text",  # noqa: A002 - the word users know from --format
    name: str = "<text>",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    sensitive: bool = False,
    proposals: str = "fast",
    names: Iterable[str] = (),
    model: str | None = None,
) -> CheckResult:
    """Find what is garbled in a machine-translated text.

    Args:
        text: the translation, decoded, of any length.
        lang: ISO 639-1 code of its language.
        source: the whole original text; paragraphs are aligned by this function.
        format: ``text``, ``markdown``, ``html``, or ``auto`` to go by the suffix of ``name``.
        select: names of rules or groups to use; all stable rules if empty.
        ignore: names of rules or groups to leave out.
        sensitive: show preview rules and less sure findings too.
        proposals: ``none``, ``fast`` or ``model``.
        names: names that must stay as they are.
        model: folder of another rewriter than the one in the package.

    Returns:
        The findings with their proposals; spans in code points of ``text``.

    Raises:
        ConfigError: for an unknown language, rule, format or value.
        ModelError: if ``proposals`` is ``model`` and no rewriter can be loaded.
    """
    options = Options(
        lang=lang,
        select=tuple(select),
        ignore=tuple(ignore),
        sensitive=sensitive,
        proposals=proposals,
        names=frozenset(names),
        model=model,
    )
    return Session(options).check(read(text, format=format, name=name), source)


def fix(
    text: str,
    lang: str = "fr",
    source: str | None = None,
    *,
    apply: str = "safe",
    format: str = "text",  # noqa: A002 - as above
    name: str = "<text>",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    sensitive: bool = False,
    proposals: str | None = None,
    names: Iterable[str] = (),
    model: str | None = None,
) -> FixResult:
    """Repair a machine-translated text as far as can be trusted.

    Args:
        apply: ``safe`` (what is measured to keep the meaning) or ``suggested``.
        proposals: as in :func:`check`; ``fast`` for safe repairs and ``model`` for suggested ones
            unless given.

    The other arguments are those of :func:`check`.

    Returns:
        The repaired text with all edits, and the findings before and after. Fixing the result
        again changes nothing.

    Raises:
        ConfigError, ModelError: as :func:`check` does.
    """
    level = parse_level(apply)
    if proposals is None:
        proposals = "fast" if level == Applicability.SAFE else "model"
    options = Options(
        lang=lang,
        select=tuple(select),
        ignore=tuple(ignore),
        sensitive=sensitive,
        proposals=proposals,
        names=frozenset(names),
        model=model,
    )
    return Session(options).fix(read(text, format=format, name=name), source, level=level)


def parse_level(name: str) -> Applicability:
    """``safe`` or ``suggested``.

    Raises:
        ConfigError: for anything else.
    """
    levels = {"safe": Applicability.SAFE, "suggested": Applicability.SUGGESTED}
    if name not in levels:
        raise ConfigError(f"unknown applicability '{name}' (safe or suggested)")
    return levels[name]


class Session:
    """One set of options over many documents: rules, language and model are loaded once."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.language = languages.load(options.lang)
        self.rules: Sequence[Rule] = select(
            options.select, options.ignore, sensitive=options.sensitive
        )
        self.rewriter: Rewriter | None = None
        if options.proposals == "model":
            from mtrepair.rewriters.seq2seq import load  # ctranslate2 is loaded only when used

            self.rewriter = load(options.model)

    def check(self, document: Document, source: str | None = None) -> CheckResult:
        """The findings of a document; ``source`` is the whole original text."""
        document, warnings = self._aligned(document, source)
        return self._located(self._analyse(document), warnings)

    def fix(
        self,
        document: Document,
        source: str | None = None,
        *,
        level: Applicability = Applicability.SAFE,
    ) -> FixResult:
        """The document repaired to a fixpoint: a fix can uncover what it overlapped."""
        document, warnings = self._aligned(document, source)
        priorities = {rule.name: rule.info.priority for rule in self.rules}
        first = analysis = self._analyse(document)
        edits: list[Edit] = []
        applied: list[Verdict] = []
        rounds = 0
        current = document
        while True:
            chosen = pipeline.plan(analysis.judged, priorities, level)
            made, done = pipeline.carry_out(current, chosen)
            if not made or rounds == MAX_ROUNDS:
                break
            rounds += 1
            edits = compose(edits, made)
            applied += done
            current = read(apply(current.text, made), format=document.format, name=document.name)
            current, _ = self._aligned(current, source)
            analysis = self._analyse(current)
        rejected = Counter(
            reason
            for judged in first.judged
            for verdict in judged.verdicts
            for reason in verdict.reasons
        )
        return FixResult(
            before=self._located(first, warnings),
            text=current.text,
            edits=tuple(edits),
            applied=tuple(applied),
            after=self._located(analysis, ()),
            rounds=rounds,
            settled=not made,
            rejected=dict(rejected),
        )

    def _analyse(self, document: Document) -> pipeline.Analysis:
        rules = [
            rule
            for rule in self.rules
            if "source" not in rule.info.needs or any(s.source for s in document.segments)
        ]
        return pipeline.analyse(
            document,
            rules,
            self.language,
            proposals=self.options.proposals != "none",
            sensitive=self.options.sensitive,
            names=self.options.names,
            rewriter=self.rewriter,
        )

    def _aligned(self, document: Document, source: str | None) -> tuple[Document, tuple[str, ...]]:
        if source is None:
            return document, ()
        from mtrepair.align import attach  # only where there is a source

        return attach(document, source)

    @staticmethod
    def _located(analysis: pipeline.Analysis, warnings: tuple[str, ...]) -> CheckResult:
        document = analysis.document
        return CheckResult(
            document=document,
            judged=tuple(pipeline.to_document(document, j) for j in analysis.judged),
            crashes=analysis.crashes,
            warnings=warnings,
        )
