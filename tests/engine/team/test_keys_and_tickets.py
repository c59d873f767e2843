"""Keys for machines, and tickets for sockets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.people import PASSWORD, email_of
from tests.windows import Windows
from wablast_box.engine.team import api_keys, tickets, users
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.login import Visitor, sign_in, sign_out
from wablast_box.engine.team.models import ApiKey, SocketTicket, User
from wablast_box.engine.team.recognise import recognise, remembered
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import frozen_at
from wablast_box.lib.errors import Denied, NotFound

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)


@pytest.mark.feature("AP-04")
def test_a_key_is_shown_once_kept_as_a_hash_and_works_until_it_is_revoked(actors: dict[Role, Actor]) -> None:
    key, text = api_keys.create_api_key("till", Role.AGENT, by=actors[Role.OWNER])
    machine = recognise(text)

    assert machine == Actor("api_key", key.id, "till", Role.AGENT)
    assert text.startswith("wbx_") and text not in str(ApiKey.get().__data__)
    assert key.prefix == text[:10]

    api_keys.revoke_api_key(key.id, by=actors[Role.OWNER])
    assert remembered(text) is None and recognise(text) is None


@pytest.mark.feature("AP-04")
def test_nobody_makes_a_key_that_may_do_more_than_they_may(actors: dict[Role, Actor]) -> None:
    with pytest.raises(Denied):
        api_keys.create_api_key("till", Role.OWNER, by=actors[Role.ADMIN])

    api_keys.create_api_key("till", Role.ADMIN, by=actors[Role.ADMIN])


def test_an_admin_sees_and_revokes_only_their_own_keys(actors: dict[Role, Actor]) -> None:
    hers, _ = api_keys.create_api_key("accounts", Role.ADMIN, by=actors[Role.OWNER])
    own, _ = api_keys.create_api_key("till", Role.AGENT, by=actors[Role.ADMIN])

    assert [key.id for key in api_keys.list_api_keys(by=actors[Role.ADMIN])] == [own.id]
    assert {key.id for key in api_keys.list_api_keys(by=actors[Role.OWNER])} == {hers.id, own.id}
    with pytest.raises(NotFound):
        api_keys.revoke_api_key(hers.id, by=actors[Role.ADMIN])


def test_the_use_of_a_key_is_noted_at_most_once_a_minute(actors: dict[Role, Actor]) -> None:
    _, text = api_keys.create_api_key("till", Role.AGENT, by=actors[Role.OWNER])
    noted = set()
    for seconds in range(0, 130, 10):
        with frozen_at(NOON + timedelta(seconds=seconds)):
            recognise(text)
            noted.add(ApiKey.get().last_used_at)

    assert len(noted) == 3


@pytest.mark.feature("IN-04")
def test_a_ticket_opens_one_socket_for_the_session_it_was_made_in(team: dict[Role, User], home: Visitor) -> None:
    token, asha = sign_in(email_of(Role.OWNER), PASSWORD, visitor=home)
    ticket = tickets.make_ticket(asha)

    assert tickets.use_ticket(ticket, session_token=token, address=home.address) == asha
    with pytest.raises(Denied):
        tickets.use_ticket(ticket, session_token=token, address=home.address)


@pytest.mark.feature("IN-04")
def test_a_ticket_dies_after_a_minute_with_its_session_and_in_other_hands(team: dict[Role, User], home: Visitor) -> None:
    token, asha = sign_in(email_of(Role.OWNER), PASSWORD, visitor=home)
    other, ravi = sign_in(email_of(Role.AGENT), PASSWORD, visitor=home)
    with frozen_at(NOON):
        late = tickets.make_ticket(asha)
    stolen, orphan = tickets.make_ticket(asha), tickets.make_ticket(ravi)
    sign_out(ravi)

    assert not SocketTicket.select().where(SocketTicket.session == ravi.session_id).exists()
    for ticket, session in ((late, token), (stolen, other), (stolen, token), (orphan, other), ("nonsense", token)):
        with pytest.raises(Denied):
            tickets.use_ticket(ticket, session_token=session, address=home.address)


def test_a_machine_gets_no_ticket(actors: dict[Role, Actor]) -> None:
    with pytest.raises(Denied):
        tickets.make_ticket(Actor("api_key", 1, "till", Role.OWNER))


@pytest.mark.feature("IN-04")
def test_open_windows_are_told_when_their_session_ends(team: dict[Role, User], home: Visitor, windows: Windows) -> None:
    _, ravi = sign_in(email_of(Role.AGENT), PASSWORD, visitor=home)
    users.change_user(team[Role.AGENT].id, by=SYSTEM, disabled=True)

    assert [(news.rooms, news.name) for news in windows.heard] == [((f"session:{ravi.session_id}",), "session.ended")]
