"""The facts of each article of a large story, so that one question can hold them all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from briefing.engines import llm_prompts
from briefing.engines.exchange import Answer, Prompt
from briefing.engines.llm_answer import named
from briefing.engines.llm_passages import choose
from briefing.errors import EngineError
from briefing.model import Original, Passage, Scored, Span, Story
from briefing.text.sentences import sentences
from briefing.text.tokens import count

# Up to here one question shows sentences of every article; beyond, most articles would have no room in it.
MANY = 30
# What the model reads of each article: a share of its tokens, within bounds.
_SHARE, _LEAST, _MOST = 0.25, 120, 1500
_FACTS = 5

Asking = Callable[[Prompt, Callable[[Answer], list[str]]], Awaitable[list[str]]]


def is_large(story: Story) -> bool:
    """Whether the story has too many articles for one question."""
    return len(story.originals) > MANY


async def reduced(story: Story, asking: Asking) -> Story:
    """``story`` with only the sentences that state the facts of its articles, by one question for each article.

    The question holds nothing but the article, so its answer is kept for every later brief. An article whose question
    fails stays whole. Raises ``EngineError`` where every further question would fail alike.
    """
    asked = [question(original) for original in story.originals]
    answers = await asyncio.gather(*(_answer(asking, prompt) for prompt, _ in asked), return_exceptions=True)
    stated: dict[str, set[Span]] = {}
    for original, (_, spans), answer in zip(story.originals, asked, answers, strict=True):
        if isinstance(answer, list):
            by_id = {f"s{n}": span for n, span in enumerate(spans, 1)}
            stated[original.article.id] = {by_id[i] for i in answer[:_FACTS] if i in by_id}
        elif not isinstance(answer, EngineError) or answer.lasting:
            raise answer
    passages = tuple(_narrowed(scored, stated) for scored in story.passages)
    return replace(story, passages=tuple(p for p in passages if p) or story.passages)


def question(original: Original) -> tuple[Prompt, tuple[Span, ...]]:
    """The question for the facts of one article, and the spans of the sentences that it numbers."""
    article = original.article
    language = article.language or "en"
    whole = tuple(
        Span(start + a, start + b)
        for start, end in original.cleaned.kept
        for a, b in sentences(article.text[start:end], language)
    )
    tokens = min(_MOST, max(_LEAST, round(_SHARE * count(article.text))))
    shown = choose(Story(article.id, (Scored(Passage(original, whole), 1.0),)), language, tokens)
    spans = tuple(span for s in shown for span in s.passage.sentences)
    return llm_prompts.facts(article, [article.text[a:b] for a, b in spans], _FACTS), spans


async def _answer(asking: Asking, prompt: Prompt) -> list[str]:
    return await asking(prompt, lambda answer: named(answer, "facts"))


def _narrowed(scored: Scored, stated: dict[str, set[Span]]) -> Scored | None:
    """The passage with those of its sentences that state a fact; whole where the article was not asked about."""
    facts = stated.get(scored.passage.article.id)
    if not facts:
        return scored
    kept = tuple(s for s in scored.passage.sentences if any(f.start < s.end and s.start < f.end for f in facts))
    return replace(scored, passage=replace(scored.passage, sentences=kept)) if kept else None
