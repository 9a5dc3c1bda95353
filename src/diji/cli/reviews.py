"""`diji reviews`: bring reviews in."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from diji.foundation import Invalid, get_settings

from .running import installation
from .speaking import answered, speaking

app = typer.Typer(help="Reviews: import files of any platform.", no_args_is_help=True)

LOOK_EVERY = 0.3  # seconds


@app.callback()
def _group() -> None:
    """Keeps `import` a word of its own."""


def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="XLSX, CSV or TSV, in UTF-8, GBK or UTF-16")
    ],
    shop: Annotated[str, typer.Option(help="Id of the shop (设置 › 团队)")],
    platform: Annotated[
        str, typer.Option(help="tmall, jd, douyin, pdd …; the shop's own when left out")
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="field=column header, such as text=评价内容; again for each"),
    ] = None,
    bad_rows: Annotated[
        Path | None,
        typer.Option(
            "--bad-rows", help="Where to write rows that could not be read, with reasons (.xlsx)"
        ),
    ] = None,
    in_demo: Annotated[
        bool, typer.Option("--demo", help="Into the demo shop instead of your own")
    ] = False,
) -> None:
    """Import reviews, whether Diji serves or not.

    What the columns mean is proposed, shown, and remembered for files like this; --map says otherwise. Rows
    that were imported before are left out as duplicates; rows that cannot be read come back with the reasons.
    """
    settings, tenant = installation(get_settings(), in_demo=in_demo)
    if not file.is_file():
        raise Invalid(f"没有文件 {file}", f"there is no file {file}")

    content = file.read_bytes()

    async def work() -> bytes | None:
        async with speaking(settings, tenant) as client:
            proposed = await _propose(client, file.name, content, shop, platform)
            mapping = _mapping(proposed, columns or [])
            _show(proposed, mapping)
            _need_words(proposed, mapping)
            await _confirm(client, proposed["id"], mapping)
            _report(await _finished(client, proposed["id"]))
            return await _bad_rows(client, proposed["id"]) if bad_rows else None

    left_out = asyncio.run(work())
    if bad_rows and left_out is None:
        print("没有未导入的行 / no row was left out")
    elif bad_rows and left_out:
        bad_rows.write_bytes(left_out)
        print(f"{bad_rows}: {len(left_out)} bytes")


async def _propose(
    client: httpx.AsyncClient, name: str, content: bytes, shop: str, platform: str
) -> dict[str, Any]:
    answer = await client.post(
        "/api/reviews/imports",
        files={"file": (name, content)},
        data={"shop": shop, "platform": platform},
    )
    return dict(answered(answer).json())


def _mapping(proposed: dict[str, Any], columns: list[str]) -> dict[str, int]:
    """The proposal, with what the user said in its place."""
    mapping: dict[str, int] = dict(proposed["mapping"])
    places = {column["header"]: column["index"] for column in proposed["columns"]}
    for said in columns:
        field, _, header = said.partition("=")
        if header not in places:
            known = "、".join(places)
            raise Invalid(
                f"文件里没有列“{header}”；有：{known}", f'no column "{header}"; there are: {known}'
            )
        mapping[field] = places[header]
    return mapping


def _need_words(proposed: dict[str, Any], mapping: dict[str, int]) -> None:
    if "text" in mapping or "rating" in mapping:
        return
    known = "、".join(column["header"] for column in proposed["columns"])
    raise Invalid(
        f"没有认出评价内容这一列：请用 --map text=列名 指出；文件里有：{known}",
        f"no column was taken for the reviews' words: say --map text=HEADER; there are: {known}",
    )


def _show(proposed: dict[str, Any], mapping: dict[str, int]) -> None:
    headers = {column["index"]: column["header"] for column in proposed["columns"]}
    remembered = "（与上次相同 / as last time）" if proposed["remembered"] else ""
    print(f"{proposed['fileName']}: {proposed['total']} 行 / rows {remembered}")
    for field, index in mapping.items():
        print(f"  {field:<12} ← {headers.get(index, '?')}")


async def _confirm(client: httpx.AsyncClient, import_id: str, mapping: dict[str, int]) -> None:
    answered(
        await client.post(f"/api/reviews/imports/{import_id}/confirm", json={"mapping": mapping})
    )


async def _finished(client: httpx.AsyncClient, import_id: str) -> dict[str, Any]:
    """Wait for the end; a terminal sees how far it is."""
    while True:
        state = dict(answered(await client.get(f"/api/reviews/imports/{import_id}")).json())
        if sys.stderr.isatty():
            print(f"\r{state['done']}/{state['total']}", end="", file=sys.stderr, flush=True)
        if state["state"] in {"finished", "failed"}:
            if sys.stderr.isatty():
                print(file=sys.stderr)
            return state
        await asyncio.sleep(LOOK_EVERY)


def _report(state: dict[str, Any]) -> None:
    if state["state"] == "failed":
        raise Invalid(f"导入失败：{state['error']}", f"import failed: {state['error']}")
    print(
        f"新增 / added {state['added']}  重复 / duplicates {state['duplicates']}  未导入 / left out {state['bad']}"
    )
    if state["datesMissing"]:
        print(
            "文件没有评价时间：按导入时间存，趋势里会说明 / no dates in the file: the trend says so"
        )
    if state["bad"]:
        print(
            "用 --bad-rows FILE.xlsx 取回未导入的行和原因 / --bad-rows FILE.xlsx gives them back with reasons"
        )


async def _bad_rows(client: httpx.AsyncClient, import_id: str) -> bytes | None:
    answer = await client.get(f"/api/reviews/imports/{import_id}/bad-rows")
    return None if answer.status_code == httpx.codes.NOT_FOUND else answered(answer).content
