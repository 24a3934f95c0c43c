"""The names of a source sentence, and what became of them in its translation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from mtrepair.align import GOOD, quality, source_sentences
from mtrepair.core import Span
from mtrepair.languages import Token
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.names import Names, plain
from mtrepair.rules.aligned import aligned
from mtrepair.rules.names import gap
from mtrepair.rules.names.remains import is_noun
from mtrepair.rules.names.restoring import DETERMINERS
from mtrepair.rules.passage import Passage

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*\.?|[^\w\s]")
_INITIAL = re.compile(r"[A-Z]\.|Jr\.?|Sr\.?|I{1,3}|IV")

# Words that stand before a name and are rightly translated or dropped.
_TITLES = frozenset(
    """mr mrs ms miss dr prof professor president vice prime minister chancellor king queen prince
    princess emperor empress duke duchess lord lady sir pope saint st captain general colonel
    major admiral sergeant lieutenant senator governor hurricane sen rep gov det capt col lt sgt
    maj cmdr adm hon justice mayor judge justice secretary ambassador reverend lawyer attorney
    bishop archbishop
    cardinal father mother brother sister uncle aunt coach director chairman chairwoman chief
    ceo doctor inspector detective officer sheriff deputy representative congressman
    congresswoman king's queen's mister madam minister""".split()
)
# Capitalised in English, common words in French.
_LOWERED = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december i christian christians muslim muslims
    jewish jews jew catholic catholics protestant protestants buddhist buddhists hindu hindus
    islamic democrat democrats democratic republican republicans conservative conservatives
    labour liberal liberals socialist communist internet web earth moon sun god bible congress
    parliament senate house court state states government army navy police street road avenue
    university college school hospital church north south east west northern southern eastern
    western english french german spanish italian dutch irish scottish welsh british american
    canadian chinese japanese korean russian indian african asian european arab arabic latin
    greek turkish polish swedish danish norwegian finnish swiss austrian belgian portuguese
    brazilian mexican cuban israeli iranian iraqi egyptian afghan pakistani ukrainian czech
    hungarian romanian""".split()
)
_SHORT = frozenset(
    """mr mrs ms dr st prof gen col sen rep gov inc ltd co corp jr sr lt sgt capt det hon adm u.s
    u.k""".split()
)
_FUNCTION = frozenset(
    """a about after all although an and any as at because before both but by during each even
    every few for from had has have he her here his how i if in into is it its last like many
    more most my no not now of on once one only or other our out over several she since so some
    such than that the their them then there these they this those though through to today two
    under until up was we were what when where whether which while who why with without
    yesterday yet you your""".split()
)
_DETERMINERS = frozenset("the a an this his her its their our my".split())
_CONTRACTION = re.compile(r"['’](?:ve|m|ll|re|d|t)$", re.I)
_NATION = re.compile(r"(?:ian|ians|ean|eans|ish|ese|ons|ans|ic|ers?|ists?)$")
_INSTITUTIONS = frozenset(
    """republican republicans democrat democrats democratic senate congress parliament senator
    president university championship championships league cup olympic olympics games
    police airlines association magistrates district county committee council department ministry
    party""".split()
)
# Heads that are also borne by people ("Harrison Fields", "Robert House").
_SURNAME_HEADS = frozenset(
    """banks bridges castle church court field fields forest hall hill hills house lake park parks
    pool prize river stone tower towers waters west wood woods gates""".split()
)
# What follows a place or an inventor, not a given name.
_HEADS = frozenset(
    """academy airport arena avenue bank banks beach bridge castle church city college county cup
    festival hospital hotel island islands mountain museum palace prison stadium station theatre
    court field fields forest garden gardens gate hall hill hills house lake law park parks
    place pool prize river road school square state stone street tower towers union valley
    village wall waters west wood woods""".split()
)
BORNE = 1e-5
"""The share of people from which a word that is more a surname than a given name is taken for one
before a common surname (Taylor, Alexander)."""

_INNER = re.compile(r"[a-z][A-Z]")
_LINKS = frozenset("""de da di del della van von der den la le bin ibn al el ben and of""".split())


@dataclass(frozen=True, slots=True)
class SourceName:
    """A name in the source: its words, titles left out, and whether a person's.

    ``place``: it may as well be a street or a park ("Lena Street").
    """

    words: tuple[str, ...]
    person: bool
    place: bool = False

    @property
    def text(self) -> str:
        """The name as the source writes it."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Loss:
    """A name of the source that its translation lacks.

    Attributes:
        name: as the translation should have it.
        span: the remains, or None if there are none to be found.
        confidence: 0 to 1.
        sure: whether the remains are so clear that the name may be put back without asking.
    """

    name: str
    span: Span | None
    confidence: float
    sure: bool


def losses(passage: Passage) -> list[Loss]:
    """The names of the passage's source that the passage lacks, each with its remains."""
    if not passage.source:
        return []
    found: list[Loss] = []
    for english, span in _pairs(passage.source, passage):
        tokens = [t for t in passage.tokens if span.start <= t.start and t.end <= span.end]
        found += _losses(english, passage, tokens)
    return found


def _pairs(source: str, passage: Passage) -> list[tuple[str, Span]]:
    """The aligned sentences within a passage."""
    left, spans = source_sentences(source), passage.sentences
    if len(left) <= 1 or len(spans) <= 1:
        # where a segment is all that is known, its source still has to be one
        good = len(passage.words) < 6 or quality(source, passage.text) >= GOOD / 2
        return [(source, Span(0, len(passage.text)))] if good else []
    pairs: list[tuple[str, Span]] = []
    for bead in aligned(passage)[1]:
        if bead.left and bead.right and bead.quality >= GOOD / 2:
            span = Span(spans[bead.right[0]].start, spans[bead.right[-1]].end)
            pairs.append((" ".join(left[i] for i in bead.left), span))
    return pairs


@lru_cache(maxsize=4096)
def source_names(sentence: str) -> tuple[SourceName, ...]:
    """The names in an English sentence, in order.

    >>> [name.text for name in source_names("Yesterday, Mr. Stephen King met Oprah Winfrey.")]
    ['Stephen King', 'Oprah Winfrey']
    """
    tokens = _TOKEN.findall(sentence)
    words = [t for t in tokens if t[0].isalpha()]
    names, found, run = Names.load(), list[SourceName](), list[str]()
    capitals = [w for w in words if w[0].isupper()]
    if len(words) < 8:  # "I saw Ana Laura Deal there."
        capitals = [w for w in capitals if w != "I" and not names.christened(w)]
    if len(words) > 5 and len(capitals) > 0.6 * len(words):
        return ()  # a headline in title case: capitals say nothing
    start = opening = True
    determined = titled = False
    for i, token in enumerate([*tokens, ""]):
        capital = token[:1].isupper() and token != "I"
        word = re.sub(r"['’]s?$", "", token) if token else ""
        low = word.lower().rstrip(".")
        if run and not capital and low in _LINKS - {"and", "of"} and i + 1 < len(tokens):
            follows = tokens[i + 1][:1].isupper()
            if follows and names.given(run[0]):
                run.append(word)
                continue
        if capital and not run and (low in _TITLES):
            titled, start = True, False
            continue
        if capital and not run and start and _usual(low) and not names.given(word):
            start = False
            determined = low in _DETERMINERS
            continue
        stop = token.endswith(".") and len(low) > 1 and low not in _SHORT
        follows = tokens[i + 1] if i + 1 < len(tokens) else ""
        borne = names.christened(word) and follows[:1].isupper() and (
            names.surname(follows) == 2 or not _usual(follows.lower())
        )  # fmt: skip
        borne = borne or (not run and _opens_city(tokens[i : i + 4]))
        if capital and (low not in _LOWERED or borne or (run and names.given(run[0]))):
            opening = start if not run else opening
            run.append(word if _INITIAL.fullmatch(word) else word.rstrip("."))
            if token == word and not stop:
                start = False
                continue
        if run:
            name = _kept(run, first=opening, determined=determined, titled=titled)
            if name is not None:
                found.append(name)
            run = []
        titled = False
        determined = low in _DETERMINERS
        start = (
            stop or token in ('"', "“", ":", ".", "!", "?") or (start and not token[:1].isalnum())
        )
    return tuple(found)


