"""Templates on their way out: only what Meta has approved, with every blank filled in, to those who want them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.message_templates.planting import CODE, NAMED, ORDER, plant
from tests.engine.outbox.sending import RAVI, Wire, conversation, send, sender, state, until
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.models import Attachment, Conversation, Message
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.message_templates.models import MessageTemplate, TemplateSync
from wablast_box.engine.outbox import window
from wablast_box.engine.outbox.answer import answer, answer_to
from wablast_box.engine.outbox.send import retry_message
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.lib.clock import now
from wablast_box.lib.errors import Conflict, Invalid, NotFound, Unavailable
from wablast_box.lib.ids import new_id

VALUES = {"header": {"1": "WB-7"}, "body": {"1": "Kabir", "2": "WB-7"}, "buttons": {"1": "7", "3": "DIWALI20"}}


def body(row: MessageTemplate, parameters: Any = VALUES, **more: Any) -> dict[str, Any]:
    """As the window asks for it."""
    return {"type": "template", "template_id": str(row.id), "parameters": parameters, **more}


def ask(number: int, request: dict[str, Any]) -> dict[str, Any]:
    return answer(EVERYTHING, SYSTEM, number, request, key=None)


def meta_body(name: str, *components: dict[str, Any], language: str = "en") -> dict[str, Any]:
    return {"type": "template", "template": {"name": name, "language": {"code": language}, "components": list(components)}}


@pytest.mark.feature("IN-13")
def test_our_form_becomes_metas_and_the_message_reads_as_the_customer_reads_it(box: Path) -> None:
    number = conversation(wrote_ago=timedelta(days=3))

    sent = ask(number, body(plant("order", ORDER)))

    assert sent["text"] == "Hello Kabir, order WB-7 leaves today."
    assert sent["content"]["rendered"]["buttons"][1]["url"] == "https://shop.example/o/7"
    row = Message.get_by_id(int(sent["id"]))
    assert (row.state, row.template_category) == ("queued", "utility")
    assert row.content_json["components"][0] == {"type": "header", "parameters": [{"type": "text", "text": "WB-7"}]}


@pytest.mark.feature("IN-13")
def test_meta_gets_its_own_form_and_nothing_of_ours(wire: Wire) -> None:
    plant("hello_world", language="en_US")
    sent = send(conversation("919845012345"), meta_body("hello_world", language="en_US"))

    sends = sender(wire)
    sends.start()
    until(lambda: state(sent.id) == "sent")
    sends.stop(3)

    assert wire.asked()[0]["template"] == {"name": "hello_world", "language": {"code": "en_US"}, "components": []}


@pytest.mark.feature("TP-07")
def test_what_is_blank_is_named_and_nothing_is_written(box: Path) -> None:
    number, row = conversation(), plant("order", ORDER)

    with pytest.raises(Invalid) as refused:
        ask(number, body(row, {"body": {"1": "  "}}))

    assert [one.field for one in refused.value.fields] == [
        "parameters.header.1", "parameters.body.1", "parameters.body.2", "parameters.buttons.1", "parameters.buttons.3",
    ]  # fmt: skip
    assert "“{{2}}” in the text is blank." in refused.value.message
    assert Message.select().count() == 0


@pytest.mark.feature("TP-07")
def test_a_program_that_forgets_a_value_is_told_before_meta_is(box: Path) -> None:
    plant("order", ORDER)

    with pytest.raises(Invalid) as refused:
        send(conversation(), meta_body("order", {"type": "body", "parameters": [{"type": "text", "text": "Kabir"}]}))

    assert refused.value.code == "template_incomplete"
    assert "template.components.body.2" in [one.field for one in refused.value.fields]
    assert Message.select().count() == 0


REFUSED = (
    "pending",
    "rejected",
    "paused",
    "disabled",
    "in_appeal",
    "pending_deletion",
    "archived",
    "locked",
    "limit_exceeded",
    "something_new",
)


@pytest.mark.parametrize("status", REFUSED)
def test_only_an_approved_template_goes(box: Path, status: str) -> None:
    row = plant("order", status=status)

    with pytest.raises(Conflict) as refused:
        ask(conversation(), body(row, {}))

    assert refused.value.code == f"template_{status}"
    assert refused.value.help
    assert Message.select().count() == 0


def test_a_name_or_language_that_is_not_there_is_refused_in_words(box: Path) -> None:
    plant("order", language="hi")
    number = conversation()

    with pytest.raises(Invalid) as no_language:
        send(number, meta_body("order", language="ta"))
    with pytest.raises(Invalid) as no_name:
        send(number, meta_body("ordre"))
    with pytest.raises(NotFound):
        ask(number, {"type": "template", "template_id": "12"})

    assert no_language.value.help == "It is there in hi."
    assert "no template called “ordre”" in no_name.value.message


def test_before_the_list_was_read_the_answer_is_to_wait(box: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        send(conversation(), meta_body("order"))

    assert refused.value.code == "templates_not_read"


def test_the_category_comes_from_the_stored_template_so_that_no_program_can_go_around_consent(box: Path) -> None:
    number = conversation()
    offer, news = plant("offer", category="marketing"), plant("news")
    Contact.update(marketing_opted_out_at=now()).execute()

    for request in (body(offer, {}), meta_body("offer")):
        with pytest.raises(Conflict) as refused:
            ask(number, request)
        assert refused.value.code == "opted_out"
    with pytest.raises(Conflict):
        answer_to(EVERYTHING, SYSTEM, {"to": "919812345678", **meta_body("offer")}, key=None)

    assert ask(number, body(news, {}))["state"] == "queued"


@pytest.mark.parametrize(
    ("asked", "customers", "chosen"),
    [
        (None, None, "en_US"),
        ("hi", None, "hi"),
        (None, "hi", "hi"),
        (None, "hi-IN", "hi"),
        ("pt_PT", None, "pt_BR"),
        ("ta", "hi", "hi"),
        (None, "ta", "en_US"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_customers_else_english(
    box: Path, asked: str | None, customers: str | None, chosen: str
) -> None:
    for language in ("en_US", "hi", "pt_BR"):
        plant("order", language=language)
    plant("order", language="ta", status="pending")
    number = conversation()
    Contact.update(language=customers).execute()

    sent = ask(number, {"type": "template", "template_name": "order"} | ({"language": asked} if asked else {}))

    assert sent["content"]["language"] == {"code": chosen}


def test_the_headers_file_stands_with_the_message(box: Path) -> None:
    file = MediaFile.create(
        id=new_id(), sha256="a" * 64, mime_type="image/jpeg", size=10, filename="saree.jpg", path="aa/a", created_at=now()
    )
    row = plant("ready", NAMED, named=True)
    values = {"header": {"media": {"media_id": str(file.id)}}, "body": {"first_name": "Kabir", "item": "saree"}}

    sent = ask(conversation(), body(row, values))

    assert sent["attachment"]["media_id"] == str(file.id)
    assert Attachment.get().message_id == int(sent["id"])


def test_a_code_is_not_sent_to_somebody_whose_number_is_hidden(box: Path) -> None:
    row = plant("code", CODE, category="authentication")
    number = conversation()
    Contact.update(wa_id=None, user_id="IN.1").execute()

    with pytest.raises(Conflict) as refused:
        ask(number, body(row, {"body": {"1": "1234"}}))

    assert refused.value.code == "number_hidden"


def test_the_same_request_twice_is_one_message_also_when_the_template_was_paused_meanwhile(box: Path) -> None:
    number = conversation()
    row = plant("order", ORDER)
    first = answer(EVERYTHING, SYSTEM, number, body(row), key="k1")
    MessageTemplate.update(status="paused").execute()

    assert answer(EVERYTHING, SYSTEM, number, body(row), key="k1")["id"] == first["id"]


def test_trying_again_asks_whether_the_template_may_still_go(box: Path) -> None:
    plant("order")
    sent = send(conversation(), meta_body("order"))
    Message.update(state="failed").execute()
    MessageTemplate.update(status="paused").execute()

    with pytest.raises(Conflict):
        retry_message(sent.id, actor=RAVI)

    MessageTemplate.update(status="approved", category="marketing").execute()
    assert retry_message(sent.id, actor=RAVI).template_category == "marketing"


WRONG: list[Any] = [7, "x", [], {"body": 7}, {"body": []}, {"footer": {}}, {"header": {"1": {}}}, {"body": {"1": None, "2": []}}]


@pytest.mark.parametrize("parameters", WRONG, ids=repr)
def test_values_of_any_form_are_refused_and_never_a_bug(box: Path, parameters: Any) -> None:
    with pytest.raises(Invalid):
        ask(conversation(), body(plant("order", ORDER), parameters))


@pytest.mark.parametrize(
    "more", [{"template_id": 7}, {"template_id": "x"}, {"template_name": 7}, {"template_name": "order", "language": 7}, {"colour": "red"}]
)
def test_a_request_of_the_wrong_form_is_refused(box: Path, more: dict[str, Any]) -> None:
    plant("order")

    with pytest.raises((Invalid, NotFound)):
        ask(conversation(), {"type": "template", "template_name": "order"} | more)


# --- the two windows


@pytest.mark.feature("IN-11")
def test_when_the_window_is_closed_only_a_template_goes_and_the_answer_says_so(box: Path) -> None:
    number = conversation(wrote_ago=timedelta(hours=24, seconds=1))

    with pytest.raises(Conflict) as refused:
        ask(number, {"type": "text", "text": {"body": "hi"}})

    assert refused.value.code == "window_closed"
    assert "approved template" in str(refused.value.help)
    assert ask(number, body(plant("order", ORDER)))["state"] == "queued"


@pytest.mark.feature("IN-12")
def test_the_free_72_hours_are_a_window_of_their_own_they_cost_nothing_but_open_nothing(box: Path) -> None:
    number = conversation(wrote_ago=timedelta(hours=30))
    Conversation.update(free_entry_until=now() + timedelta(hours=42)).execute()

    with pytest.raises(Conflict) as refused:
        ask(number, {"type": "text", "text": {"body": "hi"}})

    assert "costs nothing" in str(refused.value.help)
    view = read.conversation(EVERYTHING, number)
    assert view["free_entry_until"] > view["window_expires_at"]
    row = Conversation.get_by_id(number)
    assert window.is_free_entry(row)
    assert not window.is_free_entry(row, now() + timedelta(hours=43))
    assert TemplateSync.select().count() == 0
