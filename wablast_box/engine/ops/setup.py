"""Connect a number: credentials checked live, Meta's news sent here, and a proof that a message came in and one went out."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from wablast_box.engine.audit.record import record
from wablast_box.engine.meta.checks import Check
from wablast_box.engine.meta.connection import our_client
from wablast_box.engine.meta.number import subscribe
from wablast_box.engine.notifications.token_alarm import clear_token_alarm
from wablast_box.engine.ops import addresses, number_checks
from wablast_box.engine.ops.number import refresh_number
from wablast_box.engine.ops.number_checks import Credentials
from wablast_box.engine.ops.proof import Proof, proof
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.settings.secrets import SecretState, secret_state
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.lib import redact
from wablast_box.lib.clock import now
from wablast_box.lib.crypto import new_token
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Invalid, Unavailable, WrongField, all_wrong

logger = logging.getLogger(__name__)

DIGITS, ID = re.compile(r"[0-9]{1,32}"), re.compile(r"[A-Za-z0-9_-]{1,64}")
SECRETS = ("access_token", "app_secret", "verify_token")
_when_connected: list[Callable[[], None]] = []


@dataclass(frozen=True, slots=True)
class SetupState:
    """How far the set-up is. `finished_at` is set only when a message had come in and one had gone out."""

    finished_at: str | None
    webhook_url: str
    public_url: str | None
    phone_number_id: str
    waba_id: str
    secrets: dict[str, SecretState]
    # Until when a former app secret still counts beside the present one.
    previous_app_secret_until: datetime | None
    checks: list[Check]
    checked_at: datetime | None
    proof: Proof


def use_when_connected(call: Callable[[], None]) -> None:
    """Whom to tell when a number was connected: the sender looks again."""
    _when_connected[:] = [call]


def setup_state() -> SetupState:
    """Everything the set-up page shows. Notes the end of the set-up when its proof is there."""
    found = proof()
    checks, checked_at = number_checks.last_checks()
    return SetupState(
        finished_at=_finish_if_proven(found.received_at, found.sent_at),
        webhook_url=addresses.webhook_url(),
        public_url=addresses.public_url(),
        phone_number_id=store.get("phone_number_id"),
        waba_id=store.get("waba_id"),
        secrets={name: secret_state(name) for name in SECRETS},
        previous_app_secret_until=secrets.previous_expires_at(),
        checks=checks,
        checked_at=checked_at,
        proof=found,
    )


def store_number(given: Credentials, *, public_url: str | None = None, checking: bool = True, by: Actor = SYSTEM) -> None:
    """Store what is given and keep the rest. All that Meta says is wrong is refused by name, and then nothing is stored."""
    address = addresses.checked_public_url(public_url) if public_url else None
    given = _cleaned(given, strictly=checking)
    asked, answers = given, None
    if checking and given.access_token + given.phone_number_id + given.waba_id + given.app_secret:
        asked = _with_stored(given)
        answers = number_checks.run_checks(asked)
        _refuse_wrong(given, answers)
    with transaction():
        for name, value in asdict(given).items():
            if value:
                _put(name, value)
        if address is not None:
            store.put("public_url", address)
        if answers:
            number_checks.keep_checks(asked, answers)
        _note_changes(given, address, by)
    if checking:
        _look_at_number()
    for call in _when_connected:
        call()


def _note_changes(given: Credentials, address: str | None, by: Actor) -> None:
    """Who replaced which credential: names only."""
    replaced = tuple(name for name in SECRETS if getattr(given, name))
    changed = tuple(name for name in ("phone_number_id", "waba_id") if getattr(given, name)) + (("public_url",) if address else ())
    if replaced:
        record("secret.changed", by=by, subject="number", fields=replaced)
    if changed:
        record("settings.changed", by=by, subject="number", fields=changed)


def check_again() -> None:
    """Ask Meta about what is stored."""
    asked = number_checks.stored()
    number_checks.keep_checks(asked, number_checks.run_checks(asked))
    _look_at_number()


def forget_previous_app_secret(*, by: Actor) -> None:
    """Webhooks signed with the former app secret count no more."""
    if secrets.forget_previous_app_secret():
        record("secret.forgotten", by=by, subject="number", fields=("previous_app_secret",))


def subscribe_number(by: Actor = SYSTEM) -> None:
    """Have Meta send this account's news to this box. Meta calls the address at once to see that it answers."""
    current = number_checks.stored()
    if not current.waba_id or not current.phone_number_id:
        raise Invalid("The account and the number are not entered yet.", help="Enter both ids first.", field="waba_id")
    if addresses.public_url() is None:
        raise Invalid("Meta cannot reach this box yet: it has no public address.", help="Enter its https address.", field="public_url")
    if not current.app_secret:
        raise Invalid(
            "The app secret is missing: without it no message of Meta's can be believed.", help="Enter it first.", field="app_secret"
        )
    if not current.verify_token:
        secrets.put_secret("verify_token", new_token())
    verify_token = secrets.read_secret("verify_token")
    subscribe(our_client(), current.waba_id, callback_url=addresses.webhook_url(), verify_token=verify_token)
    record("number.subscribed", by=by, subject="number")
    check_again()


