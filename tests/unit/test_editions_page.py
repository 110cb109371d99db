"""docs/editions.md has every key of a scheduled edition, and none that there is not; its settings are valid."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from briefing import config
from briefing.config import Settings
from briefing.delivery import smtp_settings, unsubscribe
from briefing.delivery.smtp_settings import SmtpSettings
from briefing.editions import MailState
from briefing.errors import ConfigError
from briefing.schedule import plan
from briefing.schedule.plan import EditionPlan, Service, load_plan

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = (DOCS / "editions.md").read_text(encoding="utf-8")
DELIVERY = (DOCS / "delivery.md").read_text(encoding="utf-8")


def rows(heading: str, page: str = PAGE) -> dict[str, str]:
    """What stands in code in the first cell of each row under a heading, and the second cell."""
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.split("|") for line in section.splitlines() if line.startswith("|")]
    return {name: cell[2].strip() for cell in cells for name in re.findall(r"`([A-Za-z_]+)`", cell[1])}


def accepted(table: str, key: str, folder: Path) -> bool:
    """Whether a file may have the key there, whatever is said of its value."""
    needed = {"edition.morning": 'sources = ["."]', "smtp": 'host = "localhost"\nfrom = "a@b.example"', "service": ""}
    file = folder / "briefing.toml"
    file.write_text(f"[{table}]\n{needed[table]}\n", encoding="utf-8")
    load_plan(file, environment={})
    file.write_text(f"[{table}]\n{key} = {{}}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_plan(file, environment={})
    return "unknown key" not in str(raised.value)


def test_every_key_is_on_the_page() -> None:
    own = {f.name for f in fields(EditionPlan)} - {"name", "settings", "trigger"}
    general = {f.name for f in fields(Settings)} - {"model", "look", "publishers"}
    assert own | {"sources", "at", "cron"} | general == {*rows("`[edition.NAME]`")}
    assert {f.name for f in fields(SmtpSettings)} | {"from"} == {*rows("`[smtp]`")}
    assert {f.name for f in fields(Service)} == {*rows("`[service]`")}


@pytest.mark.parametrize("table", ["edition.morning", "smtp", "service"])
def test_every_key_of_the_page_is_taken(table: str, tmp_path: Path) -> None:
    heading = "`[edition.NAME]`" if table.startswith("edition") else f"`[{table}]`"
    assert [key for key in rows(heading) if not accepted(table, key, tmp_path)] == []
    assert not accepted(table, "colour", tmp_path)


def test_defaults_are_the_real_ones() -> None:
    for kind, heading in ((SmtpSettings, "`[smtp]`"), (Service, "`[service]`")):
        said = {name: re.fullmatch(r"`(\d+)`", cell) for name, cell in rows(heading).items()}
        numbers = {name: float(found[1]) for name, found in said.items() if found}
        real = {f.name: f.default for f in fields(kind) if f.default is not MISSING}
        assert numbers == {name: real[name] for name in numbers}
        assert numbers
    said_of_editions = rows("`[edition.NAME]`")
    for field in fields(EditionPlan):
        if isinstance(field.default, bool):
            assert said_of_editions[field.name] == f"`{str(field.default).lower()}`"
    assert plan._duration("6h", "") == EditionPlan("m", Settings()).grace
    assert said_of_editions["grace"] == '`"6h"`'
    assert said_of_editions["when_empty"] == '`"skip"`'


@pytest.mark.parametrize("block", re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
def test_examples_are_valid(block: str, tmp_path: Path) -> None:
    file = tmp_path / config.FILE
    file.write_text(block, encoding="utf-8")
    assert load_plan(file, environment={}).editions


def test_the_environment_is_on_the_page() -> None:
    names = {plan.DATABASE, smtp_settings.USER, smtp_settings.PASSWORD, unsubscribe.VARIABLE}
    assert names <= {*re.findall(r"`([A-Z_]+)`", PAGE)}


def test_every_state_of_a_mail_is_on_the_page_of_delivery() -> None:
    assert {*MailState} == {*rows("The states of a message", DELIVERY)}
