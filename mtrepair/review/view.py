"""The session as lines of text: for a screen, or one after another for a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from mtrepair.core import Applicability, Edit, Span, apply, ordered
from mtrepair.report.text_report import STYLES, TRUST
from mtrepair.report.visible import quoted, visible
from mtrepair.review import words
from mtrepair.review.explain import reason
from mtrepair.review.hunks import Choice, Hunk, Kind, State
from mtrepair.review.session import Mode, Review

DELETED = "red strike"
INSERTED = "bold green"
MARKED = "underline"

KEYS: tuple[tuple[str, str], ...] = (
    ("y", "accept the repair that is shown"),
    ("n", "refuse it; the words stay as they are"),
    ("1-9", "accept this alternative (twice where the gate refuses it)"),
    ("e", "write the sentence yourself, here"),
    ("E", "write it in $VISUAL or $EDITOR"),
    ("s", "split a repair of several changes, to decide each"),
    ("i", "never flag these words again (written to mtrepair.toml at the end)"),
    ("a", "accept this and all the rest of the file; what has no repair is left"),
    ("d", "refuse this and all the rest of the file"),
    ("A", "accept this and all the rest of the same rule"),
    ("D", "refuse this and all the rest of the same rule"),
    ("j k", "next, previous that is open; nothing is decided"),
    ("J K", "next, previous of all (also the arrows)"),
    ("g", "go to a number"),
    ("/", "go to the next that holds a text (a regular expression)"),
    ("u", "undo the last decision, as often as you like"),
    ("q", "stop here: then choose whether what was accepted is written"),
    ("?", "this help"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How to show things.

    Attributes:
        marks: write ``[-old-]{+new+}``, because colours cannot be shown.
        width: of the screen, in cells.
        names: the files' paths, in the order of the session.
    """

    marks: bool
    width: int
    names: Sequence[str]


def screen(review: Review, style: Style, *, limit: int = 600) -> list[Text]:
    """Everything above the last lines of the screen.

    Args:
        limit: characters of a passage that are shown at most; less on a small screen.
    """
    if review.mode is Mode.HELP:
        return help_lines()
    if review.mode in (Mode.END, Mode.OVER):
        return end_lines(review, style)
    hunk = review.hunk
    if hunk is None:
        done, total = review.being_judged
        again = "Looking at what the changes uncovered…" if review.number > 1 else "Looking…"
        return [Text(again), Text(f"{done} of {total} worked out" if total else "", style="dim")]
    return [*_head(review, hunk, style), *_body(review, hunk, style, limit), *_left(review)]


def status(review: Review) -> list[Text]:
    """The last lines of the screen: the keys, and a message or what is being typed."""
    if review.mode is Mode.GOTO:
        return [Text(f"Go to number: {visible(review.typed)}▏")]
    if review.mode is Mode.SEARCH:
        return [Text(f"Search: {visible(review.typed)}▏")]
    if review.mode is Mode.HELP:
        return [Text("Any key goes back.", style="bold")]
    line = Text(visible(review.message), style="bold yellow")
    if review.mode in (Mode.END, Mode.OVER):
        back = "  k back" if review.can_go_back else ""
        return [line, Text(f"Write? y yes  n no  u undo{back}", style="bold")]
    return [line, keys_line(review)]


def keys_line(review: Review) -> Text:
    """The keys that do something here, as ``git add -p`` lists them."""
    hunk = review.hunk
    if hunk is None:
        return Text("u undo  q stop", style="bold blue")
    keys = ["y"] if hunk.best is not None else []
    keys.append("n")
    if hunk.choices:
        many = min(9, len(hunk.choices))
        keys.append("1" if many == 1 else f"1-{many}")
    keys += ["e"]
    if hunk.best is not None and len(hunk.best.edits) > 1:
        keys.append("s")
    if hunk.kind is Kind.FINDING:
        keys.append("i")
    keys += ["a", "d", "A", "D", "j", "k", "g", "/", "u", "q", "?"]
    return Text(f"[{','.join(keys)}]", style="bold blue")


def _head(review: Review, hunk: Hunk, style: Style) -> list[Text]:
    place, many = review.position
    more = "+" if review.searching else ""
    line = Text()
    line.append(f"{visible(style.names[hunk.file])}:{hunk.line}", style="bold")
    line.append(f"  {place} of {many}{more}", style="bold cyan")
    if review.number > 1:
        line.append(f"  round {review.number}", style="magenta")
    said = review.decision(hunk.key)
    if said.state is not State.OPEN:
        line.append(f"  {_PAST[said.state]}", style="bold magenta")
    second = Text()
    second.append(str(hunk.severity), style=STYLES[hunk.severity])
    second.append(f" {hunk.rule}", style="bold")
    second.append(f": {visible(hunk.message)}")
    return [line, second, Text()]


_PAST = {
    State.ACCEPTED: "accepted",
    State.REFUSED: "refused",
    State.LEFT: "left",
    State.IGNORED: "ignored from now on",
}


