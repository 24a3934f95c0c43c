"""Every edit of a repair knows the findings that it comes from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtrepair.api import Options, Session
from mtrepair.batch.causes import causes
from mtrepair.core import Applicability
from mtrepair.readers import read
from tests.batch.conftest import SENTENCES

SESSION = Session(Options())
PIECES = (
    *SENTENCES,
    "la la la la la pluie",
    " ,",
    "de de le le chat chat .",
    "Il y a a a a a a",
    "\n",
    "  .",
    "le chien le chien le chien",
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6))
def test_edits_and_their_causes_agree(pieces: list[str]) -> None:
    result = SESSION.fix(read(" ".join(pieces), format="text"), level=Applicability.SUGGESTED)
    found = causes(result)
    assert [edit for edit, _ in found] == list(result.edits)
    assert all(some for _, some in found)
    named = [id(verdict) for _, some in found for _, verdict in some]
    assert set(named) <= {id(verdict) for verdict in result.applied}


@pytest.mark.parametrize("text", ["Tout va bien.", ""])
def test_nothing_has_no_causes(text: str) -> None:
    assert causes(SESSION.fix(read(text, format="text"))) == []
