"""The only place that builds a pipeline out of parts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

from briefing import registry
from briefing.config import AUTO, LOCAL, NONE, SAME, Settings
from briefing.engines import calibrate as calibration
from briefing.engines.calibrate import UNCALIBRATED, Calibration, judge_of
from briefing.engines.estimate import Estimating
from briefing.engines.judge import ModelJudge
from briefing.engines.llm import LLM
from briefing.errors import BriefFormatError, ConfigError, RenderError
from briefing.model import Article, Brief, Claim, Cost, Document, Failure, Interest
from briefing.models import Allowance, Models, is_model
from briefing.models import check as check_model
from briefing.pipeline import Pipeline
from briefing.ports import Engine, Run, Source
from briefing.render.environment import Theme
from briefing.render.formats import PdfVariant, render
from briefing.render.json import loads
from briefing.run import PlainRun
from briefing.sources.files import Files
from briefing.steps.chunk import chunk
from briefing.steps.clean import clean
from briefing.steps.dedupe import dedupe
from briefing.steps.recheck import printed
from briefing.steps.settle import Policy, holds, verdict
from briefing.verification import Desk, Reader

R = TypeVar("R")

EXTRACTIVE = "extractive"


def make(
    settings: Settings,
    *,
    interest: Interest | None = None,
    now: datetime | None = None,
    run: Run | None = None,
    stdin: BinaryIO | None = None,
    sources: Sequence[Source] | None = None,
    allowance: Allowance | None = None,
) -> Brief:
    """The brief that the settings ask for; ``interest``, ``now`` and ``sources`` stand before theirs.

    ``allowance`` is what earlier runs of the same edition leave of its budget and time.

    Raises ``ConfigError``, and ``EngineError`` where a model in this process cannot be loaded.
    """

    async def write(models: Models) -> Brief:
        desk = _desk(settings, models)
        found = sources or (_files(settings, stdin),)
        return await _made(desk, settings, interest, now, run or PlainRun(), found, models.cost)

    return _with_models(Models(settings, allowance=allowance), write)


def collect(settings: Settings) -> Iterator[Article | Failure]:
    """What the settings' paths hold."""
    return _files(settings, None).collect(None, None)


class Estimate(NamedTuple):
    """What a brief would cost: its stories, and what the models would use for them."""

    stories: int
    cost: Cost


def estimate(
    settings: Settings, *, now: datetime | None = None, run: Run | None = None, stdin: BinaryIO | None = None
) -> Estimate:
    """What the models that the settings name would cost; none is asked. Raises ``ConfigError``."""

    async def count(models: Models) -> Estimate:
        if not is_model(settings.engine):
            raise ConfigError(f"engine {settings.engine!r} costs nothing; write --estimate with --engine llm:MODEL")
        judge = _judge(settings, models).judge
        reader = judge if isinstance(judge, ModelJudge) else None
        counting = Estimating(LLM(models.chat(settings.engine)), reader, registry.engine(EXTRACTIVE))
        desk, found = Desk(counting, fallback=counting), (_files(settings, stdin),)
        brief = await _made(desk, settings, None, now, run or PlainRun(), found, Cost)
        return Estimate(len(brief.stories), replace(counting.cost, price=models.price(settings.engine, counting.cost)))

    return _with_models(Models(settings, dry=True), count)


class Verified(NamedTuple):
    """A sentence of a brief after another check: where it stands, with its verdict, and whether it holds."""

    place: str
    claim: Claim
    holds: bool


def verify(brief: Brief, settings: Settings) -> tuple[Verified, ...]:
    """Every headline and sentence of ``brief``, checked again; by ``settings.judge`` too, unless it is ``none``.

    Raises ``ConfigError``, and ``EngineError`` where the judge gives no answer.
    """

    async def examine(models: Models) -> tuple[Verified, ...]:
        reader = _judge(settings, models)
        results: list[Verified] = []
        for story in printed(brief):
            findings = await reader.examine(story.draft)
            for number, claim in enumerate((story.draft.headline, *story.draft.claims)):
                again = replace(claim, verdict=verdict([f for f in findings if f.claim == number]))
                results.append(Verified(story.places[number], again, holds(again)))
        return tuple(results)

    return _with_models(Models(settings), examine)


def calibrate(settings: Settings, pairs: int, *, stdin: BinaryIO | None = None) -> Calibration:
    """Tries the judge on true and false claims made of the articles, and keeps what was found.

    Raises ``ConfigError``, and ``EngineError`` where a model gives no answer.
    """

    async def tried(models: Models) -> Calibration:
        spec, _ = _judging(settings)
        if not is_model(spec):
            raise ConfigError("name the model to calibrate, for example --engine llm:gpt-5-mini")
        answers = models.answers()
        if answers is None:
            raise ConfigError("a threshold is kept with the answers, and cache is 'off'; name a file with --cache")
        articles = [a for a in _files(settings, stdin).collect(None, None) if isinstance(a, Article)]
        passages = [passage for original in dedupe([clean(a) for a in articles]) for passage in chunk(original)]
        if not passages:
            raise ConfigError(f"no article was read from {', '.join(settings.paths)}; name articles to make claims of")
        writer = models.chat(settings.engine) if is_model(settings.engine) else None
        found = await calibration.calibrate_model(models.chat(spec), passages, pairs=pairs, writer=writer)
        for name, one in found.items():
            calibration.keep_threshold(answers, name, one)
        return next((one for one in found.values() if one.usable), list(found.values())[-1])

    return _with_models(Models(settings), tried)


