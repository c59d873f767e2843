"""Drafts: the newest writer wins, on every device of one person and on nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import add_person
from tests.windows import Windows
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.replies import drafts
from wablast_box.engine.replies.models import Draft, Mode
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.roles import Role
from wablast_box.lib.errors import BoxError, NotFound

pytestmark = pytest.mark.feature("DT-09")


def keep(
    actor: Actor, chat: int, text: str, based_on: str | None = None, *, mode: Mode = Mode.REPLY, window: str = "shop"
) -> dict[str, Any]:
    version = None if based_on is None else int(based_on)
    return drafts.keep_draft(EVERYTHING, actor, chat, mode=mode, text=text, based_on=version, window=window)


def kept(actor: Actor) -> dict[str, str]:
    return {draft["mode"]: draft["text"] for draft in drafts.drafts_of(EVERYTHING, actor)}


def test_each_person_and_mode_has_a_draft_of_its_own(asha: Actor, ravi: Actor, chat: int) -> None:
    keep(ravi, chat, "Dear Kabir")
    keep(ravi, chat, "he haggles", mode=Mode.NOTE)
    keep(asha, chat, "Asha's")

    assert kept(ravi) == {"reply": "Dear Kabir", "note": "he haggles"}
    assert kept(asha) == {"reply": "Asha's"}


def test_the_newest_writer_wins_and_versions_rise(ravi: Actor, chat: int) -> None:
    first = keep(ravi, chat, "from the shop")
    second = keep(ravi, chat, "from the phone", based_on=None)
    same = keep(ravi, chat, "from the phone")

    assert int(second["version"]) > int(first["version"])
    assert same["version"] == second["version"]
    assert kept(ravi) == {"reply": "from the phone"}


def test_a_window_that_is_behind_cannot_empty_what_it_has_not_seen(ravi: Actor, chat: int) -> None:
    seen = keep(ravi, chat, "sent from the shop")
    newer = keep(ravi, chat, "being written on the phone")

    answer = keep(ravi, chat, "", based_on=seen["version"])
    emptied = keep(ravi, chat, "", based_on=newer["version"])

    assert answer["text"] == "being written on the phone"
    assert emptied["text"] == "" and int(emptied["version"]) > int(newer["version"])
    assert Draft.select().count() == 0


def test_only_the_writers_own_windows_hear_of_it(ravi: Actor, chat: int, windows: Windows) -> None:
    keep(ravi, chat, "hi", window="phone")

    [told] = windows.heard
    assert told.rooms == (f"user:{ravi.id}",)
    assert (told.name, told.payload["window"], told.payload["draft"]["text"]) == ("draft.updated", "phone", "hi")


def test_a_draft_goes_out_of_sight_with_its_conversation(asha: Actor, ravi: Actor, chat: int) -> None:
    keep(ravi, chat, "mine")
    assign(chat, asha.id, actor="system")
    sight = Viewer(ravi.id or 0)

    assert drafts.drafts_of(sight, ravi) == []
    with pytest.raises(NotFound):
        drafts.keep_draft(sight, ravi, chat, mode=Mode.REPLY, text="x", based_on=None, window="")


def test_too_long_and_machines_are_refused(ravi: Actor, chat: int) -> None:
    for refused in (lambda: keep(ravi, chat, "x" * 20_001), lambda: keep(SYSTEM, chat, "x")):
        with pytest.raises(BoxError):
            refused()
    assert drafts.drafts_of(EVERYTHING, SYSTEM) == []


def test_a_draft_ends_with_its_person(ravi: Actor, chat: int) -> None:
    from wablast_box.engine.team.models import User

    tara = add_person(Role.AGENT, name="Tara", email="tara@example.com")
    keep(Actor("user", tara.id, "Tara", Role.AGENT), chat, "hi")

    User.delete().where(User.id == tara.id).execute()

    assert Draft.select().count() == 0
