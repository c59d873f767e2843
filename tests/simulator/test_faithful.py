"""Our webhooks beside Meta's own samples: we invent no key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from .desk import wamid_of

# Newer than some of the samples: user ids and contacts beside statuses (2026), addresses of files and kinds of price (2025).
SINCE_2026 = {"user_id", "from_user_id", "recipient_user_id", "parent_user_id", "url", "contacts", "message"}
BUTTONS = {"type": "button", "body": {"text": "?"}, "action": {"buttons": [{"type": "reply", "reply": {"id": "a", "title": "A"}}]}}
LIST = {
    "type": "list",
    "body": {"text": "?"},
    "action": {"button": "O", "sections": [{"rows": [{"id": "r", "title": "R", "description": "d"}]}]},
}


def media(kind: str, **more: Any):
    return lambda phone, graph: phone.sends_media(kind, b"x", "image/jpeg", **more)


def tapping(content: dict[str, Any], title: str):
    return lambda phone, graph: (graph.send("interactive", content), phone.taps(title))


CASES = {
    "messages.text.reply_context.pywa": lambda phone, graph: phone.says("x", quoting=wamid_of(graph.text())),
    "messages.forwarded.pywa": lambda phone, graph: phone.says("x", forwarded=True),
    "messages.forwarded_many_times.pywa": lambda phone, graph: phone.says("x", forwarded_often=True),
    "messages.image.with_url.meta_docs": media("image", caption="x"),
    "messages.video.with_url.meta_docs": media("video", caption="x"),
    "messages.document.with_url.meta_docs": media("document", caption="x", filename="x.pdf"),
    "messages.audio.voice_with_url.meta_docs": media("audio", voice=True),
    "messages.sticker.with_url.meta_docs": media("sticker"),
    "messages.location.chosen.pywa": lambda phone, graph: phone.sends_location(1, 2, name="n", address="a"),
    "messages.contacts.meta_docs": lambda phone, graph: phone.sends_contacts(("Meera Nair", "+919886044556")),
    "messages.order.pywa": lambda phone, graph: phone.orders(
        [{"product_retailer_id": "K", "quantity": 1, "item_price": 3, "currency": "INR"}]
    ),
    "messages.reaction.pywa": lambda phone, graph: phone.reacts("wamid.x", "👍"),
    "messages.reaction.removed.meta_docs": lambda phone, graph: phone.reacts("wamid.x", ""),
    "messages.interactive.button_reply.meta_docs": tapping(BUTTONS, "A"),
    "messages.interactive.list_reply.meta_docs": tapping(LIST, "R"),
    "messages.interactive.nfm_reply.completion.pywa": lambda phone, graph: (graph.send("interactive", BUTTONS), phone.submits({"a": 1})),
    "messages.request_welcome.meta_docs": lambda phone, graph: phone.opens_chat(),
    "messages.unsupported.with_type.meta_docs": lambda phone, graph: phone.sends_unsupported("poll"),
    "messages.edit.image.pywa": lambda phone, graph: phone.edits(phone.sends_media("image", b"x", "image/jpeg", caption="a"), "b"),
    "messages.revoke.pywa": lambda phone, graph: phone.revokes(phone.says("x")),
    "user_preferences.meta_docs": lambda phone, graph: phone.stops_marketing(),
    "messages.status.sent_with_conversation.meta_docs": lambda phone, graph: (
        phone.says("x", referral={"source_type": "ad"}),
        graph.text(),
    ),
    "messages.status.with_tracker.pywa": lambda phone, graph: graph.text(biz_opaque_callback_data="x"),
}


@pytest.mark.parametrize(("sample", "does"), CASES.items(), ids=CASES)
def test_a_webhook_has_only_keys_that_metas_sample_has(meta, graph, kabir, mailbox, meta_payloads: Path, sample, does):
    mailbox.posts.clear()
    does(kabir, graph)
    meta.pump()

    known = set(paths(orjson.loads((meta_payloads / f"{sample}.json").read_bytes())))
    kind = next(path for path in known if path.endswith(("/messages", "/statuses", "/user_preferences")))
    ours = [body for body in map(orjson.loads, (post[2] for post in mailbox.posts)) if kind in set(paths(body))]
    assert ours, "nothing of that kind was sent"
    invented = {
        path for path in paths(ours[-1]) if path not in known and not (SINCE_2026 & set(path.split("/")) or path.endswith("pricing/type"))
    }
    assert not invented


def paths(value: Any, at: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{at}/{key}"
            yield from paths(inner, f"{at}/{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, at)
