"""What every key does to the session."""

from __future__ import annotations

import pytest

from mtrepair.review.hunks import State
from mtrepair.review.session import Ask, Mode, Record
from mtrepair.review.view import KEYS
from tests.review.hand import Hand, choice, edit, five, hunk


def states(hand: Hand) -> list[State]:
    return [hand.review.decision(key).state for key in hand.review._round.order]


def test_y_takes_the_default_and_goes_on() -> None:
    hand = five().press("y")
    assert hand.review.text(0).startswith("UN deux")
    assert hand.place == 2


def test_y_without_a_repair_says_so_and_stays() -> None:
    hand = five().press("j", "j", "y")
    assert hand.place == 3
    assert "e edits" in hand.review.message
    assert not hand.records


def test_n_leaves_the_words() -> None:
    hand = five().press("n")
    assert states(hand)[0] is State.REFUSED
    assert hand.review.text(0).startswith("un deux")


@pytest.mark.parametrize(("digit", "word"), [("1", "DEUX"), ("2", "ZWEI")])
def test_a_digit_takes_that_alternative(digit: str, word: str) -> None:
    assert five().press("j", digit).review.text(0).startswith(f"un {word} trois")


def test_a_refused_alternative_must_be_asked_for_twice() -> None:
    hand = five().press("j", "3")
    assert "a number changes" in hand.review.message
    assert hand.review.text(0).startswith("un deux")
    assert hand.press("3").review.text(0).startswith("un 22 trois")


def test_the_second_press_must_be_the_next_one() -> None:
    assert five().press("j", "3", "k", "j", "3").review.text(0).startswith("un deux")


def test_a_digit_without_an_alternative() -> None:
    hand = five().press("9")
    assert "no alternative 9" in hand.review.message
    assert not hand.records


@pytest.mark.parametrize(("key", "editor"), [("e", False), ("E", True)])
def test_e_asks_for_the_sentence_with_the_repair_in_it(key: str, editor: bool) -> None:
    hand = five().press("j", key)
    (asked,) = hand.asked
    assert isinstance(asked, Ask)
    assert asked.editor is editor
    assert asked.text.startswith("un DEUX trois")
    hand.take(hand.review.written(asked.key, asked.text.replace("DEUX", "deux petits")))
    assert hand.review.text(0).startswith("un deux petits trois")
    assert hand.records[0]["items"][0]["origin"] == "you"  # type: ignore[index]


def test_e_that_comes_to_nothing() -> None:
    hand = five().press("e")
    (asked,) = hand.asked
    assert isinstance(asked, Ask)
    hand.take(hand.review.written(asked.key, None))
    hand.take(hand.review.written(asked.key, hand.review.hunk.text))  # type: ignore[union-attr]
    assert "Nothing was changed" in hand.review.message
    assert not hand.records


def test_what_was_written_against_the_gate_is_said() -> None:
    hand = five().press("e")
    (asked,) = hand.asked
    assert isinstance(asked, Ask)
    hand.take(hand.review.written(asked.key, asked.text.replace("UN", "1")))
    assert "a number changes" in hand.review.message
    assert hand.review.text(0).startswith("1 deux")


def test_s_splits_a_repair_of_several_edits() -> None:
    hand = five().press("g", "5", "enter", "s")
    assert hand.review.position == (5, 6)
    assert hand.press("y", "n").review.text(0).endswith("CINQ six sept huit")


def test_s_with_one_edit() -> None:
    assert "nothing to split" in five().press("s").review.message


def test_i_ignores_these_words_from_now_on() -> None:
    same = [
        hunk(at, at + 2, choice(edit(at, at + 2, "x")), text="un un un", rule="r")
        for at in (0, 3, 6)
    ]
    hand = Hand(*same, texts=["un un un"]).press("i")
    assert states(hand) == [State.IGNORED] * 3
    (ignore,) = hand.review.ignores()
    assert (ignore.rule, ignore.text) == ("r", "un")
    assert hand.press("u").review.ignores() == []


def test_a_accepts_the_rest_of_the_file() -> None:
    hand = five().press("n", "a")
    assert hand.review.mode is Mode.END
    assert hand.review.totals()[State.REFUSED] == 1
    assert hand.review.text(0) == "un DEUX trois QUATRE CINQ SIX sept huit"
    assert hand.review.totals()[State.LEFT] == 1


def test_a_keeps_to_the_file() -> None:
    two = [hunk(0, 2, choice(edit(0, 2, "UN")), file=file) for file in (0, 1)]
    hand = Hand(*two, texts=["un deux trois quatre cinq six sept huit"] * 2).press("a")
    assert hand.review.text(0).startswith("UN")
    assert hand.review.text(1).startswith("un")


def test_d_refuses_the_rest_of_the_file() -> None:
    hand = five().press("y", "d")
    assert hand.review.text(0) == "UN deux trois quatre cinq six sept huit"
    assert hand.review.totals()[State.REFUSED] == 4


def test_capital_a_accepts_the_rest_of_the_rule() -> None:
    hand = five().press("A")
    assert hand.review.text(0) == "UN deux trois QUATRE cinq six sept huit"
    assert hand.place == 2


def test_capital_d_refuses_the_rest_of_the_rule() -> None:
    hand = five().press("D")
    assert [s is State.REFUSED for s in states(hand)] == [True, False, False, True, False]


