"""What an edition costs whose readers want different things: calls of the model, seconds, bytes of the database.

    python -m benchmarks.personal [--readers 1,10,100,1000] [--interests 1,5,20] [--json FILE]

The samples' articles go to so many readers of so many different interests, each of two of eight topics, in four zones
and two formats. The model answers at once (``briefing.testing``), so seconds are ours alone. ``stories`` are those of
all briefs together, ``told`` those among them that are made of other passages, or at another length: that many answers
nobody can do without. Mails are written into a folder.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from briefing.editions import Format, Subscriber
from briefing.schedule.office import office
from briefing.schedule.plan import load_plan
from briefing.testing import ModelServer, Writer

SAMPLES = Path(__file__).parent.parent / "samples"
NOW = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
TOPICS = ("flood Brennick Marrowby", "strike port of Sandmere", "election", "interest rate of the central bank",
          "hospital", "school", "energy", "football")  # fmt: skip
ZONES = ("Europe/Berlin", "Europe/Paris", "America/New_York", "Asia/Kolkata")
FORMATS = (Format.HTML, Format.TEXT)


class Row(NamedTuple):
    """One edition. Seconds are of each step."""

    readers: int
    interests: int
    stories: int
    told: int
    calls: int
    collect: float
    write: float
    enqueue: float
    deliver: float
    bytes: int


def interests(count: int) -> list[tuple[str, ...]]:
    """So many different ones."""
    return [topics for topics, _ in zip(combinations(TOPICS, 2), range(count), strict=False)]


def people(readers: int, wanted: list[tuple[str, ...]]) -> Iterator[Subscriber]:
    """Readers who share the interests, zones and formats evenly."""
    for n in range(readers):
        topics, zone = wanted[n % len(wanted)], ZONES[n // len(wanted) % len(ZONES)]
        format = FORMATS[n // len(wanted) // len(ZONES) % len(FORMATS)]
        yield Subscriber(f"reader{n}@news.example", f"Reader {n}", zone, "", topics, format)


def measured(folder: Path, readers: int, count: int) -> Row:
    with ModelServer(Writer(reword=True)) as server:
        shutil.copytree(SAMPLES / "articles", folder / "news")
        file = folder / "briefing.toml"
        file.write_text(
            '[edition.morning]\nsources = ["news/"]\nzone = "Europe/Berlin"\nsubscribers = "desk"\n'
            'channel = "folder:sent"\nengine = "llm:fake"\njudge = "none"\ncache = "answers.db"\n'
            f'[engine]\nbase_url = "{server.base_url}"\nprice_in = 0.25\nprice_out = 2.0\n'
        )
        database = folder / "briefing.db"
        plan = load_plan(file, environment={"BRIEFING_DATABASE": str(database)})
        with office(plan, clock=lambda: NOW) as desk:
            desk.store.subscribers.add_all("desk", people(readers, interests(count)), NOW)
            key = desk.today(plan.edition("morning"))
            desk.store.editions.open(key, "", NOW, NOW)
            room = desk.newsroom
            seconds: list[float] = []
            for step in (room.collect, room.write, room.enqueue, room.deliver):
                began = time.perf_counter()
                step(key)
                seconds.append(time.perf_counter() - began)
            briefs = room.briefs(key).values()
            stories = sum(len(brief.stories) for brief in briefs)
            asked = {request.user for request in server.calls}
        size = sum(f.stat().st_size for f in folder.glob("briefing.db*"))
    collect, write, enqueue, deliver = seconds
    return Row(readers, count, stories, len(asked), len(server.calls), collect, write, enqueue, deliver, size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", default="1,10,100,1000")
    parser.add_argument("--interests", default="1,5,20")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = []
    print("| readers | interests | stories | told | calls | collect s | write s | enqueue s | deliver s | MB |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for readers in map(int, options.readers.split(",")):
        for count in map(int, options.interests.split(",")):
            if count > readers:
                continue
            with tempfile.TemporaryDirectory() as folder:
                row = measured(Path(folder), readers, count)
            rows.append(row._asdict())
            steps = " | ".join(f"{s:.2f}" for s in (row.collect, row.write, row.enqueue, row.deliver))
            print(
                f"| {row.readers:,} | {row.interests} | {row.stories} | {row.told} | {row.calls} | {steps} | "
                f"{row.bytes / 1e6:.1f} |",
                flush=True,
            )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
