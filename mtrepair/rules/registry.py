"""Which rules there are, and which of them a user wants."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module

from mtrepair.core import ConfigError
from mtrepair.rules.rule import Rule

GROUPS: tuple[str, ...] = (
    "repetition", "names", "words", "agreement", "grammar", "calques", "source",
    "typography", "learned",
)  # fmt: skip
"""The packages below ``mtrepair.rules``; each lists its modules in ``RULES``."""


@lru_cache(maxsize=1)
def all_rules() -> dict[str, Rule]:
    """Every rule by its name, in the order of the groups' lists."""
    found: dict[str, Rule] = {}
    for group in GROUPS:
        package = f"mtrepair.rules.{group}"
        for module in import_module(package).RULES:
            rule = Rule.from_module(import_module(f"{package}.{module}"))
            found[rule.name] = rule
    return found


def groups() -> dict[str, list[Rule]]:
    """The rules of each group."""
    result: dict[str, list[Rule]] = {}
    for rule in all_rules().values():
        result.setdefault(rule.info.group, []).append(rule)
    return result


def select(
    chosen: Sequence[str] = (), ignored: Sequence[str] = (), *, sensitive: bool = False
) -> list[Rule]:
    """The rules that ``--select``, ``--ignore`` and ``--sensitive`` ask for.

    Without a choice these are all stable rules, with ``sensitive`` the preview rules too. A rule
    chosen by its own name is used whatever its status. ``ignored`` is taken away last, except
    that a name outweighs its group.

    Raises:
        ConfigError: if a name is neither a rule nor a group, with the nearest name.
    """
    rules = all_rules()
    by_group = groups()
    for name in (*chosen, *ignored):
        if name not in rules and name not in by_group and name != "all":
            near = get_close_matches(name, [*rules, *by_group], n=1)
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

    return [rule for rule in rules.values() if wanted(rule)]
