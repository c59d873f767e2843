"""Whom we ask: keys that nobody sees again, addresses that are looked at, and who may do what."""

from __future__ import annotations

import pytest

from tests.engine.ai.conftest import KEY, Added
from tests.models import ModelServer, a_model, error
from tests.people import actor_for, add_person
from wablast_box.engine.ai import providers
from wablast_box.engine.ai.models import AiProvider, AiUsage
from wablast_box.engine.ai.trying import try_provider
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Role
from wablast_box.lib.errors import Conflict, Denied, Invalid

OPENAI = {"name": "OpenAI", "kind": "openai_compatible", "base_url": "https://api.openai.com/v1", "model": "gpt-4o-mini", "key": KEY}


def test_the_first_one_is_the_usual_one_until_another_is(asha: Actor) -> None:
    first = providers.add_provider(OPENAI, by=asha)
    second = providers.add_provider({**OPENAI, "name": "Other", "is_default": True}, by=asha)

    assert first.is_default and second.is_default
    assert not providers.find(first.id).is_default
    providers.delete_provider(second.id, by=asha)
    assert providers.find(first.id).is_default


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://api.openai.com/v1/", "https://api.openai.com/v1"), ("https://api.groq.com/openai/v1/chat/completions", "https://api.groq.com/openai/v1"),
        ("https://api.openai.com", "https://api.openai.com/v1"),
    ],
)  # fmt: skip
def test_what_is_copied_from_a_providers_page_is_understood(asha: Actor, written: str, kept: str) -> None:
    assert providers.add_provider({**OPENAI, "base_url": written}, by=asha).base_url == kept


WRONG = [
    ({"name": " "}, "name"), ({"kind": "oracle"}, "kind"), ({"model": "two words"}, "model"), ({"base_url": "ftp://a.in"}, "base_url"),
    ({"base_url": "https://me:secret@a.in/v1"}, "base_url"), ({"base_url": "https://a.in/v1?key=1"}, "base_url"),
    ({"base_url": "http://api.openai.com/v1"}, "allows_private"), ({"base_url": "https://localhost/v1"}, "allows_private"),
    ({"base_url": "https://192.168.1.5/v1"}, "allows_private"), ({"base_url": "https://127.1/v1"}, "allows_private"), ({"key": "two words"}, "key"),
    ({"price_in_paise": -1}, "price_in_paise"), ({"price_out_paise": True}, "price_out_paise"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "field"), WRONG, ids=[str(one[0]) for one in WRONG])
def test_what_is_wrong_is_named(asha: Actor, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        providers.add_provider({**OPENAI, **given}, by=asha)
    assert wrong.value.field == field
    assert AiProvider.select().count() == 0


@pytest.mark.feature("AI-01")
def test_a_key_goes_to_no_other_server_than_it_was_entered_for(asha: Actor) -> None:
    row = providers.add_provider(OPENAI, by=asha)
    assert (row.key_last4, providers.key_of(row)) == (KEY[-4:], KEY)

    same = providers.change_provider(row.id, {"base_url": "https://api.openai.com/v2", "model": "gpt-5"}, by=asha)
    assert providers.key_of(same) == KEY
    moved = providers.change_provider(row.id, {"base_url": "https://evil.example.com/v1"}, by=asha)
    assert (providers.key_of(moved), moved.key_last4) == (None, None)


def test_names_are_taken_once(asha: Actor) -> None:
    providers.add_provider(OPENAI, by=asha)
    with pytest.raises(Conflict):
        providers.add_provider(OPENAI, by=asha)


def test_only_the_owner_opens_the_way_into_their_own_network(asha: Actor) -> None:
    admin = actor_for(add_person(Role.ADMIN, email="ravi@example.com"))
    agent = actor_for(add_person(Role.AGENT, email="meera@example.com"))
    local = {**OPENAI, "base_url": "http://localhost:11434", "allows_private": True}

    providers.add_provider({**OPENAI, "name": "Admin's"}, by=admin)
    with pytest.raises(Denied):
        providers.add_provider(local, by=admin)
    row = providers.add_provider(local, by=asha)
    assert row.base_url == "http://localhost:11434/v1"
    providers.change_provider(row.id, {"model": "gemma3"}, by=admin)
    with pytest.raises(Denied):
        providers.change_provider(row.id, {"base_url": "http://192.168.1.1/v1"}, by=admin)
    with pytest.raises(Denied):
        providers.add_provider(OPENAI, by=agent)


def test_everything_is_written_down_without_the_key(asha: Actor) -> None:
    row = providers.add_provider(OPENAI, by=asha)
    providers.change_provider(row.id, {"key": "sk-another-key-0123456789"}, by=asha)
    providers.delete_provider(row.id, by=asha)

    entries = list(AuditEntry.select().where(AuditEntry.action.startswith("ai_provider")).order_by(AuditEntry.id))
    assert [one.action for one in entries] == ["ai_provider.created", "ai_provider.changed", "ai_provider.deleted"]
    assert not any("sk-" in str(one.__data__) for one in entries)


def test_a_provider_is_tried_and_says_what_is_wrong(asha: Actor, added: Added) -> None:
    def tried(model: ModelServer, name: str) -> tuple[bool, str, bool]:
        found = try_provider(added(model, name=name).id, by=asha)
        return found.is_ok, found.text, found.duration_ms >= 0

    with a_model("Namaste to your lovely shop!") as good, a_model(error(401)) as bad:
        assert tried(good, "good") == (True, "Namaste to your lovely shop!", True)
        assert tried(bad, "bad") == (False, "The provider does not accept the key.", True)
    assert [row.purpose for row in AiUsage.select()] == ["test", "test"]
