"""Which stored template a request means, and whether it may be sent now. All from the box's own table: Meta is not asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.message_templates.models import MessageTemplate, TemplateStatus, TemplateSync
from wablast_box.engine.message_templates.shape import Shape, shape_of
from wablast_box.lib.errors import Conflict, Invalid, NotFound, Unavailable

_REFUSED: dict[str, tuple[str, str]] = {
    TemplateStatus.PENDING: ("Meta is still reviewing this template.", "That takes minutes to a day. Send another one until then."),
    TemplateStatus.REJECTED: ("Meta refused this template.", "Read why on the templates page, mend it, and hand it in again."),
    TemplateStatus.PAUSED: ("Meta has paused this template for low quality.", "Customers blocked or reported it. Send another one."),
    TemplateStatus.DISABLED: ("Meta has disabled this template.", "It will not come back. Send another one."),
    TemplateStatus.IN_APPEAL: ("Meta is reviewing this template again.", "Send another one until then."),
    TemplateStatus.PENDING_DELETION: ("This template is being deleted.", "Send another one."),
    TemplateStatus.ARCHIVED: ("Meta has archived this template: it was not used for a year.", "Bring it back in WhatsApp Manager."),
    TemplateStatus.LIMIT_EXCEEDED: ("Meta's limit for this template is used up.", "Send another one."),
    TemplateStatus.LOCKED: ("Meta has locked this template.", "Look in WhatsApp Manager for the reason, and send another one."),
}
_OTHER = ("Meta does not let this template be sent now.", "Look in WhatsApp Manager for the reason, and send another one.")


def shape(row: MessageTemplate) -> Shape:
    """The template taken apart."""
    return shape_of(row.components_json, category=row.category, parameter_format=row.parameter_format)


def by_id(template_id: int) -> MessageTemplate:
    """NotFound when there is none, also when Meta deleted it meanwhile."""
    found: MessageTemplate | None = MessageTemplate.get_or_none(MessageTemplate.id == template_id)
    if found is None:
        raise NotFound("There is no such template.", help="It may have been deleted at Meta. Choose another one.")
    return found


def refusal(row: MessageTemplate) -> Conflict | None:
    """Why Meta would not send it; None when it would."""
    if row.status == TemplateStatus.APPROVED:
        return None
    message, help = _REFUSED.get(row.status, _OTHER)
    return Conflict(message, code=f"template_{row.status}"[:60], help=help, field="template")


def require_sendable(name: str, language: str) -> MessageTemplate:
    """The stored template of that name and language; says in words why it is not there or may not go."""
    row = MessageTemplate.get_or_none((MessageTemplate.name == name) & (MessageTemplate.language == language))
    if row is None:
        raise _unknown(name, language)
    _raise(refusal(row))
    return row


def choose(name: str, wanted: Sequence[str | None]) -> MessageTemplate:
    """Of the languages that `name` may be sent in: the first wanted one, its plain form or a sister of it, else English, else any."""
    rows = list(MessageTemplate.select().where(MessageTemplate.name == name).order_by(MessageTemplate.language))
    if not rows:
        raise _unknown(name, None)
    ready = [row for row in rows if refusal(row) is None]
    if not ready:
        _raise(refusal(rows[0]))
    for language in [*(one.replace("-", "_") for one in wanted if one), "en"]:
        for fits in (language, language.partition("_")[0]):
            found = [row for row in ready if row.language == fits] or [row for row in ready if row.language.partition("_")[0] == fits]
            if found:
                return found[0]
    return ready[0]


def _unknown(name: str, language: str | None) -> Invalid | Unavailable:
    if not TemplateSync.select().where(TemplateSync.synced_at.is_null(False)).exists():
        return Unavailable(
            "The box has not read your templates from Meta yet.",
            code="templates_not_read",
            help="That happens by itself once the number is connected. Try again in a minute.",
            retry_after_s=30,
        )
    others = [row.language for row in MessageTemplate.select().where(MessageTemplate.name == name).order_by(MessageTemplate.language)]
    if others:
        return Invalid(
            f"The template “{name}” is not there in the language {language}.",
            code="unknown_template",
            help=f"It is there in {', '.join(others)}.",
            field="template.language.code",
        )
    return Invalid(
        f"There is no template called “{name}”.",
        code="unknown_template",
        help="If it is new, press Sync on the templates page. Names are written exactly as in WhatsApp Manager.",
        field="template.name",
    )


def _raise(why: Conflict | None) -> None:
    if why is not None:
        raise why


def sync_row() -> TemplateSync:
    """How fresh the list is."""
    found: Any = TemplateSync.get_or_none(TemplateSync.id == 1)
    return found if found is not None else TemplateSync(id=1)