def _kept(run: Sequence[str], *, first: bool, determined: bool, titled: bool) -> SourceName | None:
    """The run as a name that a translator keeps, or None."""
    names = Names.load()
    words = [w for w in run if w]
    for place in range(len(words) - 1, -1, -1):
        if words[place].lower().rstrip(".") in _TITLES and place + 1 < len(words):
            words, titled = words[place + 1 :], True  # "Arizona Sen. Jeff Flake"
            break
    while len(words) > 1 and words[0].lower() in _FUNCTION:
        words = words[1:]  # "In Welsh": a sentence or a quotation starts here
    while len(words) > 2 and words[-1].isupper() and len(words[-1]) > 1:
        words = words[:-1]  # "Jeane Freeman MSP"
    given_twice = len(words) == 3 and all(names.christened(w) for w in words[:2])
    if (
        len(words) > 2
        and not given_twice
        and any(_usual(w.lower()) and names.surname(w) != 2 for w in words[2:])
    ):
        return None  # the title of a work
    for place in range(1, len(words) - 1):  # "Spaniard Sergio Garcia", "the Councilor Ali West"
        before = words[:place]
        if names.christened(words[place]) and all(map(_is_role, before)):
            words, determined, titled = words[place:], False, True
            break
    if any(_CONTRACTION.search(w) for w in words):
        return None
    if len(words) > 1 and _keeps_its_name(" ".join(words)):
        return SourceName(tuple(words), person=False)
    borne = words[-1].lower() in _SURNAME_HEADS and names.given(words[0])
    heads = {words[-1].lower()}
    if names.surname(words[-1]) < 2:
        heads.add(words[-1].lower().rstrip("s"))
    place = len(words) > 1 and not heads.isdisjoint(_HEADS) and not borne
    if place and (len(words) > 2 or determined or not names.christened(words[0])):
        return None
    if any(w.lower() in _INSTITUTIONS for w in words):
        return None
    known = names.christened(words[0]) or (
        names.shares(words[0]).us_given >= BORNE and names.surname(words[-1]) == 2
    )
    if len(words) > 1 and _usual(words[0].lower()) and not known:
        return None
    if len(words) > 1 and (words[-1].isupper() or len(words[-1]) < 2):
        return None  # "Tory MP", "Mercedes C"
    middle = [w for w in words[1:-1] if w.lower() not in _LINKS and not names.given(w)]
    if any(_usual(w.lower()) for w in middle):
        return None  # "Marine Base Quantico"
    person = (
        len(words) >= 2
        and names.given(words[0])
        and (
            words[0].lower() not in _LOWERED
            or names.surname(words[-1]) == 2
            or not _usual(words[-1].lower())
        )
        and not determined
        and len(words) <= 4
    ) or (
        # nobody's list has all given names of the world
        len(words) == 2
        and not determined
        and not _usual(words[0].lower())
        and not words[0].isupper()
        and words[0] not in names.exonyms
        and names.surname(words[1]) == 2
        and words[1].lower() not in _HEADS
    )
    if person:
        return SourceName(tuple(words), person=True, place=place)
    if place:
        return None
    if len(words) == 1:
        word = words[0]
        if len(word) < 3 or word.isupper() or word.lower().rstrip("s") in _LOWERED:
            return None
        usual = _usual(word.lower()) or Lexicon.load().english_zipf(word.lower()) >= 3.7
        if re.fullmatch(r"[A-Z]+s", word) or "-" in word or _NATION.search(word):
            return None
        if first and not any(c.isupper() for c in word[1:]):
            return SourceName((word,), person=True) if titled and not usual else None
        known = any(c.isupper() for c in word[1:]) or not usual
        known = known or (titled and names.surname(word) == 2)
        if known and not determined:
            return SourceName((word,), person=titled)
        return None
    # of several words that nobody bears, only those that are no English words must be kept
    if all(
        not _usual(w.lower()) and not w.isupper() and len(w) > 2 and not _NATION.search(w)
        for w in words
    ):
        return None if determined else SourceName(tuple(words), person=False)
    return None


