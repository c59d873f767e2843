"""What the fake Meta remembers: the account, customers, messages, media, templates and how it is set."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from wablast_box.simulator.wire import Json

WINDOW = timedelta(hours=24)
FREE_ENTRY_POINT = timedelta(hours=72)


class Progress(StrEnum):
    """How far a message of the business has come. `accepted` is the Graph's answer, the rest are statuses."""

    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"


RANK = {progress: rank for rank, progress in enumerate(Progress)}


@dataclass(frozen=True)
class Account:
    """The business's side of Meta: ids and secrets that the box must be told."""

    phone_number_id: str = "106540352242922"
    waba_id: str = "102290129340398"
    access_token: str = "EAASIMULATOR"  # noqa: S105 - opens nothing but this simulator
    app_secret: str = "simulator-app-secret"  # noqa: S105
    verify_token: str = "simulator-verify-token"  # noqa: S105
    app_id: str = "670843887433847"
    display_phone_number: str = "+91 80 4718 2200"
    verified_name: str = "Asha Textiles"

    @property
    def digits(self) -> str:
        """The business's number as `messages` webhooks write it."""
        return "".join(filter(str.isdigit, self.display_phone_number))


@dataclass
class Settings:
    """Everything that a test, a bench or a demo may want different. The defaults suit tests: no delay anywhere."""

    sent_after_s: float = 0.0
    delivered_after_s: float = 0.0
    read_after_s: float = 0.0
    review_after_s: float = 0.0
    auto_read: bool = False
    statuses: bool = True
    window_enforced: bool = True
    # Meta's table says the closed window is refused at once; numbers have also seen it accepted and failed later.
    closed_window_fails_later: bool = False
    rate_per_s: float | None = None
    pair_limit: bool = False
    user_ids: bool = True
    require_appsecret_proof: bool = False
    template_verdict: str = "APPROVED"
    max_batch: int = 20
    retry_gaps_s: tuple[float, ...] = (0.5, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0)
    media_url_lives_s: int = 300
    free_service_messages: int = 1000

    @classmethod
    def lifelike(cls) -> Settings:
        """Small waits, as on a good day."""
        return cls(sent_after_s=0.25, delivered_after_s=0.55, read_after_s=0.9, review_after_s=4.0)


@dataclass(slots=True, eq=False)
class Message:
    """One bubble, of either side. `content` is the typed body, as Meta's JSON has it."""

    wamid: str
    customer: Customer
    from_customer: bool
    type: str
    content: object
    at: datetime
    quoted: str | None = None
    forwarded: bool = False
    progress: Progress = Progress.ACCEPTED
    callback_data: str | None = None
    pricing: Json | None = None
    conversation: Json | None = None
    read_by_business: bool = False
    reactions: dict[str, str] = field(default_factory=dict)
    edited: bool = False
    revoked: bool = False
    answered: str | None = None
    errors: list[Json] = field(default_factory=list)


@dataclass(eq=False)
class Customer:
    """Somebody with WhatsApp. Who hides behind a username has no `phone`, but may share their `own_number`."""

    id: str
    name: str
    user_id: str
    phone: str | None = None
    username: str | None = None
    dialled: tuple[str, ...] = ()
    parent_user_id: str | None = None
    own_number: str | None = None
    blocked: bool = False
    online: bool = True
    read_receipts: bool = True
    reachable: bool = True
    stopped_marketing: bool = False
    auto_read: bool | None = None
    shown: bool = True
    wrote_at: datetime | None = None
    came_from_ad_at: datetime | None = None
    free_until: datetime | None = None
    unread: int = 0
    typing_until: datetime | None = None
    thread: deque[Message] = field(default_factory=lambda: deque(maxlen=1000))
    waiting: deque[Message] = field(default_factory=deque)
    recent_sends: deque[float] = field(default_factory=deque)

    def window_is_open(self, at: datetime) -> bool:
        """May the business write freely?"""
        return self.wrote_at is not None and at - self.wrote_at < WINDOW

    def contact(self, *, user_ids: bool) -> Json:
        """As it stands in `value.contacts[]`."""
        profile: Json = {"name": self.name}
        if self.username:
            profile["username"] = self.username
        contact: Json = {"profile": profile}
        if self.phone:
            contact["wa_id"] = self.phone
        if user_ids or not self.phone:
            contact["user_id"] = self.user_id
            if self.parent_user_id:
                contact["parent_user_id"] = self.parent_user_id
        return contact


@dataclass(eq=False)
class MediaFile:
    """Bytes at Meta. `url_until` ends the download address, not the file."""

    id: str
    mime_type: str
    data: bytes
    sha256: bytes
    filename: str | None = None
    url_key: str = ""
    url_until: datetime | None = None


@dataclass(eq=False)
class Template:
    """A message template of the business."""

    id: str
    name: str
    language: str
    category: str
    components: list[Json]
    status: str = "PENDING"
    parameter_format: str = "POSITIONAL"
    rejected_reason: str = "NONE"
    quality: str = "UNKNOWN"
    deleted_at: datetime | None = None

    def public(self) -> Json:
        """As the Graph shows it."""
        return {
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "status": self.status,
            "parameter_format": self.parameter_format,
            "components": self.components,
            "rejected_reason": self.rejected_reason,
            "quality_score": {"score": self.quality},
        }


@dataclass
class Number:
    """What can change about the business's number and account."""

    registered: bool = True
    pin: str | None = None
    quality_rating: str = "GREEN"
    messaging_limit: str = "TIER_2K"
    throughput: str = "STANDARD"
    name_status: str = "APPROVED"
    profile: Json = field(default_factory=lambda: {"about": "Handwoven since 1987", "vertical": "RETAIL", "messaging_product": "whatsapp"})
    photo: MediaFile | None = None
    settings: Json = field(default_factory=dict)
    commerce: Json = field(default_factory=lambda: {"is_cart_enabled": True, "is_catalog_visible": False})
    encryption_key: str | None = None
    # The callback of the app, and what overrides it for the whole account or this one number.
    app_callback: str | None = None
    waba_callback: str | None = None
    number_callback: str | None = None
    subscribed: bool = False
    pin_tries: int = 0
    free_services_used: dict[str, int] = field(default_factory=dict)

    @property
    def callback(self) -> str | None:
        """Where webhooks go: number before account before app, and nowhere without a subscription."""
        if not self.subscribed:
            return None
        return self.number_callback or self.waba_callback or self.app_callback
