"""What a document does all the time: repeats a term, glues words, speaks in code.

The same word is a slip in one text and a term in another. Densities are counted without the word
in question, so that nothing is evidence for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log1p

from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context
from mtrepair.rules.words.english import GLUE, englishness, form

_SMALL = 60
"""Words added to the length of a document, so that one odd word in a short one weighs little."""
_CODE = frozenset("_/\\@=<>$&#*~^{}|[]`")

_FAR = 1.0
_SENTENCE, _STOPS = 8, frozenset('.!?…»"”')
_ARTICLE, _PROSE = 150, 0.85
_PAST = 0.012
"""Words of an article, the share of them in sentences, and that of verbs in the imperfect. Of 27
product descriptions of this length in mt/dev/wmt_qe_docs 3 have all, of 34 articles in
corpora/articles 30."""
_OF_SOFTWARE = frozenset(
    """fichier fichiers commande commandes paramètre paramètres fonction fonctions méthode méthodes
    module modules classe classes objet objets variable variables argument arguments chaîne chaînes
    valeur valeurs code navigateur serveur serveurs répertoire répertoires dossier paquet paquets
    bibliothèque bibliothèques API utilisateur utilisateurs version versions données script scripts
    option options syntaxe défaut exécution instance instances composant composants bouton menu
    clavier logiciel logiciels installation configuration Linux Debian Git Python PHP""".split()
)


@lru_cache(maxsize=1)
def _english_glue() -> frozenset[str]:
    """The grammar words that are ten times as frequent in English ("but" is a French word too)."""
    return frozenset(word for word in GLUE if form(word).surplus >= _FAR)


class Habits:
    """Counts over one document.

    Attributes:
        counts: how often each written form occurs.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.counts: Counter[str] = Counter()
        self._words = 0
        self._signs = 0
        for passage in passages:
            self.counts.update(token.text for token in passage.words)
            self._words += len(passage.words)
            self._signs += sum(sign in _CODE for sign in passage.text)
        self._prose = sum(
            len(passage.words)
            for passage in passages
            if len(passage.words) >= _SENTENCE and passage.text.rstrip()[-1:] in _STOPS
        )
        self._quotes = any("«" in passage.text or "“" in passage.text for passage in passages)
        self._past = sum(n for text, n in self.counts.items() if text.endswith(("ait", "aient")))
        self._glued: dict[str, int] = {}
        self._english: dict[str, int] = {}
        self._capital: dict[str, int] = {}
        for text, number in self.counts.items():
            if len(text) < 3:
                continue
            if text.islower() or "-" in text:
                if text.isascii() and englishness(text) > 0.8:
                    self._english[text] = number
            elif text.istitle():
                if text.isascii() and englishness(text.lower()) > 1.0:
                    self._capital[text] = number
            elif text[0].islower() and text.isalpha():  # "PowerPoint" is a name
                shape = form(text)
                if shape.pieces == 2 and shape.known == 2 and len(shape.last) > 3:
                    self._glued[text] = number
        self._grammar = {text: n for text, n in self.counts.items() if text in _english_glue()}
        self._all_grammar = sum(self._grammar.values())
        self._all_glued = sum(self._glued.values())
        self._all_english = sum(self._english.values())
        self._all_capital = sum(self._capital.values())

    @property
    def length(self) -> int:
        """Words of the document."""
        return self._words

    def glued(self, text: str) -> float:
        """How dense other glued words are: log(1 + number per 100 words)."""
        return self._density(self._all_glued - self._glued.get(text, 0))

    def english(self, text: str) -> float:
        """How dense other English words in lower case are: log(1 + number per 100 words)."""
        return self._density(self.foreign(text))

    def foreign(self, text: str) -> int:
        """How many other English words in lower case there are."""
        return self._all_english - self._english.get(text, 0)

    def grammar(self, text: str) -> int:
        """How many other grammar words there are that are far more frequent in English."""
        return self._all_grammar - self._grammar.get(text, 0)

    def capital(self, text: str) -> float:
        """How dense other English words with a capital are: log(1 + number per 100 words)."""
        return self._density(self._all_capital - self._capital.get(text, 0))

    def code(self) -> float:
        """How dense the signs of code are: log(1 + number per 100 words)."""
        return self._density(self._signs)

    def article(self) -> bool:
        """Whether it is a text of some length that is nearly all sentences and tells something.

        Articles quote people or speak of the past; descriptions of products do neither.
        """
        if self._words < _ARTICLE or self._prose < _PROSE * self._words:
            return False
        return self._quotes or self._past >= _PAST * self._words

    def technical(self) -> float:
        """The share of words that speak of software, where English words are terms."""
        return sum(self.counts[word] for word in _OF_SOFTWARE) / (self._words + _SMALL)

    def _density(self, number: int) -> float:
        return log1p(100 * number / (self._words + _SMALL))


def habits(context: Context) -> Habits:
    """The habits of the document, counted once."""
    found = context.cache.get("words")
    if not isinstance(found, Habits):
        found = Habits(context.passages)
        context.cache["words"] = found
    return found
