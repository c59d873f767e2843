"""Take one turn: give it to the session that waits, or let a trigger begin one, and play until it rests.

Each stretch of quick steps is one transaction: messages, tags, steps and where the session stands are written together or
not at all. A slow step (a call, a model, somebody's code) runs between two of them; what it was is written before.
"""

from __future__ import annotations

import logging
import threading

from wablast_box.engine.flows.acting import failing
from wablast_box.engine.flows.acting.effects import LiveEffects, TrialEffects
from wablast_box.engine.flows.keeping import hold, sessions, surroundings, trials, triggers, turns
from wablast_box.engine.flows.models import Cut, FlowSession, FlowTurn
from wablast_box.engine.flows.play.executor import Player
from wablast_box.engine.flows.play.run import Run
from wablast_box.engine.flows.running import away, commands, hearing
from wablast_box.engine.flows.starting import starts
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.outbox.transmit.settle import give_way
from wablast_box.lib import sql
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError

logger = logging.getLogger(__name__)

# So many slow steps at once, one less than there are threads: a model that takes a minute keeps no other flow waiting.
MOST_SLOW = 3
_places = threading.BoundedSemaphore(MOST_SLOW)


def take_turn(turn: FlowTurn) -> None:
    """Play it to its rest. Whatever hinders it puts it back or, after a few attempts, gives it up."""
    try:
        while not _stretch(turn):
            pass
    except BoxError as refused:
        _hindered(turn, refused.message)
    except Exception:
        logger.exception("a flow's turn failed", extra={"turn": turn.id})
        _hindered(turn, "Something went wrong; the log says what.")


def _hindered(turn: FlowTurn, why: str) -> None:
    """Once more after a while; given up, the session ends and a person is told: nothing else would come to move it."""
    with transaction():
        hold.lock(turn.conversation_id)
        if turns.put_back(turn, why):
            return
        if turn.kind == starts.TURN:
            starts.leave_out(int((turn.body_json or {})["start_id"]), why)
        session = sessions.active_session(turn.conversation_id)
        if session is None or (session.state == "waiting" and turn.kind in (starts.TURN, "start")):
            return
        hold.end_session(turn.conversation_id, why)
        if not session.is_trial:
            failing.tell_people(session, why)


def _stretch(turn: FlowTurn) -> bool:
    """One transaction of quick steps and, after it, at most one slow step. True when the turn is answered, or waits for a place."""
    has_place = False
    try:
        with transaction():
            hold.lock(turn.conversation_id)
            if not turns.is_ours(turn):
                return True
            session = _session(turn)
            if session is None:
                away.answer(turn)
                turns.done(turn)
                return True
            run, player = _player(session, turn)
            rests = player.advance()
            has_place = not rests and _places.acquire(blocking=False)
            run.memory.calling = run.steps + 1 if has_place else None
            _keep(session, run)
            if not has_place:
                turns.done(turn) if rests else turns.wait_for_place(turn)
                return True
        player.play_slow()
    finally:
        if has_place:
            _places.release()
    return _after_slow(turn, session, run)


def _after_slow(turn: FlowTurn, session: FlowSession, run: Run) -> bool:
    """Write what a slow step came to. True when it was the turn's last."""
    run.memory.calling = None
    with transaction():
        hold.lock(turn.conversation_id)
        if not turns.is_ours(turn):
            return True  # it slept for so long that somebody else plays this
        if hold.give_way_to_person(session) or _was_stopped(session):
            turns.done(turn)
            return True
        _keep(session, run)
        if not run.is_moving:
            # It was the last step: looked at again, this turn would begin or answer something a second time.
            turns.done(turn)
        else:
            turns.still_played(turn)
    return not run.is_moving


