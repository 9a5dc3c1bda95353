"""Pictures are looked at before they are believed, stripped, and shown to whom they belong."""

import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from diji import conversations
from diji.conversations import Heard
from diji.conversations.files import keep_file, path_of, read_picture
from diji.foundation import Invalid, Store, TooLarge
from tests.make import SHOP, now


def jpeg(*, size: tuple[int, int] = (40, 30), orientation: int = 1) -> bytes:
    """A photo as a phone takes it, with where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825)[2] = (31.0, 14.0, 5.0)
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that want to become gigabytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        summed = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", summed)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


async def upload(store: Store, who: str, content: bytes | None = None) -> str:
    kept = await conversations.store_picture(
        store, content or jpeg(), shop_id=SHOP, consumer_id=who
    )
    return kept.id


def with_picture(*pictures: str, who: str = "wang", text: str = "", key: str = "1") -> Heard:
    return Heard(SHOP, "widget", who, who, key, text, pictures)


def test_what_the_camera_wrote_is_not_kept() -> None:
    kept = read_picture(jpeg())
    assert b"SecretPhone" not in kept.content
    assert not Image.open(io.BytesIO(kept.content)).getexif()


def test_a_photo_held_sideways_stands_upright_without_its_exif() -> None:
    kept = read_picture(jpeg(size=(40, 30), orientation=6))
    assert (kept.width, kept.height) == (30, 40)


def test_script_hidden_behind_a_picture_is_not_kept() -> None:
    kept = read_picture(jpeg() + b"<script>alert(1)</script><?php evil(); ?>")
    assert b"script" not in kept.content
    assert kept.media_type == "image/jpeg"


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises((TooLarge, Invalid)):
        read_picture(png_that_claims(30_000, 30_000))
    with pytest.raises(TooLarge):
        read_picture(b"\xff\xd8" + b"0" * 12_000_001)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7",
        b"PK\x03\x04" + b"\0" * 100,
        b"BM" + b"\0" * 60,
        b"\x89PNG\r\n\x1a\n",
        jpeg()[:60],
        bytes(range(256)) * 20,
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_picture(content)


async def test_a_picture_is_shown_in_the_thread_and_never_ignored(store: Store) -> None:
    picture = await upload(store, "wang")
    posted = await store.write(conversations.hear, with_picture(picture), now=now())
    said = await store.read(conversations.messages_in, posted.conversation_id)
    assert [a["id"] for a in said[0].attachments] == [picture]
    view = await store.read(conversations.get_conversation, posted.conversation_id)
    assert view.last_text == "[图片]"


async def test_somebody_elses_picture_cannot_be_sent(store: Store) -> None:
    picture = await upload(store, "zhao")
    with pytest.raises(Invalid, match="no such attachment"):
        await store.write(conversations.hear, with_picture(picture, who="wang"), now=now())


async def test_more_pictures_than_nine_are_refused(store: Store) -> None:
    picture = await upload(store, "wang")
    with pytest.raises(Invalid, match="At most 9"):
        await store.write(conversations.hear, with_picture(*[picture] * 10), now=now())


async def test_the_same_picture_is_kept_on_disk_once(store: Store) -> None:
    await upload(store, "wang")
    before = len(list(store.files.rglob("*")))
    await upload(store, "zhao")
    assert len(list(store.files.rglob("*"))) == before


def test_a_large_png_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(TooLarge):
        read_picture(png_that_claims(6320, 6320))


def test_a_large_photo_of_a_phone_is_kept_smaller() -> None:
    kept = read_picture(jpeg(size=(6400, 4800)))
    assert (kept.width, kept.height) == (4096, 3072)


def test_a_file_that_a_power_cut_left_empty_is_written_again(tmp_path: Path) -> None:
    picture = read_picture(jpeg())
    keep_file(tmp_path, picture)
    path = path_of(tmp_path, picture.sha256)
    path.write_bytes(b"")
    keep_file(tmp_path, picture)
    assert path.read_bytes() == picture.content


def test_the_same_picture_sent_by_many_at_once_is_kept_for_all(tmp_path: Path) -> None:
    picture = read_picture(jpeg())
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda _: keep_file(tmp_path, picture), range(200)))
    assert path_of(tmp_path, picture.sha256).read_bytes() == picture.content
    assert not list(tmp_path.rglob("*.new"))
