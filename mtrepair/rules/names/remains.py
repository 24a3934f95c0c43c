"""French words as they may stand in or beside a broken name."""

from __future__ import annotations

import re
from functools import lru_cache

from mtrepair.languages.fr.lexicon import Lexicon, Reading

# Nouns that French sets before a given name: people by kinship, rank, trade or age ("la reine
# Elizabeth", "le petit Nicolas", "le chanteur Justin"), and things named after people ("l'ouragan
# Katrina", "la loi Evin", "le pont Alexandre"). What is said of them is no sign of a broken name.
APPOSED = frozenset(
    """PDG abbaye abbé accord acteur actrice affaire agent aile album algorithme amendement ami amie
    amiral ange animateur appli application apôtre archevêque archipel arrondissement arrêt
    artiste assistant association atelier athlète atoll auberge audit auteur avenue avion avocat
    avocate aéroport baie ballet baron barrage basilique bassin bataille belle berger bière
    blanche blog boulanger boulevard bourse boutique bouton brasserie brigade buste bâtiment bébé
    cabinet calife camarade camp canal cantate canton cap capitaine cardinal cargo cas casino
    cathédrale cellule centre champagne championnat chancelier chancelière chanson chanteur
    chanteuse chapelle char chat chaîne chef cher chevalier chien chroniqueur château chère
    cinéaste cinéma cirque cité clan clown coach col collection collège colonel comité commande
    commission commune compagnie compte comte comtesse comédie comédien comédienne concerto
    concours constante coupe couple cours cousin cousine couvent cratère critère cuisinier cup
    cyclone cyclope cépage dame danseur danseuse dessinateur dieu directeur directive directrice
    discothèque dispositif district docteur doctrine dossier dragon drone duc duchesse dynastie
    décret démon député dépôt détective détroit effet empereur enfant enquête entraîneur
    entreprise entrepôt ermitage esclave espion espèce explorateur expo exposition fable faculté
    famille fantôme femme fermier ferry festival fiancé fiancée fichier fille flic fonction
    fondation fonds footballeur formule fort forum forêt fresque frère frères fusil fusée
    fédération fée galerie gamin gamine garage garde garçon genre gentil gisement glacier golfe
    golfeur gouvernement gouverneur grand grande grotte groupe guide gène géant génie général
    hangar hebdomadaire homme hélicoptère héros héroïne hôpital hôtel imam immeuble impératrice
    indice ingénieur inspecteur inspectrice institut jardin jeune journal journaliste juge jumeau
    justicier jésuite lac lagune langage lieutenant ligne lignée ligue logiciel loi lord lycée
    légende madame magasin magazine maire maison major maladie maman marin marque marquis marquise
    marraine martyr maréchal match mausolée maître maîtresse messe ministre missile mitrailleuse
    module modèle moine monastère monsieur mont montagne monument morceau moteur mouvement
    musicien musée mère médaille médaillon méthode nain navigateur navire nommé nommée nouveau
    nouvelle nuage numéro nymphe océan oncle opus opéra opération oratoire orchestre ouragan outil
    page palais papa pape parc parfum parti pasteur patient patriarche patron pauvre peintre pente
    petit petite philosophe photographe phénomène pianiste pic pilote pirate pistolet place plage
    plan plate-forme plateau plateforme point pont port portail porte portrait poupée poème poète
    prieuré prince princesse prix procès procédure producteur prof professeur profil programme
    projet prophète protocole province prénom présentateur président présidente prêtre psychologue
    pub père péninsule période pétrolier quartier quatuor quotidien rabbin race radio rapport
    reine restaurant revue rivière robot rocher roi roman romancier rue règlement réalisateur
    réalisatrice rédacteur régime région réseau résidence sac saga sage saint sainte salle
    satellite savant scandale scientifique score secrétaire secteur seigneur sergent serveur
    service shérif sieur singe site société soeur soldat sommet sonate sondage sonde sorcier
    sorcière spectacle square stade star station statue studio style stylo sultan symphonie
    syndicat syndrome système sénateur série sœur tableau tante taureau technique tempête test
    théorie théorème théâtre tigre titan tombe tombeau touche tour tournoi tournée tragédie traité
    tribu trio trophée tsar tueur tunnel type télescope univers université usine vaisseau vallée
    variant variété vice-président vicomte vieille vierge vieux villa village ville vin virus
    voisin voisine voiture zone ère échelle éditions église élève émir époque épouse époux
    équation équipe état évêque île""".split()
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


_AGENT = re.compile(
    r"(?:eur|euse|trice|iste|ienn?e?|ois|oise|aise?|ards?|arde|[^pn]ier|ière|an|ane)s?$"
)
_ALIVE = frozenset(
    """âne ange archange barbare bébé cadet canard castor chameau chat chatte cheval chèvre chien
    cigale clown cochon colosse comte coq corbeau crabe crapaud crocodile cygne dauphin démon diable
    dieu dragon duc écureuil éléphant elfe enfant ermite escargot esclave évêque faucon fée femme
    fille fils fou fourmi garçon géant gendarme génie girafe grenouille guerrier hamster hérisson
    héros hibou hippopotame homme jumeau koala lapin léopard lièvre lion loup lutin maître mage
    maire marin marmotte martyr moine monstre mouton mule nain nomade oie oiseau ogre ours ourson
    panda panthère pape papillon perroquet pie pigeon pingouin pirate poète poisson poney poule
    poulet prêtre prince princesse prophète pape puce rat raton reine renard requin robot roi sage
    saint satyre serpent singe soldat sorcier sphinx squelette sultan taureau taupe tigre titan
    tortue tsar vampire veuf veuve vierge viking zèbre zombie mort malice menace pucelle terreur
    éponge science menuisier boulanger cuisinier pompier plombier épicier charpentier""".split()
)


@lru_cache(maxsize=8192)
def is_being(word: str) -> bool:
    """Whether a noun may be an epithet: a trade, a kind of person or animal, an adjective."""
    if word in _ALIVE or _AGENT.search(word):
        return True
    return any(reading.category == "A" for reading in Lexicon.load().readings(word))


@lru_cache(maxsize=8192)
def is_only_noun(word: str) -> bool:
    """Whether the lexicon knows the word as a noun and as nothing else."""
    return {r.category for r in Lexicon.load().readings(word.lower())} == {"N"}


def is_bookish(reading: Reading) -> bool:
    """Whether it is a form that engines do not write: Barba, Forma, Maria, Donna."""
    return reading.category == "V" and reading.features <= _BOOKISH


def is_polite(reading: Reading) -> bool:
    """Whether it is a form for "vous": Pliez and Jouvez are surnames of France."""
    return reading.category == "V" and any(f.endswith("2p") for f in reading.features)


@lru_cache(maxsize=8192)
def is_hardly_a_word(name: str) -> bool:
    """Whether a usual name has a reading that French has little use for: Brandon, Donna, Oliver.

    Frequencies do not tell, for they count the name.
    """
    return all(
        reading.category == "N" or is_bookish(reading) or "W" in reading.features
        for reading in Lexicon.load().readings(name.lower())
    )


@lru_cache(maxsize=8192)
def is_common(word: str) -> bool:
    """Whether the word in lower case is a French word or a usual English one."""
    lexicon = Lexicon.load()
    low = word.lower()
    return bool(lexicon.readings(low)) and lexicon.zipf(low) >= 2.5
