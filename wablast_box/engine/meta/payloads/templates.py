"""Events about message templates. Meta's own quality sample carries the status field's name, so the value decides."""

from typing import Any

from wablast_box.engine.meta.payloads.account_events import (
    TemplateCategoryChanged,
    TemplateComponentsChanged,
    TemplateMiscategorised,
    TemplateQualityChanged,
    TemplateStatusChanged,
)
from wablast_box.engine.meta.payloads.items import AccountEvent, Surroundings
from wablast_box.engine.meta.payloads.values import Object, ident, moment, obj, objects, text


def template(value: Object, around: Surroundings) -> dict[str, Any]:
    return around.base(value) | {
        "template_id": ident(value.get("message_template_id"), "message_template_id"),
        "name": text(value.get("message_template_name")),
        "language": text(value.get("message_template_language")),
    }


def status_or_quality(value: Object, around: Surroundings) -> list[AccountEvent]:
    if "new_quality_score" in value or "previous_quality_score" in value:
        return [quality(value, around)]
    return [status(value, around)]


def quality(value: Object, around: Surroundings) -> TemplateQualityChanged:
    return TemplateQualityChanged(
        **template(value, around),
        previous=text(value.get("previous_quality_score")),
        new=text(value.get("new_quality_score")),
    )


def status(value: Object, around: Surroundings) -> TemplateStatusChanged:
    pause, rejection = obj(value.get("other_info")), obj(value.get("rejection_info"))
    return TemplateStatusChanged(
        **template(value, around),
        event=text(value.get("event")),
        reason=text(value.get("reason")),
        category=text(value.get("message_template_category")),
        disable_date=ident(obj(value.get("disable_info")).get("disable_date"), "disable_date"),
        pause_title=text(pause.get("title")),
        pause_description=text(pause.get("description")),
        rejection_reason=text(rejection.get("reason")),
        recommendation=text(rejection.get("recommendation")),
    )


def components(value: Object, around: Surroundings) -> list[AccountEvent]:
    event = TemplateComponentsChanged(
        **template(value, around),
        header=text(value.get("message_template_title")),
        body=text(value.get("message_template_element")),
        footer=text(value.get("message_template_footer")),
        buttons=tuple(objects(value.get("message_template_buttons"))),
    )
    return [event]


def category(value: Object, around: Surroundings) -> list[AccountEvent]:
    event = TemplateCategoryChanged(
        **template(value, around),
        previous_category=text(value.get("previous_category")),
        new_category=text(value.get("new_category")),
        correct_category=text(value.get("correct_category")),
        changes_at=moment(value.get("category_update_timestamp")),
    )
    return [event]


def miscategorised(value: Object, around: Surroundings) -> list[AccountEvent]:
    event = TemplateMiscategorised(
        **template(value, around),
        category=text(value.get("category")),
        correct_category=text(value.get("correct_category")),
    )
    return [event]
