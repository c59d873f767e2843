"""Who is at a conversation: told to the others who may see it, by name, and to nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.patience import BUSY
from tests.people import actor_for
from tests.web.test_gateway import Ears, Story, play, signed_in, window, writes
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.replies.drafts import keep_draft
from wablast_box.engine.replies.models import Mode
from wablast_box.engine.settings import store
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.web.bridge import in_engine

__all__ = ["play"]
pytestmark = pytest.mark.feature("IN-33")


async def opens(url: str, user: User) -> Any:
    headers, ticket = await in_engine(signed_in, user, url)
    return window(url, {"ticket": ticket}, headers)


def listen(ears: Ears) -> list[dict[str, Any]]:
    heard: list[dict[str, Any]] = []
    ears.client.on("presence", heard.append)
    return heard


async def until(done: Callable[[], bool]) -> None:
    for _ in range(150 * BUSY):
        if done():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen")


async def says(ears: Ears, chat: int, doing: object) -> bool:
    answer = await ears.client.call("conversation.presence", {"id": str(chat), "doing": doing}, timeout=3 * BUSY)
    return bool(answer["ok"])


async def joins(ears: Ears, chat: int) -> bool:
    return bool((await ears.client.call("conversation.join", {"id": str(chat)}, timeout=3 * BUSY))["ok"])


def test_a_colleague_in_the_room_sees_who_types(play: Callable[[Story], None], team: dict[Role, User]) -> None:
    async def story(url: str) -> None:
        chat = await in_engine(writes)
        async with await opens(url, team[Role.AGENT]) as ravi, await opens(url, team[Role.OWNER]) as asha:
            hers, his = listen(asha), listen(ravi)
            assert await joins(ravi, chat) and await joins(asha, chat)

            assert await says(ravi, chat, "typing")
            await until(lambda: len(hers) == 1)
            await ravi.client.call("conversation.leave", {"id": str(chat)}, timeout=3 * BUSY)
            await until(lambda: len(hers) == 2)

            assert hers[0]["user"] == {"id": str(team[Role.AGENT].id), "name": "Ravi"}
            assert [packet["doing"] for packet in hers] == ["typing", None]
            assert his == []

    play(story)


def test_who_is_not_in_the_room_says_and_hears_nothing(play: Callable[[Story], None], team: dict[Role, User]) -> None:
    async def story(url: str) -> None:
        chat = await in_engine(writes)
        await in_engine(lambda: assign(chat, team[Role.OWNER].id, actor="system"))
        async with await opens(url, team[Role.AGENT]) as ravi, await opens(url, team[Role.OWNER]) as asha:
            hers, his = listen(asha), listen(ravi)
            assert not await joins(ravi, chat) and await joins(asha, chat)

            said = [await says(ravi, chat, "typing"), await says(asha, chat, "dancing"), await says(asha, chat, ["typing"])]
            assert await says(asha, chat, "viewing")
            await asyncio.sleep(0.2)

            assert said == [False, False, False]
            assert (hers, his) == ([], [])

    play(story)


def test_a_window_that_closes_is_gone_and_masked_people_hear_names(play: Callable[[Story], None], team: dict[Role, User]) -> None:
    async def story(url: str) -> None:
        chat = await in_engine(writes)
        await in_engine(store.put, "agents_see_masked_numbers", True)
        async with await opens(url, team[Role.AGENT]) as ravi:
            heard = listen(ravi)
            assert await joins(ravi, chat)
            async with await opens(url, team[Role.OWNER]) as asha:
                assert await joins(asha, chat) and await says(asha, chat, "noting")
                await until(lambda: len(heard) == 1)
            await until(lambda: len(heard) == 2)

            assert [(packet["user"]["name"], packet["doing"]) for packet in heard] == [("Asha", "noting"), ("Asha", None)]

    play(story)


@pytest.mark.feature("DT-09")
def test_a_draft_reaches_the_other_devices_of_its_writer_only(play: Callable[[Story], None], team: dict[Role, User]) -> None:
    async def story(url: str) -> None:
        chat = await in_engine(writes)
        async with await opens(url, team[Role.AGENT]) as ravi, await opens(url, team[Role.OWNER]) as asha:
            his: list[Any] = []
            hers: list[Any] = []
            ravi.client.on("draft.updated", his.append)
            asha.client.on("draft.updated", hers.append)
            ravis = actor_for(team[Role.AGENT])

            await in_engine(lambda: keep_draft(EVERYTHING, ravis, chat, mode=Mode.REPLY, text="Dear", based_on=None, window="phone"))
            await until(lambda: len(his) == 1)

            assert (his[0]["draft"]["text"], his[0]["window"], hers) == ("Dear", "phone", [])

    play(story)


@pytest.mark.feature("FE-01")
def test_those_who_draw_the_same_flow_see_each_other_until_they_leave(play: Callable[[Story], None], team: dict[Role, User]) -> None:
    async def story(url: str) -> None:
        async def draws(ears: Ears, flow: object) -> bool:
            return bool((await ears.client.call("flow.presence", {"id": flow}, timeout=3 * BUSY))["ok"])

        hers: list[dict[str, Any]] = []
        async with await opens(url, team[Role.OWNER]) as asha, await opens(url, team[Role.AGENT]) as ravi:
            asha.client.on("flow.presence", hers.append)
            assert await draws(asha, "7")
            assert not await draws(ravi, "7"), "who only looks on is in nobody's way"
            async with await opens(url, team[Role.ADMIN]) as meera:
                assert await draws(meera, "7")
                await until(lambda: len(hers) == 1)
                assert await draws(meera, "8")
                await until(lambda: len(hers) == 2)
                assert await draws(meera, "7")
                await until(lambda: len(hers) == 3)
            await until(lambda: len(hers) == 4)

        assert [packet["is_open"] for packet in hers] == [True, False, True, False]
        assert {packet["user"]["id"] for packet in hers} == {str(team[Role.ADMIN].id)}

    play(story)
