"""What a rule is: a module that exports ``RULE`` and ``detect``, and maybe ``propose``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from types import ModuleType

from mtrepair.core import Finding, Proposal, RuleError, Severity
from mtrepair.languages import Language
from mtrepair.rules.learned.marks import Detector
from mtrepair.rules.passage import Passage


class Priority(IntEnum):
    """Who speaks where two findings stand on the same words; the higher one does."""

    TYPOGRAPHY = 1
    LEARNED = 2
    CALQUE = 3
    AGREEMENT = 4
    WORD = 5
    NAME = 6
    REPETITION = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInfo:
    """What the user can know about a rule without running it.

    Attributes:
        name: kebab-case, says the bad pattern, reads well after "allow".
        group: ``repetition``, ``typography``, ``words``, ``names``, …; selects the whole group.
        severity: of its findings, unless a finding says otherwise.
        summary: one line: what the user sees.
        priority: who speaks where findings stand on the same words.
        scope: ``segment`` (looks at one segment) or ``document`` (compares segments).
        reach: ``sentence`` if all that the rule says of a sentence of a segment, it says of that
            sentence alone too, ``segment`` if it needs the others; the gate tries an edit out on as
            much as that.
        needs: any of ``source``, ``lexicon``, ``model``.
        status: ``stable``, or ``preview`` (off unless ``--sensitive`` or selected by name).
        threshold: findings below this confidence are shown only with ``--sensitive``; the module
            says beside it which measurement chose it.
    """

    name: str
    group: str
    severity: Severity
    summary: str
    priority: Priority
    scope: str = "segment"
    reach: str = "segment"
    needs: frozenset[str] = frozenset()
    status: str = "stable"
    threshold: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a rule may look at besides its passage.

    Attributes:
        language: the language pack.
        passages: all passages of the document, in order.
        names: names that the user protects (a name list or glossary).
        thresholds: the confidence from which a finding is shown, by rule.
        detector: a classifier of tokens for the rules that need ``model``, or None.
        cache: what a rule has computed once for the document; keys start with the rule's name.
    """

    language: Language
    passages: Sequence[Passage]
    names: frozenset[str] = frozenset()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    detector: Detector | None = None
    cache: dict[str, object] = field(default_factory=dict)


Detect = Callable[[Passage, Context], Iterable[Finding]]
DetectDocument = Callable[[Sequence[Passage], Context], Iterable[Finding]]
Propose = Callable[[Finding, Passage, Context], Iterable[Proposal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A loaded rule: what is known about it and what it does.

    Exactly one of ``detect`` and ``detect_document`` is there, as ``info.scope`` says.
    """

    info: RuleInfo
    docs: str
    detect: Detect | None = None
    detect_document: DetectDocument | None = None
    propose: Propose | None = None

    @property
    def name(self) -> str:
        """The rule's kebab-case name."""
        return self.info.name

    @classmethod
    def from_module(cls, module: ModuleType) -> Rule:
        """The rule that ``module`` exports.

        Raises:
            RuleError: if the module lacks ``RULE``, its detector or its documentation.
        """
        info = getattr(module, "RULE", None)
        if not isinstance(info, RuleInfo):
            raise RuleError(f"{module.__name__} exports no RULE")
        wanted = "detect" if info.scope == "segment" else "detect_document"
        detector = getattr(module, wanted, None)
        if detector is None or not module.__doc__:
            raise RuleError(f"rule {info.name}: {module.__name__} lacks {wanted} or its docstring")
        return cls(
            info=info,
            docs=module.__doc__.strip(),
            detect=detector if info.scope == "segment" else None,
            detect_document=detector if info.scope == "document" else None,
            propose=getattr(module, "propose", None),
        )
