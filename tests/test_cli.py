"""The command line as a user meets it: every folder of tests/cli is a session.

A folder holds ``args`` (one line, as a shell splits it), files to work on, and what must come
out: ``stdout``, ``stderr``, ``exit`` and, where a command writes, ``after/``. The command runs in a
copy of the folder. ``MTREPAIR_UPDATE=1 pytest tests/test_cli.py`` rewrites what is expected; read
the difference before you commit it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "cli"
UPDATE = bool(os.environ.get("MTREPAIR_UPDATE"))
EXPECTED = {"args", "stdin", "stdout", "stderr", "exit", "after", "why"}


@pytest.mark.parametrize("folder", sorted(HERE.glob("*/")), ids=lambda folder: folder.name)
def test_session(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        if path.name in EXPECTED:
            continue
        if path.is_dir():
            shutil.copytree(path, tmp_path / path.name)
        else:
            shutil.copy(path, tmp_path / path.name)
    stdin = (folder / "stdin").read_bytes() if (folder / "stdin").exists() else b""
    before = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    done = subprocess.run(
        [sys.executable, "-m", "mtrepair", *shlex.split((folder / "args").read_text("utf-8"))],
        cwd=tmp_path,
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
    )
    after = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    changed = {name: data for name, data in after.items() if before.get(name) != data}
    if UPDATE:
        (folder / "stdout").write_bytes(done.stdout)
        (folder / "stderr").write_bytes(done.stderr)
        (folder / "exit").write_text(f"{done.returncode}\n")
        shutil.rmtree(folder / "after", ignore_errors=True)
        for name, data in changed.items():
            (folder / "after" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "after" / name).write_bytes(data)
    assert done.stdout.decode() == (folder / "stdout").read_bytes().decode()
    assert done.stderr.decode() == (folder / "stderr").read_bytes().decode()
    assert done.returncode == int((folder / "exit").read_text())
    wanted = {
        p.relative_to(folder / "after"): p.read_bytes()
        for p in (folder / "after").rglob("*")
        if p.is_file()
    }
    assert changed == wanted
