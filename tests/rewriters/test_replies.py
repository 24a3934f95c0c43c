"""Replies that are none, and when the text is left as it is."""

from __future__ import annotations

import pytest

from mtrepair.core import Span
from mtrepair.languages import load
from mtrepair.rewriters.base import Candidate, Query
from mtrepair.rewriters.replies import FAVOUR_OF_FORMS, FAVOURS, best
from mtrepair.train.evaluate import sense


@pytest.mark.parametrize(
    ("text", "wrong", "reply", "good"),
    [
        ("Le maire a annonsé la fin des travaux.", "annonsé", "annoncé", True),
        ("Le maire a annonsé la fin des travaux.", "annonsé", "annoncéra", False),
        ("Il a lu la lettre de Wheeling hier.", "de Wheeling", "à Wheeling", True),
        ("Il a lu la lettre de Wheeling hier.", "de Wheeling", "de la ville", False),
        ("Il a lu la lettre de Wheeling hier.", "de Wheeling", "de Wheleling", False),
        ("Elle vit à Paris depuis 1998 environ.", "depuis 1998", "en 1998", True),
        ("Elle vit à Paris depuis 1998 environ.", "depuis 1998", "depuis 198", False),
        ("Elle vit à Paris depuis 1998 environ.", "depuis 1998", "depuis", False),
        # Capitals at the start of a sentence, and words that are none without them.
        ("Le maire part. Dasn la ville, tout est calme.", "Dasn", "Dans", True),
        ("Demain, L'direction part.", "L'direction", "La direction", True),
        # A loop may lose the copies of a name.
        (
            "Il va à Wheeling à Wheeling à Wheeling.",
            "à Wheeling à Wheeling à",
            "à Wheeling à",
            True,
        ),
        ("La DDETS homologue le document.", "La DDETS", "La DDETSETS", False),
        ("Le ‘frobnicateur’ tourne. Un frobnicateur lente.", "lente", "frobnicateur", True),
        ("Il part.", "part", "", True),
    ],
)
def test_sensible(text: str, wrong: str, reply: str, good: bool) -> None:
    start = text.index(wrong)
    query = Query(text=text, span=Span(start, start + len(wrong)))
    candidate = Candidate(reply, -1.0, 2)
    assert sense().sensible(query, [candidate]) == ([candidate] if good else [])


def test_a_word_of_the_source_is_known() -> None:
    text = "Le frobnic est lent."
    query = Query(text=text, span=Span(3, 10), source="The frobnicator is slow.")
    candidate = Candidate("frobnicator", -1.0, 2)
    assert sense().sensible(query, [candidate]) == [candidate]
    assert not sense().sensible(Query(text=text, span=Span(3, 10)), [candidate])


def test_another_language_has_its_own_words() -> None:
    query = Query(text="La casa es bonito.", span=Span(11, 17))
    replies = [Candidate(word, -1.0, 2) for word in ("bonita", "joli")]
    words = sense("es")
    assert words.language is load("es")
    assert [c.text for c in words.sensible(query, replies)] == ["bonita"]


def test_the_text_is_left_alone_unless_a_reply_is_clearly_better() -> None:
    def scored(above: float) -> list[Candidate]:
        return [Candidate("la", -2.0, 2), Candidate("les", -9.0, 2), Candidate("le", above - 2, 2)]

    assert best(scored(FAVOUR_OF_FORMS - 0.01), sense()) == "la"
    assert best(scored(FAVOUR_OF_FORMS + 0.01), sense()) == "le"
    assert best([Candidate("la", -2.0, 2)], sense()) == "la"


@pytest.mark.parametrize(
    ("text", "reply", "change"),
    [
        ("une grand ville", "une grande ville", "forms"),
        ("une grand ville", "une belle ville", "words"),
        ("une grand ville", "une ville", "all"),
        ("dans la ville", "à la ville", "other"),
        ("un trabic dense", "un trafic dense", "other"),
        ("la ville grande", "la grande ville", "other"),
    ],
)
def test_what_a_reply_changes_decides_how_far_it_must_stand_above(
    text: str, reply: str, change: str
) -> None:
    words = sense()
    assert words.change(text, reply) == change
    for by, wanted in ((-0.01, text), (0.01, reply)):
        above = FAVOURS[change] + by - 2
        assert best([Candidate(text, -2.0, 2), Candidate(reply, above, 2)], words) == wanted
