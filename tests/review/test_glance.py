"""The beginning of a long text can be reviewed while the rest is still being read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mtrepair.review import engine as engines
from mtrepair.review.desk import Desk
from mtrepair.review.engine import Engine, Found, Repaired
from mtrepair.review.hunks import State
from mtrepair.review.session import Mode, Review
from tests.review.drive import TEXT, press, settle, to_the_end, work
from tests.review.hand import WORDS, choice, edit, hunk, judge
from tests.review.test_journal import Lines, folded
from tests.review.test_rounds import fixed

LONG = TEXT + "\n" + "Le chat dort.\n\n" * 20 + TEXT.replace("relance", "travaux")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is long here."""
    monkeypatch.setattr(engines, "LONG", len(TEXT) + 1)
    monkeypatch.setattr(engines, "BEGINNING", len(TEXT) // 2)


def begun(log: Sequence[dict[str, object]] = (), journal: Lines | None = None) -> Desk:
    """A review of which only the beginning has been read, with its repairs."""
    engine = Engine([work(LONG)])
    review = Review([LONG], engine.judge, log)
    made = Desk(review, engine, journal, background=False)  # type: ignore[arg-type]
    while not made.review.ready:
        assert made.wait()
    assert made.review.searching or log
    return made


def test_the_beginning_comes_first_and_the_whole_after_it() -> None:
    messages = list(Engine([work(LONG)]).look(Review([LONG], judge).start()))
    first = messages[0]
    assert isinstance(first, Found)
    assert first.partial
    assert isinstance(messages[1], Repaired)
    found = [m for m in messages if isinstance(m, Found) and not m.partial]
    assert len(found) == 1
    assert {h.key for h in first.hunks} < {h.key for h in found[0].hunks}
    short = list(Engine([work(TEXT)]).look(Review([TEXT], judge).start()))
    assert not any(isinstance(m, Found) and m.partial for m in short)


def test_what_was_decided_meanwhile_holds() -> None:
    made = begun()
    assert made.review.hunk is not None
    made.press("y")
    made.press("n")
    assert made.review.searching
    settle(made)
    assert made.review.totals()[State.ACCEPTED] == 1
    assert made.review.totals()[State.REFUSED] == 1
    to_the_end(made, "a")
    text = made.review.text(0)
    assert text.startswith("Le gouvernement a présenté le plan de relance devant les députés .")
    assert "travaux de travaux" not in text


def test_accepting_all_is_fix() -> None:
    made = begun()
    made.press("a")  # waits for the rest
    assert not made.review.ready
    settle(made)
    assert to_the_end(made, "a").review.text(0) == fixed(LONG)


def test_when_the_beginning_is_decided_the_next_comes_by_itself() -> None:
    made = begun()
    pressed = 0
    while made.review.ready and made.review.searching:
        made.press("n")
        pressed += 1
    assert pressed
    settle(made)
    assert made.review.mode is Mode.HUNK
    assert made.review.hunk is not None
    assert made.review.decision(made.review.hunk.key).state is State.OPEN


def test_a_journal_of_it_is_gone_on_with() -> None:
    lines = Lines()
    made = begun(journal=lines)
    for key in ("y", "n", "u", "s", "i"):
        made.press(key)
    settle(made)
    again = begun(folded(lines.records))
    settle(again)
    assert again.review.unmatched == 0
    assert again.review.text(0) == made.review.text(0)
    assert again.review.totals() == made.review.totals()
    assert press(again, *["u"] * 9).review.text(0) == LONG


def test_only_what_was_decided_is_kept_of_what_the_whole_does_not_say() -> None:
    review = Review([WORDS], judge)
    one, two, three = (
        hunk(at, at + 2, choice(edit(at, at + 2, "XX")), rule=rule)
        for at, rule in ((0, "one"), (4, "two"), (8, "three"))
    )
    review.found(1, 0, [one, two, three], partial=True)
    review.press("y")
    assert review.hunk == two
    review.found(1, 0, [three])
    assert "nothing wrong there" in review.message
    assert review.decision(one.key).state is State.ACCEPTED
    assert review.hunk == three
    assert review.position == (2, 2)
