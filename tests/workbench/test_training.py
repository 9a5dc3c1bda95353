"""A shop's own labels make its own model, and the labels themselves are doubted first."""

import csv
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import random_array  # type: ignore[import-untyped]

from diji.foundation import Invalid
from diji.workbench import training
from diji.workbench.training import read_table
from diji.workbench.training.cleaning import clean, fit_margins
from diji.workbench.training.fitting import NEVER, surely_right_from
from diji.workbench.training.vectors import telling
from tests.workbench.make import SAID, TAUGHT, WRONG, rows, table, written


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    training.train(table(folder, spoilt=True), folder, seed=1)
    return folder


def suspects(folder: Path) -> list[dict[str, str]]:
    with (folder / "suspects.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def test_wrong_labels_are_found_and_right_ones_left_alone(trained: Path) -> None:
    named = {int(one["row"]) - 2 for one in suspects(trained)}
    assert len(named & set(WRONG)) >= 0.8 * len(WRONG)
    assert len(named - set(WRONG)) <= 2


def test_a_suspect_says_what_it_should_be_and_why(trained: Path) -> None:
    right = dict(TAUGHT)
    found = suspects(trained)
    scores = [float(one["score"]) for one in found]
    assert scores == sorted(scores, reverse=True)
    for one in found[:3]:
        assert one["likelier"] == right[one["text"]] != one["label"]
        assert "读成「买家" in one["why"]


def test_what_was_learned_is_the_truth_and_not_the_wrong_labels(trained: Path) -> None:
    said = training.load(trained).predict([text for text, _ in TAUGHT])
    right = [one.label == label for one, (_, label) in zip(said, TAUGHT, strict=True)]
    assert np.mean(right) >= 0.95


def test_where_nothing_is_wrong_hardly_anything_is_suspected() -> None:
    texts, labels = zip(*rows(), strict=True)
    cleaned = clean(texts, labels, {}, seed=1)
    assert (cleaned.likelier != cleaned.given).sum() <= 1
    assert cleaned.noise <= 0.1


def test_half_a_label_set_without_names_or_with_one_row_is_still_read() -> None:
    texts, labels = zip(*rows()[:20], ("谢谢老板", "9"), strict=True)
    cleaned = clean(texts, labels, {}, seed=1)
    assert cleaned.labels == ("9", "催发货")
    assert np.allclose(cleaned.beliefs.sum(axis=1), 1, atol=1e-4)


def test_the_same_seed_makes_the_same_model(trained: Path, tmp_path: Path) -> None:
    training.train(table(tmp_path, spoilt=True), tmp_path, seed=1)
    texts = [text for text, _ in TAUGHT]
    assert training.load(tmp_path).predict(texts) == training.load(trained).predict(texts)


def hard_to_tell(path: Path) -> Path:
    """Forty labels, a fifth of them wrong, over so few letters that a fit takes long."""
    chance = np.random.default_rng(0)
    own = chance.integers(12, size=(40, 2))
    lines = ["label\ttext"]
    for row in range(80):
        said = chance.permutation([*own[row % 40], *chance.integers(12, size=3)])
        label = row % 40 if chance.random() < 0.8 else chance.integers(40)
        lines.append(f"标签{label}\t" + "".join(chr(0x4E00 + letter) for letter in said))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def trained_alone(data: Path, folder: Path, **environment: str) -> Path:
    """The folder, filled by a process of its own."""
    call = [
        sys.executable,
        "-m",
        "diji",
        "train",
        "intents",
        "--data",
        str(data),
        "--out",
        str(folder),
    ]
    subprocess.run(call, env=os.environ | environment, capture_output=True, check=True, timeout=120)
    return folder


def test_two_processes_make_the_same_model_whatever_their_hashes_and_threads(
    tmp_path: Path,
) -> None:
    data = hard_to_tell(tmp_path / "hard.tsv")
    one = trained_alone(data, tmp_path / "1", PYTHONHASHSEED="1", OPENBLAS_NUM_THREADS="1")
    two = trained_alone(data, tmp_path / "2", PYTHONHASHSEED="2", OPENBLAS_NUM_THREADS="2")
    for name in ("weights.npz", "nets.npz"):
        with np.load(one / name) as first, np.load(two / name) as second:
            assert first.files == second.files
            for array in first.files:
                assert np.array_equal(first[array], second[array]), f"{array} in {name}"
    for name in ("card.json", "suspects.tsv"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    texts = read_table(data).texts
    assert training.load(one).predict(texts) == training.load(two).predict(texts)


def test_fits_in_many_threads_are_what_each_would_be_alone() -> None:
    chance = np.random.default_rng(0)
    texts = random_array((240, 400), density=0.1, rng=chance, dtype=np.float32, format="csr")
    labels = np.arange(200) % 40

    def fitted(number: int) -> bytes:
        weights = np.full(200, 1 + number, dtype=np.float32)
        return fit_margins(texts[:200], texts[200:], labels, weights)[0].tobytes()

    alone = [fitted(number) for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(fitted, range(4))) == alone


def test_the_model_is_arrays_and_a_card_that_tells_where_it_comes_from(trained: Path) -> None:
    card = json.loads((trained / "card.json").read_text("utf-8"))
    assert card["seed"] == 1
    assert card["data"]["rows"] == len(TAUGHT)
    assert len(card["data"]["fingerprint"]) == 12
    assert set(card["figures"]["by_label"]) == set(SAID)
    for name in ("weights.npz", "nets.npz"):
        with np.load(trained / name, allow_pickle=False) as stored:
            assert all(stored[array].dtype.kind == "f" for array in stored.files)


def test_nobody_is_sure_of_what_holds_no_word(trained: Path) -> None:
    model = training.load(trained)
    empty = ["", "😀😀", "!!??", "\x00\x01\ufffd", "ЖЖЖЖ ЩЩЩЩ ѦѦѦѦ"]
    assert [one.confident for one in model.predict(empty)] == [False] * len(empty)
    assert model.predict([]) == []


def test_sure_means_right_even_where_many_labels_are_wrong() -> None:
    chance = np.random.default_rng(0)
    scores = chance.uniform(0.5, 1, 20_000)
    right = chance.random(20_000) < np.minimum(1, scores + 0.1)
    agrees = right & (chance.random(20_000) < 0.65)
    readings = np.stack([scores, 1 - scores], axis=1).astype(np.float32)
    cut = surely_right_from(readings, np.where(agrees, 0, 1))
    assert 0.97 <= right[scores >= cut].mean() <= 0.99
    assert (scores >= cut).mean() > 0.2
    assert surely_right_from(readings[:50], np.ones(50, dtype=np.int64)) == NEVER


def test_names_lose_the_beginning_that_tells_nothing() -> None:
    names = ["买家咨询尺码大小", "买家咨询退款时间", "买家咨询发货地", "买家打招呼"]
    assert telling(names) == ["尺码大小", "退款时间", "发货地", "打招呼"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_table_is_read_in_the_encodings_of_china(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path / "t.tsv")
    read = read_table(path)
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    assert read_table(path).texts == read.texts == tuple(text for text, _ in TAUGHT)
    assert read_table(path).names["退款"] == "买家咨询退款"


def test_csv_may_hold_commas_line_breaks_and_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    lines = [f'{i},"{text}，\n好的, ""急""",{label}' for i, (text, label) in enumerate(rows())]
    path.write_text("\n".join(["id,text,label", *lines]), encoding="utf-8")
    read = read_table(path)
    assert read.texts[0] == '什么时候发货，\n好的, "急"'
    assert read.lines[:3] == (2, 4, 6)
    assert read.names["退款"] == "退款"


BAD = {
    "空文件": b"",
    "第 1 行表头缺少列 text": b"label\twords\n1\ta\n",
    "表头缺少列 label、text": b"a,b\n1,2\n",
    "第 3 行缺少 text": b"label\ttext\n1\ta\n2\n" + b"1\ta\n" * 30,
    "第 2 行缺少 label": b"label\ttext\n\ta\n",
    "同一个标签": b"label\ttext\n" + b"1\ta\n" * 30,
    "只有 2 行": b"label\ttext\n1\ta\n2\tb\n",
    "编码不是": b"label\ttext\n\x00\xff\xfe\x81\n",
}


@pytest.mark.parametrize(("says", "content"), BAD.items())
def test_a_table_that_cannot_teach_is_refused_in_words(
    tmp_path: Path, says: str, content: bytes
) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes(content)
    with pytest.raises(Invalid) as refused:
        read_table(path)
    assert says in refused.value.zh
    assert refused.value.en.isascii() or str(path) in refused.value.en


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        training.load(tmp_path)
    assert str(tmp_path) in refused.value.zh
