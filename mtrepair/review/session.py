"""The session: keys in, states and decisions out. It knows no terminal, no file and no clock.

A review goes in rounds, as ``fix`` does, because a repair can uncover what it overlapped. In a
round the hunks of all files stand in reading order, and each is decided or left; when none is open
the accepted ones are written into the texts in memory, what they uncovered makes the next round,
and when nothing is left the reviewer is asked once whether the files are to be written.

The engine tells the session what was found (:meth:`Review.found`) and then, passage by passage,
how it could be repaired (:meth:`Review.judged`); the terminal tells it the keys
(:meth:`Review.press`). All three answer with what has to be done outside: :class:`Record` to write
into the journal, :class:`Ask` for a text, :class:`NextRound` to look again, :class:`Finished`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from mtrepair.core import OBJECT, Applicability, Edit, Span, apply, compose, ordered
from mtrepair.readers.packed import PackedText
from mtrepair.review import words
from mtrepair.review.explain import reason
from mtrepair.review.hunks import Choice, Decided, Decision, Hunk, Key, Kind, State

MAX_ROUNDS = 10
"""As in :mod:`mtrepair.api`: what has not settled then is a bug of mtrepair's."""

Judge = Callable[[Hunk, Sequence[Edit]], Choice]
"""Judges edits of a hunk's text; they become a choice of origin ``you``."""


class Mode(Enum):
    """What the next key means."""

    HUNK = "hunk"
    GOTO = "goto"
    SEARCH = "search"
    HELP = "help"
    LOOKING = "looking"  # the next round, or the first findings, are being computed
    END = "end"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Record:
    """A line for the journal; it must be on the disk before the screen shows the decision."""

    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """The reviewer wants to write the sentence; answer with :meth:`Review.written`."""

    key: Key
    text: str
    editor: bool


