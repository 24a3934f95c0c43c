"""Runs a session as the terminal does, without one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from mtrepair.api import Options, Session
from mtrepair.review.desk import Desk
from mtrepair.review.engine import Engine, Work
from mtrepair.review.journal import Journal
from mtrepair.review.session import Mode, Review

TEXT = """\
Le gouvernement a présenté le plan de relance de relance devant les députés .

Il semble qu'il semble que la mesure soit très attendue par les entreprises\u00a0!

Les experts parlent d'une «grande réforme» et du taux annuel annuel effectif effectif.

Elle est partie partie hier soir de Paris .
"""
"""Doubled phrases and words, spaces before full stops, quotes that need two edits, and a mark that
shows which space the document sets."""

GROUPS = ("repetition", "typography")
"""Rules without a lexicon: what these tests are about does not change with the word lists."""

SESSION = Session(Options(select=GROUPS))


def work(text: str = TEXT, path: str = "a.txt", *, format: str = "text") -> Work:  # noqa: A002
    """A file to review."""
    return Work(path=path, text=text, format=format, session=SESSION)


def desk(*works: Work, log: Iterable[dict[str, Any]] = (), journal: Journal | None = None) -> Desk:
    """A review in the foreground, with everything that it can know at the start."""
    engine = Engine(works or (work(),))
    review = Review([w.text for w in engine.works], engine.judge, log)
    made = Desk(review, engine, journal, background=False)
    settle(made)
    return made


def settle(made: Desk) -> None:
    """Let the engine say all that it has to say."""
    while made.wait():
        pass


def press(made: Desk, *keys: str) -> Desk:
    """Press keys; the engine is heard out after each."""
    for key in keys:
        made.press(key)
        settle(made)
    return made


def to_the_end(made: Desk, key: str, most: int = 500) -> Desk:
    """Press one key until the session asks whether to write."""
    for _ in range(most):
        if made.review.mode is Mode.END:
            return made
        press(made, key)
    raise AssertionError(f"{key} does not come to an end: {made.review.message}")


def types(made: Desk, keys: Sequence[str]) -> Desk:
    """Press keys one by one (a string is its characters)."""
    return press(made, *keys)
