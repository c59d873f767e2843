"""A draft on one's own phone: a code that the editor shows comes by WhatsApp, and from then on the draft answers there for an hour.

The code proves whose phone it is, so nobody else ever meets a draft. It is good once and for a quarter of an hour.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.keeping import hold, triggers
from wablast_box.engine.flows.keeping.sessions import active_session
from wablast_box.engine.flows.models import Cut, Flow, FlowHold, FlowSession, FlowTrial, FlowVersion
from wablast_box.lib import ids, sql
from wablast_box.lib.cache import Remembered
from wablast_box.lib.clock import now, now_ms
from wablast_box.lib.db import transaction

PAIRS_WITHIN, LASTS, KEPT = timedelta(minutes=15), timedelta(hours=1), timedelta(days=7)
# Without letters and digits that are taken for each other.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 6
_open: Remembered[bool] = Remembered(1.0)


def open_trial(flow: Flow, by: str) -> FlowTrial:
    """A code to send from one's own phone, in the caller's transaction. One trial of a flow at a time for each person."""
    for earlier in FlowTrial.select().where(FlowTrial.flow == flow.id, FlowTrial.made_by == by, FlowTrial.ended_at.is_null()):
        end(earlier)
    code = "test-" + "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    moment = now()
    made = FlowTrial.create(
        id=ids.new_id(), flow=flow.id, made_by=by, code=code, conversation=None, until_at=moment + PAIRS_WITHIN, created_at=moment
    )
    _open.forget()
    return made


def are_any() -> bool:
    """Is a draft being tried anywhere? Asked for each message, so a second old at most."""
    return _open.get("", lambda: bool(sql.run("SELECT 1 FROM flow_trial WHERE ended_at IS NULL LIMIT 1")))


def pair(conversation_id: int, text: str) -> FlowTrial | None:
    """The trial whose code was written: the draft answers in this conversation now. In the caller's transaction."""
    said = text.strip().casefold()
    trial = FlowTrial.get_or_none(FlowTrial.code == said) if said.startswith("test-") else None
    if trial is None or not _is_live(trial) or trial.conversation_id not in (None, conversation_id):
        return None
    if trial.conversation_id is None:
        for other in FlowTrial.select().where(FlowTrial.conversation == conversation_id, FlowTrial.ended_at.is_null()):
            end(other)
        changes = {"conversation_id": conversation_id, "until_at": now() + LASTS}
        if not FlowTrial.update(**changes).where(FlowTrial.id == trial.id, FlowTrial.conversation.is_null()).execute():
            return None  # another phone was quicker
        trial = FlowTrial.get_by_id(trial.id)
    let_go(trial)
    return trial


def let_go(trial: FlowTrial) -> None:
    """Where the draft itself handed over to a person, it may begin anew. A hold by somebody else stays."""
    FlowHold.delete().where(FlowHold.conversation == trial.conversation_id, FlowHold.held_by == f"flow:{trial.flow_id}").execute()


def live(trial_id: int) -> FlowTrial | None:
    """A trial that has its phone and is not over."""
    trial = FlowTrial.get_or_none(FlowTrial.id == trial_id) if trial_id else None
    return trial if trial is not None and trial.conversation_id is not None and _is_live(trial) else None


def of_conversation(conversation_id: int) -> FlowTrial | None:
    """The draft that answers there now."""
    found = FlowTrial.get_or_none((FlowTrial.conversation == conversation_id) & FlowTrial.ended_at.is_null())
    return found if found is not None and _is_live(found) else None


def is_on(session: FlowSession) -> bool:
    """May what this session plays go on?"""
    trial = of_conversation(session.conversation_id)
    return trial is not None and trial.ref == session.started_by


def drawn(trial: FlowTrial) -> int:
    """The draft as it is now, kept as a version that is never published. In the caller's transaction."""
    flow = Flow.get_by_id(trial.flow_id)
    last = FlowVersion.select().where(FlowVersion.flow == flow.id, FlowVersion.number < 0).order_by(FlowVersion.number).first()
    if last is not None and last.graph_json == flow.draft_json:
        return int(last.id)
    made = FlowVersion.create(
        id=ids.new_id(), flow=flow.id, number=(0 if last is None else last.number) - 1, graph_json=flow.draft_json, note=None,
        published_by=trial.made_by, published_at=now(),
    )  # fmt: skip
    return int(made.id)


def triggers_of(trial: FlowTrial) -> list[triggers.Trigger]:
    """What begins the draft, as it is drawn now."""
    start = parse_graph(Flow.get_by_id(trial.flow_id).draft_json).start
    given = (start.data.get("triggers") or []) if start else []
    parsed = [triggers.parse(one) for one in given if isinstance(one, dict)]
    return [
        triggers.Trigger(0, trial.flow_id, one["kind"], one["priority"], tuple(one["words"]), one["match"], one["value"])
        for one in parsed
        if one["kind"] in triggers.EXACTNESS
    ]


def end(trial: FlowTrial) -> None:
    """Over, with what is being played of it; in the caller's transaction."""
    FlowTrial.update(ended_at=now()).where(FlowTrial.id == trial.id).execute()
    _open.forget()
    if trial.conversation_id is None:
        return
    hold.lock(trial.conversation_id)
    session = active_session(trial.conversation_id)
    if session is not None and session.started_by == trial.ref:
        hold.silence(trial.conversation_id, Cut.TRIAL)


def end_due() -> None:
    """End those whose time is over."""
    if not sql.run("SELECT 1 FROM flow_trial WHERE ended_at IS NULL AND until_at <= ? LIMIT 1", (now_ms(),)):
        return
    with transaction():
        for trial in FlowTrial.select().where(FlowTrial.ended_at.is_null(), FlowTrial.until_at <= now()):
            end(trial)


def prune() -> None:
    """Forget what was tried a week ago, with its runs."""
    with transaction():
        FlowTrial.delete().where(FlowTrial.ended_at < now() - KEPT).execute()
        old = FlowVersion.select(FlowVersion.id).where(FlowVersion.number < 0, FlowVersion.published_at < now() - KEPT)
        used = FlowSession.select(FlowSession.version).where(FlowSession.ended_at.is_null(), FlowSession.version.in_(old))
        FlowVersion.delete().where(FlowVersion.id.in_(old), FlowVersion.id.not_in(used)).execute()


def _is_live(trial: FlowTrial) -> bool:
    return trial.ended_at is None and trial.until_at > now()
