"""What scheduled editions need: the settings, the database, the secret of links, a service, the mail server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from briefing.delivery import smtp_checkup
from briefing.delivery.smtp_settings import login_for
from briefing.delivery.unsubscribe import FILE, VARIABLE, secret_of
from briefing.doctor import Diagnosis
from briefing.editions import MailState
from briefing.errors import BriefingError, ConfigError
from briefing.schedule.plan import DATABASE, Plan
from briefing.schedule.service import PATIENCE
from briefing.store.faults import is_url, shown
from briefing.store.place import bytes_on_disk, data_folder, database_file
from briefing.store.store import Store


def examine(plan: Plan, now: datetime, environ: Mapping[str, str] = os.environ) -> Iterator[Diagnosis]:
    """Looks at all but the mail server. Of a database it reads everything, and makes none that is not there."""
    yield _editions(plan, now)
    yield _secret(plan, environ)
    where = plan.database or str(database_file())
    if not is_url(where) and not Path(where).exists():
        yield Diagnosis("Database", True, f"none yet; it will be {where}", needed=False)
        return
    if is_url(plan.database) and shown(plan.database) != plan.database and not environ.get(DATABASE):
        detail = f"it stands in {plan.file}; take it out"
        yield Diagnosis("Database's password", False, detail, f"export {DATABASE}=...", needed=False)
    try:
        with Store(where) as store:
            yield from _database(store)
            yield from _service(store, now)
    except BriefingError as error:
        yield Diagnosis("Database", False, str(error))


def examine_mail(plan: Plan, now: datetime, edition: str = "") -> Iterator[Diagnosis]:
    """Speaks with the mail server of ``[smtp]``, and sends nothing. Raises ``ConfigError`` for another edition."""
    if edition and plan.edition(edition).channel != "smtp":
        raise ConfigError(f"{edition!r} is sent by {plan.edition(edition).channel!r}, not by smtp")
    if plan.smtp is None or plan.sender is None:
        yield Diagnosis("Mail server", False, f"{plan.file} has no [smtp]", 'host = "smtp.example.org" in [smtp]')
        return
    try:
        login = login_for(plan.smtp)
    except ConfigError as error:
        detail, _, mend = str(error).partition("; type: ")
        yield Diagnosis("Login", False, detail, mend)
        return
    for finding in smtp_checkup.examine(plan.smtp, login, plan.sender.address, now):
        yield Diagnosis(*finding)
    domain = plan.sender.address.rpartition("@")[2]
    detail = "whether others believe the sender (SPF, DKIM, DMARC) stands in the DNS and cannot be tried from here"
    yield Diagnosis("DNS", False, detail, f"dig +short TXT {domain} _dmarc.{domain}", needed=False)


def _editions(plan: Plan, now: datetime) -> Diagnosis:
    if not plan.editions:
        detail = f"{plan.file} has no [edition.NAME]; briefs come by briefing make"
        return Diagnosis("Editions", True, detail, needed=False)
    said = []
    for edition in plan.editions.values():
        then = edition.trigger.after(now).astimezone(edition.settings.tz) if edition.trigger else None
        said.append(f"{edition.name} {f'next {then:%a %H:%M}' if then else 'only by briefing run'}")
    return Diagnosis("Editions", True, "; ".join(said))


def _secret(plan: Plan, environ: Mapping[str, str]) -> Diagnosis:
    """Where it is, never what it is."""
    file = data_folder() / FILE
    if not environ.get(VARIABLE, "").strip():
        if not file.exists():
            return Diagnosis("Secret of links", True, f"none yet; it will be {file}", needed=False)
        if is_url(plan.database):
            detail = f"in {file}; every machine of this database needs the same"
            return Diagnosis("Secret of links", False, detail, f"export {VARIABLE}=... on each", needed=False)
    try:
        secret_of(data_folder(), environ)
    except ConfigError as error:
        return Diagnosis("Secret of links", False, str(error))
    return Diagnosis("Secret of links", True, f"in {VARIABLE if environ.get(VARIABLE, '').strip() else file}")


def _database(store: Store) -> Iterator[Diagnosis]:
    database = store.database
    with database.reading() as connection:
        tables = ", ".join(connection.scalars(sa.text("SELECT version_num FROM alembic_version ORDER BY 1")))
        server = connection.scalar(sa.text("SELECT sqlite_version()" if database.local else "SHOW server_version"))
    kind = f"SQLite {server}" if database.local else f"PostgreSQL {server}"
    size = f", {bytes_on_disk(Path(str(database.where))) / 1e6:.1f} MB" if database.local else ""
    wrong = store.check()
    detail = f"{database}: {kind}{size}, tables {tables}, {'; '.join(wrong) or 'whole'}"
    mend = "put the last copy of it in its place; docs/operations.md, Backups"
    yield Diagnosis("Database", not wrong, detail, mend)


def _service(store: Store, now: datetime) -> Iterator[Diagnosis]:
    alive = store.workers.alive(now, PATIENCE)
    said = "; ".join(f"{w.host}, process {w.pid}, version {w.version}" for w in alive)
    yield Diagnosis("Service", bool(alive), said or "nothing runs", "briefing start", needed=False)
    if len({worker.version for worker in alive}) > 1:
        yield Diagnosis("Versions", False, "processes of several versions run", "restart the older ones", needed=False)
    if count := store.outbox.counts().get(MailState.UNCERTAIN, 0):
        detail = f"{count} may or may not have arrived"
        yield Diagnosis("Uncertain mails", False, detail, "briefing outbox list --state uncertain", needed=False)
