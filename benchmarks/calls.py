"""What a brief costs in calls, tokens and time, against a fake server that takes the time that a real one does.

    python -m benchmarks.calls [--stories 5,20,100] [--data DIR] [--json FILE]

Every answer takes 0.5 s to its first token and then a second for 60 tokens; 8 calls may run at once. The articles are
made as for ``benchmarks.speed``, five a story. The model is ``briefing.testing.Writer``: it tells the first sentences
of its passages in nearly their own words, so every claim goes to the judge, and answers are as long as real ones.

``in_over_stories`` is the tokens of all questions over the tokens of the articles that the stories were made of;
``in_over_read`` over those of all articles that were read. ``wall`` is the seconds of writing and verifying;
``critical`` is the longer of the longest chain of calls that wait for each other, and all calls' seconds through 8
lanes. ``cpu`` is the part of ``wall`` in which this program itself works; a busy machine makes it longer. ``again`` is
the calls of a second run, ``one_new`` those after one article more, and ``one_new_stories`` how many stories these were
for. A run of one story goes before, which loads the client's library: that is start-up, as ``benchmarks.speed``
measures it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import tempfile
import time
from collections import defaultdict
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import made_articles
from briefing.engines.chat import OpenAIChat
from briefing.engines.exchange import Answer, Chat, Prompt
from briefing.engines.extractive import Extractive
from briefing.engines.judge import ModelJudge
from briefing.engines.kept import KeptChat
from briefing.engines.llm import LLM
from briefing.engines.options import ModelOptions
from briefing.model import Article, Ask, Draft, Edition, Feedback, Interest, Story
from briefing.pipeline import Pipeline
from briefing.ports import Cache
from briefing.run import PlainRun
from briefing.sources.files import Files
from briefing.testing import MemoryCache, ModelServer, Pace, Writer
from briefing.text.tokens import count
from briefing.verification import Desk, Reader

SAMPLES = Path(__file__).parent.parent / "samples"
PACE = Pace(first=0.5, rate=60)
AT_ONCE = 8
_story: ContextVar[str] = ContextVar("story")


class Call(NamedTuple):
    """A call of the model for a story: when it was asked for and answered, and what it used."""

    story: str
    asked: float
    answered: float
    tokens_in: int
    tokens_out: int
    purpose: str

    @property
    def seconds(self) -> float:
        """What the server takes at the least."""
        return PACE.first + self.tokens_out / PACE.rate


@dataclass
class Noting:
    """Implements ``exchange.Chat``: asks another, and notes every call that reached a model."""

    inner: Chat
    calls: list[Call] = field(default_factory=list)

    @property
    def model(self) -> str:
        return self.inner.model

    @property
    def context(self) -> int:
        return self.inner.context

    async def ask(self, prompt: Prompt) -> Answer:
        asked = time.monotonic()
        answer = await self.inner.ask(prompt)
        if not answer.kept:
            cost, purpose = answer.cost, prompt.version.partition("/")[0]
            self.calls.append(Call(_story.get(), asked, time.monotonic(), cost.tokens_in, cost.tokens_out, purpose))
        return answer

    def count(self, text: str) -> int:
        return self.inner.count(text)


@dataclass
class Noted:
    """Implements ``ports.Engine``: says whose story the calls are for, and keeps the stories."""

    inner: LLM
    stories: dict[str, Story] = field(default_factory=dict)

    async def write(self, story: Story, ask: Ask, feedback: Feedback | None = None) -> Draft:
        # A story is written and verified in one task, and tasks that it starts inherit this.
        _story.set(story.id)
        self.stories[story.id] = story
        return await self.inner.write(story, ask, feedback)


class Timed(PlainRun):
    """Notes the seconds of the processor that this thread takes for writing and verifying, apart from waiting."""

    cpu = 0.0

    def begin(self, stage: str, total: int | None) -> None:
        if stage == "write":
            self.cpu -= time.thread_time()

    def end(self, stage: str) -> None:
        if stage == "write":
            self.cpu += time.thread_time()


@dataclass(frozen=True)
class Made:
    """A run: its calls and stories, the seconds of writing and verifying (``cpu``: of the processor), stories noted."""

    calls: tuple[Call, ...]
    stories: tuple[Story, ...]
    wall: float
    cpu: float
    claims: int
    noted: int


def run(folder: Path, minutes: float, server: ModelServer, cache: Cache) -> Made:
    """A brief of the articles in ``folder``."""
    timed = Timed()
    source = Files([folder])

    async def made() -> Made:
        options = ModelOptions("fake", server.base_url, context=32_000, concurrency=AT_ONCE)
        inner = OpenAIChat("fake", options=options)
        chat = Noting(KeptChat(inner, cache))
        engine = Noted(LLM(chat))
        desk = Desk(engine, fallback=Extractive(), reader=Reader(ModelJudge(chat)))
        pipeline = Pipeline(sources=(source,), desk=desk, engine_name="llm:fake", run=timed)
        brief = await pipeline.make(Interest(), Edition("Morning", made_articles.NOW, "UTC", minutes))
        await inner.aclose()
        noted = sum(bool(s.note) for s in brief.stories)
        claims = sum(len(s.claims) for s in brief.stories)
        stories = tuple(engine.stories.values())
        return Made(tuple(chat.calls), stories, timed.seconds["write"], timed.cpu, claims, noted)

    return asyncio.run(made())


def longest_chain(calls: tuple[Call, ...]) -> float:
    """Seconds of the longest chain of calls, each asked after the one before it was answered, within a story."""
    by_story: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        by_story[call.story].append(call)
    longest = 0.0
    for own in by_story.values():
        ends: list[tuple[float, float]] = []
        for call in sorted(own, key=lambda c: c.asked):
            before = max((chain for answered, chain in ends if answered <= call.asked), default=0.0)
            ends.append((call.answered, before + call.seconds))
            longest = max(longest, before + call.seconds)
    return longest


def source_tokens(articles: list[Article]) -> int:
    return sum(count(f"{a.title}\n{a.text}") for a in articles)


def measure(stories: int, pool: list[str], folder: Path) -> dict[str, Any]:
    """The figures for about ``stories`` stories."""
    made_articles.write(folder, made_articles.ARTICLES_A_STORY * stories, pool)
    minutes = max(5.0, 0.5 * stories)
    cache = MemoryCache()
    with ModelServer(Writer(reword=True), pace=PACE) as server:
        first = run(folder, minutes, server, cache)
        again = run(folder, minutes, server, cache)
        _add_article(folder, first.stories[0])
        new = run(folder, minutes, server, cache)
        most_at_once = server.most_at_once
    used = {o.article.id: o.article for s in first.stories for o in s.originals}
    read = [a for a in Files([folder]).collect() if isinstance(a, Article)]
    tokens_in = sum(c.tokens_in for c in first.calls)
    in_stories, in_all = source_tokens(list(used.values())), source_tokens(read)
    critical = max(longest_chain(first.calls), sum(c.seconds for c in first.calls) / AT_ONCE)
    purposes: dict[str, int] = defaultdict(int)
    for call in first.calls:
        purposes[call.purpose] += 1
    return {
        "articles": len(read) - 1,
        "stories": len(first.stories),
        "claims": first.claims,
        "stories_noted": first.noted,
        "calls": len(first.calls),
        "calls_by_purpose": dict(purposes),
        "tokens_in": tokens_in,
        "tokens_out": sum(c.tokens_out for c in first.calls),
        "in_over_stories": round(tokens_in / in_stories, 3),
        "in_over_read": round(tokens_in / in_all, 3),
        "wall": round(first.wall, 2),
        "cpu": round(first.cpu, 2),
        "critical": round(critical, 2),
        "wall_over_critical": round(first.wall / critical, 3),
        "most_at_once": most_at_once,
        "again": len(again.calls),
        "one_new": len(new.calls),
        "one_new_stories": len({c.story for c in new.calls}),
    }


def _add_article(folder: Path, story: Story) -> None:
    """One more article, of sentences of a story's articles in another order: news of the same event."""
    first = story.originals[0].article
    sentences = [p.passage.article.text[a:b] for p in story.passages for a, b in p.passage.sentences]
    text = "\n\n".join(" ".join(sentences[i : i + 3]) for i in range(1, min(40, len(sentences)), 4))
    when = made_articles.NOW - timedelta(minutes=5)
    head = f"Title: {first.title}\nSource: One More Publisher\nDate: {when.isoformat()}\n\n"
    (folder / "new.txt").write_text(f"{head}A reader of the news has seen it too.\n\n{text}\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calls", description=__doc__.split("\n")[0])
    parser.add_argument("--stories", default="5,20,100", metavar="COUNTS")
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"), help="real text to resample")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(arguments)
    logging.disable(logging.WARNING)
    pool = made_articles.texts(options.data, SAMPLES)
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, ModelServer(Writer()) as server:
        made_articles.write(Path(folder), 1, pool)
        run(Path(folder), 1.0, server, MemoryCache())
    for stories in (int(n) for n in options.stories.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            figures[str(stories)] = measure(stories, pool, Path(folder, "articles"))
        print(f"{stories:4} stories  {figures[str(stories)]}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
