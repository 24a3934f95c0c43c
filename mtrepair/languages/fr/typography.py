"""French typography: which marks want a space, and how texts set it.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale; for Canada, Office
québécois de la langue française, "Espacement avant et après les signes de ponctuation".
"""

from __future__ import annotations

import re

NBSP = "\u00a0"
NNBSP = "\u202f"
SPACES = f" {NBSP}{NNBSP}"

VARIANTS: dict[str, dict[str, str]] = {
    "FR": {"high": NNBSP, "colon": NBSP, "quote": NBSP, "percent": NBSP, "unit": NBSP},
    "CA": {"high": "", "colon": NBSP, "quote": NBSP, "percent": NBSP, "unit": NBSP},
    "CH": {"high": NNBSP, "colon": NNBSP, "quote": "", "percent": NBSP, "unit": NBSP},
}
"""The space that each class of marks takes in a country; empty is none."""

# Units that cannot be read as something else when they stand glued to a number: "4G", "2D", "10h",
# "5m" and "90s" can.
UNITS = (
    r"km/h|km²|km|kg|mg|cm|mm|ml|cl|hl|ha|m²|m³|kWh|MWh|GWh|TWh|kW|MW|GW|TW|kHz|MHz|GHz|Hz"
    r"|Ko|Mo|Go|To|kB|MB|GB|TB|°C|°F|dB|€|\$|£|¥"
)

# Each class: what stands before the mark, without and with a space. Only a mark that white space,
# a closing mark or the end follows counts, so times, ratios, ports, scopes and addresses do not.
_BEFORE = r"(?<=[^\W\d_]{2}|[\d»”)\]’])"
_AFTER = r"(?=\s|[»”)\]\"]|$)"
_NUMBER = r"(?:(?<= \d)|(?<= \d\d)|(?<= \d\d\d)|(?<= \d\d\d\d))"
"""Behind a whole number; "5!" and "1.2;" are formulas and code."""
CLASSES: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "high": (
        re.compile(rf"(?:(?<=[^\W\d_][^\W_]|[^\W\d_]\)|[^\W_][»”])[;!?]|{_NUMBER}[;?]){_AFTER}"),
        re.compile(rf"(?<=\w[{SPACES}])[;!?]{_AFTER}"),
    ),
    "colon": (
        re.compile(r"(?<=[^\W\d_][^\W\d_])(?<!ttp)(?<!ttps):(?=\s|$)"),
        re.compile(rf"(?<=\w[{SPACES}]):(?=\s|$)"),
    ),
    "percent": (
        re.compile(r"(?<=\d)[%‰](?![\w%])"),
        re.compile(rf"(?<=\d[{SPACES}])[%‰](?!\w)"),
    ),
    "unit": (
        re.compile(rf"(?<=\d)(?:{UNITS})(?![\w/^])"),
        re.compile(rf"(?<=\d[{SPACES}])(?:{UNITS})(?![\w/^])"),
    ),
    "quote": (
        re.compile(r"(?<=«)(?=[\w(\[])|(?<=[\w.,!?)\]…])(?=»)"),
        re.compile(rf"(?<=«)(?=[{SPACES}]\w)|(?<=[\w.,!?)\]…])(?=[{SPACES}]»)"),
    ),
}
