"""Decisions: bound to one text, carried out exactly, refused with one clear line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mtrepair import api
from mtrepair.cli.main import main
from mtrepair.decisions import about, carry_out, fingerprint, load
from mtrepair.readers import read

TEXT = "Le plan de relance de relance a été adopté.\nIl a dit que que tout va bien .\n"
SESSION = api.Session(api.Options(select=("repetition", "typography")))


def records(text: str) -> list[dict[str, Any]]:
    """An acceptance of the best alternative for every finding."""
    found = []
    for judged in SESSION.check(read(text)).judged:
        finding, verdict = judged.finding, judged.verdicts[0]
        found.append(
            {
                "rule": finding.rule,
                "severity": str(finding.severity),
                "start": finding.span.start,
                "end": finding.span.end,
                "decision": "accept",
                "origin": verdict.proposal.origin,
                "edits": [
                    {"start": e.span.start, "end": e.span.end, "text": e.text}
                    for e in verdict.proposal.edits
                ],
            }
        )
    assert len(found) == 3
    return found


def reject(record: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in record.items() if k != "edits"}, "decision": "reject"}


def written(folder: Path, decisions: list[dict[str, Any]], text: str = TEXT, **more: Any) -> Path:
    file = {"path": "a.txt", "sha256": fingerprint(text), "decisions": decisions, **more}
    path = folder / "decisions.json"
    path.write_text(json.dumps({"version": 1, "files": [file]}), "utf-8")
    return path


def test_accepted_changes_are_made_and_no_others(tmp_path: Path) -> None:
    first, second, third = records(TEXT)
    path = written(tmp_path, [first, reject(second)])
    decided = about(str(path), load(str(path)), "b.txt", TEXT)
    result = carry_out(SESSION, read(TEXT), decided)
    assert result.text == TEXT.replace("de relance de relance", "de relance")
    assert [v.proposal.finding.rule for v in result.applied] == [first["rule"]]
    assert [f.rule for f in result.after.findings] == [third["rule"]]  # the rejected one is judged


def run(*args: str) -> int:
    return main(["fix", "--no-config", "--select", "repetition,typography", *args])


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, "utf-8")
    path = written(tmp_path, records(TEXT))
    assert run("--decisions", str(path), str(article)) == 0
    assert article.read_text("utf-8") == TEXT
    assert "+Le plan de relance a été adopté." in capsys.readouterr().out
    assert run("--decisions", str(path), "--write", str(article)) == 0
    assert article.read_text("utf-8") == (
        "Le plan de relance a été adopté.\nIl a dit que tout va bien.\n"
    )
    assert run("--decisions", str(path), "--write", str(article)) == 2  # another text now


def test_a_rejected_finding_does_not_fail_the_gate(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, "utf-8")
    assert run("--decisions", str(written(tmp_path, [])), str(article)) == 1
    path = written(tmp_path, [reject(record) for record in records(TEXT)])
    assert run("--decisions", str(path), str(article)) == 0


BAD: list[tuple[object, str]] = [
    ("{", "not a file of decisions"),
    ([], "not a file of decisions"),
    ({"version": 2, "files": []}, "version 2"),
    ({"files": []}, "no 'version'"),
    ({"version": 1, "files": [{"path": "a.txt"}]}, "no 'sha256'"),
    ({"version": 1, "files": [{"path": 1, "sha256": "", "decisions": []}]}, "should be a text"),
    ({"version": 1, "files": []}, "say nothing about it"),
]


@pytest.mark.parametrize(("content", "message"), BAD)
def test_a_wrong_file_is_one_line_and_exit_2(
    content: object, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, "utf-8")
    path = tmp_path / "decisions.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    assert run("--decisions", str(path), "--write", str(article)) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert article.read_text("utf-8") == TEXT


def changed(**more: object) -> list[dict[str, Any]]:
    return [{**records(TEXT)[0], **more}]


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        (lambda: changed(decision="maybe"), "unknown decision 'maybe'"),
        (lambda: changed(edits=[]), "has edits"),
        (lambda: changed(decision="reject"), "has none"),
        (lambda: changed(start="1"), "whole numbers"),
        (lambda: changed(start=True), "whole numbers"),
        (lambda: changed(start=9, end=3), "not a span"),
        (lambda: changed(severity="grave"), "unknown severity"),
        (lambda: changed(edits=[{"start": 0, "end": 9999, "text": ""}]), "outside"),
        (lambda: changed(edits=[{"start": 0, "end": 3, "text": 3}]), "should be a text"),
        (lambda: records(TEXT)[:1] * 2, "change the same words"),
    ],
)
def test_a_wrong_decision_is_refused(
    decisions: Any, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, "utf-8")
    path = written(tmp_path, decisions())
    assert run("--decisions", str(path), "--write", str(article)) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert said.err.count("\n") == 1
    assert article.read_text("utf-8") == TEXT


def test_decisions_for_another_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article, other = tmp_path / "a.txt", tmp_path / "c.txt"
    article.write_text(TEXT + "Une ligne de plus.\n", "utf-8")
    other.write_text("Autre chose.\n", "utf-8")
    path = written(tmp_path, records(TEXT))
    assert run("--decisions", str(path), "--write", str(article)) == 2
    assert "another version" in capsys.readouterr().err
    assert run("--decisions", str(path), "--write", str(other)) == 2
    assert "say nothing about it" in capsys.readouterr().err
