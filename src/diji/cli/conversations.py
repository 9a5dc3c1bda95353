"""`diji conversations`: recorded conversations, played through the machine."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from diji import copilot, demo
from diji.copilot import Strategy
from diji.foundation import Invalid
from diji.knowledge import ArticleIndex

app = typer.Typer(
    help="Conversations: replay recorded ones through the machine.", no_args_is_help=True
)


@app.callback()
def _group() -> None:
    """Keeps `replay` a word of its own."""


def replay(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSONL: session, and turns of role and text")
    ],
    limit: Annotated[int, typer.Option(help="Only so many conversations")] = 0,
    only_sum: Annotated[bool, typer.Option("--sum", help="Print only the sum")] = False,
) -> None:
    """Report reading, decision and suggestion for each message, and in sum what would become of them.

    Each line of FILE is a conversation: {"session", "turns": [{"role": "customer" or "agent", "text"}]}.
    Messages go to standard output as JSONL, the sum (how many would be answered, drafted or handed over)
    to standard error. The knowledge is the demo shop's; no shop is needed and nothing is stored.
    """
    index = ArticleIndex(demo.articles())
    results = list(_played(file, index, limit=limit, show=not only_sum))
    total = copilot.summary(results)
    print(
        json.dumps(total, ensure_ascii=False, indent=1), file=sys.stdout if only_sum else sys.stderr
    )


def _played(file: Path, index: ArticleIndex, *, limit: int, show: bool) -> Iterator[dict[str, Any]]:
    try:
        # Not splitlines: what a person wrote may hold other separators.
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise Invalid(
            f"读不了 {file}：{error.strerror}", f"Cannot read {file}: {error.strerror}"
        ) from None
    except UnicodeDecodeError:
        raise Invalid(
            f"读不了 {file}：需要 UTF-8 文本", f"Cannot read {file}: UTF-8 text is needed"
        ) from None
    for number, recording in enumerate(copilot.read_recordings(lines), start=1):
        if limit and number > limit:
            return
        for result in copilot.replay(recording, index, Strategy()):
            if show:
                print(json.dumps(result, ensure_ascii=False))
            yield result
