"""The helpers beside the tests are modules of their own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_journals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test writes into the user's state folder."""
    monkeypatch.setenv("MTREPAIR_STATE", str(tmp_path / "state"))
