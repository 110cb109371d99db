"""``briefing run``."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import cli
from briefing.cli import scheduled
from briefing.editions import EditionRecord, EditionState, Mail, MailState

if TYPE_CHECKING:
    from briefing.schedule.office import Office

# So many are said.
_REASONS = 3
_SOME = (MailState.QUEUED, MailState.FAILED, MailState.UNCERTAIN)


@click.command("run")
@click.argument("name", metavar="EDITION")
@click.option("--dry-run", is_flag=True, help="Make the files, list who would get them, send and keep nothing.")
@click.option("--out", metavar="DIR", default="out", show_default=True, help="Where the files of --dry-run go.")
@scheduled.CONFIG
@scheduled.JSON
def command(name: str, dry_run: bool, out: str, config: str | None, as_json: bool) -> None:
    """Makes and sends today's edition now: collects, writes, sends. The same date is never sent twice.

    Exits with 0 when all was sent or nothing was left to do, 1 when the edition failed, 2 on wrong settings, 3 when
    some mails were put off, failed or are uncertain, 4 when nothing was relevant and nobody got anything.
    """
    if dry_run:
        with scheduled.opened(config) as office:
            _rehearse(office, name, Path(out))
        return
    with scheduled.stoppable() as stop, scheduled.opened(config, stop=stop) as office:
        edition = office.plan.edition(name)
        before = office.store.editions.get(office.today(edition))
        record = office.run(name)
        counts = office.store.outbox.counts(record.key)
        if as_json:
            said = dataclasses.asdict(record) | {"key": str(record.key), "mails": counts}
            click.echo(json.dumps(said, default=str, indent=1))
        else:
            _say(record, before, counts)
            _say_why(office.store.outbox.mails(record.key, _SOME), edition.settings.zone)
        _exit(record, counts)


def _say(record: EditionRecord, before: EditionRecord | None, counts: Mapping[MailState, int]) -> None:
    what = f"{record.key}: {record.state.value}"
    if before is not None and before.state in (EditionState.DONE, EditionState.SENDING):
        what += ", made before"
        if counts.get(MailState.SENT):
            what += "; what was sent is not sent again"
    if record.reason:
        what += f": {record.reason}"
    click.echo(cli.one_line(what))
    if counts:
        click.echo(f"mails: {scheduled.words(counts)}")
    if counts.get(MailState.UNCERTAIN):
        click.echo("briefing outbox list --state uncertain shows those that may have arrived; nobody is sent one twice")
    if record.state is EditionState.WAITING:
        click.echo(f"to send it: briefing approve {record.key}")


def _say_why(mails: Sequence[Mail], zone: str) -> None:
    """Each reason why something is not sent, once, with what to type."""
    reasons: dict[tuple[MailState, str], Mail] = {}
    for mail in mails:
        reasons.setdefault((mail.state, mail.reply), mail)
    for (state, reply), mail in list(reasons.items())[:_REASONS]:
        when = f", tried again at {scheduled.when(mail.next_try, zone)}" if mail.next_try else ""
        click.echo(cli.one_line(f"{state.value}{when}: {reply or 'its time has not come'}"))
    if any(mail.attempts for mail in mails):
        click.echo("briefing doctor --smtp tries the mail server; briefing start sends what waits")


def _exit(record: EditionRecord, counts: Mapping[MailState, int]) -> None:
    if record.state is EditionState.FAILED:
        sys.exit(cli.ERROR)
    if record.state is EditionState.SKIPPED:
        sys.exit(cli.NOTHING_RELEVANT)
    if any(counts.get(state) for state in _SOME):
        sys.exit(cli.SOME_FAILED)


def _rehearse(office: Office, name: str, folder: Path) -> None:
    from briefing import wiring
    from briefing.cli import output

    edition = office.plan.edition(name)
    output.prepare(folder)
    key = office.today(edition)
    formats = tuple(dict.fromkeys(("html", "eml", "json", *edition.attach)))
    settings = dataclasses.replace(edition.settings, formats=formats)
    for number, (brief, people) in enumerate(office.newsroom.rehearse(key)):
        if number == 0:
            output.name_failures(brief)
            if not brief.counts.articles:
                cli.fail(f"{key} would fail: no article was read from {', '.join(settings.paths)}", cli.ERROR)
        documents, problems = wiring.documents(brief, settings)
        place = folder if number == 0 else folder / str(number + 1)
        output.prepare(place)
        for file in output.write(documents, place):
            click.echo(str(file))
        for problem in problems:
            click.echo(f"briefing: {cli.one_line(str(problem))}", err=True)
        stories = cli.many(len(brief.stories), "story", "stories")
        click.echo(f"{key}: {stories}; would go to {cli.many(len(people), 'reader')}, by {edition.channel}:")
        for person in people:
            click.echo("  " + cli.one_line(f"{person.mailbox.address} {person.mailbox.name} ({person.format.value})"))
    if not office.newsroom.readers(edition):
        cli.fail(f"{key} would fail: nobody is in its 'to', nor on its list of 'subscribers'", cli.ERROR)
