"""Most commands are called in this process: starting Python takes longer than their work."""

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diji.cli import main
from diji.foundation import get_settings, start_logs
from tests.cli.make import Said

Call = Callable[..., Said]


@pytest.fixture
def diji(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Call]:
    def call(
        *args: object, stdin: bytes = b"", home: Path | None = None, **environment: str
    ) -> Said:
        monkeypatch.setattr(sys, "argv", ["diji", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        place = {"DIJI_HOME": str(home), "DIJI_PORT": "1"} if home else {}
        for name, value in (place | environment).items():
            monkeypatch.setenv(name, value)
        get_settings.cache_clear()
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return Said(int(end.value.code or 0), out, err)

    yield call
    get_settings.cache_clear()
    with capsys.disabled():  # the next test's log must not go where this one listened
        start_logs(level="ERROR", as_json=False)
