"""``briefing render``."""

from __future__ import annotations

import time
from pathlib import Path

import click

from briefing.cli.make import finish, split


@click.command("render")
@click.argument("file", metavar="BRIEF.json")
@click.option("--format", "formats", multiple=True, metavar="LIST", help="Of html,pdf,md,txt,json,eml.  [default: all]")
@click.option("--theme", metavar="NAME", help="A theme's name or folder.  [default: default]")
@click.option("--pdf-variant", metavar="NAME", help="pdf/ua-1, or pdf/a-3a for archives.  [default: pdf/ua-1]")
@click.option("--texts", metavar="all|cited", help="Whole sources or only cited words in brief.json.  [default: all]")
@click.option("--out", metavar="DIR", help="Where the files go.  [default: the folder of BRIEF.json]")
@click.option("--config", "config", metavar="FILE", help="Settings.  [default: briefing.toml, where there is one]")
@click.option("--quiet", is_flag=True, help="No progress and no table; only errors.")
def command(
    file: str,
    formats: tuple[str, ...],
    theme: str | None,
    pdf_variant: str | None,
    texts: str | None,
    out: str | None,
    config: str | None,
    quiet: bool,
) -> None:
    """Renders a brief made earlier, without choosing or writing again."""
    start = time.perf_counter()
    from briefing import config as configuration
    from briefing import wiring
    from briefing.cli import output
    from briefing.cli.progress import run_for

    settings = configuration.load(config, formats=split(formats), theme=theme, texts=texts, pdf_variant=pdf_variant)
    wiring.check(settings)
    brief = wiring.read(Path(file))
    folder = Path(out) if out else Path(file).parent
    output.prepare(folder)
    with run_for(quiet=quiet) as run:
        documents, problems = wiring.documents(brief, settings, run=run)
    files = output.write(documents, folder)
    if not quiet:
        output.report(brief, files, time.perf_counter() - start)
    finish(problems)
