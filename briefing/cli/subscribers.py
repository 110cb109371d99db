"""``briefing subscribers``."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import sys
from pathlib import Path
from typing import Any

import click

from briefing import cli
from briefing.cli import scheduled
from briefing.config import zone as zone_of
from briefing.editions import Format, Subscriber
from briefing.errors import BriefingError, ConfigError, ModelError
from briefing.text.suggest import did_you_mean

_COLUMNS = ("address", "name", "zone", "language", "topics", "format")
_LIST = click.argument("list_name", metavar="LIST")


@click.group("subscribers", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Lists of people that editions go to, by subscribers = "LIST" in an edition.

    \b
    briefing subscribers add desk ana@news.example --name "Ana Ruiz" --format text
    briefing subscribers import desk people.csv     columns: address, name, zone, language, topics, format
    briefing subscribers list desk
    briefing subscribers remove desk ana@news.example
    briefing subscribers erase ana@news.example     forgets the person everywhere, and looks whether anything is left
    """


@command.command("list")
@click.argument("list_name", required=False, metavar="[LIST]")
@click.option("--all", "everybody", is_flag=True, help="Those who have left too.")
@scheduled.CONFIG
@scheduled.JSON
def list_(list_name: str | None, everybody: bool, config: str | None, as_json: bool) -> None:
    """Names the people of a list; without one, the lists."""
    with scheduled.opened(config) as office:
        people = office.store.subscribers
        if not list_name:
            rows = [{"list": name, "people": count} for name, count in people.lists().items()]
            scheduled.table(rows, ("list", "people"), as_json=as_json, empty="no list has anybody on it")
            return
        found = [_row(person) for person in people.all(list_name, active=not everybody)]
        if not as_json:
            found = [row | {"topics": "; ".join(row["topics"])} for row in found]
        columns = (*_COLUMNS, *(("active",) if everybody else ()))
        scheduled.table(found, columns, as_json=as_json, empty=f"nobody is on {list_name!r}")


@command.command("add")
@_LIST
@click.argument("address", metavar="ADDRESS")
@click.option("--name", default="", metavar="NAME", help="Who it is.")
@click.option("--zone", default="", metavar="ZONE", help="Of the times in their mail.  [default: the edition's]")
@click.option("--language", default="", metavar="CODE", help="Of their brief.  [default: the edition's]")
@click.option("--topic", "topics", multiple=True, metavar="TEXT", help="Theirs, in place of the edition's.")
@click.option("--format", "format_", default="", metavar="html|text|pdf", help="Of their mail.  [default: html]")
@scheduled.CONFIG
def add(
    list_name: str,
    address: str,
    name: str,
    zone: str,
    language: str,
    topics: tuple[str, ...],
    format_: str,
    config: str | None,
) -> None:
    """Adds somebody to a list, or changes what is kept of them."""
    given = {"name": name, "zone": zone, "language": language, "format": format_}
    said = {key: value for key, value in given.items() if value}
    box = _person({"address": address}, ()).address
    with scheduled.opened(config) as office:
        # Of somebody who is there, what is not said stays.
        known = office.store.subscribers.get(list_name, box)
        before = _row(known) if known else {}
        cells = {key: str(before.get(key, "")) for key in given} | said
        person = _person({"address": address, **cells}, topics or (known.topics if known else ()))
        new = office.store.subscribers.add(list_name, person, office.clock())
        click.echo(f"{person.address} {'added to' if new else 'changed on'} {list_name}")


@command.command("import")
@_LIST
@click.argument("file", metavar="FILE")
@scheduled.CONFIG
def import_(list_name: str, file: str, config: str | None) -> None:
    """Adds everybody of a CSV file (- for standard input) whose first line names the columns; all of them or none.

    Columns: address, and where wanted name, zone, language, topics (with ; between them) and format. Who has left the
    list stays off it.
    """
    people = _read(file)
    with scheduled.opened(config) as office:
        person, there = office.store.person, office.store.subscribers
        left = {person(p.address) for p in there.all(list_name, active=False) if not p.active}
        wanted = [p for p in people if person(p.address) not in left]
        new = there.add_all(list_name, wanted, office.clock())
        said = f"{cli.many(new, 'person', 'people')} added to {list_name}, {len(wanted) - new} changed"
        if len(wanted) < len(people):
            off = len(people) - len(wanted)
            said += f"; {off} had left and {'stays' if off == 1 else 'stay'} off, but for: briefing subscribers add"
        click.echo(said)


