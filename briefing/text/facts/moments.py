"""Parts of days and years, and which way time runs: "in the evening" is not "in the morning", "later" not "ago"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from briefing.text.facts.difference import Difference, Evidence

_UNIT = r"(?:minutes?|hours?|days?|weeks?|months?|years?|decades?)"
_PERIOD = (
    r"(?=\s(?:in\s|of\s|the\s|this\s|last\s|next\s)*(?:\d{4}|week|month|year|decade|century|day|january|february|march|april|may"
    r"|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday))"
)
# What excludes one another, by kind; the words of a row may be told for one another.
_KINDS = {
    "part of the day": {
        "morning": "mornings?|dawn|daybreak|sunrise|morgens|vormittags?|matin|aube|madrugada|amanecer",
        "noon": "noon|midday|mittags?|midi|mediodía",
        "afternoon": "afternoons?|nachmittags?|après-midi",
        "evening": "evenings?|nights?|tonight|overnight|midnight|dusk|sunset|abends?|nachts?|mitternacht|soirée"
        "|soir|nuit|minuit|noche|medianoche|anochecer",
    },
    "season": {
        "spring": r"(?<=(?:in|this|last|next|the|of|by|until|early|late)\s)spring|springtime|frühling|frühjahr"
        "|printemps|primavera",
        "summer": "summers?|sommer|verano|(?<=\\b(?:l|cet|d)['’\\s])été",
        "autumn": r"autumn|(?<=(?:in the|this|last|next|by|until|early|late)\s)fall|herbst|automne|otoño",
        "winter": "winters?|hiver|invierno",
    },
    "part of the time": {
        "early": rf"(?:early|(?:the\s)?(?:beginning|start)\sof|anfang|début){_PERIOD}",
        "mid": rf"(?:mid|(?:the\s)?middle\sof|mitte){_PERIOD}|mid-\w+",
        "late": rf"(?:late|(?:the\s)?end\sof|ende){_PERIOD}",
    },
    "order": {
        "before": rf"(?<={_UNIT}\s)(?:ago|earlier|before)|vor\s(?=\w+\s(?:tagen|wochen|monaten|jahren))|il\sy\sa|hace",
        "after": rf"(?<={_UNIT}\s)(?:later|after(?:wards?)?|from\snow|on)(?!\w)|(?<=\w)\sspäter|plus\stard"
        r"|después|más\starde",
    },
    "part of the week": {
        "weekend": "weekends?|wochenende|fin\\sde\\ssemana",
        "weekday": "weekdays?|workdays?|werktags?",
    },
}
_PATTERNS = {
    kind: regex.compile(
        rf"(?<!\w)(?:{'|'.join(f'(?P<{name}>{words})' for name, words in rows.items())})(?!\w)", regex.IGNORECASE
    )
    for kind, rows in _KINDS.items()
}


class Moment(NamedTuple):
    """A word of time: what kind it is, which of the kind, and the word itself."""

    kind: str
    name: str
    text: str


@lru_cache(maxsize=4096)
def moments(text: str) -> tuple[Moment, ...]:
    """The words of ``text`` that tell the part of a day, of a year or of a period, or which way time runs."""
    return tuple(
        Moment(kind, match.lastgroup or "", match.group())
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
    )


def moment_differences(claim: str, evidence: Sequence[Evidence]) -> Iterator[Difference]:
    """Words of time in whose place the evidence has others of their kind."""
    given = [m for e in evidence for m in moments(e.text)]
    told = moments(claim)
    for moment in dict.fromkeys(told):
        same = [m for m in given if m.kind == moment.kind]
        rivals = [m for m in same if not any(m.name == o.name for o in told if o.kind == m.kind)]
        if rivals and all(m.name != moment.name for m in same):
            yield Difference("date", f"the claim says {moment.text}, the cited words say {rivals[0].text}")
