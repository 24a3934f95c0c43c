"""docs/gate.md, followed to the letter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mtrepair.config import load, resolve

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/gate.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    found = re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.M | re.S)
    assert found
    return found


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, and a PATH on which mtrepair is the one under test."""
    program = tmp_path / "bin/mtrepair"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mtrepair "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(script: str, folder: Path, *, shell: str = "sh") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [shell, "-c", script], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_failing_gate_and_a_passing_one(shell: Path) -> None:
    before, checked, fixed, again = blocks("sh")[0].splitlines()
    assert run(before, shell).returncode == 0
    assert run(checked, shell).returncode == 1
    assert run(fixed, shell).returncode == 0
    assert run(again, shell).returncode == 0
    assert (shell / "article.txt").read_text("utf-8") == "Le plan de relance est prêt.\n"


def test_the_configuration_is_one(shell: Path) -> None:
    file = shell / "mtrepair.toml"
    file.write_text(blocks("toml")[0].replace('calque = "minor"', 'names = "minor"'), "utf-8")
    settings = resolve(str(shell / "sport/a.txt"), load(file), {})
    assert settings.fail_on == "critical"
    assert settings.judgements[0].text == "bon bon"


def test_make(shell: Path) -> None:
    if shutil.which("make") is None:
        pytest.skip("needs make")
    (shell / "Makefile").write_text(blocks("make")[0])
    (shell / "articles").mkdir()
    (shell / "public").mkdir()
    article = shell / "articles/a.txt"
    article.write_text("Le plan de relance de relance est prêt.\n", "utf-8")
    assert run("make publish", shell).returncode == 2
    assert not list((shell / "public").iterdir())
    article.write_text("Le plan de relance est prêt.\n", "utf-8")
    assert run("make publish", shell).returncode == 0
    assert (shell / "public/a.txt").exists()


def test_a_content_management_system(shell: Path) -> None:
    del shell
    names: dict[str, Any] = {}
    exec(blocks("python")[0], names)
    (finding,) = names["findings"]("<p>Le <b>chat chat</b> 🙂 dort.</p>")
    assert finding["rule"] == "doubled-word"
    assert names["findings"]("<p>Le chat dort.</p>") == []
    with pytest.raises(RuntimeError, match="the file is empty"):
        names["findings"]("")


def test_the_action(shell: Path) -> None:
    """The check step of action.yml, as a runner runs it: inputs come through the environment."""
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    text = (ROOT / "action.yml").read_text("utf-8")
    step = text[text.index("- name: Check") :]
    script = re.sub(r"^ {8}", "", step[step.index("run: |\n") + 7 :], flags=re.M)
    bin_folder = shell / "mtrepair/bin"
    bin_folder.mkdir(parents=True)
    shutil.copy(shell / "bin/mtrepair", bin_folder)
    (shell / "a b.txt").write_text("Le chat chat dort.\n")
    (shell / "c.txt").write_text("Tout va bien.\n")

    def act(paths: str, arguments: str = "", sarif: str = "") -> subprocess.CompletedProcess[str]:
        given = {"INPUT_PATHS": paths, "INPUT_ARGUMENTS": arguments, "INPUT_SARIF": sarif}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=shell,
            env={**os.environ, **given, "RUNNER_TEMP": str(shell)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    failed = act("a b.txt\nc.txt\n", sarif="out.sarif")
    assert failed.returncode == 1
    assert failed.stdout.startswith("::warning file=a b.txt,line=1,")
    assert '"ruleId": "doubled-word"' in (shell / "out.sarif").read_text("utf-8")
    assert act("a b.txt", "--fail-on=critical").returncode == 0
    assert act("c.txt").returncode == 0
    evil = act("c.txt\n$(touch evil)", "--no-config\n`touch evil`")
    assert evil.returncode == 2
    assert not (shell / "evil").exists()


def test_the_manual_page_is_fresh() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/build-man", "--check"], check=False, timeout=60
    )
    assert done.returncode == 0


def test_hooks() -> None:
    """.pre-commit-hooks.yaml names commands that there are (its form was tried with pre-commit)."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    entries = re.findall(r"entry: mtrepair (\w+)(.*)", text)
    assert [name for name, _ in entries] == ["check", "fix"]
    for name, options in entries:
        done = subprocess.run(
            [sys.executable, "-m", "mtrepair", name, "--help"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert all(option in done.stdout for option in options.split())
