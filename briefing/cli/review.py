"""``briefing approve``, ``reject``, ``edit`` and ``correct``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from briefing import cli
from briefing.cli import scheduled
from briefing.errors import ConfigError, ModelError

if TYPE_CHECKING:
    from briefing.steps.edit import Place

_EDITION = click.argument("edition", metavar="EDITION")
_PLACE = click.argument("place", required=False, metavar="[PLACE]")
_TEXT = click.argument("text", required=False, metavar="[TEXT]")
_REMOVE = click.option("--remove", is_flag=True, help="Take the sentence out.")
_UNCITED = click.option("--uncited", is_flag=True, help="Print it without a source, marked so.")


@click.command("approve")
@_EDITION
@scheduled.CONFIG
def approve(edition: str, config: str | None) -> None:
    """Sends an edition that waits for review."""
    with scheduled.stoppable() as stop, scheduled.opened(config, stop=stop) as office:
        key = scheduled.key_of(office, edition)
        record = office.approve(key)
        counts = office.store.outbox.counts(key)
        click.echo(cli.one_line(f"{key}: {record.state.value}; mails: {scheduled.words(counts) or 'none'}"))


@click.command("reject")
@_EDITION
@click.option("--reason", default="rejected by a reviewer", metavar="TEXT", help="Kept in the history.")
@scheduled.CONFIG
def reject(edition: str, reason: str, config: str | None) -> None:
    """Closes an edition that waits for review; nobody gets it."""
    with scheduled.opened(config) as office:
        from briefing.schedule.review import reject as close

        key = scheduled.key_of(office, edition)
        close(office.newsroom, key, reason)
        click.echo(f"{key}: rejected")


@click.command("edit")
@_EDITION
@_PLACE
@_TEXT
@_REMOVE
@_UNCITED
@scheduled.CONFIG
def edit(edition: str, place: str | None, text: str | None, remove: bool, uncited: bool, config: str | None) -> None:
    """Changes a headline or a sentence of an edition that waits for review; it is checked again and marked as changed.

    \b
    briefing edit morning                        lists headlines (1, 2, ...) and sentences (1.1, 1.2, ...)
    briefing edit morning 1.2 "Better words."    kept only if the cited words support it
    briefing edit morning 1.2 --remove
    """
    with scheduled.opened(config) as office:
        from briefing.schedule import review
        from briefing.steps.edit import places

        key = scheduled.key_of(office, edition)
        if place is None:
            for spot, claim in places(office.newsroom.brief(key)).items():
                mark = "" if claim.verdict and claim.verdict.status.value == "SUPPORTED" else "  (doubted)"
                click.echo(cli.one_line(f"{spot!s:6} {claim.text}{mark}"))
            return
        new = review.edit(office.newsroom, key, _spot(place), _words(text, remove), uncited=uncited)
        status = new.verdict.status.value.lower() if new and new.verdict else "taken out"
        click.echo(f"{key} {place}: {status}; to send it: briefing approve {key}")


@click.command("correct")
@_EDITION
@click.argument("place", metavar="PLACE")
@_TEXT
@_REMOVE
@_UNCITED
@click.option("--yes", is_flag=True, help="Do not ask; send it.")
@scheduled.CONFIG
def correct(
    edition: str, place: str, text: str | None, remove: bool, uncited: bool, yes: bool, config: str | None
) -> None:
    """Corrects a sentence of an edition that was sent: exactly those who got it get a correction, as an answer to it.

    ``briefing history EDITION --out DIR`` writes the brief; ``briefing edit EDITION`` numbers its sentences.
    """
    with scheduled.stoppable() as stop, scheduled.opened(config, stop=stop) as office:
        from briefing.schedule import review

        key = scheduled.key_of(office, edition)
        spot, words = _spot(place), _words(text, remove)
        if not yes:
            # Numbers move when a sentence is taken out, and a correction cannot be taken back.
            was = review.said(office.newsroom, key, spot)
            click.echo(cli.one_line(f"it said:        {was}"))
            click.echo(cli.one_line(f"it should say:  {words or '(nothing; it is taken out)'}"))
            click.confirm(f"Send this to everybody who got {key}?", abort=True)
        part, count = review.correct(office.newsroom, key, spot, words, uncited=uncited)
        office.newsroom.deliver(part)
        counts = office.store.outbox.counts(part)
        click.echo(f"{part}: for {cli.many(count, 'reader')}; mails: {scheduled.words(counts)}")


def _spot(place: str) -> Place:
    from briefing.steps.edit import Place

    try:
        return Place.parse(place)
    except ModelError as error:
        raise ConfigError(str(error)) from error


def _words(text: str | None, remove: bool) -> str | None:
    if remove is bool(text):
        raise click.UsageError("give the new words, or --remove")
    return None if remove else text
