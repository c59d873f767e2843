"""Send what is queued: claimed, handed to the provider, settled. A letter that fails is tried again with growing gaps."""

from __future__ import annotations

import logging
from datetime import timedelta

import orjson

from wablast_box.engine.notifications.alarms import clear_alarm, raise_alarm
from wablast_box.engine.notifications.email import resend, smtp
from wablast_box.engine.notifications.email.account import ALARM, MailAccount, account
from wablast_box.engine.notifications.email.compose import Letter, compose
from wablast_box.engine.notifications.email.models import Email, EmailState
from wablast_box.engine.notifications.email.trouble import Trouble
from wablast_box.engine.notifications.models import Severity
from wablast_box.engine.settings import secrets
from wablast_box.lib.claims import claim
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction

logger = logging.getLogger(__name__)

BATCH = 10
# Longer than a batch of slow servers takes; a letter of a worker that died is tried again under the same Message-ID.
STALE_AFTER = timedelta(minutes=15)
GAPS_S = (30, 120, 600, 1800, 3600, 7200, 14400, 28800)


def send_due() -> int:
    """Send what is due; how many were tried."""
    tried = 0
    while numbers := claim(Email, pending=EmailState.QUEUED, working=EmailState.SENDING, limit=BATCH, stale_after=STALE_AFTER):
        current = account()
        for number in numbers:
            _send(Email.get_by_id(number), current)
        tried += len(numbers)
    return tried


def body_place(number: int) -> str:
    """Where a sealed body belongs: it opens in this row only."""
    return f"email|sealed_body|{number}"


def _send(email: Email, current: MailAccount) -> None:
    try:
        _refuse_hopeless(email, current)
        _hand_over(_letter(email), current)
    except Trouble as trouble:
        _settle_trouble(email, trouble)
    except Exception:
        # One letter that cannot be made must not keep the others from going.
        logger.exception("a letter could not be sent", extra={"email": email.id, "kind": email.kind})
        _settle_trouble(email, Trouble("Something went wrong in the box; the log says what.", permanent=True))
    else:
        _settle(email, EmailState.SENT)
        clear_alarm(ALARM)
        logger.info("e-mail sent", extra={"email": email.id, "kind": email.kind})


def _refuse_hopeless(email: Email, current: MailAccount) -> None:
    if not current.is_set_up:
        raise Trouble("E-mail is not set up.", permanent=True)
    if email.expires_at <= now():
        raise Trouble(email.error or "It waited too long to be of use.", permanent=True)


def _letter(email: Email) -> Letter:
    body = orjson.loads(secrets.unseal_text(bytes(email.sealed_body or b""), place=body_place(email.id)))
    return Letter(email.id, email.to_address, email.subject, body["text"], body["html"], email.created_at)


def _hand_over(letter: Letter, current: MailAccount) -> None:
    if current.provider == "resend":
        resend.send(current, secrets.read_secret("resend_key"), letter)
    else:
        smtp.send(current, secrets.read_secret("smtp_password"), compose(letter, current))


def _settle(email: Email, state: EmailState, *, error: str | None = None) -> None:
    sent_at = now() if state is EmailState.SENT else None
    # A failed one keeps what it says, sealed: a person may mend the settings and send it again.
    body = {"sealed_body": None} if state is EmailState.SENT else {}
    with transaction():
        Email.update(state=state, error=error, claimed_at=None, sent_at=sent_at, **body).where(Email.id == email.id).execute()


def _settle_trouble(email: Email, trouble: Trouble) -> None:
    logger.warning("e-mail not sent", extra={"email": email.id, "kind": email.kind, "permanent": trouble.permanent})
    if trouble.is_account:
        raise_alarm(
            ALARM,
            Severity.WARNING,
            "E-mail cannot be sent",
            f"{trouble.reason} Invitations and digests wait. Look at the settings of the mail server.",
            action_url="/settings/email",
        )
    if trouble.permanent or email.attempts > len(GAPS_S):
        _settle(email, EmailState.FAILED, error=trouble.reason)
        return
    gap = timedelta(seconds=GAPS_S[email.attempts - 1])
    with transaction():
        Email.update(state=EmailState.QUEUED, error=trouble.reason, claimed_at=None, next_attempt_at=now() + gap).where(
            Email.id == email.id
        ).execute()
