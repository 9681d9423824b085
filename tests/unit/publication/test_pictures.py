"""Pictures are read whole, checked, and turned upright."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from lhpub.diagnostics import Rejected
from lhpub.inline import plain
from lhpub.publication.model import Picture
from lhpub.publication.pictures import first_image, without_camera_data
from lhpub.publication.read import read_publication
from lhpub.world import World

SOURCE = """\
publication: {title: 刊名}
keywords:
  - title: 甲
    picture: {file: pictures/p.jpg, alt: 一张图, caption: 图说, credit: 某人, focus: [0.2, 0.7]}
"""


def picture_of(folder: Path, data: bytes) -> Picture:
    (folder / "pictures").mkdir()
    (folder / "pictures" / "p.jpg").write_bytes(data)
    (folder / "s.yaml").write_text(SOURCE, encoding="utf-8")
    publication, _ = read_publication(World(folder.parent), f"{folder.name}/s.yaml")
    picture = publication.keywords[0].picture
    assert picture is not None
    return picture


def image_bytes(kind: str, orientation: int | None = None) -> bytes:
    image = Image.new("RGB", (40, 20), "white")
    image.paste("red", (0, 0, 10, 20))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    written = io.BytesIO()
    image.save(written, kind, exif=exif, quality=95)
    return written.getvalue()


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_an_upright_picture_is_kept_byte_for_byte(tmp_path: Path, kind: str, media_type: str) -> None:
    data = image_bytes(kind)
    picture = picture_of(tmp_path, data)
    assert (picture.data, picture.pixels, picture.media_type) == (data, (40, 20), media_type)
    assert (picture.alt, plain(picture.caption), picture.credit, picture.focus) == (
        "一张图",
        "图说",
        "某人",
        (0.2, 0.7),
    )


def test_a_picture_that_its_camera_marked_as_turned_is_turned_upright(tmp_path: Path) -> None:
    picture = picture_of(tmp_path, image_bytes("JPEG", orientation=6))
    assert picture.pixels == (20, 40)
    with Image.open(io.BytesIO(without_camera_data(picture.data))) as image:
        assert image.size == (20, 40)
        assert image.getexif().get(0x0112, 1) == 1
        red, green, _ = image.getpixel((10, 2))  # type: ignore[misc]  # three bands
        assert red > 200 > 60 > green


@pytest.mark.parametrize(
    "data", [b"", b"no picture", image_bytes("JPEG")[:300], image_bytes("JPEG")[:-30], image_bytes("PNG")[:60]]
)
def test_a_broken_picture_is_rejected_with_its_place(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Rejected) as rejected:
        picture_of(tmp_path, data)
    assert [(d.code, d.span and d.span.line) for d in rejected.value.diagnostics] == [("bad-picture", 4)]


def test_a_picture_of_another_kind_is_rejected(tmp_path: Path) -> None:
    written = io.BytesIO()
    Image.new("RGB", (4, 4)).save(written, "GIF")
    with pytest.raises(Rejected) as rejected:
        picture_of(tmp_path, written.getvalue())
    assert [d.code for d in rejected.value.diagnostics] == ["bad-picture"]


def test_a_picture_of_too_many_pixels_is_rejected_before_it_is_unpacked(tmp_path: Path) -> None:
    written = io.BytesIO()
    Image.new("1", (20_000, 8_000)).save(written, "PNG")
    with pytest.raises(Rejected) as rejected:
        picture_of(tmp_path, written.getvalue())
    assert [d.code for d in rejected.value.diagnostics] == ["bad-picture"]


def test_what_a_camera_wrote_beside_the_picture_is_left_out_and_nothing_else() -> None:
    image, written = Image.effect_noise((64, 48), 80).convert("RGB"), io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (22.0, 33.0, 44.0)  # GPSLatitude
    exif[0x010F] = "某某手机"
    image.save(written, "JPEG", exif=exif, icc_profile=b"profile", quality=90)
    bare = without_camera_data(written.getvalue())
    with Image.open(io.BytesIO(written.getvalue())) as before, Image.open(io.BytesIO(bare)) as after:
        assert before.getexif()
        assert not after.getexif()
        assert after.info["icc_profile"] == b"profile"
        assert after.tobytes() == before.tobytes()
    assert without_camera_data(b"\x89PNG") == b"\x89PNG"


def test_the_file_of_several_jpegs_that_telephones_write_is_read_as_its_first(tmp_path: Path) -> None:
    one, two = (Image.new("RGB", (40, 20), colour) for colour in ("white", "red"))
    written = io.BytesIO()
    one.save(written, "MPO", save_all=True, append_images=[two])
    picture = picture_of(tmp_path, written.getvalue())
    assert (picture.pixels, picture.media_type) == ((40, 20), "image/jpeg")
    assert len(picture.data) < len(written.getvalue()) - 300
    with Image.open(io.BytesIO(without_camera_data(picture.data))) as image:
        assert (image.format, image.getpixel((5, 5))) == ("JPEG", (255, 255, 255))
        assert image.getpixel((39, 19)) == (255, 255, 255)


@pytest.mark.parametrize("progressive", [False, True])
def test_the_first_image_ends_where_its_scans_end(progressive: bool) -> None:
    written = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(written, "JPEG", progressive=progressive, quality=95)
    data = written.getvalue()
    assert first_image(data + b"\xff\xd8\xff\xe0more") == data
    assert first_image(data[:-2]) == data[:-2]
