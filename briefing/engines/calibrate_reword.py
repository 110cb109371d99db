"""True claims in a model's own words, nearer to what a judge will read than sentences changed by rules."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import regex

from briefing.engines import judge_prompt
from briefing.engines.exchange import Chat, Prompt
from briefing.text.facts.compare import Evidence, differences
from briefing.text.facts.support import THRESHOLD, support

_BATCH = 8
_LINE = regex.compile(r"^[^\p{L}\p{N}\n]*(?P<number>\d{1,2})[:.)]\**\s+(?P<text>\S.*)$", regex.MULTILINE)
# A rewritten sentence is seldom longer than the sentence; room for the number and for wordy models.
_ROOM = 1.5
_LEAST_WORDS = 5


class Worded(Protocol):
    """A sentence with the rest of its article."""

    @property
    def text(self) -> str: ...

    @property
    def company(self) -> Sequence[str]: ...

    @property
    def language(self) -> str: ...


class _Line(NamedTuple):
    number: int
    text: str


async def reworded(chat: Chat, sentences: Sequence[Worded]) -> dict[str, str]:
    """What the model makes of each sentence, by the sentence; without those in which the code finds a fact changed.

    The code's checks cannot see everything: some of what passes may be false. It then counts as a true claim lost,
    which makes the judge look a little worse than it is. Raises ``EngineError``.
    """
    batches = [sentences[i : i + _BATCH] for i in range(0, len(sentences), _BATCH)]
    answers = await asyncio.gather(*(_asked(chat, batch) for batch in batches))
    return {
        sentence.text: line.text
        for batch, lines in zip(batches, answers, strict=True)
        for line in lines
        for sentence in batch[line.number - 1 : line.number]
        if _holds(sentence, line.text)
    }


async def _asked(chat: Chat, batch: Sequence[Worded]) -> list[_Line]:
    system, user, version = judge_prompt.rewording([sentence.text for sentence in batch])
    room = round(_ROOM * sum(chat.count(sentence.text) for sentence in batch)) + 8 * len(batch)
    answer = await chat.ask(Prompt(system, user, version, max_tokens=room))
    lines = [_Line(int(m["number"]), m["text"].strip()) for m in _LINE.finditer(answer.text)]
    # The last line of an answer that was cut off lacks its end.
    return [line for line in (lines[:-1] if answer.finish == "length" else lines) if line.number > 0]


def _holds(sentence: Worded, claim: str) -> bool:
    if claim.split() == sentence.text.split() or len(claim.split()) < _LEAST_WORDS:
        return False
    language = sentence.language
    around = [Evidence(text, language) for text in sentence.company]
    if differences(claim, [Evidence(sentence.text, language)], around, language):
        return False
    return support(claim, [sentence.text], language).score >= THRESHOLD
