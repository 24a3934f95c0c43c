"""JSON and JSON Lines; the schema is ``check.schema.json`` beside this file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from mtrepair.api import CheckResult
from mtrepair.core import LineIndex, Verdict
from mtrepair.pipeline import Judged

VERSION = 1


def finding_record(result: CheckResult, judged: Judged, lines: LineIndex) -> dict[str, Any]:
    """One finding as the schema has it; offsets are code points, line and column from 1.

    Where the format has records (a PO entry, a paragraph of a Word document), offsets count in the
    decoded text of the record that the locator names; elsewhere, in the file.
    """
    finding = judged.finding
    line, column = lines.position(finding.span.start)
    segment = result.document.segments[finding.segment]
    span, text = finding.span, result.document.text
    if segment.locator is not None and finding.within is not None:
        span, text = finding.within, segment.text
    record: dict[str, Any] = {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "confidence": round(finding.confidence, 4),
        "start": span.start,
        "end": span.end,
        "line": line,
        "column": column,
        "text": span.of(text),
        "message": finding.message,
        "proposals": [
            proposal_record(verdict, within=span is finding.within)
            for verdict in judged.verdicts
            if verdict.accepted
        ],
    }
    if segment.locator is not None:
        record["locator"] = segment.locator
    return record


def proposal_record(verdict: Verdict, *, within: bool = False) -> dict[str, Any]:
    """One accepted proposal with its effective applicability.

    Args:
        within: give the edits as they count in the segment.
    """
    proposal = verdict.proposal
    edits = proposal.within if within else proposal.edits
    return {
        "edits": [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in edits],
        "applicability": str(verdict.applicability),
        "origin": proposal.origin,
        "score": round(proposal.score, 4),
    }


def file_record(path: str, result: CheckResult) -> dict[str, Any]:
    """All findings of one file."""
    lines = LineIndex(result.document.text)
    return {"path": path, "findings": [finding_record(result, j, lines) for j in result.judged]}


def as_json(results: Iterable[tuple[str, CheckResult]]) -> str:
    """The whole run as one JSON document."""
    record = {"version": VERSION, "files": [file_record(path, r) for path, r in results]}
    return json.dumps(record, ensure_ascii=False, indent=2)


def as_jsonl(path: str, result: CheckResult) -> list[str]:
    """One line for each finding, the fields of the JSON format and ``path``."""
    return [
        json.dumps({"path": path, **record}, ensure_ascii=False)
        for record in file_record(path, result)["findings"]
    ]


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The JSON schema of ``--format json``."""
    text = files("mtrepair.report").joinpath("check.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
