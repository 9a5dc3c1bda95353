"""Settings are checked at boot, and a bad one is named."""

import subprocess
import sys
from pathlib import Path

import pytest

from diji.foundation import BadSettings, load_settings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "HOST", "PORT", "DATABASE_URL", "LOG_LEVEL", "DATA"):
        monkeypatch.delenv(f"DIJI_{name}", raising=False)


def test_without_any_setting_diji_listens_at_home() -> None:
    settings = load_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8710)
    assert settings.home == Path("~/.diji").expanduser()
    assert settings.database_url is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DIJI_PORT", "八千"),
        ("DIJI_PORT", "70000"),
        ("DIJI_LOG_LEVEL", "LOUD"),
        ("DIJI_DATABASE_URL", "mysql://root:sesame@db/diji"),
        ("DIJI_RUN_WORKER", "perhaps"),
    ],
)
def test_a_bad_value_is_refused_by_its_name_without_telling_secrets(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=name) as refused:
        load_settings()
    assert "sesame" not in str(refused.value)


def test_every_bad_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIJI_PORT", "0")
    monkeypatch.setenv("DIJI_LOG_LEVEL", "LOUD")
    with pytest.raises(BadSettings) as refused:
        load_settings()
    assert {line.split(":")[0] for line in str(refused.value).splitlines()} == {
        "DIJI_PORT",
        "DIJI_LOG_LEVEL",
    }


def test_the_command_line_names_it_without_a_trace() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "diji", "settings"],
        env={"DIJI_PORT": "x", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert "DIJI_PORT" in done.stderr
    assert "Traceback" not in done.stderr
