"""Tags are looked after: on how much each is, two become one, and the log says who did it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.inbox.test_lists import stands
from tests.people import actor_for, add_person
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.desk.macros import macros
from wablast_box.engine.desk.triage import saved_views, tags
from wablast_box.engine.desk.triage.bulk import one
from wablast_box.engine.events.deliver import deliver_due
from wablast_box.engine.events.registry import use_listeners
from wablast_box.engine.inbox.models import Conversation, ConversationTag
from wablast_box.engine.inbox.people import write
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.listeners import LISTENERS
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Role
from wablast_box.lib.errors import Invalid, NotFound

pytestmark = pytest.mark.feature("IN-29")


@pytest.fixture
def asha(box: Path) -> Actor:
    use_listeners(LISTENERS)
    return actor_for(add_person(Role.OWNER))


def contact_of(conversation: int) -> int:
    return int(Conversation.get_by_id(conversation).contact.id)


def test_the_page_says_on_how_much_each_tag_is(asha: Actor) -> None:
    vip, new = (tags.add_tag(name, "teal", by=asha) for name in ("vip", "new"))
    kabir, tara = stands("Kabir"), stands("Tara")
    for number in (kabir, tara):
        one(EVERYTHING, asha, number, "tag", {"add": [vip["id"]]})
    write.edit(EVERYTHING, asha, contact_of(kabir), {"tags": [vip["id"]]})

    counted = {row["id"]: (row["conversations"], row["contacts"]) for row in tags.usage()}

    assert counted == {vip["id"]: (2, 1), new["id"]: (0, 0)}


def test_two_tags_become_one_on_everything_that_had_either(asha: Actor) -> None:
    vip, best = (tags.add_tag(name, "teal", by=asha) for name in ("vip", "best"))
    kabir, tara = stands("Kabir"), stands("Tara")
    one(EVERYTHING, asha, kabir, "tag", {"add": [vip["id"], best["id"]]})
    one(EVERYTHING, asha, tara, "tag", {"add": [best["id"]]})
    write.edit(EVERYTHING, asha, contact_of(tara), {"tags": [best["id"]]})
    view = saved_views.add_view("Best", "tag:best", shared=True, by=asha)
    macro = macros.add_macro(asha, name="Mark", given=[{"do": "tag", "add": [best["id"], vip["id"]]}], shared=True)

    kept = tags.merge_tag(int(best["id"]), int(vip["id"]), by=asha)
    deliver_due()

    assert kept == vip and tags.tags() == [vip]
    assert sorted(row.conversation.id for row in ConversationTag.select()) == sorted([kabir, tara])
    assert tags.usage() == [{"id": vip["id"], "conversations": 2, "contacts": 1}]
    assert saved_views.view(asha, int(view["id"]))["q"] == "tag:vip"
    assert macros.macro(asha, int(macro["id"]))["steps"] == [{"do": "tag", "add": [vip["id"]]}]


def test_a_tag_is_not_merged_with_itself_nor_with_what_is_gone(asha: Actor) -> None:
    vip = int(tags.add_tag("vip", "teal", by=asha)["id"])

    with pytest.raises(Invalid):
        tags.merge_tag(vip, vip, by=asha)
    with pytest.raises(NotFound):
        tags.merge_tag(vip, 1, by=asha)
    assert len(tags.tags()) == 1


@pytest.mark.feature("TM-09")
def test_whatever_becomes_of_a_tag_is_written_down(asha: Actor) -> None:
    vip, best = (int(tags.add_tag(name, "teal", by=asha)["id"]) for name in ("vip", "best"))

    tags.change_tag(vip, name="VIP", color=None, by=asha)
    tags.merge_tag(best, vip, by=asha)
    tags.delete_tag(vip, by=asha)

    rows = [(row.action, row.subject_name, row.fields_json) for row in AuditEntry.select().where(AuditEntry.action.startswith("tag."))]
    assert rows == [
        ("tag.created", "vip", None), ("tag.created", "best", None), ("tag.changed", "vip", ["name"]), ("tag.merged", "VIP", None),
        ("tag.deleted", "VIP", None),
    ]  # fmt: skip
