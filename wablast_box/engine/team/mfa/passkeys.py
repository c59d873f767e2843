"""Passkeys: key pairs that stay on a device. They work for one host name, never on a bare address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from wablast_box.engine.audit.record import record
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor, person
from wablast_box.engine.team.mfa.models import Passkey
from wablast_box.engine.team.models import User
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Denied, Invalid, NotFound
from wablast_box.lib.ids import new_id

MOST = 20
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """The name under which the browser sees the box, and the origins its pages have."""

    host: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the browser gets, and what is kept until it answers."""

    options: Json
    challenge: str


def registration_options(actor: Actor, site: Site) -> Challenge:
    """Options to make a passkey on this device."""
    user = User.get_by_id(actor.id)
    mine = _known(_of_user(user.id))
    if len(mine) >= MOST:
        raise Conflict(f"You have {MOST} passkeys.", help="Remove one that you no longer use.")
    box_name = store.get("business_name") or "wablast-box"
    return Challenge(*_ceremony().registration(site.host, box_name, user.id, user.email, user.name, mine))


def add_passkey(actor: Actor, name: str, credential: Json, *, challenge: str, site: Site) -> Passkey:
    """Keep the public half of a new passkey."""
    cleaned = _name(name)
    found = _ceremony().read_registration(credential, challenge, site.host, site.origins)
    if found is None:
        raise Invalid("This passkey could not be read.", help="Try again, or use another device.", field="credential")
    row = Passkey(
        id=new_id(), user=actor.id, name=cleaned, credential_id=found.credential_id, public_key=found.public_key,
        sign_count=found.sign_count, host=site.host, transports_json=_transports(credential), is_synced=found.is_synced, created_at=now(),
    )  # fmt: skip
    with transaction():
        if Passkey.select().where(Passkey.credential_id == row.credential_id).exists():
            raise Conflict("This passkey is known already.")
        row.save(force_insert=True)
        record("mfa.passkey_added", by=actor, subject=actor.ref, subject_name=cleaned)
    return row


def assertion_options(site: Site, user_id: int | None = None) -> Challenge:
    """Options to prove a passkey: of one person, or of whoever comes. Who comes without a password must also unlock the device."""
    known = _known(_of_user(user_id).where(Passkey.host == site.host)) if user_id else None
    return Challenge(*_ceremony().assertion(site.host, known))


def prove(credential: Json, *, challenge: str, site: Site, user_id: int | None = None) -> User:
    """The user whose passkey signed the challenge; Denied otherwise. A count that went back means a copy, and is refused."""
    row = Passkey.get_or_none(Passkey.credential_id == str(credential.get("id", "")), Passkey.host == site.host)
    if row is None or (user_id is not None and row.user_id != user_id):
        raise _not_known()
    count = _ceremony().read_assertion(credential, challenge, site.host, site.origins, bytes(row.public_key), unlocked=user_id is None)
    if count is None:
        raise _not_known()
    user = User.get_by_id(row.user_id)
    if user.disabled_at is not None:
        raise _not_known()
    _count(row, count)
    return user


def list_passkeys(user_id: int) -> list[Passkey]:
    """The passkeys of somebody, newest first."""
    return list(_of_user(user_id))


def rename_passkey(actor: Actor, passkey_id: int, name: str) -> None:
    """Call one of the own passkeys something else."""
    cleaned = _name(name)
    with transaction():
        if not Passkey.update(name=cleaned).where(Passkey.id == passkey_id, Passkey.user == actor.id).execute():
            raise NotFound("There is no such passkey.")


def remove_passkey(actor: Actor, passkey_id: int) -> None:
    """Forget one of the own passkeys."""
    row = Passkey.get_or_none(Passkey.id == passkey_id, Passkey.user == actor.id)
    if row is None:
        raise NotFound("There is no such passkey.")
    with transaction():
        Passkey.delete().where(Passkey.id == row.id).execute()
        record("mfa.passkey_removed", by=actor, subject=actor.ref, subject_name=row.name)


def _count(row: Passkey, count: int) -> None:
    with transaction():
        is_next = (Passkey.sign_count < count) | ((Passkey.sign_count == 0) & (count == 0))
        if Passkey.update(sign_count=count, last_used_at=now()).where(Passkey.id == row.id, is_next).execute():
            return
        record("mfa.passkey_cloned", by=person(row.user), subject=f"user:{row.user_id}", subject_name=row.name, result="refused")
    raise Denied(
        "This passkey may have been copied: its counter went back.",
        code="wrong_passkey",
        help="Sign in another way and remove the passkey.",
    )


def _of_user(user_id: int | None) -> Any:
    return Passkey.select().where(Passkey.user == user_id).order_by(Passkey.id.desc())


def _known(rows: Iterable[Passkey]) -> list[tuple[str, list[str] | None]]:
    return [(row.credential_id, row.transports_json) for row in rows]


def _name(text: str) -> str:
    cleaned = " ".join(text.split())
    if not 1 <= len(cleaned) <= 60 or not cleaned.isprintable():
        raise Invalid("A passkey needs a name of 1 to 60 characters.", field="name")
    return cleaned


def _transports(credential: Json) -> list[str] | None:
    answer = credential.get("response")
    given = answer.get("transports") if isinstance(answer, dict) else None
    return [str(kind)[:20] for kind in given[:8]] if isinstance(given, list) else None


def _not_known() -> Denied:
    return Denied("This passkey opens nothing here.", code="wrong_passkey", help="Use another one, or sign in another way.")


def _ceremony() -> ModuleType:
    # Takes a tenth of a second to load, which most boxes never need.
    from wablast_box.engine.team.mfa import ceremony

    return ceremony
