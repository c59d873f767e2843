"""Events about single customers, calls, groups and Flows: one item per element of their lists."""

from typing import Any

from wablast_box.engine.meta.payloads.account_events import (
    AppContactChanged,
    AutomaticEvent,
    CallEvent,
    GroupChanged,
    MarketingPreference,
    ThreadHandedOver,
    WaFlowChanged,
)
from wablast_box.engine.meta.payloads.inbound import errors_of
from wablast_box.engine.meta.payloads.items import AccountEvent, Surroundings
from wablast_box.engine.meta.payloads.values import Object, ident, moment, number, obj, objects, required, text


def preference(item: Object, around: Surroundings) -> MarketingPreference:
    return MarketingPreference(
        **based(item, around, item.get("timestamp")),
        choice=required(item.get("value"), "the customer's choice"),
        wa_id=ident(item.get("wa_id"), "wa_id"),
        user_id=ident(item.get("user_id"), "user_id"),
        parent_user_id=ident(item.get("parent_user_id"), "parent_user_id"),
        category=text(item.get("category")),
        detail=text(item.get("detail")),
        signup_id=ident(item.get("signup_id"), "signup_id"),
    )


def app_contact(item: Object, around: Surroundings) -> AppContactChanged:
    contact = obj(item.get("contact"))
    return AppContactChanged(
        **based(item, around, obj(item.get("metadata")).get("timestamp")),
        action=text(item.get("action")),
        full_name=text(contact.get("full_name")),
        first_name=text(contact.get("first_name")),
        phone=ident(contact.get("phone_number"), "phone_number"),
        user_id=ident(contact.get("user_id"), "user_id"),
        username=text(contact.get("username")),
    )


def automatic(item: Object, around: Surroundings) -> AutomaticEvent:
    return AutomaticEvent(
        **based(item, around, item.get("timestamp")),
        wamid=required(item.get("id"), "the event's message id"),
        name=text(item.get("event_name")),
        click_id=text(item.get("ctwa_clid")),
        custom=obj(item.get("custom_data")),
    )


def call(item: Object, around: Surroundings) -> CallEvent:
    ours = item.get("direction") == "BUSINESS_INITIATED"
    side = "to" if ours else "from"
    return CallEvent(
        **based(item, around, item.get("timestamp")),
        call_id=required(item.get("id"), "the call's id"),
        event=text(item.get("event")),
        direction=text(item.get("direction")),
        status=text(item.get("status")),
        wa_id=ident(item.get(side), side),
        user_id=ident(item.get(f"{side}_user_id"), f"{side}_user_id"),
        duration_s=number(item.get("duration")),
        callback_data=text(item.get("biz_opaque_callback_data")),
        errors=errors_of(item.get("errors")) or around.errors,
        call=item,
    )


def call_status(item: Object, around: Surroundings) -> CallEvent:
    return CallEvent(
        **based(item, around, item.get("timestamp")),
        call_id=required(item.get("id"), "the call's id"),
        event="status",
        direction=text(item.get("direction")),
        status=text(item.get("status")),
        wa_id=ident(item.get("recipient_id"), "recipient_id"),
        user_id=ident(item.get("recipient_user_id"), "recipient_user_id"),
        callback_data=text(item.get("biz_opaque_callback_data")),
        errors=errors_of(item.get("errors")) or around.errors,
        call=item,
    )


def group(item: Object, around: Surroundings) -> GroupChanged:
    subject = item.get("subject") or obj(item.get("group_subject")).get("text")
    return GroupChanged(
        **based(item, around, item.get("timestamp")),
        type=text(item.get("type")),
        group_id=ident(item.get("group_id"), "group_id"),
        request_id=ident(item.get("request_id"), "request_id"),
        subject=text(subject),
        reason=text(item.get("reason")),
        initiated_by=text(item.get("initiated_by")),
        added=members(item.get("added_participants")),
        removed=members(item.get("removed_participants")),
        failed=members(item.get("failed_participants")),
        errors=errors_of(item.get("errors")),
        group=item,
    )


def members(value: object) -> tuple[str, ...]:
    """Meta's samples name a member by wa_id, by user id, or only by what was asked for; sometimes as a number."""
    names = (
        ident(one.get("wa_id"), "wa_id") or ident(one.get("user_id"), "user_id") or ident(one.get("input"), "input")
        for one in objects(value)
    )
    return tuple(name for name in names if name)


def flow(value: Object, around: Surroundings) -> list[AccountEvent]:
    threshold = value.get("threshold")
    event = WaFlowChanged(
        **around.base(value),
        event=text(value.get("event")),
        flow_id=ident(value.get("flow_id"), "flow_id"),
        message=text(value.get("message")),
        old_status=text(value.get("old_status")),
        new_status=text(value.get("new_status")),
        warning=text(value.get("warning")),
        alert_state=text(value.get("alert_state")),
        threshold=float(threshold) if isinstance(threshold, int | float) else None,
    )
    return [event]


def handover(value: Object, around: Surroundings) -> list[AccountEvent]:
    sender, recipient = obj(value.get("sender")), obj(value.get("recipient"))
    kind = text(value.get("type"))
    change = obj(value.get(kind)) if kind else {}
    base = based(value, around, value.get("timestamp"))
    base["phone_number_id"] = around.phone_number_id or ident(recipient.get("phone_number_id"), "phone_number_id")
    base["display_phone_number"] = around.display_phone_number or text(recipient.get("display_phone_number"))
    event = ThreadHandedOver(
        **base,
        type=kind,
        wa_id=ident(sender.get("phone_number"), "phone_number"),
        user_id=ident(sender.get("user_id"), "user_id"),
        previous_owner=text(change.get("previous_owner_role")),
        new_owner=text(change.get("new_owner_role")),
        reason=text(change.get("metadata")),
        summary=text(obj(obj(change.get("conversation_context")).get("summary")).get("text")),
    )
    return [event]


def based(item: Object, around: Surroundings, timestamp: object) -> dict[str, Any]:
    """The shared arguments, with the element's own time before the entry's."""
    return around.base(item) | {"at": moment(timestamp) or around.at}
