"""What the webhook door must know of this box: the secrets that Meta signs with and the token it verifies with."""

from __future__ import annotations

from dataclasses import dataclass

from wablast_box.engine.settings.secrets import read_secret


@dataclass(frozen=True, slots=True)
class DoorKeys:
    """Both app secrets count during a rotation. Without any, nothing is let in."""

    app_secrets: tuple[bytes, ...] = ()
    verify_token: bytes | None = None


def door_keys() -> DoorKeys:
    """The keys as they are now."""
    secrets = [read_secret("app_secret"), read_secret("app_secret_previous")]
    token = read_secret("verify_token")
    return DoorKeys(tuple(secret.encode() for secret in secrets if secret), token.encode() if token else None)
