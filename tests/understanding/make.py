"""What the tests of understanding need: short ways to read and to look at a reading."""

from __future__ import annotations

import os
from pathlib import Path

from diji import understanding
from diji.understanding import Attachment, Reading, Turn

DATA = Path(os.environ.get("DIJI_DATA", Path(__file__).parents[3] / "shared" / "data"))


def consumer(text: str) -> Turn:
    return Turn("consumer", text)


def agent(text: str) -> Turn:
    return Turn("agent", text)


def issues_of(text: str) -> set[str]:
    return {issue.id for issue in understanding.read(text).issues}


def reading_of(text: str, *before: Turn, attachments: tuple[Attachment, ...] = ()) -> Reading:
    return understanding.read(text, context=before, attachments=attachments)
