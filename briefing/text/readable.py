"""Whether a sentence can be read without its neighbours, by its form alone.

The rules look for what a careful editor strikes: pronouns and connectives without an antecedent, bare definite
nouns (*the company*), quotations without a speaker, the writer's *I*, furniture of the page. They know English,
German, French and Spanish; sentences in other languages are judged by punctuation and length only. They err on
the side of refusing: a source has more sentences than a brief needs.
"""

from __future__ import annotations

import re
from enum import StrEnum

from briefing.text.readable_words import DEFINITE_EN, Leaning, leaning


class Fault(StrEnum):
    """Why a sentence does not stand alone."""

    LEANS = "needs the sentence before it"
    SPEAKER = "quotation without its speaker"
    FRAGMENT = "not a whole sentence"
    QUESTION = "a question"
    PERSON = "speaks as the writer or to the reader"
    FURNITURE = "part of the page"
    SHORT = "too short"
    LONG = "too long"


SHORTEST, LONGEST = 6, 55  # words; news sentences have about 22 on average

# A bullet, then a dateline: "LONDON (Reuters) - ", "Paris, 3 May (AFP) — ", "WASHINGTON, D.C. — ".
_BULLET = r"[\s•·▪■◦*–—-]*"
_AGENCY = r"\((?:[A-Z][\w./&’' -]{1,30})\)"
_PLACE = r"[A-ZÄÖÜÉ][\w.’'/-]*(?:[ ,]+[\w.’'/-]+){0,6}?"
_CAPITALS = r"[A-ZÄÖÜÉÈÁÍÓÚÑ]{2}[A-ZÄÖÜÉÈÁÍÓÚÑ.’'/ -]*(?:, ?[\w.]+(?: \d{1,2})?){0,2}"
_OPENING = re.compile(rf"{_BULLET}(?:(?:{_PLACE} ?{_AGENCY}|{_AGENCY}|{_CAPITALS})\s*(?:[–—-]{{1,2}}|:)\s+)?")

_QUOTED = re.compile(r'"[^"]*"|“[^”“]*”|„[^“”]*[“”]|«[^»]*»|»[^«]*«|(?<!\w)[‘\'](?=\w)[^‘]*?[.,!?][’\'](?!\w)')
_MARKS = '"“”„«»'
_ENDS = re.compile(r"(?<!\.\.)[.!。！？؟۔।](?![.…])\W*$")
_ASKS = re.compile(r"[?？؟]\W*$")
_FURNITURE = re.compile(
    r"https?:|www\.|pic\.twitter|\.com\b|@\w|#\w|©|\||[›»]\s*$"
    r"|^(?:january|february|march|april|may|june|july|august|september|october|november|december) \d+, \d{4} [a-z]"
    r"|^(?:watch|read|related|listen|photo|image|video|update[ds]?|correction|editor['’]s note|note|source|also)\s*:"
    r"|\b(?:read more|story continues|click (?:here|on)|sign up|subscribe|newsletter|log in|advertisement|getty images|hide caption|image caption"
    r"|image copyright|buy photo|wait \d+ seconds?"
    r"|ap photo|file photo|photo by|courtesy of|all rights reserved|contributed to this|reporting by|editing by"
    r"|follow (?:us|him|her|me)|scroll down|last updated|pictured|see (?:also|below|above)|as follows|this (?:story|article|post|report)"
    r"|weiterlesen|mehr zum thema|lire aussi|lire la suite|leer más|lea también|suscríbase|abonnez-vous|newsletter)\b",
    re.IGNORECASE,
)
# Names that say where or when, not who: what stands after these words is no antecedent.
_WHERE = re.compile(
    r"\b(?:in|on|at|from|near|to|by|since|until|during|after|before|through|throughout|around|of|over)\s+"
    r"(?:the\s+|early\s+|late\s+|last\s+|next\s+|mid-)*[A-Z]\S*(?:[ ,]+[A-Z]\S*)*",
    re.IGNORECASE,
)
_SHE = re.compile(r"\b(?:he|she|him|his|her|hers|himself|herself)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|it|its|their|them)\b", re.IGNORECASE)
_PERSON_NOUN = re.compile(
    r"\b(?:an?|one|another|each|every|no|some|any|whose|who)\b|\b(?:president|minister|chancellor|king|queen|pope|"
    r"prince|princess|prime minister|governor|mayor|senator|police chief)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w’'])[A-Z][\w’'-]+")
