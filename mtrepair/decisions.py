"""Decisions that somebody took about findings, kept in a file and carried out later.

The page of ``mtrepair check --format html`` writes such a file, ``mtrepair fix --decisions`` reads
it. Positions mean something in one text only, so each list of decisions carries the SHA-256 of
the text that it was taken about, and is refused for any other. Its format:

    {"version": 1, "files": [{"path": "article.txt", "sha256": "…", "decisions": [
        {"rule": "doubled-word", "severity": "major", "start": 3, "end": 8, "decision": "accept",
         "origin": "rule", "edits": [{"start": 3, "end": 6, "text": ""}]}]}]}

``start`` and ``end`` count code points of the decoded file; ``decision`` is ``accept`` or
``reject``, and a rejected finding has no edits.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from mtrepair.api import CheckResult, FixResult, Session
from mtrepair.core import (
    Applicability,
    Document,
    Edit,
    Finding,
    InputError,
    Proposal,
    Severity,
    Span,
    Verdict,
    ordered,
)
from mtrepair.pipeline import Screen
from mtrepair.readers import edited

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided about one finding; without edits it was rejected."""

    rule: str
    severity: Severity
    span: Span
    origin: str = "person"
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The decisions about one text.

    Attributes:
        path: where the text was when it was looked at; for messages only.
        sha256: of the text, see :func:`fingerprint`.
    """

    path: str
    sha256: str
    decisions: tuple[Decision, ...]


def fingerprint(text: str) -> str:
    """SHA-256 of a decoded text as UTF-8: what decisions about it are bound to."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def load(path: str) -> tuple[Decisions, ...]:
    """Read a file of decisions.

    Raises:
        InputError: if it cannot be read or is not such a file; one line that says where.
    """
    try:
        record = json.loads(Path(path).read_bytes())
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not a file of decisions ({error})") from None
    try:
        if record["version"] != VERSION:
            raise InputError(f"{path}: decisions of version {record['version']!r}, not {VERSION}")
        return tuple(_file(file) for file in record["files"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        said = f"no {error}" if isinstance(error, KeyError) else error
        raise InputError(f"{path}: not a file of decisions ({said})") from None


def _file(record: Mapping[str, Any]) -> Decisions:
    return Decisions(
        path=_text(record["path"]),
        sha256=_text(record["sha256"]),
        decisions=tuple(_decision(decision) for decision in record["decisions"]),
    )


def _decision(record: Mapping[str, Any]) -> Decision:
    decision = record["decision"]
    if decision not in ("accept", "reject"):
        raise ValueError(f"unknown decision {decision!r}")
    edits = tuple(
        Edit(span=_span(edit), text=_text(edit["text"])) for edit in record.get("edits", ())
    )
    if (decision == "accept") != bool(edits):
        raise ValueError("an accepted decision has edits, a rejected one has none")
    return Decision(
        rule=_text(record["rule"]),
        severity=Severity.parse(_text(record["severity"])),
        span=_span(record),
        origin=_text(record.get("origin", "person")),
        edits=edits,
    )


def _span(record: Mapping[str, Any]) -> Span:
    start, end = record["start"], record["end"]
    if type(start) is not int or type(end) is not int:
        raise ValueError("positions must be whole numbers")
    return Span(start, end)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} should be a text")
    return value


def about(file: str, decided: Sequence[Decisions], path: str, text: str) -> Decisions:
    """The decisions about a text.

    Args:
        file: where they come from; for messages.
        path: where the text is now; it may have been renamed since.

    Raises:
        InputError: if they are about another text, or about another version of this one.
    """
    wanted = fingerprint(text)
    for decisions in decided:
        if decisions.sha256 == wanted:
            _refuse_misfits(file, decisions, len(text))
            return decisions
    same = {Path(path).name, path} & {name for d in decided for name in (d.path, Path(d.path).name)}
    what = "are about another version of it" if same else "say nothing about it"
    raise InputError(f"{path}: the decisions in {file} {what}; check it again")


def _refuse_misfits(file: str, decisions: Decisions, length: int) -> None:
    edits = [edit for decision in decisions.decisions for edit in decision.edits]
    spans = [*(edit.span for edit in edits), *(d.span for d in decisions.decisions)]
    for span in spans:
        if span.end > length:
            raise InputError(f"{file}: {span.start} to {span.end} lies outside {decisions.path}")
    try:
        ordered(edits)
    except ValueError:
        raise InputError(
            f"{file}: two accepted decisions for {decisions.path} change the same words"
        ) from None


def carry_out(
    session: Session,
    document: Document,
    decisions: Decisions,
    source: str | None = None,
    screen: Screen | None = None,
) -> FixResult:
    """The document with the accepted edits and no others.

    Returns:
        As :meth:`Session.fix` does; ``after`` lacks the findings that were rejected, because
        somebody has looked at them.
    """
    edits = ordered(edit for decision in decisions.decisions for edit in decision.edits)
    before = session.check(document, source, screen=screen)
    new = edited(document, edits)
    after = session.check(new, source, screen=screen)
    return FixResult(
        before=before,
        text=new.text,
        edits=tuple(edits),
        applied=tuple(_verdict(d) for d in decisions.decisions if d.edits),
        after=_without(after, decisions, edits),
        rounds=1,
        settled=True,
    )


def _verdict(decision: Decision) -> Verdict:
    finding = Finding(
        rule=decision.rule,
        span=decision.span,
        message="accepted by a person",
        severity=decision.severity,
    )
    proposal = Proposal(
        finding=finding,
        edits=decision.edits,
        applicability=Applicability.SUGGESTED,
        origin=decision.origin,
    )
    return Verdict(proposal=proposal, accepted=True, applicability=Applicability.SUGGESTED)


def _without(result: CheckResult, decisions: Decisions, edits: Sequence[Edit]) -> CheckResult:
    """The result without what was rejected, at the place where that stands now."""
    ends = [edit.span.end for edit in edits]
    growth = list(accumulate((edit.growth for edit in edits), initial=0))

    def moved(position: int) -> int:
        return position + growth[bisect_right(ends, position)]

    rejected = {
        (d.rule, moved(d.span.start), moved(d.span.end)) for d in decisions.decisions if not d.edits
    }
    judged = tuple(
        j
        for j in result.judged
        if (j.finding.rule, j.finding.span.start, j.finding.span.end) not in rejected
    )
    return replace(result, judged=judged)
