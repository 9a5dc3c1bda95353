"""Help that reads like a manual, and settings that are named when they make no sense."""

import json

import pytest

from diji.foundation import Settings
from tests.cli.conftest import Call
from tests.house.make import ROOT

COMMANDS = [
    "serve",
    "demo",
    "understand",
    "train intents",
    "predict intents",
    "backup",
    "restore",
    "settings",
    "openapi",
    "reviews import",
    "conversations replay",
]
SETTINGS = [f"DIJI_{name.upper()}" for name in Settings.model_fields]


@pytest.mark.parametrize("words", [["--help"], []])
def test_the_manual_names_every_command_and_every_setting(diji: Call, words: list[str]) -> None:
    said = diji(*words)
    manual = said.out + said.err
    for name in [*SETTINGS, *(command.split()[0] for command in COMMANDS)]:
        assert name in manual
    assert "Exit codes" in manual


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_and_gives_examples(diji: Call, command: str) -> None:
    said = diji(*command.split(), "--help")
    assert said.code == 0
    assert f"Usage: diji {command}" in said.out
    assert f"diji {command}" in said.out.split("Examples:")[1]
    assert "..." not in said.out.split("Usage:")[1].split("Options:")[0]


def test_settings_are_shown_with_their_values_but_no_password(diji: Call) -> None:
    url = "postgresql://diji:sesame@db/diji"
    said = diji("settings", DIJI_PORT="9000", DIJI_HOME="/where/it/lies", DIJI_DATABASE_URL=url)
    for name in SETTINGS:
        assert name in said.out
    assert "9000" in said.out
    assert "/where/it/lies" in said.out
    assert "sesame" not in said.out


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DIJI_PORT", "80a"),
        ("DIJI_PORT", "70000"),
        ("DIJI_LOG_LEVEL", "LOUD"),
        ("DIJI_RUN_WORKER", "maybe"),
        ("DIJI_DATABASE_URL", "mysql://root:sesame@db/diji"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(diji: Call, name: str, value: str) -> None:
    said = diji("serve", **{name: value})
    assert said.code == 2
    assert name in said.err
    assert "sesame" not in said.err
    assert "Traceback" not in said.err


def test_an_unknown_command_is_refused_in_words(diji: Call) -> None:
    said = diji("sell")
    assert said.code == 2
    assert "sell" in said.err


def test_the_description_that_clients_are_made_from_is_todays(diji: Call) -> None:
    said = diji("openapi")
    kept = json.loads((ROOT / "web" / "openapi.json").read_text(encoding="utf-8"))
    assert json.loads(said.out) == kept, "run `just client`"
