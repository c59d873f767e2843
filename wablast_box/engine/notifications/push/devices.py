"""Browsers that may be told something: registered by the person who sits there, listed, and taken off again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from wablast_box.engine.notifications.push.keys import unb64
from wablast_box.engine.notifications.push.models import PushDevice
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import LoginSession
from wablast_box.lib import ids
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Denied, Invalid, NotFound
from wablast_box.lib.outbound import Refused, checked_url

MAX_ENDPOINT, MAX_DEVICES = 1024, 20


def register_device(by: Actor, *, endpoint: str, p256dh: str, auth: str) -> PushDevice:
    """This browser wants to hear. Registered again, by whomever, it belongs to who registered it last."""
    if by.kind != "user" or by.session_id is None:
        raise Denied("Only a signed-in browser can be told something.")
    _check_endpoint(endpoint)
    _check_keys(p256dh, auth)
    agent = LoginSession.get_by_id(by.session_id).agent
    fields = {"user": by.id, "session": by.session_id, "p256dh": p256dh, "auth": auth, "agent": agent, "created_at": now()}
    with transaction():
        PushDevice.insert(id=ids.new_id(), endpoint=endpoint, **fields).on_conflict(
            conflict_target=[PushDevice.endpoint], update={getattr(PushDevice, name): value for name, value in fields.items()}
        ).execute()
        _forget_oldest(by)
    return PushDevice.get(PushDevice.endpoint == endpoint)


def list_devices(by: Actor) -> Sequence[PushDevice]:
    """The devices of `by`, newest first."""
    return list(_live().where(PushDevice.user == by.id).order_by(PushDevice.created_at.desc(), PushDevice.id.desc()))


def get_device(number: int, *, by: Actor) -> PushDevice:
    """One device of `by`; NotFound when it is somebody else's."""
    found = _live().where(PushDevice.id == number, PushDevice.user == by.id).first()
    if found is None:
        raise NotFound("There is no such device.")
    return found


def revoke_device(number: int, *, by: Actor) -> None:
    """It hears nothing from now on; what waited for it goes too."""
    with transaction():
        if not PushDevice.delete().where(PushDevice.id == number, PushDevice.user == by.id).execute():
            raise NotFound("There is no such device.")


def all_devices() -> Sequence[PushDevice]:
    """Every device that may be told something."""
    return list(_live())


def devices_of(user_ids: Sequence[int]) -> Sequence[PushDevice]:
    """Every device that may be told something for these people."""
    return list(_live().where(PushDevice.user.in_(list(user_ids)))) if user_ids else []


def is_any_registered() -> bool:
    """Is there anybody to push to at all?"""
    return bool(PushDevice.select(PushDevice.id).exists())


def drop_ended() -> None:
    """Devices whose sign-in has ended: signed out here, from afar, or by an owner."""
    with transaction():
        ended = LoginSession.select(LoginSession.id).where(LoginSession.ended_at.is_null(False) | (LoginSession.expires_at <= now()))
        PushDevice.delete().where(PushDevice.session.in_(ended)).execute()


def _live() -> Any:
    return PushDevice.select(PushDevice).join(LoginSession).where(LoginSession.ended_at.is_null(), LoginSession.expires_at > now())


def _check_endpoint(endpoint: str) -> None:
    try:
        url = checked_url(endpoint) if len(endpoint) <= MAX_ENDPOINT else None
    except Refused:
        url = None
    if url is None or url.scheme != "https":
        raise Invalid("This is not the address of a push service.", field="endpoint")


def _check_keys(p256dh: str, auth: str) -> None:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(p256dh))
        is_right = len(unb64(auth)) == 16
    except ValueError:
        is_right = False
    if not is_right:
        raise Invalid("These are not the keys of a browser.", field="keys")


def _forget_oldest(by: Actor) -> None:
    kept = PushDevice.select(PushDevice.id).where(PushDevice.user == by.id).order_by(PushDevice.created_at.desc()).limit(MAX_DEVICES)
    PushDevice.delete().where(PushDevice.user == by.id, PushDevice.id.not_in([row.id for row in kept])).execute()
