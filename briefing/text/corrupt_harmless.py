"""Makes other versions of true sentences that are as true: shorter, turned round, in equal words.

They are the true half of what a judge is tried on; the sentence letter by letter would be too easy. Only what the
checks of facts hold to lose nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from briefing.text.corrupt_words import Changes
from briefing.text.facts.cut import lost_by_cutting, own_clause
from briefing.text.facts.quotes import outside

# Each is applied wherever it fits, outside quotations.
_EQUAL: Changes = {
    "en": (
        (r"(?<=\d) ?(?:percent|per cent)\b", "%"),
        (r"\b(is|are|was|were|has|have|had|would|could|should|did|does|do) not\b", r"\1n't"),
        (r"\bwill not\b", "won't"),
        (r"\bmore than (?=[\d$€£])", "over "),
        (r"\b(?:about|around) (?=[\d$€£])", "roughly "),
        (r"\b(?:the )?(?:United States|U\.S\.)(?= [a-z])", "the US"),
        (r"\b(?:also|then) (?=\w+ed\b)", ""),
        (r"\bin order to\b", "to"),
        (r"\bbegan\b", "started"),
        (r"\bpurchased\b", "bought"),
        (r"\bprior to\b", "before"),
        (r"\bfollowing (?=(?:a|an|the)\b)", "after "),
        (r"\b(?:However|Meanwhile|Moreover|But|And|Still|In addition),? (?=\p{L})", ""),
        (r"\btold (?:reporters|journalists) that\b", "said that"),
        (r"\bsaid that\b", "said"),
        (r"\bobtain(?=ed\b|s\b|\b)", "receive"),
        (r"\battempt(?=ed to\b|s to\b)", "try"),
        (r"\bnearly (?=[\d$€£])", "almost "),
        (r"\bapproximately\b", "about"),
    ),
    "de": (
        (r"(?<=\d) ?Prozent\b", " %"),
        (r"\b(?:etwa|ungefähr|circa) (?=\d)", "rund "),
        (r"\bmehr als (?=\d)", "über "),
        (r"\b(?:jedoch|allerdings|zudem|außerdem) ", ""),
    ),
    "fr": (
        (r"(?<=\d) ?pour cent\b", " %"),
        (r"\benviron (?=\d)", "à peu près "),
        (r"\b(?:également|aussi) ", ""),
    ),
    "es": (
        (r"(?<=\d) ?por ciento\b", " %"),
        (r"\baproximadamente (?=\d)", "alrededor de "),
        (r"\b(?:también|además) ", ""),
    ),
}
# Whole sentences turned round.
_TURNED: Mapping[str, Sequence[tuple[str, str]]] = {
    "en": (
        # "On Monday, the ...": not "In other words", "At first".
        (
            r"^(On|In|At) (?=[^,“\"]*[\p{Lu}\d])([^,“\"]{3,30}), ((?:the|\p{Lu}\w+|an?) [^“\"]+)\.$",
            r"\3 \1 \2.",
        ),
        (r"^((?:[Tt]he )?\p{Lu}[^,“\"]{2,40}) said (?:that )?([^,“\"]+)\.$", r"According to \1, \2."),
        (r"^([^“\"]{20,}), (\p{Lu}[^,“\"]{2,40}) said\.$", r"\2 said \1."),
        (r"^([^“\"]{20,}), according to ([^,“\"]{3,60})\.$", r"According to \2, \1."),
    ),
    "de": ((r"^([^„\"]{20,}), sagte (\p{Lu}[^,„\"]{2,40})\.$", r"Laut \2: \1."),),
    "fr": ((r"^Selon ([^,«\"]{3,60}), ([^«\"]+)\.$", r"\2, selon \1."),),
    "es": ((r"^Según ([^,«\"]{3,60}), ([^«\"]+)\.$", r"\2, según \1."),),
}
_LOWERED = regex.compile(r"(?<=\S )(On|In|At|The|A|An)(?= )|(?<=: |, )(The|A|An)(?= )")
_ASIDE = regex.compile(r"\s\([^()\d]{3,80}\)")
# The part that is kept must be most of the sentence, or it may be an opening that lacks its verb.
_KEPT = 0.55
_LEAST = 6
# Languages whose denials and doubts are known, so that cutting one off is noticed.
_CUT = frozenset({"en", "de", "fr", "es"})


def harmless(sentence: str, language: str = "en") -> tuple[str, ...]:
    """Versions of ``sentence`` that say the same or less, the most changed first, each once; without the sentence."""
    shorter = next(_shorter(sentence, language), sentence)
    turned = _turned(shorter, language)
    made = (_equal(turned, language), turned, _equal(shorter, language), shorter, _equal(sentence, language))
    return tuple(v for v in dict.fromkeys(made) if v.split() != sentence.split())


def _shorter(sentence: str, language: str) -> Iterator[str]:
    plain = _ASIDE.sub("", sentence) if language in _CUT else sentence
    yield from _without_clause(plain, language)
    yield from _cut_off(plain, language)
    if plain != sentence:
        yield plain


def _without_clause(sentence: str, language: str) -> Iterator[str]:
    for match in regex.finditer(r"\s(?=who\s|whose\s|after\s)|(?=,\s\w+ing\s)", sentence):
        kept, after = sentence[: match.start()], sentence[match.start() :]
        size = own_clause(kept, after, language)
        rest = after[size:].rstrip()
        if size and outside(sentence, match.start()) and len(kept.split()) >= _LEAST and rest[:1] not in '“"(':
            yield _closed(kept + rest)


def _cut_off(sentence: str, language: str) -> Iterator[str]:
    words = len(sentence.split())
    for match in regex.finditer(r",\s(?=\S+\s\S+\s\S+)|\s[–—]\s", sentence):
        kept, after = sentence[: match.start()], sentence[match.start() :]
        if language not in _CUT or not outside(sentence, match.start()) or '"' in after or "”" in after:
            continue
        if "," in kept:
            # A second comma may close an aside, and what is left of it then lacks its verb.
            return
        if len(kept.split()) < max(_LEAST, _KEPT * words) or lost_by_cutting("", kept, after, language):
            continue
        yield _closed(kept)


def _closed(sentence: str) -> str:
    return sentence if sentence[-1:] in '.!?”"»' else f"{sentence.rstrip(',;:')}."


def _turned(sentence: str, language: str) -> str:
    for pattern, replacement in _TURNED.get(language, ()):
        turned = regex.sub(pattern, replacement, sentence)
        if turned != sentence:
            turned = _LOWERED.sub(lambda m: m.group().lower(), turned) if language == "en" else turned
            return turned[:1].upper() + turned[1:]
    return sentence


def _equal(sentence: str, language: str) -> str:
    for pattern, replacement in _EQUAL.get(language, ()):
        found = [m for m in regex.finditer(pattern, sentence) if outside(sentence, m.start())]
        for match in reversed(found):
            sentence = sentence[: match.start()] + match.expand(replacement) + sentence[match.end() :]
    return sentence[:1].upper() + sentence[1:]
