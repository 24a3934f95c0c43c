"""Labels of the detector's training data; needs no torch."""

from __future__ import annotations

import random

import pytest

from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.learned.reading import KINDS, SEVERITIES
from mtrepair.train import data, detect_data
from mtrepair.train.corrupt import damage
from mtrepair.train.detect_data import UNKNOWN, Labelled


def wrong(made: Labelled) -> list[str]:
    return [made.text[a:b] for (a, b), bad in zip(made.tokens, made.bad, strict=True) if bad == 1]


def missing_before(made: Labelled) -> list[str]:
    return [made.text[a:b] for (a, b), gap in zip(made.tokens, made.gap, strict=True) if gap == 1]


def span(text: str, words: str, category: str, *, gap: bool = False) -> dict[str, object]:
    start = text.index(words)
    return {
        "start": start,
        "end": start + len(words),
        "severity": "major",
        "category": category,
        "gap": gap,
    }


def test_expert_spans_become_labels() -> None:
    text = "Les postures alternatif sont offerts dans salle."
    made = detect_data.annotated(
        {
            "mt": text,
            "src": "Alternative postures are offered in the room.",
            "spans": [
                span(text, "alternatif", "Agreement"),
                span(text, "offerts", "Lexical Selection"),
                span(text, " salle"[:1] + "salle"[:0], "Word Order", gap=True),
                {**span(text, " salle", "Omitted Determiner", gap=True)},
            ],
        }
    )
    assert wrong(made) == ["alternatif", "offerts"]
    assert missing_before(made) == ["salle"]
    at = [made.text[a:b] for a, b in made.tokens].index("offerts")
    assert KINDS[made.kind[at]] == "wrong-word"
    assert SEVERITIES[made.severity[at]] == "major"
    assert made.gap[1] == UNKNOWN  # word order: a place where a word should stand


def test_every_category_has_a_kind_of_the_model() -> None:
    assert set(detect_data.KIND_OF.values()) | set(detect_data.DAMAGE_KINDS.values()) <= set(KINDS)


@pytest.fixture(scope="module")
def resources() -> data.Resources:
    return data.resources(data.Corpus(["La grande maison blanche est vendue."] * 5, []))


TEXTS = (
    "La municipalité a décidé de rénover la vieille école du village avant l'été.",
    "Les enfants jouent dans le jardin pendant que leurs parents préparent le repas.",
    "Le directeur de l'usine a présenté les nouveaux résultats aux employés.",
)


def test_planted_damage_marks_only_what_differs(resources: data.Resources) -> None:
    chance = random.Random(5)
    seen = set()
    for number in range(300):
        broken = damage(TEXTS[number % 3], chance, resources)
        if broken is None:
            continue
        made = detect_data.planted(broken)
        seen.add(broken.kind)
        original = {t.text for t in detect_data.tokens(broken.original)}
        if broken.kind == "keep":
            assert not wrong(made) and not missing_before(made)
            continue
        assert wrong(made) or missing_before(made), broken
        for (a, b), bad in zip(made.tokens, made.bad, strict=True):
            if bad:
                assert a < broken.span.end and broken.span.start < b
        if broken.kind in ("nonword", "untranslated") and len(wrong(made)) == 1:
            assert wrong(made)[0] not in original
    assert len(seen) >= 6


def test_a_sentence_may_be_damaged_more_than_once(resources: data.Resources) -> None:
    chance = random.Random(11)
    several = unmarked = 0
    for number in range(300):
        text = TEXTS[number % 3]
        made = detect_data.planted_often(text, None, chance, resources, 3)
        several += len(wrong(made)) + len(missing_before(made)) > 1
        old = {t.text for t in detect_data.tokens(text)}
        marked = {tuple(t) for t, bad in zip(made.tokens, made.bad, strict=True) if bad == 1}
        new = [t for t in detect_data.tokens(made.text) if t.text not in old]
        unmarked += any((t.start, t.end) not in marked for t in new)
        if not marked and not missing_before(made):
            assert {t.text for t in detect_data.tokens(made.text)} == old
    assert several > 150
    assert unmarked <= 12  # a lost apostrophe ("lété") is a gap, not a word


def test_calques_are_planted_where_french_says_it_right(resources: data.Resources) -> None:
    text = "Le maire a rendu hommage aux victimes de la tempête."
    found = detect_data.calques(data.Corpus([text], []), most=5)
    assert found
    for source, right, made in (one for some in found for one in some):
        assert source is None
        assert right == text == made.original
        assert made.span.of(made.text) != made.answer
    said = {one[2].answer for some in found for one in some}
    assert "rendu hommage" in said
    chance = random.Random(1)
    labelled = detect_data.planted_often(text, None, chance, resources, 1, found[0][0][2])
    assert wrong(labelled)


OTHERS = (
    "Le directeur a vendu la maison hier.",
    "Le directeur a vendu la maison hier soir.",
    "Le directeur vendit la maison hier.",
    "Le directeur a vendu cette maison hier.",
)


@pytest.mark.parametrize(
    ("text", "bad", "kind"),
    [
        ("Le directeur a vendu la maison hier.", [], None),
        ("Le directeur a vendu la fenêtre hier.", ["fenêtre"], "wrong-word"),
        ("Le directeur a vendu la maisons hier.", ["maisons"], "agreement"),
        ("Le directeur a vendu la house hier.", ["house"], "untranslated"),
        ("Le directeur a vendu la maizonette hier.", ["maizonette"], "punctuation"),
        ("Le directeur a cédé la maison hier.", [], None),  # the others do not agree: a paraphrase
    ],
)
def test_support_marks_only_what_is_sure(text: str, bad: list[str], kind: str | None) -> None:
    made = detect_data.support(
        text, OTHERS, "The director sold the house yesterday.", Lexicon.load(), Dictionary.load()
    )
    assert wrong(made) == bad
    if kind is not None:
        assert KINDS[max(made.kind)] == kind
    assert set(made.gap) == {UNKNOWN}  # nobody can tell from here what is missing


def test_the_mix_is_a_share_and_ends_with_the_experts() -> None:
    for used in (0.0, 0.3, 1.0):
        assert sum(detect_data.mix(used).values()) == pytest.approx(1.0)
    assert detect_data.mix(1.0)["expert"] > detect_data.mix(0.0)["expert"]


@pytest.mark.parametrize("name", detect_data.MIXES)
def test_each_mix_is_a_share(name: str) -> None:
    for used in (0.0, 0.5, 1.0):
        assert sum(detect_data.mix(used, name).values()) == pytest.approx(1.0)


def test_batches_hold_like_lengths() -> None:
    def example(length: int) -> detect_data.Example:
        row = [5] * length
        return detect_data.Example(row, row, row, row, row)

    stream = (example(n) for n in [3, 9, 4, 8, 5, 7, 3, 9])
    made = list(detect_data.batches(stream, 2, pool=4, chance=random.Random(1)))
    assert sorted(len(e.read) for batch in made for e in batch) == [3, 3, 4, 5, 7, 8, 9, 9]
    assert all(abs(len(a.read) - len(b.read)) <= 1 for a, b in made)
