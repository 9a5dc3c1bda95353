"""`diji understand`: a line in, a line out, whatever the line holds."""

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.cli.make import Said


def lines(said: Said) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.out.split("\n") if line]


def as_input(*objects: Any) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in objects).encode()


def test_readings_come_in_the_order_of_the_lines(diji: Call) -> None:
    asked = [{"id": f"n{i}", "text": f"第{i}个快递到哪了"} for i in range(600)]
    said = diji("understand", stdin=as_input(*asked))
    assert said.code == 0
    assert [line["id"] for line in lines(said)] == [one["id"] for one in asked]
    assert all(line["intent"] for line in lines(said))


def test_a_long_file_is_read_on_all_cores_and_stays_in_order(diji: Call) -> None:
    asked = [{"id": i, "text": f"{i} 号包裹到哪了"} for i in range(4600)]
    said = diji("understand", stdin=as_input(*asked) + b"\n{\n")
    assert said.code == 1
    found = lines(said)
    assert [line["id"] for line in found[:-1]] == list(range(4600))
    assert found[-1]["line"] == 4601


def test_a_shops_goods_and_words_are_taken_in(diji: Call, tmp_path: Path) -> None:
    goods, words = tmp_path / "goods.tsv", tmp_path / "words.tsv"
    goods.write_text("id\tname\nP1\t青山 电饭煲 QS40\n", encoding="utf-8")
    words.write_text("word\tkind\tid\n小蓝箱\tissue\tparcel_damaged\n", encoding="utf-8")
    texts = [{"text": "青山电饭煲能蒸饭吗"}, {"text": "又是小蓝箱"}]
    said = diji(
        "understand", "--catalogue", str(goods), "--words", str(words), stdin=as_input(*texts)
    )
    first, second = lines(said)
    assert [e["value"] for e in first["entities"] if e["kind"] == "product"] == ["P1"]
    assert "parcel_damaged" in [one["id"] for one in second["issues"]]
    assert "小蓝箱" in [one["text"] for one in second["because"]]


def test_a_word_list_that_is_wrong_is_named_by_its_line(diji: Call, tmp_path: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_text("word\tkind\tid\n小蓝箱\tissue\tnonsense\n", encoding="utf-8")
    said = diji("understand", "--words", str(words), stdin=as_input({"text": "你好"}))
    assert said.code != 0
    assert "2" in said.err
    assert "nonsense" in said.err


BAD = [
    b"{",
    b"[]",
    b"5",
    b'"text"',
    b"null",
    b'{"id": 1}',
    b'{"text": null}',
    b'{"text": 5}',
    b'{"text": "a", "context": ["x"]}',
    b'{"text": "a", "context": [{"role": "agent"}]}',
    b'{"text": "a", "attachments": [{"kind": "bomb"}]}',
    b'{"text": "\\ud800"}',
    b'{"id": "\\ud800", "text": "a"}',
    b"\xff\xfe\x00\x01 binary \x00",
    "{'text': '不是JSON'}".encode("gbk"),
    b"[" * 100_000,
]


def test_each_bad_line_gets_its_error_and_the_others_go_on(diji: Call) -> None:
    good = b'{"id": "good", "text": "\xe4\xbd\xa0\xe5\xa5\xbd"}'
    said = diji("understand", stdin=b"\n".join(part for bad in BAD for part in (bad, good)))
    found = lines(said)
    assert said.code == 1
    assert [line.get("line") for line in found[::2]] == list(range(1, 2 * len(BAD), 2))
    assert all(line["error"] for line in found[::2])
    assert all(line["id"] == "good" and "error" not in line for line in found[1::2])


@pytest.mark.parametrize("nothing", [b"", b"\n\n  \n"])
def test_no_lines_are_no_readings(diji: Call, nothing: bytes) -> None:
    assert diji("understand", stdin=nothing) == Said(0, "", "")


def test_a_megabyte_of_text_is_read_in_seconds(diji: Call) -> None:
    begun = time.monotonic()
    said = diji("understand", stdin=as_input({"id": 1, "text": "这个快递怎么还没到呢" * 35_000}))
    assert said.code == 0
    assert len(lines(said)) == 1
    assert time.monotonic() - begun < 10


def test_binary_input_is_refused_line_by_line(diji: Call) -> None:
    said = diji("understand", stdin=bytes(range(256)) * 400)
    assert said.code == 1
    assert all("error" in line for line in lines(said))


def test_reviews_are_read_as_reviews_and_context_is_heard(diji: Call, tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + as_input({"text": "质量很好，就是物流慢"}))
    (review,) = lines(diji("understand", "--kind", "review", "--input", file))
    assert "logistics" in json.dumps(review["aspects"])
    assert review["id"] == 1
    talk = {
        "text": "那这个呢",
        "context": [{"role": "agent", "text": "您好"}],
        "attachments": [{"kind": "picture"}],
    }
    (message,) = lines(diji("understand", stdin=as_input(talk)))
    assert not message["confident"]


def test_a_missing_file_is_named(diji: Call, tmp_path: Path) -> None:
    said = diji("understand", "--input", tmp_path / "gone.jsonl")
    assert said.code == 1
    assert "gone.jsonl" in said.err


def test_a_terminal_sees_how_far_it_is_and_the_output_stays_clean(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(as_input(*({"text": "你好"} for _ in range(600))))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "diji", "understand", "--input", str(tmp_path / "in")]
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(command, stdout=out, stderr=theirs, check=False, timeout=60)
    os.close(theirs)
    assert done.returncode == 0
    assert b"100%" in os.read(ours, 100_000)
    os.close(ours)
    assert (tmp_path / "out").read_bytes().count(b"\n") == 600


def test_who_stops_reading_ends_it_quietly(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(as_input(*({"text": "你好"} for _ in range(2000))))
    shell = f"{sys.executable} -m diji understand --input {tmp_path / 'in'} | head -n 1"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False, timeout=60)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""
