"""From a row to a letter: headers made by the standard library, which refuses line breaks in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from wablast_box.engine.notifications.email.account import MailAccount


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be said to whom. The number makes its id, so that a letter sent twice is recognised as one."""

    number: int
    to: str
    subject: str
    text: str
    html: str | None
    at: datetime


def message_id(letter: Letter, account: MailAccount) -> str:
    """The same however often the letter is tried."""
    return f"<{letter.number}@{account.from_address.partition('@')[2]}>"


def compose(letter: Letter, account: MailAccount) -> EmailMessage:
    """The letter as mail servers know it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender(account)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = message_id(letter, account)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html")
    return message


def sender(account: MailAccount) -> Address:
    """Who the letter is from."""
    return Address(display_name=account.from_name, addr_spec=account.from_address)
