"""`diji demo`: a working shop in a minute."""

import asyncio
import contextlib
import webbrowser
from typing import Annotated

import typer

from diji.demo import Stage, check_host, open_home, remove, router
from diji.foundation import NotFound, Settings, get_settings, restore_waits

from .running import Opened, installation, keep_serving, run_server


def demo(
    remove_it: Annotated[
        bool, typer.Option("--remove", help="Delete the demo and all in it")
    ] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Begin with a fresh demo")] = False,
    public: Annotated[
        bool, typer.Option("--public", help="Let others in too, with a password that is printed")
    ] = False,
    open_it: Annotated[bool, typer.Option("--open", help="Open the page in a browser")] = False,
) -> None:
    """Open the demo shop: 岚里 with its team, goods, orders, reviews, and buyers who start to chat.

    It lives in DIJI_HOME/demo, in SQLite, apart from any shop of yours. People come in with one click.
    """
    settings, tenant = installation(get_settings(), in_demo=True)
    folder = settings.home
    if remove_it:
        remove(folder)
        print(f"{folder}: removed")
        return
    check_host(settings.host, public=public)
    if reset:
        with contextlib.suppress(NotFound):
            remove(folder)
    if not restore_waits(folder):
        open_home(folder)  # what is not ours is refused before anything is put there

    def play(house: Opened) -> None:
        # The mark is read at each opening: a restore brings back its own.
        stage = Stage(house.warehouse, open_home(folder), public=public)
        asyncio.run(stage.prepare())
        run_server(
            house, more=(router,), one_click=True, join=stage.join, beside=stage.play,
            ready=lambda: _greet(settings, stage.password, open_it=open_it),
        )  # fmt: skip

    keep_serving(settings, tenant, play)


def _greet(settings: Settings, password: str | None, *, open_it: bool) -> None:
    address = f"http://{settings.host}:{settings.port}"
    print(f"Diji 地基演示 / demo: {address}", flush=True)
    print(f"当消费者 / be a consumer: {address}/widget/try?shop=tmall", flush=True)
    if password:
        print(f"口令 / password: {password}", flush=True)
    if open_it:
        webbrowser.open(address)
