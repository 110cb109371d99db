"""``briefing outbox``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from briefing import cli
from briefing.cli import scheduled
from briefing.editions import EditionKey, Mail, MailState
from briefing.errors import ConfigError
from briefing.text.suggest import did_you_mean

if TYPE_CHECKING:
    from briefing.schedule.office import Office

_EDITION = click.option("--edition", metavar="EDITION", help="Only this one's: morning, or morning/2026-11-22.")
_NUMBERS = click.argument("numbers", nargs=-1, type=int, metavar="[NUMBER]...")


@click.group("outbox", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Every message to every recipient: what was sent, what waits, what failed, what is uncertain.

    \b
    briefing outbox list --state uncertain     may have arrived, as the connection broke at the last moment
    briefing outbox show 17                    one message, with all its bytes
    briefing outbox retry --edition morning    failed ones are tried again
    briefing outbox resend --uncertain         uncertain ones too, with the same Message-ID
    briefing outbox cancel --edition morning   what is not sent yet, is not sent
    """


@command.command("list")
@_EDITION
@click.option("--state", metavar="STATE", help=f"Of {', '.join(MailState)}.")
@click.option("--limit", default=100, show_default=True, metavar="N", help="How many.")
@scheduled.CONFIG
@scheduled.JSON
def list_(edition: str | None, state: str | None, limit: int, config: str | None, as_json: bool) -> None:
    """Lists messages, the first put in first."""
    if state and state not in set(MailState):
        hint = did_you_mean(state, list(MailState))
        raise click.UsageError(f"unknown state {state!r}{hint}; there are: {', '.join(MailState)}")
    with scheduled.opened(config) as office:
        states = (MailState(state),) if state else ()
        mails = office.store.outbox.mails(_key(office, edition), states, limit)
        columns = ("number", "edition", "recipient", "state", "attempts", "next_try", "reply")
        scheduled.table([_row(mail) for mail in mails], columns, as_json=as_json, empty="no message")


@command.command("show")
@click.argument("number", type=int, metavar="NUMBER")
@scheduled.CONFIG
@scheduled.JSON
def show(number: int, config: str | None, as_json: bool) -> None:
    """Prints a message as it goes over the wire."""
    with scheduled.opened(config) as office:
        mail = office.store.outbox.mail(number)
        if mail is None:
            raise ConfigError(f"there is no message {number}; briefing outbox list shows their numbers")
        content = office.store.outbox.message(number).content
        if as_json:
            click.echo(json.dumps(_row(mail) | {"content": content.decode("utf-8", "backslashreplace")}, indent=1))
            return
        sys.stdout.buffer.write(content)


@command.command("retry")
@_NUMBERS
@_EDITION
@scheduled.CONFIG
def retry(numbers: tuple[int, ...], edition: str | None, config: str | None) -> None:
    """Has failed and cancelled messages tried again: some, or an edition's."""
    _requeue(numbers, edition, config, MailState.FAILED, MailState.CANCELLED)


@command.command("resend")
@_NUMBERS
@_EDITION
@click.option("--uncertain", is_flag=True, help="Needed: some of those who get them may have them already.")
@scheduled.CONFIG
def resend(numbers: tuple[int, ...], edition: str | None, uncertain: bool, config: str | None) -> None:
    """Has uncertain messages sent again, with the same Message-ID, by which many mailboxes show one of two only."""
    if not uncertain:
        raise click.UsageError(
            "some may have arrived; if they may arrive twice, type: briefing outbox resend --uncertain"
        )
    _requeue(numbers, edition, config, MailState.UNCERTAIN, all=True)


@command.command("cancel")
@_NUMBERS
@_EDITION
@scheduled.CONFIG
def cancel(numbers: tuple[int, ...], edition: str | None, config: str | None) -> None:
    """Takes messages back that nobody has begun to send: some, or an edition's."""
    with scheduled.opened(config) as office:
        count = office.store.outbox.cancel(_which(office, numbers, edition), office.clock())
        click.echo(f"{cli.many(count, 'message')} cancelled")


def _requeue(
    numbers: tuple[int, ...], edition: str | None, config: str | None, *states: MailState, all: bool = False
) -> None:
    with scheduled.opened(config) as office:
        which = None if all and not numbers and not edition else _which(office, numbers, edition)
        count = office.store.outbox.requeue(which, office.clock(), only_from=states)
        click.echo(f"{cli.many(count, 'message')} queued; briefing start sends them, or briefing run EDITION")


def _which(office: Office, numbers: tuple[int, ...], edition: str | None) -> tuple[int, ...] | EditionKey:
    key = _key(office, edition)
    if bool(numbers) == bool(key):
        raise ConfigError("name messages by their numbers (briefing outbox list), or an edition with --edition")
    return key or numbers


def _key(office: Office, edition: str | None) -> EditionKey | None:
    return scheduled.key_of(office, edition) if edition else None


def _row(mail: Mail) -> dict[str, object]:
    return {
        "number": mail.id,
        "edition": str(mail.edition),
        "recipient": mail.recipient,
        "channel": mail.channel,
        "state": mail.state.value,
        "attempts": mail.attempts,
        "next_try": scheduled.when(mail.next_try),
        "changed": scheduled.when(mail.changed),
        "message_id": mail.message_id,
        "reply": mail.reply,
    }
