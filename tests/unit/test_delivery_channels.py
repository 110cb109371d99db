"""Channels by their names, and those that write files and to standard output."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest

from briefing.delivery.channels import channel
from briefing.delivery.folder import Folder, file_name
from briefing.delivery.smtp import Smtp
from briefing.delivery.smtp_settings import SmtpSettings
from briefing.delivery.stdout import Stdout
from briefing.editions import Message, Outcome
from briefing.errors import ConfigError, LostClaim
from briefing.testing.mail import ScriptedChannel

CONTENT = b"Subject: Morning\r\n\r\nHello.\r\n"
SERVER = SmtpSettings("127.0.0.1", 2525)


def message(id: str = "<0f3a@news.example>", content: bytes = CONTENT) -> Message:
    return Message("desk@news.example", "ana@news.example", "folder", id, (content,))


def test_names_of_channels(tmp_path: Path) -> None:
    assert isinstance(channel("stdout"), Stdout)
    folder = channel("folder:mail", base=tmp_path)
    assert isinstance(folder, Folder)
    assert folder.path == tmp_path / "mail"
    smtp = channel("smtp", SERVER)
    assert isinstance(smtp, Smtp)
    assert smtp.settings == SERVER
    assert isinstance(channel("briefing.testing.mail:ScriptedChannel"), ScriptedChannel)


def test_channels_to_one_server_keep_one_pace() -> None:
    def opened(port: int, per_minute: float) -> Smtp:
        made = channel("smtp", SmtpSettings("127.0.0.1", port, per_minute=per_minute))
        assert isinstance(made, Smtp)
        return made

    assert opened(2525, 60).pace is opened(2525, 60).pace
    assert opened(2525, 60).pace is not opened(2526, 60).pace


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("smpt", "unknown channel 'smpt'; did you mean 'smtp'?"),
        ("stdou", "did you mean 'stdout'?"),
        ("pigeon", "there are: smtp, folder:DIR, stdout, package.module:factory"),
        ("", "unknown channel ''"),
        ("folder", "write folder:outbox"),
        ("folder:", "write folder:outbox"),
        ("smtp", r"write \[smtp\] and host"),
        ("smtp:smtp.example.org", "takes no argument, but got 'smtp.example.org'"),
        ("stdout:-", "takes no argument"),
        ("briefing.nowhere:Channel", "no module 'briefing.nowhere'"),
        ("briefing.testing.mail:Pigeon", "has no attribute 'Pigeon'"),
        ("briefing.testing.mail:MemoryOutbox", "makes a MemoryOutbox without send and close"),
        ("briefing.testing.mail:", "unknown channel"),
        (".mail:Channel", "channel '.mail:Channel'"),
        ("briefing.delivery.smtp:Smtp", "could not be made: TypeError: .*settings"),
        ("briefing.editions:_NAME", "could not be made: TypeError"),
    ],
)
def test_names_that_are_none(spec: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        channel(spec)


def test_a_file_is_named_by_its_message(tmp_path: Path) -> None:
    receipt = Folder(tmp_path).send(message(), lambda: None)
    path = tmp_path / "0f3a@news.example.eml"
    assert (receipt.outcome, receipt.reply) == (Outcome.SENT, str(path))
    assert path.read_bytes() == CONTENT
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_same_message_twice_is_one_file(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.send(message(), lambda: None)
    folder.send(message(), lambda: None)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [CONTENT]
    folder.send(message("<other@news.example>"), lambda: None)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "id",
    [
        "<../../etc/passwd@x>",
        "<a/b@news.example>",
        "<.@x>",
        "<a\0@x>",
        "a\\b@x",
        "<" + "a" * 300 + "@x>",
        "ñ@x",
        "\ud800",
    ],
)
def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path, id: str) -> None:
    folder = tmp_path / "mail"
    assert Folder(folder).send(message(id), lambda: None).outcome is Outcome.SENT
    assert len(list(folder.iterdir())) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mail"]
    assert len(file_name(id)) < 200


def test_before_the_commit_there_is_no_message(tmp_path: Path) -> None:
    seen: list[list[str]] = []
    Folder(tmp_path).send(message(), lambda: seen.append([path.suffix for path in tmp_path.iterdir()]))
    assert seen == [[".part"]]

    def commit() -> None:
        raise LostClaim("another worker has it")

    with pytest.raises(LostClaim):
        Folder(tmp_path).send(message("<other@news.example>"), commit)
    assert [path.name for path in tmp_path.iterdir()] == ["0f3a@news.example.eml"]


def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    commits: list[None] = []
    receipt = Folder(tmp_path / "file").send(message(), lambda: commits.append(None))
    assert (receipt.outcome, receipt.pause, commits) == (Outcome.DEFERRED, True, [])
    assert str(tmp_path / "file") in receipt.reply


def test_a_name_that_is_taken_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "0f3a@news.example.eml" / "x").mkdir(parents=True)
    receipt = Folder(tmp_path).send(message(), lambda: None)
    assert (receipt.outcome, receipt.pause) == (Outcome.DEFERRED, True)
    assert len(list(tmp_path.iterdir())) == 1


def test_standard_output_that_is_closed_leaves_it_open() -> None:
    class Broken(io.BytesIO):
        def write(self, data: object) -> int:
            raise BrokenPipeError(32, "Broken pipe")

    receipt = Stdout(Broken()).send(message(), lambda: None)
    assert (receipt.outcome, receipt.pause) == (Outcome.UNKNOWN, True)


def test_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert Stdout().send(message(), lambda: None).outcome is Outcome.SENT
    assert capfdbinary.readouterr().out == CONTENT
