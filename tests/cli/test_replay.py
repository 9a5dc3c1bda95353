"""`diji conversations replay`: what the machine would have done."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call

DATA = Path(os.environ.get("DIJI_DATA", Path(__file__).parents[3] / "shared" / "data"))
TALK = [
    {"role": "customer", "text": "你好，多少钱包邮"},
    {"role": "agent", "text": "亲，满59元包邮"},
    {"role": "customer", "text": "我要投诉，转人工\u2028马上"},
]


def talks(path: Path, *lines: Any) -> Path:
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines))
    return path


def test_each_message_of_the_consumer_gets_reading_decision_and_suggestion(
    diji: Call, tmp_path: Path
) -> None:
    said = diji("conversations", "replay", talks(tmp_path / "t", {"session": "s1", "turns": TALK}))
    first, last = [json.loads(line) for line in said.out.split("\n") if line]
    assert (first["session"], first["turn"], last["turn"]) == ("s1", 1, 3)
    assert first["reading"]["intent"]
    assert first["suggestion"]
    assert last["decision"] == "hand_over"
    assert json.loads(said.err)["messages"] == 2


def test_the_sum_alone_goes_to_standard_output(diji: Call, tmp_path: Path) -> None:
    file = talks(tmp_path / "t", *({"id": i, "turns": TALK} for i in range(3)))
    said = diji("conversations", "replay", "--sum", "--limit", "2", file)
    assert json.loads(said.out)["messages"] == 4
    assert sum(json.loads(said.out)["decisions"].values()) == 4
    assert said.err == ""


STRANGERS = [
    {"messages": [{"from": "user", "value": "你好"}]},
    {"turns": [{"role": "猫", "text": "喵"}]},
    {"turns": "你好"},
    ["你好"],
    5,
]


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_strangers_format_is_refused_with_its_line(
    diji: Call, tmp_path: Path, stranger: Any
) -> None:
    said = diji("conversations", "replay", talks(tmp_path / "t", {"turns": TALK}, stranger))
    assert said.code == 1
    assert "第 2 行" in said.err
    assert "line 2" in said.err
    assert "turns" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("content", ["会话".encode("gbk"), b"PK\x03\x04\xff", None])
def test_a_file_that_cannot_be_read_is_named(
    diji: Call, tmp_path: Path, content: bytes | None
) -> None:
    if content:
        (tmp_path / "file").write_bytes(content)
    said = diji("conversations", "replay", tmp_path / "file")
    assert said.code == 1
    assert str(tmp_path / "file") in said.err


def test_real_conversations_are_played(diji: Call) -> None:
    file = DATA / "jddc_sessions" / "sessions.jsonl"
    if not file.exists():
        pytest.skip("the public data is not here: set DIJI_DATA to its folder")
    said = diji("conversations", "replay", "--sum", "--limit", "60", file)
    told = json.loads(said.out)
    assert told["messages"] > 200
    assert set(told["decisions"]) == {"answer", "draft", "hand_over"}
