"""FIELDS: which reader takes which webhook field. A field that is not here is stored as unknown."""

from collections.abc import Callable

from wablast_box.engine.meta.payloads import account, people, templates
from wablast_box.engine.meta.payloads.conversation import conversation, history, standby
from wablast_box.engine.meta.payloads.items import AccountEvent, Item, Surroundings, UnknownField
from wablast_box.engine.meta.payloads.reading import Parse, read_each
from wablast_box.engine.meta.payloads.values import Object

Reader = Callable[[Object, Surroundings, str, list[Item]], None]


def whole(parse: Callable[[Object, Surroundings], list[AccountEvent]]) -> Reader:
    """The value is one event."""

    def read(value: Object, around: Surroundings, path: str, out: list[Item]) -> None:
        out.extend(parse(value, around))

    return read


def listed(**parsers: Parse) -> Reader:
    """The value holds lists of events, under these keys."""

    def read(value: Object, around: Surroundings, path: str, out: list[Item]) -> None:
        before = len(out)
        for key, parse in parsers.items():
            read_each(value.get(key), f"{path}.{key}", parse, around, out)
        if len(out) == before:
            out.append(UnknownField(field=around.field, value=value, waba_id=around.waba_id))

    return read


FIELDS: dict[str, Reader] = {
    "messages": conversation,
    "smb_message_echoes": conversation,
    "message_echoes": conversation,
    "standby": standby,
    "history": history,
    "calls": listed(calls=people.call, statuses=people.call_status),
    "user_preferences": listed(user_preferences=people.preference),
    "smb_app_state_sync": listed(state_sync=people.app_contact),
    "automatic_events": listed(automatic_events=people.automatic),
    "group_lifecycle_update": listed(groups=people.group),
    "group_settings_update": listed(groups=people.group),
    "group_participants_update": listed(groups=people.group),
    "group_status_update": listed(groups=people.group),
    "messaging_handovers": whole(people.handover),
    "flows": whole(people.flow),
    "message_template_status_update": whole(templates.status_or_quality),
    "message_template_quality_update": whole(templates.status_or_quality),
    "message_template_components_update": whole(templates.components),
    "template_category_update": whole(templates.category),
    "template_correct_category_detection": whole(templates.miscategorised),
    "account_update": whole(account.changed),
    "account_review_update": whole(account.reviewed),
    "account_alerts": whole(account.alerted),
    "account_settings_update": whole(account.settings),
    "business_capability_update": whole(account.capability),
    "business_username_update": whole(account.username),
    "business_username_updates": whole(account.username),
    "phone_number_quality_update": whole(account.number_quality),
    "phone_number_name_update": whole(account.number_name),
    "security": whole(account.security),
    "payment_configuration_update": whole(account.payment_configuration),
    "partner_solutions": whole(account.partner_solution),
}
