"""Pictures: what leaves the house is drawn anew, what came in stays as it came, and screens get small ones made apart."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from tests.hostile_files import png_of
from tests.pictures import a_picture, opened
from wablast_box.engine.media import pictures, store
from wablast_box.engine.media.models import MediaFile, MediaPicture, PictureState
from wablast_box.engine.media.workshop import process
from wablast_box.engine.media.workshop.process import Wanted, Workshop
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid, NotFound

pytestmark = pytest.mark.usefixtures("media_folder")
MAHARASHTRA = (19.0, 4.0, 33.0)


def from_a_camera(size: tuple[int, int] = (64, 48), *, turned: bool = False) -> bytes:
    """A photo that says where it was taken, with what, and a script in its words."""
    exif = Image.Exif()
    exif[0x010F] = "Camera <script>alert(1)</script>"
    exif.get_ifd(0x8825).update({1: "N", 2: MAHARASHTRA})
    if turned:
        exif[0x0112] = 6
    written = io.BytesIO()
    Image.new("RGB", size, "#a42").save(written, "JPEG", exif=exif, comment=b"shot at home", quality=92)
    return written.getvalue() + b"PK\x03\x04 a second file hides here"


def came_in(data: bytes, mime_type: str = "image/jpeg") -> MediaFile:
    """A file that a customer sent, as it is kept."""
    with store.incoming() as file:
        file.write(data)
        path = store.keep(file)
    with transaction():
        row = store.register(path, sha256=file.sha256, size=file.size, mime_type=mime_type, filename=None)
        store.note_picture(row)
    return row


def picture_of(row: MediaFile) -> MediaPicture:
    return MediaPicture.get(MediaPicture.file == row.id)


def bytes_of(media_id: int) -> bytes:
    return store.open_file(media_id)[1].read_bytes()


def drawn_within(data: bytes, mime_type: str = "image/jpeg") -> MediaPicture:
    row = came_in(data, mime_type)
    assert pictures.draw_due() == [row.id]
    return picture_of(row)


def test_what_staff_send_says_neither_where_nor_with_what_it_was_taken() -> None:
    saved = store.save_upload(from_a_camera(), "photo.jpg", "image/jpeg")

    sent = bytes_of(saved.id)

    assert not opened(sent).getexif() and "comment" not in opened(sent).info
    assert not any(secret in sent for secret in (b"script", b"Camera", b"PK\x03\x04", b"home", b"GPS"))
    assert opened(sent).size == (64, 48)


def test_a_photo_that_was_taken_upright_stays_upright_without_its_notes() -> None:
    saved = store.save_upload(from_a_camera((60, 40), turned=True), "photo.jpg", "image/jpeg")

    assert opened(bytes_of(saved.id)).size == (40, 60)
    assert (picture_of(saved).width, picture_of(saved).height) == (40, 60)


@pytest.mark.parametrize("form,name", [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_a_picture_that_is_sent_keeps_its_format_and_its_pixels(form: str, name: str) -> None:
    saved = store.save_upload(a_picture(form), name, None)

    drawn = opened(bytes_of(saved.id)).convert("RGB").getpixel((10, 10))

    assert all(abs(one - other) <= 3 for one, other in zip(drawn, (0x22, 0xAA, 0x66), strict=True))
    assert opened(bytes_of(saved.id)).format == form
    assert saved.size == len(bytes_of(saved.id))


def test_words_hidden_in_a_png_do_not_leave_the_house() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "<script>alert(1)</script>")
    words.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Mumbai</x:xmpmeta>")
    saved = store.save_upload(a_picture("PNG", pnginfo=words), "a.png", None)

    assert b"script" not in bytes_of(saved.id) and b"Mumbai" not in bytes_of(saved.id)


def test_a_sticker_still_moves_after_it_was_drawn_anew() -> None:
    written = io.BytesIO()
    frames = [Image.new("RGBA", (96, 96), colour) for colour in ("red", "green", "blue")]
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:], duration=80, loop=0)
    saved = store.save_upload(written.getvalue(), "dance.webp", "image/webp")
    pictures.draw_due()

    assert opened(bytes_of(saved.id)).n_frames == 3  # type: ignore[attr-defined]
    assert opened(bytes_of(picture_of(saved).thumbnail_id)).n_frames == 3  # type: ignore[attr-defined]


# A PNG says how large it is, whatever is in it.
NEXT_TO_NOTHING = b"\0" * 1_000_000
BROKEN = {
    "50,000 by 50,000 pixels": png_of(50_000, 50_000, NEXT_TO_NOTHING),
    "more pixels than 50 million": png_of(10_000, 5_001, NEXT_TO_NOTHING),
    "cut off": a_picture("JPEG", (800, 600), quality=95)[:1500],
    "a head and nothing else": b"\xff\xd8\xff\xe0" + b"\x00" * 400,
    "a name of another format": b"\x89PNG\r\n\x1a\n" + b"<svg onload=alert(1)>",
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_picture_that_nobody_should_open_is_refused_at_the_composer_and_a_file_to_save_in_the_thread(
    fault: str, media_folder: Path
) -> None:
    data = BROKEN[fault]
    is_png = data.startswith(b"\x89PNG")

    with pytest.raises(Invalid) as refused:
        store.save_upload(data, "a.png" if is_png else "a.jpg", None)
    picture = drawn_within(data, "image/png" if is_png else "image/jpeg")

    assert (refused.value.code, refused.value.field) == ("picture", "file")
    assert (picture.state, picture.thumbnail_id) == (PictureState.UNFIT, None)
    assert list((media_folder / "incoming").iterdir()) == []


@pytest.mark.feature("IN-39")
def test_a_customers_picture_stays_as_it_came_and_what_screens_show_is_drawn_anew() -> None:
    data = from_a_camera((3000, 2000))
    row = came_in(data)

    pictures.draw_due()

    picture = picture_of(row)
    small, large = opened(bytes_of(picture.thumbnail_id)), opened(bytes_of(picture.view_id))
    assert bytes_of(row.id) == data
    assert (picture.width, picture.height) == (3000, 2000)
    assert (max(small.size), max(large.size)) == (640, 2048)
    assert len(bytes_of(picture.thumbnail_id)) < len(data)
    assert not small.getexif() and not large.getexif()
    assert not any(b"script" in bytes_of(number) for number in (picture.thumbnail_id, picture.view_id))


def test_a_small_picture_gets_one_picture_and_a_sent_one_is_its_own_large_one() -> None:
    small = drawn_within(a_picture("PNG", (200, 100)), "image/png")
    sent = store.save_upload(a_picture("JPEG", (1200, 900)), "a.jpg", None)
    pictures.draw_due()

    assert small.view_id == small.thumbnail_id
    assert picture_of(sent).view_id == sent.id
    assert max(opened(bytes_of(picture_of(sent).thumbnail_id)).size) == 640


def test_the_box_itself_never_opens_a_picture_and_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(process, "WITHIN_S", 0.05)
    slow = Workshop("slow")
    source = tmp_path / "large.png"
    source.write_bytes(a_picture("PNG", (6000, 6000)))

    with pytest.raises(Invalid) as refused:
        slow.draw(source, [Wanted(str(tmp_path / "out"), longest=2000)])
    monkeypatch.setattr(process, "WITHIN_S", 20.0)
    again = slow.draw(source, [Wanted(str(tmp_path / "out"), longest=20)])
    slow.close()

    assert "too much time" in refused.value.message
    assert (again.width, again.made[0].width) == (6000, 20)


def test_a_worker_that_died_is_made_up_for_and_nobody_draws_twice() -> None:
    row = came_in(a_picture())
    pictures._claim()
    assert pictures.draw_due() == []

    with frozen_at(now() + pictures.STALE_AFTER + timedelta(seconds=1)):
        assert pictures.draw_due() == [row.id]

    assert pictures.draw_due() == []
    assert not pictures.is_anything_due()


def test_the_newest_pictures_come_first() -> None:
    rows = [came_in(a_picture(size=(40, 40 + number))) for number in range(3)]

    assert pictures.draw_due() == [row.id for row in reversed(rows)]


def test_a_picture_whose_bytes_are_gone_is_given_up_after_a_few_tries() -> None:
    row = came_in(a_picture())
    store.open_file(row.id)[1].unlink()

    moment = now()
    for _ in range(pictures.MAX_ATTEMPTS):
        moment += timedelta(hours=1)
        with frozen_at(moment):
            pictures.draw_due()

    assert picture_of(row).state == PictureState.UNFIT


def test_before_anything_is_drawn_only_the_original_can_be_had() -> None:
    row = came_in(a_picture())

    assert pictures.shown_as(row.id, "original") == row.id
    with pytest.raises(NotFound):
        pictures.shown_as(row.id, "thumbnail")
