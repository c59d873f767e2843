"""News about the account, one class per kind. What Meta did not send is None; the whole value stays in `value`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wablast_box.engine.meta.payloads.items import AccountEvent, MetaError


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateEvent(AccountEvent):
    """What every event about a template tells."""

    template_id: str | None = None
    name: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateStatusChanged(TemplateEvent):
    event: str | None = None
    reason: str | None = None
    category: str | None = None
    disable_date: str | None = None
    pause_title: str | None = None
    pause_description: str | None = None
    rejection_reason: str | None = None
    recommendation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateQualityChanged(TemplateEvent):
    previous: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateComponentsChanged(TemplateEvent):
    header: str | None = None
    body: str | None = None
    footer: str | None = None
    buttons: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateCategoryChanged(TemplateEvent):
    """`changes_at` is set while the change is only announced; then `new_category` still holds and `correct_category` comes."""

    previous_category: str | None = None
    new_category: str | None = None
    correct_category: str | None = None
    changes_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateMiscategorised(TemplateEvent):
    """Meta found that a template sent directly belongs to another category."""

    category: str | None = None
    correct_category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberQualityChanged(AccountEvent):
    event: str | None = None
    limit: str | None = None
    old_limit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberNameDecided(AccountEvent):
    decision: str | None = None
    requested_name: str | None = None
    rejection_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsernameChanged(AccountEvent):
    username: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    type: str | None = None
    ends_at: datetime | None = None
    remediation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanged(AccountEvent):
    """`account_update`. Partner, pricing tier and eligibility details stay in `details`."""

    event: str | None = None
    phone_number: str | None = None
    country: str | None = None
    ban_state: str | None = None
    ban_date: str | None = None
    violation_type: str | None = None
    remediation: str | None = None
    restrictions: tuple[Restriction, ...] = ()
    disconnect_reason: str | None = None
    disconnected_by: str | None = None
    details: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReviewed(AccountEvent):
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAlerted(AccountEvent):
    entity_type: str | None = None
    entity_id: str | None = None
    severity: str | None = None
    status: str | None = None
    alert_type: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSettingsChanged(AccountEvent):
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityChanged(AccountEvent):
    """`messaging_limit` is text because Meta sends TIER_2K as well as 2000."""

    messaging_limit: str | None = None
    max_phone_numbers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityChanged(AccountEvent):
    event: str | None = None
    requester: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketingPreference(AccountEvent):
    """`choice`: stop, resume or signup."""

    choice: str
    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    category: str | None = None
    detail: str | None = None
    signup_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentConfigurationChanged(AccountEvent):
    name: str | None = None
    provider: str | None = None
    provider_account: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSolutionChanged(AccountEvent):
    event: str | None = None
    solution_id: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticEvent(AccountEvent):
    """A lead or a purchase that Meta recognised in a conversation from an advertisement."""

    wamid: str
    name: str | None = None
    click_id: str | None = None
    custom: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAction(AccountEvent):
    """A tap on a tracked link or button of a marketing message."""

    action: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaFlowChanged(AccountEvent):
    """Status, version or health of a WhatsApp Flow."""

    event: str | None = None
    flow_id: str | None = None
    message: str | None = None
    old_status: str | None = None
    new_status: str | None = None
    warning: str | None = None
    alert_state: str | None = None
    threshold: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent(AccountEvent):
    """A step of a call; `event` is connect, terminate, call_created, … or "status" with RINGING, ACCEPTED, REJECTED."""

    call_id: str
    event: str | None = None
    direction: str | None = None
    status: str | None = None
    wa_id: str | None = None
    user_id: str | None = None
    duration_s: int | None = None
    callback_data: str | None = None
    errors: tuple[MetaError, ...] = ()
    call: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryProgress(AccountEvent):
    """How far the copy of the phone's old messages has come; `errors` when the owner declined to share them."""

    phase: int | None = None
    chunk: int | None = None
    percent: int | None = None
    errors: tuple[MetaError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AppContactChanged(AccountEvent):
    """A contact of the phone's address book; `action` is add or remove."""

    action: str | None = None
    full_name: str | None = None
    first_name: str | None = None
    phone: str | None = None
    user_id: str | None = None
    username: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChanged(AccountEvent):
    """Life, settings, members or standing of a group; `members` are the ids that were added, removed or failed."""

    type: str | None = None
    group_id: str | None = None
    request_id: str | None = None
    subject: str | None = None
    reason: str | None = None
    initiated_by: str | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    errors: tuple[MetaError, ...] = ()
    group: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadHandedOver(AccountEvent):
    """Who answers a thread changed, between people and Meta's agent."""

    type: str | None = None
    wa_id: str | None = None
    user_id: str | None = None
    previous_owner: str | None = None
    new_owner: str | None = None
    reason: str | None = None
    summary: str | None = None
