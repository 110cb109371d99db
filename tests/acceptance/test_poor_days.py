"""Poor days: each has its policy, what can be sent is sent, and the brief says what it lacks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefing.editions import EditionState, Format, MailState, Subscriber
from briefing.errors import ConfigError
from briefing.model import QUOTED, Cost
from briefing.schedule.office import Office
from briefing.testing import Fault, ModelServer, Reply, Request, Writer
from tests.acceptance.test_editions import sent
from tests.desk import ARTICLES, TOML, Clock, open_office, write_desk

TO = 'to = ["desk@example.org", "Press office <press@example.org>"]'
LISTED = TOML.replace(TO, 'subscribers = "desk"')
ADMIN = '[service]\nadmin = "ops@example.org"\n'
WRITER = Writer(reword=True)
# A second event, so that there are two stories.
MARKET = """---
title: Fish market of Ellery moves to the old depot
source: {source}
published: 2026-03-08T{hour}:00:00Z
---
The fish market of Ellery will move to the old tram depot in June, the district council decided on Saturday{more}.

Rents for the forty traders stay as they are for two years, the council said after its meeting in Ellery.
"""


def priced(server: ModelServer, more: str = "") -> str:
    """Settings whose model is ``server``, at a dollar for a thousand tokens either way."""
    engine = f'engine = "llm:fake"\njudge = "none"\ncache = "answers.db"\n{more}'
    own = f'[engine]\nbase_url = "{server.base_url}"\nprice_in = 1000.0\nprice_out = 1000.0\nconcurrency = 1\n'
    return TOML + engine + ADMIN + own


def two_events(folder: Path) -> None:
    for source, hour, more in (("Ellery Wire", 12, ""), ("Ellery Post", 14, " by a narrow vote")):
        text = MARKET.format(source=source, hour=hour, more=more)
        (folder / "news" / f"market-{hour}.md").write_text(text, encoding="utf-8")


def text(mail: EmailMessage) -> str:
    """The words of a mail on one line."""
    part = mail.get_body(("plain",))
    return " ".join(part.get_content().split()) if part else ""


def to(folder: Path, address: str) -> EmailMessage:
    (mail,) = [mail for mail in sent(folder) if address in str(mail["To"])]
    return mail


def notes(office: Office) -> list[str]:
    brief = office.newsroom.brief(office.today(office.plan.edition("morning")))
    return [story.note for story in brief.stories]


# What was read.


def test_what_could_not_be_read_is_listed_in_brief_and_mail(tmp_path: Path) -> None:
    file = write_desk(tmp_path, TOML + 'attach = ["html"]\n')
    (tmp_path / "news" / "minutes.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    with open_office(file, Clock()) as office:
        assert office.run("morning").state is EditionState.DONE

    mail = to(tmp_path, "desk@example.org")
    (page,) = mail.iter_attachments()
    assert "minutes.pdf:damaged" in text(mail).replace(" ", "")
    assert "minutes.pdf" in page.get_content()


@pytest.mark.parametrize("empty", ["skip", "send", "alert"])
def test_where_no_source_can_be_read_it_fails_and_can_be_made_again(tmp_path: Path, empty: str) -> None:
    file, clock = write_desk(tmp_path, TOML + f'when_empty = "{empty}"\n' + ADMIN), Clock()
    shutil.move(tmp_path / "news", tmp_path / "away")
    with open_office(file, clock) as office:
        failed = office.run("morning")
        alerted = sent(tmp_path)
        shutil.move(tmp_path / "away", tmp_path / "news")
        made = office.run("morning")

    assert failed.state is EditionState.FAILED
    assert [mail["To"] for mail in alerted] == ["ops@example.org"]
    assert "briefing run morning" in text(alerted[0])
    assert made.state is EditionState.DONE
    assert len(sent(tmp_path)) == 3


# The model.


def answering_first(count: int, then: Reply) -> Callable[[Request], Reply]:
    """Answers so many questions well, and all others with ``then``."""
    asked: list[Request] = []

    def answer(request: Request) -> Reply:
        asked.append(request)
        return WRITER(request) if len(asked) <= count else then

    return answer


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (Fault.key_refused(), "key refused"),
        (Fault.quota_used_up(), "quota used up"),
        (Fault.wrong_schema(), "not in the form asked for"),
        (Fault.plain_text(), "not in the form asked for"),
        (Fault.refusal(), "model refused"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_without_a_model_it_is_told_in_quotations_and_sent(tmp_path: Path, fault: Reply, why: str) -> None:
    with ModelServer(fault) as server:
        file = write_desk(tmp_path, priced(server))
        two_events(tmp_path)
        with open_office(file, Clock()) as office:
            record = office.run("morning")
            told = notes(office)

    assert record.state is EditionState.DONE
    assert len(told) == 2
    assert all(note.startswith(QUOTED) and why in note for note in told)
    assert "told in quotations of its sources only" in text(to(tmp_path, "desk@example.org")).casefold()


def test_a_model_that_is_not_there_is_said_too(tmp_path: Path) -> None:
    with ModelServer(WRITER) as server:
        toml = priced(server)
    # Its port is closed by now.
    file = write_desk(tmp_path, toml)
    with open_office(file, Clock()) as office:
        assert office.run("morning").state is EditionState.DONE
        assert all("no connection" in note for note in notes(office))


def test_a_model_that_dies_in_the_middle_has_written_what_it_has(tmp_path: Path) -> None:
    with ModelServer(answering_first(1, Fault.key_refused())) as server:
        file = write_desk(tmp_path, priced(server))
        two_events(tmp_path)
        with open_office(file, Clock()) as office:
            assert office.run("morning").state is EditionState.DONE
            told = notes(office)

    assert sorted(note.partition(":")[0] for note in told) == ["", QUOTED]


def test_a_model_that_is_too_slow_is_not_waited_for(tmp_path: Path) -> None:
    with ModelServer(Fault.silent()) as server:
        file = write_desk(tmp_path, priced(server, 'within = "1s"\n'))
        with open_office(file, Clock()) as office:
            assert office.run("morning").state is EditionState.DONE
            (note,) = notes(office)

    assert "within" in note
    assert "no answer in time" in note


# The budget.


def spent(office: Office) -> float:
    """What the edition has cost so far, in US dollars."""
    (record,) = office.store.editions.recent("morning", limit=1)
    return record.cost.price or 0.0


def one_story(folder: Path) -> float:
    """What the model asks for one story, in US dollars."""
    folder.mkdir()
    with ModelServer(WRITER) as server, open_office(write_desk(folder, priced(server)), Clock()) as office:
        office.run("morning")
        return spent(office)


def test_where_the_budget_ends_the_rest_is_told_in_quotations(tmp_path: Path) -> None:
    price = one_story(tmp_path / "before")
    with ModelServer(WRITER) as server:
        file = write_desk(tmp_path, priced(server, f"budget = {price * 2}\n"))
        two_events(tmp_path)
        clock = Clock()
        with open_office(file, clock) as office:
            assert office.run("morning").state is EditionState.DONE
            told = notes(office)
            assert 0 < spent(office) <= price * 2

            assert sum("budget spent" in note for note in told) == 1
            assert "budget" in text(to(tmp_path, "desk@example.org"))

            # The next day has the whole budget.
            clock.pass_(timedelta(days=1))
            for article in (tmp_path / "news").glob("*.md"):
                article.unlink()
            (tmp_path / "news" / "new.md").write_text(
                ARTICLES["wire.md"].replace("Wharf", "Quarry").replace("03-08", "03-09"), encoding="utf-8"
            )
            assert office.run("morning").state is EditionState.DONE
            assert notes(office) == [""]


def test_each_payment_is_in_the_account_before_the_next(tmp_path: Path) -> None:
    """So that it counts where the process is killed then."""
    seen: list[float] = []
    with ExitStack() as stack:

        def answer(request: Request) -> Reply:
            seen.append(spent(office))
            return WRITER(request)

        server = stack.enter_context(ModelServer(answer))
        file = write_desk(tmp_path, priced(server))
        two_events(tmp_path)
        office = stack.enter_context(open_office(file, Clock()))
        office.run("morning")

        assert len(seen) == 2
        assert 0 == seen[0] < seen[1] < spent(office)


def test_what_a_process_paid_that_was_killed_is_not_there_again(tmp_path: Path) -> None:
    price = one_story(tmp_path / "before")
    with ModelServer(WRITER) as server:
        file = write_desk(tmp_path, priced(server, f"budget = {price * 2}\n"))
        with open_office(file, Clock()) as office:
            key = office.today(office.plan.edition("morning"))
            office.store.editions.open(key, "", office.clock(), office.clock())
            office.store.editions.add_cost(key, Cost(calls=1, price=price), "brief.json")
            office.run("morning")

            assert "budget spent" in notes(office)[0]
            assert spent(office) == office.newsroom.brief(key).cost.price == pytest.approx(price)
            assert server.calls == ()


def test_briefs_of_one_edition_have_one_budget(tmp_path: Path) -> None:
    price = one_story(tmp_path / "before")
    with ModelServer(WRITER) as server:
        toml = priced(server, f"budget = {price * 2}\n").replace(TO, 'subscribers = "desk"')
        with open_office(write_desk(tmp_path, toml), Clock()) as office:
            for number, language in enumerate(("en", "de", "fr")):
                person = Subscriber(f"ana{number}@news.example", language=language)
                office.store.subscribers.add("desk", person, office.clock())
            office.run("morning")

            assert 0 < spent(office) <= price * 2
            assert len(sent(tmp_path)) == 3


# The theme and the files.


def test_a_theme_that_fails_is_named_with_its_line(tmp_path: Path) -> None:
    file = write_desk(tmp_path, TOML + f'theme = "{tmp_path}/broken"\n' + ADMIN)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "email.html").write_text("<p>\n{{ masthead.titel.text }}\n", encoding="utf-8")
    with open_office(file, Clock()) as office:
        record = office.run("morning")

    assert record.state is EditionState.FAILED
    assert "email.html" in record.reason
    assert "line 2" in record.reason or ":2" in record.reason
    (mail,) = sent(tmp_path)
    assert "email.html" in text(mail)


def test_a_mail_goes_without_the_file_that_cannot_be_made(tmp_path: Path) -> None:
    """As where the library that sets a PDF is not installed."""
    file = write_desk(tmp_path, TOML + f'theme = "{tmp_path}/broken"\nattach = ["md", "html"]\n' + ADMIN)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "brief.md").write_text("{{ masthead.titel.text }}\n", encoding="utf-8")
    with open_office(file, Clock()) as office:
        assert office.run("morning").state is EditionState.DONE

    mail = to(tmp_path, "desk@example.org")
    assert [part.get_filename() for part in mail.iter_attachments()] == ["brief.html"]
    assert "brief.md: could not be made" in text(mail)
    told = text(to(tmp_path, "ops@example.org"))
    assert "it is sent, but mails lack a file" in told
    assert "brief.md" in told


# The readers.


@pytest.mark.parametrize(
    "poor",
    [
        Subscriber("bo bo@news.example"),
        Subscriber("bo@news.example", "Bo\r\nBcc: all@news.example"),
        Subscriber("bo@news.example@news.example"),
        Subscriber("bo@" + "x" * 300),
    ],
    ids=["blank", "name", "two", "long"],
)
def test_who_cannot_be_written_to_is_listed_and_the_others_get_theirs(
    tmp_path: Path, poor: Subscriber, caplog: pytest.LogCaptureFixture
) -> None:
    with open_office(write_desk(tmp_path, LISTED + ADMIN), Clock()) as office:
        for person in (Subscriber("ana@news.example"), poor, Subscriber("cy@news.example", format=Format.TEXT)):
            office.store.subscribers.add("desk", person, office.clock())
        record = office.run("morning")

        assert record.state is EditionState.DONE
        assert office.store.outbox.counts(record.key) == {MailState.SENT: 2, MailState.FAILED: 1}
        (mail,) = office.store.outbox.mails(record.key, [MailState.FAILED])
        assert mail.recipient == poor.address
        assert mail.reply.startswith("not sent: ")
        # There is nothing that could be tried again.
        assert office.store.outbox.requeue(record.key, office.clock()) == 0

    assert [str(mail["To"]) for mail in sent(tmp_path)] == ["ana@news.example", "cy@news.example", "ops@example.org"]
    told = text(to(tmp_path, "ops@example.org"))
    assert "1 of 3 readers get nothing" in told
    assert poor.address not in told + caplog.text


@pytest.mark.parametrize(
    "person",
    [
        Subscriber("bo@news.example", language="xx"),
        Subscriber("bo@news.example", language="../de"),
        Subscriber("bo@news.example", zone="Mars/Olympus"),
        Subscriber("bo@news.example", topics=("...", "")),
    ],
)
def test_a_wish_that_cannot_be_met_falls_back_to_the_editions(tmp_path: Path, person: Subscriber) -> None:
    toml = LISTED.replace('zone = "Europe/Berlin"', 'zone = "Europe/Berlin"\nlanguage = "de"')
    with open_office(write_desk(tmp_path, toml), Clock()) as office:
        office.store.subscribers.add("desk", person, office.clock())
        office.store.subscribers.add("desk", Subscriber("ana@news.example"), office.clock())
        assert office.run("morning").state is EditionState.DONE

    ana, bo = (to(tmp_path, f"{name}@news.example") for name in ("ana", "bo"))
    assert text(bo).replace("bo@", "ana@") == text(ana)
    assert bo["Content-Language"] == "de"


def test_a_list_with_nobody_is_told_before_anything_is_paid(tmp_path: Path) -> None:
    with ModelServer(WRITER) as server:
        toml = priced(server).replace(TO, 'subscribers = "desk"')
        with open_office(write_desk(tmp_path, toml), Clock()) as office:
            record = office.run("morning")
            assert record.state is EditionState.FAILED
            assert "nobody is on the list 'desk'" in record.reason
            assert server.calls == ()

            office.store.subscribers.add("desk", Subscriber("ana@news.example"), office.clock())
            assert office.run("morning").state is EditionState.DONE


def test_who_is_named_and_on_the_list_gets_it_once(tmp_path: Path) -> None:
    toml = TOML.replace(TO, f'subscribers = "desk"\n{TO}')
    with open_office(write_desk(tmp_path, toml), Clock()) as office:
        office.store.subscribers.add("desk", Subscriber("Desk@Example.org", "The desk"), office.clock())
        office.run("morning")
    assert [str(mail["To"]) for mail in sent(tmp_path)] == ["Press office <press@example.org>", "desk@example.org"]


def test_two_editions_may_go_to_one_list(tmp_path: Path) -> None:
    toml = LISTED + LISTED.replace("morning", "evening")
    with open_office(write_desk(tmp_path, toml), Clock()) as office:
        office.store.subscribers.add("desk", Subscriber("ana@news.example"), office.clock())
        assert [office.run(name).state for name in ("morning", "evening")] == [EditionState.DONE] * 2

    mails = sent(tmp_path)
    assert [mail["To"] for mail in mails] == ["ana@news.example"] * 2
    assert len({mail["Message-ID"] for mail in mails}) == 2
    assert len({mail["List-ID"] for mail in mails}) == 2


# An edition that is not in the settings any more.


def test_what_is_queued_of_an_edition_that_was_removed_is_still_sent(tmp_path: Path) -> None:
    file, clock = write_desk(tmp_path, TOML + TOML.replace("morning", "evening")), Clock()
    with open_office(file, clock) as office:
        key = office.today(office.plan.edition("morning"))
        office.store.editions.open(key, "", clock(), clock())
        for step in (office.newsroom.collect, office.newsroom.write, office.newsroom.enqueue):
            step(key)
    file.write_text(TOML.replace("morning", "evening"), encoding="utf-8")
    with open_office(file, clock) as office:
        office.newsroom.deliver()
        record = office.store.editions.get(key)

    assert record is not None
    assert record.state is EditionState.DONE
    assert len(sent(tmp_path)) == 2


def test_the_admin_hears_of_an_edition_that_was_removed_before_it_was_made(tmp_path: Path) -> None:
    file, clock = write_desk(tmp_path, TOML + TOML.replace("morning", "evening") + ADMIN), Clock()
    with open_office(file, clock) as office:
        key = office.today(office.plan.edition("morning"))
        office.store.editions.open(key, "", clock(), clock())
    file.write_text(TOML.replace("morning", "evening") + ADMIN, encoding="utf-8")
    with open_office(file, clock) as office:
        with pytest.raises(ConfigError, match=r"no \[edition.morning\]") as raised:
            office.newsroom.collect(key)
        office.newsroom.fail(key, str(raised.value))
        office.newsroom.deliver()
        record = office.store.editions.get(key)

    assert record is not None
    assert record.state is EditionState.FAILED
    assert "no [edition.morning]" in text(to(tmp_path, "ops@example.org"))


# Everybody's own morning.


def test_a_reader_in_the_west_gets_it_at_their_seven(tmp_path: Path) -> None:
    toml = LISTED + "local_time = true\n"
    people = [
        Subscriber("ana@news.example"),
        Subscriber("bo@news.example", zone="America/New_York"),
        Subscriber("cy@news.example", zone="Asia/Tokyo"),
    ]
    clock = Clock()
    with open_office(write_desk(tmp_path, toml), clock) as office:
        office.store.subscribers.add_all("desk", people, clock())
        record = office.run("morning")
        assert record.state is EditionState.SENDING
        assert office.store.outbox.counts(record.key) == {MailState.QUEUED: 1, MailState.SENT: 2}
        # New York has put its clocks forward already: its seven is 11:00 UTC.
        assert office.store.outbox.next_due(clock()) == clock() + timedelta(hours=5)

        clock.pass_(timedelta(hours=5))
        office.newsroom.deliver()
        assert office.store.outbox.counts(record.key) == {MailState.SENT: 3}
    assert "07:00" in text(to(tmp_path, "ana@"))
