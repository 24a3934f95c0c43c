"""Patterns of files, as in ``.gitignore``, counting from the folder of their configuration."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pathspec


@lru_cache(maxsize=256)
def _spec(patterns: tuple[str, ...]) -> pathspec.GitIgnoreSpec:
    import pathspec  # loaded only where there are patterns

    return pathspec.GitIgnoreSpec.from_lines(patterns)


def matches(patterns: tuple[str, ...], path: str, folder: Path) -> bool:
    """Whether a file below ``folder`` matches; one elsewhere is matched by its whole path."""
    if not patterns:
        return False
    relative = os.path.relpath(os.path.abspath(path), folder)  # noqa: PTH100 - links stay
    if relative.startswith(".."):
        relative = os.path.abspath(path).lstrip(os.sep)  # noqa: PTH100
    return bool(_spec(patterns).match_file(relative))
