"""`diji serve` and `diji demo`: where they listen, and how they end."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

from diji.foundation import Home, door_of, prepare_restore
from tests.cli.make import TENANT, Serving, environment, free_port, furnish, run, serving


def ended_well(diji: Serving, home: Path) -> bool:
    code = diji.stop()
    assert code == 0, diji.logged()
    assert "Traceback" not in diji.logged()
    assert door_of(home) is None
    assert (home / "lock").read_text() == ""
    return True


def test_serve_ends_cleanly_on_sigterm_with_sockets_open(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(home) as diji:
        with socket.create_connection(("127.0.0.1", diji.port)) as idle:
            idle.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            idle.recv(10)
            begun = time.monotonic()
            assert ended_well(diji, home)
            assert time.monotonic() - begun < 6
        assert not list(home.glob("*-wal")), "the database is closed"


def test_a_signal_during_the_start_ends_it_cleanly_too(tmp_path: Path) -> None:
    for pause in (0.9, 1.5):
        home = tmp_path / f"home{pause}"
        command = [sys.executable, "-m", "diji", "serve"]
        with subprocess.Popen(
            command, env=environment(home, free_port()), stderr=subprocess.PIPE
        ) as diji:
            time.sleep(pause)
            diji.terminate()
            killer = threading.Timer(20, diji.kill)
            killer.start()
            _, log = diji.communicate()
            killer.cancel()
        assert diji.returncode in {0, -signal.SIGTERM}  # the latter before Python has read our code
        assert b"Traceback" not in log
        assert door_of(home) is None


def test_ctrl_c_ends_it_without_a_trace(tmp_path: Path) -> None:
    with serving(tmp_path / "home") as diji:
        diji.process.send_signal(signal.SIGINT)
        assert diji.process.wait(timeout=20) == 130
        assert "Traceback" not in diji.logged()
        assert door_of(tmp_path / "home") is None


def test_host_port_and_home_are_honoured(tmp_path: Path) -> None:
    with serving(tmp_path / "here", DIJI_HOST="0.0.0.0") as diji:  # noqa: S104
        door = door_of(tmp_path / "here")
        assert door is not None
        assert door.address == f"http://127.0.0.1:{diji.port}"
        with socket.create_connection(("127.0.0.2", diji.port), timeout=5):
            pass
        said = run(tmp_path / "here", "serve", port=free_port())
        assert said.code == 1
        assert door.address in said.err


def test_a_port_that_is_taken_is_said_in_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        said = run(tmp_path / "home", "serve", port=other.getsockname()[1])
    assert said.code == 1
    assert "DIJI_PORT" in said.err
    assert "Traceback" not in said.err


def test_a_host_that_is_not_ours_is_said_in_words(tmp_path: Path) -> None:
    said = run(tmp_path / "home", "serve", port=free_port(), DIJI_HOST="192.0.2.1")
    assert said.code == 1
    assert "192.0.2.1" in said.err


def test_the_demo_comes_back_from_its_backup_while_it_runs_and_ends_cleanly(tmp_path: Path) -> None:
    home, copy = tmp_path / "home", tmp_path / "demo.tar.gz"
    with serving(home, "demo") as diji:
        assert run(home, "backup", "--demo", copy).code == 0
        born = json.loads((home / "demo" / "demo.json").read_text())["born"]
        said = run(home, "restore", "--demo", "--replace", copy)
        assert said.code == 0, said.err
        assert httpx.get(f"{diji.url}/api/demo/people", trust_env=False).status_code == 200
        assert json.loads((home / "demo" / "demo.json").read_text())["born"] == born
        assert ended_well(diji, home / "demo")
    assert run(tmp_path / "else", "restore", "--demo", copy).code == 0
    assert (tmp_path / "else" / "demo" / "demo.json").exists()


def test_a_restore_that_lay_ready_when_the_power_went_is_put_in_at_the_next_start(
    tmp_path: Path,
) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy.tar.gz"
    furnish(home)
    assert run(home, "backup", copy).code == 0
    prepare_restore(home, None, copy, tenant_id=TENANT, replace=True)
    Home(home).secret("after")
    with serving(home) as diji:
        assert httpx.get(f"{diji.url}/healthz", trust_env=False).json()["setUp"]
        assert not list(home.glob("restore*"))
        assert not list(home.glob("before-restore*"))
        assert not (home / "after.secret").exists()
