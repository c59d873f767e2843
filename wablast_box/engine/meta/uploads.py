"""Meta's resumable upload: for the picture of the business and for the samples of templates. What it gives is a handle, used once."""

from __future__ import annotations

from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.meta.errors import TemporarilyDown, Unclear
from wablast_box.lib.errors import Upstream

TRIES = 3


def upload_for_handle(client: GraphClient, data: bytes, *, filename: str, mime_type: str) -> str:
    """Hand over a file; the handle. A line that breaks is taken up where Meta says it stopped."""
    app_id = _app_id(client)
    opened = client.post(f"{app_id}/uploads", file_name=filename, file_length=str(len(data)), file_type=mime_type).get("id")
    if not isinstance(opened, str) or not opened.startswith("upload:"):
        raise Upstream("Meta did not open an upload.", help="Try again in a while.")
    offset = 0
    for attempt in range(TRIES):
        try:
            handle = client.resumable("POST", opened, data, offset=offset).get("h")
        except (Unclear, TemporarilyDown):
            if attempt == TRIES - 1:
                raise
            offset = min(_received(client, opened), len(data))
            continue
        if isinstance(handle, str) and handle:
            return handle
        break
    raise Upstream("Meta took the file but named no handle for it.", help="Try again in a while.")


def _app_id(client: GraphClient) -> str:
    """The app that our token belongs to: uploads are the app's."""
    found = client.inspect_token().get("data")
    app_id = found.get("app_id") if isinstance(found, dict) else None
    if not app_id:
        raise Upstream("Meta does not say which app the access token belongs to.", help="Enter a new token in the set-up.")
    return str(app_id)


def _received(client: GraphClient, session: str) -> int:
    found = client.resumable("GET", session).get("file_offset")
    return int(found) if isinstance(found, int | str) and str(found).isdigit() else 0
