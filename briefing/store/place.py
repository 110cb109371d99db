"""Where things are kept between runs. Loads no database."""

from __future__ import annotations

from pathlib import Path


def data_folder() -> Path:
    """The user's data folder for this program, as the operating system has it; it need not be there yet."""
    from platformdirs import user_data_path

    return user_data_path("briefing", appauthor=False)


def answers_file() -> Path:
    """The database of kept answers where no other is named; it need not be there yet."""
    return data_folder() / "answers.db"


def database_file() -> Path:
    """The database of editions, subscribers and mail where no other is named; it need not be there yet."""
    return data_folder() / "briefing.db"


def bytes_on_disk(database: Path) -> int:
    """The size of an SQLite database with its log; 0 where there is none."""
    files = (database, database.with_name(f"{database.name}-wal"))
    return sum(file.stat().st_size for file in files if file.is_file())
