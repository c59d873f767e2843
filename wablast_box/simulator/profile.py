"""What customers see of the business, its picture, and the resumable upload that brings one."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wablast_box.simulator.checks import bad_parameter
from wablast_box.simulator.errors import GraphError, missing
from wablast_box.simulator.sending import parsed
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Json, Request, Response, answer

Handler = Callable[[Request], Response]
LIMITS = {"about": 139, "address": 256, "description": 512, "email": 128}
FIELDS = frozenset({"messaging_product", "about", "address", "description", "email", "websites", "vertical", "profile_picture_handle"})
VERTICALS = frozenset(
    "OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT PROF_SERVICES RETAIL TRAVEL "
    "RESTAURANT ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS".split()
)
UPLOAD_TYPES = frozenset({"application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"})
PHOTO_TYPES = ("image/jpeg", "image/png")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass
class Upload:
    """A file on its way in pieces."""

    length: int
    type: str
    data: bytearray = field(default_factory=bytearray)


class Profiles:
    """The profile endpoints of the number, and the uploads of the app."""

    def __init__(self, state: State, *, graph_url: str):
        self._state, self._graph_url = state, graph_url
        self._uploads: dict[str, Upload] = {}
        self._handles: dict[str, Upload] = {}

    def phone_routes(self) -> dict[tuple[str, str], Handler]:
        """What stands under /<phone>/."""
        return {("GET", "whatsapp_business_profile"): self._shown, ("POST", "whatsapp_business_profile"): self._change}

    def app_routes(self) -> dict[tuple[str, str], Handler]:
        """What stands under /<app>/."""
        return {("POST", "uploads"): self._open}

    def upload_routes(self, name: str) -> dict[str, Handler]:
        """GET and POST of /upload:<…>."""
        upload = self._uploads.get(name)
        if upload is None:
            return {}
        return {
            "GET": lambda _: answer({"id": name, "file_offset": len(upload.data)}),
            "POST": lambda request: self._take(request, name, upload),
        }

    def picture(self, request: Request, name: str) -> Response:
        """The address in `profile_picture_url`."""
        photo = self._state.number.photo
        if photo is None or name != photo.id:
            return Response(404, b"", {"content-type": "text/plain"})
        return Response(200, photo.data, {"content-type": photo.mime_type})

    def _shown(self, request: Request) -> Response:
        number = self._state.number
        shown = dict(number.profile)
        if number.photo is not None:
            shown["profile_picture_url"] = f"{self._graph_url}/pictures/{number.photo.id}"
        wanted = request.query.get("fields")
        if wanted:
            shown = {key: shown[key] for key in wanted.split(",") if key in shown}
        return answer({"data": [shown]})

    def _change(self, request: Request) -> Response:
        body = parsed(request.body)
        if body.get("messaging_product") != "whatsapp":
            raise missing("messaging_product")
        _check(body)
        handle = body.pop("profile_picture_handle", None)
        with self._state.lock:
            if handle is not None:
                self._hang(str(handle))
            # An empty text takes the line away.
            self._state.number.profile = {key: value for key, value in (self._state.number.profile | body).items() if value not in ("", [])}
        return answer({"success": True})

    def _hang(self, handle: str) -> None:
        upload = self._handles.pop(handle, None)
        if upload is None or upload.type not in PHOTO_TYPES:
            raise bad_parameter("Param profile_picture_handle is not a valid handle of an image.")
        self._state.number.photo = self._state.add_media(bytes(upload.data), upload.type, None)

    def _open(self, request: Request) -> Response:
        length, kind = request.query.get("file_length", ""), request.query.get("file_type", "")
        if not length.isdigit() or int(length) == 0:
            raise missing("file_length")
        if kind not in UPLOAD_TYPES:
            raise bad_parameter(f"Param file_type must be one of {', '.join(sorted(UPLOAD_TYPES))}.")
        name = f"upload:{secrets.token_urlsafe(24)}"
        self._uploads[name] = Upload(int(length), kind)
        return answer({"id": f"{name}?sig={secrets.token_urlsafe(24)}"})

    def _take(self, request: Request, name: str, upload: Upload) -> Response:
        if not request.headers.get("authorization", "").startswith("OAuth "):
            raise GraphError(190, message="An access token is required to request this resource.")
        if request.headers.get("file_offset") != str(len(upload.data)):
            raise bad_parameter(f"Header file_offset must be {len(upload.data)}.")
        upload.data += request.body
        if len(upload.data) > upload.length:
            raise bad_parameter("More bytes were sent than file_length announced.")
        if len(upload.data) < upload.length:
            return answer({"id": name, "file_offset": len(upload.data)})
        handle = f"4::{secrets.token_urlsafe(48)}"
        self._handles[handle] = self._uploads.pop(name)
        return answer({"h": handle})


def _check(body: Json) -> None:
    for key in body:
        if key not in FIELDS:
            raise bad_parameter(f"Unexpected key {key!r} on param.")
    for key, longest in LIMITS.items():
        if len(str(body.get(key, ""))) > longest:
            raise bad_parameter(f"Param {key} must be at most {longest} characters long.")
    if body.get("about") == "":
        raise bad_parameter("Param about cannot be empty.")
    if body.get("email") and not EMAIL.fullmatch(str(body["email"])):
        raise bad_parameter("Param email must be a valid email address.")
    if body.get("vertical") and body["vertical"] not in VERTICALS:
        raise bad_parameter(f"Param vertical must be one of {', '.join(sorted(VERTICALS))}.")
    _check_websites(body.get("websites", []))


def _check_websites(websites: Any) -> None:
    if not isinstance(websites, list) or len(websites) > 2 or any(len(str(site)) > 256 for site in websites):
        raise bad_parameter("Param websites takes at most two addresses of 256 characters.")
    if any(not str(site).startswith(("http://", "https://")) for site in websites):
        raise bad_parameter("Param websites must hold valid URLs.")
