"""Whether a sentence can be read without its neighbours, by its form alone.

The rules look for what a careful editor strikes: pronouns and connectives without an antecedent, bare definite
nouns (*the company*), quotations without a speaker, the writer's *I*, furniture of the page. They know English,
German, French and Spanish; sentences in other languages are judged by punctuation and length only. They err on
the side of refusing: a source has more sentences than a brief needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from briefing.text.readable_verbs import states_plainly
from briefing.text.readable_words import DEFINITE_EN, INTRO_EN, Leaning, leaning


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

# A bullet or a list's number, then a dateline: "LONDON (Reuters) - ", "Paris, 3 May (AFP) — ", "WASHINGTON, D.C. — ".
_BULLET = r"[\s•·▪■◦*–—-]*(?:\d{1,2}[.)]\s+(?=[A-Z]))?"
_AGENCY = r"\((?:[A-Z][\w./&’' -]{1,30})\)"
_PLACE = r"[A-ZÄÖÜÉ][\w.’'/-]*(?:[ ,]+[\w.’'/-]+){0,6}?"
_CAPITALS = r"[A-ZÄÖÜÉÈÁÍÓÚÑ]{2}[A-ZÄÖÜÉÈÁÍÓÚÑ.’'/ -]*(?:, ?[\w.]+(?: \d{1,2})?){0,2}"
_KNOWN = r"\((?:CNN|AP|Reuters|REUTERS|AFP|dpa|DPA|UPI|PTI|ANI|IANS|EFE|ANSA|KNA|epd|SID|APA|Bloomberg|Xinhua|TASS)\)"
_OPENING = re.compile(
    rf"{_BULLET}(?:(?:{_PLACE} ?{_AGENCY}|{_AGENCY})\s*(?:[–—-]{{1,2}}|:)\s*|{_CAPITALS}\s*(?:\s[–-]\s|—|--|>>)\s*"
    rf"|(?:{_PLACE} ?)?{_KNOWN}\s+(?=[A-Z\"“]))?"
)

_QUOTED = re.compile(r'"[^"]*"|“[^”“]*”|„[^“”]*[“”]|«[^»]*»|»[^«]*«|(?<!\w)[‘\'](?=\w)[^‘]*?[.,!?][’\'](?!\w)')
_MARKS = '"“”„«»'
_ENDS = re.compile(r"(?<!\.\.)[.!。！？؟۔।](?![.…])\W*$")
_ASKS = re.compile(r"[?？؟]\W*$")
# A headline that runs on into the text: "Quake shakes Ostrand An earthquake of".
_GLUED = re.compile(r"[a-z]\s+(?:An?|The)\s+[a-z]")
_PASSIVE = re.compile(r"\b(?:is|are|being)\s+\w+(?:ed|en)\b")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
# Asked of the sentence in small letters: that is twice as fast as to ignore case.
_FURNITURE = re.compile(
    r"\w\?\w|[\x80-\x9f\ufffd]|â€|\b(?:below|above)[.:]$|https?:|www\.|pic\.twitter|\.com\b|@\w|#\w|©|\||[›»]\s*$"
    r"|!\W*$|^fig(?:ure)?\.? ?\d"
    r"|^from (?:left|right)\b"
    r"|^(?:watch|read|related|listen|photo|image|video|update[ds]?|correction|editor['’]s note|note|source|also)\s*:"
    r"|\([^()]{3,60}(?:/|photo)[^()]{2,40}\)\W*$|^\(c\)|\bprovided by\b[^.]*$|^story highlights"
    r"|\bfull screen\b|\bautoplay\b|\bskip ad\b"
    r"|\bview photos\b|\bimage caption\b"
    rf"|^\d+\s?[ap]m\b|^summary\s*:|[+−-]\d+\.\d+%|^{_MONTH} \d+ ?, \d{{4}} [a-z]|\bfile\s?[–—-]"
    rf"|\bin (?:this|an undated) (?:[\w., ]{{0,25}})(?:photo|image"
    rf"|picture|video)\b"
    r"|\b(?:photo|picture|image)s? (?:released|provided|taken|shows?|courtesy|by)\b"
    r"|\b(?:read more|story continues|click (?:here|on)|sign up|subscribe|newsletter|log in|advertisement|getty images"
    r"|hide caption|image caption|image copyright|buy photo|wait \d+ seconds?|stay up[ -]to[ -]date|ap photo|file photo"
    r"|courtesy of|all rights reserved|contributed to this|reporting by|editing by|follow (?:us|him|her|me)|scroll down"
    r"|last updated|pictured|see (?:also|below|above)|as follows|this (?:story|article|post|report)|find more"
    r"|weiterlesen|mehr zum thema|lire aussi|lire la suite|leer más|lea también|suscríbase|abonnez-vous)\b",
)
_PAST = (
    r"(?:was|were|had|did|said|told|came|went|took|made|got|gave|found|left|began|became|led|met|held|kept|brought|"
    r"thought|fell|rose|won|lost|sent|spent|built|bought|sold|paid|ran|saw|wrote|spoke|broke|stood|heard|felt|grew"
    r"|knew|"
    r"drew|drove|threw|chose|struck|fought|caught|sought|taught|sank|swept|flew|sat|died|put|set|cut|hit|quit|"
    r"(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bof )(?<!\bby )(?<!\bwith )\b\w+[a-z]ed)"
)
_MODAL = r"(?:will|would|can|could|may|might|must|shall|should|cannot|\w+n['’]t|\w+['’](?:ll|ve|re|d))"
_PRESENT = (
    r"(?:is|are|am|be|been|being|has|have|do|does|\w+['’]s|say|says|tells?|shows?|remains?|faces?|makes?|plans?|wants?|"
    r"expects?|needs?|believes?|thinks?|knows?|hopes?|claims?|warns?|argues?|reports?|finds?|gives?|gets?|takes?|goes|"
    r"comes?|becomes?|seems?|appears?|means?|includes?|contains?|features?|begins?|starts?|ends?|opens?|runs?|works?|"
    r"lives?|leads?|holds?|keeps?|brings?|puts?|uses?|helps?|offers?|allows?|requires?|causes?|affects?|represents?|"
    r"serves?|provides?|suggests?|denies|signs?|marks?|raises?|calls?|asks?|writes?|adds?|notes?|explains?|stands?|"
    r"continues?|follows?|leaves?|wins?|loses?|falls?|rises?|plays?|pays?|sells?|buys?|looks?|feels?|meets?|turns?|"
    r"votes?|decides?|refuses?|reaches|reach|returns?|sends?|builds?|spends?|loses?|accuses?|announces?|estimates?"
    r"|agrees?|aims?|seeks?|moves?|depends?|belongs?|consists?|exists?|refers?)"
)
_FINITE = re.compile(rf"\b(?:{_PAST}|{_MODAL}|{_PRESENT})\b")
_TENSED = re.compile(rf"\b(?:{_PAST}|{_MODAL}|has|have)\b")
_REPORTED = re.compile(r"\bsa(?:id|ys?)\b|\baccording to\b")
_TOLD = re.compile(r"\b(?:was|were|had|said|told|died)\b")
_WAS = re.compile(r"\b(?:was|were|had|did|has|have|been)\b")
_PASSED = re.compile(rf"\b{_PAST}\b")
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|that|where|when)\b")
# "A woman waves a flag": what pictures show is told in the present tense; news of one person is not.
_SHOWN = re.compile(
    r"^(?:an?|two|three|four|five|several|some|people|men|women|children|protesters|demonstrators|supporters|residents"
    r"|soldiers|police(?: officers)?|officers|firefighters|workers|members|migrants|refugees|visitors|fans)\b"
    r"[^,.]{0,60}?\b(?:waves?|walks?|stands?|sits?|poses?|gestures?|smiles?|arrives?|attends?|carry|carries|holds?|"
    r"hugs?|kisses|reacts?|listens?|watch(?:es)?|waits?|gathers?|rides?|passes|pass|looks? (?:on|at|over)|speaks? (?:at"
    r"|to|during)|leaves?|marches|lies?|embraces?|cheers?|celebrates?|chants?|prays?|inspects?|clears?)\b"
)
# What is done every day is on no picture.
_HABIT = re.compile(r"\b(?:every|each|usually|often|always|an? (?:day|week|month|year))\b")
# "A man walks past a shop in York, May 3, 2014.": the present tense on a past day is a picture's caption.
_DATED = re.compile(rf"\b{_MONTH},? \d{{1,2}},? \d{{4}}\b")
_TAKEN = re.compile(rf"day,? {_MONTH} \d{{1,2}},? \d{{4}}\W*$")
# "The assistant said": which one was told before; but there is one government, one police.
_BARE = re.compile(
    r"The\s+(?:state|city|country|town|village|county|region|nation|party)['’]s\b|"
    rf"The\s+(?!(?:most|least|average|only|first|\w+est)\s)(?:(?!(?:of|in|at|on|for|to|and|that|who|is|was|by|from|with|as)\b)"
    rf"[a-z][\w-]*\s+){{0,3}}(?!(?:government|president|police|military|army|navy|public|economy|country|world"
    rf"|sun|moon|"
    r"city|state|court|media|markets?|internet|weather|war|election|vote|capital|opposition|parliament|cabinet|"
    r"dollar|euro|pound|yen|ministry|ministers?|administration|legislature|senate|king|queen|pope|mayor|governor|"
    rf"chancellor|premier|rich|poor|unemployed|elderly|unemployment|inflation|rate)\b)[a-z][\w-]*(?:['’]s\b|,\s+[a-z]"
    rf"|\s+(?:also\s+)?"
    rf"(?:{_PAST}|{_MODAL}|is|are|has|have|does|do|says?|remains?|faces?|plans?|wants?|takes?|comes?|includes?)\b)"
)
# Names that say where or when, not who: what stands after these words is no antecedent.
_WHERE = re.compile(
    r"\b(?i:in|on|at|from|near|to|by|since|until|during|after|before|through|throughout|around|of|over)\s+"
    r"(?i:the\s+|early\s+|late\s+|last\s+|next\s+|mid-)*[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*)*(?:,\s[A-Z][\w.]+(?=,))?"
)
_SHE = re.compile(r"\b(?:he|she|him|his|her|hers|himself|herself)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|it|its|their|them)\b", re.IGNORECASE)
_PERSON_NOUN = re.compile(
    r"\b(?:an?|one|another|each|every|no|some|any|two|three)\s+(?:[\w-]+\s+){0,3}?(?:m[ae]n|wom[ae]n|boys?|girls?|child"
    r"|teen\w*|students?|person|mother|father|son|daughter|wife|husband|brother|sister|baby|victim|suspect|spokes\w+"
    r"|judge|nurse|official|police\w*|star|chief|head|resident|pilot|patient|client|witness|guest|fan|native|veteran"
    r"|candidate|friend|cousin|uncle|aunt|colleague|boss|guard|kid|guy|cop|agent|immigrant|assistant|attendant|sergeant"
    r"|lieutenant|defendant|infant|inmate|graduate|model|hero|group|[\w-]+(?:er|or|ist|ian|ee|aire|year-old))\b"
    r"|\bwhos?e?\b|\b(?:president|minister|chancellor|king|queen|pope|prince|princess|prime minister|governor|mayor"
    r"|senator|police chief)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w’'])[A-Z][\w’'-]+")
# "Being there, he": a capital that only begins the sentence.
_FIRST = re.compile(r"^\W*\w+(?:ing|ly|ed)\b")
_FUNCTION = re.compile(
    r"(?:One|Two|Three|Four|Five|Some|Many|Several|Most|All|Each|Every|No|Another|Both|Few"
    r"|It|This|These|There|Here|He|She|They|We|But|And|So|The|A|An|In|On|At|By|For|From|With|After|Before|During"
    r"|Despite|Since|Until|Under|As|When|While|Although|"
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
# Thai, Lao, Burmese, Khmer, Japanese, Chinese.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_UNTERMINATED = frozenset({"th", "lo", "km", "my"})


def opening(sentence: str) -> int:
    """Where the sentence itself begins, after a bullet or a dateline (``LONDON (Reuters) - ``)."""
    match = _OPENING.match(sentence)
    return match.end() if match and match.end() < len(sentence) else 0


def length(text: str) -> int:
    """Words of ``text``; of scripts without spaces two characters count as a word."""
    if text.isascii():
        return text.count(" ") + 1
    rest, unspaced = _UNSPACED.subn(" ", text)
    return len(rest.split()) + unspaced // 2 if unspaced else text.count(" ") + 1


def quoted(text: str, starts: Iterable[int], begin: int = 0) -> list[bool]:
    """For each of ``starts``, which rise: whether a quotation begun between ``begin`` and it is still open."""
    found: list[bool] = []
    counts = dict.fromkeys(_MARKS, 0)
    at = begin
    for start in starts:
        for mark in counts:
            counts[mark] += text.count(mark, at, start)
        at = start
        closing = counts["”"] + (counts["“"] if counts["„"] else 0)
        opened = counts["„"] or counts["“"]
        found.append(bool(counts['"'] % 2) or counts["«"] > counts["»"] or opened > closing)
    return found


def fault(sentence: str, language: str = "en", *, any_length: bool = False) -> Fault | None:
    """The first reason why ``sentence`` (on one line) does not stand alone, or None.

    With ``any_length`` no sentence is too short or too long.
    """
    language = (language or "en").split("-")[0].lower()
    count = SHORTEST if any_length else length(sentence)
    if count < SHORTEST:
        return Fault.SHORT
    if count > LONGEST:
        return Fault.LONG
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
    if sentence.startswith("("):
        return Fault.LEANS
    if rules.person.search(outside):
        return Fault.PERSON
    if not rules.exempt.match(outside) and rules.opening.match(outside.lstrip("§,. ")):
        return Fault.LEANS
    if rules.inside.search(outside.lower()) or (language == "en" and _leans_english(outside)):
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
    if _ASKS.search(sentence):
        return Fault.QUESTION
    if language not in _UNTERMINATED and not _ENDS.search(sentence):
        return Fault.FRAGMENT
    first = sentence.lstrip(".,;:)] ")
    if first[:1].islower() and not first[1:2].isupper():
        return Fault.FRAGMENT
    low = sentence.lower()
    if furniture(sentence) or sum(map(str.isupper, sentence)) > 0.4 * len(sentence):
        return Fault.FURNITURE
    if language == "en":
        undated, dates = _DATED.subn(" ", low)
        if _GLUED.search(sentence) or (_TAKEN.search(low) and not _TOLD.search(low)):
            return Fault.FURNITURE
        if not _states(undated):
            return Fault.FRAGMENT
        if dates and not _TENSED.search(" ".join(_PASSIVE.sub(" ", undated).split()[:10])):
            return Fault.FURNITURE
    return None


def _states(low: str) -> bool:
    """Whether there is a verb, and not only one that belongs to a relative clause (*a game that players steer*)."""
    verbs = list(_FINITE.finditer(low))
    if not verbs:
        return states_plainly(low)
    return len(verbs) > 1 or low.find(":", 0, verbs[0].start()) >= 0 or not _hangs(low, verbs[0].start())


def _hangs(low: str, verb: int) -> bool:
    return bool(re.match(r"an?\b", low)) and bool(_RELATIVE.search(low, 0, verb))


def furniture(text: str) -> bool:
    """Whether ``text`` is by its words a caption, a credit, a plea or another part of the page."""
    low = text.lower()
    shown = _SHOWN.match(low)
    return bool(_FURNITURE.search(low)) or bool(
        shown and not _WAS.search(low, 0, shown.end()) and not _REPORTED.search(low) and not _HABIT.search(low)
    )


def narrates(sentence: str, language: str = "en") -> bool:
    """Whether ``sentence`` tells what was done, so that it stays true; what *is* or *will be* may not.

    English alone has a rule; of other languages it says True.
    """
    return not (language or "en").lower().startswith("en") or bool(_PASSED.search(_QUOTED.sub(" ", sentence).lower()))


def _quotation(outside: str, rules: Leaning) -> Fault | None:
    if "§" not in outside:
        return None
    rest = outside.replace("§", " ")
    if len(re.findall(r"\w+", rest)) < 2 or re.match(r"(?:On|About)\b[\w\s,’'-]*:\s*§\W*$", outside):
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
    if _BARE.match(main) or (intro and INTRO_EN.match(intro.group())):
        return True
    definite = DEFINITE_EN.search(outside)
    return definite is not None and not _names(_WHERE.sub(" ", outside[: definite.start()]))


def _names(text: str) -> list[str]:
    return [name for name in _NAME.findall(_FIRST.sub(" ", text)) if not _FUNCTION.match(name)]
