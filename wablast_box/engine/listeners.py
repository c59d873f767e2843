"""LISTENERS: what happened here → what the box does about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wablast_box.engine.contacts.events import ContactCreated, ContactFieldsWritten, SamePersonFound
from wablast_box.engine.desk.macros import macros
from wablast_box.engine.desk.survey import ask, verdicts
from wablast_box.engine.desk.triage.events import ConversationStateChanged, ConversationTagged, TagsMerged
from wablast_box.engine.events.registry import Listener
from wablast_box.engine.flows.running import listen
from wablast_box.engine.flows.starting import happened
from wablast_box.engine.inbox import attachments
from wablast_box.engine.inbox.events import ConversationAssigned, MessageChanged, MessageReceived
from wablast_box.engine.inbox.people import moves
from wablast_box.engine.inbox.people.events import ContactTagged

LISTENERS: Mapping[type, Sequence[Listener]] = {
    MessageReceived: [
        Listener(attachments.fetch, wants=attachments.has_file),
        Listener(verdicts.take_in, wants=verdicts.is_a_tap),
        Listener(moves.follow, wants=moves.says_who_they_are),
        Listener(listen.hear, wants=listen.concerns_flows, in_order=True),
        Listener(happened.message_received, wants=happened.messages_open, asks_origin=True),
    ],
    MessageChanged: [
        Listener(happened.message_changed, wants=happened.statuses_matter, asks_origin=True),
    ],
    ContactCreated: [
        Listener(happened.person_created, wants=happened.new_people_matter, asks_origin=True),
    ],
    ContactFieldsWritten: [
        Listener(happened.fields_written, wants=happened.fields_matter, asks_origin=True),
    ],
    ContactTagged: [
        Listener(happened.person_tagged, wants=happened.tags_matter, asks_origin=True),
    ],
    ConversationTagged: [
        Listener(happened.tagged, wants=happened.tags_matter, asks_origin=True),
    ],
    ConversationAssigned: [
        Listener(happened.assigned, wants=happened.assigning_matters, asks_origin=True),
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
        Listener(happened.state_changed, wants=happened.states_matter, asks_origin=True),
    ],
}
