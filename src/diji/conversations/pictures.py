"""Pictures over HTTP, for the desk and the widget alike."""

import asyncio
from datetime import UTC, datetime

from fastapi.responses import FileResponse

from diji.foundation import Shape, Store

from . import actions
from .files import keep_file, path_of, read_picture
from .queries import AttachmentView


class AttachmentOut(Shape):
    """A picture as the thread shows it."""

    id: str
    kind: str
    media_type: str
    width: int
    height: int


async def store_picture(
    store: Store,
    content: bytes,
    *,
    shop_id: str,
    consumer_id: str | None,
    attachment_id: str | None = None,
) -> AttachmentOut:
    """Check, keep and remember a picture; nothing is remembered whose bytes are not on disk."""
    picture = await asyncio.to_thread(read_picture, content)
    await asyncio.to_thread(keep_file, store.files, picture)
    row = {
        "shop_id": shop_id,
        "consumer_id": consumer_id,
        "kind": "picture",
        "media_type": picture.media_type,
        "sha256": picture.sha256,
        "size": len(picture.content),
        "width": picture.width,
        "height": picture.height,
    }
    chosen = await store.write(
        actions.keep_attachment, attachment=row, attachment_id=attachment_id, now=datetime.now(UTC)
    )
    return AttachmentOut(
        id=chosen,
        kind="picture",
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
    )


def send_picture(store: Store, found: AttachmentView) -> FileResponse:
    headers = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    return FileResponse(
        path_of(store.files, found.sha256), media_type=found.media_type, headers=headers
    )
