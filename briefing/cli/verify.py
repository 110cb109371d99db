"""``briefing verify``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefing import cli


@click.command("verify")
@click.argument("file", metavar="BRIEF.json")
@click.option("--judge", metavar="NAME", help="A model that reads too: llm:MODEL or local:FILE.gguf.  [default: none]")
@click.option("--base-url", metavar="URL", help="The judge's server, up to /v1.  [default: OpenAI's]")
@click.option("--threshold", type=float, metavar="P", help="What the judge must give.  [default: as calibrated]")
@click.option("--config", "config", metavar="FILE", help="Settings.  [default: briefing.toml, where there is one]")
@click.option("--quiet", is_flag=True, help="Say nothing of what holds.")
def command(
    file: str, judge: str | None, base_url: str | None, threshold: float | None, config: str | None, quiet: bool
) -> None:
    """Checks every sentence of a brief against its sources again.

    Exits with 0 when all hold, 1 when one does not; each of these is printed with the reasons.
    """
    from briefing import config as configuration
    from briefing import wiring

    settings = configuration.load(config, judge=judge or "none", base_url=base_url, threshold=threshold)
    brief = wiring.read(Path(file))
    results = wiring.verify(brief, settings)
    failed = [result for result in results if not result.holds]
    for result in failed:
        click.echo(cli.one_line(f"{result.place}: {result.claim.text}"))
        for finding in result.claim.verdict.findings if result.claim.verdict else ():
            click.echo(f"    {finding.status.value} {finding.check}: {cli.one_line(finding.reason)}")
    if not quiet or failed:
        click.echo(f"{len(results) - len(failed)} of {len(results)} sentences hold")
    if failed:
        sys.exit(cli.ERROR)