def _opens_city(tokens: Sequence[str]) -> bool:
    """Whether a point of the compass begins the name of a city: "North Charleston"."""
    if not tokens or tokens[0].lower() not in ("north", "south", "east", "west"):
        return False
    words = [token.rstrip(".") for token in tokens]
    return any(_keeps_its_name(" ".join(words[:size])) for size in range(2, len(words) + 1))


def _keeps_its_name(place: str) -> bool:
    """Whether it is a city of several words that French has no other name for: "Little Rock"."""
    return "c" in Names.load().flags(place) and place not in Names.load().exonyms


def _is_role(word: str) -> bool:
    """Whether a capitalised word is nobody's given name but says what somebody is."""
    return not Names.load().christened(word) and (
        any(_usual(part) for part in word.lower().split("-"))
        or bool(_NATION.search(word))
        or word.lower() in _TITLES
    )


@lru_cache(maxsize=8192)
def _usual(word: str) -> bool:
    """Whether an English word in lower case is one that gets translated."""
    return bool(Dictionary.load().french(word))


def _losses(sentence: str, passage: Passage, tokens: Sequence[Token]) -> list[Loss]:
    names = source_names(sentence)
    if not names:
        return []
    words = [t for t in tokens if t.kind == "word"]
    text = passage.text[tokens[0].start : tokens[-1].end] if tokens else ""
    flat = {plain(part) for t in words if t.text[0].isupper() for part in _parts(t.text)}
    other = _other_words(sentence, names)
    found: list[Loss] = []
    surnames = {name.words[-1] for name in names if len(name.words) > 1}
    seen: set[str] = set()
    for name in names:
        if name.text in seen:
            continue
        seen.add(name.text)
        if len(name.words) == 1 and not name.person and name.text in surnames:
            name = SourceName(name.words, person=True)
        missing = [w for w in name.words if not _there(w, name, flat, text, words)]
        missing = [w for w in missing if not _INITIAL.fullmatch(w) and w.lower() not in _LINKS]
        if name.place and not _takes_the_place(name, words, sentence):
            continue
        if missing and (
            _called_otherwise(name, passage.text) or _spelt_otherwise(name, missing, words)
        ):
            continue
        if not missing:
            loss = _torn(name, passage, words, sentence) if name.person else None
        else:
            loss = _role_inside(name, missing, passage, words, other)
            loss = loss or _remains(name, missing, passage, words, other, sentence)
            if loss is not None and loss.span is None:
                loss = _in_gap(name, missing, passage, words, sentence) or loss
        if loss is not None:
            found.append(loss)
    return found


def _called_otherwise(name: SourceName, text: str) -> bool:
    """Whether a full name stands there and only what came before it does not.

    "Tory Brexiteer Andrea Jenkyns" is one name to nobody.
    """
    words, names = name.words, Names.load()
    return any(
        names.christened(words[i]) and " ".join(words[i:]) in text for i in range(1, len(words) - 1)
    )


def _spelt_otherwise(name: SourceName, missing: Sequence[str], words: Sequence[Token]) -> bool:
    """Whether a given name stands before its surname in another spelling: Lukas, Lucas."""
    if list(missing) != [name.words[0]] or len(name.words) < 2:
        return False
    given = _spelling(missing[0])
    return any(
        after.text == name.words[1] and before.text[0].isupper() and _spelling(before.text) == given
        for before, after in pairwise(words)
    )


def _spelling(given: str) -> str:
    """A given name without what its spelling varies in: Viktor, Guenther, Maxim and Maxime."""
    found = plain(given).rstrip("e")
    for old, new in (("ue", "u"), ("oe", "o"), ("ae", "a"), ("k", "c"), ("ph", "f"), ("y", "i")):
        found = found.replace(old, new)
    return found


def _takes_the_place(name: SourceName, words: Sequence[Token], sentence: str) -> bool:
    """Whether something of no street stands after the given name: "Lena Rue", "Lena la rue"."""
    for i, token in enumerate(words[:-1]):
        after = words[i + 1]
        if token.text != name.words[0]:
            continue
        if after.text in ("la", "le", "l'", "l’") and i + 2 < len(words):
            if _is_remain(words[i + 2], name.words[-1]):
                return True
        elif after.text[0].isupper() and after.text not in sentence:
            return True
    return False


