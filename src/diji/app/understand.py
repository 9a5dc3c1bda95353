"""Readings for integrators: what the machine makes of a message or a review."""

import asyncio
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import Field

from diji import understanding
from diji.foundation import Shape
from diji.team import EVERYONE, Asker, may
from diji.understanding import Attachment, Turn

router = APIRouter(prefix="/api", tags=["understanding"])


class TurnIn(Shape):
    role: Literal["consumer", "agent"]
    text: str = Field(max_length=20_000)


class AttachmentIn(Shape):
    kind: Literal["picture", "voice", "video", "product", "order", "file"]
    described: str | None = None


class TextIn(Shape):
    kind: Literal["message", "review"] = "message"
    text: str = Field(max_length=200_000)
    context: list[TurnIn] = Field([], max_length=20)
    attachments: list[AttachmentIn] = Field([], max_length=20)


@router.post("/understand")
async def understand(words: TextIn, asker: Asker = may(EVERYONE)) -> dict[str, Any]:
    """One reading, with the same fields as the command line writes."""
    del asker
    if words.kind == "review":
        return understanding.as_json(await asyncio.to_thread(understanding.read_review, words.text))
    context = [Turn(turn.role, turn.text) for turn in words.context]
    seen = [Attachment(one.kind, one.described) for one in words.attachments]
    reading = await asyncio.to_thread(
        understanding.read, words.text, context=context, attachments=seen
    )
    return understanding.as_json(reading)
