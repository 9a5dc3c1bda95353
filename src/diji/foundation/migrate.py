"""Brings the tables to the newest form."""

import importlib
import pkgutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

import diji

from .database import Database


def load_all_models() -> None:
    """Import `models` of every room, so that the metadata knows all tables."""
    for room in pkgutil.iter_modules(diji.__path__):
        path = Path(diji.__path__[0]) / room.name / "models.py"
        if path.exists():
            importlib.import_module(f"diji.{room.name}.models")


def migrate(database: Database) -> None:
    load_all_models()
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with database.writer.connect() as connection:
        config.attributes["connection"] = connection
        if not database.is_sqlite:  # processes that start together take turns
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('diji', 0))"))
        command.upgrade(config, "head")
        connection.commit()