def _parts(word: str) -> list[str]:
    return [word, *re.split(r"[-‑]", word)] if "-" in word else [word]


def _there(word: str, name: SourceName, flat: set[str], text: str, words: Sequence[Token]) -> bool:
    """Whether a word of a name stands in the translation, in its own or a French form."""
    flatter = plain(word)
    if flatter in plain(text) and ("'" in flatter or "’" in word):
        return True  # O'Donnell, which French tokens cut
    if flatter in flat or all(plain(p) in flat for p in word.split("-")):
        return True
    exonyms = Names.load().exonyms
    # Jordan is Jordanie, but Michael Jordan is not
    whole = name.person and len(name.words) > 1
    for form in (*(() if whole else exonyms.get(word, ())), *exonyms.get(name.text, ())):
        if plain(form) in plain(text):
            return True
    if (
        word[1:2].islower()
        and any(t.text == word.lower() for t in words)
        and not _usual(word.lower())
    ):
        return False
    if (
        not whole
        and "c" in Names.load().flags(word)
        and any(_cognate(flatter, other) for other in flat)
    ):
        return True  # a city: Bremen, Brême
    # "Putin" may become "Poutine"; "Castle" has no business to become "Castell"
    english = Names.load().surname(word) == 2 or _usual(word.lower())
    return not english and any(_variant(flatter, other) for other in flat)


def _variant(a: str, b: str) -> bool:
    """Whether two plain spellings are transliterations of one name (Putin, Poutine)."""
    if abs(len(a) - len(b)) > 3 or min(len(a), len(b)) < 4:
        return False
    a, b = _sound(a), _sound(b)
    return a == b or (
        a[:1] == b[:1] and SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.84
    )


def _cognate(a: str, b: str) -> bool:
    """Whether two plain spellings of a place begin alike and have most letters in common."""
    return a[:2] == b[:2] and SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.7


_SOUNDS = (
    ("tch", "c"),
    ("sch", "s"),
    ("ch", "c"),
    ("sh", "c"),
    ("kh", "k"),
    ("ou", "u"),
    ("dj", "j"),
    ("ph", "f"),
    ("th", "t"),
    ("w", "v"),
    ("y", "i"),
    ("q", "k"),
    ("ck", "k"),
    ("x", "ks"),
)


def _sound(word: str) -> str:
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    return re.sub(r"(.)\1", r"\1", word.rstrip("e"))


def _other_words(sentence: str, names: Sequence[SourceName]) -> set[str]:
    """French stems that words of the sentence outside its names account for."""
    parts = {w for name in names for w in name.words}
    dictionary = Dictionary.load()
    found: set[str] = set()
    for token in _TOKEN.findall(sentence):
        word = re.sub(r"['’]s?$", "", token).rstrip(".")
        if word in parts or not word[:1].isalpha():
            continue
        found |= {_root(french) for french, p in dictionary.french(word) if p > 0.03}
    return found


def _root(word: str) -> str:
    """A lemma of the word, without accents."""
    readings = Lexicon.load().readings(word.lower())
    return plain(readings[0].lemma) if readings else plain(word)


@lru_cache(maxsize=4096)
def _translations(word: str) -> frozenset[str]:
    """Roots that an English word may have left in French."""
    dictionary = Dictionary.load()
    roots = {_root(french) for french, _ in dictionary.french(word)}
    if word.lower().endswith("s"):
        roots |= {_root(french) for french, _ in dictionary.french(word[:-1])}
    return frozenset(roots)


def _is_remain(token: Token, word: str) -> bool:
    """Whether a French token translates the word of a name."""
    low = token.low
    if low in DETERMINERS:
        return False
    if plain(low) == plain(word) and not token.text[0].isupper():
        return True  # only its capital was lost
    roots = _translations(word)
    if _root(low) in roots or plain(low) in roots:
        return True
    return any(english == word.lower() for english, p in Dictionary.load().english(low))


