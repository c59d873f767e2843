"""Hand a letter to an SMTP server. Encrypted always, except to a server on this very machine."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage

from wablast_box.engine.notifications.email.account import LOOPBACK, MailAccount
from wablast_box.engine.notifications.email.addresses import one_line
from wablast_box.engine.notifications.email.trouble import Trouble

TIMEOUT_S = 20.0


def send(account: MailAccount, password: str | None, message: EmailMessage) -> None:
    """Give the letter to the server; Trouble says why it did not take it."""
    try:
        with _connect(account) as server:
            _sign_in(server, account, password)
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        raise _refusal("The mail server refused the address", code, words) from refused
    except smtplib.SMTPAuthenticationError as refused:
        raise Trouble(f"The mail server refused the user name or the password{_said(refused)}.", is_account=True) from refused
    except smtplib.SMTPSenderRefused as refused:
        raise Trouble(f"The mail server refused the sender’s address{_said(refused)}.", is_account=True) from refused
    except smtplib.SMTPResponseException as refused:
        raise _refusal("The mail server refused the letter", refused.smtp_code, refused.smtp_error) from refused
    except ssl.SSLError as broken:
        raise Trouble(f"The mail server cannot prove who it is ({broken.reason or 'TLS'}).", is_account=True) from broken
    except (smtplib.SMTPException, OSError) as broken:
        raise Trouble("The mail server could not be reached.", is_account=True) from broken


def _connect(account: MailAccount) -> smtplib.SMTP:
    context = ssl.create_default_context()
    name = account.from_address.partition("@")[2]
    if account.security == "tls":
        return smtplib.SMTP_SSL(account.host, account.port, local_hostname=name, timeout=TIMEOUT_S, context=context)
    server = smtplib.SMTP(account.host, account.port, local_hostname=name, timeout=TIMEOUT_S)
    try:
        server.ehlo()
        if account.security == "starttls":
            _encrypt(server, context)
        elif account.host not in LOOPBACK:
            raise Trouble("Letters are not sent without encryption.", is_account=True)
    except BaseException:
        server.close()
        raise
    return server


def _encrypt(server: smtplib.SMTP, context: ssl.SSLContext) -> None:
    # Somebody in between could have taken the word STARTTLS out: then nothing is sent at all.
    if not server.has_extn("starttls"):
        raise Trouble("The mail server offers no encryption on this port. Try TLS on port 465.", is_account=True)
    server.starttls(context=context)
    server.ehlo()


def _sign_in(server: smtplib.SMTP, account: MailAccount, password: str | None) -> None:
    if not account.username:
        return
    if not password:
        raise Trouble("The password for the mail server is missing.", is_account=True)
    try:
        server.login(account.username, password)
    except smtplib.SMTPNotSupportedError as unable:
        raise Trouble("The mail server asks for no password, or in a way that we do not know.", is_account=True) from unable


def _refusal(what: str, code: int, words: bytes | str) -> Trouble:
    return Trouble(f"{what} ({code} {_plain(words)}).", permanent=500 <= code < 600)


def _said(refused: smtplib.SMTPResponseException) -> str:
    return f" ({refused.smtp_code} {_plain(refused.smtp_error)})"


def _plain(words: bytes | str) -> str:
    return one_line(words.decode("utf-8", "replace") if isinstance(words, bytes) else words, 160)
