"""The people of a made-up box: contacts with their conversations, and the tags that staff use."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from wablast_box.engine.ops.seed.times import language_of
from wablast_box.engine.ops.seed.words import FIRST_NAMES, LAST_NAMES, NATIVE_NAMES, SHOPS, TAGS
from wablast_box.lib import ids, sql

_BATCH = 5_000
# A prime and a range without a common factor: every number once, and none beside its neighbour.
_PRIME, _RANGE, _FIRST = 1_299_709, 2_900_000_000, 7_000_000_000
_CONTACT = "INSERT INTO contact (id, wa_id, phone, name, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_CONVERSATION = "INSERT INTO conversation (id, contact_id, last_message_id, read_up_to_id, created_at, opened_at) VALUES (?, ?, 0, 0, ?, ?)"


def add_people(first: int, count: int, moment: int) -> list[int]:
    """Contacts and their conversations; the ids of the new conversations. Call inside a transaction."""
    made: list[int] = []
    for start in range(first, first + count, _BATCH):
        numbers = range(start, min(start + _BATCH, first + count))
        contacts = [(ids.new_id(), *_person(number), moment) for number in numbers]
        sql.run_many(_CONTACT, contacts)
        kept = _kept([contact[0] for contact in contacts])
        rows = [(ids.new_id(), contact_id, moment, moment) for contact_id in kept]
        sql.run_many(_CONVERSATION, rows)
        made += [row[0] for row in rows]
    return made


def tag_ids(moment: int) -> list[int]:
    """The tags of the box, made when it has none. Call inside a transaction."""
    found = [int(row[0]) for row in sql.run("SELECT id FROM tag ORDER BY id")]
    if not found:
        rows = [(ids.new_id(), name, color, moment) for name, color in TAGS]
        sql.run_many("INSERT INTO tag (id, name, color, created_at) VALUES (?, ?, ?, ?)", rows)
        found = [row[0] for row in rows]
    return found


def staff_ids() -> list[int]:
    """Who answers: agents first, everybody when there are none."""
    rows = sql.run('SELECT id, role FROM "user" WHERE disabled_at IS NULL ORDER BY id')
    return [row[0] for row in rows if row[1] == "AGENT"] or [row[0] for row in rows if row[1] != "ANALYST"]


def _kept(contact_ids: Sequence[int]) -> list[int]:
    rows = sql.run("SELECT id FROM contact WHERE id BETWEEN ? AND ? ORDER BY id", (contact_ids[0], contact_ids[-1]))
    return [row[0] for row in rows]


def _person(number: int) -> tuple[Any, ...]:
    wa_id = f"91{_FIRST + number * _PRIME % _RANGE}"
    return wa_id, f"+{wa_id}", _name(number)


def _name(number: int) -> str:
    rng = random.Random(number)  # noqa: S311
    if rng.random() < 0.03:
        return rng.choice(SHOPS)
    native = NATIVE_NAMES.get(language_of(number))
    if native and rng.random() < 0.6:
        return rng.choice(native)
    first = rng.choice(FIRST_NAMES)
    return first if rng.random() < 0.12 else f"{first} {rng.choice(LAST_NAMES)}"
