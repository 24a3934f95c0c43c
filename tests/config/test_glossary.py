"""Glossaries of each kind say the same, and broken ones say where."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtrepair.config.glossary import Term, read_glossary
from mtrepair.core import ConfigError, InputError

TERMS = (Term("SoftBank", "SoftBank"), Term("supply chain", "chaîne d'approvisionnement"))

NEW_TBX = """<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en"><text><body>
<conceptEntry id="1"><langSec xml:lang="en"><termSec><term>SoftBank</term></termSec></langSec>
<langSec xml:lang="fr-FR"><termSec><term>SoftBank</term></termSec></langSec></conceptEntry>
<conceptEntry id="2"><langSec xml:lang="en"><termSec><term>supply chain</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>chaîne
d'approvisionnement</term></termSec></langSec>
<langSec xml:lang="de"><termSec><term>Lieferkette</term>
</termSec></langSec></conceptEntry></body></text></tbx>
"""
OLD_TBX = """<martif type="TBX"><text><body>
<termEntry><langSet xml:lang="en"><tig><term>SoftBank</term></tig></langSet>
<langSet xml:lang="fr"><tig><term>SoftBank</term></tig></langSet></termEntry>
<termEntry><langSet xml:lang="en"><tig><term>supply chain</term></tig></langSet>
<langSet xml:lang="fr"><tig><term>chaîne d'approvisionnement</term></tig></langSet></termEntry>
</body></text></martif>
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tsv", "SoftBank\tSoftBank\nsupply chain\tchaîne d'approvisionnement\n"),
        ("b.tsv", "# mine\nSoftBank\tSoftBank\tname\n\nsupply chain\tchaîne  d'approvisionnement"),
        ("c.csv", 'fr,en\nSoftBank,SoftBank\n"chaîne d\'approvisionnement",supply chain\n'),
        ("d.csv", "SoftBank,SoftBank\r\nsupply chain,chaîne d'approvisionnement\r\n"),
        ("e.tbx", NEW_TBX),
        ("f.tbx", OLD_TBX),
    ],
)
def test_terms(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    terms = read_glossary(str(path))
    assert terms == TERMS
    assert [term.is_name for term in terms] == [True, False]


BOMB = '<!DOCTYPE a [<!ENTITY a "b">]><a>&a;</a>'


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.tsv", "x\ty\nSoftBank\n", "{}:2: a term without its translation"),
        ("a.csv", "x,y\nSoftBank,\n", "{}:2: a term without its translation"),
        ("a.tbx", "<tbx>\n<a>", "{}:2: not XML (no element found)"),
        ("a.tbx", BOMB, "{}:1: declares the entity 'a'"),
    ],
)
def test_broken(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputError) as error:
        read_glossary(str(path))
    assert str(error.value) == message.format(path)


def test_other_suffix() -> None:
    with pytest.raises(ConfigError, match=r"a\.xls: a glossary must be one of \.tsv"):
        read_glossary("a.xls")
