"""The report that people read: a line for each finding, its place in the text, the best fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from rich.cells import cell_len

from mtrepair.api import CheckResult
from mtrepair.core import Applicability, LineIndex, Severity, Span, Verdict, apply
from mtrepair.core.edit import Edit
from mtrepair.pipeline import Judged
from mtrepair.report.styled import styled
from mtrepair.report.visible import quoted, visible

STYLES = {Severity.CRITICAL: "bold red", Severity.MAJOR: "yellow", Severity.MINOR: "cyan"}
TRUST = {
    Applicability.SAFE: "safe",
    Applicability.SUGGESTED: "suggested",
    Applicability.DISPLAY: "uncertain",
}
"""How far a repair may be trusted, in words that a reader knows."""
CONTEXT = 34
"""Code points shown on each side of a finding."""
LONGEST = 90
"""A flagged span longer than this is shown by its ends."""


def file_lines(path: str, result: CheckResult) -> Iterator[str]:
    """The findings of one file as lines of styled text."""
    lines = LineIndex(result.document.text)
    for judged in result.judged:
        yield from _finding(path, result, judged, lines)


def _finding(path: str, result: CheckResult, judged: Judged, lines: LineIndex) -> Iterator[str]:
    finding = judged.finding
    line, column = lines.position(finding.span.start)
    style = STYLES[finding.severity]
    yield (
        f"{styled(visible(path), 'bold')}:{line}:{column}: {styled(str(finding.severity), style)} "
        f"{styled(finding.rule, 'bold')} {visible(finding.message)}"
    )
    yield from _frame(result.document.text, finding.span, style)
    fix = judged.best(Applicability.DISPLAY)
    if fix is not None:
        yield _fix(result.document.text, fix, sum(v.accepted for v in judged.verdicts))


def _frame(text: str, span: Span, style: str) -> Iterator[str]:
    """The place in its line, with marks below it."""
    line_start = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.end)
    line_end = len(text) if stop < 0 else stop
    start, end = max(line_start, span.start - CONTEXT), min(line_end, span.end + CONTEXT)
    if start > line_start:  # whole words only
        start = text.find(" ", start, span.start) + 1 or start
    if end < line_end:
        cut = text.rfind(" ", span.end, end)
        end = cut if cut > span.end else end
    middle = quoted(span.of(text))
    if len(middle) > LONGEST:
        middle = f"{middle[: LONGEST // 2]} … {middle[-LONGEST // 2 :]}"
    left = ("… " if start > line_start else "") + visible(text[start : span.start])
    right = visible(text[span.end : end]) + (" …" if end < line_end else "")
    bar = styled("    | ", "dim")
    yield f"{bar}{left}{styled(middle, style)}{right}"
    yield bar + " " * cell_len(left) + styled("^" * max(1, cell_len(middle)), style)


def _fix(text: str, verdict: Verdict, alternatives: int) -> str:
    sure = verdict.applicability > Applicability.DISPLAY
    trust = f"{TRUST[verdict.applicability]} fix: "
    line = styled("    = ", "dim") + styled(trust, "dim green" if sure else "dim yellow")
    line += styled(describe(text, verdict.proposal.edits), "dim")
    if alternatives > 1:
        line += styled(f" (and {alternatives - 1} more)", "dim")
    return line


def describe(text: str, edits: Sequence[Edit]) -> str:
    """What edits do, in a few words."""
    start, end = edits[0].span.start, edits[-1].span.end
    old = text[start:end]
    moved = [Edit(span=e.span.shift(-start), text=e.text) for e in edits]
    new = apply(old, moved)
    if not new:
        return f"delete “{_short(old)}”" if old.strip() else "delete the space"
    if not old:
        if new.strip():
            return f"insert “{_short(new)}”"
        return "insert a space" if new == " " else "insert a no-break space"
    return f"“{_short(old)}” → “{_short(new)}”"


def _short(text: str) -> str:
    shown = quoted(text)
    return shown if len(shown) <= 60 else f"{shown[:28]} … {shown[-28:]}"


def summary(results: Sequence[tuple[str, CheckResult]]) -> str:
    """How many findings of which weight, and what `fix` would do about them."""
    severities = Counter(f.severity for _, r in results for f in r.findings)
    total = sum(severities.values())
    files = _count(len(results), "file")
    if not total:
        return styled(f"No findings in {files}{_silenced(results)}.", "green")
    weights = ", ".join(
        styled(f"{severities[severity]} {severity}", STYLES[severity])
        for severity in sorted(severities, reverse=True)
    )
    line = f"{_count(total, 'finding')} in {files}: {weights}"
    judged = [j for _, r in results for j in r.judged]
    safe = sum(j.best(Applicability.SAFE) is not None for j in judged)
    more = sum(j.best(Applicability.SUGGESTED) is not None for j in judged) - safe
    if safe or more:
        line += f". `mtrepair fix` repairs {safe}"
        line += f", `--apply suggested` {more} more" if more else ""
    return f"{line}{_silenced(results)}."


def _silenced(results: Sequence[tuple[str, CheckResult]]) -> str:
    """How many findings somebody has judged before, and how."""
    by = Counter(silenced.by for _, r in results for silenced in r.silenced)
    if not by:
        return ""
    parts = (f"{number} by {name}" for name, number in sorted(by.items()))
    return f" (silenced: {', '.join(parts)})"


def statistics(results: Sequence[tuple[str, CheckResult]]) -> list[str]:
    """Findings by rule, the most frequent first."""
    counts = Counter(f.rule for _, r in results for f in r.findings)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [f"{number:6} {rule}" for rule, number in ranked]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown_path(path: str) -> str:
    """A path as messages show it."""
    return str(PurePath(path)) if path != "-" else "<stdin>"
