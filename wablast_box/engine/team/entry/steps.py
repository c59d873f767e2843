"""Steps of an unfinished sign-in: each bound to one browser, good once, for minutes, and for five tries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wablast_box.engine.team.entry.models import EntryStep
from wablast_box.engine.team.models import User
from wablast_box.lib.clock import now
from wablast_box.lib.crypto import new_token, token_hash
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Denied
from wablast_box.lib.ids import new_id

SECOND_FACTOR, PASSKEY, GOOGLE = "second_factor", "passkey", "google"
ADD_PASSKEY, CONFIRM_PASSKEY = "add_passkey", "confirm_passkey"
LIFE = {
    SECOND_FACTOR: timedelta(minutes=10), PASSKEY: timedelta(minutes=5), GOOGLE: timedelta(minutes=10),
    ADD_PASSKEY: timedelta(minutes=5), CONFIRM_PASSKEY: timedelta(minutes=5),
}  # fmt: skip
MOST_TRIES = 5


def begin(purpose: str, *, user: User | None = None, session_id: int | None = None, detail: dict[str, Any] | None = None) -> str:
    """A new step; the token for the browser's cookie."""
    token, moment = new_token(), now()
    with transaction():
        EntryStep.delete().where(EntryStep.expires_at < moment).execute()
        EntryStep.insert(
            id=new_id(), token_hash=token_hash(token), purpose=purpose, user=user, session=session_id, detail_json=detail,
            tries=0, created_at=moment, expires_at=moment + LIFE[purpose],
        ).execute()  # fmt: skip
    return token


def find(token: str | None, purpose: str) -> EntryStep:
    """The step behind a cookie; Denied when it is over, was used, or is another browser's."""
    row: EntryStep | None = (
        EntryStep.select()
        .where(EntryStep.token_hash == token_hash(token or ""), EntryStep.purpose == purpose)
        .where(EntryStep.used_at.is_null(), EntryStep.expires_at > now(), EntryStep.tries < MOST_TRIES)
        .first()
    )
    if row is None:
        raise _over()
    return row


def peek(token: str | None, purpose: str) -> EntryStep | None:
    """The step, or None."""
    try:
        return find(token, purpose)
    except Denied:
        return None


def of_session(session_id: int | None, purpose: str) -> EntryStep:
    """The newest step that a signed-in browser began; Denied when it is over."""
    row: EntryStep | None = (
        EntryStep.select()
        .where(EntryStep.session == session_id, EntryStep.purpose == purpose, EntryStep.used_at.is_null(), EntryStep.expires_at > now())
        .order_by(EntryStep.id.desc())
        .first()
    )
    if row is None:
        raise _over()
    return row


def count_try(step: EntryStep) -> None:
    """One of five. Counted before it is checked, so that five at once are five."""
    with transaction():
        counted = EntryStep.update(tries=EntryStep.tries + 1).where(EntryStep.id == step.id, EntryStep.tries < MOST_TRIES).execute()
    if not counted:
        raise _over()


def remember(step: EntryStep, detail: dict[str, Any]) -> None:
    """Keep a challenge until its answer comes."""
    with transaction():
        EntryStep.update(detail_json=detail).where(EntryStep.id == step.id).execute()


def use_up(step: EntryStep) -> None:
    """The step is done; Denied when somebody else was faster."""
    with transaction():
        taken = EntryStep.update(used_at=now()).where(EntryStep.id == step.id, EntryStep.used_at.is_null()).execute()
    if not taken:
        raise _over()


def _over() -> Denied:
    return Denied("This took too long, or was tried too often.", code="start_again", help="Start again from the beginning.")
