"""Ties that do not agree: which there are, what is seen of them, what the trees make of it."""

from __future__ import annotations

import pytest

from mtrepair import api
from mtrepair.core import Segment
from mtrepair.languages import load
from mtrepair.rules import Passage
from mtrepair.rules.agreement import signs, weighed
from mtrepair.rules.agreement.sentence import Sentence
from mtrepair.rules.agreement.ties import Tie, ties
from mtrepair.rules.parsed import parsed


def found(text: str) -> list[tuple[Sentence, Tie]]:
    passage = Passage(Segment(text=text, runs=()), 0, load("fr"))
    return [(s, tie) for s in map(Sentence, parsed(passage)) for tie in ties(s)]


def clashing(text: str) -> set[tuple[str, str, str]]:
    return {
        (tie.kind, s.low[tie.controller], s.low[tie.target])
        for s, tie in found(text)
        if not tie.agrees
    }


@pytest.mark.parametrize(
    ("text", "kind", "controller", "target"),
    [
        ("Elle achète un maison blanche.", "determiner", "maison", "un"),
        ("Les usines situé en Pologne ferment.", "adjective", "usines", "situé"),
        ("Les prix de la maison a baissé.", "verb", "prix", "a"),
        ("La clause du contrat est abusif.", "predicate", "clause", "abusif"),
        ("Les températures devraient redevenir normaux.", "predicate", "températures", "normaux"),
        ("L'actrice s'est dite heureux de revenir.", "predicate", "actrice", "heureux"),
        ("Les pistes resteront fermés tout l'hiver.", "predicate", "pistes", "fermés"),
        ("La plupart des voyageurs préfère réserver.", "verb", "voyageurs", "préfère"),
        ("Peu d'élèves comprend la question.", "verb", "élèves", "comprend"),
        ("Les Pays-Bas envisage de taxer les vols.", "verb", "pays-bas", "envisage"),
        ("Paris et Berlin a trouvé un compromis.", "verb", "paris", "a"),
        ("Vous et votre fils pourront partir.", "verb", "vous", "pourront"),
        ("C'est moi qui a signalé la faille.", "verb", "moi", "a"),
        ("Ceux qui possède un appareil attendront.", "verb", "ceux", "possède"),
        ("Dans la rue se trouve plusieurs magasins.", "verb", "magasins", "trouve"),
        ("Une croissance économique fort est attendue.", "adjective", "croissance", "fort"),
        ("Il vient pour la premier fois.", "adjective", "fois", "premier"),
    ],
)
def test_a_tie_that_does_not_agree(text: str, kind: str, controller: str, target: str) -> None:
    assert (kind, controller, target) in clashing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Il cite ses père et mère, et les nom et adresse du maire.",
        "Les langues bulgare et roumaine sont officielles.",
        "Comme le note Foucher, cela les pousse à partir.",
        "Un certain nombre d'étudiants agissent, et trente et un jours passent.",
        "Le montant, que les deux clubs n'ont pas révélé, est énorme.",
        "Des robinets haut de gamme et un film grand public.",
        "Beaucoup de monde est venu, et beaucoup d'élèves sont venus.",
        "C'est nous qui avons gagné, et toi qui as perdu.",
        "Reste deux questions, et vive les vacances.",
        "La France et l'Allemagne ont signé, l'Italie a refusé.",
        "Ils se sont entendu dire que le maire juge utiles les travaux.",
    ],
)
def test_what_french_lets_disagree(text: str) -> None:
    assert clashing(text) == set()


def test_the_trees_know_the_signs_by_their_names() -> None:
    assert weighed.trees().features == signs.FEATURES + signs.GAINS


def test_signs_are_as_many_as_their_names() -> None:
    some = [one for one in found("Les usines situé en Pologne a fermé.") if not one[1].agrees]
    assert some
    assert {len(row) for row in weighed.table(some)} == {len(signs.FEATURES + signs.GAINS)}


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Les erreurs est fréquentes.", "Les erreurs sont fréquentes."),
        ("Elle achète un maison blanche.", "Elle achète une maison blanche."),
        ("Des usines situé ici ferment.", "Des usines situées ici ferment."),
    ],
)
def test_a_mended_sentence(text: str, better: str) -> None:
    s, tie = next(one for one in found(text) if not one[1].agrees)
    words = signs.mended(s, tie)
    assert words is not None
    assert " ".join(words).replace(" .", ".") == better


@pytest.mark.parametrize(
    "text",
    [
        "Les deux partis se sont joint aux Verts au parlement européen.",
        "Les programmes distants non sûrs tournent, chaque intervention prennent une heure.",
        "Certain utilisateurs se plaignent que l'application se ferme.",
    ],
)
def test_what_is_reported(text: str) -> None:
    rules = [finding.rule for finding in api.check(text, proposals="none").findings]
    assert any(rule.startswith("agreement-") for rule in rules)
