"""Changed lines are those that git shows as added, of files that git knows or does not know yet."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from mtrepair.config.changes import Changes
from mtrepair.core import ConfigError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=no"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, timeout=20)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "a b é.txt").write_text("un\ndeux\ntrois\nquatre\n", "utf-8")
    (tmp_path / "same.txt").write_text("un\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "x")
    return tmp_path


def test_lines(repository: Path) -> None:
    name = repository / "a b é.txt"
    name.write_text("zéro\nun\ntrois\nquatre 4\ncinq\n", "utf-8")
    new = repository / "below/new.txt"
    new.parent.mkdir()
    new.write_text("x\n")
    changes = Changes("HEAD")
    assert changes.lines(str(name)) == [(1, 1), (4, 5)]
    assert changes.lines(str(repository / "same.txt")) == []
    assert changes.lines(str(new)) is None
    git(repository, "add", ".")
    assert Changes("HEAD").lines(str(new)) == [(1, 1)]


@pytest.mark.parametrize("revision", ["nope", "--output=x", "HEAD:same.txt"])
def test_no_such_revision(repository: Path, revision: str) -> None:
    with pytest.raises(ConfigError) as error:
        Changes(revision).lines(str(repository / "same.txt"))
    assert str(error.value) == f"--changed-only {revision}: git knows no revision '{revision}'"
    assert not (repository / "x").exists()


def test_no_repository(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(ConfigError, match="not a git repository"):
        Changes("HEAD").lines(str(tmp_path / "a.txt"))
