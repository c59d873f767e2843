"""Meta's words for why a template was refused or stopped, and what to do about each, for people."""

from __future__ import annotations

from wablast_box.engine.message_templates.models import MessageTemplate, TemplateStatus

_REASONS: dict[str, str] = {
    "ABUSIVE_CONTENT": "Meta finds the wording abusive or threatening. Say the same kindly, without pressure.",
    "CATEGORY_NOT_AVAILABLE": "This category is not open to your account. Hand it in as utility or marketing.",
    "INCORRECT_CATEGORY": "The text belongs to another category. Utility is about an order or account the customer has; "
    "everything that offers or invites is marketing.",
    "INVALID_FORMAT": "Something is misshapen: a blank at the start or end, two blanks side by side, a blank without an example, "
    "or too many blanks for so few words.",
    "PROMOTIONAL": "It reads like advertising. Take the offer out, or hand it in as marketing.",
    "SCAM": "Meta takes it for a scam. Never ask for card numbers, codes or payments outside WhatsApp, and name your shop.",
    "TAG_CONTENT_MISMATCH": "The language chosen is not the language of the text, or the category does not fit. Choose the right one.",
}
_STOPPED: dict[str, str] = {
    TemplateStatus.PAUSED: "Customers blocked or reported it. Meta lets it go again after 3 hours, the second time after 6; "
    "the third time it is disabled. Send it to fewer people and change what they disliked.",
    TemplateStatus.DISABLED: "It was paused too often or breaks Meta's rules. Write a new one under another name.",
    TemplateStatus.REJECTED: "Read Meta's commerce and business rules, change the text, and hand it in again in WhatsApp Manager.",
    TemplateStatus.PENDING: "Meta answers within minutes, at times within a day.",
    TemplateStatus.IN_APPEAL: "Meta is looking at it again because you asked for it.",
    TemplateStatus.ARCHIVED: "Nobody used it for twelve months. Bring it back in WhatsApp Manager.",
    TemplateStatus.LOCKED: "Meta has locked it. WhatsApp Manager says why.",
    TemplateStatus.LIMIT_EXCEEDED: "It reached Meta's limit. Wait, or use another one.",
    TemplateStatus.PENDING_DELETION: "It is being deleted and cannot be sent any more.",
}


def advice(row: MessageTemplate) -> str | None:
    """What to do now; None for one that is well."""
    if row.status == TemplateStatus.APPROVED:
        if row.next_category:
            return f"Meta will move it to {row.next_category}, which has another price and other rules."
        return "Customers rate it low; Meta may pause it." if row.quality == "red" else None
    reason = _REASONS.get(row.reason or "") if row.status == TemplateStatus.REJECTED else None
    return reason or _STOPPED.get(row.status)
