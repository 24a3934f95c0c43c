"""French as France, Canada and Switzerland set it, where the user says which."""

from __future__ import annotations

import pytest

from mtrepair import api
from mtrepair.core import ConfigError

# Guillemets, a colon, high marks: each without its space.
TEXT = "Il a dit: «Venez donc»! Que voulez-vous? Il reste 40% du budget. Vraiment; oui."
OPTIONS = {"select": ["missing-nbsp"], "apply": "safe"}


@pytest.mark.parametrize(
    ("lang", "fixed"),
    [
        (
            "fr-FR",
            "Il a dit\u00a0: «\u00a0Venez donc\u00a0»\u202f! Que voulez-vous\u202f?"
            " Il reste 40\u00a0% du budget. Vraiment\u202f; oui.",
        ),
        (
            "fr-CA",
            "Il a dit\u00a0: «\u00a0Venez donc\u00a0»! Que voulez-vous?"
            " Il reste 40\u00a0% du budget. Vraiment; oui.",
        ),
        (
            "fr-CH",
            "Il a dit\u202f: «Venez donc»\u202f! Que voulez-vous\u202f?"
            " Il reste 40\u00a0% du budget. Vraiment\u202f; oui.",
        ),
    ],
)
def test_regions(lang: str, fixed: str) -> None:
    # Four times over, the document has a habit of its own; the country that was named outweighs it.
    text = "\n".join([TEXT, "Et toi? Et moi? Et eux? Et nous?"])
    result = api.fix(text, lang, **OPTIONS)  # type: ignore[arg-type]
    assert result.text.splitlines()[0] == fixed
    assert api.fix(result.text, lang, **OPTIONS).text == result.text  # type: ignore[arg-type]


def test_unknown_region() -> None:
    with pytest.raises(ConfigError, match="no language pack for 'fr-BE'"):
        api.check("Oui.", "fr-BE")
