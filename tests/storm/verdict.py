"""What must be true after the storm. Each function gives sentences about what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cysqlite

from .client import Client
from .graph_stub import GraphStub
from .payloads import Said
from .texts import as_stored

FINAL = {"sent", "delivered", "read", "failed", "unconfirmed"}
MOST_UNCONFIRMED = 0.3
# The stub leaves one of seven unclear, whatever the box does. This is the box's own share: marked, and killed before it left.
MOST_NEVER_LEFT = 0.1


async def of_the_inbox(client: Client, said: Sequence[Said]) -> list[str]:
    """Each message once, byte for byte; each customer once; nothing forged, nothing left over, nothing half processed."""
    stored = [item async for item in client.every("/messages?direction=in")]
    problems = _each_once(said, stored) + _byte_for_byte(said, stored)
    contacts = [item["wa_id"] async for item in client.every("/contacts")]
    phones = {one.phone for one in said}
    if sorted(contacts) != sorted(phones):
        problems.append(f"{len(contacts)} contacts ({len(set(contacts))} different) for {len(phones)} customers")
    failed = [item async for item in client.every("/webhook-events?state=failed")]
    return problems + [f"{len(failed)} webhooks could not be processed, for example: {item['error'][:300]}" for item in failed[:1]]


def _each_once(said: Sequence[Said], stored: Sequence[Mapping[str, Any]]) -> list[str]:
    counted = Counter(item["wamid"] for item in stored)
    wanted = {one.wamid for one in said}
    lost, strange = wanted - counted.keys(), counted.keys() - wanted
    doubled = [wamid for wamid, count in counted.items() if count > 1]
    return (
        [f"{len(lost)} messages were lost: {sorted(lost)[:5]}"] * bool(lost)
        + [f"{len(doubled)} messages were stored twice: {sorted(doubled)[:5]}"] * bool(doubled)
        + [f"{len(strange)} messages came from nowhere: {sorted(strange)[:5]}"] * bool(strange)
    )


def _byte_for_byte(said: Sequence[Said], stored: Sequence[Mapping[str, Any]]) -> list[str]:
    texts = {item["wamid"]: item["text"] for item in stored}
    texted = [one for one in said if one.text is not None and one.wamid in texts]
    wrong = [one for one in texted if (texts[one.wamid] or "") != as_stored(one.text or "")]
    return [f"{one.wamid} reads {texts[one.wamid]!r} and was {one.text!r}" for one in wrong[:5]]


async def of_the_outbox(client: Client, wanted: Mapping[str, str], graph: GraphStub) -> list[str]:
    """Each request at Graph at most once; what the box says about it is true and final."""
    accepted = Counter(one.text for one in graph.accepted)
    problems = [f"Graph accepted {text!r} {count} times" for text, count in accepted.items() if count > 1]
    listed = {item["text"]: item async for item in client.every("/messages?direction=out")}
    keys = Counter([item["idempotency_key"] async for item in client.every("/messages?direction=out")])
    problems += [f"the key {key} made {count} messages" for key, count in keys.items() if count > 1]
    for key, text in wanted.items():
        item = listed.get(text)
        if item is None:
            problems.append(f"the accepted request {key} is not listed")
        elif (lie := _lie(item["state"], text in accepted)) is not None:
            problems.append(f"{text!r}: {lie}")
    unknown = [item for item in listed.values() if item["state"] == "unconfirmed"]
    if len(unknown) > MOST_UNCONFIRMED * len(wanted):
        problems.append(f"{len(unknown)} of {len(wanted)} sends are unconfirmed")
    never_left = [item for item in unknown if not graph.calls_by_text[item["text"]]]
    if len(never_left) > MOST_NEVER_LEFT * len(wanted):
        problems.append(f"{len(never_left)} of {len(wanted)} sends were marked and never reached Graph")
    return problems


def _lie(state: str, was_accepted: bool) -> str | None:
    """What is wrong with showing this state, now that Meta has reported everything it accepted as read."""
    if state not in FINAL:
        return f"shown as {state}, which is not final"
    if was_accepted and state != "read":
        return f"shown as {state}, but the customer has read it"
    if not was_accepted and state not in ("failed", "unconfirmed"):
        return f"shown as {state}, but Graph never accepted it"
    return None


def of_the_file(path: Path) -> list[str]:
    """What SQLite itself says about the database, and our unique keys."""
    connection = cysqlite.connect(str(path))
    try:
        whole = [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall()]
        strays = connection.execute("PRAGMA foreign_key_check").fetchall()
        doubled = connection.execute("SELECT count(*) FROM (SELECT 1 FROM message_status GROUP BY wamid, status, recipient HAVING count(*) > 1)").fetchone()[0]
        forged = connection.execute("SELECT count(*) FROM webhook_event WHERE instr(body, CAST('FORGED' AS BLOB)) > 0").fetchone()[0]
    finally:
        connection.close()
    return (
        [f"integrity_check: {whole[:3]}"] * (whole != ["ok"])
        + [f"foreign_key_check: {strays[:3]}"] * bool(strays)
        + [f"{doubled} statuses are stored twice"] * bool(doubled)
        + [f"{forged} forged deliveries were stored"] * bool(forged)
    )
