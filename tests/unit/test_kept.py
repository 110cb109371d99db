"""A question is paid for once."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace

import pytest

from briefing.engines.chat_open import open_chat
from briefing.engines.exchange import Answer, Chance, Prompt
from briefing.engines.kept import KeptChat
from briefing.engines.meter import Meter
from briefing.engines.options import ModelOptions
from briefing.engines.outcomes import Outcome
from briefing.errors import BriefingError, EngineError
from briefing.model import Cost
from briefing.testing import MemoryCache, ModelServer, Reply

PROMPT = Prompt("Be brief.", "Where is the fjord?", "write/1")
ANSWER = Answer("Oslo.", cost=Cost(calls=1, tokens_in=10, tokens_out=2))


class Chat:
    """Answers what it is given, and counts; ``gate`` holds each answer back."""

    def __init__(self, *script: Answer | BriefingError, model: str = "m", server: str = "a") -> None:
        self.script = list(script)
        self.model = model
        self.context = 8192
        self.asked_of = {"server": server}
        self.calls = 0
        self.gate: asyncio.Event | None = None

    async def ask(self, prompt: Prompt) -> Answer:
        self.calls += 1
        found = self.script.pop(0)
        if self.gate:
            await self.gate.wait()
        if isinstance(found, BriefingError):
            raise found
        return found

    def count(self, text: str) -> int:
        return len(text)


def ask(chat: KeptChat, *prompts: Prompt) -> list[Answer]:
    async def whole() -> list[Answer]:
        return [await chat.ask(prompt) for prompt in prompts]

    return asyncio.run(whole())


def test_the_second_time_it_is_free() -> None:
    chat, meter = Chat(ANSWER), Meter()
    first, second = ask(KeptChat(chat, MemoryCache(), meter), PROMPT, PROMPT)
    assert first == ANSWER
    assert (second.text, second.kept, second.cost) == ("Oslo.", True, Cost(saved=1))
    assert chat.calls == 1
    assert meter.by_purpose() == {"write": Cost(saved=1)}


def test_log_probabilities_are_kept() -> None:
    answer = replace(ANSWER, logprobs=((Chance("Oslo", -0.5), Chance("Rom", -math.inf)), (Chance(".", 0.0),)))
    cache = MemoryCache()
    ask(KeptChat(Chat(answer), cache), PROMPT)
    (again,) = ask(KeptChat(Chat(), cache), PROMPT)
    assert again.logprobs == answer.logprobs


@pytest.mark.parametrize(
    "other",
    [
        replace(PROMPT, system="Be long."),
        replace(PROMPT, user="Where?"),
        replace(PROMPT, version="write/2"),
        replace(PROMPT, schema={"type": "object"}),
        replace(PROMPT, max_tokens=7),
        replace(PROMPT, temperature=0.5),
        replace(PROMPT, top_logprobs=3),
    ],
)
def test_another_question_has_another_key(other: Prompt) -> None:
    chat = KeptChat(Chat(), MemoryCache())
    assert chat.key(other) != chat.key(PROMPT)


def test_another_model_or_server_has_another_key() -> None:
    keys = {
        KeptChat(Chat(model=m, server=s), MemoryCache()).key(PROMPT) for m, s in [("m", "a"), ("n", "a"), ("m", "b")]
    }
    assert len(keys) == 3


def test_the_order_of_a_schema_is_no_part_of_the_question() -> None:
    chat = KeptChat(Chat(), MemoryCache())
    one = replace(PROMPT, schema={"type": "object", "required": ["a"]})
    two = replace(PROMPT, schema={"required": ["a"], "type": "object"})
    assert chat.key(one) == chat.key(two)


def test_any_text_has_a_key() -> None:
    assert len(KeptChat(Chat(), MemoryCache()).key(replace(PROMPT, user="\ud800 é 漢"))) == 64


SCHEMA = {"type": "object", "required": ["city"]}


@pytest.mark.parametrize(
    ("answer", "schema", "calls"),
    [
        (ANSWER, None, 1),
        (replace(ANSWER, finish="length"), None, 1),
        (replace(ANSWER, text='{"city": "Os', finish="length"), SCHEMA, 1),
        (replace(ANSWER, text='{"city": "Oslo"}'), SCHEMA, 1),
        (replace(ANSWER, text='```json\n{"city": "Oslo"}\n```'), SCHEMA, 1),
        (replace(ANSWER, text="It is Oslo."), SCHEMA, 2),
        (replace(ANSWER, text='{"town": "Oslo"}'), SCHEMA, 2),
        (replace(ANSWER, finish="tool_calls"), None, 2),
    ],
)
def test_good_answers_are_kept(answer: Answer, schema: dict[str, object] | None, calls: int) -> None:
    chat, prompt = Chat(answer, answer), replace(PROMPT, schema=schema)
    ask(KeptChat(chat, MemoryCache()), prompt, prompt)
    assert chat.calls == calls


def test_faults_are_not_kept() -> None:
    chat = Chat(EngineError(Outcome.REFUSAL, "no"), ANSWER)
    kept = KeptChat(chat, MemoryCache())
    with pytest.raises(EngineError):
        ask(kept, PROMPT)
    assert ask(kept, PROMPT) == [ANSWER]


@pytest.mark.parametrize(
    "value", ["", "{}", "[]", "nonsense", '{"text": "x"}', '{"text":1,"finish":"stop","logprobs":[[1]]}']
)
def test_what_cannot_be_read_is_asked_again(value: str) -> None:
    cache = MemoryCache()
    kept = KeptChat(Chat(ANSWER), cache)
    cache.put(kept.key(PROMPT), value)
    assert ask(kept, PROMPT) == [ANSWER]


def test_two_equal_questions_at_once_make_one_call() -> None:
    chat = Chat(ANSWER)

    async def whole() -> list[Answer]:
        chat.gate = asyncio.Event()
        kept = KeptChat(chat, MemoryCache())
        tasks = [asyncio.create_task(kept.ask(PROMPT)) for _ in range(3)]
        await asyncio.sleep(0)
        chat.gate.set()
        return list(await asyncio.gather(*tasks))

    assert [a.kept for a in asyncio.run(whole())] == [False, True, True]
    assert chat.calls == 1


def test_two_equal_questions_fail_together() -> None:
    async def whole() -> list[Answer | BaseException]:
        chat = Chat(EngineError(Outcome.REFUSAL, "no"))
        chat.gate = asyncio.Event()
        kept = KeptChat(chat, MemoryCache())
        tasks = [asyncio.create_task(kept.ask(PROMPT)) for _ in range(2)]
        await asyncio.sleep(0)
        chat.gate.set()
        return list(await asyncio.gather(*tasks, return_exceptions=True))

    found = asyncio.run(whole())
    assert [isinstance(e, EngineError) and e.reason for e in found] == [Outcome.REFUSAL] * 2


def test_who_waited_for_somebody_who_gave_up_asks() -> None:
    chat = Chat(ANSWER, ANSWER)

    async def whole() -> Answer:
        chat.gate = asyncio.Event()
        kept = KeptChat(chat, MemoryCache())
        first = asyncio.create_task(kept.ask(PROMPT))
        second = asyncio.create_task(kept.ask(PROMPT))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        chat.gate.set()
        return await second

    assert asyncio.run(whole()) == ANSWER
    assert chat.calls == 2


def test_a_whole_chat_asks_once_over_two_runs() -> None:
    cache = MemoryCache()

    async def run(url: str) -> tuple[Answer, Cost]:
        meter = Meter()
        chat = open_chat(ModelOptions("fake", url), cache=cache, meter=meter)
        try:
            return await chat.ask(PROMPT), meter.total()
        finally:
            await chat.aclose()

    with ModelServer(Reply("Oslo.")) as server:
        first, _ = asyncio.run(run(server.base_url))
        second, used = asyncio.run(run(server.base_url))
        assert len(server.calls) == 1
    assert first.text == second.text
    assert (used.calls, used.saved) == (0, 1)
