"""scripts/widen-calques: lines lose what stands around their phrase, and words that fire."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = ROOT / "scripts" / "widen-calques"
    loader = importlib.machinery.SourceFileLoader("widen_calques", str(path))
    spec = importlib.util.spec_from_loader("widen_calques", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["widen_calques"] = module
    loader.exec_module(module)
    return module


def row(pattern: str, replacement: str) -> dict[str, str]:
    return {"pattern": pattern, "replacement": replacement, "sure": "sure"}


def test_contexts_go_and_numbers_follow(script: ModuleType) -> None:
    line = row(
        "client|public|citoyen|lecteur|voisin@N ramasser|cueillir@V le onglet =.|,",
        "$1 payer@V2 l'addition",
    )
    widest = script.wider(line)[-1]
    assert widest["pattern"] == "ramasser|cueillir@V le onglet"
    assert widest["replacement"] == "payer@V1 l'addition"


def test_what_is_left_must_be_a_phrase(script: ModuleType) -> None:
    assert not script.wider(row("deuxième carte =jaune|rouge", "deuxième carton"))
    assert not script.is_phrase(row("vendre@V ~1 le hors", ""))  # a bare particle ends it


def test_words_that_fire_are_cut(script: ModuleType) -> None:
    line = row("couper|tailler@V les coins|angles", "bâcler@V")
    texts = iter(["Il faut tailler les angles de la planche.", "On coupe les coins du pain."])
    found = script.fires([line["pattern"]], texts)
    made = script.pruned(line, found[0])
    assert made is None or not script.fires(
        [made["pattern"]],
        iter(["Il faut tailler les angles de la planche.", "On coupe les coins du pain."]),
    )
    single = script.fires([line["pattern"]], iter(["Il faut tailler les angles."]))
    kept = script.pruned(line, single[0])
    assert kept is not None
    assert not script.fires([kept["pattern"]], iter(["Il faut tailler les angles."]))
    assert script.fires([kept["pattern"]], iter(["On coupe les coins."]))
