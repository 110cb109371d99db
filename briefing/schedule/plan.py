"""What ``briefing.toml`` says of scheduled editions, validated.

An ``[edition.NAME]`` has the keys below and every key of a single brief, which stand before the file's general ones.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from briefing.config import FILE, Settings, load, overlaid
from briefing.config.tables import KINDS, checked, read_table
from briefing.delivery.smtp_settings import SmtpSettings
from briefing.delivery.unsubscribe import VARIABLE
from briefing.editions import EditionKey
from briefing.errors import ConfigError, ModelError, RenderError
from briefing.render.email_headers import checked_address, one_line
from briefing.render.formats import FORMATS
from briefing.schedule.triggers import Trigger, trigger
from briefing.text.suggest import did_you_mean

DATABASE = "BRIEFING_DATABASE"
_DATABASES = ("postgresql", "postgres", "postgresql+psycopg", "sqlite")
WHEN_EMPTY = ("skip", "send", "alert")
# A file that is not attached to a mail: the mail itself.
_ATTACHED = tuple(f for f in FORMATS if f != "eml")
_DURATION = re.compile(r"(\d{1,5})\s*(s|m|min|h|d)")
_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_MAILBOX = re.compile(r"\s*(?:\"?(?P<name>[^<>\"]*?)\"?\s*<(?P<in>[^<>]*)>|(?P<bare>[^<>]*))\s*")


class Mailbox(NamedTuple):
    """An address, and the name of whom it belongs to."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """One ``[edition.NAME]``.

    ``settings`` make its brief. ``trigger`` is None where it comes only when asked for. ``to`` and the list
    ``subscribers`` get it by ``channel``, with ``attach``, formats of a brief. A slot missed by more than ``grace`` is
    skipped. ``when_empty`` is of ``WHEN_EMPTY``. With ``review`` it waits until a person approves it; ``reviewers``
    are told. Editions of one ``tenant`` are made one after another, those of different ones side by side. A model may
    write for ``within``; what it has not written by then is told in quotations. With ``local_time`` a subscriber gets
    it at its time in their own zone, where that is later.
    """

    name: str
    settings: Settings
    trigger: Trigger | None = None
    tenant: str = ""
    to: tuple[Mailbox, ...] = ()
    subscribers: str = ""
    channel: str = "smtp"
    attach: tuple[str, ...] = ()
    review: bool = False
    reviewers: tuple[Mailbox, ...] = ()
    when_empty: str = "skip"
    grace: timedelta = timedelta(hours=6)
    within: timedelta = timedelta(minutes=30)
    local_time: bool = False

    def local_slot(self, day: date, zone: str) -> datetime | None:
        """When a reader in ``zone`` gets the edition of that day: at its time of the day there, where that is wanted.

        None where it is not, or where the edition has no slot on that day.
        """
        if not self.local_time or self.trigger is None:
            return None
        there = replace(self.trigger, zone=ZoneInfo(zone))
        slot = there.after(datetime.combine(day, time.min, there.zone) - timedelta(minutes=1))
        return slot if there.date(slot) == day else None


@dataclass(frozen=True, slots=True)
class Service:
    """``[service]``: what all editions share.

    ``admin`` is told of failures. Sent mails and finished editions are kept for ``keep_days``. ``health`` is a file
    that the running service writes, ``metrics`` an address such as ``127.0.0.1:9464`` that Prometheus reads.
    ``editions_at_once`` are made side by side in one process. ``unsubscribe`` is the web address at which the handler
    is mounted, ``unsubscribe_mail`` an address that takes requests by mail.
    """

    admin: str = ""
    keep_days: int = 90
    health: str = ""
    metrics: str = ""
    editions_at_once: int = 2
    unsubscribe: str = ""
    unsubscribe_mail: str = ""

    def __post_init__(self) -> None:
        if self.keep_days < 1:
            raise ConfigError(f"keep_days in [service] is at least 1, not {self.keep_days}")
        if not 1 <= self.editions_at_once <= 64:
            raise ConfigError(f"editions_at_once in [service] is from 1 to 64, not {self.editions_at_once}")
        if self.unsubscribe and not self.unsubscribe.startswith("https://"):
            raise ConfigError(f"unsubscribe in [service] is an https address (RFC 8058), not {self.unsubscribe!r}")


@dataclass(frozen=True, slots=True)
class Plan:
    """The editions of a file, by name, and what they are sent with. ``database`` is empty for the usual file."""

    editions: Mapping[str, EditionPlan] = field(default_factory=lambda: MappingProxyType({}))
    sender: Mailbox | None = None
    smtp: SmtpSettings | None = None
    service: Service = field(default_factory=Service)
    database: str = ""
    file: str = FILE

    def edition(self, name: str) -> EditionPlan:
        """The edition of that name. Raises ``ConfigError``."""
        if name in self.editions:
            return self.editions[name]
        if not self.editions:
            raise ConfigError(f"{self.file} has no [edition.{name}]; README.md, A brief every morning, shows one")
        hint = did_you_mean(name, self.editions)
        raise ConfigError(f"{self.file} has no [edition.{name}]{hint}; there are: {', '.join(self.editions)}")


def load_plan(path: str | Path | None = None, *, environment: Mapping[str, str] = os.environ) -> Plan:
    """The plan in a file, by default ``briefing.toml`` of the working folder. Raises ``ConfigError``."""
    if path is None and not Path(FILE).is_file():
        raise ConfigError(
            f"there is no {FILE} in this folder; write one with an [edition.NAME], as docs/editions.md shows, "
            "or name it with --config FILE"
        )
    path = Path(path or FILE)
    table = read_table(path)
    general = load(path)
    try:
        smtp, sender = _smtp(table.get("smtp"), path.parent)
        kinds = {f.name: KINDS[str(f.type)] for f in fields(Service)}
        plan = Plan(
            MappingProxyType(dict(_editions(table.get("edition", {}), general, path.parent))),
            sender,
            smtp,
            _service(checked(table.get("service", {}), kinds, " in [service]"), path.parent),
            _database(environment.get(DATABASE, "").strip() or _text(table, "database")),
            str(path),
        )
        for edition in plan.editions.values():
            _can_send(edition, plan)
            _can_be_left(edition, plan, environment)
        return plan
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error


def mailbox(text: str, what: str) -> Mailbox:
    """``Ana Ruiz <ana@news.example>`` or ``ana@news.example``. Raises ``ConfigError``, ``what`` naming the place."""
    found = _MAILBOX.fullmatch(text)
    try:
        if not found:
            raise RenderError(f"{what}: {text!r} is not an address such as Ana Ruiz <ana@news.example>")
        name = one_line(found["name"] or "", f"the name in {what}")
        return Mailbox(checked_address(found["in"] or found["bare"] or "", what), name)
    except RenderError as error:
        raise ConfigError(str(error)) from error


_OWN_KINDS = {
    "sources": "list of texts",
    "at": "text",
    "cron": "text",
    "tenant": "text",
    "to": "list of texts",
    "subscribers": "text",
    "channel": "text",
    "attach": "list of texts",
    "review": "yes or no",
    "reviewers": "list of texts",
    "when_empty": "text",
    "grace": "text",
    "within": "text",
    "local_time": "yes or no",
}


def _editions(table: Any, general: Settings, folder: Path) -> list[tuple[str, EditionPlan]]:
    if not isinstance(table, dict):
        raise ConfigError(f"editions are tables such as [edition.morning], not edition = {table!r}")
    return [(name, _edition(name, entry, general, folder)) for name, entry in table.items()]


def _edition(name: str, table: Any, general: Settings, folder: Path) -> EditionPlan:
    where = f" in [edition.{name}]"
    try:
        EditionKey(name, date(2000, 1, 1))
    except ModelError as error:
        raise ConfigError(str(error)) from error
    settings = overlaid(general, table, where, folder, _OWN_KINDS)
    own = checked({k: v for k, v in table.items() if k in _OWN_KINDS}, _OWN_KINDS, where)
    if "sources" in own:
        if "paths" in table:
            raise ConfigError(f"'sources' and 'paths' are the same; keep one of them{where}")
        settings = overlaid(settings, {"paths": list(own["sources"])}, where, folder, {})
    if not settings.paths:
        raise ConfigError(f'name where its articles come from{where}, for example sources = ["news/"]')
    if "title" not in table and settings.title == Settings().title:
        # An edition called "morning" is a "Morning brief".
        settings = replace(settings, title=f"{name.replace('-', ' ').replace('_', ' ').capitalize()} brief")
    when = None
    try:
        if own.get("at") or own.get("cron"):
            when = trigger(at=own.get("at", ""), cron=own.get("cron", ""), zone=settings.tz)
    except ConfigError as error:
        raise ConfigError(f"{error}{where}") from error
    for format in own.get("attach", ()):
        if format not in _ATTACHED:
            hint = did_you_mean(format, _ATTACHED)
            raise ConfigError(f"unknown format {format!r} of 'attach'{where}{hint}; there are: {', '.join(_ATTACHED)}")
    empty = own.get("when_empty", "skip")
    if empty not in WHEN_EMPTY:
        hint = did_you_mean(empty, WHEN_EMPTY)
        raise ConfigError(f"when_empty{where} is one of {', '.join(WHEN_EMPTY)}, not {empty!r}{hint}")
    return EditionPlan(
        name=name,
        settings=settings,
        trigger=when,
        tenant=own.get("tenant", ""),
        to=tuple(mailbox(text, f"'to'{where}") for text in own.get("to", ())),
        subscribers=own.get("subscribers", ""),
        channel=own.get("channel", "smtp"),
        attach=tuple(dict.fromkeys(own.get("attach", ()))),
        review=own.get("review", False),
        reviewers=tuple(mailbox(text, f"'reviewers'{where}") for text in own.get("reviewers", ())),
        when_empty=empty,
        grace=_duration(own.get("grace", "6h"), f"'grace'{where}"),
        within=_duration(own.get("within", "30m"), f"'within'{where}"),
        local_time=own.get("local_time", False),
    )


def _smtp(table: Any, folder: Path) -> tuple[SmtpSettings | None, Mailbox | None]:
    if table is None:
        return None, None
    where = " in [smtp]"
    kinds = {f.name: KINDS[str(f.type)] for f in fields(SmtpSettings) if str(f.type) in KINDS}
    values = checked(table, {**kinds, "from": "text"}, where)
    sender = values.pop("from", "")
    if not sender:
        raise ConfigError(f'name the sender{where}, for example from = "Morning desk <desk@example.org>"')
    if values.get("ca_file"):
        values["ca_file"] = str(folder / values["ca_file"])
    if "host" not in values:
        raise ConfigError(f'name the server{where}: host = "smtp.example.org"')
    return SmtpSettings(**values), mailbox(sender, f"'from'{where}")


def _service(values: dict[str, Any], folder: Path) -> Service:
    if values.get("admin"):
        values["admin"] = mailbox(values["admin"], "'admin' in [service]").address
    if values.get("unsubscribe_mail"):
        address = mailbox(values["unsubscribe_mail"], "'unsubscribe_mail' in [service]").address
        values["unsubscribe_mail"] = address
    if values.get("health"):
        values["health"] = str(folder / values["health"])
    return Service(**values)


def _can_send(edition: EditionPlan, plan: Plan) -> None:
    where = f" in [edition.{edition.name}]"
    if edition.channel == "smtp" and (edition.to or edition.subscribers) and plan.smtp is None:
        raise ConfigError(
            f'{edition.name!r} is sent by smtp, and there is no [smtp]; write one, or channel = "folder:sent"{where}'
        )
    if edition.review and not edition.reviewers and not plan.service.admin:
        raise ConfigError(f'name who reviews it: reviewers = ["ana@news.example"]{where}')


def _can_be_left(edition: EditionPlan, plan: Plan, environment: Mapping[str, str]) -> None:
    """Links that one machine signs have to be read by all."""
    links = edition.subscribers and (plan.service.unsubscribe or plan.service.unsubscribe_mail)
    if links and "://" in plan.database and not environment.get(VARIABLE, "").strip():
        raise ConfigError(
            f"several machines may use {plan.database.partition(':')[0]}, so they need one secret for the links "
            f"by which people unsubscribe; type: export {VARIABLE}=..."
        )


def _duration(text: str, what: str) -> timedelta:
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise ConfigError(f"{what} is a time such as '6h', '90m' or '2d', not {text!r}")
    return int(found[1]) * _UNITS[found[2]]


def _database(where: str) -> str:
    scheme = where.partition("://")[0]
    if "://" in where and scheme not in _DATABASES:
        raise ConfigError(f"database: {scheme}:// is not known; write a file, or postgresql://user@host/name")
    return where


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise ConfigError(f"{name!r} is a text, not {value!r}")
    return value
