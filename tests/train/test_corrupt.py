"""Damage has a right answer: put in place of the span, it gives the original back."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.train.corrupt import KINDS, Resources, Sentence, damage
from mtrepair.train.data import translations

SENTENCES = (
    "Les enfants du village ont ramassé des châtaignes dans la grande forêt voisine.",
    "La directrice de l'école a présenté son nouveau projet aux parents d'élèves.",
    "Le train qu'elle attendait depuis une heure n'est jamais arrivé en gare.",
    "D'après Marie Dupont et John Carpenter, les résultats seront publiés au printemps.",
    "Nous avons besoin de vos documents pour étudier la demande avant la fin du mois.",
    "Le médecin lui conseille de boire de l'eau et de dormir davantage.",
)


@pytest.fixture(scope="module")
def resources() -> Resources:
    dictionary = Dictionary.load()
    return Resources(
        Lexicon.load(),
        translations(dictionary.english),
        translations(dictionary.french),
        ("charpentier", "boulanger", "fils", "étoile"),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_answer_gives_the_original_back(kind: str, resources: Resources) -> None:
    made = 0
    for seed in range(120):
        chance = random.Random(seed)
        text = SENTENCES[seed % len(SENTENCES)]
        result = KINDS[kind][0](Sentence(text, chance, resources))
        if result is None:
            continue
        made += 1
        assert result.kind == kind
        assert result.original == text
        assert 0 <= result.span.start < result.span.end <= len(result.text)
        wrong = result.span.of(result.text)
        assert (wrong == result.answer) == (kind == "keep"), (wrong, result.answer)
        assert wrong == wrong.strip()
    assert made >= 5, f"{kind} fits hardly anywhere"


def test_the_same_seed_gives_the_same_damage(resources: Resources) -> None:
    for text in SENTENCES:
        first = damage(text, random.Random(5), resources)
        assert first == damage(text, random.Random(5), resources)


def test_right_spans_have_a_good_share(resources: Resources) -> None:
    counts: Counter[str] = Counter()
    for seed in range(800):
        made = damage(SENTENCES[seed % 6], random.Random(seed), resources)
        if made is not None:
            counts[made.kind] += 1
    assert counts["keep"] / counts.total() >= 0.25
    assert set(counts) == set(KINDS)


def test_a_non_word_is_none(resources: Resources) -> None:
    for seed in range(100):
        made = KINDS["nonword"][0](Sentence(SENTENCES[seed % 6], random.Random(seed), resources))
        if made is not None:
            assert made.text != made.original


def test_agreement_damage_is_an_inflection(resources: Resources) -> None:
    text = "Les grandes maisons anciennes"
    seen: set[str] = set()
    for seed in range(300):
        made = KINDS["agreement"][0](Sentence(text, random.Random(seed), resources))
        if made is not None:
            seen.add(made.text)
    assert "Les grands maisons anciennes" in seen
    assert "Les grandes maison anciennes" in seen
    assert "La grandes maisons anciennes" in seen
