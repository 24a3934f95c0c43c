"""Small inputs with real repairs in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

SENTENCES = (
    "Le maire a inauguré la nouvelle école du quartier.",
    "Les élèves sont rentrés dans dans la cour après la pluie.",
    "On voit que la pluie la pluie la pluie la pluie tombe depuis hier matin.",
    "Elle a répondu que le projet avançait bien .",
    "Nous nous sommes réunis pour parler de l’avenir du port.",
    "Le conseil a voté le budget de la commune de la commune de la commune pour trois ans.",
)


def texts(count: int) -> list[str]:
    return [f"Article {n}. {SENTENCES[n % 6]} {SENTENCES[(n * n + 1) % 6]}" for n in range(count)]


@pytest.fixture
def articles(tmp_path: Path) -> Callable[[int], Path]:
    def make(count: int) -> Path:
        path = tmp_path / "articles.jsonl"
        rows = ({"id": f"a{n}", "text": text, "x": n * 1.5} for n, text in enumerate(texts(count)))
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
        return path

    return make