def check(settings: Settings) -> None:
    """Raises ``ConfigError`` for a theme or an engine that is not there, before any long work."""
    Theme(settings.theme, settings.look)
    for spec in (settings.engine, settings.judge):
        if is_model(spec):
            check_model(spec)
        elif spec not in (SAME, NONE, AUTO):
            registry.engine(spec) if spec is settings.engine else registry.judge(spec)


def _with_models(models: Models, work: Callable[[Models], Awaitable[R]]) -> R:
    done: list[R] = []

    async def run() -> None:
        async with models:
            done.append(await work(models))

    # Python 3.11 writes out, on leaving, the repr of what the main task returns: here every text of the brief.
    asyncio.run(run())
    return done[0]


async def _made(
    desk: Desk,
    settings: Settings,
    interest: Interest | None,
    now: datetime | None,
    run: Run,
    sources: Sequence[Source],
    spent: Callable[[], Cost],
) -> Brief:
    now = settings.now_at(now)
    name = LOCAL + Path(settings.engine).name if settings.engine.startswith(LOCAL) else settings.engine
    pipeline = Pipeline(sources, desk, name, run, spent)
    return await pipeline.make(interest or settings.interest(now), settings.edition(now))


def _files(settings: Settings, stdin: BinaryIO | None) -> Files:
    return Files(settings.paths, max_bytes=round(settings.max_mb * 1_000_000), stdin=stdin, zone=settings.tz)


def _desk(settings: Settings, models: Models) -> Desk:
    extractive = registry.engine(EXTRACTIVE)
    if is_model(settings.engine):
        engine: Engine = LLM(models.chat(settings.engine))
    else:
        engine = extractive if settings.engine == EXTRACTIVE else registry.engine(settings.engine)
    return Desk(engine, extractive, _judge(settings, models), cast(Policy, settings.policy))


def _judging(settings: Settings) -> tuple[str, bool]:
    """What judges, and whether it is the engine's own model."""
    own = settings.judge in (SAME, AUTO)
    return (settings.engine if own else settings.judge), own


def _judge(settings: Settings, models: Models) -> Reader:
    """The judge with the score that it must give: the user's, else what was calibrated for it, else an even chance."""
    spec, own = _judging(settings)
    if spec == NONE or (own and not is_model(spec)):
        return Reader()
    if not is_model(spec):
        return Reader(registry.judge(spec), settings.threshold or UNCALIBRATED)
    chat = models.chat(spec)
    judge, kept = judge_of(chat, models.answers())
    if kept is None and not models.on_this_machine(spec):
        # Small models lose the thread among several claims; a vendor's are asked about several at once.
        judge = ModelJudge(chat)
    elif kept is None and settings.judge == AUTO and not settings.threshold:
        # A model of 1.5 billion parameters said yes to whatever it had written (docs/decisions/0015-the-judge.md).
        return Reader()
    if settings.threshold or kept is None:
        return Reader(judge, settings.threshold or UNCALIBRATED, trusted=settings.threshold is not None)
    if kept.usable:
        return Reader(judge, kept.threshold, trusted=True)
    if own:
        # Found unable to judge; the code's checks stand alone.
        return Reader()
    raise ConfigError(f"judge {spec!r}: {kept.refusal}; name another model, or --judge none")


def documents(brief: Brief, settings: Settings, *, run: Run | None = None) -> tuple[list[Document], list[RenderError]]:
    """The brief in each of the formats, and the errors of those that could not be made."""
    texts = cast(Literal["all", "cited"], settings.texts)

    def one(format: str) -> Document | RenderError:
        try:
            return render(
                brief,
                format,
                theme=settings.theme,
                look=settings.look,
                texts=texts,
                zone=ZoneInfo(brief.zone),
                variant=cast(PdfVariant, settings.pdf_variant),
            )
        except RenderError as e:
            return e

    results = (run or PlainRun()).each("render", one, settings.formats, len(settings.formats))
    return [r for r in results if isinstance(r, Document)], [r for r in results if isinstance(r, RenderError)]


def read(path: Path) -> Brief:
    """The brief in a ``brief.json``. Raises ``BriefFormatError``."""
    try:
        return loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        raise BriefFormatError(f"{path}: there is no such file; make a brief first: briefing make PATH...") from e
    except OSError as e:
        raise BriefFormatError(f"{path}: cannot be read: {e.strerror}") from e
    except UnicodeDecodeError as e:
        raise BriefFormatError(f"{path}: is not a brief.json: its bytes are not UTF-8") from e
    except BriefFormatError as e:
        raise BriefFormatError(f"{path}: {e}") from e
