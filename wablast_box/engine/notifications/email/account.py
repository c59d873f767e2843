"""Through whom the box sends e-mail: an SMTP server or Resend, entered in the product, credentials sealed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.events.publish import publish
from wablast_box.engine.notifications.alarms import clear_alarm
from wablast_box.engine.notifications.email.addresses import checked_address
from wablast_box.engine.notifications.events import MailChanged
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid

ALARM = "mail"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.:-]{0,251}[a-z0-9])?", re.IGNORECASE)
SETTINGS = {
    "provider": "mail_provider",
    "from_name": "mail_from_name",
    "from_address": "mail_from_address",
    "host": "smtp_host",
    "port": "smtp_port",
    "security": "smtp_security",
    "username": "smtp_username",
}
SECRETS = {"password": "smtp_password", "resend_key": "resend_key"}


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Everything but the credentials. `provider`: off, smtp or resend. `security`: starttls, tls or none."""

    provider: str
    from_name: str
    from_address: str
    host: str
    port: int
    security: str
    username: str

    @property
    def is_set_up(self) -> bool:
        """Can anything be sent through it?"""
        if not self.from_address or self.provider == "off":
            return False
        return bool(self.host) if self.provider == "smtp" else secrets.secret_state("resend_key").is_set


def account() -> MailAccount:
    """The account as it is stored."""
    return MailAccount(**{field: store.get(name) for field, name in SETTINGS.items()})


def is_set_up() -> bool:
    """Can the box send e-mail? Callers that have another way (a link to copy) ask first."""
    return account().is_set_up


def change_account(changes: Mapping[str, Any], *, by: Actor) -> None:
    """Change what is given, keep the rest. A password goes only to the server it was entered for."""
    authorize(by, "integrations.write")
    former = account()
    wanted = {
        **{field: getattr(former, field) for field in SETTINGS},
        **{k: v for k, v in changes.items() if k in SETTINGS and v is not None},
    }
    checked = _checked(MailAccount(**wanted))
    with transaction():
        for field, name in SETTINGS.items():
            store.put(name, getattr(checked, field))
        if checked.host != former.host:
            secrets.forget_secret("smtp_password")
        for field, name in SECRETS.items():
            if changes.get(field):
                secrets.put_secret(name, str(changes[field]))
        publish(MailChanged(tuple(sorted(changes))), actor=by.ref)
        replaced = [name for field, name in SECRETS.items() if changes.get(field)]
        if replaced:
            audit("secret.changed", by=by, subject="mail", fields=replaced)
        audit("settings.changed", by=by, subject="mail", fields=[field for field in changes if field in SETTINGS])
    if not checked.is_set_up:
        clear_alarm(ALARM)


def _checked(wanted: MailAccount) -> MailAccount:
    host = wanted.host.strip()
    if host and not _HOST.fullmatch(host):
        raise Invalid("This is not the name of a server.", help="For example smtp.example.com, without a port.", field="host")
    if wanted.provider == "smtp" and wanted.security == "none" and host not in LOOPBACK:
        raise Invalid(
            "Without encryption anybody on the way could read the password and the letters.",
            help="Choose STARTTLS (port 587) or TLS (port 465). Only a mail server on this very machine may do without.",
            field="security",
        )
    address = checked_address(wanted.from_address, field="from_address") if wanted.from_address.strip() else ""
    if wanted.provider != "off" and not address:
        raise Invalid("E-mail needs a sender’s address.", help="For example shop@example.com.", field="from_address")
    if wanted.provider == "smtp" and not host:
        raise Invalid("Enter the name of the mail server.", help="For example smtp.example.com.", field="host")
    return MailAccount(
        wanted.provider, " ".join(wanted.from_name.split()), address, host, wanted.port, wanted.security, wanted.username.strip()
    )
