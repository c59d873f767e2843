"""Where a drawing names something of the box: people, teams, flows, files by their id, the others by name; and what is not here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.contacts.models import ContactField
from wablast_box.engine.flows.design.problem import Problem
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.models import Flow, FlowSecret
from wablast_box.engine.flows.node.fields import Reference
from wablast_box.engine.flows.node.lists import Items
from wablast_box.engine.flows.node.writing import name_of, secrets_in
from wablast_box.engine.flows.registry import find_type
from wablast_box.engine.inbox.models import Tag
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.message_templates.models import MessageTemplate
from wablast_box.engine.team.models import Team, User
from wablast_box.lib.errors import Invalid

# What another box knows by another id.
BY_ID: Mapping[str, Callable[[], Any]] = {
    "flow": lambda: Flow.select(Flow.id, Flow.name).where(Flow.archived_at.is_null()),
    "user": lambda: User.select(User.id, User.name).where(User.disabled_at.is_null()),
    "team": lambda: Team.select(Team.id, Team.name),
    "media": lambda: MediaFile.select(MediaFile.id, MediaFile.filename).where(MediaFile.filename.is_null(False)),
}
BY_NAME: Mapping[str, Callable[[], Any]] = {
    "template": lambda: MessageTemplate.select(MessageTemplate.name),
    "tag": lambda: Tag.select(Tag.name),
    "contact_field": lambda: ContactField.select(ContactField.name),
    "secret": lambda: FlowSecret.select(FlowSecret.name),
}
WORDS = {
    "flow": "flow", "user": "person", "team": "team", "media": "file", "template": "template", "tag": "tag",
    "contact_field": "contact field", "secret": "secret",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One field that names something. `path` leads to it from the node's data: `team`, or `pictures.0.media`."""

    node_id: str
    path: str
    kind: str
    value: str


def places(drawn: Mapping[str, Any]) -> Iterator[Place]:
    """Every field of a known node type that names something, and does so as it should."""
    for node in drawn.get("nodes") or []:
        kind = find_type(str(node.get("type")))
        data = node.get("data")
        if kind is not None and isinstance(data, Mapping):
            yield from _in_fields(str(node["id"]), kind.fields(), data, "")
        for secret in sorted(secrets_in(data)):
            yield Place(str(node["id"]), "", "secret", name_of(secret) or secret)


def kind_at(drawn: Mapping[str, Any], node_id: str, path: str) -> str | None:
    """What a field is for; None when there is no such field, or it names nothing."""
    node = next((one for one in drawn["nodes"] if one["id"] == node_id), None)
    kind = None if node is None else find_type(str(node["type"]))
    fields: Mapping[str, Any] = {} if kind is None else kind.fields()
    for name in path.split(".")[::2]:
        field = fields.get(name)
        if isinstance(field, Reference):
            return field.kind
        fields = field.fields if isinstance(field, Items) else {}
    return None


def missing_in(drawn: Mapping[str, Any]) -> list[Problem]:
    """What a drawing names and this box does not have. A flow can be published all the same, but for its secrets."""
    known = Known()
    found = []
    for one in places(drawn):
        if "{{" not in one.value and not known.has(one.kind, one.value):
            severity = "error" if one.kind == "secret" else "warning"
            shown = f" “{one.value}”" if one.kind in BY_NAME else ""
            words = f"There is no {WORDS[one.kind]}{shown} here" + (
                ": choose another one." if one.kind != "secret" else ": add it under Settings."
            )
            found.append(Problem(one.node_id, one.path or None, f"unknown_{one.kind}", words, severity))
    return found


def missing_of(flow: Flow) -> list[Problem]:
    """The same for a draft, whatever was drawn."""
    try:
        parse_graph(flow.draft_json)
    except Invalid:
        return []  # `problems` says so
    return missing_in(flow.draft_json)


class Known:
    """What this box has, asked once for each kind."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, str]] = {}
        self._names: dict[str, frozenset[str]] = {}

    def has(self, kind: str, value: str) -> bool:
        """Is there such a thing? What is of no kind that we know of is somebody else's affair."""
        if kind in BY_ID:
            return value in self._by_id(kind) or (kind == "media" and _has_file(value))
        if kind not in BY_NAME:
            return True
        if kind not in self._names:
            self._names[kind] = frozenset(row.name.strip().casefold() for row in BY_NAME[kind]())
        return value.strip().casefold() in self._names[kind]

    def name(self, kind: str, number: str) -> str | None:
        """What the thing with this id is called."""
        return self._by_id(kind).get(number)

    def only(self, kind: str, name: str) -> str | None:
        """The id of the one thing that is called so; None when there is none, or more than one."""
        wanted = name.strip().casefold()
        found = [number for number, called in self._by_id(kind).items() if (called or "").strip().casefold() == wanted]
        return found[0] if len(found) == 1 else None

    def _by_id(self, kind: str) -> dict[str, str]:
        if kind not in self._ids:
            self._ids[kind] = {str(row.id): row.filename if kind == "media" else row.name for row in BY_ID[kind]()}
        return self._ids[kind]


def _has_file(value: str) -> bool:
    return value.isdecimal() and len(value) < 20 and MediaFile.select().where(MediaFile.id == int(value)).exists()


def _in_fields(node_id: str, fields: Mapping[str, Any], data: Mapping[str, Any], before: str) -> Iterator[Place]:
    for name, field in fields.items():
        value = data.get(name)
        if isinstance(field, Reference) and isinstance(value, str) and value and field.kind != "node":
            yield Place(node_id, before + name, field.kind, value)
        elif isinstance(field, Items) and isinstance(value, list):
            for at, one in enumerate(value):
                if isinstance(one, Mapping):
                    yield from _in_fields(node_id, field.fields, one, f"{before}{name}.{at}.")
