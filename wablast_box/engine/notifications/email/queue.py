"""Put letters into the queue, look at it, and try a failed one again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import orjson

from wablast_box.engine.notifications.email import tasks
from wablast_box.engine.notifications.email.addresses import checked_address, one_line
from wablast_box.engine.notifications.email.deliver import body_place
from wablast_box.engine.notifications.email.models import Email, EmailState
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import User
from wablast_box.lib import ids
from wablast_box.lib.claims import is_due
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound

LIFE = timedelta(days=2)
KEPT = timedelta(days=30)


def queue_email(to: str, subject: str, text: str, html: str | None = None, *, kind: str, life: timedelta = LIFE) -> int:
    """Queue one letter in the caller's transaction, and ring after it; its number. Invalid when `to` is no address.

    It is queued also when e-mail is not set up, and fails with that reason: ask `account.is_set_up` first where there is another way.
    """
    number, moment = ids.new_id(), now()
    address = checked_address(to)
    body = orjson.dumps({"text": text, "html": html}).decode()
    with transaction():
        Email.insert(
            id=number, kind=kind, to_address=address, subject=one_line(subject), state=EmailState.QUEUED, created_at=moment,
            expires_at=moment + life, sealed_body=secrets.seal_text(body, place=body_place(number)),
        ).execute()  # fmt: skip
        after_commit(tasks.send_emails)
    return number


def queue_test(by: Actor, *, to: str | None = None) -> Email:
    """A letter that proves the settings, to the person who asks."""
    user = User.get_or_none(User.id == by.id) if by.kind == "user" else None
    address = user.email if user is not None else to
    if not address:
        raise Invalid("Say where the test is to go.", field="to")
    name = store.get("business_name") or "your box"
    number = queue_email(
        address,
        f"A test from {name}",
        f"This is a test from wablast-box for {name}.\n\nE-mail works: invitations and digests arrive like this one.\n",
        kind="test",
        life=timedelta(hours=1),
    )
    return Email.get_by_id(number)


def send_queued() -> None:
    """Have sent what no bell announced, and what waited for its next try."""
    if is_due(Email, pending=EmailState.QUEUED, working=EmailState.SENDING):
        tasks.send_emails()


def list_emails(*, limit: int, before: int | None = None) -> Sequence[Email]:
    """Newest first."""
    query = Email.select().order_by(Email.id.desc()).limit(limit)
    return list(query if before is None else query.where(Email.id < before))


def retry_email(number: int) -> Email:
    """Try a failed letter once more, from the beginning."""
    with transaction():
        changed = (
            Email.update(state=EmailState.QUEUED, attempts=0, next_attempt_at=0, error=None, expires_at=now() + LIFE)
            .where(Email.id == number, Email.state == EmailState.FAILED, Email.sealed_body.is_null(False))
            .execute()
        )
        after_commit(tasks.send_emails)
    found = Email.get_or_none(Email.id == number)
    if found is None:
        raise NotFound("There is no such e-mail.")
    if not changed:
        raise Conflict("Only an e-mail that failed can be sent again.")
    return found


def prune_emails() -> None:
    """What was sent, and what failed long ago; links in a failed one are dead by then."""
    with transaction():
        Email.delete().where(Email.state.in_([EmailState.SENT, EmailState.FAILED]), Email.created_at < now() - KEPT).execute()
