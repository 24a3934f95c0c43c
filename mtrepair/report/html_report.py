"""One page that an editorial desk can open without a network.

The article with marked spans, and for each finding the reason, the alternatives with their origin,
before and after; what is accepted or rejected is downloaded as a file for ``mtrepair fix
--decisions``. The page is put together here and only comes alive in ``page/page.js``, so it can be
read and printed without scripts. Nothing of the article becomes markup: text is escaped, data is
JSON whose ``<`` are escaped, the script writes text nodes only, and a content security policy lets
nothing run or load but the two inline pieces whose hashes it names.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from mtrepair.api import CheckResult
from mtrepair.core import OBJECT, Document, Edit, Finding, LineIndex, Segment, Span, Verdict
from mtrepair.decisions import VERSION, fingerprint
from mtrepair.rules.registry import known_rules
from mtrepair.version import __version__

CONTEXT = 90
"""Code points shown on each side of a change."""
LONGEST = 400
"""A changed stretch longer than this is shown by its ends."""
LONGEST_PREVIEW = 20_000
"""Code points of a paragraph whose repaired text the page shows beside it."""

# As in `report.visible`, but one character for one: a browser obeys bidirectional controls too.
_SHOWN = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"},
    **dict.fromkeys(
        (0x61C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF, *range(0x7F, 0xA0)),
        0x2426,
    ),
    **dict.fromkeys(
        (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)), 0x2426
    ),
}
_SPACES = {0xA0: "⍽", 0x202F: "⍽", ord("\n"): "⏎", ord("\t"): "⇥"}


def render(results: Sequence[tuple[str, CheckResult]]) -> str:
    """The page about the files that were checked, in their order.

    Args:
        results: the path of each file with what was found in it.

    Returns:
        A whole HTML document; it needs nothing beside it.
    """
    records = [_file_data(path, result) for path, result in results]
    total = sum(len(result.findings) for _, result in results)
    style, script = _part("page.css"), _part("page.js")
    return Template(_part("page.html")).substitute(
        title=escape(_title(results)),
        count=f"{total} finding{'' if total == 1 else 's'}",
        version=__version__,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        articles="".join(_article(i, path, result) for i, (path, result) in enumerate(results)),
        notes="".join(_notes(records)),
        data=_json({"version": VERSION, "files": records}),
    )


@lru_cache(maxsize=4)
def _part(name: str) -> str:
    return files("mtrepair.report").joinpath(f"page/{name}").read_text("utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _json(value: object) -> str:
    """JSON that may stand in a script element whatever it holds."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _title(results: Sequence[tuple[str, CheckResult]]) -> str:
    if len(results) == 1:
        return _clean(results[0][0])
    return f"{len(results)} files"


