"""LISTENERS: what happened here → what the box does about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wablast_box.engine.contacts.events import SamePersonFound
from wablast_box.engine.desk.macros import macros
from wablast_box.engine.desk.survey import ask, verdicts
from wablast_box.engine.desk.triage.events import ConversationStateChanged, TagsMerged
from wablast_box.engine.events.registry import Listener
from wablast_box.engine.flows.running import listen
from wablast_box.engine.inbox import attachments
from wablast_box.engine.inbox.events import MessageReceived
from wablast_box.engine.inbox.people import moves

LISTENERS: Mapping[type, Sequence[Listener]] = {
    MessageReceived: [
        Listener(attachments.fetch, wants=attachments.has_file),
        Listener(verdicts.take_in, wants=verdicts.is_a_tap),
        Listener(moves.follow, wants=moves.says_who_they_are),
        Listener(listen.hear, wants=listen.concerns_flows),
    ],
    SamePersonFound: [
        Listener(moves.unite_found),
    ],
    TagsMerged: [
        Listener(macros.follow_tags),
    ],
    ConversationStateChanged: [
        Listener(ask.ask, wants=ask.is_resolved_by_a_person),
        Listener(listen.let_go, wants=listen.is_resolved),
    ],
}
