"""Which lines of a file differ from a revision of its git repository."""

from __future__ import annotations

import os
import re
from pathlib import Path

from mtrepair.core import ConfigError

Lines = list[tuple[int, int]]
"""First and last line of each changed stretch, from 1, both ends in."""

_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.M)


class Changes:
    """The changes since a revision; each repository is asked once which files they touch."""

    def __init__(self, revision: str) -> None:
        self.revision = revision
        self._roots: dict[str, str] = {}
        self._changed: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def lines(self, path: str) -> Lines | None:
        """The changed lines of a file; None if all are: git does not know it yet.

        Raises:
            ConfigError: if the file is in no repository, or there is no such revision.
        """
        real = os.path.realpath(path)
        root = self._root(os.path.dirname(real))  # noqa: PTH120 - a text, as realpath gives it
        changed, new = self._touched(root)
        name = Path(os.path.relpath(real, root)).as_posix()
        if name in new:
            return None
        if name not in changed:
            return []
        diff = self._git(root, "diff", "--no-color", "--no-ext-diff", "--no-textconv", "-U0",
                         self.revision, "--", f":(top,literal){name}")  # fmt: skip
        found: Lines = []
        for match in _HUNK.finditer(diff):
            first, count = int(match[1]), int(match[2] or b"1")
            if count:
                found.append((first, first + count - 1))
        return found

    def _root(self, folder: str) -> str:
        if folder not in self._roots:
            out = self._git(folder, "rev-parse", "--show-toplevel")
            self._roots[folder] = os.path.realpath(os.fsdecode(out.rstrip(b"\r\n")))
        return self._roots[folder]

    def _touched(self, root: str) -> tuple[frozenset[str], frozenset[str]]:
        if root not in self._changed:
            # Before anything else: a revision, and not an option of git's or a path.
            self._git(
                root, "rev-parse", "--verify", "--quiet", "--end-of-options",
                f"{self.revision}^{{commit}}",
                problem=f"git knows no revision '{self.revision}'",
            )  # fmt: skip
            changed = self._git(root, "diff", "--name-only", "-z", self.revision, "--")
            new = self._git(root, "ls-files", "--others", "-z")
            self._changed[root] = (_names(changed), _names(new))
        return self._changed[root]

    def _git(self, folder: str, *arguments: str, problem: str = "") -> bytes:
        try:
            import subprocess  # few runs ask git

            done = subprocess.run(
                ["git", "-C", folder, *arguments], capture_output=True, check=False
            )
        except OSError:
            raise ConfigError("--changed-only needs git, which cannot be run here") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            reason = problem or (said[-1].removeprefix("fatal: ") if said else "git failed")
            raise ConfigError(f"--changed-only {self.revision}: {reason}")
        return done.stdout


def _names(output: bytes) -> frozenset[str]:
    return frozenset(os.fsdecode(name) for name in output.split(b"\0") if name)
