"""``briefing schedule``."""

from __future__ import annotations

import click

from briefing.cli import scheduled


@click.command("schedule")
@click.option("--runs", default=3, show_default=True, metavar="N", help="How many next times to show.")
@scheduled.CONFIG
@scheduled.JSON
def command(runs: int, config: str | None, as_json: bool) -> None:
    """Lists each edition: its next times in its zone, and what became of the last one."""
    with scheduled.opened(config) as office:
        rows = []
        for edition in office.plan.editions.values():
            zone, moment, times = edition.settings.zone, office.clock(), []
            for _ in range(runs if edition.trigger else 0):
                moment = edition.trigger.after(moment) if edition.trigger else moment
                times.append(scheduled.when(moment, zone))
            last = office.store.editions.recent(edition.name, limit=1)
            result = f"{last[0].key.date} {last[0].state.value}" if last else "never made"
            rows.append({"edition": edition.name, "zone": zone, "next": times, "last": result})
        if not as_json:
            rows = [row | {"next": ", ".join(row["next"]) or "only by briefing run"} for row in rows]
        scheduled.table(rows, ("edition", "zone", "next", "last"), as_json=as_json, empty="no [edition.NAME] is set")
