"""Damage has a right answer: put in place of the span, it gives the original back."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.train import calque_damage, corrupt
from mtrepair.train.corrupt import KINDS, Kind, Resources, Sentence, damage
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


def _made(kind: Kind, text: str, resources: Resources) -> set[tuple[str, str]]:
    """What a kind of damage makes of the words of a text: wrong and right."""
    found: set[tuple[str, str]] = set()
    for seed in range(60):
        made = kind(Sentence(text, random.Random(seed), resources))
        if made is not None:
            words = zip(made.span.of(made.text).split(), made.answer.split(), strict=True)
            found |= {(a, b) for a, b in words if a != b}
    return found


def test_verbs_stay_in_their_tense(resources: Resources) -> None:
    made = _made(corrupt.verb, "Hier, les voisins parlaient encore du nouveau maire.", resources)
    assert ("parlait", "parlaient") in made
    assert {right for _, right in made} == {"parlaient"}


def test_a_noun_behind_its_determiner_is_no_verb(resources: Resources) -> None:
    made = _made(corrupt.verb, "La marche du président attire toujours les foules.", resources)
    assert {right for _, right in made} == {"attire"}


def test_participles_and_adjectives_change_gender_or_number(resources: Resources) -> None:
    text = "Les lettres écrites par le nouveau maire étaient courtes."
    assert ("écrit", "écrites") in _made(corrupt.participle, text, resources)
    assert ("courte", "courtes") in _made(corrupt.adjective, text, resources)


def test_a_word_becomes_what_its_english_word_means_elsewhere(resources: Resources) -> None:
    senses = calque_damage.senses()
    others = senses.others("lèvent")
    assert others
    assert all(other.endswith("nt") and other[:4] != "lève" for other in others)
    assert "fauteuil" in senses.others("siège")
    assert not any(other[0] in "aeiou" for other in senses.others("siège"))
    text = "La société veut lever des fonds auprès de ses actionnaires."
    for wrong, right in _made(calque_damage.sense, text, resources):
        assert wrong[:4] != right[:4]


def test_phrases_are_put_back_into_literal_french() -> None:
    lines = calque_damage.literal_lines(random.Random(1))
    wrong = [made for right, made in lines if right == "mettre@V des bâtons dans les roues"]
    assert wrong
    assert all(made.split()[0].endswith("@V") for made in wrong)
    assert any(" dans " in made for made in wrong)
