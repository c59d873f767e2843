"""The people who write in: found, entered, changed, stopped, blocked, merged."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.contacts.languages import LANGUAGES
from wablast_box.engine.inbox.people import blocking, consent, history, merge, read, write
from wablast_box.lib.ids import parse_id
from wablast_box.lib.paging import page_request
from wablast_box.web.api import contacts_models as shapes
from wablast_box.web.api.inbox_actor import me, my_viewer
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.reads import count_reads
from wablast_box.web.schemas import PageQuery, listing

blueprint = Blueprint("contacts", __name__)


@blueprint.get("/contacts")
@allow("contacts.read")
@validate_querystring(shapes.ContactsQuery)
@validate_response(shapes.ContactList)
async def contacts(query_args: shapes.ContactsQuery) -> Any:
    """The people who write in, newest first. `q`: words, and filters like `tag:vip is:blocked lang:hi City:Pune Age>30`."""
    asked = page_request(query_args.limit, query_args.cursor)
    page = await in_engine(read.people_page, my_viewer(), query_args.q, asked, masked=not me().sees_personal_data)
    await count_reads(one["id"] for one in page.items)
    return listing(page)


@blueprint.get("/contacts/count")
@allow("contacts.read")
@validate_querystring(shapes.ContactsQuery)
@validate_response(shapes.ContactCount)
async def count_contacts(query_args: shapes.ContactsQuery) -> Any:
    """How many a filter finds."""
    return {"count": await in_engine(read.count_people, my_viewer(), query_args.q)}


@blueprint.get("/contacts/<id>")
@allow("contacts.read")
@validate_response(shapes.ContactDetail)
async def contact(id: str) -> Any:
    """One person, with everything that is known."""
    found = await in_engine(read.person, my_viewer(), parse_id(id), masked=not me().sees_personal_data)
    await count_reads([found["id"]])
    return found


@blueprint.post("/contacts")
@allow("contacts.write")
@validate_request(shapes.CreateContact)
@validate_response(shapes.ContactDetail, 201)
async def create_contact(data: shapes.CreateContact) -> Any:
    """Enter a person, by a phone number however it is written, or by a user id."""
    return await in_engine(write.create, my_viewer(), me(), data.model_dump(exclude_unset=True)), 201


@blueprint.post("/contacts/many")
@allow("contacts.write")
@validate_request(shapes.CreateContacts)
@validate_response(shapes.CreatedContacts)
async def create_contacts(data: shapes.CreateContacts) -> Any:
    """Enter up to 500 people; a row that is wrong is reported with its reason and stops no other."""
    rows = [one.model_dump(exclude_unset=True) for one in data.contacts]
    made, there, rejected = await in_engine(write.create_many, my_viewer(), me(), rows)
    shown = [{"row": one.row, "text": one.text, "reason": one.reason} for one in rejected]
    return {"created": made, "existing": there, "rejected": shown}


@blueprint.patch("/contacts/<id>")
@allow("contacts.write")
@validate_request(shapes.EditContact)
@validate_response(shapes.ContactDetail)
async def edit_contact(id: str, data: shapes.EditContact) -> Any:
    """Change the name, the language, the tags or what stands in the business's fields."""
    return await in_engine(write.edit, my_viewer(), me(), parse_id(id), data.model_dump(exclude_unset=True))


@blueprint.post("/contacts/<id>/conversation")
@allow("inbox.reply")
@validate_response(shapes.ContactConversation)
async def begin_conversation(id: str) -> Any:
    """The conversation with a person; begun when there is none."""
    return {"conversation_id": str(await in_engine(write.conversation_with, my_viewer(), parse_id(id)))}


@blueprint.post("/contacts/<id>/opt-out")
@allow("contacts.write")
@validate_response(shapes.ContactDetail)
async def opt_out_contact(id: str) -> Any:
    """No more marketing messages for this person."""
    return await in_engine(consent.opt_out, my_viewer(), me(), parse_id(id))


@blueprint.post("/contacts/<id>/opt-in")
@allow("contacts.opt_in")
@validate_request(shapes.OptIn)
@validate_response(shapes.ContactDetail)
async def opt_in_contact(id: str, data: shapes.OptIn) -> Any:
    """Marketing messages again, because the customer asked for them: the reason says where and when."""
    return await in_engine(consent.opt_in, my_viewer(), me(), parse_id(id), data.reason)


@blueprint.post("/contacts/<id>/block")
@allow("contacts.write")
@validate_response(shapes.ContactDetail)
async def block_contact(id: str) -> Any:
    """Have WhatsApp keep this person from writing. Works within 24 hours of their last message."""
    return await in_engine(blocking.block, my_viewer(), me(), parse_id(id))


@blueprint.post("/contacts/<id>/unblock")
@allow("contacts.write")
@validate_response(shapes.ContactDetail)
async def unblock_contact(id: str) -> Any:
    """Let this person write again."""
    return await in_engine(blocking.unblock, my_viewer(), me(), parse_id(id))


@blueprint.get("/contacts/<id>/history")
@allow("inbox.read")
@validate_querystring(PageQuery)
@validate_response(shapes.History)
async def contact_history(id: str, query_args: PageQuery) -> Any:
    """Everything that happened with a person, newest first."""
    found = await in_engine(history.history, my_viewer(), parse_id(id), page_request(query_args.limit, query_args.cursor))
    return listing(found)


@blueprint.get("/contacts/<id>/merge")
@allow("contacts.merge")
@validate_querystring(shapes.MergeQuery)
@validate_response(shapes.MergePreview)
async def merge_preview(id: str, query_args: shapes.MergeQuery) -> Any:
    """What would become of two people when `other` goes into this one."""
    return await in_engine(merge.preview, my_viewer(), parse_id(id), parse_id(query_args.other))


@blueprint.post("/contacts/<id>/merge")
@allow("contacts.merge")
@validate_request(shapes.Merge)
@validate_response(shapes.ContactDetail)
async def merge_contacts(id: str, data: shapes.Merge) -> Any:
    """Let the other contact go into this one, with its conversation and everything else. It cannot be taken back."""
    return await in_engine(merge.merge, my_viewer(), me(), parse_id(id), parse_id(data.contact_id))


@blueprint.get("/languages")
@allow("contacts.read")
@validate_response(shapes.LanguageList)
async def languages() -> Any:
    """Languages to choose from; any other BCP 47 code is taken too."""
    return {"items": [{"code": code, "name": name} for code, name in LANGUAGES.items()]}
