"""A language model as the judge of entailment: asked yes or no, by log-probability where the server gives it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from briefing.engines import judge_answers, judge_prompt
from briefing.engines.exchange import Chat, Prompt
from briefing.model import Cost, Pair

# Pairs in one call: enough to share the static part, few enough to keep apart.
BATCH = 8
# The alternatives of the first token that every server gives; some refuse to list more.
_ALTERNATIVES = 5
# A number, a colon, the word and the end of the line, with some room for a model that repeats "Claim".
_ANSWER_TOKENS = 12
# Of these so many are used, mostly.
_USED_TOKENS = 5
# What a server's chat template adds to a question.
_SLACK = 64


class ModelJudge:
    """Says of each pair how probable it is that the evidence entails the claim, as ``ports.Judge``.

    ``batch`` is how many pairs go into one call. What a call for several pairs leaves unanswered is asked singly; what
    then has no answer either scores 0: nothing is held to be supported because a judge was silent.
    """

    def __init__(self, chat: Chat, *, batch: int = BATCH) -> None:
        self._chat = chat
        self._batch = max(1, batch)

    @property
    def name(self) -> str:
        """The model, the version of the prompt and the size of a call: each has its own scores and threshold."""
        return f"{self._chat.model}/{judge_prompt.version()}/{self._batch}"

    async def judge(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        """A score from 0 to 1 for each pair, in their order. Raises ``EngineError``."""
        if not pairs:
            return ()
        room = self._room()
        fitted = [judge_prompt.fitting(pair, room - self._chat.count(pair.claim), self._chat.count) for pair in pairs]
        answers = await asyncio.gather(*(self._several(batch) for batch in self._batches(fitted, room)))
        return tuple(score for scores in answers for score in scores)

    def estimate(self, pairs: Sequence[Pair]) -> Cost:
        """What ``judge`` will use for ``pairs`` where every batch is answered, without asking."""
        batches = list(self._batches(pairs, self._room()))
        asked = sum(self._chat.count(judge_prompt.system() + judge_prompt.several(batch)) for batch in batches)
        return Cost(calls=len(batches), tokens_in=asked, tokens_out=_USED_TOKENS * len(pairs), price=None)

    def _room(self) -> int:
        """Tokens for claims and evidence in one call."""
        empty = judge_prompt.system() + judge_prompt.several([Pair("", "")] * self._batch)
        return max(1, self._chat.context - self._chat.count(empty) - _ANSWER_TOKENS * self._batch - _SLACK)

    def _batches(self, pairs: Sequence[Pair], room: int) -> Iterator[list[Pair]]:
        batch: list[Pair] = []
        used = 0
        for pair in pairs:
            size = self._chat.count(pair.claim) + self._chat.count(pair.evidence)
            if batch and (len(batch) == self._batch or used + size > room):
                yield batch
                batch, used = [], 0
            batch.append(pair)
            used += size
        if batch:
            yield batch

    async def _several(self, pairs: list[Pair]) -> list[float]:
        if self._batch == 1:
            return [await self._one(pairs[0])]
        answer = await self._chat.ask(self._prompt(judge_prompt.several(pairs), _ANSWER_TOKENS * len(pairs)))
        found = judge_answers.several(answer, len(pairs))
        again = iter(await asyncio.gather(*(self._one(p) for p, s in zip(pairs, found, strict=True) if s is None)))
        return [next(again) if score is None else score for score in found]

    async def _one(self, pair: Pair) -> float:
        answer = await self._chat.ask(self._prompt(judge_prompt.single(pair), _ANSWER_TOKENS))
        return judge_answers.one(answer) or 0.0

    def _prompt(self, question: str, max_tokens: int) -> Prompt:
        return Prompt(
            judge_prompt.system(),
            question,
            judge_prompt.version(),
            max_tokens=max_tokens,
            top_logprobs=_ALTERNATIVES,
        )
