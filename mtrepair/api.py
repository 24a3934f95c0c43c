"""The public Python face of mtrepair.

    >>> from mtrepair import api
    >>> result = api.fix("On voit que la pluie la pluie tombe .")
    >>> result.text
    'On voit que la pluie tombe.'

All positions are half-open ranges of Unicode code points in the text that was given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from mtrepair import languages, pipeline
from mtrepair.core import (
    Applicability,
    ConfigError,
    Document,
    Edit,
    Finding,
    Severity,
    Span,
    Verdict,
    compose,
    moved,
)
from mtrepair.pipeline import Crash, Judged, Screen, Screened, Silenced
from mtrepair.readers import edited, read
from mtrepair.rewriters.base import Rewriter
from mtrepair.rules import Rule, select
from mtrepair.rules.learned.marks import Detector

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
        learned: whether the learned detector is asked too; None leaves it to the rest: it is with
            the proposals of a model, and when a rule that needs it is selected.
    """

    lang: str = "fr"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    sensitive: bool = False
    proposals: str = "fast"
    names: frozenset[str] = frozenset()
    model: str | None = None
    learned: bool | None = None

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
        silenced: findings that somebody has judged before; they are not among the findings.
        lang: ISO 639-1 code of the text's language.
    """

    document: Document
    judged: tuple[Judged, ...]
    crashes: tuple[Crash, ...] = ()
    warnings: tuple[str, ...] = ()
    silenced: tuple[Silenced, ...] = ()
    lang: str = "fr"

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
        steps: for each of ``applied`` its round, from 1, and its edits of the document, which
            count in the text of that round.
    """

    before: CheckResult
    text: str
    edits: tuple[Edit, ...]
    applied: tuple[Verdict, ...]
    after: CheckResult
    rounds: int
    settled: bool
    rejected: dict[str, int] = field(default_factory=dict)
    steps: tuple[tuple[int, tuple[Edit, ...]], ...] = ()


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
        self.rewriter: Rewriter | None = None
        self._notes: tuple[str, ...] = ()
        if options.proposals == "model":
            self.rewriter = self._rewriter()
        self.detector = self._detector()

    @cached_property
    def rules(self) -> Sequence[Rule]:
        """The rules that the options choose, whatever these need."""
        return self._chosen()

    def _chosen(self, without: str = "") -> Sequence[Rule]:
        """The same; ``without`` is a group that is not even loaded."""
        options = self.options
        chosen = options.select
        if options.learned and not chosen:
            chosen = _WITH_LEARNED  # asked for by name, though it is in preview
        return select(
            chosen,
            options.ignore,
            sensitive=options.sensitive,
            lang=options.lang,
            without=without,
        )

    @property
    def rules_without_source(self) -> Sequence[Rule]:
        """Those of :attr:`rules` that need no source; the others are not loaded for them."""
        return _without_source(self.rules) if "rules" in vars(self) else self._light

    @cached_property
    def _light(self) -> Sequence[Rule]:
        return _without_source(self._chosen(without="source"))

    def _rewriter(self) -> Rewriter | None:
        """The rewriter that is asked for; none, with a warning, if it does not write the language.

        Raises:
            ModelError: if there is no such model.
        """
        from mtrepair.models.store import find

        folder = find(self.options.model)
        if self.language.code not in folder.languages:
            self._notes = (
                f"the rewriter {folder.name} does not write '{self.language.code}':"
                " rules alone propose",
            )
            return None
        from mtrepair.rewriters.seq2seq import load  # ctranslate2 is loaded only when used

        return load(self.options.model)

    def _detector(self) -> Detector | None:
        """The learned detector, if it is asked for and a rule has a use for it."""
        asked = self.options.learned
        users = [rule for rule in self.rules_without_source if "model" in rule.info.needs]
        if asked is None:
            named = {rule.name for rule in users} | {rule.info.group for rule in users}
            asked = self.options.proposals == "model" or bool(named & set(self.options.select))
        if not asked or not users:
            return None
        from mtrepair.rules.learned.detector import load_both  # the weights come when first used

        return load_both()

    def check(
        self, document: Document, source: str | None = None, *, screen: Screen | None = None
    ) -> CheckResult:
        """The findings of a document.

        Args:
            source: the whole original text.
            screen: says which findings count (:class:`mtrepair.config.policy.Policy`).
        """
        document, warnings = self._aligned(document, source)
        return self._located(self._analyse(document, screen), warnings)

    def fix(
        self,
        document: Document,
        source: str | None = None,
        *,
        level: Applicability = Applicability.SAFE,
        screen: Screen | None = None,
    ) -> FixResult:
        """The document repaired to a fixpoint: a fix can uncover what it overlapped.

        What ``screen`` silences is not touched, in no round.
        """
        document, warnings = self._aligned(document, source)
        priorities = {rule.name: rule.info.priority for rule in self._rules(document)}
        first = analysis = self._analyse(document, screen)
        held = _Held(screen, first)
        edits: list[Edit] = []
        applied: list[Verdict] = []
        steps: list[tuple[int, tuple[Edit, ...]]] = []
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
            steps += [(rounds, _document_edits(current, verdict)) for verdict in done]
            current = edited(current, made)
            current, _ = self._aligned(current, source)
            held.move(made)
            analysis = self._analyse(current, held if screen else None)
        rejected = Counter(
            reason
            for judged in first.judged
            for verdict in judged.verdicts
            for reason in verdict.reasons
        )
        return FixResult(
            before=self._located(first, warnings),
            text=current.text,
            # one round can take back what an earlier one did
            edits=tuple(e for e in edits if e.text != e.span.of(document.text)),
            applied=tuple(applied),
            after=self._located(analysis, ()),
            rounds=rounds,
            settled=not made,
            rejected=dict(rejected),
            steps=tuple(steps),
        )

    def examine(
        self, document: Document, source: str | None = None, *, screen: Screen | None = None
    ) -> tuple[pipeline.Examination, tuple[str, ...]]:
        """What the rules say, before anything is proposed, and what the user should know.

        For callers that show findings while :func:`pipeline.judge` still looks for repairs; spans
        count in their segments.
        """
        document, warnings = self._aligned(document, source)
        examined = pipeline.examine(
            document,
            self._rules(document),
            self.language,
            sensitive=self.options.sensitive,
            names=self.options.names,
            detector=self.detector,
            screen=screen,
        )
        return examined, (*warnings, *examined.warnings)

    def _analyse(self, document: Document, screen: Screen | None) -> pipeline.Analysis:
        return pipeline.analyse(
            document,
            self._rules(document),
            self.language,
            proposals=self.options.proposals != "none",
            sensitive=self.options.sensitive,
            names=self.options.names,
            rewriter=self.rewriter,
            detector=self.detector,
            screen=screen,
        )

    def _rules(self, document: Document) -> list[Rule]:
        """The rules in force: those that have what they need, a source or the detector."""
        with_source = any(segment.source for segment in document.segments)
        rules = self.rules if with_source else self.rules_without_source
        if self.detector is not None:
            return list(rules)
        return [rule for rule in rules if "model" not in rule.info.needs]

    def _aligned(self, document: Document, source: str | None) -> tuple[Document, tuple[str, ...]]:
        if source is None:
            return document, self._notes
        if not self.language.aligns:
            note = f"the source is not used: nothing aligns it with '{self.language.code}' yet"
            return document, (*self._notes, note)
        from mtrepair.align import attach  # only where there is a source

        document, warnings = attach(document, source)
        return document, (*self._notes, *warnings)

    def _located(self, analysis: pipeline.Analysis, warnings: tuple[str, ...]) -> CheckResult:
        document = analysis.document
        return CheckResult(
            document=document,
            judged=tuple(pipeline.to_document(document, j) for j in analysis.judged),
            crashes=analysis.crashes,
            warnings=(*warnings, *analysis.warnings),
            silenced=tuple(_silenced(document, one) for one in analysis.silenced),
            lang=self.language.code,
        )


