"""Compares the models with the migrations and writes the next migration."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from diji import foundation
from diji.foundation import Database, migrate


def main(message: str) -> None:
    folder = Path(foundation.__file__).parent / "migrations"
    number = len(list((folder / "versions").glob("*.py"))) + 1
    with tempfile.TemporaryDirectory() as home:
        database = Database(None, Path(home))
        migrate(database)
        config = Config()
        config.set_main_option("script_location", str(folder))
        with database.writer.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        database.close()


if __name__ == "__main__":
    main(sys.argv[1])
