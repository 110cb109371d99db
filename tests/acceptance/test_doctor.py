"""``briefing doctor --smtp`` against real servers on loopback, and what the doctor says of scheduled editions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.delivery.smtp_checkup import examine
from briefing.delivery.smtp_settings import Login, SmtpSettings
from briefing.schedule.checkup import examine as examine_plan
from briefing.schedule.plan import load_plan
from tests.acceptance.test_command_line import briefing
from tests.desk import TOML, Clock, open_office, write_desk
from tests.faults.certificates import Authority
from tests.faults.smtp_server import SmtpServer

SENDER = "desk@news.example"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


def settings(server: SmtpServer, **more: str) -> SmtpSettings:
    return replace(SmtpSettings("localhost", server.port, name="brief.test"), **more)  # type: ignore[arg-type]


def told(settings: SmtpSettings, login: Login | None = None) -> dict[str, str]:
    """What was found, by step; with a mark and the line to type where it is not well."""
    found = examine(settings, login, SENDER, datetime.now(UTC))
    return {f.name: f.detail if f.well else f"{'FAIL' if f.needed else 'note'} {f.detail} | {f.mend}" for f in found}


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_server_that_is_well(authority: Authority, tls: str) -> None:
    login = Login("desk", "right")
    with SmtpServer(tls=authority.server("good"), implicit=tls == "implicit", login=("desk", "right")) as server:
        found = told(settings(server, tls=tls, ca_file=str(authority.file)), login)

        assert list(found) == ["Mail server", "Connection", "Encryption", "Offers", "Login", "Sender", "Recipient"]
        assert "127.0.0.1" in found["Mail server"]
        assert "a certificate for localhost, 127.0.0.1 until 20" in found["Encryption"]
        assert "33,554,432 bytes" in found["Offers"]
        assert "PLAIN" in found["Offers"]
        assert found["Login"] == "as desk"
        assert found["Recipient"].endswith("nothing was sent")
        assert server.got == []
        assert not {"DATA", "BDAT"} & {command.split()[0] for command in server.commands}


def test_what_is_wrong_is_told_where_it_is(authority: Authority) -> None:
    with SmtpServer(tls=authority.server("soon", until=5), login=("desk", "right")) as server:
        well = settings(server, tls="starttls", ca_file=str(authority.file))

        found = told(replace(well, ca_file=""))
        assert list(found) == ["Mail server", "Connection", "Encryption"]
        assert "cannot be trusted" in found["Encryption"]
        assert "ca_file" in found["Encryption"]

        found = told(well, Login("desk", "a-wrong-password"))
        assert found["Encryption"].startswith("note TLS")
        assert "renewed" in found["Encryption"]
        assert found["Login"].startswith("FAIL 535")
        assert "a-wrong-password" not in str(found)

        server.fail("mail", "550 5.7.1 Not you")
        assert told(well, Login("desk", "right"))["Sender"].startswith(f"FAIL {SENDER}: 550 5.7.1 Not you")
        server.fail("mail", None).fail("rcpt", "550 5.1.1 No such user")
        assert told(well, Login("desk", "right"))["Recipient"].startswith(f"note mail to {SENDER} is not taken: 550")
        server.fail("connect", "554 5.3.2 Go away")
        assert "greets with 554 5.3.2 Go away" in told(well)["Connection"]

        assert told(replace(well, tls="implicit"))["Encryption"].startswith("FAIL ")
    with SmtpServer() as server:
        assert "offers no STARTTLS" in told(settings(server, tls="starttls"))["Encryption"]
        assert told(settings(server))["Encryption"].startswith("none; whoever is between")
    assert "Connection refused" in told(settings(server))["Connection"]
    assert "has no address" in told(SmtpSettings("nowhere.invalid"))["Mail server"]


def test_the_command(tmp_path: Path) -> None:
    with SmtpServer() as server:
        smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {server.port}\nfrom = "Desk <desk@news.example>"\n'
        write_desk(tmp_path, TOML.replace("folder:sent", "smtp") + smtp)
        done = briefing("doctor", "--smtp", "morning", cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "ok    Sender: mail from desk@news.example is taken" in done.stdout
        assert "note  DNS: " in done.stdout
        assert "type: dig +short TXT news.example _dmarc.news.example" in done.stdout

        server.fail("mail", "550 5.7.1 Not you")
        done = briefing("doctor", "--smtp", "--json", cwd=tmp_path)
        assert done.returncode == 1
        assert {f["name"]: f["well"] for f in json.loads(done.stdout)}["Sender"] is False
    assert briefing("doctor", "morning", cwd=tmp_path).returncode == 2


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return write_desk(tmp_path)


def test_the_desk(desk: Path) -> None:
    clock = Clock()

    def told(**environ: str) -> dict[str, tuple[bool, str]]:
        plan = load_plan(desk, environment={"BRIEFING_DATABASE": str(desk.with_name("briefing.db")), **environ})
        return {d.name: (d.well, d.detail) for d in examine_plan(plan, clock(), environ)}

    new = told()
    assert new["Editions"] == (True, "morning next Tue 07:00")
    assert new["Database"][1].startswith("none yet")
    assert not desk.with_name("briefing.db").exists()
    with open_office(desk, clock) as office:
        office.run("morning")
        office.presence.beat()
        found = told(BRIEFING_SECRET="canary-" * 6)
        assert found["Database"][1].endswith(", whole")
        assert found["Service"][0]
        assert found["Secret of links"] == (True, "in BRIEFING_SECRET")
        assert "canary" not in str(found)
        clock.pass_(timedelta(hours=1))
        assert told()["Service"] == (False, "nothing runs")
    url = "postgresql://user:canary@127.0.0.1:1/nothing"
    away = {
        d.name: d.detail for d in examine_plan(load_plan(desk, environment={"BRIEFING_DATABASE": url}), clock(), {})
    }
    assert "pg_isready" in away["Database"]
    assert "canary" not in str(away)
