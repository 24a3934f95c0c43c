"""What is shown: complete, safe for a terminal, within its width, and readable without colour."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from mtrepair import verify
from mtrepair.core import Span
from mtrepair.review import view
from mtrepair.review.explain import REASONS
from tests.review.drive import desk, press, work
from tests.review.hand import Hand, choice, edit, five, hunk

STYLE = view.Style(marks=True, width=80, names=["a.txt"])


def screen(hand: Hand, width: int = 80) -> list[str]:
    out = StringIO()
    console = Console(file=out, width=width, highlight=False, emoji=False, markup=False)
    for line in [*view.screen(hand.review, STYLE), *view.status(hand.review)]:
        console.print(line)
    return out.getvalue().splitlines()


def test_everything_that_the_reviewer_needs_is_there() -> None:
    text = "\n".join(screen(five().press("j")))
    for part in (
        "a.txt:1",
        "2 of 5",
        "non-word: is wrong",
        "un [-deux-]{+DEUX+} trois",
        "1 ",
        "2 ",
        "rule 0.00",
        "seq2seq 0.00",
        "the gate refuses: a number changes",
        "5 open: 2 one",
        "[y,n,1-3,e,i,a,d,A,D,j,k,g,/,u,q,?]",
    ):
        assert part in text, part


def test_source_and_reference_are_shown() -> None:
    from dataclasses import replace

    one = replace(hunk(0, 2, choice(edit(0, 2, "UN"))), source="one two", reference="UN DEUX")
    hand = Hand(one)
    text = "\n".join(screen(hand))
    assert "source  one two" in text
    assert "reference  UN DEUX" in text
    plain = view.plain(hand.review, STYLE)
    assert "Source: one two" in plain
    assert "Reference: UN DEUX" in plain


@pytest.mark.parametrize(
    "text",
    [
        "字漢字 dort " * 30,
        "שלום עולם dort " * 30,
        "مرحبا بالعالم dort " * 30,
        "é\u0301\u0302 👩‍👩‍👧 dort " * 30,
        "sansespace" * 60,
    ],
)
@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_screen(text: str, width: int) -> None:
    hand = Hand(hunk(0, 4, choice(edit(0, 4, "x")), text=text), texts=[text])
    assert max(map(cell_len, screen(hand, width))) <= width


def test_nothing_that_a_terminal_would_obey_gets_through() -> None:
    evil = "a\x1b[31mb\u202ec\x07 dort"
    hand = Hand(hunk(0, 1, choice(edit(0, 1, "\x1b[0m")), text=evil), texts=[evil])
    for lines in (screen(hand), view.plain(hand.review, STYLE)):
        assert not any(c in "".join(lines) for c in "\x1b\u202e\x07")
    hand.press("/", "\x1b", *"zz", "enter")
    assert "\x1b" not in "".join(screen(hand))


def test_a_long_loop_is_cut_in_its_middle() -> None:
    text = "Début " + "encore et " * 400 + "fin."
    line = view.diff(text, [edit(6, 4006, "")], Span(6, 4006), marks=True, limit=300)
    assert len(line.plain) < 700
    assert "more) …" in line.plain


def test_what_is_not_replaced_is_marked() -> None:
    assert "[=trois=]" in "\n".join(screen(five().press("j", "j")))


def test_for_a_screen_reader_it_is_said_in_words() -> None:
    made = desk(work("Elle est partie partie .\n"))
    said = " ".join(view.plain(made.review, STYLE))
    assert "Would become: " in said
    assert "[-" not in said
    press(made, "y")
    assert "delete a space" in " ".join(view.plain(made.review, STYLE))


def test_the_end_says_what_would_be_written() -> None:
    text = "\n".join(screen(five().press("y", "n", "q")))
    assert "1 accepted" in text
    assert "3 not decided" in text
    assert "a.txt: 1 change" in text
    assert "nothing to write" in "\n".join(screen(five().press("q")))


def test_a_part_of_an_edit_that_stays_is_not_shown_as_changed() -> None:
    text = "Le chat noir dort"
    line = view.diff(text, [edit(0, 12, "Le chien noir")], Span(0, 12), marks=True, limit=300)
    assert line.plain == "Le [-chat-]{+chien+} noir dort"


def test_every_reason_of_the_gate_is_said_in_words() -> None:
    sources = [path.read_text("utf-8") for path in Path(verify.__file__).parent.glob("*.py")]
    given = {name for text in sources for name in re.findall(r'"([a-z]+-[a-z-]+)"', text)}
    assert {"no-word", "number-changed"} <= given
    assert given <= REASONS.keys()
