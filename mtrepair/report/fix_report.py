"""What a repair did, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.text import Text

from mtrepair.api import FixResult
from mtrepair.report import diff
from mtrepair.report.visible import visible


def file_lines(path: str, text: str, result: FixResult, *, marks: bool) -> Iterator[Text]:
    """The changes of one file as a word diff."""
    yield Text(visible(path), style="bold")
    yield from diff.words(text, result.edits, marks=marks)


def summary(results: Sequence[tuple[str, FixResult]], *, written: bool) -> Text:
    """How much was repaired, by which rules, and what is left."""
    applied = Counter(v.proposal.finding.rule for _, r in results for v in r.applied)
    total = sum(applied.values())
    before = sum(len(r.before.findings) for _, r in results)
    after = sum(len(r.after.findings) for _, r in results)
    files = sum(bool(r.edits) for _, r in results)
    if not total:
        return Text(f"Nothing to repair; {before} findings need a person." if before else "Clean.")
    line = Text()
    verb = "Repaired" if written else "Would repair"
    # A repair may bring what was hidden to light, and that is repaired too.
    of = f"{total} of {before} findings" if total <= before else f"{total} findings"
    line.append(f"{verb} {of}", style="bold green")
    line.append(f" in {files} file{'s' if files != 1 else ''} (")
    line.append(", ".join(f"{n} {rule}" for rule, n in applied.most_common()))
    line.append(f"); {after} left")
    rejected = Counter[str]()
    for _, result in results:
        rejected.update(result.rejected)
    if rejected:
        reasons = ", ".join(f"{n} {reason}" for reason, n in rejected.most_common())
        many = rejected.total()
        line.append(f"; the gate refused {many} proposal{'s' * (many != 1)} ({reasons})")
    line.append(".")
    return line
