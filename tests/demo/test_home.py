"""The demo keeps to its own folder."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks.house import free_port
from diji import demo
from diji.cli.main import app
from diji.foundation import Conflict, Home, Invalid, NotFound, get_settings
from tests.demo.make import BORN


@pytest.fixture
def diji_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIJI_HOME", str(tmp_path))
    monkeypatch.setenv("DIJI_PORT", str(free_port()))  # a Diji may run on the usual one
    get_settings.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def _fresh_settings() -> None:
    get_settings.cache_clear()


def test_remove_deletes_the_demo_and_nothing_else(diji_home: Path) -> None:
    (diji_home / "diji.sqlite3").write_text("the shop's own")
    home = demo.open_home(diji_home / "demo", now=BORN)
    (home.path / "files").mkdir()
    CliRunner().invoke(app, ["demo", "--remove"], catch_exceptions=False)
    assert [entry.name for entry in diji_home.iterdir()] == ["diji.sqlite3"]


def test_a_folder_without_the_mark_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "diji.sqlite3").write_text("somebody's")
    with pytest.raises(Conflict):
        demo.remove(tmp_path / "demo")
    with pytest.raises(Conflict):
        demo.open_home(tmp_path / "demo")
    assert (tmp_path / "demo" / "diji.sqlite3").read_text() == "somebody's"


def test_a_demo_that_runs_is_not_removed(tmp_path: Path) -> None:
    home = demo.open_home(tmp_path / "demo", now=BORN)
    running = Home(home.path)
    running.hold("http://127.0.0.1:8710")
    with pytest.raises(Conflict, match="8710"):
        demo.remove(home.path)
    running.release()
    demo.remove(home.path)
    assert not home.path.exists()


def test_there_is_nothing_to_remove_where_no_demo_was(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        demo.remove(tmp_path / "demo")


def test_the_folder_remembers_when_it_was_born_and_how_far_it_came(tmp_path: Path) -> None:
    demo.open_home(tmp_path / "demo", now=BORN).reach("orders", 3)
    again = demo.open_home(tmp_path / "demo")
    assert again.born == BORN
    assert again.has("orders") == 3


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "diji.example"])  # noqa: S104
def test_a_host_that_others_can_reach_needs_public(host: str) -> None:
    with pytest.raises(Invalid, match="--public"):
        demo.check_host(host, public=False)
    demo.check_host(host, public=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.9"])
def test_this_machine_needs_nothing(host: str) -> None:
    demo.check_host(host, public=False)


def test_the_command_refuses_a_public_host_before_it_touches_anything(
    diji_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIJI_HOST", "0.0.0.0")  # noqa: S104
    get_settings.cache_clear()
    with pytest.raises(Invalid):
        CliRunner().invoke(app, ["demo"], catch_exceptions=False, standalone_mode=False)
    assert list(diji_home.iterdir()) == []


def test_the_demo_never_uses_the_shops_database(
    diji_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}
    monkeypatch.setenv("DIJI_DATABASE_URL", "postgresql://shop.example/own")
    get_settings.cache_clear()
    monkeypatch.setattr("diji.cli.demo.run_server", lambda house, **_: seen.update(house=house))
    CliRunner().invoke(app, ["demo"], catch_exceptions=False)
    assert seen["house"].warehouse.database.path == diji_home / "demo" / "diji.sqlite3"
    assert seen["house"].warehouse.database.is_sqlite
    assert [entry.name for entry in diji_home.iterdir()] == ["demo"]
