"""E-mail: how it is sent, a test of it, and what became of each letter."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from quart import Blueprint
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.notifications.email import account as mail
from wablast_box.engine.notifications.email import queue as emails
from wablast_box.engine.notifications.email.models import Email as EmailRow
from wablast_box.engine.notifications.email.models import EmailState
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.ids import parse_id
from wablast_box.lib.paging import cut, page_request
from wablast_box.web.auth import allow, current_actor, fresh
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, Moment, PageQuery

blueprint = Blueprint("notifications", __name__)
Line = Annotated[str, Field(max_length=320)]
Secret = Annotated[str, Field(max_length=1024)]
Provider = Literal["off", "smtp", "resend"]
Security = Literal["starttls", "tls", "none"]


class MailSecret(ApiModel):
    set: bool
    last4: str | None
    updated_at: Moment | None


class Mail(ApiModel):
    """How e-mail is sent. Credentials are never shown again."""

    provider: Provider
    from_name: str
    from_address: str
    host: str
    port: int
    security: Security
    username: str
    password: MailSecret
    resend_key: MailSecret
    is_set_up: bool


class MailChange(ApiModel):
    """What is left out stays as it is."""

    provider: Provider | None = None
    from_name: Line | None = None
    from_address: Line | None = None
    host: Line | None = None
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: Security | None = None
    username: Line | None = None
    password: Secret | None = None
    resend_key: Secret | None = None


class Email(ApiModel):
    id: str
    kind: str
    to: str
    subject: str
    state: EmailState
    attempts: int
    error: str | None
    created_at: Moment
    sent_at: Moment | None


class EmailPage(ApiModel):
    items: list[Email]
    next_cursor: str | None


@blueprint.get("/mail")
@allow("settings.read")
@validate_response(Mail)
async def show_mail() -> Mail:
    """How e-mail is sent."""
    return await in_engine(_mail)


@blueprint.put("/mail")
@allow("integrations.write")
@fresh
@validate_request(MailChange)
@validate_response(Mail)
async def change_mail(data: MailChange) -> Mail:
    """Change how e-mail is sent. A new server wants its password again."""
    await in_engine(mail.change_account, data.model_dump(exclude_none=True), by=current_actor())
    return await in_engine(_mail)


@blueprint.post("/mail/test")
@allow("integrations.test")
@validate_response(Email, 201)
async def test_mail() -> Any:
    """Send a letter to whoever asks; a program's goes to the sender's own address."""
    row = await in_engine(_queue_test, current_actor())
    return _email(row), 201


@blueprint.get("/emails")
@allow("settings.read")
@validate_querystring(PageQuery)
@validate_response(EmailPage)
async def list_emails(query_args: PageQuery) -> Any:
    """What the box wrote by e-mail and what became of it, newest first. What was said in it is not kept."""
    asked = page_request(query_args.limit, query_args.cursor)
    page = cut(await in_engine(emails.list_emails, limit=asked.limit + 1, before=asked.after), asked, lambda row: row.id)
    return {"items": [_email(row) for row in page.items], "next_cursor": page.next_cursor}


@blueprint.post("/emails/<id>/retry")
@allow("integrations.test")
@validate_response(Email)
async def retry_email(id: str) -> Email:
    """Try a letter that failed once more."""
    return _email(await in_engine(emails.retry_email, parse_id(id)))


def _queue_test(actor: Actor) -> EmailRow:
    return emails.queue_test(actor, to=mail.account().from_address)


def _mail() -> Mail:
    current = mail.account()
    fields = {field: getattr(current, field) for field in mail.SETTINGS}
    return Mail(is_set_up=current.is_set_up, password=_secret("smtp_password"), resend_key=_secret("resend_key"), **fields)


def _secret(name: str) -> MailSecret:
    known = secrets.secret_state(name)
    # The end of a key tells keys apart; the end of a password that somebody chose gives it half away.
    return MailSecret(set=known.is_set, last4=known.last4 if name == "resend_key" else None, updated_at=known.updated_at)


def _email(row: EmailRow) -> Email:
    return Email(
        id=str(row.id),
        kind=row.kind,
        to=row.to_address,
        subject=row.subject,
        state=EmailState(row.state),
        attempts=row.attempts,
        error=row.error,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )
