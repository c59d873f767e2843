"""Keep secrets for flows: put one in, replace it, take it away. Nobody is ever shown one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.flows.keeping.secrets import place_of
from wablast_box.engine.flows.models import Flow, FlowSecret, FlowVersion
from wablast_box.engine.flows.node.writing import SECRET_NAME, name_of, secrets_in
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib import outbound
from wablast_box.lib.clock import iso, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound

# Whoever may say where a credential goes may have it sent to themselves: an owner, or whom an owner trusts with credentials.
NEEDS = "integrations.write"
MOST, MOST_HOSTS = 100, 10
# What is shorter could not be told from other words in what a server answers.
LEAST, LONGEST = 8, 4096
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")


def put_secret(name: str, value: str, hosts: Sequence[str], *, by: Actor) -> dict[str, Any]:
    """A new one, or another value for one. Where it goes is said anew each time, and only together with its value."""
    authorize(by, NEEDS)
    if not SECRET_NAME.fullmatch(name):
        raise Invalid("A secret's name has small letters, digits and _, such as crm_key.", field="name")
    cleaned = value.strip()
    if not LEAST <= len(cleaned) <= LONGEST or not cleaned.isprintable():
        raise Invalid(f"A secret has {LEAST} to {LONGEST:,} characters in one line.", field="value")
    goes_to = list(dict.fromkeys(_host(one) for one in hosts if one.strip()))
    if not 0 < len(goes_to) <= MOST_HOSTS:
        raise Invalid(f"Name the host it is for, such as api.example.com; {MOST_HOSTS} at most.", field="hosts")
    with transaction():
        is_new = not FlowSecret.select().where(FlowSecret.name == name).exists()
        if is_new and FlowSecret.select().count() >= MOST:
            raise Conflict(f"There can be {MOST} secrets. Delete one that no flow uses.", code="too_many")
        FlowSecret.insert(
            name=name, sealed=secrets.seal_text(cleaned, place=place_of(name)), last4=cleaned[-4:] if len(cleaned) >= 16 else None,
            hosts_json=goes_to, updated_at=now(), updated_by=by.ref,
        ).on_conflict(
            conflict_target=[FlowSecret.name],
            preserve=[FlowSecret.sealed, FlowSecret.last4, FlowSecret.hosts_json, FlowSecret.updated_at, FlowSecret.updated_by],
        ).execute()  # fmt: skip
        audit("flow_secret.put", by=by, subject=f"flow_secret:{name}", subject_name=name, detail={"is_new": is_new, "hosts": goes_to})
    return _view(FlowSecret.get_by_id(name), _uses())


def delete_secret(name: str, *, by: Actor) -> None:
    """Take it away: flows that name it go by their error way from now on."""
    authorize(by, NEEDS)
    with transaction():
        if not FlowSecret.delete().where(FlowSecret.name == name).execute():
            raise NotFound("There is no such secret.")
        audit("flow_secret.deleted", by=by, subject=f"flow_secret:{name}", subject_name=name)


def all_secrets() -> list[dict[str, Any]]:
    """Every secret by name: when it was set, where it goes, and which flows name it."""
    uses = _uses()
    return [_view(row, uses) for row in FlowSecret.select().order_by(FlowSecret.name)]


def hosts_by_name() -> dict[str, list[str]]:
    """Where each goes."""
    return {row.name: row.hosts_json for row in FlowSecret.select(FlowSecret.name, FlowSecret.hosts_json)}


def _view(row: FlowSecret, uses: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    return {
        "name": row.name, "last4": row.last4, "hosts": row.hosts_json, "updated_at": iso(row.updated_at),
        "used_by": uses.get(row.name, []),
    }  # fmt: skip


def _uses() -> dict[str, list[dict[str, str]]]:
    """By secret: the flows whose draft or published version names it."""
    found: dict[str, list[dict[str, str]]] = {}
    for flow in (
        Flow.select(Flow.id, Flow.name, Flow.draft_json, Flow.published_number).where(Flow.archived_at.is_null()).order_by(Flow.name)
    ):
        version = FlowVersion.get_or_none((FlowVersion.flow == flow.id) & (FlowVersion.number == flow.published_number))
        drawn = [flow.draft_json, None if version is None else version.graph_json]
        for name in sorted({name_of(place) or "" for graph in drawn for place in secrets_in(graph)}):
            found.setdefault(name, []).append({"id": str(flow.id), "name": flow.name})
    return found


def _host(written: str) -> str:
    """A host as it is compared: in small letters, without the rest of an address; with its port when that is no usual one."""
    text = written.strip().lower()
    try:
        parsed = outbound.checked_url(text if "://" in text else f"https://{text}", any_port=True)
    except outbound.Refused:
        raise _no_host(written) from None
    host = parsed.raw_host.decode()
    if not (_HOST.fullmatch(host) or ":" in host) or len(host) > 253:
        raise _no_host(written)
    return host if parsed.port in (None, 443) else f"{host}:{parsed.port}"


def _no_host(written: str) -> Invalid:
    return Invalid(f"“{written[:60]}” is no host. Write it as api.example.com, or with its port.", field="hosts")
