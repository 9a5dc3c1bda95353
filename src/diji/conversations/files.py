"""Pictures: looked at before they are believed, stripped of what the camera wrote, kept under their hash."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from diji.foundation import Invalid, TooLarge

LARGEST_PICTURE = 12_000_000  # bytes
MOST_PIXELS = 40_000_000
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
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP", "GIF"]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise TooLarge("图片尺寸太大", "The picture has too many pixels")
            media_type = _KINDS[opened.format or ""]
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
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
    """Write the bytes under their hash; a file that is there already holds the same."""
    path = path_of(folder, picture.sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(picture.content)
    fresh.rename(path)


def path_of(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256
