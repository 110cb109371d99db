"""briefing.toml and options."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing import config
from briefing.config import Settings
from briefing.errors import ConfigError


def _file(folder: Path, text: str) -> Path:
    path = folder / "briefing.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_says_what_the_command_line_can_say(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        """
        paths = ["news", "-"]
        topics = ["grid tariffs"]
        now = 2026-03-05T18:00:00
        zone = "Europe/Berlin"
        minutes = 3
        formats = ["html", "json"]

        [publishers."The Courier"]
        weight = 0.5
        max_share = 0.25
        """,
    )
    settings = config.load(path)
    assert settings.paths == (str(tmp_path / "news"), "-")
    assert settings.formats == ("html", "json")
    assert settings.now_at() == datetime(2026, 3, 5, 17, tzinfo=UTC)
    assert settings.edition(settings.now_at()).minutes == 3
    publisher = settings.interest(settings.now_at()).publishers["The Courier"]
    assert (publisher.weight, publisher.blocked, publisher.max_share) == (0.5, False, 0.25)


def test_options_stand_before_the_file(tmp_path: Path) -> None:
    path = _file(tmp_path, 'title = "From the file"\nminutes = 3\n')
    settings = config.load(path, title="From the command line", topics=(), minutes=None)
    assert (settings.title, settings.minutes, settings.topics) == ("From the command line", 3, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('formatz = ["pdf"]', "unknown key 'formatz'; did you mean 'formats'?"),
        ('formats = ["pdff"]', "unknown format 'pdff'; did you mean 'pdf'?"),
        ("formats = []", "formats is empty"),
        ('formats = "pdf"', "'formats' is a list of texts, not 'pdf'"),
        ("minutes = true", "'minutes' is a number, not True"),
        ("minutes = 0", "minutes is above 0"),
        ("minutes = nan", "minutes is above 0"),
        ('[publishers."A"]\nwieght = 1', "unknown key 'wieght' in [publishers.'A']; did you mean 'weight'?"),
        ('[publishers."A"]\nmax_share = 2', "max_share is above 0 and at most 1"),
        ("publishers = 3", "'publishers' is a table, not 3"),
        ("[publishers]\nA = 3", "expected a table in [publishers.'A'], not 3"),
        ('zone = "Mars"', "unknown zone 'Mars'"),
        ('title = " "', "title is empty"),
        ('texts = "none"', "texts is 'all' or 'cited'"),
        ('topics = ["?"]', "topics holds a text without a word"),
        ('language = "English"', "language is a code of ISO 639"),
        ("title = ", "is not TOML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = _file(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_or_binary_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        config.load(tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="its bytes are not UTF-8"):
        config.load(tmp_path / "binary.toml")


def test_zones_and_times_are_named_when_wrong() -> None:
    with pytest.raises(ConfigError, match="unknown zone 'Mars'"):
        Settings(zone="Mars")
    with pytest.raises(ConfigError, match=r"unknown zone '\.\./etc/passwd'"):
        Settings(zone="../etc/passwd")
    with pytest.raises(ConfigError, match="since: 'soon' is no time"):
        Settings(since="soon").interest(datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(ConfigError, match="is not before until"):
        Settings(since="2026-01-02", until="2026-01-01").interest(datetime(2026, 1, 3, tzinfo=UTC))


def test_the_working_folder_is_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert config.load() == Settings()
    _file(tmp_path, 'title = "Here"')
    assert config.load().title == "Here"
