"""Events about the account and its number: standing, limits, names, alerts, security."""

from wablast_box.engine.meta.payloads.account_events import (
    AccountAlerted,
    AccountChanged,
    AccountReviewed,
    AccountSettingsChanged,
    CapabilityChanged,
    NumberNameDecided,
    NumberQualityChanged,
    PartnerSolutionChanged,
    PaymentConfigurationChanged,
    Restriction,
    SecurityChanged,
    UsernameChanged,
)
from wablast_box.engine.meta.payloads.items import AccountEvent, Surroundings
from wablast_box.engine.meta.payloads.values import Object, ident, moment, number, obj, objects, pick, text

KEPT_WHOLE = (
    "waba_info",
    "volume_tier_info",
    "auth_international_rate_eligibility",
    "partner_client_certification_info",
)


def changed(value: Object, around: Surroundings) -> list[AccountEvent]:
    ban, violation = obj(value.get("ban_info")), obj(value.get("violation_info"))
    disconnection = obj(value.get("disconnection_info"))
    event = AccountChanged(
        **around.base(value),
        event=text(value.get("event")),
        phone_number=ident(value.get("phone_number"), "phone_number"),
        country=text(value.get("country")),
        ban_state=text(ban.get("waba_ban_state")),
        ban_date=ident(ban.get("waba_ban_date"), "waba_ban_date"),
        violation_type=text(violation.get("violation_type")),
        remediation=text(violation.get("remediation")),
        restrictions=tuple(restriction(item) for item in objects(value.get("restriction_info"))),
        disconnect_reason=text(disconnection.get("reason")),
        disconnected_by=text(disconnection.get("initiated_by")),
        details=pick(value, KEPT_WHOLE),
    )
    return [event]


def restriction(item: Object) -> Restriction:
    return Restriction(
        type=text(item.get("restriction_type")),
        ends_at=moment(item.get("expiration")),
        remediation=text(item.get("remediation")),
    )


def reviewed(value: Object, around: Surroundings) -> list[AccountEvent]:
    return [AccountReviewed(**around.base(value), decision=text(value.get("decision")))]


def alerted(value: Object, around: Surroundings) -> list[AccountEvent]:
    # Documented with an inner alert_info; the dashboard's test button sends the same keys flat.
    alert = obj(value.get("alert_info")) or value
    event = AccountAlerted(
        **around.base(value),
        entity_type=text(value.get("entity_type")),
        entity_id=ident(value.get("entity_id"), "entity_id"),
        severity=text(alert.get("alert_severity")),
        status=text(alert.get("alert_status")),
        alert_type=text(alert.get("alert_type")),
        description=text(alert.get("alert_description")),
    )
    return [event]


def settings(value: Object, around: Surroundings) -> list[AccountEvent]:
    found = obj(value.get("phone_number_settings"))
    base = around.base(value)
    base["phone_number_id"] = base["phone_number_id"] or ident(found.get("phone_number_id"), "phone_number_id")
    base["at"] = base["at"] or moment(value.get("timestamp"))
    return [AccountSettingsChanged(**base, settings=found)]


def capability(value: Object, around: Surroundings) -> list[AccountEvent]:
    limit = value.get("max_daily_conversations_per_business", value.get("max_daily_conversation_per_phone"))
    numbers = value.get("max_phone_numbers_per_business", value.get("max_phone_numbers_per_waba"))
    event = CapabilityChanged(**around.base(value), messaging_limit=ident(limit, "messaging limit"), max_phone_numbers=number(numbers))
    return [event]


def number_quality(value: Object, around: Surroundings) -> list[AccountEvent]:
    # current_limit is announced for removal; its successor wins when both are there.
    limit = value.get("max_daily_conversations_per_business", value.get("current_limit"))
    event = NumberQualityChanged(
        **around.base(value),
        event=text(value.get("event")),
        limit=ident(limit, "limit"),
        old_limit=ident(value.get("old_limit"), "old_limit"),
    )
    return [event]


def number_name(value: Object, around: Surroundings) -> list[AccountEvent]:
    event = NumberNameDecided(
        **around.base(value),
        decision=text(value.get("decision")),
        requested_name=text(value.get("requested_verified_name")),
        rejection_reason=text(value.get("rejection_reason")),
    )
    return [event]


def username(value: Object, around: Surroundings) -> list[AccountEvent]:
    event = UsernameChanged(**around.base(value), username=text(value.get("username")), status=text(value.get("status")))
    return [event]


def security(value: Object, around: Surroundings) -> list[AccountEvent]:
    event = SecurityChanged(**around.base(value), event=text(value.get("event")), requester=ident(value.get("requester"), "requester"))
    return [event]


def payment_configuration(value: Object, around: Surroundings) -> list[AccountEvent]:
    event = PaymentConfigurationChanged(
        **around.base(value),
        name=text(value.get("configuration_name")),
        provider=text(value.get("provider_name")),
        provider_account=ident(value.get("provider_mid"), "provider_mid"),
        status=text(value.get("status")),
    )
    return [event]


def partner_solution(value: Object, around: Surroundings) -> list[AccountEvent]:
    event = PartnerSolutionChanged(
        **around.base(value),
        event=text(value.get("event")),
        solution_id=ident(value.get("solution_id"), "solution_id"),
        status=text(value.get("solution_status")),
    )
    return [event]
