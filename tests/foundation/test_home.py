"""One process owns DIJI_HOME, and its secrets are nobody else's."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from diji.foundation import Home, HomeInUse, door_of

HOLDER = """
import sys
from pathlib import Path
from diji.foundation import Home
home = Home(Path(sys.argv[1]))
home.hold("http://127.0.0.1:9999")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another(home: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, str(home)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_refused_and_told_where_the_first_one_listens(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as owner:
        with pytest.raises(HomeInUse) as refused:
            Home(tmp_path).hold("http://127.0.0.1:1")
        assert refused.value.door is not None
        assert refused.value.door.address == "http://127.0.0.1:9999"
        assert refused.value.door.pid == owner.pid
        assert door_of(tmp_path) == refused.value.door


def test_the_command_line_says_in_one_line_who_has_the_folder(tmp_path: Path) -> None:
    with held_by_another(tmp_path):
        command = [sys.executable, "-m", "diji", "serve"]
        environment = {"DIJI_HOME": str(tmp_path), "DIJI_PORT": "18799", "PATH": ""}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=30, check=False
        )
    assert done.returncode == 1
    assert "http://127.0.0.1:9999" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_killed_owner_leaves_the_folder_free(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as owner:
        owner.kill()
        owner.wait()
    assert door_of(tmp_path) is None
    home = Home(tmp_path)
    assert home.hold("http://127.0.0.1:2").address == "http://127.0.0.1:2"
    home.release()


def test_a_released_folder_has_no_door(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.hold("http://127.0.0.1:2")
    home.release()
    assert door_of(tmp_path) is None
    home.hold("http://127.0.0.1:3")
    home.release()


def test_only_the_owner_may_read_the_folder_the_lock_and_the_secrets(tmp_path: Path) -> None:
    home = Home(tmp_path / "new")
    home.hold("here")
    home.secret("visitor")
    home.release()
    modes = {p.name: oct(p.stat().st_mode & 0o777) for p in home.path.iterdir()}
    assert modes == {"lock": "0o600", "visitor.secret": "0o600"}
    assert oct(home.path.stat().st_mode & 0o777) == "0o700"


def test_a_secret_is_made_once_and_each_has_its_own(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.secret("a") == home.secret("a") == Home(tmp_path).secret("a")
    assert home.secret("a") != home.secret("b")
    assert len(home.secret("a")) >= 32


def test_a_secret_whose_writing_a_crash_cut_off_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "a.secret").touch()
    assert len(Home(tmp_path).secret("a")) >= 32
