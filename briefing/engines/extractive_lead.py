"""What a story opens with: the newest sentence that tells the event itself."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from briefing.engines.extractive_pool import Pool, Sentence
from briefing.model import Article
from briefing.text.headline import tells, trimmed
from briefing.text.words import terms

# The lead of a text a day older than the newest is worth this much of it: what has moved on is told as it is now.
_A_DAY = 0.8
# Titles say what a story is about, so a lead that has a title's words counts up to this much more.
_TITLED = 3.0
# Past the first sentence of an article, each further one is less likely to tell the news.
_DEEPER = 0.12
_OLD, _REACTION, _NEWS = 0.4, 0.6, 1.3
_LOOKED_AT = 100
# What was so before the news, and what is no news.
_BACKGROUND = re.compile(
    r"^(?:\S+\s+){0,9}had\b"
    r"|\b(?:already|previously|formerly|last (?:year|month|week|spring|summer|autumn|fall|winter|january"
    r"|february|march|april|may|june|july|august|september|october|november|december)|years? ago|months? ago|similar"
    r"|founded in|born in|was \w+ing|were \w+ing|initially|not (?:immediately |yet )?clear"
    r"|at the time|in recent (?:years|months|weeks)|repeatedly|in the past|so-called|known for"
    r"|since (?:19|20)\d\d)\b"
    r"|\b(?:comment(?:ed)? on|to comment|no comment|did not (?:immediately )?(?:respond|comment)|be reached)\b"
    r"|^in an? (?:interview|statement|email|press conference|news conference|letter|tweet|study|letter)\b"
    r"|^(?:in \w+ing|directed by|following|after"
    r"|when|while|although|though|for those|since|as|if|despite|behind|maybe|with)\b",
    re.IGNORECASE,
)


# What the markets made of the news.
_MARKETS = re.compile(
    r"^(?:\S+\s+){1,8}(?:fell|rose|dropped|gained|lost|closed|slipped|jumped|climbed|plunged|soared|tumbled)\s+(?:\w+\s+)?"
    r"[\d.,]+\s*(?:percent|per cent|%)"
)
# News says on which day it happened.
DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tonight|heute|gestern|(?:mon|diens|donners|frei|sams"
    r"|sonn)tag|mittwoch|aujourd['’]hui|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hoy|ayer|lunes|martes"
    r"|miércoles|jueves|viernes|sábado|domingo)\b(?!s)",
    re.IGNORECASE,
)


def days_behind(articles: Iterable[Article]) -> dict[str, float]:
    """By article id, how many days each is older than the newest; 0 where a date is missing."""
    published = {article.id: article.published for article in articles}
    newest = max((when for when in published.values() if when), default=None)
    return {id: (newest - when) / timedelta(days=1) if newest and when else 0.0 for id, when in published.items()}


def kept(days: float) -> float:
    """What is left of the worth of words that are ``days`` older than the newest."""
    return float(_A_DAY**days)


class Titles:
    """The words of a story's trusted titles; a word counts more the more and the newer the titles that have it."""

    def __init__(self, pool: Pool, days: NDArray[np.float64]) -> None:
        self._words: dict[str, float] = defaultdict(float)
        seen: set[str] = set()
        for sentence, age in zip(pool.sentences, days, strict=True):
            article = sentence.original.article
            if article.id in seen:
                continue
            seen.add(article.id)
            title = _title(sentence)
            start, end = trimmed(title)
            if tells(title[start:end]):
                for word in set(terms(title[start:end], sentence.language)):
                    self._words[word] += kept(float(age))

    def share(self, sentence: Sentence) -> float:
        """How much of what the titles say ``sentence`` has, of 1; 0 without titles."""
        mine = set(terms(sentence.text, sentence.language))
        total = sum(self._words.values())
        return sum(self._words.get(word, 0.0) for word in mine) / total if total else 0.0


def _title(first: Sentence) -> str:
    """The trusted title of an article of which ``first`` comes first, else its first line if that is a heading."""
    article = first.original.article
    if article.title.strip():
        return article.title if first.original.cleaned.title_trusted else ""
    return "" if first.text[-1] in ".!?。！？" else first.text


def _lead_value(sentence: Sentence, value: float, days: float, titles: Titles) -> float:
    """``value`` of the sentence as a lead: for its place, its age, what it shares with titles, and its form."""
    form = _OLD if _BACKGROUND.search(sentence.text) else _REACTION if _MARKETS.search(sentence.text) else 1.0
    form *= _NEWS if DAY.search(sentence.text) else 1.0
    place = 1.0 / (1.0 + _DEEPER * sentence.nth)
    return value * place * kept(days) * (1.0 + _TITLED * titles.share(sentence)) * form * math.sqrt(sentence.score)


def leads(pool: Pool, values: NDArray[np.float64], days: NDArray[np.float64]) -> list[tuple[int, float]]:
    """The sentences that may open the story with their worth, the best first; the hundred strongest are looked at."""
    titles = Titles(pool, days)
    likely = [int(i) for i in np.argsort(-values * _A_DAY**days, kind="stable")[:_LOOKED_AT]]
    worth = [_lead_value(pool.sentences[i], float(values[i]), float(days[i]), titles) for i in likely]
    return sorted(zip(likely, worth, strict=True), key=lambda pair: (-pair[1], pair[0]))
