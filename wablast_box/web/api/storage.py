"""Where files are kept: the disk or a bucket, a try of it, and files on their way between the two."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.media import carry
from wablast_box.engine.media.models import Place
from wablast_box.engine.ops.storage import account, check, work
from wablast_box.engine.settings import secrets
from wablast_box.lib.errors import Invalid
from wablast_box.web.auth import allow, current_actor, fresh
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, Moment

blueprint = Blueprint("storage", __name__)
Line = Annotated[str, Field(max_length=320)]
Where = Literal["disk", "s3"]


class StorageSecret(ApiModel):
    set: bool
    last4: str | None
    updated_at: Moment | None


class StoredFiles(ApiModel):
    """`on_disk`, `in_bucket`: what customers and staff sent. `drawn`: the pictures for screens drawn of them, in either place.

    `waiting`, `stuck`: of both kinds. `stuck`: a person must look, the file is damaged or gone. `problem`: why those that wait do.
    """

    on_disk: int
    in_bucket: int
    drawn: int
    waiting: int
    stuck: int
    problem: str | None


class Storage(ApiModel):
    """`place`: where new files go. `near`: the service stands in the business's own network."""

    place: Where
    endpoint: str
    region: str
    bucket: str
    prefix: str
    key_id: str
    path_style: bool
    near: bool
    secret_key: StorageSecret
    files: StoredFiles


class StorageChange(ApiModel):
    """What is left out stays as it is."""

    place: Where | None = None
    endpoint: Line | None = None
    region: Line | None = None
    bucket: Line | None = None
    prefix: Line | None = None
    key_id: Line | None = None
    secret_key: Annotated[str, Field(max_length=1024)] | None = None
    path_style: bool | None = None
    near: bool | None = None


class StorageCheck(ApiModel):
    """`field`: where what is wrong is mended."""

    ok: bool
    problem: str | None
    help: str | None
    field: str | None


class MoveFiles(ApiModel):
    to: Where


@blueprint.get("/storage")
@allow("settings.read")
@validate_response(Storage)
async def show_storage() -> Storage:
    """Where files are kept, and how many are on their way."""
    return await in_engine(_storage)


@blueprint.put("/storage")
@allow("integrations.write")
@fresh
@validate_request(StorageChange)
@validate_response(Storage)
async def change_storage(data: StorageChange) -> Storage:
    """Change where files are kept. A bucket is tried first; another service wants its secret key again."""
    await in_engine(account.change_storage, data.model_dump(exclude_none=True), by=current_actor())
    return await in_engine(_storage)


@blueprint.post("/storage/check")
@allow("integrations.test")
@validate_response(StorageCheck)
async def check_storage() -> StorageCheck:
    """Write a small object, read it back, delete it: does the bucket work, and if not, why?"""
    return await in_engine(_check)


@blueprint.post("/storage/move")
@allow("integrations.write")
@fresh
@validate_request(MoveFiles)
@validate_response(Storage, 202)
async def move_files(data: MoveFiles) -> Any:
    """Carry every file there, and keep new ones there too. Goes on in the background; nothing is out of reach meanwhile."""
    await in_engine(work.move_files, Place(data.to), by=current_actor())
    return await in_engine(_storage), 202


def _check() -> StorageCheck:
    known = account.keeping().account
    if known is None:
        return StorageCheck(ok=False, problem="No bucket is set up.", help="Enter its address, its name and a key.", field="endpoint")
    try:
        check.require_working(known)
    except Invalid as wrong:
        return StorageCheck(ok=False, problem=wrong.message, help=wrong.help, field=wrong.field)
    return StorageCheck(ok=True, problem=None, help=None, field=None)


def _storage() -> Storage:
    current, known, now = account.storage(), secrets.secret_state(account.SECRET), carry.progress()
    return Storage(
        **{field: getattr(current, field) for field in account.SETTINGS},
        secret_key=StorageSecret(set=known.is_set, last4=known.last4, updated_at=known.updated_at),
        files=StoredFiles(
            on_disk=now.on_disk, in_bucket=now.in_bucket, drawn=now.drawn, waiting=now.waiting, stuck=now.stuck, problem=now.problem
        ),
    )
