"""Searching over HTTP: one list of hits, and never an error for what people type."""

from __future__ import annotations

import pytest

from tests.web.browser import Browser, code_of
from tests.web.test_inbox import writes
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.search import index
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role


@pytest.mark.feature("IN-31")
def test_a_hit_says_what_it_is_where_it_is_and_which_words_fit(asha: Browser) -> None:
    conversation_id = writes("Is the <b>red</b> saree in stock?")
    index.index_some()

    [hit] = asha.get("/api/v1/search", params={"q": "saree sto", "kind": "message"}).json()["items"]

    assert hit["conversation_id"] == str(conversation_id) and hit["title"] == "Kabir" and hit["kind"] == "message"
    assert hit["snippet"] == "Is the <b>red</b> saree in stock?"
    assert [hit["snippet"][start:end] for start, end in hit["highlights"]] == ["saree", "stock"]
    assert hit["at"].endswith("Z") and hit["direction"] == "in"


@pytest.mark.feature("IN-31")
def test_an_agent_finds_nothing_in_chats_of_others(ravi: Browser, asha: Browser, team: dict[Role, User]) -> None:
    conversation_id = writes("a secret about sarees")
    Conversation.update(assignee=team[Role.ADMIN]).where(Conversation.id == conversation_id).execute()
    index.index_some()

    assert asha.get("/api/v1/search", params={"q": "secret"}).json()["items"]
    for words in ("secret", "kabir", "919812345678", f"in:{conversation_id} secret"):
        assert ravi.get("/api/v1/search", params={"q": words}).json() == {"items": [], "next_cursor": None}


@pytest.mark.parametrize("words", ["", '"', "NEAR(", "a\x00b", "*" * 500, "a" * 10_000, "a" * 1_000, "\u202e", "kind:"])
def test_whatever_is_typed_gets_an_answer(asha: Browser, words: str) -> None:
    writes("hello")
    index.index_some()

    answer = asha.get("/api/v1/search", params={"q": words})

    # The guard refuses addresses that are too long or hold a NUL before anybody reads them.
    assert answer.status_code in (200, 400, 414), answer.text


def test_a_filter_that_means_nothing_is_named(asha: Browser) -> None:
    answer = asha.get("/api/v1/search", params={"q": "order before:tomorrow"})

    assert (answer.status_code, code_of(answer)) == (422, "invalid_filter")
    assert asha.get("/api/v1/search", params={"q": "x", "kind": "potato"}).json()["error"]["field"] == "kind"
    assert asha.get("/api/v1/search", params={"q": "x", "limit": "0"}).json()["error"]["field"] == "limit"
