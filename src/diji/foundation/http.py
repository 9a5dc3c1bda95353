"""What every HTTP answer has in common: refusals in the user's language, limits, safe headers."""

import re
import secrets
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import Refusal, TooOften, Unavailable

_LOG = structlog.get_logger("diji.http")

LARGEST_BODY = 1_000_000
LARGEST_UPLOAD = 30_000_000


class Shape(BaseModel):
    """A request or response body: camelCase outside, snake_case inside."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class Problem(Shape):
    """What every refused request is answered with."""

    code: str
    message: str
    details: dict[str, Any] = {}


def language_of(request: Request) -> str:
    return "en" if request.headers.get("accept-language", "zh").startswith("en") else "zh"


def answer_problems(app: FastAPI) -> None:
    """One handler for every refusal; nobody outside ever sees a stack trace."""

    @app.exception_handler(Refusal)
    async def _refused(request: Request, error: Refusal) -> Response:
        words = error.words(language_of(request))
        headers = (
            {"Retry-After": str(error.retry_after)}
            if isinstance(error, TooOften | Unavailable)
            else None
        )
        return _problem(error.status, error.code, words, error.details, headers)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        zh = language_of(request) == "zh"
        fields = [".".join(str(part) for part in e["loc"][1:]) or "body" for e in error.errors()]
        words = ("内容不符合要求：" if zh else "Not valid: ") + "、".join(dict.fromkeys(fields))
        return _problem(422, "invalid", words, {"fields": fields})

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        zh = language_of(request) == "zh"
        words = {404: "没有这个地址", 405: "不支持这个方法", 400: "内容无法读取"}.get(
            error.status_code, "请求被拒绝"
        )
        return _problem(
            error.status_code, "http", words if zh else str(error.detail), {}, error.headers
        )

    @app.exception_handler(DataError)
    @app.exception_handler(OverflowError)
    @app.exception_handler(UnicodeEncodeError)
    async def _unstorable(request: Request, error: Exception) -> Response:
        del error
        zh = language_of(request) == "zh"
        words = (
            "内容里有无法保存的字符或数字"
            if zh
            else "It holds characters or numbers that no one can store"
        )
        return _problem(422, "invalid", words, {})

    app.add_middleware(OurFault)


class OurFault:
    """What we did not foresee gets a mark, which the log has too. Innermost, so that the answer is as safe as any."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if started:
                raise
            mark = secrets.token_hex(4)
            _LOG.error("http.failed", mark=mark, path=scope["path"], exc_info=error)
            zh = language_of(Request(scope)) == "zh"
            words = f"服务出错了，编号 {mark}" if zh else f"Something broke here; reference {mark}"
            await _problem(500, "broken", words, {"mark": mark})(scope, receive, send)


def _problem(
    status: int, code: str, message: str, details: dict[str, Any], headers: Any = None
) -> JSONResponse:
    return JSONResponse(
        {"code": code, "message": message, "details": details}, status, headers=headers
    )


class BodyLimit:
    """Refuses bodies over the limit before they fill the memory; uploads have a larger one."""

    def __init__(self, app: ASGIApp, *, uploads: re.Pattern[str]) -> None:
        self._app = app
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = LARGEST_UPLOAD if self._uploads.match(scope["path"]) else LARGEST_BODY
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > limit:
            await _too_large(limit)(scope, receive, send)
            return
        seen = 0
        started = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _BodyTooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except _BodyTooLarge:
            if not started:
                await _too_large(limit)(scope, receive, send)


class _BodyTooLarge(BaseException):
    """Passes through every `except Exception` on its way out."""


def _too_large(limit: int) -> JSONResponse:
    megabytes = limit // 1_000_000
    return _problem(
        413,
        "too_large",
        f"内容太大，上限 {megabytes} MB / larger than {megabytes} MB",
        {"limit": limit},
    )
