"""Files at Meta: upload, look up, download with the token, delete."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

from wablast_box.lib.clock import now
from wablast_box.simulator.errors import GraphError, missing, unknown_object
from wablast_box.simulator.multipart import parts
from wablast_box.simulator.records import MediaFile
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Json, Request, Response, answer

Handler = Callable[[Request], Response]
MB = 1024 * 1024
AUDIO = ("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus")
DOCUMENTS = (
    "text/plain",
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
)
LARGEST: dict[str, int] = {
    **dict.fromkeys(AUDIO, 16 * MB),
    **dict.fromkeys(DOCUMENTS, 100 * MB),
    "image/jpeg": 5 * MB,
    "image/png": 5 * MB,
    "image/webp": 500 * 1024,
    "video/mp4": 16 * MB,
    "video/3gpp": 16 * MB,
}


class Media:
    """The media endpoints."""

    def __init__(self, state: State, *, graph_url: str):
        self._state = state
        self._graph_url = graph_url

    def upload(self, request: Request) -> Response:
        """POST /<phone>/media."""
        form = parts(request.body, request.headers.get("content-type", ""))
        product, file = form.get("messaging_product"), form.get("file")
        if product is None or product.data != b"whatsapp":
            raise missing("messaging_product")
        if file is None or not file.data:
            raise missing("file")
        named = form["type"].data.decode(errors="replace") if "type" in form else file.content_type or ""
        bare = named.split(";")[0].strip().lower()
        if bare not in LARGEST:
            allowed = ", ".join(sorted(LARGEST))
            raise GraphError(
                100,
                f"Param file must be a file with one of the following types: {allowed}. Received file of type '{named}'.",
                message=f"(#100) Param file must be a file with one of the following types: {allowed}. Received file of type '{named}'.",
            )
        if len(file.data) > LARGEST[bare]:
            raise GraphError(131053, f"File size {len(file.data)} exceeds the maximum of {LARGEST[bare]} for {bare}.")
        return answer({"id": self._state.add_media(file.data, named, file.filename).id})

    def routes(self, media_id: str) -> dict[str, Handler]:
        """GET and DELETE /<media id>."""
        file = self._state.media.get(media_id)
        if file is None:
            return {}
        return {"GET": lambda request: self._look_up(request, file), "DELETE": lambda _: self._delete(file)}

    def download(self, request: Request, media_id: str) -> Response:
        """The address that a look-up gives, for five minutes, with the token."""
        file = self._state.media.get(media_id)
        key = request.query.get("hash")
        stale = file is None or key != file.url_key or file.url_until is None or now() > file.url_until
        # The address in an incoming webhook works the same way, only without a key of its own.
        if file is None or (stale and request.query.get("source") != "webhook"):
            return Response(404, b"", {"content-type": "text/plain"})
        return Response(200, file.data, {"content-type": file.mime_type})

    def _look_up(self, request: Request, file: MediaFile) -> Response:
        wanted = request.query.get("phone_number_id")
        if wanted is not None and wanted != self._state.account.phone_number_id:
            raise unknown_object(file.id, "GET")
        lives = timedelta(seconds=self._state.settings.media_url_lives_s)
        file.url_key, file.url_until = secrets.token_urlsafe(12), now() + lives
        shown: Json = {
            "url": f"{self._graph_url}/lookaside/{file.id}?ext={int(file.url_until.timestamp())}&hash={file.url_key}",
            "mime_type": file.mime_type,
            "sha256": file.sha256.hex(),
            "file_size": len(file.data),
            "id": file.id,
            "messaging_product": "whatsapp",
        }
        return answer(shown)

    def _delete(self, file: MediaFile) -> Response:
        with self._state.lock:
            self._state.media.pop(file.id, None)
        return answer({"success": True})
