"""Two versions of a translation: which words differ, which findings went, stayed and came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table
from rich.text import Text

from mtrepair.api import CheckResult, Session
from mtrepair.core import Edit, Finding, LineIndex, moved
from mtrepair.pipeline import Screen
from mtrepair.readers import read
from mtrepair.report import diff
from mtrepair.report.text_report import STYLES
from mtrepair.report.visible import quoted, visible
from mtrepair.review import words
from mtrepair.review.references import Chrf, partners

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """chrF++ of a passage that differs, in both versions.

    Attributes:
        line: where it starts in the new version, from 1.
        before, after: per cent.
    """

    line: int
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs.

    Attributes:
        edits: they turn the old text into the new one.
        gone: findings of the old version that the new one lacks.
        stayed: pairs of findings, old and new.
        came: findings of the new version that the old one lacks.
        metrics: of the passages that differ, where there is a reference.
        unpaired: passages of the reference that belong to no passage of both versions.
    """

    old: CheckResult
    new: CheckResult
    edits: tuple[Edit, ...]
    gone: tuple[Finding, ...]
    stayed: tuple[tuple[Finding, Finding], ...]
    came: tuple[Finding, ...]
    metrics: tuple[Metric, ...] = ()
    unpaired: int = 0


def compare(
    old: str,
    new: str,
    session: Session,
    *,
    names: tuple[str, str] = ("<old>", "<new>"),
    format: str = "auto",  # noqa: A002 - the word users know from --input-format
    source: str | None = None,
    reference: str | None = None,
    screen: Screen | None = None,
) -> Comparison:
    """Compare two versions of a translation.

    A finding stays if the same rule flags the same words, wherever they have moved to.

    Raises:
        ConfigError, InputError: as :func:`mtrepair.readers.read` does.
    """
    lang = session.options.lang
    results = [
        session.check(read(text, format=format, name=name, lang=lang), source, screen=screen)
        for text, name in zip((old, new), names, strict=True)
    ]
    before, after = results
    edits = words.changes(old, new)
    left = list(after.findings)
    gone: list[Finding] = []
    stayed: list[tuple[Finding, Finding]] = []
    for finding in before.findings:
        span = moved(finding.span, edits)
        same = next(
            (
                f
                for f in left
                if f.rule == finding.rule and (f.span.overlap(span) or f.span == span)
            ),
            None,
        )
        if same is None:
            gone.append(finding)
        else:
            left.remove(same)
            stayed.append((finding, same))
    metrics, unpaired = ((), 0) if reference is None else _metrics(before, after, reference)
    return Comparison(
        old=before,
        new=after,
        edits=tuple(edits),
        gone=tuple(gone),
        stayed=tuple(stayed),
        came=tuple(left),
        metrics=metrics,
        unpaired=unpaired,
    )


def _metrics(old: CheckResult, new: CheckResult, reference: str) -> tuple[tuple[Metric, ...], int]:
    right = [
        s.text for s in read(reference, format=new.document.format, name=new.document.name).segments
    ]
    sides = [
        {j: (i, r.document.segments[i].text) for i, j in partners(r.document, right).items()}
        for r in (old, new)
    ]
    lines = LineIndex(new.document.text)
    chrf = Chrf.load()
    found: list[Metric] = []
    for number, wanted in enumerate(right):
        was, is_ = (side.get(number) for side in sides)
        if is_ is None or was is None or was[1] == is_[1]:
            continue
        start = new.document.segments[is_[0]].runs[0].start
        found.append(
            Metric(
                line=lines.position(start)[0],
                before=chrf.score(was[1], wanted),
                after=chrf.score(is_[1], wanted),
            )
        )
    unpaired = sum(number not in sides[0] or number not in sides[1] for number in range(len(right)))
    return tuple(found), unpaired


def inline(comparison: Comparison, *, marks: bool) -> Iterator[Text]:
    """The words that differ, deletions and insertions in one line."""
    yield from diff.words(comparison.old.document.text, comparison.edits, marks=marks)


