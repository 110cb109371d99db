"""A real model that writes nonsense: nothing that the sources do not say is printed, and pages are not empty for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from briefing.engines.chat import OpenAIChat
from briefing.engines.exchange import Answer, Chat, Prompt
from briefing.engines.local import LocalServer, serve
from briefing.engines.outcomes import Outcome
from briefing.errors import EngineError
from briefing.model import Brief, Claim, Reason, Status
from briefing.testing import ScriptedChat
from tests.newsroom import articles, brief_of
from tests.tiny_model import tiny_model

_PASSAGE = re.compile(r"^\[([a-z]+\d+)\] (.+)$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Each invites what no source says.
_QUESTIONS = (
    "Tell it in one sentence of your own words.",
    "Why did it happen? One sentence.",
    "What will happen next? One sentence.",
    "Who is to blame? One sentence.",
)


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with serve(tiny_model(), context=4096) as server:
        yield server


def opened(server: LocalServer) -> OpenAIChat:
    return OpenAIChat(server.model, base_url=server.base_url, api_key=server.key, context=server.context)


class Asking:
    """A chat that asks the tiny model for something that it can do, which is a plain sentence on each passage, and
    hands in what it says as the story. ``said`` are these sentences. It repairs nothing.
    """

    def __init__(self, chat: OpenAIChat) -> None:
        self._chat = chat
        self.model, self.context, self.count = chat.model, chat.context, chat.count
        self.said: list[str] = []

    async def ask(self, prompt: Prompt) -> Answer:
        if not prompt.version.startswith("write/"):
            raise EngineError(Outcome.EMPTY, "it cannot do this")
        told = []
        for place, (id, text) in enumerate(_PASSAGE.findall(prompt.user)):
            question = f"{text}\n\n{_QUESTIONS[place % len(_QUESTIONS)]}"
            answer = await self._chat.ask(Prompt("You are a reporter.", question, "test/1", max_tokens=60))
            sentence = re.split(r"(?<=[.!?])\s", " ".join(answer.text.split()))[0]
            told.append({"passages": [id], "evidence": text, "text": sentence})
        self.said += [str(one["text"]) for one in told]
        rest = [{"role": "what happened", **one} for one in told]
        return Answer(json.dumps({"headline": told[0], "sentences": rest}))

    async def aclose(self) -> None:
        await self._chat.aclose()


class Short:
    """The product's own questions, with short answers, so that the test does not take long."""

    def __init__(self, chat: OpenAIChat) -> None:
        self._chat = chat
        self.model, self.context, self.count = chat.model, chat.context, chat.count
        self.answers: list[Answer] = []

    async def ask(self, prompt: Prompt) -> Answer:
        self.answers.append(await self._chat.ask(replace(prompt, max_tokens=40)))
        return self.answers[-1]

    async def aclose(self) -> None:
        await self._chat.aclose()


def printed(brief: Brief) -> Iterator[Claim]:
    for story in brief.stories:
        yield from (story.headline, *story.claims)


def unsaid(text: str, source: str) -> set[str]:
    """The numbers of ``text``, and its capitalised words but the first, that ``source`` lacks. No check is asked."""
    numbers = {n for n in _NUMBER.findall(text) if n not in _NUMBER.findall(source)}
    known = {word.lower() for word in _WORD.findall(source)}
    known |= {part for word in known for part in re.split(r"[-'’]", word)}
    names = {word for word in _WORD.findall(text)[1:] if word[0].isupper()}
    return numbers | {name for name in names if re.sub("['’]s$", "", name.lower()) not in known}


def assert_sourced(brief: Brief) -> None:
    for claim in printed(brief):
        cited = [brief.article(citation.article) for citation in claim.citations]
        quotes = " ".join(citation.quote for citation in claim.citations)
        assert claim.citations, claim
        if claim.text not in quotes:
            assert claim.verdict is not None
            assert claim.verdict.status is Status.SUPPORTED, claim
            assert not unsaid(claim.text, " ".join(f"{a.title}\n{a.text}" for a in cited)), claim
            assert not {w for w in unsaid(claim.text, quotes) if w[0].isdigit()}, claim


def test_nonsense_is_not_printed(server: LocalServer) -> None:
    asking: list[Asking] = []

    def open_chat() -> Chat:
        asking.append(Asking(opened(server)))
        return asking[0]

    brief = brief_of(articles("bridge", "harbour"), open_chat, judged=False)
    assert_sourced(brief)
    withheld = {d.text for d in brief.dropped if d.reason is Reason.UNSUPPORTED}
    everything = " ".join(f"{a.title} {a.text}" for a in brief.articles)
    invented = [text for text in asking[0].said if unsaid(text, everything)]
    # The model does make things up, these reached the checks, and there is a brief all the same.
    assert invented
    assert {text for text in invented if text in withheld}
    assert len(brief.stories) == 2
    assert all(story.claims for story in brief.stories)


def test_what_cannot_be_used_becomes_quotations(server: LocalServer) -> None:
    chats: list[Short] = []

    def open_chat() -> Chat:
        chats.append(Short(opened(server)))
        return chats[0]

    brief = brief_of(articles("bridge"), open_chat, judged=False)
    assert [a.cost.calls for a in chats[0].answers] == [1, 1]
    assert_sourced(brief)
    (story,) = brief.stories
    assert "asked twice" in story.note
    assert len(story.claims) >= 2
    for claim in story.claims:
        assert claim.text in " ".join(citation.quote for citation in claim.citations)


# What could be said of passages that begin so, in other words.
GOOD = {
    "The Velm bridge in Tarn was closed": (
        "The Velm bridge in Tarn was shut to all traffic on Tuesday after cracks were found in two of its main cables.",
        "The cracks were as long as 14 centimetres, the city's engineer, Ilse Maron, said.",
    ),
    "About 31,000 vehicles": ("Some 31,000 vehicles use the bridge on a working day, according to the city.",),
    "Maron said it was not clear": ("Maron said it was unclear when the bridge could open again.",),
    "The haulage association": ("Detours could cost its members 200,000 crowns a day, the haulage association said.",),
}


def test_a_good_draft_of_the_same_story_is_printed_whole() -> None:
    told: list[dict[str, object]] = []

    def good(prompt: Prompt) -> str:
        for id, passage in _PASSAGE.findall(prompt.user):
            for begins, texts in GOOD.items():
                if passage.startswith(begins):
                    told.extend({"passages": [id], "evidence": passage, "text": text} for text in texts)
        del told[3:]  # what a story of this length has room for
        rest = [{"role": "what happened", **one} for one in told]
        return json.dumps({"headline": told[0], "sentences": rest})

    brief = brief_of(articles("bridge"), lambda: ScriptedChat(good), judged=False)
    (story,) = brief.stories
    assert len(told) == 3
    assert [claim.text for claim in story.claims] == [one["text"] for one in told]
    assert not story.note
    assert not [d for d in brief.dropped if d.reason is Reason.UNSUPPORTED]
    assert_sourced(brief)


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Tarn shut the bridge for 14 days.", {"14"}),
        ("The bridge in Velm, a Norwegian town, is shut.", {"Norwegian"}),
        ("The Velm bridge in Tarn's north was shut on Tuesday.", set()),
        ("It was shut at 1.5 million a day, Maron said.", {"1.5", "Maron"}),
    ],
)
def test_what_a_source_lacks_is_seen(text: str, lacks: set[str]) -> None:
    assert unsaid(text, "On Tuesday the north of Tarn lost its Velm bridge; it is shut. It cost 1 million.") == lacks
