"""What reaches the disk with the next transaction does so there only, and what was begun after it is not affected."""

from __future__ import annotations

from briefing.store.database import Database
from briefing.store.store import Store


def waits_for_disk(database: Database, *, soon: bool) -> bool:
    """Whether a transaction's end is on the disk, as the database itself has it."""
    with database.writing(soon=soon) as connection:
        if database.local:
            return bool(connection.exec_driver_sql("PRAGMA synchronous").scalar_one() >= 2)
        return str(connection.exec_driver_sql("SHOW synchronous_commit").scalar_one()) != "off"


def test_only_what_may_be_there_soon_does_not_wait_for_the_disk(store: Store) -> None:
    database = store.database
    if not database.local:
        # The server of the tests writes nothing through; one that is used does.
        with database.writing() as connection:
            name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET synchronous_commit = on')
        database.engine.dispose()
    found = [waits_for_disk(database, soon=soon) for soon in (False, True, False, True, True, False)]
    assert found == [True, False, True, False, False, True]