def _remains(
    name: SourceName,
    missing: Sequence[str],
    passage: Passage,
    words: Sequence[Token],
    other: set[str],
    sentence: str,
) -> Loss | None:
    """Where the remains of a name are, beside the words of it that survived."""
    missing_flat = {plain(w) for w in missing}
    anchors = {
        i for i, t in enumerate(words)
        if t.text[0].isupper()
        and any(plain(t.text) == plain(w) for w in name.words if plain(w) not in missing_flat)
    }  # fmt: skip
    left: list[tuple[int, str]] = []
    for i, token in enumerate(words):
        if i in anchors:
            continue
        left += [(i, word) for word in missing if _is_remain(token, word)]
    left += _strangers(name, missing, anchors, {i for i, _ in left}, passage, words, sentence)
    if not left and not anchors:
        sure = name.person and len(name.words) > 1
        return Loss(name.text, None, 0.6 if sure else 0.4, False)
    if anchors:
        return _beside(name, missing, anchors, left, passage, words)
    if len(missing) == 1:
        free = [i for i, word in left if _root(words[i].text) not in other]
        usable = free if len(left) == len(free) else []
        if len(usable) == 1 and (name.person or len(name.words) == 1):
            i = usable[0]
            span = _with_determiner(passage, words, i, i)
            if plain(words[i].text) == plain(missing[0]) and not _INNER.search(missing[0]):
                return None  # peoples and languages have no capital in French
            sure = name.person or words[i].text[0].isupper()
            return Loss(name.text, span, 0.85 if sure else 0.6, sure)
        return Loss(name.text, None, 0.4, False)
    # no word of it survived: the remains of all must stand together
    for i, first in left:
        for j, second in left:
            named = name.person or words[i].text[0].isupper() or words[j].text[0].isupper()
            if first != second and abs(i - j) <= 2 and i < j and named:
                span = _with_determiner(passage, words, i, j)
                return Loss(name.text, span, 0.85, len(missing) == len(name.words) == 2)
    return Loss(name.text, None, 0.45, False)


def _torn(name: SourceName, passage: Passage, words: Sequence[Token], sentence: str) -> Loss | None:
    """All words of a name are there, but apart or in another order: "Phillips de Gilbert"."""
    if len(name.words) != 2 or name.text in passage.text:
        return None
    one, two = map(plain, name.words)
    first = [i for i, t in enumerate(words) if t.text[0].isupper() and plain(t.text) == one]
    second = [i for i, t in enumerate(words) if t.text[0].isupper() and plain(t.text) == two]
    if len(first) != 1 or len(second) != 1:
        return None
    low, high = sorted((first[0], second[0]))
    between = passage.text[words[low].end : words[high].start]
    if high - low > 3 or _MARKS.search(between):
        return None
    inner = [t.text for t in words[low + 1 : high]]
    span = Span(words[low].start, words[high].end)
    if second[0] < first[0]:  # the surname first is right in Hungary and China, "de" is nowhere
        if inner and all(word in _OF for word in inner):
            return Loss(name.text, span, 0.95, True)
        return None
    if len(inner) == 1 and inner[0] in _SLIPPED_IN:
        return Loss(name.text, span, 0.95, True)
    if len(inner) == 2 and inner[0] in _OF:
        inner = inner[1:]  # "Sony de modèle Ericsson"
    word = inner[0] if len(inner) == 1 else ""
    if not word or _small(word) or word in sentence.split():
        return None
    if word[0].isupper() or _is_word(word):
        return Loss(f"{word} {name.text}", span, 0.9, True)
    return None


def _role_inside(
    name: SourceName,
    missing: Sequence[str],
    passage: Passage,
    words: Sequence[Token],
    other: set[str],
) -> Loss | None:
    """Le Tchad de rappeur Johnson: "rapper Chad Johnson", read as a compound."""
    if not name.person or len(name.words) != 2 or list(missing) != [name.words[0]]:
        return None
    for i in range(3, len(words)):
        stranger, link, role, last = words[i - 3 : i + 1]
        if last.text != name.words[1] or link.text not in ("de", "d'", "d’"):
            continue
        if not role.text.islower() or not is_noun(role.text) or _root(role.text) not in other:
            continue
        if not stranger.text[0].isupper() or _crosses_mark(passage, stranger.start, last.end):
            continue
        start, new = stranger.start, f"{role.text} {name.text}"
        if i > 3:
            fitting = _for_role(words[i - 4].text, role.text)
            if fitting is not None:
                start, new = words[i - 4].start, f"{fitting}{new}"
        return Loss(new, Span(start, last.end), 0.9, True)
    return None


