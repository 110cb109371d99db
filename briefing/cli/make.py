"""``briefing make``."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from briefing import cli
from briefing.errors import RenderError


@click.command("make")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--topic", "topics", multiple=True, metavar="TEXT", help="What the brief is about; may be repeated.")
@click.option("--must", multiple=True, metavar="TEXT", help="Words that an article must hold; may be repeated.")
@click.option("--never", multiple=True, metavar="TEXT", help="Words that keep an article out; may be repeated.")
@click.option("--since", metavar="WHEN", help="Only articles from then on: 2026-03-05, yesterday, 24h, 3d.")
@click.option("--until", metavar="WHEN", help="Only articles before then.")
@click.option("--now", metavar="WHEN", help="The time the brief is made at.  [default: this moment]")
@click.option("--zone", metavar="ZONE", help="Time zone of dates without one, and of the brief.  [default: UTC]")
@click.option("--engine", metavar="NAME", help="extractive, llm:MODEL or local:FILE.gguf.  [default: extractive]")
@click.option("--base-url", metavar="URL", help="The model's server, up to /v1.  [default: OpenAI's]")
@click.option("--judge", metavar="NAME", help="auto, same, none, or a model as for --engine.  [default: auto]")
@click.option("--threshold", type=float, metavar="P", help="What the judge must give.  [default: as calibrated]")
@click.option("--policy", metavar="strict|flag", help="Withhold what fails, or print it marked.  [default: strict]")
@click.option("--budget", type=float, metavar="USD", help="The most that models may cost.  [default: no limit]")
@click.option("--cache", metavar="FILE|off", help="Where paid answers are kept.  [default: your data folder]")
@click.option("--estimate", is_flag=True, help="Say what the models would cost, and call none.")
@click.option("--language", metavar="CODE", help="The brief's language, such as en or de.  [default: en]")
@click.option("--format", "formats", multiple=True, metavar="LIST", help="Of html,pdf,md,txt,json,eml.  [default: all]")
@click.option("--theme", metavar="NAME", help="A theme's name or folder.  [default: default]")
@click.option("--minutes", type=float, metavar="N", help="Reading time, at 230 words a minute.  [default: 5]")
@click.option("--title", metavar="TEXT", help="The brief's title.  [default: Daily brief]")
@click.option("--out", metavar="DIR", help="Where the files go.  [default: out]")
@click.option("--pdf-variant", metavar="NAME", help="pdf/ua-1, or pdf/a-3a for archives.  [default: pdf/ua-1]")
@click.option("--texts", metavar="all|cited", help="Whole sources or only cited words in brief.json.  [default: all]")
@click.option("--max-mb", type=float, metavar="N", help="The largest file that is read.  [default: 20]")
@click.option("--config", "config", metavar="FILE", help="Settings.  [default: briefing.toml, where there is one]")
@click.option("--stats", metavar="FILE", help="Write the seconds of each stage there, as JSON.")
@click.option("--quiet", is_flag=True, help="No progress and no table; only errors.")
def command(
    config: str | None, formats: tuple[str, ...], stats: str | None, quiet: bool, estimate: bool, **options: Any
) -> None:
    """Makes a brief from articles: files, folders, or - for standard input.

    Exits with 0 when made, 1 on an error, 2 on wrong usage or settings, 3 when made although some inputs failed or
    a model did not write or read every story, 4 when nothing was relevant (a brief that says so is written).
    """
    start = time.perf_counter()
    from briefing import config as configuration

    settings = configuration.load(config, formats=split(formats), **options)
    if not settings.paths:
        raise click.UsageError("name the articles: files, folders, or - for standard input")

    from briefing import wiring
    from briefing.cli import output
    from briefing.cli.progress import run_for

    wiring.check(settings)
    if estimate:
        with run_for(quiet=quiet) as run:
            found = wiring.estimate(settings, run=run, stdin=sys.stdin.buffer)
        output.estimate(found)
        return
    output.prepare(Path(settings.out), Path(stats) if stats else None)
    with run_for(quiet=quiet) as run:
        brief = wiring.make(settings, run=run, stdin=sys.stdin.buffer)
        output.name_failures(brief)
        output.name_notes(brief)
        if not brief.counts.articles:
            where = ", ".join(settings.paths)
            cli.fail(f"no article was read from {where}; nothing was written", cli.ERROR)
        documents, problems = wiring.documents(brief, settings, run=run)
    files = output.write(documents, Path(settings.out))
    if stats:
        output.stats(brief, run.seconds, Path(stats))
    if not quiet:
        output.report(brief, files, time.perf_counter() - start)
    finish(problems)
    if not brief.stories:
        sys.exit(cli.NOTHING_RELEVANT)
    if brief.failures or any(story.note for story in brief.stories):
        sys.exit(cli.SOME_FAILED)


def split(lists: tuple[str, ...]) -> tuple[str, ...]:
    """The names of comma-separated lists, each once."""
    names = tuple(dict.fromkeys(name.strip() for text in lists for name in text.split(",")))
    if lists and not any(names):
        raise click.UsageError("--format names no format; write for example --format html,pdf")
    return tuple(name for name in names if name)


def finish(problems: list[RenderError]) -> None:
    """Ends the program with an error when a format could not be made; the others are written by now."""
    if problems:
        cli.fail("; ".join(str(p) for p in problems), cli.ERROR)
