"""Brings the tables to the newest form."""

import importlib
import pkgutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

import diji

from .database import Database


def load_all_models() -> None:
    """Import `models` of every room, so that the metadata knows all tables."""
    for room in pkgutil.iter_modules(diji.__path__):
        path = Path(diji.__path__[0]) / room.name / "models.py"
        if path.exists():
            importlib.import_module(f"diji.{room.name}.models")


def migrate(database: Database) -> None:
    with database.writer.connect() as connection:
        if not database.is_sqlite:  # processes that start together take turns
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('diji', 0))"))
        upgrade(connection)
        connection.commit()


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to one form, in the transaction of the connection when it has begun one."""
    load_all_models()
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def revision_of(connection: Connection) -> str | None:
    """The form that the tables have; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def knows_revision(revision: str) -> bool:
    """Whether this version of Diji is new enough for such tables."""
    try:
        return ScriptDirectory.from_config(_config()).get_revision(revision) is not None
    except CommandError:
        return False


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
