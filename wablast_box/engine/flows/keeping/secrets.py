"""Secrets that flows name: sealed rows, opened only for a request that goes to a host which their owner named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wablast_box.engine.flows.models import FlowSecret
from wablast_box.engine.flows.node.writing import Written
from wablast_box.engine.settings import secrets
from wablast_box.lib import outbound
from wablast_box.lib.errors import Invalid

MASK = "•••"


@dataclass(frozen=True, slots=True)
class Opened:
    """A request as it goes over the wire, and the secrets in it, in every form in which they could come back."""

    url: str
    headers: dict[str, str]
    content: bytes
    forms: tuple[str, ...]

    def masked(self, text: str) -> str:
        """What a server said, without what it repeated of our secrets."""
        for form in self.forms:
            text = text.replace(form, MASK)
        return text

    def masked_bytes(self, body: bytes) -> bytes:
        """The same for a body, whatever it is."""
        for form in self.forms:
            body = body.replace(form.encode(), MASK.encode())
        return body


def place_of(name: str) -> str:
    """What a sealed secret is bound to."""
    return f"flow_secret|sealed|{name}"


def open_request(url: Written | str, headers: Mapping[str, Written | str], content: Written | bytes | str) -> Opened:
    """Put the secrets in. Raises Invalid when there is no such secret, or when it may not go to that host."""
    texts = {name: as_written(text) for name, text in headers.items()}
    address, body = as_written(url), content if isinstance(content, bytes) else as_written(content)
    everything = [address, *texts.values(), *([body] if isinstance(body, Written) else [])]
    values = {name: _value_of(name) for name in dict.fromkeys(name for one in everything for name in one.names)}
    opened = Opened(
        address.with_secrets(values.__getitem__).strip(),
        {name: text.with_secrets(values.__getitem__) for name, text in texts.items()},
        body if isinstance(body, bytes) else body.with_secrets(values.__getitem__).encode(),
        tuple(sorted({form for one in everything for form in _forms(one, values)}, key=len, reverse=True)),
    )
    for name in values:
        _require_host(name, opened.url)
    return opened


def as_written(text: Written | str) -> Written:
    """A plain text has no secrets."""
    return text if isinstance(text, Written) else Written((text,))


def goes_to(hosts: Sequence[str], url: str) -> bool:
    """Is this the address of one of these hosts? Without TLS only within the owner's own network."""
    try:
        parsed = outbound.checked_url(url)
    except outbound.Refused:
        return False
    host, usual = parsed.raw_host.decode(), 443 if parsed.scheme == "https" else 80
    port = parsed.port or usual
    if parsed.scheme != "https" and not outbound.is_listed(parsed.host, port):
        return False
    return f"{host}:{port}" in hosts or (port == usual and host in hosts)


def _value_of(name: str) -> str:
    row = FlowSecret.get_or_none(FlowSecret.name == name)
    if row is None:
        raise Invalid(f"There is no secret “{name}”.", code="unknown_secret", help="Add it under Settings, Secrets for flows.")
    return secrets.unseal_text(bytes(row.sealed), place=place_of(name))


def _require_host(name: str, url: str) -> None:
    hosts = FlowSecret.get_by_id(name).hosts_json
    if not goes_to(hosts, url):
        words = f"The secret “{name}” goes only to {', '.join(hosts)}, by https."
        raise Invalid(words, code="secret_elsewhere", help="Who may, can allow it another host under Settings, Secrets for flows.")


def _forms(one: Written, values: Mapping[str, str]) -> set[str]:
    plain = {values[name] for name in one.names}
    return plain | {part.written(values[part.name]) for part in one.parts if not isinstance(part, str)}
