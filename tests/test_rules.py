"""Every rule keeps the promises of its docstring, of its cases and of the quiet texts."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mtrepair.core import Document, Finding, Segment, Span, apply
from mtrepair.languages import LANGUAGES, load
from mtrepair.rules import Context, Passage, Rule, all_rules, select
from mtrepair.rules.learned.detector import load as load_detector

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
RULES = all_rules()
DETECTOR = load_detector(threads=1)  # its weights come when a rule first asks


@dataclass(frozen=True)
class Case:
    """A text with marks, and what it should become."""

    rule: str
    why: str
    text: str
    spans: tuple[Span, ...]
    fixed: str | None = None
    source: str | None = None
    lang: str = "fr"


def unmark(marked: str) -> tuple[str, tuple[Span, ...]]:
    """``a [[b]] c`` as its text and the spans of its marks."""
    spans: list[Span] = []
    text = ""
    at = 0
    for match in re.finditer(r"\[\[(.*?)\]\]", marked, re.S):
        text += marked[at : match.start()]
        spans.append(Span(len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return text + marked[at:], tuple(spans)


def examples(rule: Rule) -> list[Case]:
    """The examples of a rule's docstring: ``-`` fires, ``+`` is its fix, ``=`` stays silent.

    What follows `` <= `` is the source of the example.
    """
    found: list[Case] = []
    block = re.search(r"^Examples:\n((?:[ \t]+.*\n|\n)+)", rule.docs + "\n", re.M)
    for line in block[1].splitlines() if block else ():
        sign, _, rest = line.strip().partition(" ")
        rest, _, source = rest.strip().replace("\\n", "\n").partition(" <= ")
        if sign == "-":
            text, spans = unmark(rest)
            found.append(Case(rule.name, f"docstring: {rest}", text, spans, source=source or None))
        elif sign == "+":
            last = found.pop()
            found.append(Case(rule.name, last.why, last.text, last.spans, rest, last.source))
        elif sign == "=":
            found.append(Case(rule.name, f"docstring: {rest}", rest, (), source=source or None))
        elif line.strip():
            raise AssertionError(f"{rule.name}: no example: {line!r}")
    return found


def toml_cases(folder: Path, lang: str) -> list[Case]:
    found: list[Case] = []
    for path in sorted(folder.glob("*.toml")):
        assert path.stem in all_rules(lang), f"{path.name}: no such rule"
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            text, spans = unmark(case["text"])
            found.append(
                Case(
                    path.stem, case["why"], text, spans, case.get("fixed"), case.get("source"), lang
                )
            )
    return found


def context(text: str, source: str | None = None, lang: str = "fr") -> Context:
    language = load(lang)
    segments = [Segment(text=line, runs=(), source=source) for line in text.split("\n\n")]
    return Context(
        language=language,
        passages=[Passage(segment, i, language) for i, segment in enumerate(segments)],
        detector=DETECTOR,
    )


def findings(rule: Rule, ctx: Context) -> list[Finding]:
    if rule.detect_document is not None:
        found = list(rule.detect_document(ctx.passages, ctx))
    else:
        assert rule.detect is not None
        found = [f for passage in ctx.passages for f in rule.detect(passage, ctx)]
    kept = [f for f in found if f.confidence >= rule.info.threshold]
    return sorted(kept, key=lambda f: (f.segment, f.span))


ALL_CASES = [case for rule in RULES.values() for case in examples(rule)]
ALL_CASES += toml_cases(HERE / "cases", "fr")
OTHERS = [code for code in LANGUAGES if code != "fr"]
OWN = [  # the rules that a language has to itself, or in its own way
    (code, rule)
    for code in OTHERS
    for rule in all_rules(code).values()
    if rule.docs != (RULES[rule.name].docs if rule.name in RULES else "")
]
ALL_CASES += [replace(case, lang=code) for code, rule in OWN for case in examples(rule)]
ALL_CASES += [case for code in OTHERS for case in toml_cases(HERE / "cases" / code, code)]


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda c: f"{c.rule}:{c.why[:60]}")
def test_case(case: Case) -> None:
    rule = all_rules(case.lang)[case.rule]
    ctx = context(case.text, case.source, case.lang)
    found = findings(rule, ctx)
    starts = [0]
    for passage in ctx.passages:
        starts.append(starts[-1] + len(passage.text) + 2)
    spans = tuple(f.span.shift(starts[f.segment]) for f in found)
    shown = [s.of(case.text) for s in spans]
    assert spans == case.spans, f"found {shown}, wanted {[s.of(case.text) for s in case.spans]}"
    for finding in found:
        assert 0 <= finding.confidence <= 1
        assert finding.message
    if case.fixed is not None:
        assert rule.propose is not None
        parts = [passage.text for passage in ctx.passages]
        for index, passage in enumerate(ctx.passages):
            edits = [
                edit
                for finding in found
                if finding.segment == index
                for edit in next(iter(rule.propose(finding, passage, ctx))).edits
            ]
            parts[index] = apply(passage.text, edits)
        fixed = "\n\n".join(parts)
        assert fixed == case.fixed
        again = findings(rule, context(fixed, case.source, case.lang))
        assert not again, f"still fires after its own fix: {again}"


DOCUMENTED = [*RULES.values(), *(rule for _, rule in OWN)]


@pytest.mark.parametrize("rule", DOCUMENTED, ids=lambda rule: rule.name)
def test_rule_is_documented(rule: Rule) -> None:
    cases = examples(rule)
    if "model" not in rule.info.needs:  # what a model marks is for its own tests to say
        assert any(case.spans for case in cases), "no example that fires"
    assert any(not case.spans for case in cases), "no example that stays silent"
    for heading in ("Why:", "Examples:", "Source:"):
        assert heading in rule.docs, f"no {heading}"
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


QUIET = [("fr", path) for path in sorted((HERE / "quiet").glob("*.txt"))]
QUIET += [(code, path) for code in OTHERS for path in sorted((HERE / "quiet" / code).glob("*.txt"))]


@pytest.mark.parametrize(("lang", "path"), QUIET, ids=lambda value: getattr(value, "stem", value))
def test_quiet(lang: str, path: Path) -> None:
    """Clean human prose: nothing stable may fire."""
    rules = select(lang=lang)
    lines = [
        line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    language = load(lang)
    alarms: list[str] = []
    for line in lines:
        text = line.replace("\\n", "\n")
        document = Document(text=text, segments=(Segment.slice(text, Span(0, len(text))),))
        passage = Passage(document.segments[0], 0, language)
        ctx = Context(language=language, passages=[passage])
        for rule in rules:
            if rule.info.needs & {"source", "model"}:
                continue
            alarms += [f"{f.rule}: {f.span.of(text)!r} in {line}" for f in findings(rule, ctx)]
    assert not alarms, "\n".join(alarms)
