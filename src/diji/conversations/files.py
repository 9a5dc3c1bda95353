"""Pictures: looked at before they are believed, stripped of what the camera wrote, kept under their hash."""

import hashlib
import io
import os
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from diji.foundation import Invalid, TooLarge

LARGEST_PICTURE = 12_000_000  # bytes
MOST_PIXELS = {"JPEG": 120_000_000, "MPO": 120_000_000}  # a JPEG is decoded smaller than it is
MOST_PIXELS_OF_OTHERS = 25_000_000
_ONE_AT_A_TIME = threading.BoundedSemaphore(1)  # a decoded picture is a hundred times its file
LONGEST_SIDE = 4096
_KINDS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "MPO": "image/jpeg",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    content: bytes
    media_type: str
    sha256: str
    width: int
    height: int


def read_picture(content: bytes) -> Picture:
    """Re-encode what was sent, so that nothing but the picture is kept; raises `Invalid` or `TooLarge`."""
    if len(content) > LARGEST_PICTURE:
        raise TooLarge("图片不能超过 12 MB", "A picture has at most 12 MB")
    try:
        with (
            _ONE_AT_A_TIME,
            Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP", "GIF"]) as opened,
        ):
            kind = opened.format or ""
            if opened.width * opened.height > MOST_PIXELS.get(kind, MOST_PIXELS_OF_OTHERS):
                raise TooLarge("图片尺寸太大", "The picture has too many pixels")
            media_type = _KINDS[kind]
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            kept = _encode(upright, media_type)
            size = upright.size
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        KeyError,
        Image.DecompressionBombError,
    ):
        raise Invalid(
            "无法识别的图片，请发送 JPG、PNG、WebP 或 GIF", "Not a picture that can be read"
        ) from None
    kind = "image/png" if media_type in {"image/png", "image/gif"} else "image/jpeg"
    return Picture(kept, kind, hashlib.sha256(kept).hexdigest(), *size)


def _encode(picture: Image.Image, media_type: str) -> bytes:
    out = io.BytesIO()
    if media_type in {"image/png", "image/gif"}:
        picture.convert("RGBA" if picture.has_transparency_data else "RGB").save(out, "PNG")
    else:
        picture.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()


def keep_file(folder: Path, picture: Picture) -> None:
    """Write the bytes under their hash, safe from a power cut; a whole file that is there holds the same."""
    path = path_of(folder, picture.sha256)
    if path.exists() and path.stat().st_size == len(picture.content):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as fresh:
        fresh.write(picture.content)
        fresh.flush()
        os.fsync(fresh.fileno())
    Path(fresh.name).replace(path)
    _make_durable(path.parent)


def _make_durable(folder: Path) -> None:
    """A rename is on disk once its folder is; Windows has no such thing."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def path_of(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256