_FUNCTION = re.compile(
    r"(?:The|A|An|In|On|At|By|For|From|With|After|Before|During|Despite|Since|Until|Under|As|When|While|Although|"
    r"Though|If|Because|To|Of|According|Asked|Speaking|Last|Earlier|Now|Today|Yesterday|Tonight|Then|That|What|Where|"
    r"Who|How|Why|Whether|Once|Upon|About|Instead|Not|Even|Just|Only|Over|Within|Without|Through|Among|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Initially|Recently|Previously|Eventually|Finally|Ultimately|Currently|Reportedly|Authorities|"
    r"Police|Officials|Prosecutors|Investigators|Critics|Experts|Witnesses|Doctors|Online|Social|Twitter|Facebook)$"
)
_INTRO = re.compile(
    r"(?:in|on|at|by|for|from|with|after|before|during|despite|since|until|under|as of|last|earlier|according to|over|"
    r"throughout|today|yesterday|now|asked|speaking|initially|recently|previously|eventually|ultimately|currently|"
    r"reportedly|to|of|while|when|if|because|although|though|once|instead of|rather than)\b[^,]*,\s*",
    re.IGNORECASE,
)
_UNTERMINATED = frozenset({"th", "lo", "km", "my"})


def opening(sentence: str) -> int:
    """Where the sentence itself begins, after a bullet or a dateline (``LONDON (Reuters) - ``)."""
    match = _OPENING.match(sentence)
    return match.end() if match and match.end() < len(sentence) else 0


def length(text: str) -> int:
    """Words of ``text``; scripts without spaces count two characters as a word."""
    count = text.count(" ") + 1
    return len(text) // 2 if len(text) > 25 * count else count


def inside_quotation(before: str) -> bool:
    """Whether a sentence that follows ``before`` in its paragraph stands within a quotation begun there."""
    if before.count('"') % 2:
        return True
    return before.count("“") + before.count("„") > before.count("”") + (before.count("“") if "„" in before else 0)


def fault(sentence: str, language: str = "en") -> Fault | None:
    """The first reason why ``sentence`` (on one line) does not stand alone, or None."""
    language = (language or "en").split("-")[0].lower()
    shape = _shape(sentence, language)
    if shape:
        return shape
    rules = leaning(language)
    outside = _QUOTED.sub("§", sentence)
    if any(mark in outside for mark in _MARKS):
        return Fault.SPEAKER
    quotation = _quotation(outside, rules)
    if quotation:
        return quotation
    if rules.person.search(outside):
        return Fault.PERSON
    if not rules.exempt.match(outside) and rules.opening.match(outside.lstrip("§,. ")):
        return Fault.LEANS
    if rules.inside.search(outside) or (language == "en" and _leans_english(outside)):
        return Fault.LEANS
    return None


def follows(sentence: str, previous: str) -> bool:
    """Whether ``previous``, which stands alone, offers what a leaning ``sentence`` may refer to.

    Somebody or something named is asked for where the sentence says *he*, *she* or *the company*.
    """
    outside = _QUOTED.sub("§", sentence)
    if _SHE.search(outside) or DEFINITE_EN.search(outside):
        return bool(_names(_WHERE.sub(" ", previous)) or _PERSON_NOUN.search(previous))
    return True


def _shape(sentence: str, language: str) -> Fault | None:
    count = length(sentence)
    if count < SHORTEST:
        return Fault.SHORT
    if count > LONGEST:
        return Fault.LONG
    if _ASKS.search(sentence):
        return Fault.QUESTION
    if language not in _UNTERMINATED and not _ENDS.search(sentence):
        return Fault.FRAGMENT
    if sentence[0].islower() and not sentence[1:2].isupper():
        return Fault.FRAGMENT
    if _FURNITURE.search(sentence) or sum(map(str.isupper, sentence)) > 0.4 * len(sentence):
        return Fault.FURNITURE
    return None


def _quotation(outside: str, rules: Leaning) -> Fault | None:
    if "§" not in outside:
        return None
    rest = outside.replace("§", " ")
    if len(re.findall(r"\w+", rest)) < 2:
        return Fault.SPEAKER
    if outside.lstrip(" -–—").startswith("§") and rules.speaker.match(outside.lstrip(" -–—§,.")):
        return Fault.SPEAKER
    return None


def _leans_english(outside: str) -> bool:
    intro = _INTRO.match(outside)
    main = outside[intro.end() :] if intro else outside
    if intro and re.match(r"(?:he|she|they|it|his|her|their|its)\b", main, re.IGNORECASE):
        named = _names(_WHERE.sub(" ", intro.group()))
        if not named and not re.match(r"it (?:is|was|will be|became) ", main):
            return True
    pronoun = _SHE.search(outside)
    if pronoun is not None:
        before = outside[: pronoun.start()]
        if not _names(_WHERE.sub(" ", before)) and not _PERSON_NOUN.search(before):
            return True
    definite = DEFINITE_EN.search(outside)
    return definite is not None and not _names(_WHERE.sub(" ", outside[: definite.start()]))


def _names(text: str) -> list[str]:
    return [name for name in _NAME.findall(text) if not _FUNCTION.match(name)]
