"""`diji train` and `diji predict`: from a labelled file to labels for new texts, line by line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from diji.workbench import training
from tests.cli.conftest import Call
from tests.cli.make import Said
from tests.workbench.make import table, written


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    training.train(table(folder), folder, seed=1)
    return folder


def lines(said: Said) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.out.split("\n") if line]


def as_input(*objects: Any) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in objects).encode()


def test_a_labelled_file_becomes_a_model_that_reads(diji: Call, tmp_path: Path) -> None:
    data = written(tmp_path / "我的标注.tsv", spoilt=True)
    said = diji("train", "intents", "--data", data, "--out", tmp_path / "new" / "model")
    told = json.loads(said.out)
    assert said.code == 0
    assert told["rows"] == 60
    assert told["suspects"] >= 4
    asked = as_input({"id": "a", "text": "怎么还没发货呀"}, {"id": "b", "text": "我穿几码合适"})
    said = diji("predict", "intents", "--model", tmp_path / "new" / "model", stdin=asked)
    assert said.code == 0
    assert [(one["id"], one["label"]) for one in lines(said)] == [("a", "催发货"), ("b", "尺码")]


def test_answers_come_in_order_with_three_labels_and_their_scores(diji: Call, model: Path) -> None:
    asked = [{"id": n, "text": ["何时发货", "退款", "穿什么码"][n % 3]} for n in range(1100)]
    (model / "in.jsonl").write_bytes(as_input(*asked))
    said = diji("predict", "intents", "--model", model, "--input", model / "in.jsonl")
    found = lines(said)
    assert [one["id"] for one in found] == list(range(1100))
    assert [one["label"] for one in found[:3]] == ["催发货", "退款", "尺码"]
    for one in found[:3]:
        scores = [each["score"] for each in one["top"]]
        assert scores == sorted(scores, reverse=True)
        assert one["top"][0]["label"] == one["label"]
        assert sum(scores) == pytest.approx(1, abs=1e-3)
        assert isinstance(one["confident"], bool)


BAD = [b"{", b"[]", b"null", b'{"id": 1}', b'{"text": 5}', b'{"text": "\\ud800"}', b"\xff\x00\x01"]


def test_each_bad_line_gets_its_error_and_the_others_go_on(diji: Call, model: Path) -> None:
    asked = b"\n".join(part for bad in BAD for part in (bad, b'{"id": "good", "text": "a"}'))
    said = diji("predict", "intents", "--model", model, stdin=asked)
    found = lines(said)
    assert said.code == 1
    assert [one.get("line") for one in found[::2]] == list(range(1, 2 * len(BAD), 2))
    assert all(one["error"] for one in found[::2])
    assert all(one["id"] == "good" and one["label"] for one in found[1::2])


@pytest.mark.parametrize("text", ["", "  ", "😀👍", "怎么还不发货" * 60_000, "\x00\x07\ufffd" * 99])
def test_odd_texts_get_a_label_nobody_need_trust(diji: Call, model: Path, text: str) -> None:
    said = diji("predict", "intents", "--model", model, stdin=as_input({"id": 1, "text": text}))
    (answer,) = lines(said)
    assert said.code == 0
    assert len(answer["top"]) == 3
    assert not answer["confident"] or "发货" in text


def test_what_is_missing_is_named_in_both_languages(diji: Call, tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_bytes("标签\t文本\n1\t你好\n".encode("gbk"))
    calls = {
        "gone.tsv": ("train", "intents", "--data", tmp_path / "gone.tsv", "--out", tmp_path),
        "第 1 行": ("train", "intents", "--data", tmp_path / "t.tsv", "--out", tmp_path),
        "没有能用的模型": ("predict", "intents", "--model", tmp_path),
    }
    for says, call in calls.items():
        said = diji(*call)
        assert said.code == 1
        assert says in said.err
        assert "Traceback" not in said.err


def test_reading_and_serving_never_load_what_only_training_needs(model: Path) -> None:
    code = (
        "import sys; from pathlib import Path; import diji.app, diji.cli; from diji.workbench import training;"
        f"training.load(Path({str(model)!r})).predict(['你好']);"
        "print({'sklearn', 'scipy'} & {name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout.decode().strip() == "set()"
