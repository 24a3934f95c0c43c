"""The rules, one file each, and the lists that say which there are."""

from mtrepair.rules.passage import Passage
from mtrepair.rules.registry import all_rules, groups, known_rules, select
from mtrepair.rules.rule import Context, Priority, Rule, RuleInfo

__all__ = [
    "Context",
    "Passage",
    "Priority",
    "Rule",
    "RuleInfo",
    "all_rules",
    "groups",
    "known_rules",
    "select",
]
