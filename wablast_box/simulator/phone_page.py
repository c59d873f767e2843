"""The pretend phone in the browser: a page, its files, a small JSON API and a stream of what is new."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

from quart import Blueprint, Response, redirect, request, send_from_directory
from werkzeug.wrappers import Response as Redirect

from wablast_box.lib.errors import Invalid, NotFound
from wablast_box.simulator.acting import act
from wablast_box.simulator.customers import change_customer
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.news import changes
from wablast_box.simulator.screens import customer_shown, message_shown
from wablast_box.simulator.state import State
from wablast_box.simulator.web import asked, told
from wablast_box.simulator.wire import Json

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "connect-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
# Only these are shown inside the page; anything else a customer sends is downloaded, never opened here.
SHOWN_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif", "video/mp4", "video/3gpp", "audio/")


def phone_page(meta: FakeMeta) -> Blueprint:
    """Everything under /phone."""
    page = Blueprint("phone", __name__)
    _files(page)
    _api(page, meta)
    _media(page, meta.state)
    return page


def _files(page: Blueprint) -> None:
    @page.get("/phone")
    async def show() -> Response:
        answer = await send_from_directory(STATIC, "phone.html")
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    @page.get("/phone/")
    async def without_slash() -> Redirect:
        return redirect("../phone")

    @page.get("/phone/static/<path:name>")
    async def static_file(name: str) -> Response:
        answer = await send_from_directory(STATIC, name)
        answer.headers["Cache-Control"] = "no-cache"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


def _api(page: Blueprint, meta: FakeMeta) -> None:
    state = meta.state

    @page.get("/phone/api/customers")
    async def customers() -> Response:
        account = state.account
        photo = state.number.photo
        business = {"name": account.verified_name, "phone": account.display_phone_number, "photo": photo and photo.id}
        people = [customer_shown(each) for each in state.customers.values() if each.shown]
        return told({"business": business, "customers": people})

    @page.patch("/phone/api/customers/<customer_id>")
    async def change(customer_id: str) -> Response:
        customer = meta.customer(customer_id)
        change_customer(meta, customer, await asked())
        return told(customer_shown(customer))

    @page.get("/phone/api/customers/<customer_id>/messages")
    async def thread(customer_id: str) -> Response:
        return told({"items": [message_shown(each, state) for each in list(meta.customer(customer_id).thread)]})

    @page.post("/phone/api/customers/<customer_id>/acts")
    async def do(customer_id: str) -> Response:
        message = act(state, meta.phone(meta.customer(customer_id)), await asked())
        return told(None if message is None else message_shown(message, state), 201)

    @page.get("/phone/api/events")
    async def events() -> Response:
        answer = Response(_stream(meta), content_type="text/event-stream")
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Accel-Buffering"] = "no"
        answer.timeout = None
        return answer


def _media(page: Blueprint, state: State) -> None:
    @page.post("/phone/api/media")
    async def upload() -> Response:
        file = (await request.files).get("file")
        if file is None:
            raise Invalid("There is no file.", field="file")
        stored = state.add_media(file.read(), file.mimetype or "application/octet-stream", file.filename)
        return told({"id": stored.id, "mime_type": stored.mime_type, "filename": stored.filename}, 201)

    @page.get("/phone/api/media/<media_id>")
    async def media(media_id: str) -> Response:
        file = state.media.get(media_id)
        if file is None:
            raise NotFound("There is no such file.")
        answer = Response(file.data, content_type=file.mime_type)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        if not file.mime_type.startswith(SHOWN_TYPES):
            answer.headers["Content-Disposition"] = "attachment"
        await answer.make_conditional(request, accept_ranges=True, complete_length=len(file.data))
        return answer


async def _stream(meta: FakeMeta) -> AsyncIterator[bytes]:
    listener = meta.news.listen()
    try:
        yield b": here\n\n"
        async for customers, messages in changes(listener):
            if not customers:
                yield b": still here\n\n"
                continue
            found = [meta.state.customers[id] for id in customers if id in meta.state.customers]
            news: Json = {
                "customers": [customer_shown(each) for each in found if each.shown],
                "messages": [message_shown(each, meta.state) for each in messages],
            }
            yield f"data: {json.dumps(news)}\n\n".encode()
    finally:
        meta.news.leave(listener)
