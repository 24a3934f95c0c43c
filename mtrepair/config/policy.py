"""What a desk has decided about findings: which weigh how much, and which are judged already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mtrepair.config.baseline import match
from mtrepair.config.changes import Lines
from mtrepair.config.fingerprint import Fingerprint, fingerprint, fold
from mtrepair.config.load import Judgement
from mtrepair.config.settings import Settings
from mtrepair.config.silence import Index, Silence, silences
from mtrepair.core import Document, Finding, LineIndex, Severity
from mtrepair.pipeline import Screened, Silenced
from mtrepair.rules import Rule, all_rules, known_rules

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


@dataclass(slots=True)
class Tally:
    """What a whole run has used of what was said for all files.

    Attributes:
        judgements: the origins of the ``[[ignore]]`` tables that silenced a finding.
        stale: entries of the baseline that no finding was, by file.
    """

    judgements: set[str] = field(default_factory=set)
    stale: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The decisions that hold for one file; the screen of a :class:`mtrepair.api.Session`.

    Attributes:
        accepted: words that no rule about words may flag, case-folded.
        known: the baseline's entries for the file.
        changed: the lines to look at, or None for all.
        rules: the rules that run on this file.
        lang: the language of the file.
    """

    settings: Settings
    rules: Sequence[Rule]
    tally: Tally
    name: str
    accepted: frozenset[str] = frozenset()
    known: Sequence[Fingerprint] = ()
    changed: Lines | None = None
    lang: str = "fr"

    def __call__(self, document: Document, findings: Sequence[Finding]) -> Screened:
        """The findings that count, and those that somebody has judged."""
        comments, problems = silences(document)
        index = Index(comments)
        silenced: list[Silenced] = []
        left: list[Finding] = []
        marks: list[Fingerprint] = []
        for finding in self._weighed(document, findings):
            place = _located(document, finding)
            by = _by_comment(index, place) or self._by_table(document, finding)
            if by is not None:
                silenced.append(Silenced(finding=finding, by=by[0], reason=by[1]))
            else:
                left.append(finding)
                if self.known:
                    marks.append(fingerprint(document, place))
        if self.known:
            places = match(self.known, marks)
            silenced += [
                Silenced(finding=finding, by="baseline")
                for finding, place in zip(left, places, strict=True)
                if place is not None
            ]
            left = [f for f, place in zip(left, places, strict=True) if place is None]
            # Of the first round, where a repair takes several.
            used = sum(place is not None for place in places)
            self.tally.stale.setdefault(self.name, len(self.known) - used)
        return Screened(
            findings=left,
            silenced=silenced,
            warnings=(*problems, *self._unused(comments)),
        )

    def _weighed(self, document: Document, findings: Sequence[Finding]) -> list[Finding]:
        """Sure enough, on a line that was changed, not an accepted word; with its severity."""
        settings = self.settings
        severities = _by_rule(settings.severity)
        lines = LineIndex(document.text) if self.changed is not None else None
        counted: list[Finding] = []
        for finding in findings:
            if finding.confidence < settings.min_confidence:
                continue
            if self.accepted and self._is_accepted(document, finding):
                continue
            if lines is not None and not self._is_changed(document, finding, lines):
                continue
            severity = severities.get(finding.rule, finding.severity)
            counted.append(replace(finding, severity=severity))
        return counted

    def _is_accepted(self, document: Document, finding: Finding) -> bool:
        if known_rules()[finding.rule].info.group != "words":
            return False
        text = finding.span.of(document.segments[finding.segment].text)
        words = _WORD.findall(text)
        return bool(words) and all(fold(word).casefold() in self.accepted for word in words)

    def _is_changed(self, document: Document, finding: Finding, lines: LineIndex) -> bool:
        span = _located(document, finding).span
        first = lines.position(span.start)[0]
        last = lines.position(max(span.start, span.end - 1))[0]
        return any(low <= last and first <= high for low, high in self.changed or ())

    def _by_table(self, document: Document, finding: Finding) -> tuple[str, str] | None:
        for judgement in self.settings.judgements:
            if not _names_rule(judgement, finding.rule):
                continue
            if judgement.text is not None:
                flagged = finding.span.of(document.segments[finding.segment].text)
                if fold(flagged).casefold() != fold(judgement.text).casefold():
                    continue
            self.tally.judgements.add(judgement.origin)
            return "config", judgement.reason
        return None

    def _unused(self, comments: Sequence[Silence]) -> list[str]:
        """Comments that silence nothing any more, of rules that did run, on the whole file."""
        if self.changed is not None or not comments:
            return []
        active = {rule.name for rule in self.rules}
        own = all_rules(self.lang).keys()  # a group has rules of other languages too
        return [
            f"line {silence.line}: {silence.label} silences nothing"
            for silence in comments
            if not silence.used and silence.rules & own and silence.rules & own <= active
        ]


def _by_comment(comments: Index, finding: Finding) -> tuple[str, str] | None:
    silence = comments.find(finding.rule, finding.span)
    if silence is None:
        return None
    silence.used = True
    return "comment", silence.reason


def _located(document: Document, finding: Finding) -> Finding:
    span = document.segments[finding.segment].locate(finding.span)
    return replace(finding, span=span, within=finding.span)


def _names_rule(judgement: Judgement, rule: str) -> bool:
    names = judgement.rules
    return "all" in names or rule in names or known_rules()[rule].info.group in names


def _by_rule(severities: Sequence[tuple[str, Severity]]) -> dict[str, Severity]:
    """The severity of each rule: what is said of it by name outweighs what is said of its group."""
    if not severities:
        return {}
    given = dict(severities)
    found: dict[str, Severity] = {}
    for rule in known_rules().values():
        for name in (rule.name, rule.info.group, "all"):
            if name in given:
                found[rule.name] = given[name]
                break
    return found
