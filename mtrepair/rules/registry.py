"""Which rules there are, and which of them a user wants."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module

from mtrepair.core import ConfigError
from mtrepair.languages import LANGUAGES, load
from mtrepair.rules.rule import Rule

GROUPS: tuple[str, ...] = (
    "repetition", "names", "words", "agreement", "grammar", "calques", "source",
    "typography", "learned",
)  # fmt: skip
"""The packages below ``mtrepair.rules``; each lists its modules in ``RULES``. What serves other
languages alone is in ``plain`` and in the folders named by a code; their packs list it."""


@lru_cache(maxsize=16)
def all_rules(lang: str = "fr", *, without: str = "") -> dict[str, Rule]:
    """Every rule of a language by its name, in the order of its list or of the groups' lists.

    Args:
        without: a group whose modules are not loaded.
    """
    found: dict[str, Rule] = {}
    for module in load(lang).rules or _listed():
        if without and module.startswith(f"{without}."):
            continue
        rule = Rule.from_module(import_module(f"mtrepair.rules.{module}"))
        found[rule.name] = rule
    return found


def _listed() -> list[str]:
    return [
        f"{group}.{module}"
        for group in GROUPS
        for module in import_module(f"mtrepair.rules.{group}").RULES
    ]


@lru_cache(maxsize=1)
def known_rules() -> dict[str, Rule]:
    """Every rule of any language by its name; where two languages have one of a name, the first's.

    For what asks if there is such a rule, and in which group it is.
    """
    found: dict[str, Rule] = {}
    for code in LANGUAGES:
        for rule in all_rules(code).values():
            found.setdefault(rule.name, rule)
    return found


def groups(lang: str = "fr") -> dict[str, list[Rule]]:
    """The rules of each group in a language."""
    result: dict[str, list[Rule]] = {}
    for rule in all_rules(lang).values():
        result.setdefault(rule.info.group, []).append(rule)
    return result


def select(
    chosen: Sequence[str] = (),
    ignored: Sequence[str] = (),
    *,
    sensitive: bool = False,
    lang: str = "fr",
    without: str = "",
) -> list[Rule]:
    """The rules that ``--select``, ``--ignore`` and ``--sensitive`` ask for.

    Without a choice these are all stable rules, with ``sensitive`` the preview rules too. A rule
    chosen by its own name is used whatever its status. ``ignored`` is taken away last, except
    that a name outweighs its group. A rule that the language does not have may be named; it is
    left out. The modules of a group that is named in ``without`` are not even loaded.

    Raises:
        ConfigError: if a name is neither a rule nor a group, with the nearest name.
    """
    known = known_rules() if chosen or ignored else {}
    by_group = {rule.info.group for rule in known.values()}
    for name in (*chosen, *ignored):
        if name not in known and name not in by_group and name != "all":
            from difflib import get_close_matches

            near = get_close_matches(name, [*known, *GROUPS], n=1)
            hint = f" (did you mean '{near[0]}'?)" if near else ""
            raise ConfigError(f"unknown rule or group '{name}'{hint}")

    def wanted(rule: Rule) -> bool:
        if rule.name in ignored:
            return False
        if rule.name in chosen:
            return True
        if rule.info.group in ignored or "all" in ignored:
            return False
        if chosen and rule.info.group not in chosen and "all" not in chosen:
            return False
        return sensitive or rule.info.status == "stable"

    return [rule for rule in all_rules(lang, without=without).values() if wanted(rule)]
