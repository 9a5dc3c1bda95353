"""Logs: an event name and fields, never what a person wrote, and never a phone number by accident."""

import logging
import re
import sys
from typing import Any

import structlog

_NUMBERS = re.compile(r"(?<!\d)(\d{3})\d{4,14}(\d{2})(?!\d)")


def start_logs(*, level: str, as_json: bool) -> None:
    shown = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        mask,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                mask,  # once more, for what a trace quotes
                shown,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for noisy in ("uvicorn.access", "httpx", "alembic.runtime.migration"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def mask(_logger: Any, _method: str, fields: Any) -> Any:
    """Long numbers keep only their first three and last two digits."""
    for key, value in fields.items():
        if isinstance(value, str) and key not in {"timestamp", "address"}:
            fields[key] = _NUMBERS.sub(r"\1****\2", value)
    return fields
