"""What a flow may do within the box, by name. Each verb runs in the step's transaction."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.contacts.fields.values import checked_values, write_values
from wablast_box.engine.contacts.languages import checked_language
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.desk.routing.models import Way
from wablast_box.engine.desk.routing.rota import Rota
from wablast_box.engine.desk.triage import actions
from wablast_box.engine.desk.triage.perform import perform_one
from wablast_box.engine.flows.acting import pictures
from wablast_box.engine.flows.acting.calls import queue_call
from wablast_box.engine.flows.keeping import addresses, hold
from wablast_box.engine.flows.keeping.begin import start_for
from wablast_box.engine.flows.keeping.surroundings import zone
from wablast_box.engine.flows.node.writing import Written
from wablast_box.engine.inbox.models import Conversation, Tag
from wablast_box.engine.inbox.thread.notes import add_note
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.media.lettering.draw import Picture
from wablast_box.engine.message_templates.find import choose
from wablast_box.engine.notifications.email.account import is_set_up
from wablast_box.engine.notifications.email.queue import queue_email
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import now
from wablast_box.lib.errors import BoxError, Conflict, Invalid, NotFound
from wablast_box.lib.ids import parse_id
from wablast_box.lib.opening_hours import is_open, parse_days, parse_hours


@dataclass(frozen=True, slots=True)
class Here:
    """In which conversation, and who does it (flow:ID)."""

    conversation_id: int
    actor: str


def _tag(here: Here, *, names: Sequence[str]) -> None:
    perform_one(actions.tag(_tags(names), []), here.conversation_id, EVERYTHING, here.actor)


def _untag(here: Here, *, names: Sequence[str]) -> None:
    perform_one(actions.tag([], _tags(names)), here.conversation_id, EVERYTHING, here.actor)


def _tags(names: Sequence[str]) -> list[int]:
    known = {row.name.casefold(): int(row.id) for row in Tag.select(Tag.id, Tag.name)}
    unknown = [name for name in names if name.strip().casefold() not in known]
    if unknown:
        raise NotFound(f"There is no tag “{unknown[0][:60]}”.", help="Make it under Settings, Tags.")
    return [known[name.strip().casefold()] for name in names]


def _set_contact_field(here: Here, *, field: str, value: Any) -> None:
    write_values(_contact(here).id, checked_values({field: value}), here.actor)


def _set_language(here: Here, *, language: str) -> None:
    Contact.update(language=checked_language(language), language_by="flow").where(Contact.id == _contact(here).id).execute()


def _contact(here: Here) -> Contact:
    return Contact.select().join(Conversation).where(Conversation.id == here.conversation_id).get()


def _template_language(here: Here, *, name: str, wanted: Sequence[str]) -> str | None:
    """The customer's own, if the template may be sent in it."""
    try:
        found = str(choose(name, wanted).language)
    except BoxError:
        return None  # sending says in words what hinders it
    return found if found.partition("_")[0] in {one.partition("-")[0] for one in wanted} else None


def _assign(here: Here, *, user: str | None = None, team: str | None = None, way: str = "person") -> str | None:
    """To a person, to a team, or to whose turn it is; who has it now."""
    if team:
        perform_one(actions.hand_to_team(parse_id(team)), here.conversation_id, EVERYTHING, here.actor)
    if way == "person" and user is None:
        return None
    chosen = parse_id(user) if way == "person" and user else _whose_turn(parse_id(team) if team else None, way)
    perform_one(actions.assign(chosen), here.conversation_id, EVERYTHING, here.actor)
    return str(chosen)


def _whose_turn(team_id: int | None, way: str) -> int:
    ways = {"round_robin": Way.ROUND_ROBIN, "least_busy": Way.LEAST_BUSY}
    if way not in ways:
        raise Invalid("Choose a person, or whose turn it is: round_robin or least_busy.", field="way")
    rota = Rota()
    turn = rota.next(team_id, ways[way])
    if turn is None:
        raise NotFound("Nobody who is there has room.", code="nobody_free")
    rota.give(turn)
    rota.remember()
    return turn.user_id


