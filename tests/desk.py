"""A small desk for tests: three articles on one event, their ``briefing.toml``, and an office with its own clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.schedule.office import Office, office
from briefing.schedule.plan import load_plan

NOW = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)

ARTICLES = {
    "courier.md": """---
title: Lindow closes its oldest bridge after cracks are found
source: Lindow Courier
published: 2026-03-08T18:00:00Z
---
The city of Lindow closed the Wharf Bridge on Sunday after engineers found cracks in two of its piers.

The bridge carried 31,000 vehicles a day, the city's transport office said. Ferries will run every ten minutes from
Tuesday, and repairs of the Wharf Bridge will take until autumn.
""",
    "wire.md": """---
title: Wharf Bridge in Lindow shut
source: Ellery Wire
published: 2026-03-08T19:00:00Z
---
Lindow has shut the Wharf Bridge because of cracks in its piers, the transport office announced on Sunday.

The association of hauliers said that detours around the bridge would cost its members 300,000 marks a week.
""",
    "herald.md": """---
title: Ferries to replace Wharf Bridge
source: Harbour Herald
published: 2026-03-08T20:00:00Z
---
Two ferries will carry passengers across the harbour of Lindow while the Wharf Bridge is repaired, the port said.

Each of the two ferries takes 60 cars. The port expects the first ferry to leave on Tuesday at six in the morning.
""",
}

TOML = """
[edition.morning]
sources = ["news/"]
at = "07:00"
zone = "Europe/Berlin"
to = ["desk@example.org", "Press office <press@example.org>"]
channel = "folder:sent"
"""


def write_desk(folder: Path, toml: str = TOML) -> Path:
    """Writes articles and settings into ``folder``; the settings' file."""
    news = folder / "news"
    news.mkdir(exist_ok=True)
    for name, text in ARTICLES.items():
        (news / name).write_text(text, encoding="utf-8")
    file = folder / "briefing.toml"
    file.write_text(toml, encoding="utf-8")
    return file


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, time: timedelta) -> None:
        self.now += time


@contextmanager
def open_office(file: Path, clock: Callable[[], datetime], database: str = "") -> Iterator[Office]:
    """An office of the settings in ``file``, its database beside them unless another is named."""
    plan = load_plan(file, environment={"BRIEFING_DATABASE": database or str(file.with_name("briefing.db"))})
    with office(plan, clock=clock) as found:
        yield found
