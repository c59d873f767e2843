"""An authenticator app: six digits every thirty seconds, each good once."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

import pyotp

from wablast_box.engine.audit.record import record
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.mfa.models import Totp
from wablast_box.engine.team.models import User
from wablast_box.lib.clock import now, now_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Denied, NotFound

STEP_S, AROUND = 30, (0, -1, 1)


@dataclass(frozen=True, slots=True)
class NewTotp:
    """Shown once: the seed to type, and the same as a QR code. `squares`: a row of 0 and 1 for each line of it."""

    secret: str
    uri: str
    squares: list[str]


def begin_totp(actor: Actor) -> NewTotp:
    """A new seed, which counts when a first code was right. One that counts already stays until then."""
    user = User.get_by_id(actor.id)
    found = Totp.get_or_none(Totp.user == user.id)
    if found is not None and found.confirmed_at is not None:
        raise Conflict("You have an authenticator app already.", help="Remove it first, then add the new one.")
    seed = pyotp.random_base32()
    with transaction():
        Totp.delete().where(Totp.user == user.id).execute()
        Totp.insert(user=user.id, sealed=secrets.seal_text(seed, place=_place(user.id)), created_at=now(), last_step=0).execute()
    issuer = (store.get("business_name") or "wablast-box").replace(":", " ")
    uri = pyotp.TOTP(seed, name=user.email, issuer=issuer).provisioning_uri()
    return NewTotp(seed, uri, _squares(uri))


def _squares(text: str) -> list[str]:
    import segno  # rarely needed, and slow to load

    return ["".join("1" if dark else "0" for dark in row) for row in segno.make_qr(text, error="m").matrix]


def confirm_totp(actor: Actor, code: str) -> None:
    """The first code was right: from now on signing in asks for one."""
    row = Totp.get_or_none(Totp.user == actor.id)
    if row is None or row.confirmed_at is not None:
        raise NotFound("There is no authenticator app to confirm.", help="Begin again.")
    with transaction():
        if not _matches(row, code):
            raise Denied(
                "This code is not right.", code="wrong_code", help="Check that the clock of your phone is right, and type the next code."
            )
        Totp.update(confirmed_at=now()).where(Totp.user == actor.id).execute()
        record("mfa.totp_added", by=actor, subject=actor.ref, subject_name=actor.name)


def remove_totp(actor: Actor) -> None:
    """Forget the authenticator app."""
    with transaction():
        if not Totp.delete().where(Totp.user == actor.id).execute():
            raise NotFound("You have no authenticator app.")
        record("mfa.totp_removed", by=actor, subject=actor.ref, subject_name=actor.name)


def is_right(user_id: int, code: str) -> bool:
    """Is this a code of now, that was not used before?"""
    row = Totp.get_or_none(Totp.user == user_id, Totp.confirmed_at.is_null(False))
    if row is None:
        return False
    with transaction():
        return _matches(row, code)


def _matches(row: Totp, code: str) -> bool:
    """One step before and after counts too, because clocks differ. The step is taken by the database: of two at once one wins."""
    seed = pyotp.TOTP(secrets.unseal_text(bytes(row.sealed), place=_place(row.user_id)))
    typed = "".join(code.split()).encode("utf-8", "replace")
    current = now_ms() // 1000 // STEP_S
    right = [current + offset for offset in AROUND if hmac.compare_digest(seed.generate_otp(current + offset).encode(), typed)]
    return any(
        Totp.update(last_step=step).where(Totp.user == row.user_id, Totp.last_step < step, Totp.sealed == row.sealed).execute()
        for step in right
    )


def _place(user_id: int) -> str:
    return f"totp|sealed|{user_id}"
