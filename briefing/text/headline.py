"""Titles and sentences as headlines. A headline is always a span of what was published, never new words."""

from __future__ import annotations

import re

from briefing.text.facts.cut import own_clause
from briefing.text.readable import furniture, length

MOST_WORDS, MOST_CHARACTERS = 14, 90

_LABEL = re.compile(
    r"[\s*•·▪■–—-]*(?:\[[^\]]{1,30}\]|(?:live|live blog|live updates?|breaking(?: news)?|just in|update[ds]?"
    r"|exclusive|watch"
    r"|video|"
    r"photos?|opinion|analysis|explainer|series|column|comment"
    r"|interview|review|podcast|liveticker|eilmeldung|en direct|direct|vidéo|en vivo|última hora"
    r"|vídeo)\s*[:|–—-]\s+)*",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s+[|»·•]\s+[^|»·•]*$|\s+[–—-]{1,2}\s+(?P<name>[^|–—]{2,40})$")
_LURE = re.compile(
    r"^(?:here['’]?s|here are|here is|what|how (?:to|you|i|we)|why|when|where|who"
    r"|which|"
    r"this is|this|these|meet|watch|see|look|inside|everything|the (?:\w+ )?(?:reason|truth|secret)s?|should|is|are|"
    r"can|could|will|do|does|did|was ist|was wir|das ist|darum|deshalb|warum|wie|so|ce que|ce qu['’]|voici|pourquoi"
    r"|comment|"
    r"esto es|lo que|así|por qué|cómo|qué|\d+ (?:\w+ )?(?:things|reasons|ways|facts|tips|takeaways|photos|times|dinge|"
    r"gründe|tipps|choses|raisons|cosas|razones|claves))\b"
    r"|\b(?:you need to know|you should know|you won['’]t believe|what we know|what to know|things to know|find out|"
    r"wissen müssen|il faut savoir|debes saber|as it happened|live updates?|live score|live blog|liveblog|liveticker|"
    r"newsletter|podcast|quiz|horoscope|crossword|photos?|in pictures|video|watch live|morning briefing|"
    r"evening briefing|news (?:brief|in brief|roundup|digest|summary))\b"
    r"|\.\.\.$|…$|[?？؟]",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:I|I['’]m|my|we|our|you|your)\b|\bus\b")

# What may follow a cut: a clause that only adds to what was said.
_ADDS = re.compile(
    r",\s+(?:known as|called|code-?named)\b(?![^,]*,\s(?:against|in|on|at|to|for|from|with|of|by|into)\b)"
    r"|,\s+(?:which|who|whose|where|a|an|backed by|led by|one of|part of|home to|sending"
    r"|leaving|killing|injuring|wounding|causing|forcing|prompting|raising|bringing|"
    r"making|sparking|marking|adding|citing|including|following|amid|as|after|while)\b"
    r"|,\s(?:confirming|saying|declaring|announcing|warning|arguing|claiming|insisting)\s"
    r"|\s+(?:amid|following|after|while|who|whose)\s|;\s|\s[–—]\s"
)
# What must never be cut off: doubt, denial, condition, contrast, who said it, what it is measured against.
_TURNS = re.compile(
    r"\b(?:but|however|although|though|yet|despite|if|unless|until|except|only|provided|without|not|no|never|neither"
    r"|nor|"
    r"none|cannot|den(?:y|ies|ied|ying)|reject\w*|disput\w*|refus\w*|false\w*|wrong\w*|untrue|unconfirmed|unverified"
    r"|hoax|"
    r"accord\w*|said|says?|saying|told|tells|claim\w*|alleg\w*|report(?:s|ed|edly)|suspect\w*|accus\w*|believ\w*|"
    r"think|thought|appear\w*|seem\w*|may|might|could|would|should|perhaps|possibly|probably|likely|expect\w*"
    r"|estimat\w*|"
    r"announc\w*|hear[sd]?|learn\w*|court|judge|prosecutors?|lawyers?|confirm\w*|state[sd]|show(?:s|ed)|suggest\w*"
    r"|add(?:s|ed)|wrote|writes|tweeted|posted|argu\w*|warn\w*|"
    r"plan(?:s|ned)|intend\w*|propos\w*|than|instead|rather|acquit\w*|later|overturn\w*|revers\w*|drop(?:s|ped)"
    r"|fail\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
# What undoes the main clause wherever it stands.
_UNDOES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject\w*|disput\w*|false\w*|wrong\w*|untrue|hoax|acquit\w*|later|overturn\w*"
    r"|revers\w*|dropped)\b",
    re.IGNORECASE,
)
_DONE = (
    r"(?:won|lost|took|made|fell|rose|hit|struck|left|began|held|went|came|cut"
    r"|shot|"
    r"gave|met|kept|led|broke|drove|sent|set|put|ran|saw|sold|bought|built|caught|spent|fought|found|got|grew|paid"
    r"|quit|"
    r"sank|stole|threw|wore|\w{2,}ed(?!\s+(?:by|of|in|on|at|as|to|from|with|for|man|woman|people)\b))\b"
)
_VERB = re.compile(rf"\b(?:is|are|was|were|has|have|had|will|{_DONE})\b")
_EVENT = re.compile(
    r"(?<!\bhad\s)\b(?=[a-z])(?!(?:expected|believed|hoped|wanted|needed|planned|seemed|appeared|remained|suspected|alleged"
    r"|feared|reported|added|claimed|noted|called|named|used|based|related|so-called)\b)"
    rf"(?<![-\"“‘])(?<!\ba\s)(?<!\ban\s)(?<!\bthe\s)(?:{_DONE}|brought|came|became|died|fled|flew|drew|gone|rose)\b(?!-)"
    r"|(?<!had\s)\b(?:was|were|been)\s(?:\w+ly\s)?(?!(?:expected|believed|supposed|based|located|called|named)\b)"
    r"\w{2,}(?:ed|en|wn|ught)\b"
)
# Doubt about what the sentence itself says; "May" is the month.
_UNCLEAR = re.compile(
    r"\b(?i:un(?:clear|known|confirmed|certain)|not (?:\w+ )?(?:clear|known|certain|sure|confirmed)|whether|if"
    r"|reportedly|allegedly|possibly|perhaps|probably)\b|\b(?:may|might|could)\b"
)
# "two days | after clashes": such a head would end in the measure of what was cut.
_MEASURE = re.compile(
    r"\b(?:minutes?|hours?|days?|weeks?|months?|years?|moments?|shortly|soon|just|immediately|long|even|only|right|"
    r"and|or|the|an?|to|of|in|on|at|by|for|from|with|as|that|than)$",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"\b(?:said|says?|told|added|claimed|alleged|reported|announced|confirmed|believed?|that)\b")
_SUBORDINATE = re.compile(
    r"(?:when|after|before|if|unless|while|as|although|though|because|since|until|despite|in|on|at|with|under|during|"
    r"by|for|from|amid|following|according|once|to|of|among|asked)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r",?\s(?:who|whose|which)\s")
_MARKS = frozenset('"“”„«»()[]')


def trimmed(title: str) -> tuple[int, int]:
    """Span of ``title`` without a label before it (``LIVE:``) and the name of the site after it (`` | Site``)."""
    label = _LABEL.match(title)
    start = label.end() if label and label.end() < len(title) else 0
    end = len(title.rstrip())
    while (site := _SITE.search(title, start, end)) and length(title[start : site.start()]) >= 4:
        # After a dash only what looks like a name goes: "Rain ends drought - farmers relieved" keeps its second half.
        name = site["name"]
        if name is not None and (any(w[:1].islower() and len(w) > 3 for w in name.split()) or length(name) > 5):
            break
        end = site.start()
    start += len(title[start:end]) - len(title[start:end].lstrip())
    return start, end


def tells(title: str) -> bool:
    """Whether ``title`` states news: no question, lure, label, name or caption, nor in the first person."""
    return (
        4 <= length(title) <= 22
        and not _LURE.search(title)
        and not _PERSON.search(title)
        and not furniture(title)
        and not title.rstrip().endswith(":")
    )


def happened(sentence: str) -> bool:
    """Whether an English ``sentence`` tells, before any relative clause, what somebody did or what was done."""
    return bool(_EVENT.search(_RELATIVE.split(sentence, maxsplit=1)[0]))


def unclear(sentence: str) -> bool:
    """Whether an English ``sentence`` says, before any relative clause, that something is not certain."""
    return bool(_UNCLEAR.search(_RELATIVE.split(sentence, maxsplit=1)[0]))


def shortened(sentence: str, language: str = "en") -> int:
    """Where a headline cut from the start of ``sentence`` may end, at most 14 words and 90 characters if it can be.

    A cut is made only before a clause that adds to what was said (English alone has these rules). Nothing is cut
    that doubts, denies, limits or attributes; where no safe cut is found, the whole sentence is the headline.
    A final full stop is left out.
    """
    whole = len(sentence.rstrip())
    if sentence[:whole].endswith(".") and not re.search(r"\b(?:\w|[A-Z]\w{1,3})\.$", sentence[:whole]):
        whole -= 1
    if _fits(sentence[:whole]) or not language.startswith("en"):
        return whole
    if _SUBORDINATE.match(sentence) or _MARKS & set(sentence):
        return whole
    for cut in reversed(list(_ADDS.finditer(sentence))):
        head = sentence[: cut.start()]
        if length(head) >= 5 and not _MEASURE.search(head) and _states(head) and _spares(head, sentence[cut.start() :]):
            whole = cut.start()
            if _fits(head):
                break
    return whole


def _spares(head: str, rest: str) -> bool:
    """Whether ``head`` says no more without ``rest``; a relative clause must be one that can be missed."""
    own = own_clause(head, rest)
    if not own and re.match(r"\s+(?:who|whose)\s", rest):
        return False
    return not _UNDOES.search(rest) and not _TURNS.search(rest, own)


def _fits(text: str) -> bool:
    return length(text) <= MOST_WORDS and len(text) <= MOST_CHARACTERS


def _states(head: str) -> bool:
    """Whether ``head`` has a verb of its own, after the last *said* or *thought that* if there is one."""
    reports = [m.end() for m in _REPORTS.finditer(head)]
    return bool(_VERB.search(head, reports[-1] if reports else 0))
