"""`diji --help` reads like a manual; each command has a page of its own."""

import sys

import typer

from diji.foundation import BadSettings, Refusal

from . import conversations, data, demo, reviews, serve, understand

MANUAL = """Diji 地基: consumer service for e-commerce shops. AI lays the foundation, people build the tower.

Start here: `diji demo` opens a working shop with simulated buyers in your browser; `diji serve` opens your own.

All data lies in DIJI_HOME (default ~/.diji): a SQLite database and the pictures that were sent. With
DIJI_DATABASE_URL=postgresql://… the tables lie in PostgreSQL instead. One process owns DIJI_HOME; a command
that changes data sends its work to that process when it runs.

Settings come from the environment: DIJI_HOST, DIJI_PORT (127.0.0.1:8710), DIJI_HOME, DIJI_DATABASE_URL,
DIJI_LOG_LEVEL; `diji settings` shows them all with their values.
"""

app = typer.Typer(
    name="diji",
    help=MANUAL,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(reviews.app, name="reviews")
app.add_typer(conversations.app, name="conversations")
app.command("serve")(serve.serve)
app.command("demo")(demo.demo)
app.command("understand")(understand.understand)
app.command("backup")(data.backup)
app.command("restore")(data.restore)
app.command("settings")(data.settings)
app.command("openapi")(data.openapi)


def main() -> None:
    """Run a command; what cannot be done is said in one line, with an exit code."""
    try:
        app()
    except Refusal as refusal:
        print(f"diji: {refusal.zh}\n      {refusal.en}", file=sys.stderr)
        sys.exit(1)
    except BadSettings as bad:
        print(f"diji: 设置有误 / bad settings\n{bad}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
