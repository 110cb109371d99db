"""The engine that needs no model: sentences of the sources, word for word."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.engines.extractive_choose import Sentence, choose, gather
from briefing.model import Ask, Citation, Claim, Draft, Finding, Part, Story
from briefing.text.headline import shortened, trimmed


class Extractive:
    """Writes a story from verbatim sentences; claims equal their sources but for white space.

    Deterministic and without state: with ``feedback`` the draft without it is made again, and the sentences
    of the claims that did not pass are avoided.
    """

    async def write(self, story: Story, ask: Ask, feedback: Sequence[Finding] | None = None) -> Draft:
        return self._draft(story, ask)

    def _draft(self, story: Story, ask: Ask) -> Draft:
        pool = gather(story)
        chosen = choose(pool, ask.words, ask.sentences)
        chosen.sort(key=lambda s: s.language != ask.language)
        return Draft(story, _headline(story, chosen), tuple(_claim(s) for s in chosen))


def _claim(sentence: Sentence) -> Claim:
    return Claim(sentence.text, (_cite(sentence),), sentence.language)


def _cite(sentence: Sentence) -> Citation:
    article = sentence.original.article
    start, end = sentence.span
    return Citation(article.id, Part.TEXT, start, end, article.text[start:end])


def _headline(story: Story, chosen: Sequence[Sentence]) -> Claim:
    for original in story.originals:
        title = original.article.title
        if original.cleaned.title_trusted and title.strip():
            start, end = trimmed(title)
            quote = title[start:end]
            citation = Citation(original.article.id, Part.TITLE, start, end, quote)
            return Claim(" ".join(quote.split()), (citation,), original.article.language)
    best = chosen[0]
    start, end = best.span
    quote = best.original.article.text[start : start + shortened(best.original.article.text[start:end])]
    return Claim(
        " ".join(quote.split()),
        (Citation(best.original.article.id, Part.TEXT, start, start + len(quote), quote),),
        best.language,
    )
