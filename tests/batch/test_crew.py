"""Processes that hang, die or raise: the record is passed through, the rest is cleaned."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from mtrepair.batch import crew as crews
from mtrepair.batch.chunk import Chunk, Key, Result
from mtrepair.batch.crew import Crew, Setup
from mtrepair.batch.settings import Settings
from mtrepair.core import MtrepairError
from tests.batch.batch_evil import evil_worker

LOOP = "On voit que la pluie la pluie la pluie la pluie tombe."


def chunk(texts: list[str], number: int = 0) -> Chunk:
    payload = "".join(json.dumps({"text": t}, ensure_ascii=False) + "\n" for t in texts).encode()
    return Chunk(key=Key(0, number), payload=payload, first=1, size=len(payload))


def clean(chunks: list[Chunk], jobs: int = 1, limit: float = 60.0) -> tuple[dict[Key, Result], int]:
    setup = Setup(
        settings=Settings(time_limit=limit), kinds=("jsonl",), names=("a",), make=evil_worker
    )
    with Crew(setup, jobs) as crew:
        return {result.key: result for result in crew.run(iter(chunks))}, crew.replaced


def rejects(result: Result) -> list[tuple[int, str]]:
    rows = map(json.loads, result.rejects.decode().splitlines())
    return [(row["record"], row["reason"]) for row in rows]


def test_a_rule_that_raises_leaves_its_record_alone() -> None:
    found, replaced = clean([chunk([LOOP, f"LÈVE {LOOP}", LOOP])])
    (result,) = found.values()
    assert rejects(result) == [(2, "rule-crashed")]
    assert b"a bug" in result.rejects
    assert len(result.patches) == 2
    assert replaced == 0


def test_a_record_that_takes_too_long_is_left_alone() -> None:
    found, replaced = clean([chunk([LOOP, f"BOUCLE {LOOP}", LOOP])], limit=2.0)
    (result,) = found.values()
    assert rejects(result) == [(2, "time-limit")]
    assert len(result.patches) == 2
    assert replaced == 0  # it could interrupt itself


def test_a_process_that_does_not_hear_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "GRACE", 1.0)
    found, replaced = clean([chunk([LOOP, f"SOURD {LOOP}", LOOP])], limit=2.0)
    (result,) = found.values()
    assert rejects(result) == [(2, "time-limit")]
    assert len(result.patches) == 2
    assert replaced == 1


def test_a_record_that_kills_is_left_alone_the_second_time() -> None:
    chunks = [chunk([LOOP, LOOP], 0), chunk([LOOP, f"MEURT {LOOP}", LOOP], 1), chunk([LOOP], 2)]
    found, replaced = clean(chunks, jobs=2)
    assert set(found) == {Key(0, 0), Key(0, 1), Key(0, 2)}
    assert rejects(found[Key(0, 1)]) == [(2, "worker-died")]
    assert len(found[Key(0, 1)].patches) == 2
    assert replaced == 2


def test_a_process_that_somebody_killed_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunks = [chunk([LOOP, f"UNE FOIS {LOOP}"])]
    undisturbed, _ = clean(chunks)
    monkeypatch.setenv("EVIL_ONCE", str(tmp_path / "flag"))
    disturbed, replaced = clean(chunks)
    assert replaced == 1
    assert disturbed == undisturbed


def test_a_process_that_cannot_begin_ends_the_run() -> None:
    setup = Setup(settings=Settings(), kinds=("jsonl",), names=("a",), make=sys.exit)
    with Crew(setup, 1) as crew, pytest.raises(MtrepairError, match="before they begin"):
        list(crew.run(iter([chunk([LOOP])])))
