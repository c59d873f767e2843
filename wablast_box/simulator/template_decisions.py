"""What Meta decides about a template on a day of its own choosing: pause it, refuse it, rate it, move it, rewrite it."""

from __future__ import annotations

from wablast_box.lib.errors import Invalid
from wablast_box.simulator.delivery import Delivery
from wablast_box.simulator.records import Template
from wablast_box.simulator.wire import Json

STATUSES = ("APPROVED", "ARCHIVED", "DISABLED", "IN_APPEAL", "LOCKED", "PAUSED", "PENDING", "REJECTED")
KEYS = ("status", "reason", "recommendation", "pause", "quality", "category", "category_soon", "components")
_PAUSES = {
    "FIRST_PAUSE": "Your message template has been paused for 3 hours until it can be used again.",
    "SECOND_PAUSE": "Your message template has been paused for 6 hours until it can be used again.",
}


def decide(delivery: Delivery, template: Template, wanted: Json) -> None:
    """Change the template and tell the business, one webhook per decision."""
    if unknown := set(wanted) - set(KEYS):
        raise Invalid(f"Nothing can be decided about {unknown.pop()!r}.", help=f"There are {', '.join(KEYS)}.")
    if "status" in wanted:
        _status(delivery, template, wanted)
    if "quality" in wanted:
        before, template.quality = template.quality, str(wanted["quality"])
        _tell(delivery, "message_template_quality_update", template, previous_quality_score=before, new_quality_score=template.quality)
    if "category_soon" in wanted:
        soon = {"new_category": template.category, "correct_category": str(wanted["category_soon"])}
        _tell(delivery, "template_category_update", template, **soon)
    if "category" in wanted:
        before, template.category = template.category, str(wanted["category"])
        _tell(delivery, "template_category_update", template, previous_category=before, new_category=template.category)
    if "components" in wanted:
        template.components = wanted["components"]
        body = next((part.get("text", "") for part in template.components if part.get("type") == "BODY"), "")
        _tell(delivery, "message_template_components_update", template, message_template_element=body)


def _status(delivery: Delivery, template: Template, wanted: Json) -> None:
    status, reason = str(wanted["status"]), str(wanted.get("reason", "NONE"))
    if status not in STATUSES:
        raise Invalid(f"A template cannot be {status!r}.", field="status", help=f"One of {', '.join(STATUSES)}.")
    template.status, template.rejected_reason = status, reason
    told: Json = {"event": status, "reason": reason, "message_template_category": template.category}
    if status == "PAUSED":
        title = str(wanted.get("pause", "FIRST_PAUSE"))
        told["other_info"] = {"title": title, "description": _PAUSES.get(title, "Your message template has been paused.")}
    if status == "REJECTED" and "recommendation" in wanted:
        told["rejection_info"] = {"reason": reason, "recommendation": wanted["recommendation"]}
    _tell(delivery, "message_template_status_update", template, **told)


def _tell(delivery: Delivery, field: str, template: Template, **told: object) -> None:
    names = {
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }
    delivery.change(field, names | told)