def test_a_waits_for_repairs_that_are_not_known_yet() -> None:
    late = hunk(3, 7, judged=False)
    hand = Hand(hunk(0, 2, choice(edit(0, 2, "UN"))), late).press("a")
    assert not hand.records
    assert not hand.review.ready
    hand.take(hand.review.judged(1, [hunk(3, 7, choice(edit(3, 7, "DEUX")))]))
    assert hand.review.text(0).startswith("UN DEUX")


def test_any_other_key_stops_that_waiting() -> None:
    hand = Hand(hunk(0, 2, choice(edit(0, 2, "UN"))), hunk(3, 7, judged=False)).press("a", "escape")
    hand.take(hand.review.judged(1, [hunk(3, 7, choice(edit(3, 7, "DEUX")))]))
    assert not hand.records


def test_j_and_k_pass_over_what_is_decided() -> None:
    hand = five().press("j", "y", "k")
    assert hand.place == 1
    assert hand.press("j").place == 3
    assert hand.press("k").place == 1
    assert hand.press("k").place == 5  # around the end


def test_capital_j_and_k_go_to_every_hunk() -> None:
    hand = five().press("y", "K")
    assert hand.place == 1
    assert "first" in hand.press("K").review.message
    assert hand.press("J", "down", "down", "J").place == 5
    assert "last" in hand.press("J").review.message
    assert hand.press("up").place == 4


def test_g_goes_to_a_number() -> None:
    hand = five().press("g", "5", "3", "backspace", "enter")
    assert hand.place == 5
    assert "1 to 5" in hand.press("g", "9", "enter").review.message
    assert hand.press("g", "1", "escape").place == 5


def test_slash_searches_and_repeats() -> None:
    hand = five().press("/", *"ONE", "enter")
    assert hand.place == 4
    assert hand.press("/", "enter").place == 1
    assert "Nothing matches" in hand.press("/", *"(zz", "enter").review.message


def test_u_takes_back_as_often_as_one_likes() -> None:
    hand = five().press("y", "2", "n", "A")
    before = hand.review.text(0)
    hand.press("u", "u", "u", "u")
    assert hand.review.text(0) == "un deux trois quatre cinq six sept huit" != before
    assert hand.place == 1
    assert "Nothing to undo" in hand.press("u").review.message


def test_u_undoes_a_split() -> None:
    hand = five().press("g", "5", "enter", "s", "y", "u", "u")
    assert hand.review.position == (5, 5)


def test_q_asks_and_y_writes_what_was_accepted() -> None:
    hand = five().press("y", "q")
    assert hand.review.mode is Mode.END
    assert hand.finished is None
    hand.press("x")
    assert "y writes" in hand.review.message
    hand.press("y")
    assert hand.finished is not None
    assert hand.finished.write


def test_q_n_writes_nothing_and_k_goes_back() -> None:
    hand = five().press("y", "q", "k")
    assert hand.review.mode is Mode.HUNK
    hand.press("q", "n")
    assert hand.finished is not None
    assert not hand.finished.write


def test_k_at_the_end_of_a_round_that_uncovered_nothing() -> None:
    hand = five().press("a")
    assert hand.review.mode is Mode.END
    assert not hand.review.can_go_back
    assert "u takes steps back" in hand.press("k").review.message
    assert hand.review.mode is Mode.END


def test_help_and_back() -> None:
    hand = five().press("?")
    assert hand.review.mode is Mode.HELP
    assert hand.press("y").review.mode is Mode.HUNK
    assert not hand.records


def test_unknown_keys_do_nothing() -> None:
    hand = five().press("x", "é", "\t", "tab", "c-x")
    assert not hand.records
    assert "? shows" in hand.review.message


def test_the_end_comes_by_itself_and_can_be_left() -> None:
    hand = five().press("y", "y", "n", "y", "y")
    assert hand.review.mode is Mode.END
    assert hand.press("u").review.mode is Mode.HUNK
    assert hand.press("y").review.mode is Mode.END


def test_every_key_of_the_help_is_known() -> None:
    for keys, _ in KEYS:
        for key in ["3"] if keys == "1-9" else keys.split():
            hand = five().press("j", key)
            assert "Unknown key" not in hand.review.message, key


def test_what_waits_for_another_is_not_asked_before_it() -> None:
    strong = hunk(0, 7, choice(edit(0, 7, "UNDEUX")), rule="strong")
    weak = hunk(0, 2, choice(edit(0, 2, "UN")), rule="weak", planned=False)
    hand = Hand(weak, strong)
    assert hand.review.hunk is not None
    assert hand.review.hunk.rule == "strong"
    hand.press("n")
    assert hand.review.hunk.rule == "weak"  # now its words are free
    hand.press("u")
    assert hand.review.hunk.rule == "strong"
    assert hand.press("y").review.mode is Mode.END


def test_an_alternative_over_accepted_words_is_refused() -> None:
    wide = choice(edit(0, 7, "ALLES"))
    hand = Hand(
        hunk(0, 2, choice(edit(0, 2, "UN"))), hunk(3, 7, choice(edit(3, 7, "DEUX")), wide)
    ).press("y", "2")
    assert "changed by 1" in hand.review.message
    assert hand.review.text(0).startswith("UN deux")


def test_a_decision_is_said_before_it_is_shown() -> None:
    hand = five()
    (record,) = hand.review.press("y")
    assert isinstance(record, Record)
    assert record.data["items"][0]["edits"] == [{"start": 0, "end": 2, "text": "UN"}]
