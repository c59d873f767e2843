"""The steps a macro can have: what each needs, checked when it is written and carried out when it is run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from wablast_box.engine.desk.triage.bulk import action_of, authorize_action
from wablast_box.engine.desk.triage.perform import perform_one
from wablast_box.engine.inbox.thread import notes
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.outbox.answer import answer
from wablast_box.engine.replies import canned, variables
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib.clock import now
from wablast_box.lib.errors import Conflict, Invalid

MOST_STEPS, LONGEST_TEXT = 10, 4096
ME = "me"
# What each step may say besides what it does.
_FIELDS: Mapping[str, frozenset[str]] = {
    "reply": frozenset({"text"}),
    "note": frozenset({"text"}),
    "tag": frozenset({"add", "remove"}),
    "assign": frozenset({"user_id"}),
    "team": frozenset({"team_id"}),
    "snooze": frozenset({"minutes"}),
    "resolve": frozenset(),
    "pending": frozenset(),
    "reopen": frozenset(),
    "read": frozenset(),
}


def checked(steps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The steps as they are kept; Invalid names the first that cannot be carried out."""
    if not 1 <= len(steps) <= MOST_STEPS:
        raise Invalid(f"A macro has from 1 to {MOST_STEPS} steps.", field="steps")
    return [_checked(step, f"steps.{index}") for index, step in enumerate(steps)]


def carry_out(step: Mapping[str, Any], viewer: Viewer, actor: Actor, conversation_id: int, key: str | None) -> None:
    """Do one step; the caller's transaction takes back the others when it is refused."""
    if step["do"] == "reply":
        authorize(actor, "inbox.reply")
        words = _filled(step["text"], viewer, actor, conversation_id)
        answer(viewer, actor, conversation_id, {"type": "text", "text": {"body": words}}, key=key)
    elif step["do"] == "note":
        authorize(actor, "inbox.reply")
        notes.add_note(viewer, actor, conversation_id, _filled(step["text"], viewer, actor, conversation_id), [])
    else:
        given = _given(step, actor)
        action = action_of(step["do"], given)
        authorize_action(actor, action, given)
        # Seen once at the start: a step before this one may have given it to somebody else.
        perform_one(action, conversation_id, EVERYTHING, actor.ref)


def with_tag(step: Mapping[str, Any], gone: str, kept: str) -> dict[str, Any]:
    """The step with one tag in place of another, each once."""
    lists = {key: list(dict.fromkeys(kept if one == gone else one for one in step[key])) for key in ("add", "remove") if step.get(key)}
    return {**step, **lists} if step["do"] == "tag" else dict(step)


def _checked(step: Mapping[str, Any], field: str) -> dict[str, Any]:
    what = step.get("do")
    if not isinstance(what, str) or what not in _FIELDS:
        raise Invalid("This step cannot be done.", help=f"One of {', '.join(_FIELDS)}.", field=f"{field}.do")
    unknown = set(step) - _FIELDS[what] - {"do"}
    if unknown:
        raise Invalid(f"{what} takes no {sorted(unknown)[0]}.", field=f"{field}.{sorted(unknown)[0]}")
    if what in ("reply", "note"):
        return {"do": what, "text": _text(step.get("text"), field)}
    if what == "snooze":
        return {"do": what, "minutes": _minutes(step.get("minutes"), field)}
    if not (what == "assign" and step.get("user_id") == ME):
        action_of(what, step)
    return dict(step)


def _text(given: Any, field: str) -> str:
    if not isinstance(given, str) or not given.strip() or len(given) > LONGEST_TEXT:
        raise Invalid(f"Say something, in at most {LONGEST_TEXT:,} characters.", field=f"{field}.text")
    variables.require_known(given)
    return given


def _minutes(given: Any, field: str) -> int | None:
    """None: until the customer writes."""
    if given is not None and (not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= 366 * 1440):
        raise Invalid("Snooze for minutes, at most a year of them, or until the customer writes.", field=f"{field}.minutes")
    return given


def _given(step: Mapping[str, Any], actor: Actor) -> Mapping[str, Any]:
    if step["do"] == "assign" and step.get("user_id") == ME:
        if actor.kind != "user":
            raise Invalid("Only a person can take a conversation.", field="user_id")
        return {**step, "user_id": str(actor.id)}
    if step["do"] == "snooze":
        minutes = step["minutes"]
        return {"until": None if minutes is None else now() + timedelta(minutes=minutes)}
    return step


def _filled(text: str, viewer: Viewer, actor: Actor, conversation_id: int) -> str:
    filled = canned.fill_reply(viewer, actor, conversation_id, reply_id=None, text=text)
    if filled["missing"]:
        raise Conflict(
            f"This customer has no {', '.join(filled['missing'])}.",
            code="variables_missing",
            help="Add it to the contact, or answer by hand.",
        )
    return str(filled["text"])