def _hand_off(here: Here, *, note: str = "") -> None:
    """A person goes on: no flow says anything here until somebody lets it."""
    hold.hold(here.conversation_id, here.actor, note or None)
    perform_one(actions.reopen(), here.conversation_id, EVERYTHING, here.actor)
    if note.strip():
        _note(here, text=note)


def _set_state(here: Here, *, state: str) -> None:
    action = {"resolve": actions.resolve, "resolved": actions.resolve, "open": actions.reopen, "pending": actions.pending}.get(state)
    if action is None:
        raise Invalid(f"A conversation cannot become “{state}”.", field="state")
    perform_one(action(), here.conversation_id, EVERYTHING, here.actor)


def _note(here: Here, *, text: str, mentions: Sequence[int] = ()) -> None:
    author = Actor("flow", parse_id(here.actor.partition(":")[2]), "flow", Role.AGENT)
    add_note(EVERYTHING, author, here.conversation_id, text[:10_000], mentions)


def _notify(here: Here, *, text: str, users: Sequence[str]) -> None:
    """Call people to this conversation by a note that mentions them; without names the owners."""
    wanted = [parse_id(one) for one in users] or [
        row.id for row in User.select().where(User.role == Role.OWNER, User.disabled_at.is_null())
    ]
    _note(here, text=text, mentions=wanted)


def _email(here: Here, *, to: str, subject: str, text: str) -> None:
    if not is_set_up():
        raise Conflict("E-mail is not set up.", code="no_mail", help="Set it up under Settings, E-mail.")
    queue_email(to, subject, text, kind="flow")


def _webhook(here: Here, *, url: Written | str, headers: Mapping[str, Written | str], body: Written | str) -> None:
    queue_call(url, headers, body)


def _make_address(here: Here, *, days: float) -> str:
    return addresses.make(here.conversation_id, days)


def _called_with(here: Here, *, url: str) -> Any:
    return addresses.called_with(here.conversation_id, url)


def _close_address(here: Here, *, url: str) -> None:
    addresses.close(here.conversation_id, url)


def _business_hours(here: Here) -> bool:
    return is_open(parse_hours(str(store.get("opening_hours"))), parse_days(str(store.get("closed_on"))), now().astimezone(zone()))


def _start_flow(here: Here, *, flow: str, to: str, variables: Mapping[str, Any]) -> None:
    start_for(parse_id(flow), to, here.actor, dict(variables))


def _keep_picture(here: Here, *, picture: Picture, name: str) -> str:
    return pictures.keep(picture, name)


ACTS: Mapping[str, Callable[..., Any]] = {
    "tag": _tag,
    "untag": _untag,
    "set_contact_field": _set_contact_field,
    "set_language": _set_language,
    "template_language": _template_language,
    "assign": _assign,
    "hand_off": _hand_off,
    "set_state": _set_state,
    "note": _note,
    "notify": _notify,
    "email": _email,
    "webhook": _webhook,
    "make_address": _make_address,
    "called_with": _called_with,
    "close_address": _close_address,
    "business_hours": _business_hours,
    "keep_picture": _keep_picture,
    "start_flow": _start_flow,
}


def check_act(what: str, given: Mapping[str, Any]) -> None:
    """Is there such an act, and does it take what it is given? Raises Invalid."""
    verb = ACTS.get(what)
    if verb is None:
        raise Invalid(f"A flow cannot do “{what}”.", code="unknown_act")
    signature = inspect.signature(verb)
    try:
        signature.bind(None, **given)
    except TypeError as refused:
        takes = ", ".join(list(signature.parameters)[1:]) or "nothing"
        raise Invalid(f"“{what}” is given something else than it takes: {takes}.", code="wrong_act") from refused