def _session(turn: FlowTurn) -> FlowSession | None:
    """The session that this turn moves, begun if need be; None when no flow answers it."""
    conversation = sql.load(Conversation, "id = ?", (turn.conversation_id,))[0]
    session = _still_on(sessions.active_session(conversation.id))
    paired = hearing.trial_of(turn)
    if session is not None:
        hold.give_way_to_person(session)
    elif hearing.is_from_our_phone(turn):
        give_way(conversation.id, "a person answered")
    if hold.is_held(conversation.id):
        hold.end_session(conversation.id, Cut.PERSON)
        return _begun_by_itself(conversation, None, turn) if turn.kind == starts.TURN else None
    if session is not None and session.state == "running":
        return session  # a worker died, or a slow step is behind us: it goes on
    if turn.kind == starts.TURN:
        return _begun_by_itself(conversation, session, turn)
    if commands.obey(conversation, session, turn):
        return None
    begins_anew = session is None or paired or turn.kind == "start" or commands.asks_for_menu(turn)
    return _begun(conversation, turn) if begins_anew or session is None else _woken(session, turn)


def _still_on(session: FlowSession | None) -> FlowSession | None:
    """The session, unless its trial is over: then nothing of the draft is said any more."""
    if session is None or not session.is_trial or trials.is_on(session):
        return session
    hold.end_session(session.conversation_id, Cut.TRIAL)
    return None


def _begun_by_itself(conversation: Conversation, session: FlowSession | None, turn: FlowTurn) -> FlowSession | None:
    """Nobody asked for it just now: whoever talks with the customer, a flow or a person, is not interrupted."""
    start = starts.take(conversation, session, int((turn.body_json or {})["start_id"]))
    if start is None:
        return None
    return sessions.open_session(
        start.flow_id, sessions.live_version(start.flow_id), conversation.id, started_by=f"{start.kind}:{start.id}",
        seen=hearing.newest_message(conversation.id), variables=start.variables_json,
    )  # fmt: skip


def _woken(session: FlowSession, turn: FlowTurn) -> FlowSession | None:
    """The session, moving, if the turn is what it waits for."""
    heard = hearing.answer_for(session, turn)
    if heard is None:
        return None
    run = sessions.run_of(session)
    run.resume(heard)
    session.seen_message_id = max(session.seen_message_id, hearing.message_id(turn))
    session.memory_json, session.state, session.wait_for, session.resume_at = run.memory.as_json(), "running", None, None
    return session


def _begun(conversation: Conversation, turn: FlowTurn) -> FlowSession | None:
    begin = hearing.beginning(conversation, turn)
    if begin is None:
        return None
    try:
        version = begin.version_id or sessions.live_version(begin.flow_id)
    except BoxError:
        triggers.forget()
        return None
    hold.end_session(conversation.id, Cut.ANOTHER)
    return sessions.open_session(
        begin.flow_id, version, conversation.id, started_by=begin.started_by, seen=begin.seen_message_id, variables=begin.variables
    )


def _player(session: FlowSession, turn: FlowTurn) -> tuple[Run, Player]:
    moment, run = now(), sessions.run_of(session)
    run.is_interrupted = run.memory.calling == run.steps + 1
    message = hearing.message_of(turn)
    around = surroundings.surroundings(session, message, moment)
    # What an act changes of the customer, the next step sees.
    kind = TrialEffects if session.is_trial else LiveEffects
    effects = kind(
        session.conversation_id,
        f"flow:{session.flow_id}",
        acted=lambda: around.update(surroundings.surroundings(session, message, moment)),
        may_act=lambda: turns.is_ours(turn) and not _was_stopped(session),
    )
    return run, Player(run, effects, around, moment, surroundings.zone())


def _was_stopped(session: FlowSession) -> bool:
    """Did somebody take over, answer or stop it while a slow step was out?"""
    is_running = sql.run("SELECT 1 FROM flow_session WHERE id = ? AND state = 'running'", (session.id,))
    return not is_running or hold.is_held(session.conversation_id) or hold.person_wrote(session.conversation_id, session.seen_message_id)


def _keep(session: FlowSession, run: Run) -> None:
    sessions.save(session, run)
    if run.state == "failed" and not session.is_trial:
        failing.tell_people(session, run.reason or "it failed")
