"""French words as they may stand in or beside a broken name."""

from __future__ import annotations

import re
from functools import lru_cache

from mtrepair.languages.fr.lexicon import Lexicon, Reading

# Nouns that French sets before a given name: people by kinship, rank, trade or age ("la reine
# Elizabeth", "le petit Nicolas", "le chanteur Justin"), and things named after people ("l'ouragan
# Katrina", "la loi Evin", "le pont Alexandre"). What is said of them is no sign of a broken name.
APPOSED = frozenset(
    """abbé abbaye acteur actrice affaire agent ami amie amiral ange animateur apôtre archevêque
    arrêt artiste association athlète auteur avenue avocat avocate baie baron bataille bébé
    belle berger blanche boulanger boulevard brigade calife camarade camp cap capitaine cardinal
    cas cathédrale chancelier chancelière chanson chanteur chanteuse chapelle chat château chef
    chère cher chevalier chien chroniqueur cinéma cinéaste clan clown col collection collège
    colonel comédien comédienne compagnie comte comtesse coach concours coupe couple cousin
    cousine cuisinier cyclone cyclope dame danseur danseuse décret démon député dessinateur
    détective dieu directeur directrice docteur doctrine dragon duc duchesse éditions effet
    église élève émir empereur enfant entraîneur entreprise époux épouse équipe espion esclave
    état évêque explorateur famille fantôme fée femme fermier festival fiancé fiancée fille flic
    fonds footballeur forêt fort frère frères fusée galerie gamin gamine garçon garde général
    génie gentil géant golfeur gouverneur grand grande grotte groupe guide héros héroïne homme
    hôpital hôtel île imam impératrice ingénieur inspecteur institut inspectrice jardin jeune
    jésuite journaliste juge jumeau justicier lac légende lieutenant ligne ligue loi lord madame
    maire maison maître maîtresse major maréchal marin marque marquis marquise marraine martyr
    méthode ministre missile modèle moine monsieur mont montagne moteur mouvement musée musicien
    navire nain navigateur nommé nommée nouveau numéro nymphe oncle opération opus oncle
    orchestre ouragan page pape palais papa maman parc pasteur patient patriarche patron pauvre
    peintre père mère petit petite philosophe photographe phénomène pianiste pilote place plage
    plan poète point pont port pirate porte poupée prénom présentateur président présidente
    prêtre prince princesse prix procès producteur prof professeur programme projet prophète
    psychologue quartier rabbin réalisateur réalisatrice rédacteur reine rivière rocher roi
    roman romancier rue sage saga saint sainte salle satellite savant scientifique secrétaire
    seigneur sénateur sergent série shérif sieur singe société soeur sœur soldat sonde sorcier
    sorcière stade star statue studio sultan syndrome système tante taureau théâtre théorème
    tempête tigre titan tombe tombeau tour traité tribu tueur théorie tsar type vallée vaisseau
    vicomte vieux vieille vierge ville villa village voisin voisine voiture
    vice-président PDG""".split()
)

# "à Berlin la semaine dernière", "Marie l'an passé"; people are called Winter and Day, too
_TIMES = frozenset(
    """an année semaine mois journée veille lendemain nuit matin matinée soir soirée saison siècle
    week-end lundi mardi mercredi jeudi vendredi samedi dimanche""".split()
)
_SEASONS = frozenset("jour été hiver printemps automne".split())
_AFTER_TIMES = re.compile(r"(?:derni|pass|procha|suivant|même|où|durant|de$|du$|d['’])")


def is_time(word: str, after: str) -> bool:
    """Whether the noun says when something was, with the word after it in mind."""
    return word in _TIMES or (word in _SEASONS and bool(_AFTER_TIMES.match(after)))


# The simple past and the imperfect subjunctive, in the codes of DELA.
_BOOKISH = frozenset(tense + person for tense in "JT" for person in "1s 2s 3s 1p 2p 3p".split())
_UNFINITE = frozenset(["W", "G", "Kms", "Kfs", "Kmp", "Kfp"])


_FUNCTION = frozenset({"DET", "PREP", "PRO", "CONJC", "CONJS", "ADV", "PREPDET"})


@lru_cache(maxsize=8192)
def is_noun(word: str) -> bool:
    """Whether the lexicon knows the word as a noun and as no function word."""
    categories = {reading.category for reading in Lexicon.load().readings(word.lower())}
    return "N" in categories and not categories & _FUNCTION


@lru_cache(maxsize=8192)
def is_function_word(word: str) -> bool:
    """Whether the lexicon knows the word as a function word."""
    return any(r.category in _FUNCTION for r in Lexicon.load().readings(word.lower()))


@lru_cache(maxsize=8192)
def has_noun(word: str) -> bool:
    """Whether the lexicon knows the word as a noun, whatever else it is."""
    return any(reading.category == "N" for reading in Lexicon.load().readings(word.lower()))


@lru_cache(maxsize=8192)
def has_verb(word: str) -> bool:
    """Whether the lexicon knows the word as a form of a verb that may follow a pronoun."""
    return any(
        reading.category == "V" and not reading.features <= _UNFINITE
        for reading in Lexicon.load().readings(word.lower())
    )


@lru_cache(maxsize=8192)
def is_infinitive(word: str) -> bool:
    """Whether the lexicon knows the word as an infinitive."""
    return any("W" in reading.features for reading in Lexicon.load().readings(word.lower()))


@lru_cache(maxsize=8192)
def is_only_noun(word: str) -> bool:
    """Whether the lexicon knows the word as a noun and as nothing else."""
    return {r.category for r in Lexicon.load().readings(word.lower())} == {"N"}


def is_bookish(reading: Reading) -> bool:
    """Whether it is a form that engines do not write: Barba, Forma, Maria, Donna."""
    return reading.category == "V" and reading.features <= _BOOKISH


@lru_cache(maxsize=8192)
def is_hardly_a_word(name: str) -> bool:
    """Whether a usual name has a reading that French has little use for: Brandon, Robert, Donna.

    Frequencies do not tell, for they count the name.
    """
    return all(
        reading.category == "N" or is_bookish(reading)
        for reading in Lexicon.load().readings(name.lower())
    )


@lru_cache(maxsize=8192)
def is_common(word: str) -> bool:
    """Whether the word in lower case is a French word or a usual English one."""
    lexicon = Lexicon.load()
    low = word.lower()
    return bool(lexicon.readings(low)) and lexicon.zipf(low) >= 2.5
