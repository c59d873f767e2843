"""Hand queued pushes to the push services. A device that is gone is forgotten; a service that stumbles is asked again."""

from __future__ import annotations

import logging
from datetime import timedelta

import orjson

from wablast_box.engine.notifications.push import keys
from wablast_box.engine.notifications.push.encrypt import MAX_PLAIN, encrypt
from wablast_box.engine.notifications.push.models import Push, PushDevice, PushState
from wablast_box.engine.team.models import LoginSession, User
from wablast_box.lib import outbound
from wablast_box.lib.claims import claim
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Upstream

logger = logging.getLogger(__name__)

BATCH = 20
STALE_AFTER = timedelta(minutes=12)
GAPS_S = (5, 30, 120, 600)
# What happened an hour ago is no news: the digest and the list say it better.
WORTH = timedelta(hours=1)
TTL_S = 4 * 3600
TOTAL_S = 15.0


def send_due() -> int:
    """Send what is due; how many were tried."""
    tried = 0
    while numbers := claim(Push, pending=PushState.QUEUED, working=PushState.SENDING, limit=BATCH, stale_after=STALE_AFTER):
        for push in Push.select(Push, PushDevice).join(PushDevice).where(Push.id.in_(numbers)).order_by(Push.id):
            _send(push)
        tried += len(numbers)
    return tried


def prune_pushes() -> None:
    """Failed ones of yesterday."""
    with transaction():
        Push.delete().where(Push.created_at < now() - timedelta(days=1)).execute()


def _send(push: Push) -> None:
    if push.created_at < now() - WORTH:
        _give_up(push, "it was no news any more")
    elif not _may_hear(push.device):
        _forget(push.device, "the sign-in has ended")
    else:
        _hand_over(push)


def _may_hear(device: PushDevice) -> bool:
    """Asked again at the last moment: between queue and service somebody may have signed out."""
    return bool(
        LoginSession.select(LoginSession.id)
        .join(User)
        .where(LoginSession.id == device.session_id, LoginSession.user == device.user_id)
        .where(LoginSession.ended_at.is_null(), LoginSession.expires_at > now(), User.disabled_at.is_null())
        .exists()
    )


def _hand_over(push: Push) -> None:
    device = push.device
    try:
        body = encrypt(_plain(push), p256dh=keys.unb64(device.p256dh), auth=keys.unb64(device.auth))
        answer = outbound.request("POST", device.endpoint, headers=_headers(push), content=body, max_bytes=64 * 1024, total_s=TOTAL_S)
    except Upstream as failed:
        if failed.permanent:
            _forget(device, "its address is not allowed")
        else:
            _retry(push, failed.message, failed.retry_after_s)
        return
    _settle(push, answer)


def _headers(push: Push) -> dict[str, str]:
    return {
        "Authorization": keys.authorization(push.device.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL_S),
        "Urgency": "high",
        # A phone that was off hears of each conversation once, not of each message.
        "Topic": push.topic[:32],
    }


def _plain(push: Push) -> bytes:
    plain = orjson.dumps(push.payload_json)
    return plain if len(plain) <= MAX_PLAIN else orjson.dumps({**push.payload_json, "text": None})


def _settle(push: Push, answer: outbound.Answer) -> None:
    if answer.status in (200, 201, 202, 204):
        with transaction():
            PushDevice.update(used_at=now()).where(PushDevice.id == push.device_id).execute()
            Push.delete().where(Push.id == push.id).execute()
    elif answer.status in (404, 410):
        _forget(push.device, "the browser no longer listens")
    elif answer.status == 429 or answer.status >= 500:
        after = answer.headers.get("retry-after", "")
        _retry(push, f"the push service answered {answer.status}", float(after) if after.isdigit() else None)
    else:
        _give_up(push, f"the push service answered {answer.status}")


def _retry(push: Push, why: str, after_s: float | None) -> None:
    if push.attempts > len(GAPS_S):
        _give_up(push, why)
        return
    gap = timedelta(seconds=max(GAPS_S[push.attempts - 1], min(after_s or 0, 3600)))
    with transaction():
        Push.update(state=PushState.QUEUED, next_attempt_at=now() + gap, claimed_at=None, error=why).where(Push.id == push.id).execute()


def _give_up(push: Push, why: str) -> None:
    logger.warning("a push was not delivered", extra={"device": push.device_id, "why": why})
    with transaction():
        Push.update(state=PushState.FAILED, claimed_at=None, error=why).where(Push.id == push.id).execute()


def _forget(device: PushDevice, why: str) -> None:
    logger.info("a device hears no more", extra={"device": device.id, "why": why})
    with transaction():
        PushDevice.delete().where(PushDevice.id == device.id).execute()
