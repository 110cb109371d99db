"""What the commands of scheduled editions share."""

from __future__ import annotations

import json
import logging
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from briefing import cli
from briefing.editions import EditionKey
from briefing.errors import ConfigError, ModelError

if TYPE_CHECKING:
    from briefing.schedule.office import Office

CONFIG = click.option("--config", metavar="FILE", help="The settings.  [default: briefing.toml]")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@contextmanager
def opened(config: str | None, *, stop: threading.Event | None = None) -> Iterator[Office]:
    """The office of the settings' editions. With ``stop`` it is to send, so all that sending needs has to be set."""
    from briefing.delivery.channels import channel
    from briefing.schedule.office import office
    from briefing.schedule.plan import load_plan

    plan = load_plan(config)
    if stop:
        for spec in sorted({edition.channel for edition in plan.editions.values()}):
            channel(spec, plan.smtp, base=Path(plan.file).parent).close()
    if not logging.getLogger().handlers:
        # The command says itself what became of it; only a defect is worth more words.
        handler = logging.StreamHandler()
        handler.addFilter(lambda record: bool(record.exc_info))
        logging.getLogger("briefing").addHandler(handler)
    with office(plan, stop=stop) as found:
        yield found


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """An event that SIGTERM and an interrupt set, so that work ends in good order; a second interrupt ends at once."""
    stop = threading.Event()

    def end(number: int, frame: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def log_to_stderr() -> None:
    """One JSON object a line, for whatever collects logs."""
    from briefing.schedule.logs import JsonLines

    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # Which table was made is of no interest to whoever reads these.
    logging.getLogger("alembic").setLevel(logging.WARNING)


def key_of(office: Office, text: str) -> EditionKey:
    """``morning/2026-11-22``, or ``morning`` for its last edition. Raises ``ConfigError``."""
    if "/" in text:
        try:
            key = EditionKey.parse(text)
        except ModelError as error:
            raise ConfigError(str(error)) from error
    else:
        office.plan.edition(text)
        last = office.store.editions.recent(text, limit=1)
        if not last:
            raise ConfigError(f"{text!r} has no edition yet; make one: briefing run {text}")
        key = last[0].key
    if office.store.editions.get(key.whole) is None:
        raise ConfigError(f"there is no edition {key}; briefing history {key.name} lists those there are")
    return key


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool, empty: str) -> None:
    """Prints ``rows``: as JSON whole, else the ``columns`` of each on a line."""
    if as_json:
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1, default=str))
        return
    if not rows:
        click.echo(empty)
        return
    cells = [[cli.one_line(str(row[column])) for column in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    for line in ([c.replace("_", " ") for c in columns], *cells):
        click.echo("  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip())


def when(moment: datetime | None, zone: str = "UTC") -> str:
    """A time for a person, in a zone."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") if moment else ""


def words(counts: Mapping[Any, int]) -> str:
    """``3 sent, 1 failed``."""
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)
