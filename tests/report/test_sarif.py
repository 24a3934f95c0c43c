"""SARIF as OASIS has it: required fields, allowed values, nothing else.

The schema below is ours: the part of the standard that our log uses, each object closed, so that a
field the standard lacks fails. The log was also validated against OASIS's own schema file (errata
01), which is not kept here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mtrepair.config import Request, Run
from mtrepair.core import apply
from mtrepair.core.edit import Edit
from mtrepair.core.span import Span
from mtrepair.report import sarif_report

TEXT = {"type": "string"}
PLACE = {"type": "integer", "minimum": 1}
OFFSET = {"type": "integer", "minimum": 0}
LEVEL = {"enum": ["none", "note", "warning", "error"]}


def closed(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
        "additionalProperties": False,
    }


def many(items: Any, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least}


BAG = {"type": "object"}
MESSAGE = closed({"text": TEXT})
ARTIFACT = closed({"uri": {"type": "string", "pattern": r"^[^\s\\]+$"}}, {"uriBaseId": TEXT})
REGION = closed(
    {
        "startLine": PLACE,
        "startColumn": PLACE,
        "endLine": PLACE,
        "endColumn": PLACE,
        "charOffset": OFFSET,
        "charLength": OFFSET,
    },
    {"snippet": closed({"text": TEXT})},
)
PHYSICAL = closed({"artifactLocation": ARTIFACT}, {"region": REGION})
LOCATION = closed(
    {"physicalLocation": PHYSICAL},
    {"logicalLocations": many(closed({"fullyQualifiedName": TEXT}), 1)},
)
FIX = closed(
    {
        "artifactChanges": many(
            closed(
                {
                    "artifactLocation": ARTIFACT,
                    "replacements": many(
                        closed(
                            {"deletedRegion": REGION}, {"insertedContent": closed({"text": TEXT})}
                        ),
                        1,
                    ),
                }
            ),
            1,
        )
    },
    {"description": MESSAGE, "properties": BAG},
)
RESULT = closed(
    {
        "ruleId": TEXT,
        "ruleIndex": OFFSET,
        "level": LEVEL,
        "message": MESSAGE,
        "locations": many(LOCATION, 1),
        "partialFingerprints": {
            "type": "object",
            "additionalProperties": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "minProperties": 1,
        },
        "rank": {"type": "number", "minimum": 0, "maximum": 100},
    },
    {
        "baselineState": {"enum": ["new", "unchanged", "updated", "absent"]},
        "suppressions": many(
            closed({"kind": {"enum": ["inSource", "external"]}}, {"justification": TEXT}), 1
        ),
        "fixes": many(FIX, 1),
    },
)
RULE = closed(
    {
        "id": TEXT,
        "shortDescription": MESSAGE,
        "help": MESSAGE,
        "defaultConfiguration": closed({"level": LEVEL}),
        "properties": BAG,
    }
)
NOTE = closed({"level": LEVEL, "message": MESSAGE, "locations": many(LOCATION)})
SCHEMA = closed(
    {
        "$schema": TEXT,
        "version": {"const": "2.1.0"},
        "runs": many(
            closed(
                {
                    "tool": closed(
                        {"driver": closed({"name": TEXT, "version": TEXT, "rules": many(RULE, 1)})}
                    ),
                    "results": many(RESULT),
                },
                {
                    "originalUriBaseIds": {"type": "object"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "invocations": many(
                        closed(
                            {"executionSuccessful": {"type": "boolean"}},
                            {"toolExecutionNotifications": many(NOTE)},
                        )
                    ),
                    "artifacts": many(closed({"location": ARTIFACT})),
                },
            ),
            1,
        ),
    }
)

ARTICLE = """Le 🙂 plan de relance de relance est prêt .

<!-- mtrepair: ignore[doubled-word] cité -->
Le maire est dans dans la salle.

Le préfet dort avec avec [le dossier](x) {0}.
"""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "un article é.md"
    path.write_text(ARTICLE, "utf-8")
    (tmp_path / "mtrepair.toml").write_text(
        "[severity]\ndoubled-phrase = 'critical'\n"
        "[[ignore]]\ntext = 'avec avec'\nreason = 'ainsi'\n"
    )
    run = Run(Request(paths=(path.name,)))
    results = [(job.path, job.check()) for job in run.jobs()]
    loaded: dict[str, Any] = json.loads(sarif_report.render(results, baseline=True))
    return loaded


def test_valid(log: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(log)


def test_results(log: dict[str, Any]) -> None:
    run = log["runs"][0]
    results = {result["ruleId"]: result for result in run["results"]}
    phrase = results["doubled-phrase"]
    assert phrase["level"] == "error"
    assert phrase["baselineState"] == "new"
    assert run["tool"]["driver"]["rules"][phrase["ruleIndex"]]["id"] == "doubled-phrase"
    place = phrase["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "un%20article%20%C3%A9.md", "uriBaseId": "ROOT"}
    start = ARTICLE.index("de relance")
    assert (place["region"]["charOffset"], place["region"]["startColumn"]) == (start, start + 1)
    suppressed = [r["suppressions"][0] for r in run["results"] if "suppressions" in r]
    assert suppressed == [
        {"kind": "inSource", "justification": "cité"},
        {"kind": "external", "justification": "ainsi"},
    ]


def test_a_fix_can_be_carried_out(log: dict[str, Any]) -> None:
    result = next(r for r in log["runs"][0]["results"] if r["ruleId"] == "doubled-phrase")
    (change,) = result["fixes"][0]["artifactChanges"]
    edits = []
    lines = ARTICLE.split("\n")
    for replacement in change["replacements"]:
        region = replacement["deletedRegion"]
        start = region["charOffset"]
        edits.append(
            Edit(
                span=Span(start, start + region["charLength"]),
                text=replacement["insertedContent"]["text"],
            )
        )
        row = lines[region["startLine"] - 1]
        assert (
            row[region["startColumn"] - 1 : region["endColumn"] - 1]
            == ARTICLE[start : start + region["charLength"]]
        )
    assert apply(ARTICLE, edits).startswith("Le 🙂 plan de relance est prêt .")


def test_fingerprints_do_not_count_lines(tmp_path: Path, log: dict[str, Any]) -> None:
    def prints(text: str) -> set[str]:
        path = tmp_path / "un article é.md"
        path.write_text(text, "utf-8")
        done = [(job.path, job.check()) for job in Run(Request(paths=(path.name,))).jobs()]
        found = json.loads(sarif_report.render(done))["runs"][0]["results"]
        assert all("baselineState" not in result for result in found)
        return {result["partialFingerprints"]["mtrepairFinding/v1"] for result in found}

    before = prints(ARTICLE)
    assert len(before) == len(log["runs"][0]["results"]) == 4
    assert prints("Un titre.\n\n" + ARTICLE) == before


def test_messages_hold_no_links_or_placeholders() -> None:
    assert sarif_report.message("un [lien](3) et {0} [x] {y}\x1b") == (
        r"un \[lien](3) et {{0}} [x] {y}␛"
    )
