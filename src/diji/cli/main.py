"""`diji --help` reads like a manual; each command has a page of its own."""

import os
import sys

import typer

from diji.foundation import BadSettings, Refusal, Settings

from . import conversations, data, demo, reviews, serve, training, understand


def _settings() -> str:
    """Every setting there is, from the class that reads them."""
    fields = Settings.model_fields.items()
    return "\n".join(
        f"  DIJI_{name.upper():<17}{field.description}"
        + ("" if field.default in {None, False} else f" [{field.default}]")
        for name, field in fields
    )


MANUAL = f"""Diji 地基: consumer service for e-commerce shops. AI lays the foundation, people build the tower.

Start here: `diji demo` opens a working shop with simulated buyers in your browser; `diji serve` opens your own.
`diji COMMAND --help` explains each command, with examples.

All data lies in DIJI_HOME (default ~/.diji): a SQLite database and the pictures that were sent. With
DIJI_DATABASE_URL=postgresql://… the tables lie in PostgreSQL instead. The demo keeps to DIJI_HOME/demo. One
process owns DIJI_HOME; a command that changes data sends its work to that process when it runs.

Settings come from the environment; `diji settings` shows their values:

\b
{_settings()}

Exit codes: 0 done; 1 refused or partly done, the reason is on standard error; 2 wrong arguments or settings;
130 stopped with Ctrl+C. SIGTERM ends `serve` and `demo` cleanly, with 0.
"""

app = typer.Typer(
    name="diji",
    help=MANUAL,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


app.command(
    "serve",
    epilog=_examples(
        "diji serve",
        "DIJI_HOST=0.0.0.0 DIJI_PORT=80 DIJI_SECURE_COOKIES=1 diji serve",
        "DIJI_DATABASE_URL=postgresql://diji@db/diji diji serve",
    ),
)(serve.serve)
app.command(
    "demo",
    short_help="Open the demo shop, with buyers who start to chat.",
    epilog=_examples(
        "diji demo --open", "DIJI_HOST=0.0.0.0 diji demo --public", "diji demo --remove"
    ),
)(demo.demo)
app.command(
    "backup",
    short_help="Write everything of DIJI_HOME into one file.",
    epilog=_examples("diji backup shop.tar.gz", "diji backup --demo demo.tar.gz"),
)(data.backup)
app.command(
    "restore", epilog=_examples("diji restore shop.tar.gz", "diji restore --replace shop.tar.gz")
)(data.restore)
reviews.app.command(
    "import",
    epilog=_examples(
        "diji reviews import 评价.xlsx --shop tmall",
        "diji reviews import r.csv --shop jd --map text=评价内容 --bad-rows bad.xlsx",
        "diji reviews import r.tsv --shop tmall --demo",
    ),
)(reviews.import_)
app.add_typer(reviews.app, name="reviews")
conversations.app.command(
    "replay",
    epilog=_examples(
        "diji conversations replay --sum sessions.jsonl",
        "diji conversations replay --limit 10 sessions.jsonl > messages.jsonl",
    ),
)(conversations.replay)
app.add_typer(conversations.app, name="conversations")
app.command(
    "understand",
    short_help="Read messages or reviews as JSONL.",
    epilog=_examples(
        """echo '{"id": 1, "text": "快递三天没动了"}' | diji understand""",
        "diji understand --kind review --input reviews.jsonl > readings.jsonl",
    ),
)(understand.understand)
training.train_app.command(
    "intents",
    epilog=_examples(
        "diji train intents --data labelled.tsv --out my-intents",
        "diji train intents --data 标注.csv --out my-intents --seed 7",
    ),
)(training.train_intents)
training.predict_app.command(
    "intents",
    epilog=_examples(
        """echo '{"id": 1, "text": "快递三天没动了"}' | diji predict intents --model my-intents""",
        "diji predict intents --model my-intents --input texts.jsonl > labels.jsonl",
    ),
)(training.predict_intents)
app.add_typer(training.train_app, name="train")
app.add_typer(training.predict_app, name="predict")
app.command("settings", epilog=_examples("DIJI_PORT=9000 diji settings"))(data.settings)
app.command("openapi", epilog=_examples("diji openapi > openapi.json"))(data.openapi)


def main() -> None:
    """Run a command; what cannot be done is said in one line, with an exit code."""
    for stream in (
        sys.stdout,
        sys.stderr,
    ):  # what a person wrote may hold what no terminal can show
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except Refusal as refusal:
        print(f"diji: {refusal.zh}\n      {refusal.en}", file=sys.stderr)
        sys.exit(1)
    except BadSettings as bad:
        print(f"diji: 设置有误 / bad settings\n{bad}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:  # whoever reads has seen enough, as `| head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
