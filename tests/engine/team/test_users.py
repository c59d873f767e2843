"""Adding, changing, disabling people; links; the first owner; keys; tickets."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.people import PASSWORD, actor_for, add_person, email_of
from wablast_box.engine.events import live
from wablast_box.engine.events.live import News
from wablast_box.engine.settings import store
from wablast_box.engine.team import api_keys, links, setup_link, tickets, users
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.login import Visitor, sign_in, sign_out
from wablast_box.engine.team.models import ApiKey, OneTimeLink, SocketTicket, User
from wablast_box.engine.team.recognise import recognise, remembered
from wablast_box.engine.team.roles import Role
from wablast_box.lib import db
from wablast_box.lib.clock import frozen_at
from wablast_box.lib.errors import BoxError, Conflict, Denied, Invalid, NotFound

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)
NEW = "tamarind under the bridge"


@pytest.mark.feature("TM-04")
def test_an_admin_adds_agents_and_analysts_but_no_admin_and_no_owner(actors: dict[Role, Actor]) -> None:
    bela = actors[Role.ADMIN]
    users.add_user(name="Sunil", email="sunil@example.com", role=Role.AGENT, by=bela)

    for role in (Role.ADMIN, Role.OWNER):
        with pytest.raises(Denied):
            users.add_user(name="Tara", email="tara@example.com", role=role, by=bela)
    assert users.find_by_email("TARA@example.com") is None


def test_an_admin_cannot_touch_an_owner_or_make_one(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    bela = actors[Role.ADMIN]
    for change in ({"name": "X"}, {"disabled": True}, {"role": Role.AGENT}):
        with pytest.raises(Denied):
            users.change_user(team[Role.OWNER].id, by=bela, **change)
    with pytest.raises(Denied):
        users.change_user(team[Role.AGENT].id, by=bela, role=Role.ADMIN)
    with pytest.raises(Denied):
        links.make_password_link(team[Role.OWNER].id, by=bela)


def test_an_email_is_in_the_team_once(actors: dict[Role, Actor]) -> None:
    with pytest.raises(Conflict) as refused:
        users.add_user(name="Ravi Two", email=" RAVI@example.com", role=Role.AGENT, by=actors[Role.OWNER])

    assert refused.value.field == "email"


@pytest.mark.parametrize(
    "email", ["", "asha", "asha@", "@x", "a b@x.in", "a@b@c", "a\n@x.in", "a@x.in\x00", '"<a>"@x.in', "a" * 65 + "@x.in"]
)
def test_what_is_no_email_is_refused(actors: dict[Role, Actor], email: str) -> None:
    with pytest.raises(Invalid) as refused:
        users.add_user(name="Tara", email=email, role=Role.AGENT, by=actors[Role.OWNER])

    assert refused.value.field == "email"


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\x00b", "a\u202eb"])
def test_a_name_that_cannot_be_seen_is_refused(actors: dict[Role, Actor], name: str) -> None:
    with pytest.raises(Invalid) as refused:
        users.add_user(name=name, email="tara@example.com", role=Role.AGENT, by=actors[Role.OWNER])

    assert refused.value.field == "name"


@pytest.mark.feature("TM-04")
def test_the_last_owner_can_neither_leave_nor_be_demoted(team: dict[Role, User]) -> None:
    for change in ({"role": Role.ADMIN}, {"disabled": True}):
        with pytest.raises(Conflict) as refused:
            users.change_user(team[Role.OWNER].id, by=SYSTEM, **change)
        assert refused.value.code == "last_owner"


def test_an_invited_owner_who_never_came_does_not_count_as_another_owner(team: dict[Role, User]) -> None:
    add_person(Role.OWNER, name="Tara", email="tara@example.com", password=None)

    with pytest.raises(Conflict):
        users.change_user(team[Role.OWNER].id, by=SYSTEM, disabled=True)


def test_with_a_second_owner_the_first_may_go_but_not_by_her_own_hand(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    tara = actor_for(add_person(Role.OWNER, name="Tara", email="tara@example.com"))

    with pytest.raises(Denied):
        users.change_user(team[Role.OWNER].id, by=actors[Role.OWNER], role=Role.ADMIN)
    changed = users.change_user(team[Role.OWNER].id, by=tara, role=Role.ADMIN)

    assert changed.role == Role.ADMIN


def test_two_owners_who_demote_each_other_at_once_leave_one_owner(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    tara = actor_for(add_person(Role.OWNER, name="Tara", email="tara@example.com"))
    start = threading.Barrier(2)

    def demote(target: int, by: Actor) -> None:
        db.connect_thread()
        start.wait()
        try:
            users.change_user(target, by=by, role=Role.ADMIN)
        except BoxError:
            pass
        finally:
            db.disconnect_thread()

    pair = [
        threading.Thread(target=demote, args=(tara.id, actors[Role.OWNER])),
        threading.Thread(target=demote, args=(team[Role.OWNER].id, tara)),
    ]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join()

    assert User.select().where(User.role == Role.OWNER).count() >= 1


@pytest.mark.feature("TM-01")
def test_a_password_link_works_once_and_signs_in(actors: dict[Role, Actor], home: Visitor) -> None:
    sunil = users.add_user(name="Sunil", email="sunil@example.com", role=Role.AGENT, by=actors[Role.OWNER])
    link = links.make_password_link(sunil.id, by=actors[Role.OWNER])

    token, actor = links.use_password_link(link.token, NEW, visitor=home)
    with pytest.raises(NotFound):
        links.use_password_link(link.token, NEW, visitor=home)

    assert recognise(token) == actor
    sign_in("sunil@example.com", NEW, visitor=home)


def test_a_first_password_has_72_hours_and_a_new_one_30_minutes(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    sunil = users.add_user(name="Sunil", email="sunil@example.com", role=Role.AGENT, by=actors[Role.OWNER])
    with frozen_at(NOON):
        first = links.make_password_link(sunil.id, by=actors[Role.OWNER])
        reset = links.make_password_link(team[Role.AGENT].id, by=actors[Role.OWNER])

    assert first.expires_at - NOON == timedelta(hours=72)
    assert reset.expires_at - NOON == timedelta(minutes=30)


def test_a_password_link_dies_of_age_of_a_newer_one_and_of_a_disabled_account(
    team: dict[Role, User], actors: dict[Role, Actor], home: Visitor
) -> None:
    ravi, asha = team[Role.AGENT], actors[Role.OWNER]
    with frozen_at(NOON):
        old = links.make_password_link(ravi.id, by=asha).token
    replaced = links.make_password_link(ravi.id, by=asha).token
    newest = links.make_password_link(ravi.id, by=asha).token
    users.change_user(ravi.id, by=asha, disabled=True)

    for token in (old, replaced, newest, "nonsense", "\ud800"):
        with pytest.raises(NotFound):
            links.use_password_link(token, NEW, visitor=home)


def test_a_refused_password_leaves_the_link_usable(team: dict[Role, User], actors: dict[Role, Actor], home: Visitor) -> None:
    link = links.make_password_link(team[Role.AGENT].id, by=actors[Role.OWNER])

    with pytest.raises(Invalid):
        links.use_password_link(link.token, "short", visitor=home)
    links.use_password_link(link.token, NEW, visitor=home)


def test_a_password_link_ends_every_session_of_the_user(team: dict[Role, User], actors: dict[Role, Actor], home: Visitor) -> None:
    thief, _ = sign_in(email_of(Role.AGENT), PASSWORD, visitor=home)
    link = links.make_password_link(team[Role.AGENT].id, by=actors[Role.OWNER])

    links.use_password_link(link.token, NEW, visitor=home)

    assert recognise(thief) is None


def test_wrong_links_are_counted(team: dict[Role, User], home: Visitor) -> None:
    codes = []
    for _ in range(21):
        with pytest.raises(BoxError) as refused:
            links.use_password_link("nonsense", NEW, visitor=home)
        codes.append(refused.value.code)

    assert codes == ["not_found"] * 20 + ["throttled"]


@pytest.mark.feature("OP-22")
def test_a_fresh_box_has_no_account_and_opens_only_for_its_set_up_token(box: Path, home: Visitor) -> None:
    assert not users.owner_exists() and not User.select().exists()
    for email in ("admin@admin.com", "admin", "owner@example.com"):
        with pytest.raises(Denied):
            sign_in(email, "admin", visitor=home)
    token = setup_link.make_setup_token()

    session, asha = use_setup(token, home)

    assert recognise(session) == asha and asha.role is Role.OWNER
    assert (store.get("business_name"), store.get("time_zone")) == ("Asha Stores", "Asia/Kolkata")


@pytest.mark.feature("OP-22")
def test_the_set_up_token_dies_with_the_first_account_with_age_and_with_a_newer_one(box: Path, home: Visitor) -> None:
    with frozen_at(NOON):
        old = setup_link.make_setup_token()
    replaced, token = setup_link.make_setup_token(), setup_link.make_setup_token()
    for dead in (old, replaced, "", "nonsense"):
        with pytest.raises(NotFound):
            use_setup(dead, home)
    use_setup(token, home)

    for again in (token, replaced):
        with pytest.raises(Conflict):
            use_setup(again, home)
    with pytest.raises(Conflict):
        setup_link.make_setup_token()
    assert User.select().count() == 1


def test_a_mistake_at_set_up_changes_nothing_and_leaves_the_token_usable(box: Path, home: Visitor) -> None:
    token = setup_link.make_setup_token()
    wrong = (
        {"password": "short"},
        {"email": "asha"},
        {"time_zone": "Mars/Olympus"},
        {"business_name": " "},
        {"password": "AshaStores2025!"},
    )
    for mistake in wrong:
        with pytest.raises(Invalid):
            use_setup(token, home, **mistake)
        assert not User.select().exists()
        assert store.get("business_name") == ""

    use_setup(token, home)


def test_two_set_ups_at_once_make_one_owner(box: Path, home: Visitor) -> None:
    token = setup_link.make_setup_token()
    outcomes: list[str] = []

    def try_it(number: int) -> None:
        db.connect_thread()
        try:
            use_setup(token, home, email=f"asha{number}@example.com")
            outcomes.append("owner")
        except BoxError as refused:
            outcomes.append(refused.code)
        finally:
            db.disconnect_thread()

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count("owner") == 1
    assert User.select().count() == 1


def use_setup(token: str, home: Visitor, **changes: str) -> tuple[str, Actor]:
    given = {"name": "Asha", "email": "asha@example.com", "password": PASSWORD, "business_name": "Asha Stores", "time_zone": "Asia/Kolkata"}
    return setup_link.use_setup_token(token, **{**given, **changes}, visitor=home)


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
def test_open_windows_are_told_when_their_session_ends(team: dict[Role, User], home: Visitor) -> None:
    told: list[News] = []

    class Windows:
        def carry(self, news: Sequence[News]) -> None:
            told.extend(news)

        def is_anyone_listening(self) -> bool:
            return True

    live.use_carrier(Windows())
    try:
        _, ravi = sign_in(email_of(Role.AGENT), PASSWORD, visitor=home)
        users.change_user(team[Role.AGENT].id, by=SYSTEM, disabled=True)
    finally:
        live.use_carrier(None)

    assert [(news.rooms, news.name) for news in told] == [((f"session:{ravi.session_id}",), "session.ended")]


def test_old_links_are_swept(actors: dict[Role, Actor], team: dict[Role, User]) -> None:
    with frozen_at(NOON):
        links.make_password_link(team[Role.AGENT].id, by=actors[Role.OWNER])
    with frozen_at(NOON + timedelta(days=31)):
        assert links.sweep() == 1
    assert not OneTimeLink.select().exists()
