"""Stage 5, select: the passages that meet the reader's interest, and why; everything else is dropped by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from briefing.model import Article, Dropped, Interest, Passage, Publisher, Reason, Scored, Selection
from briefing.steps.select_central import central
from briefing.steps.select_topic import Batch
from briefing.text.words import fold, terms, words

# A passage of an article that is near enough stays out when it has less than this of the article's best passage.
_WEAK = 0.55
_TITLE_LENGTH = 200


def select(passages: Sequence[Passage], interest: Interest) -> Selection:
    """The passages near ``interest``, best first, and those left out with the reason.

    ``must`` and ``never`` are asked of the article: each phrase as consecutive words, whatever their form, in its
    kept passages or its trusted title. An article that is left out as a whole comes as one ``Dropped``. Without topics,
    everything that these let through is taken, but for articles that stand aside of what nearly all others are
    about. Publishers that are blocked and the period are ``admit``'s business.
    """
    dropped: list[Dropped] = []
    allowed: list[Passage] = []
    for article in _by_article(_ordered(passages)):
        barred = _barred(article, interest)
        if barred is None:
            allowed.extend(article)
        else:
            dropped.append(_whole(article, *barred))
    judged = _judged(allowed, interest)
    taken = [j.scored for j in judged if j.taken]
    for group in _groups(judged):
        out = [j for j in group if not j.taken]
        if len(out) == len(group):
            dropped.append(_whole([j.scored.passage for j in group], Reason.OFF_TOPIC, _detail(interest)))
        else:
            dropped.extend(_part(j.scored) for j in out)
    return Selection(tuple(sorted(taken, key=lambda s: (-s.score, s.passage.id))), tuple(dropped))


def score(passages: Sequence[Passage], interest: Interest) -> tuple[Scored, ...]:
    """Every passage with its nearness to the interest, 0 to 1 times the publisher's weight, in the order given.

    With several topics the nearest counts. Says nothing of what is near enough; ``select`` does.
    """
    judged = {j.scored.passage.id: j.scored for j in _judged(_ordered(passages), interest)}
    return tuple(judged[passage.id] for passage in passages)


class _Judged(NamedTuple):
    scored: Scored
    taken: bool


def _judged(passages: Sequence[Passage], interest: Interest) -> list[_Judged]:
    if not passages:
        return []
    publishers = {name.casefold(): rule for name, rule in interest.publishers.items()}
    weights = [publishers.get(p.article.source.casefold(), Publisher()).weight for p in passages]
    if not interest.topics:
        found = central(passages, interest.language)
        return [
            _Judged(Scored(s.passage, s.score * w, s.why), w > 0 and not aside)
            for (s, aside), w in zip(found, weights, strict=True)
        ]
    batch = Batch(passages, interest.topics, interest.language)
    matches = [batch.match(topic) for topic in interest.topics]
    best: dict[int, list[float]] = {}
    for i, a in enumerate(batch.article_of):
        own = best.setdefault(int(a), [0.0] * len(matches))
        for k, match in enumerate(matches):
            own[k] = max(own[k], float(match.passages[i]))
    judged: list[_Judged] = []
    for i, passage in enumerate(passages):
        a = int(batch.article_of[i])
        # The nearest of the topics that the article is near enough to; of all when there is none.
        k = max(range(len(matches)), key=lambda k: (matches[k].near[a], matches[k].passages[i], -k))
        match, value = matches[k], float(matches[k].passages[i])
        met = ", ".join(match.met[i]) or "none of its words, but those of the articles on it"
        why = (f"topic '{interest.topics[k]}': {met}", *_undated(passage.article, interest))
        taken = match.near[a] and weights[i] > 0 and value >= _WEAK * best[a][k]
        judged.append(_Judged(Scored(passage, value * weights[i], why), taken))
    return judged


def _barred(passages: Sequence[Passage], interest: Interest) -> tuple[Reason, str] | None:
    """Why the article of ``passages`` is out by its words, and the phrase that decides."""
    if not interest.must and not interest.never:
        return None
    article = passages[0].article
    language = article.language or interest.language
    parts = [p.text for p in passages]
    if passages[0].original.cleaned.title_trusted:
        parts.append(article.title)
    text = "|".join(_running(part, language) for part in parts)
    for phrase in interest.never:
        if _running(phrase, language) in text:
            return Reason.EXCLUDED, phrase
    for phrase in interest.must:
        if _running(phrase, language) not in text:
            return Reason.MISSING_REQUIRED, phrase
    return None


def _running(text: str, language: str) -> str:
    """The stems of all words, each between spaces, so that a phrase is found by looking for it."""
    return f" {' '.join(_form(word, language) for word in words(text))} "


@lru_cache(maxsize=100_000)
def _form(word: str, language: str) -> str:
    return "".join(terms(word, language)) or fold(word)


def _detail(interest: Interest) -> str:
    return "" if interest.topics else "no other article is near it"


def _undated(article: Article, interest: Interest) -> tuple[str, ...]:
    return ("date not known",) if (interest.since or interest.until) and article.published is None else ()


def _ordered(passages: Iterable[Passage]) -> list[Passage]:
    """By article, in reading order: scores are sums, and sums of floats depend on the order."""
    return sorted(passages, key=lambda p: (p.article.id, p.start, p.end))


def _by_article(passages: Iterable[Passage]) -> list[list[Passage]]:
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(passage.article.id, []).append(passage)
    return list(groups.values())


def _groups(judged: Iterable[_Judged]) -> list[list[_Judged]]:
    groups: dict[str, list[_Judged]] = {}
    for one in judged:
        groups.setdefault(one.scored.passage.article.id, []).append(one)
    return list(groups.values())


def _whole(passages: Sequence[Passage], reason: Reason, detail: str = "") -> Dropped:
    """One entry for a whole article. It has no span, so that a brief need not hold articles it makes no use of."""
    first = passages[0]
    count = f"whole article, {len(passages)} passage{'s' * (len(passages) > 1)}"
    text = first.article.title or first.text[:_TITLE_LENGTH]
    return Dropped(reason, first.article.id, text, f"{detail}; {count}" if detail else count)


def _part(scored: Scored) -> Dropped:
    passage = scored.passage
    return Dropped(
        Reason.OFF_TOPIC,
        passage.article.id,
        passage.text,
        detail="the least on the topic of an article that is on it",
        start=passage.start,
        end=passage.end,
    )
