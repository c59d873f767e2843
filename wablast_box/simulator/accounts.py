"""The number and the account: fields, profile, registration, webhook subscription, and what a token is worth."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from wablast_box.lib.clock import now
from wablast_box.simulator.checks import bad_parameter
from wablast_box.simulator.errors import GraphError
from wablast_box.simulator.sending import parsed
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Json, Request, Response, answer

Handler = Callable[[Request], Response]
# Asks a callback address to repeat a challenge: (address, verify token, challenge) → did it?
Verify = Callable[[str, str, str], bool]
NUMBER_FIELDS = ("verified_name", "code_verification_status", "display_phone_number", "quality_rating", "id")
SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging"]
OK: Json = {"success": True}


class Accounts:
    """The endpoints of the number, the WhatsApp business account and the token."""

    def __init__(self, state: State, *, verify: Verify):
        self._state = state
        self._verify = verify

    def phone_routes(self) -> dict[tuple[str, str], Handler]:
        """What stands under /<phone>/."""
        return {
            ("POST", "register"): self._register,
            ("POST", "deregister"): self._deregister,
            ("POST", "request_code"): lambda _: answer(OK),
            ("POST", "verify_code"): lambda _: answer(OK),
            ("GET", "settings"): lambda _: answer(self._state.number.settings),
            ("POST", "settings"): self._set_settings,
            ("GET", "whatsapp_commerce_settings"): lambda _: answer({"data": [self._state.number.commerce]}),
            ("POST", "whatsapp_commerce_settings"): self._set_commerce,
            ("GET", "whatsapp_business_encryption"): self._encryption,
            ("POST", "whatsapp_business_encryption"): self._set_encryption,
        }

    def waba_routes(self) -> dict[tuple[str, str], Handler]:
        """What stands under /<waba>/."""
        return {
            ("GET", "phone_numbers"): lambda r: answer({"data": [_picked(self._number(), r, NUMBER_FIELDS)]}),
            ("GET", "subscribed_apps"): self._subscriptions,
            ("POST", "subscribed_apps"): self._subscribe,
            ("DELETE", "subscribed_apps"): self._unsubscribe,
        }

    def root_routes(self) -> Callable[[str], dict[str, Handler]]:
        """What stands alone: the number, the account, the token."""
        account = self._state.account

        def routes(name: str) -> dict[str, Handler]:
            if name == account.phone_number_id:
                return {"GET": lambda r: answer(_picked(self._number(), r, NUMBER_FIELDS)), "POST": self._set_number}
            if name == account.waba_id:
                return {"GET": lambda r: answer(_picked(self._waba(), r, ("id", "name")))}
            if name == "debug_token":
                return {"GET": self._debug_token}
            if name == "me":
                return {"GET": lambda _: answer({"id": account.app_id + "0", "name": "WaBlast system user"})}
            return {}

        return routes

    # -- the number

    def _number(self) -> Json:
        account, number = self._state.account, self._state.number
        return {
            "id": account.phone_number_id,
            "verified_name": account.verified_name,
            "display_phone_number": account.display_phone_number,
            "code_verification_status": "VERIFIED",
            "quality_rating": number.quality_rating,
            "platform_type": "CLOUD_API" if number.registered else "NOT_APPLICABLE",
            "throughput": {"level": number.throughput},
            "status": "CONNECTED" if number.registered else "DISCONNECTED",
            "name_status": number.name_status,
            "account_mode": "LIVE",
            "is_on_biz_app": False,
            "is_pin_enabled": number.pin is not None,
            "webhook_configuration": self._webhook_configuration(),
            "whatsapp_business_manager_messaging_limit": number.messaging_limit,
            "messaging_limit_tier": number.messaging_limit,
            "health_status": {"can_send_message": "AVAILABLE" if number.registered else "BLOCKED", "entities": []},
        }

    def _webhook_configuration(self) -> Json:
        number = self._state.number
        known = {
            "phone_number": number.number_callback,
            "whatsapp_business_account": number.waba_callback,
            "application": number.app_callback,
        }
        return {key: value for key, value in known.items() if value}

    def _set_number(self, request: Request) -> Response:
        body = _body(request)
        if "pin" in body:
            self._state.number.pin = _pin(body["pin"])
        configuration = body.get("webhook_configuration")
        if isinstance(configuration, dict):
            self._state.number.number_callback = self._checked_callback(configuration)
        return answer(OK)

    def _register(self, request: Request) -> Response:
        number, pin = self._state.number, _pin(_body(request).get("pin"))
        if number.pin is not None and pin != number.pin:
            number.pin_tries += 1
            raise GraphError(133009 if number.pin_tries > 5 else 133005)
        number.pin, number.registered, number.pin_tries = pin, True, 0
        return answer(OK)

    def _deregister(self, _: Request) -> Response:
        if not self._state.number.registered:
            raise GraphError(133010, "The phone number is not registered.")
        self._state.number.registered = False
        return answer(OK)

    def _set_settings(self, request: Request) -> Response:
        self._state.number.settings |= _body(request)
        return answer(OK)

    def _set_commerce(self, request: Request) -> Response:
        given = {**_body(request), **request.query}
        for key in ("is_cart_enabled", "is_catalog_visible"):
            if key in given:
                self._state.number.commerce[key] = str(given[key]).lower() == "true"
        return answer(OK)

    def _encryption(self, _: Request) -> Response:
        key = self._state.number.encryption_key
        shown = {"business_public_key": key, "business_public_key_signature_status": "VALID"}
        return answer({"data": [shown] if key else []})

    def _set_encryption(self, request: Request) -> Response:
        key = _body(request).get("business_public_key", "")
        if not str(key).startswith("-----BEGIN PUBLIC KEY-----"):
            raise bad_parameter("Param business_public_key must be a 2048-bit RSA public key in PEM format.")
        self._state.number.encryption_key = key
        return answer(OK)

    # -- the account

    def _waba(self) -> Json:
        account = self._state.account
        return {
            "id": account.waba_id,
            "name": account.verified_name,
            "currency": "INR",
            "country": "IN",
            "timezone_id": "71",
            "account_review_status": "APPROVED",
            "business_verification_status": "verified",
            "message_template_namespace": "0f8a1b2c_3d4e_5f60_7182_93a4b5c6d7e8",
            "whatsapp_business_manager_messaging_limit": self._state.number.messaging_limit,
        }

    def _subscriptions(self, _: Request) -> Response:
        account, number = self._state.account, self._state.number
        if not number.subscribed:
            return answer({"data": []})
        app = {"id": account.app_id, "name": "WaBlast", "link": f"https://www.facebook.com/games/?app_id={account.app_id}"}
        entry: Json = {"whatsapp_business_api_data": app}
        if number.waba_callback:
            entry["override_callback_uri"] = number.waba_callback
        return answer({"data": [entry]})

    def _subscribe(self, request: Request) -> Response:
        body = {**_body(request), **request.query}
        # A plain subscription ends an override that was there before.
        self._state.number.waba_callback = self._checked_callback(body) if "override_callback_uri" in body else None
        self._state.number.subscribed = True
        return answer(OK)

    def _unsubscribe(self, _: Request) -> Response:
        self._state.number.subscribed = False
        self._state.number.waba_callback = None
        return answer(OK)

    def _checked_callback(self, given: Json) -> str | None:
        url = str(given.get("override_callback_uri") or "")
        if not url:
            return None
        if len(url) > 200:
            raise bad_parameter("Param override_callback_uri must be at most 200 characters long.")
        if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise bad_parameter("Param override_callback_uri must be an https address.")
        challenge = str(secrets.randbelow(10**9))
        if not self._verify(url, str(given.get("verify_token") or ""), challenge):
            raise GraphError(
                2200,
                message="(#2200) Callback verification failed with the following errors: the callback URL or the verify "
                "token could not be validated.",
            )
        return url

    # -- the token

    def _debug_token(self, request: Request) -> Response:
        account = self._state.account
        if request.query.get("input_token") != account.access_token:
            error = {"code": 190, "message": "Invalid OAuth access token.", "subcode": 467}
            return answer({"data": {"error": error, "is_valid": False, "scopes": []}})
        shown = {
            "app_id": account.app_id,
            "type": "SYSTEM_USER",
            "application": "WaBlast",
            "data_access_expires_at": 0,
            "expires_at": 0,
            "is_valid": True,
            "issued_at": int(now().timestamp()) - 86_400,
            "scopes": SCOPES,
            "granular_scopes": [{"scope": scope, "target_ids": [account.waba_id]} for scope in SCOPES],
        }
        return answer({"data": shown})


def _body(request: Request) -> Json:
    if not request.body:
        return {}
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(request.body.decode(errors="replace")))
    return parsed(request.body)


def _pin(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 6 or not value.isdigit():
        raise bad_parameter("Param pin must be 6 digits.")
    return value


def _picked(shown: Json, request: Request, default: tuple[str, ...] | None = None) -> Json:
    fields = request.query.get("fields")
    wanted = (*fields.split(","), "id") if fields else default
    return shown if wanted is None else {key: shown[key] for key in wanted if key in shown}
