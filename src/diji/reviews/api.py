"""Reviews over HTTP: files come in, figures go out, and every figure's question is also the list's."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, Form, Query, UploadFile
from fastapi.responses import Response

from diji import team
from diji.foundation import NotFound, Shape, TooLarge
from diji.team import EVERYONE, TRAINERS, Asker, may

from . import actions, importing, insight, queries, undoing
from .rules import Which, period_between
from .shapes import (
    CellOut,
    ImportOut,
    LineOut,
    PageOut,
    ReviewOut,
    TotalsOut,
    TrendOut,
    VoiceOut,
)
from .sheets import LARGEST_FILE

router = APIRouter(prefix="/api/reviews", tags=["reviews"])


class MappingIn(Shape):
    """Field → column."""

    mapping: dict[str, int]


class HandledIn(Shape):
    handled: bool = True


def asked(
    shop: str | None = None,
    platform: str | None = None,
    product: str | None = None,
    aspect: str | None = None,
    sentiment: Literal["positive", "neutral", "negative"] | None = None,
    verdict: Literal["good", "neutral", "bad"] | None = None,
    issue: str | None = None,
    phrase: str | None = None,
    words: Annotated[str, Query(max_length=100)] = "",
    confident: bool | None = None,  # noqa: FBT001 - a query's parameter
    handled: bool | None = None,  # noqa: FBT001
    dated: bool | None = None,  # noqa: FBT001
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
) -> Which:
    """The question that all figures and the list share; days are China's, both ends included."""
    return Which(
        shop, platform, product, aspect, sentiment, verdict, issue, phrase, words.replace("\x00", ""), confident,
        handled, dated, period_between(since, until, now=datetime.now(UTC)),
    )  # fmt: skip


Asked = Annotated[Which, Depends(asked)]


@router.post("/imports", status_code=201)
async def propose(
    file: Annotated[UploadFile, File()],
    shop: Annotated[str, Form()],
    platform: Annotated[str, Form(max_length=16)] = "",
    asker: Asker = may(TRAINERS),
) -> ImportOut:
    """Look at a file; the answer proposes what its columns mean. Nothing is imported before it is confirmed."""
    await asker.store.read(team.get_shop, shop)
    content = await file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise TooLarge("文件不能超过 30 MB，请分成几个文件", "A file has at most 30 MB: split it")
    view = await importing.propose_import(
        asker.store,
        content,
        file_name=file.filename or "",
        shop_id=shop,
        platform=platform,
        now=datetime.now(UTC),
    )
    return ImportOut.of(view)


@router.post("/imports/{import_id}/confirm")
async def confirm(import_id: str, said: MappingIn, asker: Asker = may(TRAINERS)) -> ImportOut:
    view = await importing.confirm_import(
        asker.store, import_id, said.mapping, now=datetime.now(UTC)
    )
    return ImportOut.of(view)


@router.post("/imports/{import_id}/undo")
async def undo(import_id: str, asker: Asker = may(TRAINERS)) -> ImportOut:
    """Take back what an import added; its reviews leave the figures within seconds."""
    return ImportOut.of(await undoing.undo_import(asker.store, import_id, now=datetime.now(UTC)))


@router.get("/imports")
async def imports(asker: Asker = may(TRAINERS)) -> list[ImportOut]:
    return [ImportOut.of(view) for view in await asker.store.read(queries.imports)]


@router.get("/imports/{import_id}")
async def one_import(import_id: str, asker: Asker = may(TRAINERS)) -> ImportOut:
    return ImportOut.of(await asker.store.read(queries.get_import, import_id))


_FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@router.get("/imports/{import_id}/bad-rows", response_class=Response)
async def bad_rows(
    import_id: str, form: Literal["xlsx", "csv"] = "xlsx", asker: Asker = may(TRAINERS)
) -> Response:
    view = await asker.store.read(queries.get_import, import_id)
    content = importing.bad_rows_file(asker.store, view, form=form)
    if content is None:
        raise NotFound("没有未导入的行", "No row was left out", review_import=import_id)
    name = f"bad-rows-{import_id[-8:]}.{form}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=_FORMS[form], headers=headers)


@router.get("/totals")
async def totals(which: Asked, asker: Asker = may(EVERYONE)) -> TotalsOut:
    return TotalsOut.model_validate(await asker.store.read(insight.totals, which))


@router.get("/trend")
async def trend(
    which: Asked, step: Literal["day", "week"] = "day", asker: Asker = may(EVERYONE)
) -> TrendOut:
    return TrendOut.model_validate(await asker.store.read(insight.trend, which, step=step))


@router.get("/platforms")
async def platforms(which: Asked, asker: Asker = may(EVERYONE)) -> list[LineOut]:
    return _many(LineOut, await asker.store.read(insight.platforms, which))


@router.get("/products")
async def products(
    which: Asked,
    order: Literal["falling", "count", "bad"] = "falling",
    limit: Annotated[int, Query(ge=1, le=insight.MOST_IN_TABLE)] = 50,
    asker: Asker = may(EVERYONE),
) -> list[LineOut]:
    return _many(LineOut, await asker.store.read(insight.products, which, order=order, limit=limit))


@router.get("/aspects")
async def aspects(which: Asked, asker: Asker = may(EVERYONE)) -> list[CellOut]:
    return _many(CellOut, await asker.store.read(insight.aspects, which))


@router.get("/voices")
async def voices(
    which: Asked, clauses: Annotated[int, Query(ge=1, le=20)] = 5, asker: Asker = may(EVERYONE)
) -> list[VoiceOut]:
    return _many(VoiceOut, await asker.store.read(insight.voices, which, clauses=clauses))


@router.get("/issues")
async def issues(which: Asked, asker: Asker = may(EVERYONE)) -> list[CellOut]:
    return _many(CellOut, await asker.store.read(insight.issues, which))


@router.get("")
async def reviews(
    which: Asked,
    after: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    asker: Asker = may(EVERYONE),
) -> PageOut:
    return PageOut.model_validate(
        await asker.store.read(queries.reviews, which, after=after, limit=limit)
    )


@router.post("/{review_id}/handled")
async def handled(review_id: str, said: HandledIn, asker: Asker = may(EVERYONE)) -> ReviewOut:
    me = asker.principal.member_id
    await asker.store.write(
        actions.mark_handled, review_id, handled=said.handled, by=me, now=datetime.now(UTC)
    )
    return ReviewOut.model_validate(await asker.store.read(queries.get_review, review_id))


def _many(shape: type[Any], found: list[Any]) -> list[Any]:
    return [shape.model_validate(one) for one in found]
