"""Is it alive, and how is it doing."""

import time

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from diji import team
from diji.foundation import Shape, newest_position
from diji.team import anyone, store_of

router = APIRouter(tags=["health"])

_REQUESTS = Counter("diji_http_requests_total", "Requests answered", ["method", "route", "status"])
_SECONDS = Histogram("diji_http_seconds", "Seconds to answer", ["route"])
_SOCKETS = Gauge("diji_sockets", "Open live sockets", ["kind"])
_POSITION = Gauge("diji_ledger_position", "Newest position in the ledger")


class Health(Shape):
    """`ok` only when the database answers."""

    status: str
    database: str
    set_up: bool


@router.get("/healthz", dependencies=[anyone])
async def healthz(request: Request) -> Health:
    store = store_of(request)
    ready = await store.read(team.is_set_up)
    return Health(
        status="ok", database=request.app.state.warehouse.database.version(), set_up=ready
    )


@router.get("/metrics", dependencies=[anyone])
async def metrics(request: Request) -> Response:
    """For Prometheus: counts and times only, no names and no words."""
    _POSITION.set(await store_of(request).read(newest_position))
    for kind, count in request.app.state.feed.sizes().items():
        _SOCKETS.labels(kind).set(count)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


class WatchRequests:
    """Counts and times every answer by its route."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            _REQUESTS.labels(scope["method"], route, status).inc()
            _SECONDS.labels(route).observe(time.perf_counter() - begun)