_BY_GENDER = {
    "le": ("le ", "la ", "l'"), "du": ("du ", "de la ", "de l'"), "au": ("au ", "à la ", "à l'"),
    "son": ("son ", "sa ", "son "), "un": ("un ", "une ", ""), "ce": ("ce ", "cette ", "cet "),
}  # fmt: skip
_KIND = {"la": "le", "l'": "le", "l’": "le", "sa": "son", "une": "un", "cette": "ce", "cet": "ce"}


def _for_role(determiner: str, role: str) -> str | None:
    """The determiner in the form that the noun wants; None if it is no determiner.

    >>> _for_role("Sa", "ami"), _for_role("la", "comédien")
    ('Son ', 'le ')
    """
    low = determiner.lower()
    forms = _BY_GENDER.get(_KIND.get(low, low))
    if forms is None:
        return None
    features = {f for r in Lexicon.load().readings(role) if r.category == "N" for f in r.features}
    found = forms[1] if "ms" not in features else forms[0]
    if plain(role)[0] in "aeiou" and forms[2]:
        found = forms[2]
    return found.capitalize() if determiner[0].isupper() else found


_OF = frozenset(["de", "du", "d'", "d’", "la", "l'", "l’"])
_MARKS = re.compile(r"[,;:()«»]")
_SLIPPED_IN = frozenset(["le", "la", "l'", "l’", "les", "à"])  # "Halle la Berry"
_INNER_WORDS = frozenset({"N", "A", "V"})


def _is_word(word: str) -> bool:
    """Whether it is a noun, adjective or verb, which has no place inside a name."""
    categories = {reading.category for reading in Lexicon.load().readings(word)}
    return bool(categories) and categories <= _INNER_WORDS


def _in_gap(
    name: SourceName,
    missing: Sequence[str],
    passage: Passage,
    words: Sequence[Token],
    sentence: str,
) -> Loss | None:
    """The words that stand in the name's place, by what stands around it."""
    missing_flat = {plain(w) for w in missing}
    kept = {plain(w) for w in name.words} - missing_flat
    anchors = {i for i, t in enumerate(words) if t.text[0].isupper() and plain(t.text) in kept}
    remains = {i for i, t in enumerate(words) if any(_is_remain(t, w) for w in missing)} - anchors
    place = gap.find(
        sentence, name.words, passage.text, words, anchors=anchors, remains=remains, small=_small
    )
    if place is None:
        return None
    inside = set(range(place.low, place.high + 1))
    # what replaces the name must be more than a place: a part of it, a translation, a capital
    clear = inside & anchors or (
        inside & remains and any(words[i].text[0].isupper() for i in inside - {0})
    )
    clear = clear or (name.person and _foreign(inside, words, sentence))
    if not clear or inside <= anchors:
        return None
    span = _with_determiner(passage, words, place.low, place.high)
    return Loss(name.text, span, 0.9 if name.person else 0.8, True)


def _foreign(inside: set[int], words: Sequence[Token], sentence: str) -> bool:
    """Whether there are as many capitalised strangers as a name has words: "Ventafocs Fons"."""
    whole = [words[i] for i in sorted(inside) if not _small(words[i].text)]
    lexicon = Lexicon.load()
    return (
        len(whole) > 1
        and all(t.text[0].isupper() and t.text not in sentence for t in whole)
        and sum(t.low not in lexicon for t in whole) >= 1
        and 0 not in inside
    )


_SMALL = frozenset((*DETERMINERS, "de", "d'", "d’", "en", "dans", "que", "qu'", "qu’", "est"))


def _small(word: str) -> bool:
    """Whether the word may stand inside a broken name; "Larry Au" is one itself."""
    return word.lower() in _SMALL and (word[0].islower() or word in ("Le", "La", "L'", "L’", "En"))


