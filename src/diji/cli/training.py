"""`diji train` and `diji predict`: a shop's own labels make its own model."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from diji.foundation import Invalid

if TYPE_CHECKING:
    from diji.workbench import training

LINES_AT_ONCE = 512
SEED = 20261123

train_app = typer.Typer(help="Fit a model to your own labels.", no_args_is_help=True)
predict_app = typer.Typer(help="Read texts with a model of your own.", no_args_is_help=True)


@train_app.callback()
@predict_app.callback()
def _group() -> None:
    """Keeps `intents` a word of its own."""


def train_intents(
    data: Annotated[Path, typer.Option(metavar="FILE", help="TSV or CSV with a header")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the model; made if needed")],
    seed: Annotated[int, typer.Option(help="The same seed and file give the same model")] = SEED,
) -> None:
    """Fit intents to labelled texts, after finding the labels that look wrong.

    The header names the columns: `label` and `text` are needed; `label_des` (or `label_name`) may say in words
    what a label means, or the label itself may; others are ignored. DIR gets the model, card.json (its figures)
    and suspects.tsv (rows that look mislabelled, and why; `row` is the line in FILE). Needs no shop.
    """
    from diji.workbench import training

    begun = time.monotonic()
    table = training.read_table(data)
    _make(out)
    print(f"{len(table.texts)} 行，{len(table.names)} 个标签；开始训练 / training", file=sys.stderr)
    card = training.train(table, out, seed=seed)
    figures = {name: value for name, value in card["figures"].items() if name != "by_label"}
    said = {"out": str(out), "rows": len(table.texts), "labels": len(table.names), **figures}
    print(json.dumps(said | {"seconds": round(time.monotonic() - begun, 1)}, ensure_ascii=False))


def predict_intents(
    model: Annotated[Path, typer.Option(metavar="DIR", help="Folder that `diji train` has filled")],
    input_file: Annotated[
        Path | None, typer.Option("--input", metavar="FILE", help="JSONL file; else standard input")
    ] = None,
) -> None:
    """Read {"id", "text"}, one JSON object a line, and write {"id", "label", "top", "confident"}, in the same order.

    A line that cannot be read gets {"line", "error"}; the others go on, and the exit code is 1.
    """
    from diji.workbench import training

    reader = training.load(model)
    failed = False
    with _source(input_file) as source:
        for batch in _batches(source):
            for line in _read(batch, reader):
                failed |= "error" in line
                print(json.dumps(line, ensure_ascii=False))
    sys.exit(1 if failed else 0)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Invalid(
            f"建不了文件夹 {folder}：{error.strerror}",
            f"Cannot make the folder {folder}: {error.strerror}",
        ) from None


@contextmanager
def _source(file: Path | None) -> Iterator[BinaryIO]:
    if file is None:
        yield sys.stdin.buffer
        return
    try:
        opened = file.open("rb")
    except OSError as error:
        raise Invalid(
            f"读不了 {file}：{error.strerror}", f"Cannot read {file}: {error.strerror}"
        ) from None
    with opened:
        yield opened


def _batches(source: BinaryIO) -> Iterator[list[tuple[int, bytes]]]:
    batch: list[tuple[int, bytes]] = []
    for number, line in enumerate(source, start=1):
        if line.strip():
            batch.append((number, line))
        if len(batch) >= LINES_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(
    batch: list[tuple[int, bytes]], model: "training.IntentModel"
) -> Iterator[dict[str, Any]]:
    parsed = [_parsed(number, line) for number, line in batch]
    found = iter(model.predict([text for _, text in parsed if text is not None]))
    for answer, text in parsed:
        if text is not None:
            said = next(found)
            top = [{"label": label, "score": round(score, 4)} for label, score in said.top]
            answer |= {"label": said.label, "top": top, "confident": said.confident}
        yield answer


def _parsed(number: int, line: bytes) -> tuple[dict[str, Any], str | None]:
    """How the answer begins, and the text; None when the line cannot be read."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
        name, text = data.get("id", number), _text(data["text"])
        # Half of a surrogate pair cannot be written.
        json.dumps([name, text], ensure_ascii=False).encode()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        why = f'第 {number} 行读不了，需要 {{"id", "text"}} / cannot read line {number}'
        return {"line": number, "error": f"{why}: {type(error).__name__}"}, None
    return {"id": name}, text


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