def _body(review: Review, hunk: Hunk, style: Style, limit: int) -> list[Text]:
    said = review.decision(hunk.key)
    shown = said.choice or hunk.best
    edits = shown.shown if shown is not None and said.state is not State.REFUSED else ()
    lines = [diff(hunk.text, edits, hunk.mark, marks=style.marks, limit=limit), Text()]
    for name, other in (("source", hunk.source), ("reference", hunk.reference)):
        if other is not None:
            beside = Text(f"{name}  ", style="dim")
            beside.append(cut(visible(other), min(limit, 300)), style="italic")
            lines += [beside, Text()]
    blocker = review.waiting(hunk.key)
    if blocker is not None:
        lines += [
            Text(
                "Another finding on these words comes first; if this one is still there", "yellow"
            ),
            Text(f"afterwards, it comes again: {visible(blocker.rule)}.", "yellow"),
        ]
    if not hunk.judged:
        return [*lines, Text("Looking for repairs…", style="dim")]
    if not hunk.choices:
        return [*lines, Text("No repair is known; e to write one, n to leave it.", style="dim")]
    return lines + [
        _choice(hunk, choice, number, style) for number, choice in enumerate(hunk.choices[:9], 1)
    ]


def _choice(hunk: Hunk, choice: Choice, number: int, style: Style) -> Text:
    line = Text()
    chosen = hunk.default == number - 1
    line.append(f" {number} ", style="reverse bold" if chosen else "bold")
    line.append(" ")
    line.append_text(change(hunk.text, choice.shown, marks=style.marks))
    line.append(f"  {choice.origin} {choice.score:.2f}", style="cyan")
    if choice.allowed and choice.applicability is not Applicability.SUGGESTED:
        safe = choice.applicability is Applicability.SAFE
        line.append(f" {TRUST[choice.applicability]}", style="green" if safe else "yellow")
    if not choice.allowed:
        why = "; ".join([*map(reason, choice.reasons), *choice.notes])
        line.append(f"  the gate refuses: {visible(why)}", style="red")
    elif choice.notes:
        line.append(f"  {visible('; '.join(choice.notes))}", style="yellow")
    else:
        line.append("  passed", style="dim")
    return line


def _left(review: Review) -> list[Text]:
    counts = review.open_by_rule()
    total = sum(number for _, number in counts)
    line = Text(f"{total} open", style="dim")
    if counts:
        shown = ", ".join(f"{number} {rule}" for rule, number in counts[:5])
        rest = sum(number for _, number in counts[5:])
        line.append(f": {shown}" + (f", {rest} other" if rest else ""))
    done, many = review.being_judged
    if done < many:
        line.append(f"  (repairs of {done} of {many} worked out)")
    return [Text(), line]


def end_lines(review: Review, style: Style) -> list[Text]:
    """What would be written, for the last question."""
    totals = review.totals()
    lines = [Text("The end of the review.", style="bold"), Text()]
    lines += [Text(f"{totals[state]:6} {past}") for state, past in _PAST.items() if totals[state]]
    still = len(review.open_keys())
    if still:
        lines.append(Text(f"{still:6} not decided", style="yellow"))
    lines.append(Text())
    for number, name in enumerate(style.names):
        edits = review.edits(number)
        if edits:
            many = f"{len(edits)} change{'s' * (len(edits) != 1)}"
            lines.append(Text(f"{visible(name)}: {many}", style="green"))
    ignores = review.ignores()
    if ignores:
        lines.append(Text(f"configuration: {len(ignores)} to ignore from now on", style="green"))
    if not ignores and not any(review.edits(number) for number in range(len(style.names))):
        lines.append(Text("Nothing was accepted; there is nothing to write."))
    return lines


def help_lines() -> list[Text]:
    """All keys and what they do."""
    lines = [Text("Keys", style="bold"), Text()]
    return lines + [Text.assemble((f"{keys:>5}  ", "bold"), says) for keys, says in KEYS]


