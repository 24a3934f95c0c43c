"""``report.html``: a run on one page, so that a person can judge it in five minutes.

One file without scripts and without anything to load: it can be mailed, and opened in ten years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from string import Template
from typing import Any

from mtrepair.batch.records import REASONS

_PAGE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>mtrepair: $records records</title>
<style>
:root { --ink: #1c1e21; --soft: #667; --line: #e2e4e8; --bar: #4a7bb5; --gone: #b3261e;
  --new: #1d6b3a; --paper: #fff; --tint: #f5f6f8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e7ea; --soft: #9aa0aa; --line: #33363c;
  --bar: #7aa7dd; --gone: #ff8a80; --new: #7fd8a0; --paper: #17181b; --tint: #202227; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
.tiles { display: flex; flex-wrap: wrap; gap: .8rem; padding: 0; }
.tiles li { list-style: none; background: var(--tint); border-radius: .5rem;
  padding: .6rem 1rem; min-width: 7rem; }
.tiles b { display: block; font-size: 1.35rem; font-variant-numeric: tabular-nums; }
.tiles span, .note { color: var(--soft); font-size: .875rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
td, th { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--line);
  font-weight: normal; }
td.n, th.n { text-align: right; white-space: nowrap; }
th { color: var(--soft); font-size: .875rem; }
td.bar { width: 40%; } td.bar div { background: var(--bar); height: .75rem; min-width: 1px;
  border-radius: 2px; }
.sample { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .9rem; margin: 1rem 0; }
.sample p { margin: .15rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.sample small { color: var(--soft); } del { color: var(--gone); background: none; }
ins { color: var(--new); text-decoration: none; border-bottom: 2px solid var(--new); }
.crossed { color: var(--gone); font-weight: bold; }
</style></head><body>
<h1>What the run found and changed</h1>
<ul class="tiles">$tiles</ul>
$gates
<h2>Findings by rule</h2>
<p class="note">In 10,000 words of the text as it came in; <em>repaired</em> counts the repairs that
were carried out, <em>left</em> what is still found afterwards.</p>
$findings
<h2>What became of the proposals</h2>
$proposals
$rejects
<h2>Repairs, drawn at random</h2>
<p class="note">$drawn of $edits repairs. Read them as an editor would: is the struck-out text
wrong, is the new text right, is the meaning kept?</p>
$samples
<h2>Made from</h2>
<p class="note">$made</p>
</body></html>
""")


def render(
    record: Mapping[str, Any], samples: Sequence[Mapping[str, Any]], made: Mapping[str, Any]
) -> str:
    """The page.

    Args:
        record: what goes into ``stats.json``.
        samples: edits with their surroundings.
        made: the description of the run.
    """
    settings = made["settings"]
    shown = {
        name: value
        for name, value in settings.items()
        if value not in (None, [], "", False) and name != "names"
    }
    return _PAGE.substitute(
        records=_n(record["records"]),
        tiles=_tiles(record),
        gates=_gates(record["gates"]),
        findings=_findings(record),
        proposals=_proposals(record),
        rejects=_rejects(record["rejected"]),
        drawn=_n(len(samples)),
        edits=_n(record["edits"]),
        samples="\n".join(map(_sample, samples)) or "<p>Nothing was changed.</p>",
        made=escape(
            f"mtrepair {made['version']} ({made['program']}), "
            + ", ".join(f"{name} {value}" for name, value in shown.items())
        ),
    )


def _n(number: float) -> str:
    """Digits in groups, with narrow no-break spaces."""
    return f"{number:,}".replace(",", "\u202f")


def _percent(share: float) -> str:
    return f"{100 * share:.2f}\u202f%" if share < 0.1 else f"{100 * share:.1f}\u202f%"


def _tiles(record: Mapping[str, Any]) -> str:
    model = record["model"]
    rows = [
        (_n(record["records"]), "records"),
        (_n(record["words"]), "words"),
        (_percent(record["flagged_share"]), "of the records flagged"),
        (_percent(record["changed_share"]), "of the records changed"),
        (_n(record["edits"]), "repairs"),
        (_n(sum(record["rejected"].values())), "rejected"),
    ]
    if model["tokens"]:
        rows.append((_n(model["tokens"]), "tokens of the model"))
    return "".join(f"<li><b>{number}</b><span>{what}</span></li>" for number, what in rows)


def _gates(gates: Sequence[Mapping[str, Any]]) -> str:
    if not gates:
        return ""
    rows = "".join(
        f"<tr><td>{escape(gate['gate'])}</td>"
        f"<td class=n>{gate['measured']:g}{_unit(gate['gate'])}</td>"
        + ('<td class="crossed">crossed</td></tr>' if gate["crossed"] else "<td>kept</td></tr>")
        for gate in gates
    )
    return f"<h2>Gates</h2><table>{rows}</table>"


def _unit(gate: str) -> str:
    return "\u202f%" if gate.endswith("%") else " in 10,000 words"


def _findings(record: Mapping[str, Any]) -> str:
    rates: Mapping[str, float] = record["per_10000_words"]
    if not rates:
        return "<p>None.</p>"
    most = max(rates.values())
    rows = "".join(
        f"<tr><td>{escape(rule)}</td>"
        f'<td class="bar"><div style="width:{100 * rate / most:.1f}%"></div></td>'
        f"<td class=n>{rate:.2f}</td><td class=n>{_n(record['findings'][rule])}</td>"
        f"<td class=n>{_n(record['applied'].get(rule, 0))}</td>"
        f"<td class=n>{_n(record['left'].get(rule, 0))}</td></tr>"
        for rule, rate in rates.items()
    )
    head = (
        "<tr><th>rule</th><th></th><th class=n>in 10,000 words</th><th class=n>found</th>"
        "<th class=n>repaired</th><th class=n>left</th></tr>"
    )
    return f"<table>{head}{rows}</table>"


def _proposals(record: Mapping[str, Any]) -> str:
    rows = [(f"accepted, from {name}", n) for name, n in record["proposals"]["accepted"].items()]
    rows += [(f"refused: {name}", n) for name, n in record["proposals"]["rejected"].items()]
    return _bars(rows) if rows else "<p>There were none.</p>"


def _rejects(rejected: Mapping[str, int]) -> str:
    if not rejected:
        return ""
    rows = [(f"{name} ({REASONS.get(name, '')})", n) for name, n in rejected.items()]
    return (
        "<h2>Records that were not cleaned</h2>"
        f'<p class="note">One line for each in rejects.jsonl.</p>{_bars(rows)}'
    )


def _bars(rows: Sequence[tuple[str, int]]) -> str:
    most = max(number for _, number in rows)
    body = "".join(
        f"<tr><td>{escape(name)}</td>"
        f'<td class="bar"><div style="width:{100 * number / max(1, most):.1f}%"></div></td>'
        f"<td class=n>{_n(number)}</td></tr>"
        for name, number in rows
    )
    return f"<table>{body}</table>"


def _sample(sample: Mapping[str, Any]) -> str:
    before, after = escape(sample["before"]), escape(sample["after"])
    gone = f"<del>{before}</del>" if before else ""
    new = f"<ins>{after}</ins>" if after else ""
    place = sample["file"]
    if sample["id"] != sample["file"]:
        place = f"{place}, {sample['id']}"
    return (
        f'<div class="sample"><p>{escape(sample["left"])}{gone}{new}'
        f"{escape(sample['right'])}</p>"
        f"<small>{escape(sample['rule'])}: {escape(sample['message'])} ({escape(str(place))})"
        "</small></div>"
    )