_WITH_LEARNED = ("all", "learned-error")


def _without_source(rules: Iterable[Rule]) -> list[Rule]:
    return [rule for rule in rules if "source" not in rule.info.needs]


def _document_edits(document: Document, verdict: Verdict) -> tuple[Edit, ...]:
    proposal = verdict.proposal
    return tuple(document.edits(proposal.finding.segment, proposal.edits) or ())


def _silenced(document: Document, one: Silenced) -> Silenced:
    located = pipeline.to_document(document, Judged(finding=one.finding))
    return replace(one, finding=located.finding)


class _Held:
    """What the first round silenced, carried through the edits that change its surroundings."""

    def __init__(self, screen: Screen | None, first: pipeline.Analysis) -> None:
        self._screen = screen
        self._held: list[tuple[str, Span, Silenced]] = []
        self._hold(first.document, first.silenced)

    def move(self, edits: Sequence[Edit]) -> None:
        """Follow the edits of a round."""
        self._held = [(rule, moved(span, edits), s) for rule, span, s in self._held]

    def __call__(self, document: Document, findings: Sequence[Finding]) -> Screened:
        """The screen's answer, with what was silenced before silenced still."""
        assert self._screen is not None
        screened = self._screen(document, findings)
        kept: list[Finding] = []
        silenced = list(screened.silenced)
        for finding in screened.findings:
            span = document.segments[finding.segment].locate(finding.span)
            old = next(
                (s for rule, at, s in self._held if rule == finding.rule and at.overlap(span)), None
            )
            if old is None:
                kept.append(finding)
            else:
                silenced.append(replace(old, finding=finding))
        self._held = []
        self._hold(document, silenced)
        return Screened(findings=kept, silenced=silenced, warnings=screened.warnings)

    def _hold(self, document: Document, silenced: Sequence[Silenced]) -> None:
        for one in silenced:
            span = document.segments[one.finding.segment].locate(one.finding.span)
            self._held.append((one.finding.rule, span, one))
