"""Pictures that a flow draws: a QR code, and words on a picture of the shop. One file and one message, whatever happens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from PIL import Image, ImageChops

from tests.engine.flows.nodes.conftest import error, messages, played, problems, way
from tests.engine.flows.talk import Shop, graph, node
from tests.pictures import a_picture, opened
from wablast_box.engine.flows.code.spent import Spent
from wablast_box.engine.flows.keeping import turns
from wablast_box.engine.flows.models import FlowStep
from wablast_box.engine.flows.nodes import pictures
from wablast_box.engine.flows.nodes.catalogue import BUILTIN
from wablast_box.engine.flows.registry import add_node
from wablast_box.engine.inbox.models import Attachment, Message
from wablast_box.engine.media import store
from wablast_box.engine.media.lettering import draw
from wablast_box.engine.media.models import MediaFile
from wablast_box.lib import db, worker
from wablast_box.lib.errors import Invalid

pytestmark = pytest.mark.feature("FN-57")
ROOT = Path(__file__).parents[4]
GREETINGS = (
    "Happy Diwali, Kabir! ₹1,200", "नमस्ते, क्षत्रिय", "வணக்கம்", "ಕನ್ನಡ", "తెలుగు", "ক্ষুদ্র", "ગુજરાતી", "ਪੰਜਾਬੀ", "മലയാളം", "ଓଡ଼ିଆ", "سلام",
    "Привет", "🙏", "é e\u0301", "a\u0000b\u202ec",
)  # fmt: skip


@pytest.fixture(autouse=True)
def folder(box: Path) -> None:
    store.use_folder(box / "media")


@pytest.fixture
def shop(box: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(worker.huey, "immediate", False)
    return Shop()


@pytest.fixture(autouse=True, scope="module")
def ended() -> Iterator[None]:
    for kind in BUILTIN:
        add_node(kind)
    yield
    draw.workers.close()


def card(size: tuple[int, int] = (640, 480), form: str = "JPEG") -> int:
    return int(store.save_upload(a_picture(form, size, "#205060"), f"card.{form.lower()}", None).id)


def drawn(row: Message) -> Image.Image:
    return opened(store.open_file(file_of(row).id)[1].read_bytes())


def file_of(row: Message) -> MediaFile:
    return Attachment.get(Attachment.message == row.id).media_file


def squares(picture: Image.Image, count: int) -> list[list[bool]]:
    """The dark ones of a QR code, without its quiet zone."""
    side = picture.width / (count + 8)
    grey = picture.convert("L")
    return [[grey.getpixel((int((4.5 + column) * side), int((4.5 + row) * side))) < 128 for column in range(count)] for row in range(count)]


def test_a_qr_code_holds_the_customers_own_words(shop: Shop) -> None:
    shop.on(graph(node("it", "send_qr_code", content="ORDER {{message.text}}", caption="For {{contact.first_name}}"), edges="start>it"))
    shop.hears("A17")

    [row] = list(Message.select().where(Message.direction == "out"))
    code = segno.make_qr("ORDER A17", error="m", boost_error=False)
    assert (row.type, row.text, file_of(row).mime_type) == ("image", "For Kabir", "image/png")
    assert squares(drawn(row), len(code.matrix)) == [[bool(one) for one in line] for line in code.matrix]
    assert MediaFile.select().count() == 1


@pytest.mark.parametrize("words", ["éé", "नमस्ते", "upi://pay?pa=asha@upi&am=120"])
def test_a_qr_code_says_every_script_in_utf_8(words: str) -> None:
    code = segno.make_qr(words.encode(), mode="byte", error="m", boost_error=False)

    assert squares(opened(draw.qr_code(words).content), len(code.matrix)) == [[bool(one) for one in line] for line in code.matrix]


def test_the_words_are_the_customers_own(shop: Shop) -> None:
    """Drawn from the pattern and drawn from the words as they read: the same picture, dot by dot."""
    own = str(card())
    says = (
        node("a", "send_text_picture", media=own, text="For {{contact.first_name}}"),
        node("b", "send_text_picture", media=own, text="For Kabir"),
    )
    shop.on(graph(*says, edges="start>a a>b"))
    shop.hears("hi")
    first, second = (drawn(row) for row in Message.select().where(Message.direction == "out").order_by(Message.id))
    assert ImageChops.difference(first, second).getbbox() is None


def test_a_flow_draws_no_more_than_it_may_in_an_hour(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "spent", Spent(most_runs=2))
    shop.on(graph(node("it", "send_qr_code", content="x"), node("m", "send_message", text="later"), edges="start>it it.error>m"))
    for _ in range(3):
        shop.hears("hi")
    sent = [row.type for row in Message.select().where(Message.direction == "out").order_by(Message.id)]
    assert sent == ["image", "image", "text"]


def test_words_stand_on_the_shops_picture(shop: Shop) -> None:
    own = card()
    shop.on(graph(node("it", "send_text_picture", media=str(own), text="नमस्ते {{contact.first_name}}", place="bottom"), edges="start>it"))
    shop.hears("hi")

    assert [row.error for row in FlowStep.select() if row.error] == []
    [row] = list(Message.select().where(Message.direction == "out"))
    picture, before = drawn(row), opened(store.open_file(own)[1].read_bytes()).convert("RGB")
    assert picture.size == (640, 480)
    left, top, right, bottom = ImageChops.difference(picture, before).point(lambda value: 255 if value > 60 else 0).getbbox() or (
        0,
        0,
        0,
        0,
    )
    assert top > 300
    assert bottom <= 480
    assert left > 20
    assert right < 620


@pytest.mark.parametrize("words", GREETINGS)
def test_scripts_of_india_and_others_are_drawn(box: Path, words: str) -> None:
    own = card()

    found = opened(draw.words_on(own, words, draw.Look()).content)

    assert found.getcolors(2) is None, "something stands on it"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("漢字", "“漢” cannot be drawn"),
        ("ok \U0001f9ff\u4e2d", "cannot be drawn"),
        ("salam سلام", "run to the left"),
        ("x" * 601, "at most 600"),
        ("m " * 290, "too long for this picture"),
        (" \n ", "no text"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_never_drawn_as_boxes(box: Path, words: str, says: str) -> None:
    own = card((60, 20)) if words.startswith("m ") else card()
    with pytest.raises(Invalid, match=says):
        draw.words_on(own, words, draw.Look())


def test_larger_letters_are_made_smaller_until_they_fit(box: Path) -> None:
    own = card((300, 100))

    small = draw.words_on(own, "A sentence that is much too long for so little room", draw.Look(size=25, behind="box", place="middle"))

    assert opened(small.content).size == (300, 100)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_every_form_of_picture_is_taken(box: Path, form: str) -> None:
    assert opened(draw.words_on(card(form=form), "Hi", draw.Look("top", "left", 5, "#000000", "none")).content).format == "JPEG"


def test_a_file_that_is_no_picture_is_refused(box: Path) -> None:
    paper = int(store.save_upload(b"%PDF-1.4\n%%EOF\n", "a.pdf", None).id)

    with pytest.raises(Invalid, match="Choose a picture"):
        draw.words_on(paper, "Hi", draw.Look())


def test_what_goes_wrong_leaves_by_error() -> None:
    too_long = played([("send_qr_code", {"content": "{{long}}"})], variables={"long": "é" * 3000})
    nothing = played([("send_qr_code", {"content": "{{nothing}}"})])

    assert (way(too_long), error(too_long)[:19]) == ("error", "This is too long fo")
    assert (way(nothing), error(nothing)) == ("error", "There is nothing to put into the QR code.")


def test_a_rehearsal_draws_and_keeps_nothing(box: Path) -> None:
    rehearsal = played([("send_qr_code", {"content": "https://shop.example"})])

    assert [one["image"]["media_id"] for one in messages(rehearsal)] == ["0"]
    assert json.loads(json.dumps(rehearsal.acts))[0]["given"]["picture"] == "PNG, 1 kB"
    assert MediaFile.select().count() == 0


def test_problems_are_named() -> None:
    assert problems("send_qr_code", {}) == ["content"]
    assert problems("send_text_picture", {"media": "1", "text": "Hi", "color": "red"}) == ["color"]
    assert problems("send_text_picture", {}) == ["media", "text"]
    assert problems("send_text_picture", {"media": "1", "text": "Hi", "place": "nowhere"}) == ["place"]


DYING = """
import os, sys
from pathlib import Path
from wablast_box.engine.flows.acting import acts, effects, pictures
from wablast_box.engine.flows.acting.effects import LiveEffects
from wablast_box.engine.flows.code.spent import Spent
from wablast_box.engine.flows.keeping import turns
from wablast_box.engine.flows.running.converse import take_turn
from wablast_box.engine.media import store
from wablast_box.engine.settings import secrets
from wablast_box.lib import db

folder = Path(sys.argv[1])
db.open_database(f"sqlite:///{folder / 'box.db'}")
secrets.use_key(folder / "secrets.key")
store.use_folder(folder / "media")
does = getattr(LiveEffects, sys.argv[2])
def die(self, *given, **more):
    does(self, *given, **more)
    os.kill(os.getpid(), 9)
setattr(LiveEffects, sys.argv[2], die)
take_turn(turns.take())
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("after", ["act", "send"])
def test_a_box_that_is_killed_sends_one_picture(shop: Shop, box: Path, after: str) -> None:
    if db.is_postgres():
        pytest.skip("the second process opens the data folder's own database")
    shop.on(graph(node("it", "send_qr_code", content="A {{message.text}}"), edges="start>it"))
    shop.hears("17", play=False)
    died = subprocess.run(
        [sys.executable, "-c", DYING, str(box), after], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, timeout=60
    )
    assert died.returncode == -9
    assert MediaFile.select().count() == 1

    turns.release_all()
    shop.plays()

    assert shop.steps()[-1] == ("it", "next")
    assert Message.select().where(Message.direction == "out").count() == 1
    assert MediaFile.select().count() == 1
