"""`diji train` and `diji predict`: a shop's own labels make its own model."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diji.foundation import Invalid

from . import lines

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
    with lines.source(input_file) as source:
        for batch in lines.batches(source, size=LINES_AT_ONCE):
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


def _read(batch: lines.Batch, model: "training.IntentModel") -> Iterator[dict[str, Any]]:
    parsed = [lines.parsed(number, line, _text) for number, line in batch]
    found = iter(model.predict([text for _, text in parsed if text is not None]))
    for answer, text in parsed:
        if text is not None:
            said = next(found)
            top = [{"label": label, "score": round(score, 4)} for label, score in said.top]
            answer |= {"label": said.label, "top": top, "confident": said.confident}
        yield answer


def _text(data: dict[str, Any]) -> str:
    return lines.words(data["text"])
