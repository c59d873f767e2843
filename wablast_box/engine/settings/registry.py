"""SETTINGS: every business setting, typed, with the sentence that explains it. Edited in the product, kept in the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import available_timezones

from wablast_box.lib.errors import Invalid
from wablast_box.lib.opening_hours import parse_days, parse_hours

Kind = Literal["text", "hours", "days", "number", "switch", "choice", "time_zone", "record"]


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """What a setting is. `internal` ones are written by the box, not by people."""

    name: str
    label: str
    help: str
    kind: Kind
    default: Any
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    internal: bool = False

    def check(self, value: Any) -> Any:
        """The value if it may be stored, else Invalid naming this setting."""
        return _CHECKS[self.kind](self, value)


def _text(spec: SettingSpec, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 500:
        raise Invalid(f"{spec.label} must be text of at most 500 characters.", field=spec.name)
    return value


def _hours(spec: SettingSpec, value: Any) -> str:
    return _readable(spec, value, parse_hours)


def _days(spec: SettingSpec, value: Any) -> str:
    return _readable(spec, value, parse_days)


def _readable(spec: SettingSpec, value: Any, parse: Callable[[str], Any]) -> str:
    text = _text(spec, value)
    try:
        parse(text)
    except Invalid as refused:
        raise Invalid(refused.message, help=refused.help, field=spec.name) from None
    return text


def _number(spec: SettingSpec, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid(f"{spec.label} must be a whole number.", field=spec.name)
    if (spec.least is not None and value < spec.least) or (spec.most is not None and value > spec.most):
        raise Invalid(f"{spec.label} must be from {spec.least} to {spec.most}.", field=spec.name)
    return value


def _switch(spec: SettingSpec, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Invalid(f"{spec.label} can only be on or off.", field=spec.name)
    return value


def _choice(spec: SettingSpec, value: Any) -> str:
    if value not in spec.choices:
        raise Invalid(f"{spec.label} can be {', '.join(spec.choices)}.", field=spec.name)
    return str(value)


def _time_zone(spec: SettingSpec, value: Any) -> str:
    if value not in available_timezones():
        raise Invalid(f"“{value}” is not a time zone.", help="For example Asia/Kolkata.", field=spec.name)
    return str(value)


def _record(spec: SettingSpec, value: Any) -> dict[str, Any] | None:
    if value is not None and not isinstance(value, dict):
        raise Invalid(f"{spec.label} must be a record.", field=spec.name)
    return value


_CHECKS: dict[str, Callable[[SettingSpec, Any], Any]] = {
    "text": _text,
    "number": _number,
    "hours": _hours,
    "days": _days,
    "switch": _switch,
    "choice": _choice,
    "time_zone": _time_zone,
    "record": _record,
}

_ALL = (
    SettingSpec("business_name", "Business name", "Shown in the title bar and on papers.", "text", ""),
    SettingSpec("time_zone", "Time zone", "Dates and times on screens and papers are in this zone.", "time_zone", "Asia/Kolkata"),
    SettingSpec("public_url", "Public address", "Where Meta reaches this box, with https. Links use it.", "text", ""),
    SettingSpec("phone_number_id", "Phone number id", "Meta's id of your WhatsApp number.", "text", "", internal=True),
    SettingSpec("waba_id", "WhatsApp Business account id", "Meta's id of the account the number belongs to.", "text", "", internal=True),
    SettingSpec("graph_version", "Graph API version", "Which version of Meta's API is spoken.", "text", "v24.0"),
    SettingSpec(
        "send_rate", "Messages per second", "Meta allows 80 a second and number; coexistence numbers 20.", "number", 80, least=1, most=1000
    ),
    SettingSpec(
        "raw_log_days", "Keep raw webhooks for", "Days. Meta repeats a webhook for up to 7, so at least 8.", "number", 14, least=8, most=400
    ),
    SettingSpec("opening_hours", "Opening hours", "Such as Mon-Sat 10:00-20:00; Sun 11:00-14:00. Empty: always open.", "hours", ""),
    SettingSpec("closed_on", "Closed on", "Days such as 2027-01-26, with commas between.", "days", ""),
    SettingSpec(
        "away_on", "Away message", "Tell who writes while you are closed, where no flow and nobody of you answers.", "switch", False
    ),
    SettingSpec(
        "away_text",
        "What the away message says",
        "It may hold {{contact.first_name}} and {{business.name}}.",
        "text",
        "Thank you for writing! We are closed now and will answer as soon as we open.",
    ),
    SettingSpec("away_every_h", "Away message at most every", "Hours, for the same customer.", "number", 12, least=1, most=168),
    SettingSpec("flow_words_menu", "Words for the menu", "Said within a flow, they begin anew. Commas between.", "text", "menu, main menu"),
    SettingSpec("flow_words_stop", "Words that end a flow", "Said within a flow, they end it. Commas between.", "text", "exit, cancel"),
    SettingSpec("flow_words_agent", "Words for a person", "Said within a flow, a person goes on. Commas between.", "text", "agent, human"),
    SettingSpec(
        "agent_scope",
        "Agents see",
        "Which conversations: all of them, their own and those that nobody has, or only their own. A role of yours may say otherwise.",
        "choice",
        "own_and_free",
        choices=("all", "own_and_free", "own"),
    ),
    SettingSpec(
        "agents_see_masked_numbers",
        "Hide customers' numbers from agents",
        "Agents see the last three digits, everywhere. A role of yours may say otherwise.",
        "switch",
        False,
    ),
    SettingSpec(
        "second_factor_for",
        "Second factor needed by",
        "Whoever is meant has seven days to set one up; then nothing else opens for them.",
        "choice",
        "owners_and_admins",
        choices=("nobody", "owners", "owners_and_admins", "everybody"),
    ),
    SettingSpec("google_client_id", "Google client id", "For signing in with Google.", "text", "", internal=True),
    SettingSpec("read_receipts", "Read receipts", "Tell customers when staff have read their messages.", "switch", True),
    SettingSpec("inside_addresses", "Servers in your network", "Which of them flows may call.", "record", None, internal=True),
    SettingSpec("last_checks", "Last checks", "What Meta last said of the number's credentials, and when.", "record", None, internal=True),
    SettingSpec(
        "mail_provider",
        "E-mail goes out by",
        "An SMTP server, Resend, or not at all.",
        "choice",
        "off",
        choices=("off", "smtp", "resend"),
        internal=True,
    ),
    SettingSpec("mail_from_name", "Sender's name", "Who letters of the box are from.", "text", "", internal=True),
    SettingSpec("mail_from_address", "Sender's address", "The address letters of the box come from.", "text", "", internal=True),
    SettingSpec("smtp_host", "Mail server", "The name of the SMTP server.", "text", "", internal=True),
    SettingSpec("smtp_port", "Mail server's port", "587 with STARTTLS, 465 with TLS.", "number", 587, least=1, most=65535, internal=True),
    SettingSpec(
        "smtp_security",
        "Encryption",
        "How the way to the mail server is kept private.",
        "choice",
        "starttls",
        choices=("starttls", "tls", "none"),
        internal=True,
    ),
    SettingSpec("smtp_username", "Mail server's user name", "Empty when the server asks for none.", "text", "", internal=True),
    SettingSpec(
        "auto_resolve_days",
        "Resolve quiet conversations after",
        "Days without a message; 0 is never. Where a customer waits for an answer, the conversation stays open.",
        "number",
        0,
        least=0,
        most=365,
    ),
    SettingSpec(
        "routing",
        "New conversations",
        "Wait in the queue until somebody takes the next one, go to people in turn, or to whoever has fewest open. Teams can do otherwise.",
        "choice",
        "queue",
        choices=("queue", "round_robin", "least_busy"),
    ),
    SettingSpec(
        "routing_only_present",
        "Only to people who are there",
        "Conversations go to people who have had the box open in the last 15 minutes; the others wait.",
        "switch",
        True,
    ),
    SettingSpec("survey_on", "Ask customers how it was", "When a person resolves a conversation; once a week at most.", "switch", False),
    SettingSpec("survey_question", "The question", "What the customer is asked.", "text", "How happy are you with our help?"),
    SettingSpec(
        "survey_template",
        "Template of the question",
        "Its name, for when the 24 hours are over. Its quick replies go from the best to the worst. Empty: not asked then.",
        "text",
        "",
    ),
    SettingSpec(
        "storage_place",
        "Files are kept",
        "On the disk of this machine, or in a bucket.",
        "choice",
        "disk",
        choices=("disk", "s3"),
        internal=True,
    ),
    SettingSpec("s3_endpoint", "Address of the storage", "The S3-compatible service, with https.", "text", "", internal=True),
    SettingSpec("s3_region", "Region", "Where the bucket is.", "text", "us-east-1", internal=True),
    SettingSpec("s3_bucket", "Bucket", "Its name.", "text", "", internal=True),
    SettingSpec("s3_prefix", "Folder in the bucket", "Every object's name begins with it.", "text", "", internal=True),
    SettingSpec("s3_key_id", "Key id", "Of the key that may use the bucket.", "text", "", internal=True),
    SettingSpec("s3_path_style", "Bucket in the path", "Most services other than Amazon's want it so.", "switch", False, internal=True),
    SettingSpec("s3_near", "In our own network", "The box may reach this server at a private address.", "switch", False, internal=True),
    SettingSpec(
        "ai_cap_rupees",
        "AI models: rupees a month",
        "What models may cost at most in a month; 0 is no cap.",
        "number",
        2000,
        least=0,
        most=10_000_000,
    ),
    SettingSpec(
        "ai_cap_tokens",
        "AI models: tokens a month",
        "What models without a price, such as your own, may read and write at most in a month; 0 is no cap.",
        "number",
        20_000_000,
        least=0,
        most=2_000_000_000,
    ),
    SettingSpec("setup_finished_at", "Set-up finished", "When a message had gone out and one had come in.", "text", "", internal=True),
)

SETTINGS: dict[str, SettingSpec] = {spec.name: spec for spec in _ALL}
