"""Canned replies: whose they are, what they may ask for, and what becomes of that in a conversation."""

from __future__ import annotations

import pytest

from tests.pictures import PNG
from wablast_box.engine.contacts.fields.define import add_field
from wablast_box.engine.contacts.fields.values import checked_values, write_values
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.media import store as media
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.replies import canned
from wablast_box.engine.team.actors import Actor, Grants
from wablast_box.engine.team.roles import Scope
from wablast_box.lib.errors import BoxError, Conflict, Denied, Invalid, NotFound

pytestmark = pytest.mark.feature("IN-22")


def keep(actor: Actor, shortcut: str = "hours", text: str = "We open at ten.", **more: object) -> str:
    given = {"shared": False, "media_id": None} | more
    return str(canned.add_reply(EVERYTHING, actor, shortcut=shortcut, text=text, **given)["id"])  # type: ignore[arg-type]


def test_own_and_shared_ones_stand_side_by_side(asha: Actor, ravi: Actor) -> None:
    keep(asha, "Hours", "shared", shared=True)
    keep(ravi, "/hours", "Ravi's")
    keep(asha, "mine", "Asha's")

    assert [(r["shortcut"], r["text"], r["shared"]) for r in canned.replies_of(ravi)] == [
        ("hours", "shared", True),
        ("hours", "Ravi's", False),
    ]


def test_a_shortcut_is_taken_once_per_scope(asha: Actor, ravi: Actor) -> None:
    keep(asha, shared=True)
    keep(ravi)

    with pytest.raises(Conflict) as taken:
        keep(asha, "HOURS", shared=True)

    assert (taken.value.code, taken.value.field) == ("shortcut_taken", "shortcut")
    other = int(keep(ravi, "address", "x"))
    with pytest.raises(Conflict):
        canned.change_reply(EVERYTHING, ravi, other, {"shortcut": "hours"})


def test_an_agent_uses_shared_ones_and_does_not_touch_them(asha: Actor, ravi: Actor) -> None:
    shared, own = int(keep(asha, shared=True)), int(keep(ravi))

    for refused in (
        lambda: keep(ravi, "x", shared=True),
        lambda: canned.change_reply(EVERYTHING, ravi, shared, {"text": "x"}),
        lambda: canned.change_reply(EVERYTHING, ravi, own, {"shared": True}),
        lambda: canned.delete_reply(ravi, shared),
    ):
        with pytest.raises(Denied):
            refused()
    with pytest.raises(NotFound):
        canned.delete_reply(asha, own)


@pytest.mark.parametrize(
    ("shortcut", "text", "field"),
    [
        ("two words", "x", "shortcut"), ("", "x", "shortcut"), ("a" * 33, "x", "shortcut"),
        ("x", "  ", "text"), ("x", "a" * 4097, "text"), ("x", "{{contact.pin}}", "text"), ("x", "{{ 1+1 }}", "text"),
    ],
)  # fmt: skip
def test_what_could_never_be_sent_is_refused(ravi: Actor, shortcut: str, text: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        keep(ravi, shortcut, text)

    assert refused.value.field == field


def test_it_is_filled_for_one_conversation(ravi: Actor, chat: int) -> None:
    number = int(keep(ravi, text="Hi {{contact.first_name}}, {{agent.name}} of {{business.name}} here."))

    filled = canned.fill_reply(EVERYTHING, ravi, chat, reply_id=number, text=None)

    assert filled == {"text": "Hi Kabir, Ravi of Asha Sarees here.", "missing": [], "media": None}


def test_what_a_customer_lacks_is_named(ravi: Actor, chat: int) -> None:
    Contact.update(name=None).execute()

    filled = canned.fill_reply(EVERYTHING, ravi, chat, reply_id=None, text="{{contact.name}} {{contact.fields.size}}")

    assert filled["missing"] == ["contact.name", "contact.fields.size"]


def test_a_customers_name_is_words_and_nothing_else(ravi: Actor, chat: int) -> None:
    Contact.update(name="{{business.name}} *x*").execute()

    assert canned.fill_reply(EVERYTHING, ravi, chat, reply_id=None, text="Hi {{contact.name}}")["text"] == "Hi {{business.name}} *x*"


def test_the_file_of_a_reply_comes_as_a_row_of_its_own(asha: Actor, ravi: Actor, chat: int) -> None:
    upload = media.save_upload(PNG, "price list.png", "image/png")
    number = int(keep(asha, shared=True, media_id=upload.id))

    first, second = (canned.fill_reply(Viewer(ravi.id or 0), ravi, chat, reply_id=number, text=None)["media"] for _ in range(2))

    assert len({str(upload.id), first["id"], second["id"]}) == 3
    assert MediaFile.get_by_id(int(first["id"])).sha256 == upload.sha256
    assert (first["filename"], first["mime_type"]) == ("price list.png", "image/png")


def test_nothing_is_filled_for_a_conversation_that_is_not_ones_own(asha: Actor, ravi: Actor, chat: int) -> None:
    assign(chat, asha.id, actor="system")

    with pytest.raises(NotFound):
        canned.fill_reply(Viewer(ravi.id or 0), ravi, chat, reply_id=None, text="{{contact.name}}")
    with pytest.raises(BoxError):
        canned.fill_reply(EVERYTHING, ravi, chat, reply_id=None, text=None)


def test_a_reply_is_changed_and_deleted(asha: Actor, ravi: Actor) -> None:
    number = int(keep(asha, shared=True))

    changed = canned.change_reply(EVERYTHING, asha, number, {"text": "We open at nine.", "shared": False, "shortcut": "open"})
    seen_by_ravi = canned.replies_of(ravi)
    canned.delete_reply(asha, number)

    assert (changed["text"], changed["shared"], changed["shortcut"]) == ("We open at nine.", False, "open")
    assert seen_by_ravi == [] and canned.replies_of(asha) == []


def test_a_field_of_the_shops_own_is_filled_in_by_its_name(ravi: Actor, chat: int) -> None:
    known = {
        name: int(add_field(name, kind, None, actor="system")["id"])
        for name, kind in (("Blouse size", "number"), ("पता", "text"), ("Mobile 2", "phone"))
    }
    contact = Contact.get()
    given = {str(known["Blouse size"]): "38", str(known["पता"]): "Andheri", str(known["Mobile 2"]): "+919812345678"}
    write_values(contact.id, checked_values(given))
    text = "{{contact.fields.blouse_size}} {{contact.fields.पता}} {{contact.fields.mobile_2}}"

    whole = canned.fill_reply(EVERYTHING, ravi, chat, reply_id=None, text=text)
    masked = Actor("user", ravi.id, ravi.name, ravi.role, grants=Grants("", ravi.permissions, Scope.ALL, hides_numbers=True))
    hidden = canned.fill_reply(EVERYTHING, masked, chat, reply_id=None, text=text)

    assert whole["text"] == "38 Andheri +919812345678"
    assert hidden["missing"] == ["contact.fields.mobile_2"]
