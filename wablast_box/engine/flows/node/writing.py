"""A text for another system: values stand in it, secrets only have their places. Who sends it puts them in, at that moment.

The parts are kept apart, so that nothing a customer writes can pass for the place of a secret.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.engine.flows.node import values as texts
from wablast_box.lib import interpolate

SECRET_NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")
_PLACE = re.compile(rf"\s*secret\.({SECRET_NAME.pattern})\s*(\|\s*base64\s*)?")


@dataclass(frozen=True, slots=True)
class Hidden:
    """The place of a secret, and how it is written there."""

    name: str
    encoder: str = "text"
    in_base64: bool = False

    def shown(self) -> str:
        """As its author wrote it."""
        return "{{secret." + self.name + (" | base64" if self.in_base64 else "") + "}}"

    def written(self, value: str) -> str:
        """The secret as this place wants it."""
        plain = b64encode(value.encode()).decode() if self.in_base64 else value
        return texts.ENCODERS[self.encoder](plain)


@dataclass(frozen=True, slots=True)
class Written:
    """Texts and places of secrets, in order."""

    parts: tuple[str | Hidden, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Which secrets it wants, each once."""
        return tuple(dict.fromkeys(one.name for one in self.parts if isinstance(one, Hidden)))

    def shown(self) -> str:
        """For people: with the names of its secrets."""
        return "".join(one.shown() if isinstance(one, Hidden) else one for one in self.parts)

    def with_secrets(self, read: Callable[[str], str]) -> str:
        """For the wire."""
        return "".join(one.written(read(one.name)) if isinstance(one, Hidden) else one for one in self.parts)

    def as_json(self) -> list[Any]:
        """As it waits to be sent."""
        return [one if isinstance(one, str) else [one.name, one.encoder, one.in_base64] for one in self.parts]

    @classmethod
    def from_json(cls, stored: str | list[Any]) -> Written:
        """As it waited; a plain text has no secrets."""
        parts = [stored] if isinstance(stored, str) else stored
        return cls(tuple(one if isinstance(one, str) else Hidden(*one) for one in parts))


def write(text: str, values: Mapping[str, Any], encoder: str, zone: ZoneInfo) -> Written:
    """`{{values}}` put in, each as its place wants it; `{{secret.name}}` left to whoever sends it. Raises Invalid when it is too long."""
    parts: list[str | Hidden] = []
    size = 0
    for at, part in enumerate(interpolate.split(text)):
        secret = _PLACE.fullmatch(part) if at % 2 else None
        if secret is not None:
            parts.append(Hidden(secret[1], encoder, secret[2] is not None))
        else:
            made = texts.fill("{{" + part + "}}", values, encoder, zone) if at % 2 else part
            size = texts.grown(size, made)
            parts.append(made)
    return Written(tuple(part for part in parts if part != ""))


def joined(between: str, all_of: Iterable[Written]) -> Written:
    """One after the other with something between."""
    parts: list[str | Hidden] = []
    for one in all_of:
        parts += [between, *one.parts] if parts else one.parts
    return Written(tuple(parts))


def as_shown(value: Any) -> Any:
    """The same for people, whatever holds it."""
    if isinstance(value, Written):
        return value.shown()
    if isinstance(value, Mapping):
        return {name: as_shown(one) for name, one in value.items()}
    return value


def secrets_in(value: Any) -> set[str]:
    """The places that ask for a secret in texts, however deep they stand: what is written between the braces."""
    if isinstance(value, str):
        return {place.strip() for place in interpolate.split(value)[1::2] if texts.is_secret(place)}
    if isinstance(value, Mapping):
        return {place for one in value.values() for place in secrets_in(one)}
    if isinstance(value, list):
        return {place for one in value for place in secrets_in(one)}
    return set()


def name_of(place: str) -> str | None:
    """The secret that a place asks for; None when it is written in a way that no place understands."""
    found = _PLACE.fullmatch(place)
    return None if found is None else found[1]