def _clean(text: str) -> str:
    """``text`` with a sign in place of each character that a browser would obey, not show."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN)


def _html(text: str) -> str:
    return escape(_clean(text))


# What the script needs.


def _file_data(path: str, result: CheckResult) -> dict[str, Any]:
    document = result.document
    lines = LineIndex(document.text)
    wanted = {f.segment for f in result.findings}
    previews = {
        str(index): _preview(document, document.segments[index])
        for index in sorted(wanted)
        if len(document.segments[index].text) <= LONGEST_PREVIEW
    }
    return {
        "path": path,
        "lang": result.lang,
        "sha256": fingerprint(document.text),
        "segments": previews,
        "findings": [
            _finding_data(document, judged.finding, judged.verdicts, lines)
            for judged in result.judged
        ],
    }


def _preview(document: Document, segment: Segment) -> list[list[Any]]:
    """The paragraph as pieces: text, or how many places an untouchable thing takes."""
    return [
        [shown.translate(_SHOWN)] if not hidden else [_clean(shown)[:80], length]
        for shown, length, hidden in _stretches(document, segment, 0, len(segment.text))
    ]


def _finding_data(
    document: Document, finding: Finding, verdicts: Sequence[Verdict], lines: LineIndex
) -> dict[str, Any]:
    line, column = lines.position(finding.span.start)
    segment = document.segments[finding.segment]
    rule = known_rules().get(finding.rule)
    return {
        "rule": finding.rule,
        "about": _clean(rule.info.summary) if rule else "",
        "severity": str(finding.severity),
        "confidence": round(finding.confidence, 2),
        "message": _clean(finding.message),
        "where": segment.locator or f"line {line}, column {column}",
        "segment": finding.segment,
        "start": finding.span.start,
        "end": finding.span.end,
        "context": _pieces(document, segment, finding, ()),
        "alternatives": [
            {
                "origin": verdict.proposal.origin,
                "applicability": str(verdict.applicability),
                "score": round(verdict.proposal.score, 3),
                "edits": [_edit(edit) for edit in verdict.proposal.edits],
                "within": [_edit(edit, clean=True) for edit in verdict.proposal.within],
                "pieces": _pieces(document, segment, finding, verdict.proposal.within),
            }
            for verdict in verdicts
            if verdict.accepted and verdict.proposal.edits
        ],
    }


def _edit(edit: Edit, *, clean: bool = False) -> dict[str, Any]:
    text = edit.text.translate(_SHOWN) if clean else edit.text
    return {"start": edit.span.start, "end": edit.span.end, "text": text}


def _pieces(
    document: Document, segment: Segment, finding: Finding, edits: Sequence[Edit]
) -> list[list[str]]:
    """The place of a finding as pieces of a kind (``same``, ``old``, ``new``) and a text.

    Without edits the flagged words are ``old``.
    """
    here = finding.within or Span(0, 0)
    changes = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
    if not changes:
        changes = [Edit(span=here, text="")]
    text = segment.text
    first = min(here.start, changes[0].span.start)
    last = max(here.end, changes[-1].span.end)
    low, high = max(0, first - CONTEXT), min(len(text), last + CONTEXT)
    if low:  # whole words
        low = text.find(" ", low, first) + 1 or low
    if high < len(text):
        cut = text.rfind(" ", last, high)
        high = cut if cut > last else high
    pieces = [["same", "… "]] if low else []
    at = low
    for change in changes:
        pieces.append(["same", _stretch(document, segment, at, change.span.start)])
        pieces.append(["old", _changed(_stretch(document, segment, *_ends(change.span)))])
        pieces.append(["new", _changed(_clean(change.text))])
        at = change.span.end
    pieces.append(["same", _stretch(document, segment, at, high)])
    if high < len(text):
        pieces.append(["same", " …"])
    return [[kind, _short(shown)] for kind, shown in pieces if shown]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _stretch(document: Document, segment: Segment, start: int, end: int) -> str:
    if end - start > 2 * LONGEST:  # what is left out is not even put together
        return _stretch(document, segment, start, start + LONGEST) + _stretch(
            document, segment, end - LONGEST, end
        )
    return _clean("".join(shown for shown, _, _ in _stretches(document, segment, start, end)))


def _changed(text: str) -> str:
    """Changed text with the spaces that matter made visible."""
    shown = text.translate(_SPACES)
    return shown if shown.strip() else "␣" * len(shown)


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST // 2]} […] {text[-LONGEST // 2 :]}"


def _stretches(
    document: Document, segment: Segment, start: int, end: int
) -> Iterator[tuple[str, int, bool]]:
    """``[start, end)`` of a segment as stretches: what to show, its length, whether an object.

    An object is shown as it is written in the file: the reader wants to know which one it is.
    """
    text = segment.text
    at = start
    while at < end:
        if text[at] == OBJECT:
            stop = at
            while stop < end and text[stop] == OBJECT:
                stop += 1
            raw = "".join(span.of(document.text) for span in segment.pieces(Span(at, stop)))
            yield raw, stop - at, True
        else:
            stop = text.find(OBJECT, at, end)
            stop = end if stop < 0 else stop
            yield text[at:stop], stop - at, False
        at = stop


# What stands in the page from the start.


def _article(number: int, path: str, result: CheckResult) -> str:
    by_segment: dict[int, list[tuple[int, Finding]]] = {}
    for index, judged in enumerate(result.judged):
        by_segment.setdefault(judged.finding.segment, []).append((index, judged.finding))
    rows = "".join(
        _row(number, index, result.document, segment, by_segment.get(index, ()))
        for index, segment in enumerate(result.document.segments)
    )
    return (
        f'<section class="file" id="file-{number}"><h2>{_html(path)}</h2>'
        f'<div class="article" lang="{result.lang}" translate="no">{rows}</div></section>\n'
    )


def _row(
    number: int,
    index: int,
    document: Document,
    segment: Segment,
    findings: Sequence[tuple[int, Finding]],
) -> str:
    locator = "" if segment.locator is None else f' title="{_html(segment.locator)}"'
    body = "".join(_slices(number, document, segment, findings))
    kind = escape(segment.kind)
    touched = " flagged" if findings else ""
    return (
        f'<div class="row{touched}" id="s-{number}-{index}">'
        f'<div class="text {kind}" dir="auto"{locator}>{body}</div></div>\n'
    )


def _slices(
    number: int, document: Document, segment: Segment, findings: Sequence[tuple[int, Finding]]
) -> Iterator[str]:
    """A paragraph cut where findings begin and end, each slice marked with those that cover it."""
    begins: dict[int, list[int]] = {}
    stops: dict[int, list[int]] = {}
    by_number = dict(findings)
    for key, finding in findings:
        span = finding.within or Span(0, 0)
        begins.setdefault(span.start, []).append(key)
        stops.setdefault(span.end, []).append(key)
    cuts = sorted({0, len(segment.text), *begins, *stops})
    covering: dict[int, None] = {}
    named: set[int] = set()
    for at, following in zip(cuts, [*cuts[1:], None], strict=True):
        for key in stops.get(at, ()):
            covering.pop(key, None)
        for key in begins.get(at, ()):
            if by_number[key].within == Span(at, at):  # a place between two characters
                yield _mark(number, [key], [key], by_number, "")
            else:
                covering[key] = None
        if following is None or following == at:
            continue
        inner = "".join(
            f'<span class="object">{_html(shown)}</span>' if hidden else _html(shown)
            for shown, _, hidden in _stretches(document, segment, at, following)
        )
        if covering:
            new = [key for key in covering if key not in named]
            named.update(new)
            inner = _mark(number, list(covering), new, by_number, inner)
        yield inner


def _mark(
    number: int, keys: Sequence[int], new: Sequence[int], findings: dict[int, Finding], inner: str
) -> str:
    severity = str(max(findings[key].severity for key in keys))
    label = _html("; ".join(f"{findings[key].rule}: {findings[key].message}" for key in keys))
    first = f' id="f-{number}-{new[-1]}" tabindex="0" role="button"' if new else ""
    numbers = " ".join(f"{number}-{key}" for key in keys)
    # Spaces alone are too thin to be seen or clicked.
    kind = "" if inner.strip() else " blank" if inner else " point"
    return (
        f'<mark class="{severity}{kind}" data-f="{numbers}"{first} title="{label}">{inner}</mark>'
    )


def _notes(records: Sequence[dict[str, Any]]) -> Iterator[str]:
    """All findings as a list, for paper and for browsers without scripts."""
    for record in records:
        yield f"<h3>{_html(record['path'])}</h3><ol>"
        for finding in record["findings"]:
            best = finding["alternatives"][0]["pieces"] if finding["alternatives"] else []
            shown = best or finding["context"]
            tags = {"old": "del" if best else "b", "new": "ins"}
            change = "".join(
                f"<{tags[kind]}>{escape(text)}</{tags[kind]}>" if kind in tags else escape(text)
                for kind, text in shown
            )
            yield (
                f'<li class="{finding["severity"]}"><b>{finding["severity"]}</b>'
                f" {escape(finding['rule'])} ({escape(finding['where'])}):"
                f" {escape(finding['message'])}<br>"
                f'<span lang="{record["lang"]}">{change}</span></li>'
            )
        yield "</ol>"