def diff(text: str, edits: Sequence[Edit], mark: Span, *, marks: bool, limit: int) -> Text:
    """A passage with edits in it, deletions and insertions side by side.

    Args:
        mark: what is flagged; underlined where nothing replaces it.
        limit: characters to show at most; what is equal is cut first, then what is long.
    """
    line = Text()
    at = 0
    fine = [piece for edit in ordered(edits) for piece in _fine(text, edit)]
    hull = [mark, *(edit.span for edit in fine)]
    low, high = min(s.start for s in hull), max(s.end for s in hull)
    spare = max(40, (limit - (high - low)) // 2)
    start, end = _cut(text, low - spare, low, left=True), _cut(text, high, high + spare, left=False)
    line.append("… " if start else "")
    at = start
    for edit in fine:
        _keep(line, text, Span(at, edit.span.start), mark, marks=marks and not edits, limit=limit)
        _change(line, edit.span.of(text), edit.text, marks=marks, limit=limit)
        at = edit.span.end
    _keep(line, text, Span(at, end), mark, marks=marks and not edits, limit=limit)
    line.append(" …" if end < len(text) else "")
    return line


def change(text: str, edits: Sequence[Edit], *, marks: bool) -> Text:
    """What edits do, without what is around them."""
    line = Text()
    for number, edit in enumerate(ordered(edits)):
        line.append(", " if number else "")
        old = edit.span.of(text)
        _change(line, old, "", marks=marks, limit=120)
        line.append(" → " if old and edit.text else "", style="dim")
        _change(line, "", edit.text, marks=marks, limit=120)
    return line


def plain(review: Review, style: Style) -> list[str]:
    """The present hunk in whole sentences, for a screen reader or a pipe."""
    hunk = review.hunk
    if review.mode in (Mode.END, Mode.OVER):
        return [line.plain for line in end_lines(review, style)]
    if hunk is None:
        return ["Looking…"]
    place, many = review.position
    round_ = f", round {review.number}" if review.number > 1 else ""
    said = review.decision(hunk.key).state
    state = f", {_PAST[said]}" if said is not State.OPEN else ""
    name = visible(style.names[hunk.file])
    lines = [
        f"{place} of {many}{round_}, {name}, line {hunk.line}{state}.",
        f"{str(hunk.severity).capitalize()}, {hunk.rule}: {visible(hunk.message)}.",
        f"Flagged: “{cut(quoted(hunk.flagged), 200)}”.",
        f"Text: {cut(visible(hunk.text), 800)}",
    ]
    best = review.decision(hunk.key).choice or hunk.best
    if best is not None:
        lines.append(f"Would become: {cut(visible(apply(hunk.text, best.shown)), 800)}")
    if hunk.source is not None:
        lines.append(f"Source: {cut(visible(hunk.source), 400)}")
    if hunk.reference is not None:
        lines.append(f"Reference: {cut(visible(hunk.reference), 400)}")
    if review.waiting(hunk.key) is not None:
        lines.append("Another finding on these words comes first.")
    for number, choice in enumerate(hunk.choices[:9], 1):
        key = f"{number}, or y" if hunk.default == number - 1 else str(number)
        verdict = "the gate lets it pass"
        if not choice.allowed:
            verdict = "the gate refuses it: " + "; ".join(map(reason, choice.reasons))
        notes = "".join(f"; {note}" for note in choice.notes)
        lines.append(
            f"{key}: {_said(hunk.text, choice.shown)}."
            f" From {choice.origin}, score {choice.score:.2f}; {visible(verdict + notes)}."
        )
    if not hunk.choices:
        lines.append("No repair is known.")
    counts = review.open_by_rule()
    lines.append("Open: " + (", ".join(f"{n} {rule}" for rule, n in counts) or "none") + ".")
    return lines


def _said(text: str, edits: Sequence[Edit]) -> str:
    """Edits in words."""
    said: list[str] = []
    for edit in ordered(edits):
        old, new = _spoken(edit.span.of(text)), _spoken(edit.text)
        if not new:
            said.append(f"delete {old}")
        elif not old:
            said.append(f"insert {new}")
        else:
            said.append(f"replace {old} by {new}")
    return ", ".join(said)


_SPACES = {" ": "a space", "\u00a0": "a no-break space", "\u202f": "a narrow no-break space"}


def _spoken(text: str) -> str:
    """Words in quotes; a space, which nobody hears, by its name."""
    if not text:
        return ""
    return _SPACES.get(text) or f"“{cut(quoted(text), 200)}”"


def cut(text: str, limit: int) -> str:
    """A text without its middle where it is too long."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]} … ({len(text) - 2 * half} more) … {text[-half:]}"


def _fine(text: str, edit: Edit) -> list[Edit]:
    """An edit as the words that really change."""
    start = edit.span.start
    parts = words.changes(edit.span.of(text), edit.text)
    return [Edit(span=part.span.shift(start), text=part.text) for part in parts]


def _cut(text: str, low: int, high: int, *, left: bool) -> int:
    """Where to cut a passage, at a space."""
    if left:
        if low <= 0:
            return 0
        space = text.find(" ", low, high)
        return space + 1 if space >= 0 else low
    if high >= len(text):
        return len(text)
    space = text.rfind(" ", low, high)
    return space if space > low else high


def _keep(line: Text, text: str, span: Span, mark: Span, *, marks: bool, limit: int) -> None:
    """Words that stay; those that are flagged are underlined."""
    low, high = max(span.start, mark.start), min(span.end, mark.end)
    if low >= high:
        line.append(visible(span.of(text)))
        return
    line.append(visible(text[span.start : low]))
    shown = cut(quoted(text[low:high]), max(60, limit))
    line.append(f"[={shown}=]" if marks else shown, style=MARKED)
    line.append(visible(text[high : span.end]))


def _change(line: Text, old: str, new: str, *, marks: bool, limit: int) -> None:
    most = max(60, limit // 2)
    if old:
        shown = cut(quoted(old), most) if old.strip() else "␣" * len(old)
        line.append(f"[-{shown}-]" if marks else shown, style=DELETED)
    if new:
        shown = cut(quoted(new), most) if new.strip() else "⍽" * len(new)
        line.append(f"{{+{shown}+}}" if marks else shown, style=INSERTED)
