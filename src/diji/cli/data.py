"""`diji backup`, `restore`, `settings`, `openapi`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from diji.app import House, build_app
from diji.foundation import Warehouse, back_up, get_settings, restore_from

Where = Annotated[Path, typer.Argument(help="The backup file (.tar.gz)")]


def backup(file: Where) -> None:
    """Write everything of DIJI_HOME into one file, while Diji serves or not."""
    settings = get_settings()
    size = back_up(settings.home, settings.database_url, file)
    print(f"{file}: {size / 1e6:.1f} MB")


def restore(
    file: Where,
    *,
    replace: Annotated[bool, typer.Option(help="Replace what is in DIJI_HOME now")] = False,
) -> None:
    """Bring a backup back into DIJI_HOME. While Diji serves, it restarts on the restored data."""
    settings = get_settings()
    restore_from(settings.home, settings.database_url, file, replace=replace)
    print(f"{settings.home}: restored from {file}")


def settings() -> None:
    """Show every setting, its value and what it does."""
    current = get_settings()
    for name, field in type(current).model_fields.items():
        value = (
            "postgresql://…"
            if name == "database_url" and current.database_url
            else getattr(current, name)
        )
        print(f"DIJI_{name.upper():<18}{value!s:<28}{field.description}")


def openapi() -> None:
    """Print the description of the HTTP face, from which clients are generated."""
    house = House(Warehouse(Path("/nonexistent")), "main", "", run_worker=False)
    print(json.dumps(build_app(house).openapi(), ensure_ascii=False, indent=1, sort_keys=True))
