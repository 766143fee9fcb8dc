"""Pictures for print: bounded before they are unpacked, small, without transparency, the same on every run."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from handbooks.authoring.pictures import LONGEST_SIDE, UnprintablePicture, small_picture
from tests.exporters.pdf.test_chapters import bomb_of


def file_of(image: Image.Image, kind: str) -> bytes:
    written = io.BytesIO()
    image.save(written, kind)
    return written.getvalue()


def opened(data: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(data)))


@pytest.mark.parametrize("side", [6_000, 12_000, 60_000])
def test_a_bomb_is_refused_by_its_header(side: int) -> None:
    with pytest.raises(UnprintablePicture, match=r"Rozdział „Cel”.*(punktów|za dużo)"):
        small_picture(bomb_of(side), where="Rozdział „Cel”")


@pytest.mark.parametrize(
    "content", [b"", b"abc", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", bomb_of(10)[:30]]
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(UnprintablePicture, match="to nie jest obraz"):
        small_picture(content, where="Rozdział")


def test_large_pictures_become_small_and_transparent_ones_stand_on_white() -> None:
    clear = small_picture(file_of(Image.new("RGBA", (3000, 1000), (0, 0, 0, 0)), "PNG"), where="Rozdział")
    assert (clear.width, clear.height) == (LONGEST_SIDE, 533)
    assert opened(clear.data).mode == "RGB"
    assert opened(clear.data).getpixel((0, 0)) == (255, 255, 255)


def test_photographs_stay_photographs_and_lose_what_they_tell_of_the_photographer() -> None:
    exif = Image.Exif()
    exif[0x9003] = "2026:01:01 00:00:00"
    written = io.BytesIO()
    Image.new("RGB", (50, 50), "red").save(written, "JPEG", exif=exif)
    picture = small_picture(written.getvalue(), where="Rozdział")
    assert picture.media_type == "image/jpeg"
    assert not opened(picture.data).getexif()
    assert small_picture(written.getvalue(), where="Rozdział") == picture
