"""SARIF 2.1.0, which code hosts and editors read.

Source of the fields: OASIS Standard "Static Analysis Results Interchange Format (SARIF) Version
2.1.0", https://docs.oasis-open.org/sarif/sarif/v2.1.0/; section numbers below are its.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from mtrepair.api import CheckResult
from mtrepair.config.fingerprint import fingerprint
from mtrepair.core import Document, Finding, LineIndex, Severity, Span, Verdict
from mtrepair.pipeline import Judged, Silenced
from mtrepair.report.visible import visible
from mtrepair.rules import Rule, all_rules, known_rules
from mtrepair.version import __version__

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.CRITICAL: "error", Severity.MAJOR: "warning", Severity.MINOR: "note"}
FINGERPRINT = "mtrepairFinding/v1"
ROOT = "ROOT"
SNIPPET = 300
"""Code points of a flagged span that are quoted."""

# What a reader of SARIF takes for a link (3.11.6) or a placeholder (3.11.5) in a message.
_LINK = re.compile(r"\[(?=[^\]\[]*\]\()")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def render(results: Sequence[tuple[str, CheckResult]], *, baseline: bool = False) -> str:
    """The whole run as one SARIF log.

    Args:
        baseline: whether a baseline was in force; each result then says if it is new.
    """
    rules = list(all_rules().values())
    found = {f.rule for _, r in results for f in (*r.findings, *(s.finding for s in r.silenced))}
    rules += [r for r in known_rules().values() if r.name in found - all_rules().keys()]
    index = {rule.name: number for number, rule in enumerate(rules)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "mtrepair",
                "version": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "originalUriBaseIds": {ROOT: {"uri": Path.cwd().as_uri().rstrip("/") + "/"}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(results)],
        "artifacts": [{"location": _artifact(path)} for path, _ in results],
        "results": [
            record for path, result in results for record in _results(path, result, index, baseline)
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def message(text: str) -> str:
    """A text of ours as a plain-text message, in which nothing is a link or a placeholder."""
    shown = visible(text).replace("\\", "\\\\")
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(r"\\[", shown))


def _rule(rule: Rule) -> dict[str, Any]:
    info = rule.info
    return {
        "id": info.name,
        "shortDescription": {"text": message(info.summary)},
        "help": {"text": rule.docs},
        "defaultConfiguration": {"level": LEVELS[info.severity]},
        "properties": {"tags": [info.group], "status": info.status},
    }


def _invocation(results: Sequence[tuple[str, CheckResult]]) -> dict[str, Any]:
    notes = []
    for path, result in results:
        where = [{"physicalLocation": {"artifactLocation": _artifact(path)}}]
        notes += [
            {"level": "warning", "message": {"text": message(warning)}, "locations": where}
            for warning in result.warnings
        ]
        notes += [
            {
                "level": "error",
                "message": {"text": message(f"rule {crash.rule} failed: {crash.error}")},
                "locations": where,
            }
            for crash in result.crashes
        ]
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _results(
    path: str, result: CheckResult, index: dict[str, int], baseline: bool
) -> list[dict[str, Any]]:
    lines = LineIndex(result.document.text)
    found: list[tuple[Finding, Judged | None, Silenced | None]] = [
        (judged.finding, judged, None) for judged in result.judged
    ]
    found += [(silenced.finding, None, silenced) for silenced in result.silenced]
    found.sort(key=lambda one: (one[0].span.start, one[0].span.end, one[0].rule))
    records = []
    for finding, judged, silenced in found:
        record: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": index[finding.rule],
            "level": LEVELS[finding.severity],
            "message": {"text": message(finding.message)},
            "locations": [_location(path, result.document, finding, lines)],
            "partialFingerprints": {FINGERPRINT: fingerprint(result.document, finding).digest},
            "rank": round(100 * finding.confidence, 2),
        }
        if baseline:
            known = silenced is not None and silenced.by == "baseline"
            record["baselineState"] = "unchanged" if known else "new"
        if silenced is not None and silenced.by != "baseline":
            kind = "inSource" if silenced.by == "comment" else "external"
            record["suppressions"] = [{"kind": kind, "justification": visible(silenced.reason)}]
        if judged is not None:
            fixes = [
                _fix(path, result.document, verdict, lines)
                for verdict in judged.verdicts
                if verdict.accepted and verdict.proposal.edits
            ]
            if fixes:
                record["fixes"] = fixes
        records.append(record)
    return records


def _location(path: str, document: Document, finding: Finding, lines: LineIndex) -> dict[str, Any]:
    region = _region(finding.span, lines)
    region["snippet"] = {"text": finding.span.of(document.text)[:SNIPPET]}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _artifact(path), "region": region}
    }
    locator = document.segments[finding.segment].locator
    if locator is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": locator}]
    return location


def _region(span: Span, lines: LineIndex) -> dict[str, Any]:
    line, column = lines.position(span.start)
    last, end = lines.position(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": last,
        "endColumn": end,
        "charOffset": span.start,
        "charLength": len(span),
    }


def _fix(path: str, document: Document, verdict: Verdict, lines: LineIndex) -> dict[str, Any]:
    from mtrepair.report.text_report import describe  # rich is not needed for the rest

    edits = verdict.proposal.edits
    return {
        "description": {"text": message(describe(document.text, edits))},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(path),
                "replacements": [
                    {
                        "deletedRegion": _region(edit.span, lines),
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in edits
                ],
            }
        ],
        "properties": {
            "applicability": str(verdict.applicability),
            "origin": verdict.proposal.origin,
        },
    }


def _artifact(path: str) -> dict[str, Any]:
    """Below the working directory relative to it, elsewhere whole; percent-encoded (3.4.3)."""
    if path == "-":
        return {"uri": "stdin"}
    whole = os.path.abspath(path)  # noqa: PTH100 - links stay as they are called
    relative = PurePath(os.path.relpath(whole)).as_posix()
    if relative.startswith("../"):
        return {"uri": Path(whole).as_uri()}
    return {"uri": quote(relative), "uriBaseId": ROOT}
