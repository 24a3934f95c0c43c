"""Annotations on a pull request: the workflow commands of GitHub Actions.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from mtrepair.api import CheckResult
from mtrepair.core import Applicability, LineIndex, Severity
from mtrepair.report.text_report import describe
from mtrepair.report.visible import visible

COMMANDS = {Severity.CRITICAL: "error", Severity.MAJOR: "warning", Severity.MINOR: "notice"}


def render(results: Sequence[tuple[str, CheckResult]]) -> Iterator[str]:
    """One command for each finding."""
    for path, result in results:
        text = result.document.text
        lines = LineIndex(text)
        for judged in result.judged:
            finding = judged.finding
            line, column = lines.position(finding.span.start)
            last, end = lines.position(finding.span.end)
            place = {"file": _file(path), "line": str(line)}
            if last == line:  # GitHub shows columns within one line only
                place |= {"col": str(column), "endColumn": str(end)}
            else:
                place |= {"endLine": str(last)}
            place["title"] = finding.rule
            said = visible(finding.message)
            fix = judged.best(Applicability.SUGGESTED)
            if fix is not None:
                said += f" ({fix.applicability} fix: {describe(text, fix.proposal.edits)})"
            properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
            yield f"::{COMMANDS[finding.severity]} {properties}::{_data(said)}"


def _file(path: str) -> str:
    """As the repository calls it, seen from the working directory of the step."""
    return PurePath(os.path.relpath(path)).as_posix() if path != "-" else "<stdin>"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