@dataclass(frozen=True, slots=True)
class NextRound:
    """These texts must be looked at (again): (file, text, what was decided about it).

    The answers carry the ticket; those to an older one are passed over.
    """

    ticket: int
    texts: tuple[tuple[int, str, tuple[Decided, ...]], ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """The review is over; ``write`` says whether the files are to be written."""

    write: bool


Effect = Record | Ask | NextRound | Finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """A finding that the configuration shall silence from now on."""

    file: int
    rule: str
    text: str


@dataclass(slots=True)
class _Round:
    """The hunks of one round and what was decided about them."""

    number: int
    texts: dict[int, str]
    ticket: int = 1
    hunks: dict[Key, Hunk] = field(default_factory=dict)
    order: list[Key] = field(default_factory=list)
    passages: dict[tuple[int, int], list[Key]] = field(default_factory=dict)
    decisions: dict[Key, Decision] = field(default_factory=dict)
    missing: set[int] = field(default_factory=set)  # files whose findings are not known yet
    looking: set[int] = field(default_factory=set)  # files whose repairs are not all known yet
    carried: dict[int, tuple[Decided, ...]] = field(default_factory=dict)
    history: list[list[tuple[Key, Decision] | Hunk]] = field(default_factory=list)


class Review:
    """A review of one or several texts.

    Args:
        texts: the files' texts, in the order in which they are reviewed.
        judge: judges what the reviewer writes.
        log: what was decided in an earlier review of the same texts, to go on from: records of
            ``decide``, ``split`` and ``round`` without those that were taken back.
        rounds: how often a text is looked at at most.
    """

    def __init__(
        self,
        texts: Sequence[str],
        judge: Judge,
        log: Iterable[dict[str, Any]] = (),
        rounds: int = MAX_ROUNDS,
    ) -> None:
        self._judge = judge
        self._rounds = rounds
        self._tickets = 1
        self._closed: list[_Round] = []
        self._round = _first_round(texts)
        self._free: set[Key] = set()  # hunks that are known to wait for none
        self._replay = deque(log)
        self._sure: tuple[Key, int] | None = None
        self._when_judged: str | None = None
        self._needle = ""
        self._ended = False
        self._waits = False  # everything known is decided, and more is still being looked for
        self.mode = Mode.LOOKING
        self.current: Key | None = None
        self.message = ""
        self.typed = ""
        self.unmatched = 0
        """Decisions of the log that fit nothing that is found now."""

    # What the view shows.

    @property
    def can_go_back(self) -> bool:
        """Whether this round has a hunk to go back to; a round that uncovered nothing has none."""
        return bool(self._round.order)

    @property
    def number(self) -> int:
        """The round, from 1."""
        return self._round.number

    @property
    def hunk(self) -> Hunk | None:
        """The hunk that is shown."""
        return None if self.current is None else self._round.hunks.get(self.current)

    @property
    def position(self) -> tuple[int, int]:
        """Which hunk of how many in this round, from 1; (0, n) if none is shown."""
        place = 0 if self.current is None else bisect_left(self._round.order, self.current) + 1
        return place, len(self._round.order)

    @property
    def ready(self) -> bool:
        """Whether the next key would find everything that it may need."""
        if self._replay or self._when_judged is not None or self.mode is Mode.LOOKING:
            return False
        if self._waits and self.searching:
            return False
        return self.mode is not Mode.HUNK or self.hunk is None or self.hunk.judged

    @property
    def searching(self) -> bool:
        """Whether the findings of some file are not known yet."""
        return bool(self._round.missing)

    @property
    def being_judged(self) -> tuple[int, int]:
        """How many hunks of the round have their repairs, of how many."""
        hunks = self._round.hunks.values()
        return sum(h.judged for h in hunks), len(hunks)

    def decision(self, key: Key) -> Decision:
        """What was said about a hunk of this round."""
        return self._round.decisions.get(key, Decision())

    def waiting(self, key: Key) -> Hunk | None:
        """The hunk on the same words that must be decided or written before this one."""
        if key in self._free:
            return None
        blocker = self._blocker(self._round.hunks[key])
        if blocker is None:
            self._free.add(key)
        return blocker

    def open_by_rule(self) -> list[tuple[str, int]]:
        """What is left to decide, the most frequent rule first."""
        counts = Counter(self._round.hunks[key].rule for key in self.open_keys())
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def totals(self) -> Counter[State]:
        """How many hunks of all rounds are in which state."""
        counts = Counter[State]()
        for one in [*self._closed, self._round]:
            for key in one.order:
                counts[one.decisions.get(key, Decision()).state] += 1
        return counts

    def edits(self, file: int) -> list[Edit]:
        """All accepted edits of a file, counting in its first text."""
        made: list[Edit] = []
        for one in [*self._closed, self._round]:
            made = compose(made, _accepted(one, file))
        return made

    def text(self, file: int) -> str:
        """A file's text with everything that was accepted."""
        return _made(self._round.texts[file], _accepted(self._round, file))

    def ignores(self) -> list[Ignore]:
        """What the configuration shall silence, each once."""
        found: dict[tuple[int, str, str], Ignore] = {}
        for one in [*self._closed, self._round]:
            for key in one.order:
                if one.decisions.get(key, Decision()).state is State.IGNORED:
                    hunk = one.hunks[key]
                    entry = Ignore(file=hunk.file, rule=hunk.rule, text=hunk.flagged)
                    found.setdefault((entry.file, entry.rule, entry.text), entry)
        return list(found.values())

    @property
    def changed(self) -> bool:
        """Whether anything at all was decided."""
        return bool(self._closed or self._round.history)

    # What the engine says.

    def start(self) -> NextRound:
        """What the engine has to look at first."""
        texts = tuple((file, text, ()) for file, text in self._round.texts.items())
        return NextRound(self._round.ticket, texts)

    def found(
        self, ticket: int, file: int, hunks: Iterable[Hunk], *, partial: bool = False
    ) -> list[Effect]:
        """The findings of a file, or, if ``partial``, of its beginning; all of them come later."""
        if ticket != self._round.ticket or file not in self._round.missing:
            return []
        if not partial:
            self._round.missing.discard(file)
        there = set()
        for hunk in hunks:
            there.add(hunk.key)
            if not hunk.left and not self._knows(hunk):
                self._add(hunk)
        if not partial and not self._replay:  # a decision of the journal may be about one of them
            self._drop(file, there)
        if self._waits:
            self._advance()
        return self._go_on()

    def _knows(self, hunk: Hunk) -> bool:
        """Whether the beginning of the text has shown a hunk before, whole or in parts."""
        keys = self._round.passages.get((hunk.file, hunk.passage), ())
        return any(key[:4] == hunk.key[:4] for key in keys)

    def _drop(self, file: int, there: set[Key]) -> None:
        """Forget what the beginning alone made look like a finding, if nobody has decided it."""
        for key in [k for k in self._round.order if k[0] == file]:
            whole = (*key[:4], 0)
            if whole not in there and self.decision(key).state is State.OPEN and not key[4]:
                hunk = self._round.hunks[key]
                if not any(key in _keys(step) for step in self._round.history):
                    self._forget(hunk)
                    self._changed_near(hunk)
                    if key == self.current:
                        self.current = self._next_open(1)
                        self.message = "Read as a whole, the text shows nothing wrong there."

    def judged(self, ticket: int, hunks: Iterable[Hunk]) -> list[Effect]:
        """The repairs of some hunks, all those of a passage together."""
        if ticket != self._round.ticket:
            return []
        for hunk in hunks:
            if hunk.key in self._round.hunks:
                self._round.hunks[hunk.key] = hunk
                self._changed_near(hunk)
            elif hunk.left and hunk.default is not None:
                self._add(hunk)
        return self._go_on()

    def looked(self, ticket: int, file: int) -> list[Effect]:
        """No more repairs will come for a file."""
        if ticket != self._round.ticket:
            return []
        self._round.looking.discard(file)
        return self._go_on()

    def _add(self, hunk: Hunk) -> None:
        if hunk.key not in self._round.hunks:
            insort(self._round.order, hunk.key)
            self._round.passages.setdefault((hunk.file, hunk.passage), []).append(hunk.key)
        self._round.hunks[hunk.key] = hunk
        self._changed_near(hunk)

    def _changed_near(self, hunk: Hunk) -> None:
        """Something about a hunk has changed: who waits for it must be seen anew."""
        self._free.discard(hunk.key)
        for other, _ in self._near(hunk):
            self._free.discard(other.key)

    # What the reviewer says.

    def press(self, key: str) -> list[Effect]:
        """A key: a character, or ``enter``, ``escape``, ``backspace``, ``up``, ``down``."""
        self.message = ""
        if self._replay:
            self.message = "Restoring what was decided before…"
            return []
        if self.mode in (Mode.GOTO, Mode.SEARCH):
            return self._type(key)
        if self.mode is Mode.HELP:
            self.mode = Mode.HUNK
            return []
        if self.mode is Mode.LOOKING:
            return self._while_looking(key)
        if self.mode is Mode.END:
            return self._at_end(key)
        if self.mode is Mode.OVER:
            return []
        return self._at_hunk(key)

    def written(self, key: Key, text: str | None) -> list[Effect]:
        """The sentence as the reviewer wrote it, or None if nothing came of it."""
        hunk = self._round.hunks.get(key)
        if hunk is None or text is None:
            return []
        edits = words.changes(hunk.text, text)
        if not edits:
            self.message = "Nothing was changed."
            return []
        if text.count(OBJECT) != hunk.text.count(OBJECT) or any(
            OBJECT in e.span.of(hunk.text) for e in edits
        ):
            self.message = "□ stands for code or a link and must stay as it is; nothing changed."
            return []
        choice = self._judge(hunk, edits)
        if not choice.edits:
            self.message = "This cannot be written here: it would have to cross markup."
            return []
        return self._accept(hunk, choice, "e")

    def tell(self, message: str) -> None:
        """Show a message until the next key."""
        self.message = message

    # One key each.

    def _at_hunk(self, key: str) -> list[Effect]:
        hunk = self.hunk
        self._when_judged = None
        if not key.isdecimal():
            self._sure = None
        if key == "?":
            self.mode = Mode.HELP
            return []
        if key == "u":
            return self._undo()
        if key in ("q", "Q"):
            self.mode = Mode.END
            return []
        if key in ("/", "g"):
            self.mode = Mode.SEARCH if key == "/" else Mode.GOTO
            self.typed = ""
            return []
        if key == "escape" or hunk is None:
            return []
        if key in ("j", "k", "J", "K", "down", "up"):
            self._move(key)
            return []
        if key == "y":
            return self._yes(hunk)
        if key == "n":
            return self._decide([(hunk, Decision(State.REFUSED))], key)
        if key in ("a", "d", "A", "D"):
            return self._many(hunk, key)
        if key.isdecimal() and len(key) == 1:
            return self._digit(hunk, int(key))
        if key in ("e", "E"):
            return self._edit(hunk, editor=key == "E")
        if key == "s":
            return self._split(hunk)
        if key == "i":
            return self._ignore(hunk)
        self.message = "Unknown key; ? shows them all."
        return []

    def _while_looking(self, key: str) -> list[Effect]:
        if key == "u":
            return self._undo()
        if key in ("q", "Q"):
            self.mode = Mode.END
        return []

    def _at_end(self, key: str) -> list[Effect]:
        if key in ("y", "w"):
            self.mode = Mode.OVER
            return [Finished(write=True)]
        if key in ("n", "q", "Q"):
            self.mode = Mode.OVER
            return [Finished(write=False)]
        if key == "u":
            return self._undo()
        if key in ("k", "K", "up", "escape") and not self.can_go_back:
            self.message = "Nothing was uncovered that could be gone back to; u takes steps back."
            return []
        if key in ("k", "K", "up", "escape"):
            self.mode = Mode.HUNK
            self._ended = True  # do not throw the reviewer out again at once
            self.current = self.current or self._round.order[-1]
            return []
        self.message = "y writes, n does not, k goes back."
        return []

    def _type(self, key: str) -> list[Effect]:
        if key == "escape":
            self.mode = Mode.HUNK
        elif key == "backspace":
            self.typed = self.typed[:-1]
        elif key == "enter":
            goto, self.mode = self.mode is Mode.GOTO, Mode.HUNK
            if goto:
                self._goto(self.typed)
            else:
                self._search(self.typed)
        elif len(key) == 1:
            self.typed += key
        return []

    def _yes(self, hunk: Hunk) -> list[Effect]:
        if not hunk.judged:
            self.message = "The repairs are still being looked for."
        elif hunk.best is None:
            some = " a digit takes one all the same," if hunk.choices else ""
            self.message = f"Nothing here that can be accepted:{some} e edits, n leaves it."
        else:
            return self._accept(hunk, hunk.best, "y")
        return []

    def _digit(self, hunk: Hunk, digit: int) -> list[Effect]:
        if not 1 <= digit <= len(hunk.choices):
            many = len(hunk.choices)
            self.message = f"There is no alternative {digit}, only {many or 'none'}."
            return []
        choice = hunk.choices[digit - 1]
        if not choice.writable:
            self.message = "This one cannot be written here: it would have to cross markup."
            return []
        if not choice.allowed and self._sure != (hunk.key, digit):
            self._sure = (hunk.key, digit)
            why = ", ".join(map(reason, choice.reasons))
            self.message = f"The gate refuses this one ({why}); {digit} again takes it."
            return []
        return self._accept(hunk, choice, str(digit))

    def _edit(self, hunk: Hunk, *, editor: bool) -> list[Effect]:
        choice = self.decision(hunk.key).choice or hunk.best
        text = apply(hunk.text, choice.shown) if choice is not None else hunk.text
        return [Ask(hunk.key, text, editor)]

    def _split(self, hunk: Hunk) -> list[Effect]:
        choice = hunk.best
        if choice is None or len(choice.edits) < 2 or len(choice.edits) != len(choice.shown):
            self.message = "This is one change; there is nothing to split."
            return []
        parts: list[Hunk] = []
        for number, (edit, shown) in enumerate(zip(choice.edits, choice.shown, strict=True), 1):
            judged = self._judge(hunk, [shown])
            part = replace(
                choice,
                edits=(edit,),
                shown=(shown,),
                allowed=judged.allowed,
                reasons=judged.reasons,
                notes=judged.notes,
            )
            parts.append(_part(hunk, number, part))
        self._replace(hunk, parts)
        split = {**_name(hunk), "parts": [_written(part.choices[0]) for part in parts]}
        return [Record({"event": "split", "hunk": split})]

    def _replace(self, hunk: Hunk, parts: Sequence[Hunk]) -> None:
        """Put parts for a hunk, for good or until it is undone."""
        self._round.history.append([hunk])
        self._forget(hunk)
        for part in parts:
            self._add(part)
        self.current = parts[0].key

    def _forget(self, hunk: Hunk) -> None:
        del self._round.hunks[hunk.key]
        self._round.decisions.pop(hunk.key, None)
        self._round.order.remove(hunk.key)
        self._round.passages[hunk.file, hunk.passage].remove(hunk.key)

    def _ignore(self, hunk: Hunk) -> list[Effect]:
        if hunk.kind is Kind.CHANGE:
            self.message = "A change from a patch cannot be ignored by rule; n refuses it."
            return []
        alike = [
            other
            for key in self.open_keys()
            if (other := self._round.hunks[key]).rule == hunk.rule
            and other.flagged == hunk.flagged
            and other.key != hunk.key
        ]
        decided = [(h, Decision(State.IGNORED)) for h in [hunk, *alike]]
        effects = self._decide(decided, "i")
        more = f" ({len(alike)} more here)" if alike else ""
        self.message = f"{hunk.rule} on “{hunk.flagged}” will be ignored from now on{more}."
        return effects

    def _many(self, hunk: Hunk, key: str) -> list[Effect]:
        rest = [
            other
            for k in self._round.order[bisect_left(self._round.order, hunk.key) :]
            if self.decision(k).state is State.OPEN
            for other in [self._round.hunks[k]]
            if (other.file == hunk.file if key in "ad" else other.rule == hunk.rule)
        ]
        if hunk not in rest:
            rest.append(hunk)
        unknown = hunk.file in self._round.missing or (key in "AD" and bool(self._round.missing))
        if unknown or (key in "aA" and not all(h.judged for h in rest)):
            self._when_judged = key
            self.message = "Waiting until the rest has been looked at; Esc stops waiting."
            return []
        decided: list[tuple[Hunk, Decision]] = []
        taken: list[Choice] = []
        for other in sorted(rest, key=lambda h: not h.planned):  # as `fix` would
            if key in "dD":
                decided.append((other, Decision(State.REFUSED)))
            elif other.best is None:
                decided.append((other, Decision(State.LEFT)))
            elif self.waiting(other.key) is None and not any(
                other.best.conflicts(choice) for choice in taken
            ):
                taken.append(other.best)
                decided.append((other, Decision(State.ACCEPTED, other.best)))
        decided.sort(key=lambda item: item[0].key)
        if not decided:
            return []
        effects = self._decide(decided, key)
        accepted = sum(d.state is State.ACCEPTED for _, d in decided)
        left = sum(d.state is State.LEFT for _, d in decided)
        self.message = (
            f"Refused {len(decided)}."
            if key in "dD"
            else f"Accepted {accepted}; {left} without a repair left as they are."
        )
        return effects

    def _accept(self, hunk: Hunk, choice: Choice, key: str) -> list[Effect]:
        other = self._conflict(hunk, choice)
        if other is not None:
            place = bisect_left(self._round.order, other.key) + 1
            self.message = (
                f"These words are changed by {place}, which you accepted;"
                " what is left of this comes again afterwards."
            )
            return []
        effects = self._decide([(hunk, Decision(State.ACCEPTED, choice))], key)
        if not choice.allowed:
            why = ", ".join((*map(reason, choice.reasons), *choice.notes))
            self.message = f"Accepted, though the gate says: {why}. u takes it back."
        return effects

    # Deciding, undoing, moving.

    def _decide(self, decided: Sequence[tuple[Hunk, Decision]], key: str) -> list[Effect]:
        self._ended = False
        self._say(decided)
        record = {
            "event": "decide",
            "key": key,
            "round": self.number,
            "items": [_item(hunk, decision) for hunk, decision in decided],
        }
        self._advance()
        return [Record(record), *self._go_on()]

    def _say(self, decided: Sequence[tuple[Hunk, Decision]]) -> None:
        self._round.history.append([(hunk.key, self.decision(hunk.key)) for hunk, _ in decided])
        for hunk, decision in decided:
            self._round.decisions[hunk.key] = decision
            self._changed_near(hunk)

    def _undo(self) -> list[Effect]:
        if not self._round.history and not self._closed:
            self.message = "Nothing to undo."
            return []
        again = self._take_back()
        self.mode = Mode.HUNK
        return [Record({"event": "undo"}), *again]

    def _take_back(self) -> list[Effect]:
        again: list[Effect] = []
        if not self._round.history:
            self._round = self._closed.pop()
            self._free.clear()
            if not all(h.judged for h in self._round.hunks.values()):
                again.append(self._look_again())
        last = self._round.history.pop()
        for entry in last:
            if isinstance(entry, Hunk):  # a split
                for key in [k for k in self._round.order if k[:4] == entry.key[:4]]:
                    self._forget(self._round.hunks[key])
                self._add(entry)
            else:
                key, decision = entry
                self._round.decisions[key] = decision
                self._changed_near(self._round.hunks[key])
        if last:
            self.current = last[0].key if isinstance(last[0], Hunk) else last[0][0]
        return again

    def _look_again(self) -> NextRound:
        """A round that was restored from a journal has decisions but not all repairs."""
        self._round.ticket = self._ticket()
        texts = tuple(
            (file, self._round.texts[file], self._round.carried.get(file, ()))
            for file in sorted({hunk.file for hunk in self._round.hunks.values()})
        )
        return NextRound(self._round.ticket, texts)

    def _ticket(self) -> int:
        self._tickets += 1
        return self._tickets

    def _advance(self) -> None:
        """Show the next hunk that is open."""
        following = self._next_open(1)
        self._waits = following is None
        if following is not None:
            self.current = following
        elif self.searching:
            self.message = "The rest is still being read…"

    def _next_open(self, step: int) -> Key | None:
        order = self._round.order
        if not order:
            return None
        if self.current is None:
            start = 0
        elif step > 0:
            start = bisect_right(order, self.current)
        else:
            start = bisect_left(order, self.current) - 1
        for offset in range(len(order)):
            key = order[(start + step * offset) % len(order)]
            if self._is_open(key) and key != self.current:
                return key
        return None

    def _move(self, key: str) -> None:
        order = self._round.order
        self._waits = False
        if key in ("j", "k"):
            following = self._next_open(1 if key == "j" else -1)
            if following is None:
                self.message = "No other hunk is open."
            else:
                self.current = following
            return
        place = bisect_left(order, self.current or order[0]) + (1 if key in ("J", "down") else -1)
        if 0 <= place < len(order):
            self.current = order[place]
        else:
            self.message = f"This is the {'first' if place < 0 else 'last'} one."

    def _goto(self, typed: str) -> None:
        many = len(self._round.order)
        if typed.isdecimal() and 1 <= int(typed) <= many:
            self.current = self._round.order[int(typed) - 1]
        else:
            self.message = f"Go to a number from 1 to {many}."

    def _search(self, typed: str) -> None:
        self._needle = typed or self._needle
        if not self._needle:
            return
        try:
            pattern = re.compile(self._needle, re.IGNORECASE)
        except re.error:
            pattern = re.compile(re.escape(self._needle), re.IGNORECASE)
        order = self._round.order
        start = bisect_right(order, self.current) if self.current is not None else 0
        for offset in range(len(order)):
            key = order[(start + offset) % len(order)]
            hunk = self._round.hunks[key]
            if pattern.search(f"{hunk.rule}\n{hunk.message}\n{hunk.text}"):
                self.current = key
                return
        self.message = f"Nothing matches “{self._needle}”."

    # What is open, and what comes next.

    def _is_open(self, key: Key) -> bool:
        return self.decision(key).state is State.OPEN and self.waiting(key) is None

    def open_keys(self) -> list[Key]:
        """The hunks that are still to be decided in this round."""
        return [key for key in self._round.order if self._is_open(key)]

    def _conflict(self, hunk: Hunk, choice: Choice) -> Hunk | None:
        """The accepted hunk whose edits leave no room for ``choice``."""
        for other, said in self._near(hunk):
            if said.choice is not None and choice.conflicts(said.choice):
                return other
        return None

    def _blocker(self, hunk: Hunk) -> Hunk | None:
        best = hunk.best
        if best is None or self.decision(hunk.key).state is not State.OPEN:
            return None
        for other, said in self._near(hunk):
            if said.choice is not None:
                if best.conflicts(said.choice):
                    return other
            elif (
                said.state is State.OPEN
                and other.planned
                and not hunk.planned
                and other.best is not None
                and best.conflicts(other.best)
            ):
                return other
        return None

    def _near(self, hunk: Hunk) -> Iterator[tuple[Hunk, Decision]]:
        """The other hunks of the same passage with their decisions."""
        for key in self._round.passages.get((hunk.file, hunk.passage), ()):
            if key != hunk.key:
                yield self._round.hunks[key], self.decision(key)

    def _go_on(self) -> list[Effect]:
        """What follows from what is known now."""
        effects: list[Effect] = []
        if self._replay:
            effects += self._restore()
            if self._replay:
                return effects
        if self._when_judged is not None and self.hunk is not None:
            pending, self._when_judged = self._when_judged, None
            effects += self._many(self.hunk, pending)
        if self.mode not in (Mode.HUNK, Mode.LOOKING):
            return effects
        if self.hunk is None:
            self.current = None
            self.current = self._next_open(1)
        self.mode = Mode.LOOKING if self.current is None else Mode.HUNK
        if self._settled and not self._ended:
            effects += self._close()
        return effects

    @property
    def _settled(self) -> bool:
        """Whether nothing is open and nothing can still come in this round."""
        one = self._round
        # From the second round on, what was left for want of a repair may still get one.
        return not one.missing and not (one.looking and one.number > 1) and not self.open_keys()

    def _close(self) -> list[Effect]:
        """Every hunk of the round is decided: look what the accepted ones uncovered."""
        following = self._following()
        if following is None or self.number == self._rounds:
            self.mode = Mode.END
            return []
        return [Record({"event": "round", "round": self.number}), self._begin(following)]

    def _following(self) -> _Round | None:
        """The round of the texts that this one changed, or None if it changed none."""
        one = self._round
        following = _Round(one.number + 1, dict(one.texts))
        for file, text in one.texts.items():
            edits = _accepted(one, file)
            if not edits:
                continue
            moved = words.Moved(edits=edits)
            decided = [*one.carried.get(file, ())]
            for key in one.order:
                state = self.decision(key).state
                if key[0] == file and state in (State.REFUSED, State.IGNORED, State.LEFT):
                    hunk = one.hunks[key]
                    left = state is State.LEFT
                    decided.append(Decided(rule=hunk.rule, span=hunk.span, left=left))
            following.carried[file] = tuple(
                replace(d, span=span) for d in decided if (span := moved.span(d.span)) is not None
            )
            following.texts[file] = _made(text, edits)
            following.missing.add(file)
            following.looking.add(file)
        return following if following.missing else None

    def _begin(self, following: _Round) -> NextRound:
        following.ticket = self._ticket()
        self._closed.append(self._round)
        self._round = following
        self._free.clear()
        self.current = None
        self.mode = Mode.LOOKING
        texts = tuple(
            (file, following.texts[file], following.carried[file])
            for file in sorted(following.missing)
        )
        return NextRound(following.ticket, texts)

    # Going on from a journal.

    def _restore(self) -> list[Effect]:
        """Carry out records of the log as far as the findings are known."""
        effects: list[Effect] = []
        while self._replay:
            record = self._replay[0]
            if record["event"] == "round":
                if self._round.missing:
                    break
                following = self._following()
                if following is not None:
                    effects.append(self._begin(following))
            else:
                items = [record["hunk"]] if record["event"] == "split" else record["items"]
                if {item["file"] for item in items} & self._round.missing:
                    break
                if record["event"] == "split":
                    self._restore_split(record["hunk"])
                else:
                    self._restore_decisions(items)
            self._replay.popleft()
        self.current = None
        return effects

    def _restore_split(self, name: dict[str, Any]) -> None:
        hunk = self._round.hunks.get(_key(name))
        if hunk is None or hunk.flagged != name["text"]:
            self.unmatched += 1
            self._round.history.append([])
            return
        parts = [_part(hunk, n, _choice(part)) for n, part in enumerate(name["parts"], 1)]
        self._replace(hunk, parts)

    def _restore_decisions(self, items: Sequence[dict[str, Any]]) -> None:
        decided: list[tuple[Hunk, Decision]] = []
        for item in items:
            hunk = self._round.hunks.get(_key(item))
            if hunk is None or hunk.flagged != item["text"]:
                self.unmatched += 1
                continue
            state = State(item["decision"])
            choice = _choice(item) if state is State.ACCEPTED else None
            decided.append((hunk, Decision(state, choice)))
        self._say(decided)  # even if it is nothing: one line of the log is one thing to undo


def _keys(step: Sequence[tuple[Key, Decision] | Hunk]) -> set[Key]:
    """The hunks that a step of the history would bring back."""
    return {entry.key if isinstance(entry, Hunk) else entry[0] for entry in step}


def _first_round(texts: Sequence[str]) -> _Round:
    files = range(len(texts))
    return _Round(1, dict(enumerate(texts)), missing=set(files), looking=set(files))


def _made(text: str, edits: Sequence[Edit]) -> str:
    return text.edited(edits) if isinstance(text, PackedText) else apply(text, edits)


def _accepted(one: _Round, file: int) -> list[Edit]:
    """The edits that were accepted in a round, counting in its text of the file."""
    return ordered(
        edit
        for key, decision in one.decisions.items()
        if key[0] == file and decision.choice is not None
        for edit in decision.choice.edits
    )


def _part(hunk: Hunk, number: int, choice: Choice) -> Hunk:
    return replace(
        hunk,
        part=number,
        choices=(choice,),
        default=0,
        planned=True,
        judged=True,
        mark=choice.shown[0].span,
    )


def _name(hunk: Hunk) -> dict[str, Any]:
    return {
        "file": hunk.file,
        "rule": hunk.rule,
        "start": hunk.span.start,
        "end": hunk.span.end,
        "part": hunk.part,
        "text": hunk.flagged,
    }


def _key(name: dict[str, Any]) -> Key:
    return (name["file"], name["start"], name["end"], name["rule"], name["part"])


def _item(hunk: Hunk, decision: Decision) -> dict[str, Any]:
    """A decision as the journal has it; what ``scripts/calibrate`` reads is among it."""
    item: dict[str, Any] = {
        **_name(hunk),
        "decision": decision.state.value,
        "severity": str(hunk.severity),
        "confidence": round(hunk.confidence, 4),
    }
    best = hunk.best
    if best is not None:
        item["offered"] = {"origin": best.origin, "score": round(best.score, 4)}
    if decision.choice is not None:
        item |= _written(decision.choice)
        item["as_offered"] = best is not None and decision.choice.edits == best.edits
    return item


def _written(choice: Choice) -> dict[str, Any]:
    return {
        "origin": choice.origin,
        "score": round(choice.score, 4),
        "applicability": str(choice.applicability),
        "allowed": choice.allowed,
        "reasons": list(choice.reasons),
        "edits": [_edit(edit) for edit in choice.edits],
        "shown": [_edit(edit) for edit in choice.shown],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {"start": edit.span.start, "end": edit.span.end, "text": edit.text}


def _choice(written: dict[str, Any]) -> Choice:
    def edits(name: str) -> tuple[Edit, ...]:
        return tuple(Edit(span=Span(e["start"], e["end"]), text=e["text"]) for e in written[name])

    return Choice(
        edits=edits("edits"),
        shown=edits("shown"),
        origin=written["origin"],
        score=written["score"],
        applicability=Applicability[written["applicability"].upper()],
        allowed=written["allowed"],
        reasons=tuple(written["reasons"]),
    )