def _cleaned(given: Credentials, *, strictly: bool) -> Credentials:
    cleaned = replace(given, **{name: value.strip() for name, value in asdict(given).items()})
    wrong = [*_wrong_ids(cleaned, strictly=strictly), *_wrong_secrets(cleaned)]
    if wrong:
        raise all_wrong(wrong)
    return cleaned


def _wrong_ids(given: Credentials, *, strictly: bool) -> Iterator[WrongField]:
    for name in ("phone_number_id", "waba_id"):
        value = getattr(given, name)
        # Unchecked ones may be a simulator's; but never anything that would lead to another address.
        if value and not (DIGITS if strictly else ID).fullmatch(value):
            yield WrongField(
                name,
                f"The {number_checks.TITLES[name]} is not an id of Meta's: it has digits only, and is not the phone number itself.",
                "Copy it from WhatsApp → API Setup in Meta's app dashboard.",
            )


def _wrong_secrets(given: Credentials) -> Iterator[WrongField]:
    for name in SECRETS:
        if not getattr(given, name).isascii() or any(c.isspace() for c in getattr(given, name)):
            what = number_checks.TITLES.get(name, "Verify token").lower()
            yield WrongField(name, f"The {what} holds characters that Meta never uses.", "Copy it again, without spaces or line breaks.")


def _with_stored(given: Credentials) -> Credentials:
    return replace(number_checks.stored(), **{name: value for name, value in asdict(given).items() if value})


def _refuse_wrong(given: Credentials, found: list[Check]) -> None:
    wrong = [one for one in found if one.ok is False and one.name != "subscription"]
    # The one just entered is named first; else whatever keeps the number from working.
    wrong.sort(key=lambda one: not getattr(given, one.name))
    if wrong:
        raise all_wrong([WrongField(one.name, one.title, one.help) for one in wrong], code="wrong_credential")


def _put(name: str, value: str) -> None:
    if name in SECRETS:
        redact.never_write(value)
        secrets.put_secret(name, value)
    else:
        store.put(name, value)


def _look_at_number() -> None:
    try:
        refresh_number()
    except BoxError as failed:
        # The checks say what is wrong; the number's page fills in when Meta answers.
        logger.info("the number's facts could not be fetched", extra={"why": failed.code})
    else:
        clear_token_alarm()


def _finish_if_proven(received_at: datetime | None, sent_at: datetime | None) -> str | None:
    finished: str = store.get("setup_finished_at")
    if not finished and received_at and sent_at:
        finished = now().isoformat()
        try:
            store.put("setup_finished_at", finished)
        except Unavailable:
            return None
    return finished or None
