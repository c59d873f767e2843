"""What customers meet of the business: the link that opens a chat, its QR code, and the profile behind its name."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from quart import Blueprint, Response, request
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.ops.chat_link import link, qr
from wablast_box.engine.ops.profile import photo
from wablast_box.engine.ops.profile import profile as profiles
from wablast_box.engine.ops.profile.limits import Vertical
from wablast_box.lib.errors import Invalid
from wablast_box.web.auth import allow, current_actor
from wablast_box.web.bridge import in_engine
from wablast_box.web.masking import gives_files
from wablast_box.web.schemas import ApiModel

blueprint = Blueprint("number", __name__)
Text = Annotated[str, Field(max_length=5000)]


class ChatLinkQuery(BaseModel):
    model_config = ConfigDict(extra="ignore")
    text: Text = ""


class QrQuery(ChatLinkQuery):
    format: Literal["svg", "png"] = "svg"
    size_mm: int = 60


class ChatLink(ApiModel):
    """`qr` are rows of 0 and 1; null, with the reason, when the link fits into no code. `least_mm`: smaller is hard to scan."""

    url: str
    qr: list[str] | None
    qr_problem: str | None
    least_mm: int | None


class BusinessProfile(ApiModel):
    """What customers see behind the business's name, as Meta has it. `vertical` is Meta's word for the trade."""

    about: str
    address: str
    description: str
    email: str
    websites: list[str]
    vertical: str
    has_photo: bool


class ProfileChange(ApiModel):
    """What is left out stays; an empty text takes the line away, except `about`."""

    about: Text | None = None
    address: Text | None = None
    description: Text | None = None
    email: Text | None = None
    websites: Annotated[list[Text], Field(max_length=10)] | None = None
    vertical: Vertical | None = None


@blueprint.get("/number/profile")
@allow("number.read")
@validate_response(BusinessProfile)
async def business_profile() -> BusinessProfile:
    """The WhatsApp profile of the business, asked of Meta now."""
    return _profile(await in_engine(profiles.profile))


@blueprint.patch("/number/profile")
@allow("settings.write")
@validate_request(ProfileChange)
@validate_response(BusinessProfile)
async def change_business_profile(data: ProfileChange) -> BusinessProfile:
    """Change it at Meta."""
    wanted = data.model_dump(exclude_none=True, mode="json")
    return _profile(await in_engine(profiles.change_profile, wanted, by=current_actor()))


@blueprint.post("/number/profile/photo")
@allow("settings.write")
@validate_response(BusinessProfile)
async def change_business_photo() -> BusinessProfile:
    """Change its picture (multipart, field `file`): JPEG or PNG, at most 5 MB, at least 192 pixels each way."""
    given = (await request.files).get("file")
    if given is None:
        raise Invalid("Send one picture in the multipart field “file”.", field="file")
    data = given.stream.read(photo.MAX_BYTES + 1)
    return _profile(await in_engine(photo.change_photo, data, by=current_actor()))


@blueprint.get("/number/profile/photo")
@allow("number.read")
@gives_files
async def business_photo() -> Response:
    """The picture that customers see."""
    data, kind = await in_engine(photo.photo)
    response = Response(data, content_type=kind)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/number/chat-link")
@allow("number.read")
@validate_querystring(ChatLinkQuery)
@validate_response(ChatLink)
async def chat_link(query_args: ChatLinkQuery) -> Any:
    """The link that opens a chat with the business, with a text already written, and its QR code."""
    return await in_engine(_chat_link, query_args.text)


@blueprint.get("/number/chat-link/qr")
@allow("number.read")
@gives_files
@validate_querystring(QrQuery)
async def chat_link_qr(query_args: QrQuery) -> Response:
    """The QR code as a file, in the size it will have on paper."""
    data = await in_engine(_qr_file, query_args.text, query_args.format, query_args.size_mm)
    response = Response(data, content_type=qr.MIME[query_args.format])
    response.headers["Content-Disposition"] = f'attachment; filename="whatsapp-qr.{query_args.format}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _profile(found: profiles.Profile) -> BusinessProfile:
    shown = {name: getattr(found, name) for name in profiles.FIELDS}
    return BusinessProfile(has_photo=found.photo_url is not None, **{**shown, "websites": list(found.websites)})


def _chat_link(text: str) -> ChatLink:
    found = link.chat_link(text)
    try:
        plan = qr.plan(found.url)
    except Invalid as too_long:
        return ChatLink(url=found.url, qr=None, qr_problem=f"{too_long.message} {too_long.help or ''}".strip(), least_mm=None)
    return ChatLink(url=found.url, qr=plan.rows, qr_problem=None, least_mm=plan.least_mm)


def _qr_file(text: str, kind: qr.Kind, size_mm: int) -> bytes:
    return qr.qr_file(link.chat_link(text).url, kind, size_mm)
