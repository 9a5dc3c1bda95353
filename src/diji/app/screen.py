"""Serves the built screen and the widget, with headers that let nothing else in."""

import secrets
from functools import lru_cache
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from diji.foundation import NotFound
from diji.team import anyone

SCREEN = Path(__file__).parent.parent / "screen"
_NO_SCREEN = "<!doctype html><meta charset=utf-8><title>Diji</title><p>页面还没有构建：请运行 <code>uv sync</code>。"


@lru_cache(maxsize=8)
def _page(name: str, changed: float) -> str:
    del changed  # part of the cache's key, so that a rebuilt page is read again
    return (SCREEN / name).read_text(encoding="utf-8")


def policy(nonce: str, *, framed: bool) -> str:
    """Scripts from here alone, styles by nonce; only the widget's frame may stand in other pages."""
    return "; ".join(
        [
            "default-src 'self'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data: blob:",
            "connect-src 'self'",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {'*' if framed else chr(39) + 'none' + chr(39)}",
        ]
    )


def page(name: str, *, framed: bool = False) -> HTMLResponse:
    path = SCREEN / name
    nonce = secrets.token_urlsafe(16)
    html = _page(name, path.stat().st_mtime) if path.exists() else _NO_SCREEN
    headers = {"Content-Security-Policy": policy(nonce, framed=framed), "Cache-Control": "no-store"}
    return HTMLResponse(html.replace("__CSP_NONCE__", nonce), headers=headers)


def _file_of(path: str) -> Path | None:
    """The file of the build that is meant; None where there is none, or no file can have such a name."""
    try:
        file = (SCREEN / path).resolve()
        there = bool(path) and file.is_relative_to(SCREEN) and file.is_file()
    except (ValueError, OSError):  # a null character, or longer than a name may be
        return None
    return file if there and not file.name.endswith(".html") else None


def show_screen(app: FastAPI) -> None:
    """Files of the build by name; every other address is a page of the screen."""

    @app.get("/widget/frame", dependencies=[anyone], include_in_schema=False)
    async def widget_frame() -> Response:
        return page("widget-frame.html", framed=True)

    @app.get("/widget/try", dependencies=[anyone], include_in_schema=False)
    async def widget_try() -> Response:
        return page("widget-try.html")

    @app.get("/{path:path}", dependencies=[anyone], include_in_schema=False)
    async def screen(path: str, request: Request) -> Response:
        file = _file_of(path)
        if file is not None:
            lasting = (
                "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
            )
            headers = {"Cache-Control": lasting, "Access-Control-Allow-Origin": "*"}
            return FileResponse(file, headers=headers)
        if path.startswith(("api/", "assets/")) or "html" not in request.headers.get(
            "accept", "html"
        ):
            raise NotFound("没有这个地址", "There is nothing here")
        return page("index.html")


class SafeHeaders:
    """Headers that every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                headers.setdefault(
                    "Permissions-Policy", "camera=(self), geolocation=(), microphone=()"
                )
                headers.setdefault(
                    "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"
                )
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers)
