"""``briefing history``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from briefing.cli import output, scheduled
from briefing.errors import ConfigError
from briefing.model import Document


@click.command("history")
@click.argument("edition", required=False, metavar="[EDITION]")
@click.option("--limit", default=20, show_default=True, metavar="N", help="How many.")
@click.option("--out", metavar="DIR", help="Write the files of one edition there.")
@scheduled.CONFIG
@scheduled.JSON
def command(edition: str | None, limit: int, out: str | None, config: str | None, as_json: bool) -> None:
    """Lists the editions made: when, what became of them, what they cost, what is kept of them.

    \b
    briefing history                           all of them, the last first
    briefing history morning                   those of one name
    briefing history morning/2026-11-22 --out kept   the files of one
    """
    with scheduled.opened(config) as office:
        editions = office.store.editions
        if out is not None:
            if not edition:
                raise ConfigError("name the edition whose files you want: briefing history morning --out DIR")
            key = scheduled.key_of(office, edition)
            kept = [editions.document(key, file.name) for file in editions.documents(key)]
            folder = Path(out)
            output.prepare(folder)
            for path in output.write([d for d in kept if isinstance(d, Document)], folder):
                click.echo(str(path))
            return
        if edition and "/" in edition:
            found = [record for record in [editions.get(scheduled.key_of(office, edition))] if record]
        else:
            if edition:
                office.plan.edition(edition)
            found = editions.recent(edition, limit=limit)
        rows: list[dict[str, Any]] = []
        for record in found:
            cost = record.cost
            rows.append(
                {
                    "edition": str(record.key),
                    "state": record.state.value,
                    "changed": scheduled.when(record.changed),
                    "mails": dict(office.store.outbox.counts(record.key)),
                    "calls": cost.calls,
                    "cost": cost.price,
                    "files": [file.name for file in editions.documents(record.key)],
                    "reason": record.reason,
                }
            )
        if not as_json:
            for row in rows:
                row["mails"] = scheduled.words(row["mails"]) or "none"
                row["cost"] = "unknown" if row["cost"] is None else f"${row['cost']:.4f}"
                row["files"] = ", ".join(row["files"]) or "none"
        columns = ("edition", "state", "changed", "mails", "cost", "files", "reason")
        scheduled.table(rows, columns, as_json=as_json, empty="no edition was made yet")
