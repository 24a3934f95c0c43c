"""What rules find in texts with marked errors; shared by the scripts that measure it."""

from __future__ import annotations

import json
import lzma
import math
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mtrepair.core import Finding, Segment, Severity, Span
from mtrepair.languages import load
from mtrepair.rules import Context, Passage, Rule, select

MARKS = Path(__file__).resolve().parent.parent / "corpora" / "mt" / "marks_news.jsonl"
SYSTEM = "bergamot-tiny"
"""The engine whose sentences are marked there."""


def marked_news(path: Path) -> list[dict[str, Any]]:
    """The sentences of marks_news.jsonl with their texts and sources.

    Args:
        path: mt/train/news_systems.jsonl.xz of the data folder.
    """
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        all_rows = map(json.loads, lines)
        known = {(row["set"], row["seg"]): row for row in all_rows if row["system"] == SYSTEM}
    marks = (json.loads(line) for line in MARKS.read_text("utf-8").splitlines())
    return [{**known[row["set"], row["seg"]], **row} for row in marks]


_LINE = re.compile(r"[\r\n]")
_WORD = re.compile(r"\S+")
WEIGHTS = {"neutral": 0, "minor": 1, "major": 5, "critical": 10}


def chosen(names: str, sensitive: bool = False) -> list[Rule]:
    """The rules of ``--rules`` (all by default) that need neither source nor model.

    ``repeated-sentence`` is left out unless it is named: rows may repeat one another because their
    originals do.
    """
    given = tuple(name for name in names.split(",") if name)
    ignored = () if "repeated-sentence" in given else ("repeated-sentence",)
    rules = select(given, ignored, sensitive=sensitive)
    return [rule for rule in rules if not rule.info.needs & {"source", "model"}]


def look(
    rules: Sequence[Rule], rows: Sequence[dict[str, Any]], sensitive: bool = False
) -> Iterator[tuple[dict[str, Any], list[Finding]]]:
    """Each row of a document with what is found in it."""
    language = load("fr")
    passages = [
        Passage(Segment(text=row["mt"], runs=(), source=None), i, language)
        for i, row in enumerate(rows)
    ]
    context = Context(language=language, passages=passages)
    found: list[list[Finding]] = [[] for _ in rows]
    for rule in rules:
        if rule.detect_document is not None:
            new = list(rule.detect_document(passages, context))
        else:
            assert rule.detect is not None
            new = [f for passage in passages for f in rule.detect(passage, context)]
        for f in new:
            if sensitive or f.confidence >= rule.info.threshold:
                found[f.segment].append(f)
    yield from zip(rows, found, strict=True)


def peer(rows: Sequence[dict[str, Any]]) -> list[list[Finding]]:
    """What Grammalecte (Debian's grammalecte-cli, default options) finds in each row.

    Raises:
        FileNotFoundError: if it is not installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text("".join(_LINE.sub(" ", row["mt"]) + "\n" for row in rows), "utf-8")
        command = ["grammalecte-cli", "-f", str(path), "-j"]
        done = subprocess.run(command, capture_output=True, check=True)
    found: list[list[Finding]] = [[] for _ in rows]
    for paragraph in json.loads(done.stdout)["data"]:
        place = paragraph["iParagraph"] - 1
        for group, told in (("grammar", "lGrammarErrors"), ("spelling", "lSpellingErrors")):
            found[place] += [
                Finding(
                    rule=group,
                    segment=place,
                    span=Span(error["nStart"], error["nEnd"]),
                    message="",
                    severity=Severity.MAJOR,
                )
                for error in paragraph[told]
            ]
    return found


def words(text: str) -> list[Span]:
    """What stands between spaces.

    With these ``measure-rules --peer`` gives the figures that are known of Grammalecte: P .375,
    R .203, MCC .137 on wmt_qe_docs; .326, .220, .173 on bio_mqm.
    """
    return [Span(match.start(), match.end()) for match in _WORD.finditer(text)]


class Table:
    """True and false, positive and negative; weighed."""

    def __init__(self) -> None:
        self.tp = self.fp = self.fn = self.tn = 0.0

    def add(self, weight: float, wrong: bool, said: bool) -> None:
        self.tp += weight * (wrong and said)
        self.fp += weight * (said and not wrong)
        self.fn += weight * (wrong and not said)
        self.tn += weight * (not wrong and not said)

    @property
    def precision(self) -> float:
        """Share of what was said that is wrong text."""
        return self.tp / max(1, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Share of the wrong text that was said."""
        return self.tp / max(1, self.tp + self.fn)

    @property
    def mcc(self) -> float:
        """Matthews' correlation; 0 where it is not defined."""
        tp, fp, fn, tn = self.tp, self.fp, self.fn, self.tn
        root = math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)) or 1.0
        return (tp * tn - fp * fn) / root

    def __str__(self) -> str:
        return f"precision {self.precision:.3f} recall {self.recall:.3f} MCC {self.mcc:.3f}"


class Tally:
    """Findings against marks: rows are added, then it is printed."""

    def __init__(self) -> None:
        self.rows = 0
        self._fired: Counter[str] = Counter()
        self._hit: Counter[str] = Counter()
        self._heavy: Counter[str] = Counter()
        self._spans: Counter[str] = Counter()
        self._touched: Counter[str] = Counter()
        self._off: dict[str, list[str]] = {}
        self._missed: dict[str, list[str]] = {}
        self._plain, self._weighed = Table(), Table()

    def add(self, text: str, spans: Sequence[dict[str, Any]], found: list[Finding]) -> None:
        """One row: its ``spans`` (start, end, category, severity) and what was found in it."""
        self.rows += 1
        gold = [
            (s["start"], s["end"], s.get("category", ""), WEIGHTS[s["severity"].lower()])
            for s in spans
            if not s.get("gap") and s["end"] > s["start"]
        ]
        for f in found:
            a, b = f.span.start, f.span.end
            over = [weight for start, end, _, weight in gold if a < end and start < b]
            self._fired[f.rule] += 1
            self._hit[f.rule] += bool(over)
            self._heavy[f.rule] += max(over, default=0) >= WEIGHTS["major"]
            if not over:
                self._off.setdefault(f.rule, []).append(_around(text, a, b))
        for start, end, category, _ in gold:
            self._spans[category] += 1
            if any(f.span.start < end and start < f.span.end for f in found):
                self._touched[category] += 1
            else:
                self._missed.setdefault(category, []).append(_around(text, start, end))
        for word in words(text):
            over = [w for start, end, _, w in gold if word.start < end and start < word.end]
            said = any(word.overlap(f.span) for f in found)
            self._plain.add(1.0, bool(over), said)
            self._weighed.add(float(max(over, default=1)), bool(over), said)

    def print(self, title: str, show: int = 0, missed: int = 0) -> None:
        """The figures; ``show`` findings off the marks and ``missed`` marks of each kind."""
        print(title)
        print(f"words: {self._plain}")
        print(f"words, weighed by severity: {self._weighed}")
        for name, n in self._fired.most_common():
            print(
                f"  {name:32} {n:5} findings, {self._hit[name] / n:.2f} overlap a span,"
                f" {self._heavy[name] / n:.2f} a major one"
            )
        for category, n in self._spans.most_common(20):
            print(f"  {category or '?':32} {self._touched[category]:5} of {n:5} spans touched")
        for kept, most in ((self._off, show), (self._missed, missed)):
            for name, lines in kept.items() if most else ():
                print(f"\n== {name}")
                print("\n".join("  " + line for line in lines[:most]))


def _around(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 50) : start]}[[{text[start:end]}]]{text[end : end + 40]}"