@command.command("remove")
@click.argument("list_name", required=False, metavar="[LIST]")
@click.argument("address", required=False, metavar="[ADDRESS]")
@click.option("--from-mail", is_flag=True, help="Read a mail to the mailto: address from standard input.")
@scheduled.CONFIG
def remove(list_name: str | None, address: str | None, from_mail: bool, config: str | None) -> None:
    """Takes somebody off a list; who has left stays known, so that an import does not bring them back unseen."""
    if from_mail == bool(list_name and address):
        raise click.UsageError("name a list and an address, or give a mail: briefing subscribers remove --from-mail")
    with scheduled.opened(config) as office:
        if from_mail:
            list_name, address = office.asked_by_mail(sys.stdin.buffer.read())
        if not office.unsubscribe(list_name or "", address or ""):
            raise ConfigError(f"{address} is not on {list_name!r}; briefing subscribers list {list_name} shows who is")
        click.echo(f"{address} is off {list_name}")


@command.command("erase")
@click.argument("address", metavar="ADDRESS")
@click.option("--name", default="", metavar="NAME", help="A name that must be nowhere either.")
@scheduled.CONFIG
@scheduled.JSON
def erase(address: str, name: str, config: str | None, as_json: bool) -> None:
    """Forgets a person everywhere: lists, messages, bounces. Then searches all that is kept for the address.

    Ends with 1 where something is left, and says where. A hash of the address stays, by which nothing can be read, so
    that nobody is mailed who asked for this.
    """
    with scheduled.opened(config) as office:
        erased = office.store.subscribers.erase(address, office.clock(), name)
        if as_json:
            click.echo(json.dumps(dataclasses.asdict(erased) | {"proved": erased.proved}, indent=1))
        else:
            gone = f"{cli.many(erased.subscriptions, 'subscription')} and {cli.many(erased.mails, 'message')} erased"
            click.echo(f"{address}: {gone}; nothing that is kept says the address" if erased.proved else gone)
            for place in erased.named:
                click.echo(f"the name, which may be somebody else's, stands in {place}")
        if not erased.proved:
            cli.fail(f"{address} still stands in: {'; '.join(map(str, erased.left)) or erased.trouble}", cli.ERROR)


def _read(file: str) -> list[Subscriber]:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: is not UTF-8; save it as CSV UTF-8") from error
    first = text.partition("\n")[0]
    # Where a comma is the decimal point, spreadsheets write semicolons.
    delimiter = ";" if ";" in first and "," not in first else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    people: list[Subscriber] = []
    problems: list[str] = []
    try:
        for name in rows.fieldnames or ():
            if name not in _COLUMNS:
                there = ", ".join(_COLUMNS)
                raise ConfigError(f"{file}: unknown column {name!r}{did_you_mean(name, _COLUMNS)}; there are: {there}")
        if "address" not in (rows.fieldnames or ()):
            raise ConfigError(f"{file}: its first line names the columns, among them 'address'")
        for row in rows:
            try:
                if None in row:
                    raise ConfigError("has more cells than there are columns")
                cells = {key: (value or "").strip() for key, value in row.items()}
                topics = tuple(t.strip() for t in cells.pop("topics", "").split(";") if t.strip())
                people.append(_person(cells, topics))
            except BriefingError as error:
                problems.append(f"line {rows.line_num}: {error}")
    except csv.Error as error:
        raise ConfigError(f"{file}: line {rows.line_num}: is not CSV: {error}") from error
    if problems:
        more = f" (and {len(problems) - 5} more)" if len(problems) > 5 else ""
        raise ConfigError(f"{file}: {'; '.join(problems[:5])}{more}; nobody was added")
    return people


def _person(cells: dict[str, str], topics: tuple[str, ...]) -> Subscriber:
    from briefing.schedule.plan import mailbox

    kind = cells.get("format") or Format.HTML.value
    if kind not in set(Format):
        raise ConfigError(f"format is one of {', '.join(Format)}, not {kind!r}{did_you_mean(kind, list(Format))}")
    if cells.get("zone"):
        zone_of(cells["zone"])
    language = cells.get("language", "")
    if language and not (2 <= len(language) <= 3 and language.isascii() and language.islower()):
        raise ConfigError(f"language is a code of ISO 639 such as 'en' or 'de', not {language!r}")
    name = f"{cells['name']} <{cells['address']}>" if cells.get("name") else cells["address"]
    box = mailbox(name, "address")
    try:
        return Subscriber(box.address, box.name, cells.get("zone", ""), language, topics, Format(kind))
    except ModelError as error:
        raise ConfigError(str(error)) from error


def _row(person: Subscriber) -> dict[str, Any]:
    return {
        "address": person.address,
        "name": person.name,
        "zone": person.zone,
        "language": person.language,
        "topics": person.topics,
        "format": person.format.value,
        "active": person.active,
    }
