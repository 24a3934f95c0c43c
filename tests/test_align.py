"""The source of each segment is found, and a source that does not fit is refused."""

from __future__ import annotations

import random

import pytest

from mtrepair.align import GOOD, align, attach, looks_english, quality, source_sentences
from mtrepair.core import Document, Segment, Span

PAIRS = [
    ("The old bridge over the river was closed in 1987.",
     "Le vieux pont sur la rivière a été fermé en 1987."),
    ("Maria Lopez bought three houses near the station.",
     "Maria Lopez a acheté trois maisons près de la gare."),
    ("The government will publish the report next month.",
     "Le gouvernement publiera le rapport le mois prochain."),
    ("Children under 12 years do not pay for the museum.",
     "Les enfants de moins de 12 ans ne paient pas le musée."),
    ("The doctor said that the treatment was a success.",
     "Le médecin a dit que le traitement était un succès."),
    ("Our teachers work with 45 schools in the region.",
     "Nos professeurs travaillent avec 45 écoles de la région."),
    ("The company sold its factory in Germany last year.",
     "La société a vendu son usine en Allemagne l'année dernière."),
    ("Heavy rain destroyed the harvest of many farmers.",
     "Une forte pluie a détruit la récolte de nombreux agriculteurs."),
]  # fmt: skip


def document(paragraphs: list[str]) -> Document:
    text = "\n\n".join(paragraphs)
    segments, at = [], 0
    for paragraph in paragraphs:
        segments.append(Segment.slice(text, Span(at, at + len(paragraph))))
        at += len(paragraph) + 2
    return Document(text=text, segments=tuple(segments))


ENGLISH = [english for english, _ in PAIRS]
FRENCH = [french for _, french in PAIRS]


def test_pairs_are_good_and_others_are_not() -> None:
    assert all(quality(english, french) >= GOOD for english, french in PAIRS)
    wrong = [quality(ENGLISH[i], FRENCH[i - 3]) for i in range(len(PAIRS))]
    assert all(value < GOOD for value in wrong), wrong


def test_every_segment_gets_its_source() -> None:
    made, warnings = attach(document(FRENCH), "\n\n".join(ENGLISH))
    assert not warnings
    assert [segment.source for segment in made.segments] == ENGLISH


def test_paragraphs_may_be_joined_or_dropped() -> None:
    french = [f"{FRENCH[0]} {FRENCH[1]}", *FRENCH[2:]]
    english = [ENGLISH[0], ENGLISH[1], f"{ENGLISH[2]} {ENGLISH[3]}", *ENGLISH[4:]]
    made, warnings = attach(document(french), "\n\n".join(english))
    assert not warnings
    assert made.segments[0].source == f"{ENGLISH[0]} {ENGLISH[1]}"
    assert [segment.source for segment in made.segments[1:]] == ENGLISH[2:]


def test_sentence_that_the_translation_left_out() -> None:
    beads = align(ENGLISH, FRENCH[:3] + FRENCH[4:])
    assert [list(b.left) for b in beads if not b.right] == [[3]]


def test_source_that_does_not_fit_is_refused() -> None:
    shuffled = ENGLISH[:]
    random.Random(3).shuffle(shuffled)
    for source in (
        "",
        "\n \n",
        "\n\n".join(FRENCH),
        "\n\n".join(shuffled),
        "\n\n".join(ENGLISH[: len(ENGLISH) // 2]),
        "Der alte Mann ging mit seinem Hund durch den Wald und sah viele Vögel auf den Bäumen.",
    ):
        made, warnings = attach(document(FRENCH), source)
        assert len(warnings) == 1 and "checked without it" in warnings[0], (source, warnings)
        assert all(segment.source is None for segment in made.segments)


def test_english_sentences() -> None:
    text = 'Mr. Smith met Dr. Jones at 5 p.m. in the U.S. Senate. "Why?" he asked.\nNobody knew.'
    assert source_sentences(text)[0].startswith("Mr. Smith met Dr. Jones")
    assert source_sentences(text)[-1] == "Nobody knew."


@pytest.mark.parametrize(
    "sentence",
    [
        "Yesterday Maria Lopez quietly sold three houses near Lyon station, as they had agreed.",
        "Nothing could stop old Peter Snow from leaving Berlin before Monday's meeting started.",
    ],
)
def test_a_short_source_with_few_function_words_is_english(sentence: str) -> None:
    assert looks_english(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hier Maria Lopez a vendu trois maisons près de la gare de Lyon, selon les journaux.",
        "Ayer Maria Lopez vendió tres casas cerca de la estación, según los diarios de Lyon.",
        "Gestern hat Maria Lopez drei Häuser in der Nähe von dem Bahnhof verkauft, und das ist",
    ],
)
def test_a_short_source_in_another_language_is_not(sentence: str) -> None:
    assert not looks_english(sentence)
