"""Other numbers and user ids of a person. One that they also use takes over when they write from it; one that they have left
still names them in what was sent before they left: by then it may be somebody else's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.phones import from_wa_id

Sender = tuple[str | None, str | None, int | None]  # wa_id, user_id, when (ms)


@dataclass(frozen=True, slots=True)
class Account:
    """A row of `contact_account`."""

    id: int
    contact_id: int
    wa_id: str | None
    user_id: str | None
    left_at: int | None

    @property
    def is_left(self) -> bool:
        return self.left_at is not None


def owners(senders: Sequence[Sender]) -> list[Account | None]:
    """Whose other account each sender is, in their order."""
    found = _load(senders)
    return [_owner(sender, found) for sender in senders]


def of_contact(contact_id: int) -> list[Account]:
    """Every other account of a person, newest first."""
    rows = sql.run(
        "SELECT id, contact_id, wa_id, user_id, left_at FROM contact_account WHERE contact_id = ? ORDER BY id DESC", (contact_id,)
    )
    return [Account(*row) for row in rows]


def keep(contact_id: int, wa_id: str | None, user_id: str | None, *, left_at: int | None) -> None:
    """Remember another account of a person; the same one twice is one row. Call inside a transaction."""
    if not (wa_id or user_id):
        return
    known = [one for one in of_contact(contact_id) if (one.wa_id, one.user_id) == (wa_id, user_id)]
    if known:
        sql.run("UPDATE contact_account SET left_at = ? WHERE id = ?", (left_at, known[0].id))
        return
    sql.run(
        "INSERT INTO contact_account (id, contact_id, wa_id, user_id, left_at, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        (ids.new_id(), contact_id, wa_id, user_id, left_at, now_ms()),
    )


def switch(account: Account) -> None:
    """The person writes from here now: what was their main account changes places with this one."""
    before = sql.run("SELECT wa_id, user_id FROM contact WHERE id = ?", (account.contact_id,))[0]
    sql.run(
        "UPDATE contact SET wa_id = ?, user_id = ?, phone = ? WHERE id = ?",
        (account.wa_id, account.user_id, from_wa_id(account.wa_id) if account.wa_id else None, account.contact_id),
    )
    sql.run("UPDATE contact_account SET wa_id = ?, user_id = ? WHERE id = ?", (*before, account.id))


def _load(senders: Sequence[Sender]) -> list[Account]:
    found: dict[int, Account] = {}
    for column, place in (("wa_id", 0), ("user_id", 1)):
        wanted = sorted({str(sender[place]) for sender in senders if sender[place]})
        if wanted:
            where, params = sql.among(column, wanted)
            for row in sql.run(f"SELECT id, contact_id, wa_id, user_id, left_at FROM contact_account WHERE {where}", params):
                found[row[0]] = Account(*row)
    return sorted(found.values(), key=lambda one: one.id, reverse=True)


def _owner(sender: Sender, accounts: Sequence[Account]) -> Account | None:
    wa_id, user_id, at = sender
    for one in accounts:
        # The user id is nobody else's, ever; a number names them only until they left it.
        if user_id and one.user_id:
            if user_id == one.user_id:
                return one
        elif wa_id is not None and wa_id == one.wa_id and (one.left_at is None or (at is not None and at <= one.left_at)):
            return one
    return None