def _strangers(
    name: SourceName,
    missing: Sequence[str],
    anchors: set[int],
    known: set[int],
    passage: Passage,
    words: Sequence[Token],
    sentence: str,
) -> list[tuple[int, str]]:
    """Capitalised words beside what survived of a name that the source does not have.

    Not only translations: "Kate Molsa" for Kate Moss. The side on which the source has the missing
    word is looked at first.
    """
    if not anchors or any(abs(k - a) <= 2 for k in known for a in anchors):
        return []
    source = {plain(w) for w in re.findall(r"\w+", sentence)} | _exonyms_of(sentence)
    found: list[tuple[int, str]] = []
    for anchor in sorted(anchors):
        last = plain(words[anchor].text) == plain(name.words[-1])
        for step in (-1, 1) if last else (1, -1):
            i = anchor + step
            while 0 <= i < len(words) and _small(words[i].text) and abs(i - anchor) < 3:
                if words[i].low in ("dans", "en"):
                    break  # "Davis dans les États-Unis"
                i += step
            if not 0 <= i < len(words) or i in anchors:
                continue
            token = words[i]
            low, high = min(anchor, i), max(anchor, i)
            if _crosses_mark(passage, words[low].start, words[high].end):
                continue
            first = i == 0 or not passage.text[: token.start].strip()
            verbal = step < 0 and first
            noun = (
                step > 0
                and i == anchor + 2
                and words[anchor + 1].low in ("le", "la", "l'", "l’")
                and is_noun(token.text)
            )
            capital = token.text[0].isupper() and not verbal and not _small(token.text)
            if (capital or noun) and source.isdisjoint(map(plain, token.text.split("-"))):
                found.append((i, missing[0] if step < 0 else missing[-1]))
                break
        if found:
            break
    return found


@lru_cache(maxsize=256)
def _exonyms_of(sentence: str) -> frozenset[str]:
    """Words of the French forms of the places and people that an English sentence names."""
    words = re.findall(r"[\w'’-]+", sentence)
    exonyms = Names.load().exonyms
    spans = (" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words)))
    return frozenset(
        plain(part)
        for span in spans
        for form in exonyms.get(span, ())
        for part in re.findall(r"\w+", form)
    )


def _beside(
    name: SourceName,
    missing: Sequence[str],
    anchors: set[int],
    left: Sequence[tuple[int, str]],
    passage: Passage,
    words: Sequence[Token],
) -> Loss | None:
    """Takeshi le fils, le fils Takeshi, Larry Oiseau: one span with the surviving words."""
    best: tuple[int, int, int, bool] | None = None
    for anchor in sorted(anchors):
        near = [(abs(i - anchor), i) for i, _ in left if abs(i - anchor) <= 3 + len(name.words)]
        chosen = {anchor}
        for word in missing:
            places = [(abs(i - anchor), i) for i, w in left if w == word and abs(i - anchor) <= 5]
            if places:
                chosen.add(min(places)[1])
        chosen |= {a for a in anchors if abs(a - anchor) <= len(name.words)}
        if not near or len(chosen) < 2:
            continue
        low, high = min(chosen), max(chosen)
        inside = [
            words[k] for k in range(low, high + 1)
            if k not in chosen and words[k].low not in _SMALL
        ]  # fmt: skip
        score = high - low + 3 * len(inside)
        if best is None or score < best[0]:
            best = (score, low, high, not inside)
    if best is None:
        return Loss(name.text, None, 0.6, False)
    _, low, high, clean = best
    if not clean:
        return Loss(name.text, None, 0.6, False)
    crossed = _crosses_mark(passage, words[low].start, words[high].end)
    if crossed:
        return Loss(name.text, None, 0.5, False)
    span = _with_determiner(passage, words, low, high)
    sure = name.person or _keeps_its_name(name.text)
    return Loss(name.text, span, 0.95 if sure else 0.6, sure)


def _with_determiner(passage: Passage, words: Sequence[Token], low: int, high: int) -> Span:
    """The span of words ``low`` to ``high`` and of a determiner right before them."""
    start = words[low].start
    if (
        low
        and words[low - 1].low in DETERMINERS
        and not _crosses_mark(passage, words[low - 1].end, start)
    ):
        start = words[low - 1].start
    return Span(start, words[high].end)


def _crosses_mark(passage: Passage, start: int, end: int) -> bool:
    return bool(re.search(r"[,;:()«»]", passage.text[start:end]))
