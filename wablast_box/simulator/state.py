"""All that the fake Meta remembers, behind one lock."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import secrets
import threading
from collections import deque
from datetime import datetime

from wablast_box.lib.clock import now
from wablast_box.simulator.faults import Faults
from wablast_box.simulator.records import Account, Customer, MediaFile, Message, Number, Settings, Template

KEEP_MESSAGES = 200_000


class State:
    """Change it only with `lock` held: requests, timers and the phone run in different threads."""

    def __init__(self, *, account: Account | None = None, settings: Settings | None = None):
        self.lock = threading.RLock()
        self.account = account or Account()
        self.settings = settings or Settings()
        self.faults = Faults()
        self.number = Number()
        self.customers: dict[str, Customer] = {}
        self.messages: dict[str, Message] = {}
        self.accepted: deque[Message] = deque(maxlen=5000)
        self.accepted_count = 0
        self.media: dict[str, MediaFile] = {}
        self.templates: dict[str, Template] = {}
        self._addresses: dict[str, Customer] = {}
        self._numbers = itertools.count(secrets.randbelow(10**12) + 10**14)

    def new_number(self) -> str:
        """A fresh id of the long decimal kind that Graph objects have."""
        return str(next(self._numbers))

    # -- customers

    def add_customer(
        self,
        name: str,
        *,
        phone: str | None = None,
        username: str | None = None,
        user_id: str | None = None,
        id: str | None = None,
        shown: bool = True,
        dialled: tuple[str, ...] = (),
    ) -> Customer:
        """A new person, or the one who already has that phone or user id."""
        phone = _digits(phone) or None
        with self.lock:
            known = self._addresses.get(phone or user_id or "")
            if known is not None:
                return known
            made = Customer(
                id=self._free_id(id or re.sub(r"\W+", "-", name.lower()).strip("-") or "customer"),
                name=name,
                user_id=user_id or _user_id(phone or name),
                phone=phone,
                username=username,
                shown=shown,
                dialled=dialled,
            )
            self.customers[made.id] = made
            self.address(made)
            return made

    def address(self, customer: Customer) -> None:
        """Make the customer reachable by everything that names them."""
        for key in (customer.phone, customer.user_id, *customer.dialled):
            if key:
                self._addresses[key] = customer

    def forget_address(self, key: str) -> None:
        """A number or user id that reaches nobody any more."""
        self._addresses.pop(key, None)

    def at_address(self, key: str) -> Customer | None:
        """Who answers to this phone number (any spelling) or user id."""
        return self._addresses.get(key) or self._addresses.get(_digits(key))

    def _free_id(self, wanted: str) -> str:
        if wanted not in self.customers:
            return wanted
        return next(f"{wanted}-{n}" for n in itertools.count(2) if f"{wanted}-{n}" not in self.customers)

    # -- messages

    def remember(self, message: Message) -> None:
        """Keep a message findable by its wamid; the oldest go when there are very many."""
        self.messages[message.wamid] = message
        if len(self.messages) > KEEP_MESSAGES:
            del self.messages[next(iter(self.messages))]

    # -- media

    def add_media(self, data: bytes, mime_type: str, filename: str | None = None) -> MediaFile:
        """Store bytes under a new id."""
        made = MediaFile(self.new_number(), mime_type, data, hashlib.sha256(data).digest(), filename)
        with self.lock:
            self.media[made.id] = made
        return made

    # -- templates

    def find_template(self, name: str, language: str) -> Template | None:
        """The living template of that name and language."""
        found = (t for t in self.templates.values() if t.name == name and t.language == language)
        return next((t for t in found if t.deleted_at is None), None)

    def clear(self) -> None:
        """Forget messages and uploads; people, templates and settings stay."""
        with self.lock:
            self.messages.clear()
            self.accepted.clear()
            self.accepted_count = 0
            self.media.clear()
            self.faults.clear()
            for customer in self.customers.values():
                customer.thread.clear()
                customer.waiting.clear()
                customer.recent_sends.clear()
                customer.unread = 0
                customer.wrote_at = customer.typing_until = None
                customer.came_from_ad_at = customer.free_until = None


def new_wamid(phone: str | None, *, from_customer: bool) -> str:
    """An id built as Meta's are: the other side's number, a direction and a random part, in base64."""
    digits = (phone or "13491208655").encode()
    part = secrets.token_hex(10 if from_customer else 9).upper().encode()
    mark = b"\x15\x02\x00" + (b"\x12" if from_customer else b"\x11")
    raw = b"\x1c\x18" + bytes([len(digits)]) + digits + mark + b"\x18" + bytes([len(part)]) + part + b"\x00"
    return "wamid." + base64.b64encode(raw).decode()


def unix(moment: datetime | None = None) -> str:
    """A moment as webhooks write it."""
    return str(int((moment or now()).timestamp()))


def _digits(text: str | None) -> str:
    if text is not None and text.isdigit() and text.isascii():
        return text
    return re.sub(r"[^0-9]", "", text or "")


def _user_id(seed: str) -> str:
    return "IN." + str(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")).zfill(20)
