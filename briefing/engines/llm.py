"""The engine that lets a language model write; what it writes is checked elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from briefing.engines import llm_prompts
from briefing.engines.exchange import Answer, Chat, Prompt
from briefing.engines.llm_answer import Said, Unusable, told
from briefing.engines.llm_claims import in_order, left_out, placed, within
from briefing.engines.llm_passages import Shown, choose
from briefing.engines.outcomes import Outcome
from briefing.errors import EngineError
from briefing.model import Ask, Claim, Cost, Draft, Dropped, Feedback, Reason, Story
from briefing.text.language import contradicts, detect

T = TypeVar("T")

# Tokens of an answer for each word that is asked for, its evidence and its form included, and for the headline.
_OUT_A_WORD, _OUT_AT_LEAST = 8, 400


class LLM:
    """Writes a story by one call of a model. What the model says without naming a source is left out.

    A sentence's evidence becomes citations of the whole sentences it stands in. An answer that cannot be used is asked
    for once more, with what was wrong; then ``EngineError``.
    """

    def __init__(self, chat: Chat) -> None:
        self.chat = chat

    async def write(self, story: Story, ask: Ask, feedback: Feedback | None = None) -> Draft:
        """The draft of ``story``; with ``feedback``, its draft with the claims that failed written again.

        Raises ``EngineError``.
        """
        if feedback:
            return feedback.draft
        shown, prompt = self._question(story, ask)
        return await self._answered(prompt, lambda answer: _draft(answer, story, ask, shown))

    def estimate(self, story: Story, ask: Ask) -> Cost:
        """What ``write`` will use, without asking: tokens in are counted, tokens out expected."""
        _, prompt = self._question(story, ask)
        tokens_in = self.chat.count(prompt.system) + self.chat.count(prompt.user)
        return Cost(calls=1, tokens_in=tokens_in, tokens_out=60 + 4 * ask.words, price=None)

    async def aclose(self) -> None:
        """Closes the chat, if it is one that can be closed."""
        if close := getattr(self.chat, "aclose", None):
            await close()

    def _question(self, story: Story, ask: Ask) -> tuple[tuple[Shown, ...], Prompt]:
        max_tokens = min(_OUT_AT_LEAST + _OUT_A_WORD * ask.words, self.chat.context // 2)
        frame = llm_prompts.write((), ask, max_tokens)
        room = self.chat.context - max_tokens - self.chat.count(frame.system) - self.chat.count(frame.user) - 100
        shown = choose(story, ask, room, self.chat.count)
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
                again = replace(again, max_tokens=min(2 * prompt.max_tokens, self.chat.context // 2))
            answer = await self.chat.ask(again)
        try:
            return read(answer)
        except Unusable as second:
            raise EngineError(second.outcome, f"{self.chat.model}, asked twice: {second.detail}") from second


def _remark(wrong: Unusable) -> str:
    return (
        f"Your last answer could not be used ({wrong.outcome.value}: {wrong.detail}). Answer again, in the form asked."
    )


def _draft(answer: Answer, story: Story, ask: Ask, shown: Sequence[Shown]) -> Draft:
    said = told(answer)
    article = story.passages[0].passage.article.id
    claims: list[Claim] = []
    dropped: list[Dropped] = []
    for one in said.sentences:
        result = placed(one, shown, ask.language)
        claims.extend(result.claims)
        if not result.claims:
            dropped.append(left_out(one.text or one.evidence, Reason.UNSUPPORTED, result.against, article))
    if not claims:
        raise Unusable(Outcome.BAD_FORM, "no sentence names a passage that was shown")
    _in_language(claims, ask.language)
    kept, rest = within(in_order(claims), words=ask.words, most=ask.sentences)
    dropped.extend(left_out(c.text, Reason.OVER_BUDGET, "the story has its sentences", article) for c in rest)
    return Draft(story, _headline(said.headline, kept, shown, ask), tuple(kept), tuple(dropped))


def _headline(said: Said | None, claims: Sequence[Claim], shown: Sequence[Shown], ask: Ask) -> Claim:
    """The model's, or else the first sentence."""
    found = placed(said, shown, ask.language).claims if said else ()
    if len(found) != 1:
        return claims[0]
    return replace(found[0], text=found[0].text.removesuffix("."))


def _in_language(claims: Sequence[Claim], language: str) -> None:
    """Raises ``Unusable`` when most of ``claims`` are in another language."""
    found = [detect(c.text) for c in claims]
    foreign = Counter(code for code in found if contradicts(language, code))
    if 2 * foreign.total() > len(claims):
        other, wanted = foreign.most_common(1)[0][0], llm_prompts.language_name(language)
        raise Unusable(Outcome.LANGUAGE, f"written in {llm_prompts.language_name(other)} and not in {wanted}")
