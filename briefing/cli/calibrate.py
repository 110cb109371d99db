"""``briefing calibrate``."""

from __future__ import annotations

import sys

import click

from briefing import cli


@click.command("calibrate")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--engine", metavar="NAME", help="The model to try as judge: llm:MODEL or local:FILE.gguf.")
@click.option("--judge", metavar="NAME", help="The same, where the judge is not the engine's model.")
@click.option("--base-url", metavar="URL", help="The model's server, up to /v1.  [default: OpenAI's]")
@click.option("--pairs", type=click.IntRange(20, 2000), default=200, metavar="N", help="Claims tried.  [default: 200]")
@click.option("--budget", type=float, metavar="USD", help="The most that it may cost.  [default: no limit]")
@click.option("--cache", metavar="FILE", help="Where the threshold is kept.  [default: your data folder]")
@click.option("--config", "config", metavar="FILE", help="Settings.  [default: briefing.toml, where there is one]")
def command(paths: tuple[str, ...], config: str | None, pairs: int, **options: str | float | None) -> None:
    """Finds the score that a judge must give, on true and false claims made of your own articles.

    It is kept for the model and used from then on. Exits with 0 when found, 1 when the model cannot judge.
    """
    from briefing import config as configuration

    settings = configuration.load(config, paths=paths, **options)
    if not settings.paths:
        raise click.UsageError("name the articles that claims are made of: files, folders, or - for standard input")

    from briefing import wiring

    wiring.check(settings)
    found = wiring.calibrate(settings, pairs, stdin=sys.stdin.buffer)
    click.echo(str(found))
    if not found.usable:
        sys.exit(cli.ERROR)
