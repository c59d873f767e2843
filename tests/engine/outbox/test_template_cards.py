"""Templates with cards on their way out: Meta's form with Meta's ids, and files that are shown to those who see the message."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.message_templates.planting import SAREES, card, plant
from tests.engine.outbox.sending import Wire, conversation, send, sender, state, until
from wablast_box.engine.inbox import files
from wablast_box.engine.inbox.models import Attachment, Conversation, Message, MessageFile
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.message_templates.models import MessageTemplate
from wablast_box.engine.outbox.answer import answer
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import now
from wablast_box.lib.errors import Invalid, NotFound
from wablast_box.lib.ids import new_id


def picture(name: str = "silk.jpg", mime_type: str = "image/jpeg") -> str:
    """The id of a file that was uploaded."""
    return str(
        MediaFile.create(
            id=new_id(), sha256=name.ljust(64, "0"), mime_type=mime_type, size=10, filename=name, path=name, created_at=now()
        ).id
    )


def sarees() -> MessageTemplate:
    return plant("sarees", SAREES, category="marketing")


def values(*media: dict[str, Any]) -> dict[str, Any]:
    cards = [{"header": {"media": one}, "body": {"1": "Silk", "2": "₹4,200"}, "buttons": {"1": "silk"}} for one in media]
    return {"body": {"1": "Kabir"}, "cards": cards}


def ask(number: int, row: MessageTemplate, parameters: Any) -> dict[str, Any]:
    request = {"type": "template", "template_id": str(row.id), "parameters": parameters}
    return answer(EVERYTHING, SYSTEM, number, request, key=None)


@pytest.mark.feature("TP-06")
def test_meta_gets_the_cards_in_its_own_form_and_takes_them(wire: Wire) -> None:
    plant("new_arrivals", [SAREES[0], {"type": "CAROUSEL", "cards": [card(), card()]}], language="en_US", category="marketing")
    media = {"link": "https://shop.example/silk.jpg"}
    request = {"type": "template", "template_name": "new_arrivals", "language": "en_US", "parameters": values(media, media)}
    sent = answer(EVERYTHING, SYSTEM, conversation("919845012345"), request, key=None)

    sends = sender(wire)
    sends.start()
    until(lambda: state(int(sent["id"])) == "sent")
    sends.stop(3)

    carousel = wire.asked()[0]["template"]["components"][1]
    assert [one["card_index"] for one in carousel["cards"]] == [0, 1]
    assert carousel["cards"][1]["components"][0]["parameters"] == [{"type": "image", "image": media}]
    assert "rendered" not in wire.asked()[0]["template"]


@pytest.mark.feature("TP-07")
def test_what_is_blank_is_named_with_its_card_and_nothing_is_written(box: Path) -> None:
    with pytest.raises(Invalid) as refused:
        ask(conversation(), sarees(), values({"media_id": picture()}))

    assert [one.field for one in refused.value.fields] == [
        "parameters.cards.1.header.media", "parameters.cards.1.body.1", "parameters.cards.1.body.2", "parameters.cards.1.buttons.1",
    ]  # fmt: skip
    assert Message.select().count() == 0


@pytest.mark.feature("TP-07")
def test_a_program_that_forgets_a_card_is_told_which(box: Path) -> None:
    row = sarees()
    sent = ask(conversation(), row, values({"media_id": picture()}, {"media_id": picture("b.jpg")}))
    components = Message.get_by_id(int(sent["id"])).content_json["components"]
    components[1]["cards"].pop()

    with pytest.raises(Invalid) as refused:
        send(conversation(), {"type": "template", "template": {"name": row.name, "language": {"code": "en"}, "components": components}})

    assert "The image of card 2 is missing." in refused.value.message
    assert refused.value.fields[0].field == "template.components.cards.1.header.media"


def test_every_picture_stands_with_the_message_once(box: Path) -> None:
    silk, cotton = picture(), picture("cotton.jpg")
    row = plant("three", [SAREES[0], {"type": "CAROUSEL", "cards": [card(), card(), card()]}], category="marketing")

    sent = ask(conversation(), row, values({"media_id": silk}, {"media_id": cotton}, {"media_id": silk}))

    assert [one["header"]["media_id"] for one in sent["content"]["rendered"]["cards"]] == [silk, cotton, silk]
    assert sorted(str(one.media_file_id) for one in MessageFile.select()) == sorted([silk, cotton])
    assert Attachment.select().count() == 0


def test_a_file_of_another_kind_is_refused_with_its_card(box: Path) -> None:
    with pytest.raises(Invalid) as refused:
        ask(conversation(), sarees(), values({"media_id": picture()}, {"media_id": picture("a.pdf", "application/pdf")}))

    assert refused.value.message == "A file of type application/pdf cannot be sent as image in card 2."
    assert Message.select().count() == 0


def test_the_picture_of_a_card_is_for_those_who_see_the_message(box: Path) -> None:
    silk = int(picture())
    number = conversation(wrote_ago=timedelta(days=2))
    asha = User.create(id=new_id(), name="Asha", email="asha@shop.example", password_hash="x", role=Role.AGENT, created_at=now())
    Conversation.update(assignee=asha.id).where(Conversation.id == number).execute()
    files.require_usable(Viewer(asha.id + 1), (silk,))  # fresh: anybody's

    ask(number, sarees(), values({"media_id": str(silk)}, {"media_id": str(silk)}))

    assert files.visible_file(Viewer(asha.id), silk).id == silk
    for stranger in (files.visible_file, lambda viewer, media_id: files.require_usable(viewer, (media_id,))):
        with pytest.raises(NotFound):
            stranger(Viewer(asha.id + 1), silk)
