"""The engine that lets a language model write; what it writes is checked elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from briefing.engines import llm_claims, llm_prompts, llm_repair
from briefing.engines.exchange import Answer, Chat, Prompt
from briefing.engines.llm_answer import Unusable, repairs, told
from briefing.engines.llm_facts import is_large, question, reduced
from briefing.engines.llm_passages import Shown, budget, choose
from briefing.engines.outcomes import Outcome
from briefing.errors import EngineError
from briefing.model import Ask, Cost, Draft, Feedback, Story
from briefing.text.language import contradicts, detect
from briefing.text.tokens import count

T = TypeVar("T")

# What an answer may take: tokens for each word that is asked for, evidence and form included; and for its headline.
_OUT_A_WORD, _OUT_AT_LEAST = 5, 200
_OUT_A_REPAIR = 250
# What an answer takes: as above, of one model on news; see docs/decisions/0014-writing-with-a-model.md.
_USED_A_WORD, _USED_AT_LEAST = 4, 60
# For the marks that a server puts around what is said, and for tokenizers that need more than o200k. What a chat counts
# is not asked here: it learns from each answer, and the same story would make another question in the next run.
_MARGIN, _UNKNOWN = 100, 1.3


class LLM:
    """Writes a story by one call of a model, and by one more the sentences that did not pass.

    A sentence's evidence becomes citations of the whole sentences it stands in; one that names no source is left out.
    An answer that cannot be used is asked for once more, with what was wrong; then ``EngineError``. Stories of more
    than 30 articles are first reduced to facts, by one call an article.
    """

    def __init__(self, chat: Chat) -> None:
        self.chat = chat

    async def write(self, story: Story, ask: Ask, feedback: Feedback | None = None) -> Draft:
        """The draft of ``story``; with ``feedback``, its draft with only the claims that failed written again.

        Raises ``EngineError``.
        """
        if feedback:
            return await self._repaired(ask, feedback)
        material = await reduced(story, self._answered) if is_large(story) else story
        tokens = _budget(material, ask)
        try:
            draft = await self._written(material, ask, tokens)
        except EngineError as e:
            # The server may hold less than was thought.
            if e.reason != Outcome.TOO_LONG:
                raise
            draft = await self._written(material, ask, tokens // 2)
        return replace(draft, story=story)

    def estimate(self, story: Story, ask: Ask) -> Cost:
        """What ``write`` will use, without asking: tokens in are counted, tokens out expected; the price is not known.

        Repairs are not in it, nor is what a judge will read.
        """
        _, prompt = self._question(story, ask, _budget(story, ask))
        prompts = [question(o)[0] for o in story.originals] if is_large(story) else []
        tokens_out = _USED_AT_LEAST + _USED_A_WORD * ask.words + sum(p.max_tokens for p in prompts)
        tokens_in = sum(self.chat.count(p.system) + self.chat.count(p.user) for p in (prompt, *prompts))
        return Cost(calls=1 + len(prompts), tokens_in=tokens_in, tokens_out=tokens_out, price=None)

    async def aclose(self) -> None:
        """Closes the chat, if it is one that can be closed."""
        if close := getattr(self.chat, "aclose", None):
            await close()

    async def _written(self, story: Story, ask: Ask, tokens: int) -> Draft:
        shown, prompt = self._question(story, ask, tokens)
        return await self._answered(prompt, lambda answer: _draft(answer, story, ask, shown))

    async def _repaired(self, ask: Ask, feedback: Feedback) -> Draft:
        draft, failures = feedback.draft, llm_repair.failed(feedback)
        if not failures:
            return draft
        shown = llm_repair.needed(failures, draft)
        numbers = [f.number for f in failures]
        prompt = llm_prompts.repair(shown, failures, ask, min(_OUT_A_REPAIR * len(failures), self.chat.context // 2))
        again = await self._answered(prompt, lambda answer: repairs(answer, numbers))
        return llm_repair.mended(draft, failures, again, shown, ask)

    def _question(self, story: Story, ask: Ask, tokens: int) -> tuple[tuple[Shown, ...], Prompt]:
        max_tokens = min(_OUT_AT_LEAST + _OUT_A_WORD * ask.words, self.chat.context // 2)
        frame = llm_prompts.write((), ask, max_tokens)
        room = (self.chat.context - max_tokens) / _UNKNOWN - count(frame.system) - count(frame.user) - _MARGIN
        shown = choose(story, ask.language, min(tokens, round(room)))
        if not shown:
            raise EngineError(Outcome.EMPTY, "the story has no sentence that could be shown to a model")
        return shown, llm_prompts.write(shown, ask, max_tokens)

    async def _answered(self, prompt: Prompt, read: Callable[[Answer], T]) -> T:
        """What ``read`` makes of the model's answer, or of its second one where it makes nothing of the first."""
        try:
            return read(await self.chat.ask(prompt))
        except Unusable as first:
            again = replace(prompt, user=f"{prompt.user}\n\n{_remark(first)}")
            if first.outcome is Outcome.CUT_OFF:
                again = replace(again, max_tokens=max(prompt.max_tokens, min(2 * prompt.max_tokens, self._room(again))))
            answer = await self.chat.ask(again)
        try:
            return read(answer)
        except Unusable as second:
            raise EngineError(second.outcome, f"the model was asked twice, and {second.detail}") from second

    def _room(self, prompt: Prompt) -> int:
        """How many tokens the model can hold beside the question."""
        return self.chat.context - self.chat.count(prompt.system) - self.chat.count(prompt.user) - _MARGIN


def _budget(story: Story, ask: Ask) -> int:
    return budget(ask.words, sum(count(s.passage.text) for s in story.passages))


def _remark(wrong: Unusable) -> str:
    return (
        f"Your last answer could not be used ({wrong.outcome.value}: {wrong.detail}). Answer again in the form asked."
    )


def _draft(answer: Answer, story: Story, ask: Ask, shown: Sequence[Shown]) -> Draft:
    said = told(answer)
    _in_language([s.text for s in said.sentences], ask.language)
    all_placed = llm_claims.placed(said.sentences, shown, ask)
    if not all_placed.claims:
        raise Unusable(Outcome.BAD_FORM, f"no sentence of the answer can be used: {all_placed.dropped[0].detail}")
    claims, dropped = llm_claims.within(all_placed, shown, ask)
    headline = llm_claims.headline(said.headline, shown, ask, claims) or llm_claims.as_headline(claims[0])
    return Draft(story, headline, claims, dropped)


def _in_language(texts: Sequence[str], language: str) -> None:
    """Raises ``Unusable`` when most of ``texts`` are in another language."""
    foreign = Counter(code for text in texts if contradicts(language, code := detect(text)))
    if 2 * foreign.total() > len(texts):
        other, wanted = (llm_prompts.language_name(code) for code in (foreign.most_common(1)[0][0], language))
        raise Unusable(Outcome.LANGUAGE, f"the answer is in {other}, not in {wanted}")
