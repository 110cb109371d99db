"""What ``briefing.toml`` may say of editions, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from briefing.errors import ConfigError
from briefing.schedule.plan import Mailbox, Plan, load_plan, mailbox

MORNING = """
title = "General"
language = "de"

[edition.morning]
topics = ["European energy policy"]
sources = ["news/"]
at = "07:00"
zone = "Europe/Berlin"
to = ["desk@example.org", "Press office <press@example.org>"]
theme = "memo"
attach = ["pdf"]
engine = "llm:gpt-5-mini"
budget = 0.40

[smtp]
host = "smtp.example.org"
from = "Morning desk <desk@example.org>"
"""


def plan_of(folder: Path, text: str, **environment: str) -> Plan:
    file = folder / "briefing.toml"
    file.write_text(text, encoding="utf-8")
    return load_plan(file, environment=environment)


def test_an_edition_has_its_own_settings_over_the_general_ones(tmp_path: Path) -> None:
    edition = plan_of(tmp_path, MORNING).edition("morning")

    assert edition.settings.topics == ("European energy policy",)
    assert edition.settings.paths == (str(tmp_path / "news/"),)
    assert (edition.settings.title, edition.settings.language) == ("General", "de")
    assert (edition.settings.engine, edition.settings.budget) == ("llm:gpt-5-mini", 0.4)
    assert edition.to == (Mailbox("desk@example.org"), Mailbox("press@example.org", "Press office"))
    assert edition.grace == timedelta(hours=6)
    assert str(edition.trigger) == "0 7 * * * Europe/Berlin"


def test_without_a_title_the_name_is_one(tmp_path: Path) -> None:
    text = '[edition.late-night]\nsources = ["news"]\nchannel = "folder:sent"\n'

    assert plan_of(tmp_path, text).edition("late-night").settings.title == "Late night brief"


def test_the_database_of_the_environment_stands_before_that_of_the_file(tmp_path: Path) -> None:
    text = 'database = "postgresql://file/one"\n'

    assert plan_of(tmp_path, text).database == "postgresql://file/one"
    assert plan_of(tmp_path, text, BRIEFING_DATABASE="postgresql://env/two").database == "postgresql://env/two"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            '[edition.morning]\nsorces = ["news"]',
            "unknown key 'sorces' in \\[edition.morning\\]; did you mean 'sources'",
        ),
        ('[edition.morning]\nat = "07:00"', "name where its articles come from in \\[edition.morning\\]"),
        ('[edition.morning]\nsources = ["news"]\nat = "7am"', "'07:00', not '7am' in \\[edition.morning\\]"),
        ('[edition.morning]\nsources = ["news"]\nat = "07:00"\nzone = "Berlin"', "unknown zone 'Berlin'"),
        ('[edition.morning]\nsources = ["news"]\nto = ["a@b.example"]', "there is no \\[smtp\\]"),
        ('[edition.morning]\nsources = ["news"]\nto = ["ana"]', "'ana' is not a mail address"),
        ('[edition.morning]\nsources = ["news"]\nto = ["a@b.example\\nBcc: c@d.example"]', "control character"),
        ('[edition.morning]\nsources = ["news"]\nattach = ["pfd"]', "did you mean 'pdf'"),
        ('[edition.morning]\nsources = ["news"]\nwhen_empty = "skipp"', "did you mean 'skip'"),
        ('[edition.morning]\nsources = ["news"]\ngrace = "6"', "'6h', '90m' or '2d'"),
        ('[edition.morning]\nsources = ["news"]\nreview = true', "name who reviews it"),
        ('[edition.Morning]\nsources = ["news"]', "small letters"),
        ('[edition.morning]\nsources = ["news"]\nbudget = -1', "budget"),
        ('database = "mysql://db.example/x"', "mysql:// is not known"),
        ("edition = 3", "tables such as \\[edition.morning\\]"),
        ('[smtp]\nhost = "a.example"', "name the sender"),
        ('[smtp]\nfrom = "a@b.example"', "name the server"),
        ('[smtp]\nhots = "a.example"\nfrom = "a@b.example"', "did you mean 'host'"),
        ("[service]\nkeep_days = 0", "keep_days"),
        ('[service]\nadmin = "nobody"', "'admin' in \\[service\\]"),
        ('[service]\nunsubscribe = "http://a.example"', "https"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ConfigError, match=named) as caught:
        plan_of(tmp_path, text)

    assert "briefing.toml" in str(caught.value)


def test_an_edition_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, MORNING)

    with pytest.raises(ConfigError, match=r"did you mean 'morning'.*there are: morning"):
        plan.edition("mornin")


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("ana@news.example", "ana@news.example", ""),
        ("  Ana Ruiz <ana@news.example> ", "ana@news.example", "Ana Ruiz"),
        ('"Ruiz, Ana" <ana@news.example>', "ana@news.example", "Ruiz, Ana"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example", ""),
    ],
)
def test_mailboxes(text: str, address: str, name: str) -> None:
    assert mailbox(text, "to") == Mailbox(address, name)


@pytest.mark.parametrize(
    "text",
    [
        "", "ana", "@", "a@", "@b.example", "a b@c.example", "a@b.example, c@d.example",
        "A <a@b.example> <c@d.example>",
        "a@b.example\r\nBcc: c@d.example", "=?utf-8?q?A=0ABcc?= <a@b.example>", "A\x00 <a@b.example>", "<>",
        "a@b..example",
    ],
)  # fmt: skip
def test_no_mailbox(text: str) -> None:
    with pytest.raises(ConfigError):
        mailbox(text, "to")


def test_several_machines_need_one_secret_for_their_links(tmp_path: Path) -> None:
    text = """
database = "postgresql://db.example/briefing"
[edition.morning]
sources = ["news"]
subscribers = "desk"
channel = "folder:sent"
[service]
unsubscribe_mail = "leave@news.example"
"""

    with pytest.raises(ConfigError, match="export BRIEFING_SECRET"):
        plan_of(tmp_path, text)
    assert plan_of(tmp_path, text, BRIEFING_SECRET="x" * 40).editions
