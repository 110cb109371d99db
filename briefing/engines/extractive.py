"""The engine that needs no model: sentences of the sources, word for word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from briefing.engines.extractive_arrange import arranged
from briefing.engines.extractive_choose import Choice, Rejected, choose
from briefing.engines.extractive_headline import headline
from briefing.engines.extractive_pool import Pool, Sentence, gather
from briefing.engines.extractive_support import supporters
from briefing.model import Ask, Citation, Claim, Draft, Dropped, Feedback, Part, Status, Story
from briefing.text.readable import fault

_CITATIONS = 3


class Extractive:
    """Writes a story from verbatim sentences; a claim equals its source's sentence but for white space.

    Deterministic and without state. ``feedback`` is on the draft that is written without it: that draft is made
    again, and the sentences of the claims that did not pass are avoided. Where no sentence of the story can be read
    alone, the draft is a headline without claims.
    """

    async def write(self, story: Story, ask: Ask, feedback: Feedback | None = None) -> Draft:
        """The draft of ``story`` within ``ask.words`` words and ``ask.sentences`` sentences."""
        pool = gather(story, ask.language)
        language = _language(pool, ask)
        chosen = choose(pool, words=ask.words, limit=ask.sentences, language=language)
        sentences = arranged(chosen.taken, language)
        findings = feedback.findings if feedback else ()
        failed = {f.claim for f in findings if f.status is not Status.SUPPORTED}
        if failed:
            avoid = [s for number, s in enumerate(sentences, 1) if number in failed]
            chosen = choose(pool, words=ask.words, limit=ask.sentences, language=language, avoid=avoid)
            sentences = arranged(chosen.taken, language)
        leads = chosen.leads or chosen.taken[:1] or pool.sentences[:1]
        head = headline(
            story,
            sentences,
            leads,
            language,
            chosen.corrections,
            firsts=[s for s in pool.sentences if s.nth == 0],
            from_title=0 not in failed,
        )
        if told := _untold(head, pool, sentences):
            corrections = {pool.sentences[place].place for unit in chosen.corrections.units for place in unit}
            sentences = _opened(told, sentences, ask, corrections)
        claims = tuple(_claim(s, pool) for s in sentences)
        return Draft(story, head, claims, _dropped(chosen, head))


def _language(pool: Pool, ask: Ask) -> str:
    """The brief's language if a source has it, else the one that most sentences have."""
    spoken = Counter(s.language for s in pool.sentences)
    return ask.language if ask.language in spoken or not spoken else spoken.most_common(1)[0][0]


def _untold(head: Claim, pool: Pool, sentences: Sequence[Sentence]) -> Sentence | None:
    """The sentence that the headline was cut from, when it can be read alone and is not among ``sentences``."""
    cited = head.citations[0]
    if cited.part is not Part.TEXT or not sentences:
        return None
    for s in pool.sentences:
        if s.original.article.id == cited.article and s.span.start <= cited.start and cited.end <= s.span.end:
            return s if s not in sentences and fault(s.text, s.language) is None else None
    return None


def _opened(
    told: Sentence, sentences: Sequence[Sentence], ask: Ask, kept: Collection[tuple[str, int]]
) -> list[Sentence]:
    """The story opened with what its headline says, unless one of the sentences at ``kept`` would have to go."""
    opened = [told, *sentences]
    while len(opened) > 1 and (len(opened) > ask.sentences or sum(s.words for s in opened) > ask.words):
        last = opened.pop()
        if last.place in kept:
            return list(sentences)
    return opened


def _claim(sentence: Sentence, pool: Pool) -> Claim:
    others = supporters(sentence, pool, _CITATIONS - 1)
    return Claim(sentence.text, tuple(_cite(s) for s in (sentence, *others)), sentence.language)


def _cite(sentence: Sentence) -> Citation:
    article, (start, end) = sentence.original.article, sentence.span
    return Citation(article.id, Part.TEXT, start, end, article.text[start:end])


def _dropped(chosen: Choice, head: Claim) -> tuple[Dropped, ...]:
    printed = {(c.article, c.start) for c in head.citations if c.part is Part.TEXT}
    return tuple(_drop(r) for r in chosen.rejected if r.sentence.place not in printed)


def _drop(rejected: Rejected) -> Dropped:
    sentence = rejected.sentence
    start, end = sentence.span
    return Dropped(rejected.reason, sentence.original.article.id, sentence.text, rejected.detail, Part.TEXT, start, end)
