"""Whole reviews with the real engine: what comes out is what `fix` makes, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mtrepair.api import Options, Session
from mtrepair.core import Applicability, apply
from mtrepair.readers import read
from mtrepair.review.engine import Work
from mtrepair.review.hunks import State
from mtrepair.review.session import Mode
from tests.review.drive import GROUPS, SESSION, TEXT, desk, press, settle, to_the_end, work

SEED = Path(__file__).resolve().parents[2] / "corpora" / "seed" / "article.txt"
UNCOVERING = "Il faut faire faire attention à à à tout tout ce ce qui qui vient vient .\n"


def fixed(text: str, session: Session = SESSION) -> str:
    """What ``fix --apply suggested`` writes."""
    return session.fix(read(text), level=Applicability.SUGGESTED).text


@pytest.mark.parametrize("text", [TEXT, UNCOVERING, TEXT + UNCOVERING])
def test_accepting_everything_is_fix(text: str) -> None:
    made = to_the_end(desk(work(text)), "a")
    assert made.review.text(0) == fixed(text) != text
    assert apply(text, made.review.edits(0)) == fixed(text)


def test_accepting_one_by_one_is_fix() -> None:
    made = desk()
    for _ in range(100):
        if made.review.mode is Mode.END:
            break
        hunk = made.review.hunk
        assert hunk is not None
        press(made, "y" if hunk.best is not None else "n")
    assert made.review.text(0) == fixed(TEXT)


def test_accepting_everything_in_the_seed_article_is_fix() -> None:
    text = SEED.read_text("utf-8")
    session = Session(Options())
    made = to_the_end(desk(Work(path="a.txt", text=text, format="text", session=session)), "a")
    assert made.review.text(0) == fixed(text, session) != text


@pytest.mark.model
@pytest.mark.slow
def test_accepting_everything_with_the_model_is_fix() -> None:
    text = SEED.read_text("utf-8")
    session = Session(Options(proposals="model"))
    made = to_the_end(desk(Work(path="a.txt", text=text, format="text", session=session)), "a")
    assert made.review.text(0) == fixed(text, session) != text


@pytest.mark.parametrize("key", ["n", "d", "D"])
def test_refusing_everything_leaves_every_character(key: str) -> None:
    made = to_the_end(desk(), key)
    assert made.review.text(0) == TEXT
    assert made.review.edits(0) == []


def test_a_file_without_findings_is_at_its_end_at_once() -> None:
    made = desk(work("Le chat dort.\n"))
    assert made.review.mode is Mode.END
    assert not made.review.changed


def test_several_files_stay_apart() -> None:
    texts = [TEXT, "Le chat dort.\n", UNCOVERING]
    made = to_the_end(desk(*(work(t, f"{n}.txt") for n, t in enumerate(texts))), "a")
    assert [made.review.text(n) for n in range(3)] == [fixed(t) for t in texts]


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("# Titre\n\nIl a a *dit dit* cela cela .\n\n`code code`\n", "markdown"),
        ("<p>Il a a <b>dit dit</b> cela&nbsp;&amp; cela .</p>\n", "html"),
        (TEXT.replace("\n", "\r\n"), "text"),
    ],
)
def test_formats_are_fixed_alike(text: str, format: str) -> None:  # noqa: A002
    made = to_the_end(desk(work(text, format=format)), "a")
    wanted = SESSION.fix(read(text, format=format), level=Applicability.SUGGESTED).text
    assert made.review.text(0) == wanted


def test_what_an_edit_uncovers_comes_in_the_next_round() -> None:
    made = desk(work("Il est parti hier .\n"))
    press(made, "e")
    assert made.asked is not None
    made.written("Il est parti parti hier.")
    settle(made)
    assert made.review.number == 2
    assert made.review.hunk is not None
    assert made.review.hunk.rule == "doubled-word"
    press(made, "u")  # and back into the first
    assert made.review.number == 1
    assert made.review.text(0) == "Il est parti hier .\n"


def test_what_was_refused_is_not_asked_again() -> None:
    made = desk()
    press(made, "n", "y")
    to_the_end(made, "y")
    assert made.review.totals()[State.REFUSED] == 1
    assert "relance de relance" in made.review.text(0)


KEYS = st.lists(st.sampled_from("ynadADjkJKsu12ig?/q"), max_size=30)


def test_after_an_undo_into_an_earlier_round_its_text_is_what_counts() -> None:
    made = press(desk(), "y", "y", "a")  # what was accepted makes a second round
    assert made.review.number > 1
    while made.review.number > 1:
        press(made, "u")
    press(made, "/", *"inside", "enter", "s")
    assert made.review.hunk is not None
    assert made.review.hunk.part == 1
    press(made, "e")
    assert made.asked is not None
    made.written(made.asked.text.replace("taux annuel", "taux"))
    settle(made)
    assert "du taux annuel effectif effectif" in made.review.text(0)
    assert made.review.text(0) == apply(TEXT, made.review.edits(0))


@example(["y", "y", "a", "u", "s"])
@settings(max_examples=40, deadline=None)
@given(KEYS)
def test_any_keys_and_then_undo_is_the_beginning(keys: list[str]) -> None:
    made = desk()
    for key in keys:
        if made.review.mode is Mode.END and key in "ynq":
            continue  # these answer the last question; there is no undo after it
        press(made, key)
        apply(TEXT, made.review.edits(0))  # always something that can be written
        assert made.review.text(0) == apply(TEXT, made.review.edits(0))
    press(made, "escape", "escape")
    for _ in range(len(keys) + 1):
        press(made, "u")
    assert made.review.text(0) == TEXT
    assert not made.review.changed


@settings(max_examples=40, deadline=None)
@given(KEYS)
def test_a_log_restores_the_session(keys: list[str]) -> None:
    from tests.review.test_journal import Lines, folded

    lines = Lines()
    made = desk(journal=lines)  # type: ignore[arg-type]
    press(made, *keys)
    again = desk(log=folded(lines.records))
    assert again.review.unmatched == 0
    assert again.review.text(0) == made.review.text(0)
    assert again.review.edits(0) == made.review.edits(0)
    assert again.review.number == made.review.number
    assert again.review.totals() == made.review.totals()
    press(again, "escape", *["u"] * 40)
    assert again.review.text(0) == TEXT


def test_groups_are_what_the_helpers_select() -> None:
    assert {rule.info.group for rule in SESSION.rules} == set(GROUPS)
