"""Readers who want different things share what was read and paid for; one more of them costs a mail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.editions import EditionKey, Format, Message, Subscriber
from briefing.schedule.office import Office
from briefing.schedule.post import letters
from briefing.schedule.readers import readers
from briefing.testing import ModelServer, Writer
from tests.acceptance.test_poor_days import LISTED, priced, two_events
from tests.desk import TOML, Clock, open_office, write_desk


@contextmanager
def desk(folder: Path, toml: str, people: list[Subscriber]) -> Iterator[tuple[Office, EditionKey]]:
    file, clock = write_desk(folder, toml), Clock()
    two_events(folder)
    with open_office(file, clock) as office:
        office.store.subscribers.add_all("desk", people, clock())
        key = office.today(office.plan.edition("morning"))
        office.store.editions.open(key, "", clock(), clock())
        office.newsroom.collect(key)
        yield office, key


def subscriber(number: int, *topics: str, zone: str = "", format: Format = Format.HTML) -> Subscriber:
    return Subscriber(f"reader{number}@news.example", f"Reader {number}", zone, "", topics, format)


def test_a_story_is_written_once_for_all_who_want_it(tmp_path: Path) -> None:
    wanted = [("Wharf Bridge Lindow",), ("fish market Ellery",), ("Wharf Bridge Lindow closed",), ("bridge Lindow",)]
    people = [subscriber(n, *topics) for n, topics in enumerate(wanted * 5)]
    with ModelServer(Writer(reword=True)) as server:
        toml = priced(server).replace(TOML, LISTED)
        with desk(tmp_path, toml, people) as (office, key):
            office.newsroom.write(key)
            briefs = office.newsroom.briefs(key)
            asked = [request.user for request in server.calls]

    told = {tuple(claim.text for claim in story.claims) for brief in briefs.values() for story in brief.stories}
    assert len(briefs) == 4
    assert sum(len(brief.stories) for brief in briefs.values()) > len(told)
    # No question twice, and no more questions than there are different stories.
    assert len(asked) == len(set(asked)) == len(told)


def made(folder: Path, people: list[Subscriber], toml: str = LISTED) -> tuple[list[Message], int]:
    """The messages, and how often a PDF was set."""
    with desk(folder, toml, people) as (office, key):
        office.newsroom.write(key)
        edition = office.plan.edition("morning")
        brief = office.newsroom.brief(key)
        found = list(letters(key, brief, readers(edition, people), edition, office.plan, secret="s" * 32))
    return found, len({piece for message in found for piece in message.pieces if b"application/pdf" in piece})


def test_one_more_reader_shares_all_but_a_few_lines(tmp_path: Path) -> None:
    messages, _ = made(tmp_path, [subscriber(n) for n in range(50)])

    own = [sum(len(piece) for piece in set(m.pieces) - set(messages[0].pieces)) for m in messages[1:]]
    assert len({m.content for m in messages}) == 50
    assert max(own) < 1_500
    # The same objects, so that they are hashed and kept once.
    shared = [{id(piece) for piece in message.pieces} for message in messages]
    assert set.intersection(*shared)


def test_zones_in_which_the_same_is_said_share_mail_and_file(tmp_path: Path) -> None:
    zones = ("Europe/Berlin", "Europe/Paris", "America/New_York", "Europe/Rome")
    messages, files = made(tmp_path, [subscriber(n, zone=zone, format=Format.PDF) for n, zone in enumerate(zones)])

    assert files == 2
    # In the order of their groups.
    berlin, paris, rome, york = (set(message.pieces[1:]) for message in messages)
    assert len(berlin & paris & rome) > len(berlin & york)


def test_what_is_rendered_does_not_grow_with_the_readers(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    for folder in (few, many):
        folder.mkdir()
    counts = [
        len({piece for message in made(folder, [subscriber(n) for n in range(count)])[0] for piece in message.pieces[1:]
             if len(piece) > 1_000})
        for folder, count in ((few, 2), (many, 60))
    ]  # fmt: skip
    assert counts[0] == counts[1]
