"""Workflow commands: one a line, whatever the text holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtrepair import api
from mtrepair.report import github_report

TEXT = (
    "Le plan de relance de relance est prêt .\n::error::x\u2028 Il a dit\ndit que 100% 100% non .\n"
)


def test_annotations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    results = [("sub/a:b,c%.txt", api.check(TEXT))]
    found = list(github_report.render(results))
    assert found[0] == (
        "::warning file=sub/a%3Ab%2Cc%25.txt,line=1,col=9,endColumn=30,title=doubled-phrase::"
        "'de relance' twice (safe fix: delete “ de relance”)"
    )
    assert len(found) == len(results[0][1].findings)
    for line in found:
        assert line.startswith(("::error ", "::warning ", "::notice "))
        assert "\n" not in line
        assert "\r" not in line