def side_by_side(comparison: Comparison, *, marks: bool, width: int) -> Table:
    """The lines that differ in two columns, old on the left, new on the right.

    Args:
        width: of the screen, in cells.
    """
    column = max(16, (width - 14) // 2)
    table = Table(box=None, pad_edge=False, width=width, show_header=False)
    table.add_column(justify="right", style="dim", width=5)
    table.add_column(width=column, overflow="fold")
    table.add_column(justify="right", style="dim", width=5)
    table.add_column(width=column, overflow="fold")
    old, new = comparison.old.document.text, comparison.new.document.text
    lines, new_lines = LineIndex(old), LineIndex(new)
    growth = 0
    for group in _by_line(old, comparison.edits):
        start = old.rfind("\n", 0, group[0].span.start) + 1
        stop = old.find("\n", group[-1].span.end)
        end = len(old) if stop < 0 else stop
        left, right = Text(), Text()
        at = start
        for edit in group:
            same = visible(old[at : edit.span.start])
            left.append(same)
            right.append(same)
            if edit.span:
                _put(left, edit.span.of(old), "red strike", ("[-", "-]"), marks)
            _put(right, edit.text, "bold green", ("{+", "+}"), marks)
            at = edit.span.end
        left.append(visible(old[at:end]))
        right.append(visible(old[at:end]))
        table.add_row(
            str(lines.position(start)[0]),
            left,
            str(new_lines.position(start + growth)[0]),
            right,
        )
        growth += sum(edit.growth for edit in group)
    return table


def _put(line: Text, text: str, style: str, signs: tuple[str, str], marks: bool) -> None:
    if not text:
        return
    shown = quoted(text) if text.strip() else "␣" * len(text)
    line.append(f"{signs[0]}{shown}{signs[1]}" if marks else shown, style=style)


def _by_line(text: str, edits: Sequence[Edit]) -> list[list[Edit]]:
    groups: list[list[Edit]] = []
    for edit in edits:
        if groups and "\n" not in text[groups[-1][-1].span.end : edit.span.start]:
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups


def finding_lines(comparison: Comparison) -> Iterator[Text]:
    """The findings that went, came and stayed."""
    for sign, style, result, findings in (
        ("-", "green", comparison.old, comparison.gone),
        ("+", "bold red", comparison.new, comparison.came),
        ("=", "dim", comparison.new, tuple(new for _, new in comparison.stayed)),
    ):
        lines = LineIndex(result.document.text)
        for finding in findings:
            line, column = lines.position(finding.span.start)
            text = Text(f"{sign} ", style=style)
            text.append(f"{line}:{column} ", style="dim")
            text.append(str(finding.severity), style=STYLES[finding.severity])
            text.append(f" {finding.rule}", style="bold")
            flagged = quoted(finding.span.of(result.document.text))
            text.append(f" “{flagged if len(flagged) <= 60 else flagged[:60] + '…'}”")
            yield text


def metric_lines(comparison: Comparison) -> Iterator[Text]:
    """chrF++ of each passage that differs."""
    for metric in comparison.metrics:
        gain = metric.after - metric.before
        style = "green" if gain > 0 else "red" if gain < 0 else "dim"
        text = Text(f"line {metric.line}: ", style="dim")
        text.append(f"chrF++ {metric.before:.1f} → {metric.after:.1f}")
        text.append(f" ({gain:+.1f})", style=style)
        yield text


def summary(comparison: Comparison) -> Text:
    """How much differs, in one line."""
    many = len(comparison.edits)
    text = Text(f"{many} change{'s' * (many != 1)}", style="bold")
    text.append(
        f"; findings: {len(comparison.gone)} went, {len(comparison.came)} came,"
        f" {len(comparison.stayed)} stayed"
    )
    if comparison.metrics:
        gains = [m.after - m.before for m in comparison.metrics]
        text.append(
            f"; chrF++ of {len(gains)} changed passages: {sum(g > 0 for g in gains)} nearer to the"
            f" reference, {sum(g < 0 for g in gains)} farther"
        )
    if comparison.unpaired:
        text.append(f"; {comparison.unpaired} passages of the reference have no partner")
    text.append(".")
    return text


def record(comparison: Comparison) -> dict[str, Any]:
    """All of it as JSON-compatible values."""

    def finding(result: CheckResult, found: Finding) -> dict[str, Any]:
        line, column = LineIndex(result.document.text).position(found.span.start)
        return {
            "rule": found.rule,
            "severity": str(found.severity),
            "start": found.span.start,
            "end": found.span.end,
            "line": line,
            "column": column,
            "text": found.span.of(result.document.text),
        }

    old, new = comparison.old, comparison.new
    return {
        "version": VERSION,
        "edits": [
            {"start": e.span.start, "end": e.span.end, "text": e.text} for e in comparison.edits
        ],
        "findings": {
            "gone": [finding(old, f) for f in comparison.gone],
            "stayed": [
                {"old": finding(old, a), "new": finding(new, b)} for a, b in comparison.stayed
            ],
            "came": [finding(new, f) for f in comparison.came],
        },
        "segments": [
            {"line": m.line, "chrF2++": {"before": m.before, "after": m.after}}
            for m in comparison.metrics
        ],
    }
