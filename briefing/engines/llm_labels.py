"""What a sentence's label promises, and whether its words can keep it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.model import Claim, Role
from briefing.text.facts.numbers import numbers

# What is to come, and what has weight. Without such a word the labels "what's next" and "why it matters" are a guess.
_AHEAD = {
    "en": "will would could may might plans? planned due expects? expected scheduled aims? hopes? next until",
    "de": r"wird werden würden? könnten? soll(?:en|te|ten)? will plan\w* erwart\w* nächste\w* bis",
    "fr": r"va vont \w+r(?:a|ont|ait|aient) prévoi\w* prévu\w* doit doivent devrai\w* prochain\w* d['’]ici",
    "es": r"va van \w+r(?:á|án|ía|ían) prevé\w* previst\w* debe\w* próxim\w* hasta",
}
_WEIGHT = {
    "en": r"""because result therefore means? meant affect\w* threat\w* undermin\w* risk\w* impact\w* costs? help\w*
        hurt\w* harm\w* boost\w* allow\w* prevent\w* forc(?:e|es|ed|ing) leav(?:e|es|ing) left caus\w* lead\w* led
        rais\w* cut\w* first largest biggest worst record key depend\w* worsen\w* complicat\w* disrupt\w*""",
    "de": r"""weil deshalb dadurch bedeute\w* betr[ei]ff\w* bedroh\w* gefähr\w* risik\w* folge\w* koste\w* hilf\w*
        erste\w* größte\w* zwing\w* führ\w*""",
    "fr": r"""parce car donc ainsi signifi\w* affect\w* menac\w* risqu\w* conséquen\w* coût\w* aid\w* premi\w*
        entraîn\w* oblig\w*""",
    "es": r"""porque así signific\w* afect\w* amenaz\w* riesgo\w* consecuen\w* cuest\w* ayud\w* primer\w* mayor
        oblig\w* caus\w*""",
}


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE)


_CUES = {
    Role.NEXT: {code: _any(words) for code, words in _AHEAD.items()},
    Role.MATTERS: {code: _any(f"{words} {_AHEAD[code]}") for code, words in _WEIGHT.items()},
}


def as_labelled(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without labels that say too much; small models label at random."""
    sources = {c.article for claim in claims if claim.role is Role.DISAGREE for c in claim.citations}
    return [c if _fits(c, len(sources)) else replace(c, role=Role.HAPPENED) for c in claims]


def _fits(claim: Claim, disagreeing: int) -> bool:
    """Whether a label can be true of its sentence: two sources, a figure, a consequence, something to come.

    In languages without a list of words the model is believed.
    """
    match claim.role:
        case Role.DISAGREE:
            return disagreeing > 1
        case Role.NUMBERS:
            return bool(numbers(claim.text, claim.language))
        case Role.MATTERS | Role.NEXT:
            cue = _CUES[claim.role].get(claim.language)
            return cue is None or bool(cue.search(claim.text))
    return True
