"""WebAuthn itself: options for the browser, and what its answers prove. Loaded with the first passkey, not with the box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

Json = dict[str, Any]
Known = Sequence[tuple[str, list[str] | None]]  # credential ids with their transports
_PREFERRED, _REQUIRED = UserVerificationRequirement.PREFERRED, UserVerificationRequirement.REQUIRED
_BROKEN = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class NewKey:
    """The public half of a new passkey."""

    credential_id: str
    public_key: bytes
    sign_count: int
    is_synced: bool


def registration(host: str, box_name: str, user_id: int, email: str, name: str, known: Known) -> tuple[Json, str]:
    """Options to make a passkey, and the challenge in them."""
    made = generate_registration_options(
        rp_id=host,
        rp_name=box_name,
        user_id=str(user_id).encode(),
        user_name=email,
        user_display_name=name,
        exclude_credentials=_descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.PREFERRED, user_verification=_PREFERRED),
    )
    return orjson.loads(options_to_json(made)), bytes_to_base64url(made.challenge)


def read_registration(credential: Json, challenge: str, host: str, origins: Sequence[str]) -> NewKey | None:
    """The new passkey; None when the answer does not fit."""
    try:
        found = verify_registration_response(
            credential=credential, expected_challenge=base64url_to_bytes(challenge), expected_rp_id=host, expected_origin=list(origins)
        )
    except _BROKEN:
        return None
    return NewKey(bytes_to_base64url(found.credential_id), found.credential_public_key, found.sign_count, bool(found.credential_backed_up))


def assertion(host: str, known: Known | None) -> tuple[Json, str]:
    """Options to prove one of the known passkeys (None: any), and the challenge in them. Any means: the device must be unlocked."""
    made = generate_authentication_options(
        rp_id=host,
        allow_credentials=None if known is None else _descriptors(known),
        user_verification=_REQUIRED if known is None else _PREFERRED,
    )
    return orjson.loads(options_to_json(made)), bytes_to_base64url(made.challenge)


def read_assertion(credential: Json, challenge: str, host: str, origins: Sequence[str], public_key: bytes, *, unlocked: bool) -> int | None:
    """The count of the passkey that signed; None when the answer does not fit. `unlocked`: by finger, face or PIN."""
    try:
        found = verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=host,
            expected_origin=list(origins),
            credential_public_key=public_key,
            credential_current_sign_count=0,  # compared by the caller, who tells a copy from a mistake
            require_user_verification=unlocked,
        )
    except _BROKEN:
        return None
    return int(found.new_sign_count)


def _descriptors(known: Known) -> list[PublicKeyCredentialDescriptor]:
    kinds = {kind.value for kind in AuthenticatorTransport}
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(number), transports=[AuthenticatorTransport(kind) for kind in transports or [] if kind in kinds] or None
        )
        for number, transports in known
    ]
