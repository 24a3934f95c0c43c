"""The model store: whole folders load, broken ones say all that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtrepair.core import ModelError
from mtrepair.models.store import MANIFEST, REQUIRED, VARIABLE, describe, find


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in REQUIRED:
        (tmp_path / name).write_bytes(name.encode())
    manifest = {"format": 1, "name": "m", "languages": ["fr"], "files": describe(tmp_path)}
    (tmp_path / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return tmp_path


def test_whole_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find(folder, verify=True).languages == ("fr",)
    monkeypatch.setenv(VARIABLE, str(folder))
    assert find().path == folder


def test_all_problems_in_one_error(folder: Path) -> None:
    (folder / "model.bin").unlink()
    (folder / "config.json").write_bytes(b"longer than it was before")
    with pytest.raises(ModelError) as caught:
        find(folder)
    assert "model.bin is missing" in str(caught.value)
    assert "config.json has 25 bytes" in str(caught.value)


def test_changed_byte_is_seen_only_with_verify(folder: Path) -> None:
    (folder / "model.bin").write_bytes(b"MODEL.bin")
    find(folder)
    with pytest.raises(ModelError, match=r"model\.bin does not have its SHA-256"):
        find(folder, verify=True)


@pytest.mark.parametrize("text", ["[]", "{", "\xff", '{"format": 2, "files": {"../x": {}}}'])
def test_bad_manifest(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_bytes(text.encode("latin-1"))
    with pytest.raises(ModelError):
        find(folder)


def test_no_folder() -> None:
    with pytest.raises(ModelError, match="no model at"):
        find("/nowhere/at/all")
