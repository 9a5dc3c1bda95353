"""The tables in the database are the tables in the code, on both databases, from any earlier form."""

from pathlib import Path
from threading import Thread

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from diji import foundation
from diji.foundation import Base, Database, Warehouse, migrate
from tests.foundation.test_backup import second_postgres

__all__ = ["second_postgres"]

SCRIPTS = Path(foundation.__file__).parent / "migrations"


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    url = request.getfixturevalue("second_postgres") if request.param == "postgres" else None
    return Database(url, tmp_path)


def test_the_migrations_lead_exactly_to_the_models(warehouse: Warehouse) -> None:
    with warehouse.database.readers.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    migrate(empty)
    migrate(empty)
    assert set(Base.metadata.tables) < set(inspect(empty.readers).get_table_names())
    empty.close()


def test_an_existing_home_keeps_its_rows_when_it_is_brought_up_to_date(empty: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with empty.writer.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO tenants (tenant_id, name, created_at) VALUES ('main', '岚里', 1)")
        )
        connection.commit()
    migrate(empty)
    with empty.readers.connect() as connection:
        assert connection.execute(text("SELECT name FROM tenants")).scalar_one() == "岚里"
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    empty.close()


def test_processes_that_start_together_do_not_trip_over_each_other(
    second_postgres: str, tmp_path: Path
) -> None:
    broken: list[Exception] = []

    def start() -> None:
        database = Database(second_postgres, tmp_path)
        try:
            migrate(database)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told below
            broken.append(error)
        finally:
            database.close()

    threads = [Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
