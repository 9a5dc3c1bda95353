"""`diji backup`, `restore`, `settings`, `openapi`."""

import json
import time
from pathlib import Path
from typing import Annotated

import httpx
import typer

from diji.app import House, build_app
from diji.foundation import (
    Conflict,
    Door,
    Invalid,
    Settings,
    Warehouse,
    back_up,
    door_of,
    get_settings,
    prepare_restore,
    restore_failed,
    restore_waits,
    withdraw_restore,
)

from .running import installation, opened
from .speaking import PATIENCE, answered

Where = Annotated[Path, typer.Argument(metavar="FILE", help="The backup file (.tar.gz)")]
InDemo = Annotated[bool, typer.Option("--demo", help="The demo shop instead of your own")]

LOOK_EVERY = 0.1  # seconds


def backup(file: Where, *, in_demo: InDemo = False) -> None:
    """Write everything of DIJI_HOME into one file, while Diji serves or not.

    It holds the tables as they were at one moment, the pictures and the secrets; only you may read it.
    """
    settings, tenant = installation(get_settings(), in_demo=in_demo)
    size = back_up(settings.home, settings.database_url, file, tenant_id=tenant)
    print(f"{file}: {size / 1e6:.1f} MB")


def restore(
    file: Where,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what is in DIJI_HOME now")
    ] = False,
    in_demo: InDemo = False,
) -> None:
    """Bring a backup back into DIJI_HOME, while Diji serves or not.

    The file is unpacked and proven first; nothing changes when it is broken, of another kind, or of a newer
    Diji. A Diji that serves then finishes its requests, opens the restored data and serves on within seconds;
    who asks meanwhile waits, and open pages find their way by themselves. All that came after the backup is
    gone. Where several processes share one PostgreSQL, stop the others first.
    """
    settings, tenant = installation(get_settings(), in_demo=in_demo)
    prepare_restore(
        settings.home, settings.database_url, file.absolute(), tenant_id=tenant, replace=replace
    )
    while door := door_of(settings.home):
        _ask_to_reopen(door, settings.home)
        if _is_taken(settings.home):
            _wait_until_it_serves(door)
            print(
                f"{settings.home}: {file} ← {door.address} 已恢复，继续服务 / restored, serves on"
            )
            return
    _open_once(settings, tenant)
    print(f"{settings.home}: {file} ← 已恢复 / restored")


def _ask_to_reopen(door: Door, home: Path) -> None:
    try:
        answered(
            httpx.post(
                f"{door.address}/api/owner/reopen",
                headers={"Authorization": f"Bearer {door.token}"},
                timeout=PATIENCE,
                trust_env=False,
            )
        )
    except (Invalid, httpx.ConnectError):
        # Another command works in the folder, or another program has the port.
        withdraw_restore(home)
        raise Conflict(
            f"{home} 正由另一个 diji 命令使用，稍后再试；没有任何改动",
            f"{home} is in use by another diji command; nothing was changed, try again later",
        ) from None


def _is_taken(home: Path) -> bool:
    """Wait for it; False when the process that served has ended instead."""
    while restore_waits(home):
        if door_of(home) is None:
            return False
        time.sleep(LOOK_EVERY)
    _refuse_failure(home)
    return True


def _refuse_failure(home: Path) -> None:
    if restore_failed(home):
        raise Invalid(
            "备份放不进数据库（原因见日志），数据没有改变",
            "The database did not take the backup (the log says why); the data are as they were",
        )


def _wait_until_it_serves(door: Door) -> None:
    """The port is held all the while: the answer comes from the restored data."""
    try:
        httpx.get(f"{door.address}/healthz", timeout=PATIENCE, trust_env=False).raise_for_status()
    except httpx.HTTPError:
        raise Invalid(
            "数据已恢复，但服务没有起来，见日志",
            "The data are restored, but nobody serves: see the log",
        ) from None


def _open_once(settings: Settings, tenant_id: str) -> None:
    """Opening puts in what lies ready."""
    with opened(settings, tenant_id):
        _refuse_failure(settings.home)


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
