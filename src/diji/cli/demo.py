"""`diji demo`: a working shop in a minute."""

import asyncio
import contextlib
import webbrowser
from typing import Annotated

import typer

from diji.demo import TENANT, Stage, check_host, folder_in, open_home, remove, router
from diji.foundation import NotFound, Settings, get_settings

from .running import opened, run_server


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
    settings = get_settings()
    folder = folder_in(settings.home)
    if remove_it:
        remove(folder)
        print(f"{folder}: removed")
        return
    check_host(settings.host, public=public)
    if reset:
        with contextlib.suppress(NotFound):
            remove(folder)
    # Whatever database the shop uses, the demo keeps to its own folder.
    own = settings.model_copy(update={"database_url": None, "run_worker": True})
    home = open_home(folder)
    with opened(own, home=folder, tenant_id=TENANT) as house:
        stage = Stage(house.warehouse, home, public=public)
        asyncio.run(stage.prepare())
        run_server(
            house, more=(router,), one_click=True, join=stage.join, beside=stage.play,
            ready=lambda: _greet(own, stage.password, open_it=open_it),
        )  # fmt: skip


def _greet(settings: Settings, password: str | None, *, open_it: bool) -> None:
    address = f"http://{settings.host}:{settings.port}"
    print(f"Diji 地基演示 / demo: {address}", flush=True)
    print(f"当消费者 / be a consumer: {address}/widget/try?shop=tmall", flush=True)
    if password:
        print(f"口令 / password: {password}", flush=True)
    if open_it:
        webbrowser.open(address)
