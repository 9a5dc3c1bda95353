"""`diji reviews`: bring reviews in."""

import typer

app = typer.Typer(help="Reviews: import files of any platform.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps the commands below words of their own."""
