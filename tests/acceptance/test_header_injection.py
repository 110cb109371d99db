"""Nothing that comes from outside adds a header, a recipient or a body, on the whole way to a mail server.

What articles and the settings' titles say is neutralised: it is sent, on one line. What a person gives as a name or an
address, and what stands in the settings for one, is refused where it is put in, and by the edition where it got into
the database in another way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import cli
from briefing.delivery.unsubscribe import links, read
from briefing.editions import EditionKey, EditionState, MailState, Subscriber
from briefing.errors import BriefingError, ConfigError, RenderError
from briefing.model import Document
from briefing.render.email import Edition
from briefing.schedule import review
from briefing.schedule.office import Office
from briefing.schedule.plan import load_plan
from briefing.steps.edit import places
from tests.briefs import rich_brief
from tests.desk import NOW, Clock, open_office
from tests.faults.smtp_server import Got, SmtpServer
from tests.unit.test_render_email_headers import ATTACKS

SENDER = 'from = "Morning desk <desk@news.example>"'
ALWAYS = ["Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "List-ID", "MIME-Version", "Message-ID",
          "Subject", "To"]  # fmt: skip
NOTICE = ["Auto-Submitted", "Content-Language", "Content-Transfer-Encoding", "Content-Type", "Date", "From",
          "MIME-Version", "Message-ID", "Subject", "To"]  # fmt: skip
CORRECTION = ["Auto-Submitted", "Content-Type", "Date", "From", "In-Reply-To", "MIME-Version", "Message-ID",
              "References", "Subject", "To"]  # fmt: skip

# What a title may be dressed up as, beside what the fields are tried with one by one.
TITLES = ATTACKS | {
    "bidi override": "News \u202eelpmaxe.live@eve :ccB\u202c of today",
    "bidi isolates that stay open": "News \u2067\u2066\u2067 Bcc: eve@evil.example",
    "escape codes of a terminal": "News \x1b[2J\x1b[1;1HBcc: eve@evil.example",
    "delete and backspace": "News\x7f\x08\x08Bcc: eve@evil.example",
    "lone dots": "News\r\n.\r\nMAIL FROM:<eve@evil.example>\r\nRCPT TO:<all@news.example>\r\nDATA",
    "very long": "News Bcc: eve@evil.example, " * 150,
    "very long and without a blank": "Bcc:eve@evil.example," * 60,
    "nested three times": "=?utf-8?q?=3D=3Futf-8=3Fq=3F=3D3D=3D3Futf-8=3D3Fq=3D3FNews=3D3D0ABcc=3D3F=3D3D=3F=3D?=",
    "a closing bracket and an address": 'News" <eve@evil.example>, "All',
    "a comment": "News (Bcc: eve@evil.example",
    "zero width": "News\u200b\r\u200b\nBcc: eve@evil.example",
    "the mark of a slot": "slot0000name0x {{ person.address }} {% include 'x' %}",
    "percent-encoded": "News%0d%0aBcc:%20eve@evil.example",
}
# The one that is left out is broken up, and sent as plain words.
NAMES = {name: words for name, words in ATTACKS.items() if name != "without its end"}
ADDRESSES = {
    "CR LF": "ana@news.example\r\nBcc: eve@evil.example",
    "LF": "ana@news.example\nRCPT TO:<eve@evil.example>",
    "NUL": "ana@news.example\x00eve@evil.example",
    "line separator": "ana@news.example\u2028Bcc:eve@evil.example",
    "percent-encoded": "ana%0d%0aBcc:eve@evil.example@news.example",
    "percent-encoded, within an address": "ana@news.example%0d%0aBcc:eve@evil.example",
    "two": "ana@news.example,eve@evil.example",
    "several at": "ana@news.example@evil.example",
    "in brackets": "<ana@news.example>, <eve@evil.example>",
    "quoted": '"ana\r\n"@news.example',
    "quoted with a blank": '"ana eve"@news.example',
    "a comment": "ana(all)@news.example",
    "a route": "@evil.example:ana@news.example",
    "an encoded word": "=?utf-8?q?ana=40evil.example=2C?=@news.example",
    "a domain that becomes two": "ana@news．example⒈evil\u2024example,x",
    "full width at": "ana＠evil.example,ana@news.example",
    "too long": "ana@" + "news." * 80 + "example",
    "of no dots": "ana@..",
    "a parameter": "ana@news.example> SIZE=1 BODY=8BITMIME <eve@evil.example",
}


def toml(text: str) -> str:
    """``text`` as a string of TOML."""
    return json.dumps(text).replace("\x7f", "\\u007f")


def article(title: str, body: str = "") -> str:
    body = body or (
        "The city of Lindow closed the Wharf Bridge on Sunday after engineers found cracks in two of its piers.\n\n"
        "The bridge carried 31,000 vehicles a day, the transport office of the city said on Sunday evening."
    )
    made = {"title": title, "text": body, "source": title[:80], "published": "2026-03-08T18:00:00Z"}
    return json.dumps(made)


def settings(server: SmtpServer, *editions: str) -> str:
    return "\n".join(
        (
            f'[smtp]\nhost = "127.0.0.1"\nport = {server.port}\nname = "brief.test"\n{SENDER}',
            '[service]\nadmin = "ops@news.example"\nunsubscribe = "https://news.example/leave"',
            *editions,
        )
    )


def edition(name: str, more: str = "") -> str:
    return f'[edition.{name}]\nsources = ["{name}/"]\nzone = "UTC"\nto = ["{name}@news.example"]\n{more}\n'


def make(office: Office, name: str) -> EditionKey:
    """Makes and queues an edition, without the records of its run, which take longer than all the rest."""
    key = office.today(office.plan.edition(name))
    office.store.editions.open(key, "", office.clock(), office.clock())
    for step in (office.newsroom.collect, office.newsroom.write, office.newsroom.enqueue):
        step(key)
    return key


def whole(got: Got, recipient: str, headers: list[str]) -> EmailMessage:
    """The message that arrived, after a look at its bytes: one recipient, these headers, one line each."""
    assert got.recipients == (recipient,)
    assert got.sender == "desk@news.example"
    head = got.content.partition(b"\r\n\r\n")[0].decode("ascii")
    assert not re.search(r"\r(?!\n)|(?<!\r)\n", got.content.decode("ascii"))
    fields = re.sub(r"\r\n(?=[ \t])", "", head).split("\r\n")
    assert sorted(field.partition(":")[0] for field in fields) == headers
    assert max(map(len, got.content.split(b"\r\n"))) <= 998
    parsed = message_from_bytes(got.content, EmailMessage, policy=policy.compat32)
    assert not parsed.defects
    for name in ("To", "From", "Subject", "List-ID"):
        seen = re.sub(r"\r\n(?=[ \t])", "", str(parsed[name] or ""))
        # Whoever decodes it, however often, finds one line.
        for _ in range(4):
            assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", seen)
            seen = str(make_header(decode_header(seen)))
    assert [address for _, address in getaddresses([str(parsed["To"])])] == [recipient]
    return message_from_bytes(got.content, EmailMessage, policy=policy.default)


def arrived(server: SmtpServer, recipient: str, headers: list[str] | None = None) -> EmailMessage:
    (got,) = [got for got in server.got if recipient in got.recipients]
    return whole(got, recipient, headers or ALWAYS)


# What articles say, and the title of the brief.


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[SmtpServer, str]]]:
    """By attack, the server and the recipient that got an edition in which all is dressed up so."""
    folder = tmp_path_factory.mktemp("titles")
    tables, names = [], {}
    for number, (attack, words) in enumerate(TITLES.items()):
        name = names[attack] = f"e{number}"
        (folder / name).mkdir()
        (folder / name / "news.json").write_text(article(words), encoding="utf-8")
        (folder / name / "more.json").write_text(article("", f"{words}\n\n{words}"), encoding="utf-8")
        tables.append(edition(name, f'title = {toml(words)}\nwhen_empty = "send"'))
    with SmtpServer() as server:
        file = folder / "briefing.toml"
        file.write_text(settings(server, *tables), encoding="utf-8")
        with open_office(file, Clock()) as office:
            for name in names.values():
                make(office, name)
            office.newsroom.deliver()
        yield {attack: (server, f"{name}@news.example") for attack, name in names.items()}


@pytest.mark.parametrize("attack", TITLES)
def test_what_articles_and_titles_say_is_one_line(titled: dict[str, tuple[SmtpServer, str]], attack: str) -> None:
    mail = arrived(*titled[attack])

    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert {address for _, address in getaddresses([str(mail["From"])])} == {"desk@news.example"}


# Names and addresses of people.


def opened(folder: Path, server: SmtpServer, more: str = 'subscribers = "desk"') -> Iterator[Office]:
    (folder / "morning").mkdir()
    (folder / "morning" / "news.json").write_text(article("Lindow closes its oldest bridge"), encoding="utf-8")
    file = folder / "briefing.toml"
    file.write_text(settings(server, edition("morning", more)), encoding="utf-8")
    with open_office(file, Clock()) as office:
        yield office


@pytest.mark.parametrize("kind", ["name", "address"])
def test_a_person_is_refused_where_they_are_added(tmp_path: Path, kind: str) -> None:
    """By hand and from a file; nobody is on the list then."""
    cases = NAMES if kind == "name" else ADDRESSES
    with SmtpServer() as server:
        for office in opened(tmp_path, server):
            config = ["--config", office.plan.file]
            environment = {"BRIEFING_DATABASE": str(tmp_path / "briefing.db")}
            for attack, words in cases.items():
                given = ["ana@news.example", "--name", words] if kind == "name" else [words]
                by_hand = CliRunner().invoke(cli, ["subscribers", "add", "desk", *given, *config], env=environment)
                row = ["ana@news.example", words] if kind == "name" else [words, "Ana"]
                quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in row)
                table = f"address,name\n{quoted}\n"
                (tmp_path / "people.csv").write_text(table, encoding="utf-8", newline="")
                imported = CliRunner().invoke(
                    cli, ["subscribers", "import", "desk", str(tmp_path / "people.csv"), *config], env=environment
                )
                for done in (by_hand, imported):
                    # Of which the program makes a line and the exit code 2.
                    assert isinstance(done.exception, ConfigError), attack
                    assert str(done.exception).isprintable(), attack
                assert "people.csv: line" in str(imported.exception), attack
            assert office.store.subscribers.all("desk") == []


def test_a_person_who_got_into_the_database_gets_nothing_and_is_listed(tmp_path: Path) -> None:
    # A NUL, which no database takes, is not kept.
    names = [words for words in NAMES.values() if "\x00" not in words]
    people = [Subscriber(f"n{number}@news.example", words) for number, words in enumerate(names)]
    people += [Subscriber(words) for words in ADDRESSES.values()]
    with SmtpServer() as server:
        for office in opened(tmp_path, server):
            office.store.subscribers.add_all("desk", people, NOW)
            key = make(office, "morning")
            office.newsroom.deliver()

            failed = office.store.outbox.mails(key, [MailState.FAILED])
            # Some of the addresses are one person's.
            assert len(failed) == len(office.store.subscribers.all("desk"))
            assert all(mail.reply.startswith("not sent: ") for mail in failed)
            # The edition names one reader itself; the admin hears of the others.
            assert sorted(got.recipients for got in server.got) == [("morning@news.example",), ("ops@news.example",)]
            told = arrived(server, "ops@news.example", NOTICE)
            assert "evil.example" not in told.get_content()


@pytest.mark.parametrize("field", ["from", "to", "admin", "reviewers", "unsubscribe_mail"])
def test_the_settings_refuse_it_with_the_place(tmp_path: Path, field: str) -> None:
    with SmtpServer() as server:
        right = settings(server, edition("morning", 'review = true\nreviewers = ["chief@news.example"]'))
    places = {
        "from": SENDER,
        "to": 'to = ["morning@news.example"]',
        "admin": 'admin = "ops@news.example"',
        "reviewers": 'reviewers = ["chief@news.example"]',
        "unsubscribe_mail": 'admin = "ops@news.example"',
    }
    file = tmp_path / "briefing.toml"
    file.write_text(right, encoding="utf-8")
    load_plan(file, environment={})
    for attack, words in [*ADDRESSES.items(), *((name, f"{w} <ana@news.example>") for name, w in NAMES.items())]:
        value = toml(words)
        wrong = f"{field} = [{value}]" if field in ("to", "reviewers") else f"{field} = {value}"
        file.write_text(right.replace(places[field], wrong), encoding="utf-8")
        with pytest.raises(ConfigError) as raised:
            load_plan(file, environment={})
        assert field in str(raised.value), attack
        assert str(raised.value).isprintable(), attack


# Lists and their links.


def test_the_name_of_a_list_is_no_header(tmp_path: Path) -> None:
    attacks = list(TITLES.values())[::4]
    with SmtpServer() as server:
        tables = []
        for number, words in enumerate(attacks):
            name = f"e{number}"
            (tmp_path / name).mkdir()
            (tmp_path / name / "news.json").write_text(article("Lindow closes its oldest bridge"), encoding="utf-8")
            tables.append(edition(name, f"subscribers = {toml(words)}").replace(f'to = ["{name}@news.example"]\n', ""))
        file = tmp_path / "briefing.toml"
        file.write_text(settings(server, *tables), encoding="utf-8")
        refused = 0
        with open_office(file, Clock()) as office:
            for number in range(len(attacks)):
                list_ = office.plan.edition(f"e{number}").subscribers
                office.store.subscribers.add(list_, Subscriber(f"ana{number}@news.example"), NOW)
                key = make(office, f"e{number}")
                refused += len(office.store.outbox.mails(key, [MailState.FAILED]))
            office.newsroom.deliver()
    mails = [got for got in server.got if got.recipients != ("ops@news.example",)]
    assert len(mails) + refused == len(attacks)
    for got in mails:
        mail = whole(got, got.recipients[0], sorted([*ALWAYS, "List-Unsubscribe", "List-Unsubscribe-Post"]))
        assert re.fullmatch(r"<https://news\.example/leave/[A-Za-z0-9._-]+>", str(mail["List-Unsubscribe"]))


@pytest.mark.parametrize("attack", TITLES)
def test_a_link_holds_the_list_and_nothing_else(attack: str) -> None:
    secret = "s" * 32
    ways = links("https://news.example/leave", "leave@news.example", TITLES[attack], "ana@news.example", secret)
    assert all(re.fullmatch(r"[!-~]+", way) for way in ways)
    assert read(ways[0].rpartition("/")[2], secret) == (TITLES[attack], "ana@news.example")
    for wrong in (f"https://news.example/{TITLES[attack]}", TITLES[attack]):
        if not re.fullmatch(r"https://[!-~]+", wrong):
            with pytest.raises(ConfigError):
                links(wrong, "", "desk", "ana@news.example", secret)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_file_is_not_attached_under_such_a_name(attack: str) -> None:
    document = Document(b"x", "text/plain", f"{ATTACKS[attack]}.txt")
    with pytest.raises(RenderError, match="attachment"):
        Edition(rich_brief(), attachments=(document,)).message("ana@news.example")


# What people write, and what errors say.


def test_a_correction_and_a_rejection_are_one_message(tmp_path: Path) -> None:
    attacks = list(ATTACKS.values())[::3]
    with SmtpServer() as server:
        for office in opened(tmp_path, server, ""):
            key = make(office, "morning")
            office.newsroom.deliver()
            sent = 0
            for words in attacks:
                place = next(p for p in places(office.newsroom.brief(key)) if p.sentence)
                try:
                    part, count = review.correct(office.newsroom, key, place, words, uncited=True)
                except BriefingError:
                    continue
                sent += count
                office.newsroom.deliver(part)
            assert len(server.got) == 1 + sent
            assert sent
            for got in server.got[1:]:
                mail = whole(
                    got,
                    "morning@news.example",
                    CORRECTION,
                )
                kinds = [part.get_content_type() for part in mail.iter_parts()]
                assert kinds == ["text/plain", "text/html"]


@pytest.mark.parametrize("attack", TITLES)
def test_a_reason_to_the_admin_is_one_line(attack: str, tmp_path: Path) -> None:
    with SmtpServer() as server:
        for office in opened(tmp_path, server):
            key = office.today(office.plan.edition("morning"))
            office.store.editions.open(key, "", NOW, NOW)
            # As it names a file that could not be read.
            office.newsroom.fail(key, f"no article was read from {TITLES[attack]}")
            office.newsroom.deliver()
            record = office.store.editions.get(key)
    assert record is not None
    assert record.state is EditionState.FAILED
    mail = arrived(server, "ops@news.example", NOTICE)
    assert str(mail["Subject"]).startswith(str(key))
    assert "What became of it" in mail.get_content()
