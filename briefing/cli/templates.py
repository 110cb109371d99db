"""``briefing templates``."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

import click

from briefing import cli

_CONFIG = click.option(
    "--config", metavar="FILE", help="Settings that name the theme.  [default: briefing.toml, where there is one]"
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("templates", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Themes of your own: made, changed, compared with ours and checked.

    \b
    briefing templates new house            a theme in ./templates/house that looks as ours does
    briefing templates eject brief.html house   our page, to be changed there
    briefing templates preview house        what it looks like, while it is changed
    briefing templates check house          what is wrong with it, with file and line
    briefing make news/ --theme house       a brief with it
    """


@command.command("list")
@_JSON
def list_(as_json: bool) -> None:
    """Names the themes that there are, those of ./templates first."""
    from briefing import themes

    found = themes.listed()
    if as_json:
        _print([t._asdict() | {"folder": str(t.folder)} for t in found])
        return
    width = max((len(t.name) for t in found), default=0)
    for theme in found:
        where = "ours" if theme.ours else str(theme.folder)
        click.echo(cli.one_line(f"{theme.name:{width}}  {where}: {theme.description}"))


@command.command("new")
@click.argument("name", metavar="NAME")
def new(name: str) -> None:
    """Makes a theme in ./templates that looks as ours does, with every option in its theme.toml."""
    from briefing import themes

    folder = themes.new(name)
    click.echo(f"{folder / 'theme.toml'}\n{folder / 'style.css'}")


@command.command("eject")
@click.argument("file", metavar="FILE")
@click.argument("theme", required=False, metavar="[THEME]")
@_CONFIG
def eject(file: str, theme: str | None, config: str | None) -> None:
    """Copies FILE of ours, such as brief.html, into a theme of yours, to be changed there.

    Overriding one block is less to keep up with: {% extends "!default/brief.html" %}.
    """
    from briefing import themes

    path = themes.eject(file, _theme(theme, config))
    click.echo(str(path))
    if path.suffix == ".css":
        click.echo('briefing: it comes after ours; to have it alone, write styles = "replace" in theme.toml', err=True)


@command.command("diff")
@click.argument("theme", required=False, metavar="[THEME]")
@_CONFIG
@_JSON
def diff(theme: str | None, config: str | None, as_json: bool) -> None:
    """Shows what changed in our files since a theme of yours took them."""
    from briefing import themes

    found = themes.changes(_theme(theme, config))
    if as_json:
        _print([change._asdict() | {"file": str(change.file)} for change in found])
        return
    for change in found:
        since = f"{_short(str(change.file))}: {change.original} of briefing {change.version}"
        click.echo(f"{since}: {'has changed since' if change.difference else 'is the same today'}")
        if change.difference:
            click.echo(change.difference)
    if not found:
        click.echo("no file of ours was taken; briefing templates eject FILE takes one")


@command.command("check")
@click.argument("theme", required=False, metavar="[THEME]")
@_CONFIG
@_JSON
def check(theme: str | None, config: str | None, as_json: bool) -> None:
    """Renders sample briefs with a theme and says what is wrong with it, with file, line and column.

    Exits with 0 when there is no error, 1 when there is one, 2 when there is no such theme.
    """
    from briefing import config as configuration
    from briefing import themes

    settings = configuration.load(config, theme=theme)
    name = settings.theme
    found = themes.check(name, settings.look)
    count = Counter(problem.level for problem in found)
    if as_json:
        _print({"theme": name, "problems": [problem._asdict() for problem in found]})
    else:
        for problem in found:
            place = _short(problem.place)
            click.echo(f"{problem.level:7}  {place}: {cli.one_line(problem.text)}")
        errors, warnings = cli.many(count["error"], "error"), cli.many(count["warning"], "warning")
        click.echo(f"{name}: {errors}, {warnings}, {count['advice']} advice")
    if count["error"]:
        sys.exit(cli.ERROR)


@command.command("preview")
@click.argument("theme", required=False, metavar="[THEME]")
@click.option("--brief", metavar="BRIEF.json", help="A brief of yours to show, besides the samples.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Where it is served; 0 takes a free one.  [default: 8765, or a free one]",
)
@click.option("--open", "open_", is_flag=True, help="Open it in the browser.")
@_CONFIG
def preview(theme: str | None, brief: str | None, port: int | None, open_: bool, config: str | None) -> None:
    """Shows a theme in the browser, as page, PDF, mail and text, and again whenever a file of it changes.

    It is served to this machine only, until Ctrl-C.
    """
    from briefing import config as configuration
    from briefing.web.preview import Chosen, Preview
    from briefing.web.preview_server import serve

    def chosen() -> Chosen:
        settings = configuration.load(config, theme=theme)
        return Chosen(settings.theme, settings.look)

    shown = Preview(chosen, brief=Path(brief) if brief else None, config=Path(config or configuration.FILE))

    def tell(address: str) -> None:
        click.echo(address)
        if open_:
            click.launch(address)

    try:
        serve(shown, port, tell)
    except KeyboardInterrupt:
        sys.exit(cli.INTERRUPTED)


def _theme(theme: str | None, config: str | None) -> str:
    from briefing import config as configuration

    return theme or configuration.load(config).theme


def _short(path: str) -> str:
    """A path under the working folder as it is typed there."""
    return path.removeprefix(str(Path.cwd()) + os.sep)


def _print(value: object) -> None:
    click.echo(json.dumps(value, indent=1, ensure_ascii=False))
