"""The changes of a patch, judged by the rules, the gate and a reference."""

from __future__ import annotations

from pathlib import Path

from mtrepair.api import Options, Session
from mtrepair.review.changes import ChangeEngine, Proposed
from mtrepair.review.desk import Desk
from mtrepair.review.engine import Work
from mtrepair.review.hunks import Hunk
from mtrepair.review.session import Mode, Review
from tests.review.drive import SESSION, settle

OLD = """\
Le plan de relance de relance coûte 12 millions d'euros.

Elle est partie hier soir de Paris.
"""
NEW = """\
Le plan de relance coûte 15 millions d'euros.

Elle est est partie hier matin de Paris.
"""
REFERENCE = """\
Le plan de relance coûte 12 millions d'euros.

Elle a quitté Paris hier matin.
"""


def review(old: str, new: str, reference: str | None = None, name: str = "a.txt") -> Desk:
    form = "html" if name.endswith("html") else "text"
    work = Work(path=name, text=old, format=form, session=SESSION)
    engine = ChangeEngine([Proposed(work=work, text=new, reference=reference)])
    session = Review([old], engine.judge, (), 1)
    made = Desk(session, engine, None, background=False)
    settle(made)
    return made


def hunks(made: Desk) -> list[Hunk]:
    return [made.review._round.hunks[key] for key in made.review._round.order]


def test_each_change_is_judged_by_itself() -> None:
    doubled, number, new_double, word = hunks(review(OLD, NEW))
    assert doubled.choices[0].allowed
    assert "removes doubled-phrase “de relance de relance”" in doubled.choices[0].notes
    assert not number.choices[0].allowed
    assert number.choices[0].reasons == ("number-changed",)
    assert {"loses the number 12", "brings the number 15"} <= set(number.choices[0].notes)
    assert new_double.choices[0].reasons == ("new-finding",)
    assert any(n.startswith("brings doubled-word") for n in new_double.choices[0].notes)
    assert word.choices[0].allowed


def test_with_a_reference_the_metric_is_told() -> None:
    doubled, number, _, word = hunks(review(OLD, NEW, REFERENCE))
    gains = []
    for hunk in (doubled, number, word):
        (note,) = [n for n in hunk.choices[0].notes if n.startswith("chrF++")]
        before, after = note.removeprefix("chrF++ ").split(" → ")
        gains.append(float(after) - float(before))
    assert gains[0] > 0 > gains[1]
    assert gains[2] > 0
    assert doubled.reference == REFERENCE.splitlines()[0]


def test_accepting_all_makes_the_new_text_and_refusing_none_of_it() -> None:
    made = review(OLD, NEW)
    while made.review.mode is Mode.HUNK:
        made.press("1")
    assert made.review.text(0) == NEW
    made = review(OLD, NEW)
    while made.review.mode is Mode.HUNK:
        made.press("n")
    assert made.review.text(0) == OLD


def test_y_takes_only_what_the_gate_passes() -> None:
    made = review(OLD, NEW)
    made.press("y")
    made.press("y")
    assert "a digit takes one all the same" in made.review.message
    made.press("a")
    assert made.review.text(0) == OLD.replace("de relance de relance", "de relance").replace(
        "soir", "matin"
    )


def test_layout_and_markup_are_not_judged_and_say_so() -> None:
    old, new = "<p>Le chat <b>dort</b>.</p>\n", "<p>Le chat <i>dort</i>.</p>\n"
    for hunk in hunks(review(old, new, name="a.html")):
        assert "not judged" in hunk.choices[0].notes[0]
    made = review("un chat\n\ndeux chats\n", "un chat\ndeux chats\n")
    (hunk,) = hunks(made)
    assert "not judged" in hunk.choices[0].notes[0]
    made.press("y")
    assert made.review.text(0) == "un chat\ndeux chats\n"


def test_a_change_can_be_written_anew() -> None:
    made = review(OLD, NEW)
    made.press("j")
    made.press("e")
    assert made.asked is not None
    made.written(made.asked.text.replace("12 millions", "12 millions et demi"))
    assert "12 millions et demi d'euros" in made.review.text(0)


def test_i_is_not_for_changes() -> None:
    made = review(OLD, NEW)
    made.press("i")
    assert "cannot be ignored" in made.review.message


def test_what_the_rest_of_the_text_knows_is_not_brought() -> None:
    """A name is no foreign word where the document uses it again and again."""
    text = (Path(__file__).parents[2] / "corpora/seed/article.txt").read_text("utf-8")
    new = text.replace("nouveau d'Openai", "nouveau d'OpenAI")
    work = Work(path="a.txt", text=text, format="text", session=Session(Options()))
    engine = ChangeEngine([Proposed(work=work, text=new)])
    made = Desk(Review([text], engine.judge, (), 1), engine, None, background=False)
    settle(made)
    (hunk,) = hunks(made)
    assert hunk.choices[0].allowed
    assert not any(note.startswith("brings") for note in hunk.choices[0].notes)
