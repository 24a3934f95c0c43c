"""Spanish, as far as words, marks and repetitions go: data, and the rules that it names."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from mtrepair.core import Span
from mtrepair.languages.base import Language, Repetition, read_doubling
from mtrepair.languages.sentences import sentences
from mtrepair.languages.store import Store
from mtrepair.languages.tokens import tokenizer

DATA = Path(__file__).parent / "data"
ABBREVIATIONS = frozenset(
    """a.c admón afmo ap aprox apdo arq art arts av avda c cap caps cf cía col coord d d.c dept
    depto dir dña dpto dr dra dres ed eds ee ee.uu ej entlo excma excmo fig figs gral hab hnos ibid
    ilma ilmo ing izq izqda j.c jr lic ldo ltda máx mín n nro ntra núm núms op p p.ej pág págs párr
    pdo pl pp prof profa pról ptas rep rev rte rvdo s s.a s.l sgto sig sigs sr sra sras sres srta ss
    sta sto tel teléf tfno trad ud uds uu v vd vds vid vol vols vs""".split()
)

# "depende de lo que lo que digan …", "difiere de la de la primera línea"
UNITS = ("a que", "de el", "de la", "de las", "de lo", "de los", "el que", "la que", "lo que")


class Spanish:
    """The Spanish language pack."""

    code = "es"
    region = ""
    rules = (
        "repetition.repetition_loop",
        "repetition.doubled_word",
        "repetition.doubled_phrase",
        "repetition.repeated_sentence",
        "plain.non_word",
        "plain.untranslated_word",
        "es.uncontracted_article",
        "es.doubled_determiner",
        "grammar.unbalanced_bracket",
        "typography.space_before_period",
        "typography.wrong_space",
        "es.spaced_mark",
        "es.unpaired_mark",
    )
    aligns = False
    letters = "abcdefghijklmnopqrstuvwxyzáéíóúüñ"
    # "O'Higgins" and "d'Artagnan" are one word each; Spanish elides nothing.
    tokens = staticmethod(tokenizer(r"(?:['’][^\W\d_]+)?", domains="es|mx|ar|cl|co|pe"))

    @cached_property
    def lexicon(self) -> Store:
        """Its words, mapped when first asked for."""
        return Store(DATA, "es")

    @cached_property
    def repetition(self) -> Repetition:
        """What Spanish says twice, and where a repetition can be cut."""
        return Repetition(
            doubling=read_doubling(DATA / "doubling.tsv"),
            letters="aeouy",
            links=frozenset(("y", "e", "o", "u", "ni")),
            also="y",
            pairing=frozenset("a con contra de en por sobre tras".split()),
            of_all=frozenset(("del", "al")),
            clitics=frozenset("es ha han le les me no nos os se son te".split()),
            infinitives=("ar", "er", "ir", "rse"),
            subjects=frozenset(("que", "quien", "él", "ella")),
            waiting=frozenset(
                """a al ante como con cual cuyo de del desde donde e el en entre hacia hasta la las
                le les lo los me mi mis ni nos o para pero por que quien se si sin sobre su sus te
                tu tus u un una unas unos y""".split()
            ),
            bound=frozenset("el los las un una unos unas de del al que cuyo su sus".split()),
            units=frozenset(tuple(unit.split()) for unit in UNITS),
            # The lexicon has no readings, so no word is sure to be the verb that is waited for.
            is_finite=lambda word: False,  # noqa: ARG005
        )

    def sentences(self, text: str) -> list[Span]:
        """The sentences of a segment, without the white space around them."""
        return sentences(text, ABBREVIATIONS)


LANGUAGE: Language = Spanish()
