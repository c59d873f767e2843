"""Whatever a route lets somebody do is in the log, or it is said here why not. A new route that writes fails until it is."""

from __future__ import annotations

import pytest

from tests.web.browser import Browser
from tests.web.calls import actions_behind
from wablast_box.engine.audit.actions import ACTIONS
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.web.app import Edge
from wablast_box.web.auth import SAFE, route_table

pytestmark = pytest.mark.feature("TM-09")

# Method, address, and what stands in the log when it was done.
RECORDED = """
POST    /api/v1/session                              session.started session.refused
DELETE  /api/v1/session                              session.ended
POST    /api/v1/session/passkey                      session.started session.refused
POST    /api/v1/session/second-factor                session.started session.refused mfa.code_used mfa.passkey_cloned
POST    /api/v1/password                             password.changed session.ended
POST    /api/v1/setup/owner                          user.added
POST    /api/v1/invitation/accept                    invitation.accepted user.added
POST    /api/v1/me/confirm                           session.confirmed session.refused
POST    /api/v1/me/confirm/passkey                   session.confirmed
PATCH   /api/v1/me                                   user.changed
PUT     /api/v1/me/password                          password.changed session.ended
DELETE  /api/v1/me/sessions/<id>                     session.ended
POST    /api/v1/me/totp/confirm                      mfa.totp_added
DELETE  /api/v1/me/totp                              mfa.totp_removed
POST    /api/v1/me/passkeys                          mfa.passkey_added
DELETE  /api/v1/me/passkeys/<id>                     mfa.passkey_removed
POST    /api/v1/me/recovery-codes                    mfa.codes_made
DELETE  /api/v1/me/google                            google.unlinked
POST    /api/v1/users                                user.added password.link_made
PATCH   /api/v1/users/<id>                           user.changed user.disabled user.enabled
POST    /api/v1/users/<id>/password-link             password.link_made
DELETE  /api/v1/users/<id>/sessions                  session.ended
DELETE  /api/v1/users/<id>/sessions/<session_id>     session.ended
POST    /api/v1/users/<id>/reset-second-factor       mfa.reset
POST    /api/v1/users/<id>/make-owner                owner.transferred
PATCH   /api/v1/users/<id>/attendance                attendance.changed
POST    /api/v1/invitations                          invitation.made
POST    /api/v1/invitations/<id>/resend              invitation.resent
DELETE  /api/v1/invitations/<id>                     invitation.revoked
POST    /api/v1/roles                                role.created
PUT     /api/v1/roles/<id>                           role.changed
DELETE  /api/v1/roles/<id>                           role.deleted
POST    /api/v1/api-keys                             api_key.created
DELETE  /api/v1/api-keys/<id>                        api_key.revoked
PUT     /api/v1/security/google                      settings.changed secret.changed
DELETE  /api/v1/security/google                      secret.forgotten
PATCH   /api/v1/settings                             settings.changed
PUT     /api/v1/mail                                 settings.changed secret.changed
PUT     /api/v1/storage                              settings.changed secret.changed
POST    /api/v1/storage/move                         settings.changed
PUT     /api/v1/setup/number                         settings.changed secret.changed
DELETE  /api/v1/setup/number/previous-app-secret     secret.forgotten
POST    /api/v1/setup/subscribe                      number.subscribed
PATCH   /api/v1/number/profile                       profile.changed
POST    /api/v1/number/profile/photo                 profile.changed
POST    /api/v1/webhook-events/replay                webhook.replayed
POST    /api/v1/webhook-events/<id>/replay           webhook.replayed
POST    /api/v1/webhook-events/<id>/dismiss          webhook.dismissed
POST    /api/v1/ai/providers                         ai_provider.created
PATCH   /api/v1/ai/providers/<id>                    ai_provider.changed
DELETE  /api/v1/ai/providers/<id>                    ai_provider.deleted
POST    /api/v1/webhook-forwards                     forward.created
PATCH   /api/v1/webhook-forwards/<id>                forward.changed
DELETE  /api/v1/webhook-forwards/<id>                forward.deleted
POST    /api/v1/webhook-forwards/<id>/resume         forward.changed
POST    /api/v1/webhook-forwards/<id>/deliveries/send-again  forward.resent
POST    /api/v1/webhook-deliveries/<id>/send-again   forward.resent
POST    /api/v1/teams                                team.created
PATCH   /api/v1/teams/<id>                           team.changed
DELETE  /api/v1/teams/<id>                           team.deleted
PUT     /api/v1/service-targets                      promise.changed
POST    /api/v1/macros                               macro.created
PATCH   /api/v1/macros/<id>                          macro.changed
DELETE  /api/v1/macros/<id>                          macro.deleted
POST    /api/v1/canned-replies                       reply.created
PATCH   /api/v1/canned-replies/<id>                  reply.changed
DELETE  /api/v1/canned-replies/<id>                  reply.deleted
POST    /api/v1/views                                view.created
PATCH   /api/v1/views/<id>                           view.changed
DELETE  /api/v1/views/<id>                           view.deleted
POST    /api/v1/tags                                 tag.created
PATCH   /api/v1/tags/<id>                            tag.changed
POST    /api/v1/tags/<id>/merge                      tag.merged
DELETE  /api/v1/tags/<id>                            tag.deleted
POST    /api/v1/contact-fields                       field.created
PATCH   /api/v1/contact-fields/<id>                  field.changed
DELETE  /api/v1/contact-fields/<id>                  field.deleted
POST    /api/v1/contacts/<id>/merge                  contacts.merged
POST    /api/v1/contacts/<id>/opt-in                 contacts.opt_in
POST    /api/v1/conversations/<id>/transcript        transcript.exported
DELETE  /api/v1/notes/<id>                           note.deleted
POST    /api/v1/flows                                flow.created
PATCH   /api/v1/flows/<id>                           flow.switched
DELETE  /api/v1/flows/<id>                           flow.deleted
POST    /api/v1/flows/<id>/publish                   flow.published
POST    /api/v1/flows/<id>/start                     flow.started
POST    /api/v1/flows/<id>/translate                 flow.translated
PUT     /api/v1/security/inside-addresses            inside_addresses.changed
POST    /api/v1/flows/import                         flow.imported
PUT     /api/v1/flow-secrets/<name>                  flow_secret.put
DELETE  /api/v1/flow-secrets/<name>                  flow_secret.deleted
POST    /api/v1/flows/<id>/trial                     flow.tried
"""

# Why not → the routes.
NOT = {
    "It stands in the conversation's own thread, with who did it and when.": """
POST    /api/v1/conversations/<id>/assign
POST    /api/v1/conversations/<id>/hand-off
POST    /api/v1/conversations/<id>/hold-bot
POST    /api/v1/conversations/<id>/macros/<macro_id>/run
POST    /api/v1/conversations/<id>/messages
POST    /api/v1/conversations/<id>/notes
POST    /api/v1/conversations/<id>/pending
POST    /api/v1/conversations/<id>/reopen
POST    /api/v1/conversations/<id>/resolve
POST    /api/v1/conversations/<id>/resume-bot
POST    /api/v1/conversations/<id>/scheduled
POST    /api/v1/conversations/<id>/snooze
POST    /api/v1/conversations/<id>/tags
POST    /api/v1/conversations/<id>/unsnooze
POST    /api/v1/conversations/bulk
POST    /api/v1/conversations/bulk/undo
POST    /api/v1/messages
POST    /api/v1/messages/<id>/retry
PATCH   /api/v1/notes/<id>
POST    /api/v1/queue/next
PATCH   /api/v1/scheduled/<id>
DELETE  /api/v1/scheduled/<id>
POST    /api/v1/flow-sessions/<id>/resume
POST    /hooks/flows/<token>
POST    /api/v1/flow-sessions/<id>/stop
""",
    "Drawing touches no customer: only what is published does, and that is recorded.": """
PUT     /api/v1/flows/<id>/draft
POST    /api/v1/flows/<id>/trial/again
DELETE  /api/v1/flows/<id>/trial
POST    /api/v1/flows/<id>/versions/<int:number>/restore
""",
    "It asks, and changes nothing.": """
POST    /api/v1/flows/<id>/simulate
POST    /api/v1/flows/<id>/validate
""",
    "It stands in the customer's own history, with who did it and when.": """
POST    /api/v1/contacts
POST    /api/v1/contacts/many
PATCH   /api/v1/contacts/<id>
POST    /api/v1/contacts/<id>/block
POST    /api/v1/contacts/<id>/unblock
POST    /api/v1/contacts/<id>/opt-out
""",
    "It is a moment's work at the desk that says nothing about anybody.": """
POST    /api/v1/contacts/<id>/conversation
PUT     /api/v1/conversations/<id>/draft
POST    /api/v1/conversations/<id>/read
POST    /api/v1/conversations/<id>/typing
POST    /api/v1/conversations/<id>/unread
POST    /api/v1/media
POST    /api/v1/messages/<id>/attachment/fetch
""",
    "It is about oneself alone, and opens nothing.": """
PATCH   /api/v1/me/alerts
PUT     /api/v1/me/attendance
POST    /api/v1/me/devices
DELETE  /api/v1/me/devices/<id>
POST    /api/v1/me/devices/<id>/test
PATCH   /api/v1/me/passkeys/<id>
POST    /api/v1/socket-ticket
""",
    "It only begins: what comes of it is recorded.": """
POST    /api/v1/invitation/look
POST    /api/v1/me/confirm/passkey-options
POST    /api/v1/me/google
POST    /api/v1/me/passkeys/options
POST    /api/v1/me/totp
POST    /api/v1/session/google
POST    /api/v1/session/passkey-options
POST    /api/v1/session/second-factor/passkey-options
""",
    "It asks or looks again, and changes nothing that anybody decided.": """
POST    /api/v1/ai/providers/<id>/test
POST    /api/v1/conversations/<id>/fill
POST    /api/v1/number/refresh
POST    /api/v1/setup/checks
POST    /api/v1/storage/check
POST    /api/v1/templates/<id>/preview
POST    /api/v1/templates/sync
""",
    "What goes out stands in the list of letters, or in the thread.": """
POST    /api/v1/emails/<id>/retry
POST    /api/v1/mail/test
POST    /api/v1/setup/proof
""",
}


def recorded() -> dict[tuple[str, str], set[str]]:
    return {(words[0], words[1]): set(words[2:]) for words in map(str.split, RECORDED.strip().splitlines())}


def left_out() -> list[tuple[str, str]]:
    return [(words[0], words[1]) for table in NOT.values() for words in map(str.split, table.strip().splitlines())]


def test_every_route_that_writes_is_recorded_or_says_why_not(edge: Edge) -> None:
    writing = {(route.method, route.rule) for route in route_table(edge.app) if route.method not in SAFE}

    assert writing == set(recorded()) | set(left_out())
    assert not set(recorded()) & set(left_out())
    assert len(left_out()) == len(set(left_out()))


def test_what_a_route_does_reaches_the_log_under_the_name_that_stands_here(edge: Edge) -> None:
    views = {(route.method, route.rule): edge.app.view_functions[route.endpoint] for route in route_table(edge.app)}
    missing = {
        key: wanted - actions_behind(views[key].__module__, views[key].__name__)
        for key, wanted in recorded().items()
        if not wanted <= actions_behind(views[key].__module__, views[key].__name__)
    }

    assert missing == {}
    assert set().union(*recorded().values()) <= set(ACTIONS)


def test_what_is_left_out_really_writes_nothing_into_the_log(edge: Edge) -> None:
    views = {(route.method, route.rule): edge.app.view_functions[route.endpoint] for route in route_table(edge.app)}

    assert {key for key in left_out() if actions_behind(views[key].__module__, views[key].__name__)} == set()


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/api/v1/macros", {"name": "Done", "steps": [{"do": "resolve"}]}, "macro"),
        ("/api/v1/canned-replies", {"shortcut": "hours", "text": "We open at ten."}, "reply"),
        ("/api/v1/views", {"name": "Late", "q": "is:unread"}, "view"),
    ],
)
def test_what_is_everybodys_is_recorded_and_what_is_ones_own_is_not(asha: Browser, path: str, body: dict[str, object], kind: str) -> None:
    own = asha.post(path, {**body, "shared": False}).json()["id"]
    asha.delete(f"{path}/{own}")
    assert actions() == []

    mine = asha.post(path, {**body, "shared": False}).json()["id"]
    asha.patch(f"{path}/{mine}", {"shared": True})
    asha.delete(f"{path}/{mine}")

    assert actions() == [(f"{kind}.changed", "Asha", ["shared"]), (f"{kind}.deleted", "Asha", None)]


def test_teams_promises_fields_and_who_is_there_are_recorded_with_names_and_no_values(asha: Browser, team: dict[Role, User]) -> None:
    made = asha.post("/api/v1/teams", {"name": "Sales", "member_ids": [], "routing": None}).json()["id"]
    asha.patch(f"/api/v1/teams/{made}", {"routing": "queue"})
    asha.put("/api/v1/service-targets", {"team_id": made, "answer_within_s": 600, "resolve_within_s": None})
    asha.delete(f"/api/v1/teams/{made}")
    asha.patch(f"/api/v1/users/{team[Role.AGENT].id}/attendance", {"is_away": True, "capacity": 5})
    field = asha.post("/api/v1/contact-fields", {"name": "City", "kind": "text"}).json()["id"]
    asha.patch(f"/api/v1/contact-fields/{field}", {"name": "Town"})
    asha.delete(f"/api/v1/contact-fields/{field}")

    assert actions() == [
        ("team.created", "Asha", None),
        ("team.changed", "Asha", ["routing"]),
        ("promise.changed", "Asha", ["answer_within_s", "resolve_within_s"]),
        ("team.deleted", "Asha", None),
        ("attendance.changed", "Asha", ["capacity", "is_away"]),
        ("field.created", "Asha", None),
        ("field.changed", "Asha", ["name"]),
        ("field.deleted", "Asha", None),
    ]


def actions() -> list[tuple[str, str, list[str] | None]]:
    rows = AuditEntry.select().where(AuditEntry.actor_name == "Asha", ~AuditEntry.action.startswith("session.")).order_by(AuditEntry.id)
    return [(row.action, row.actor_name, row.fields_json) for row in rows]
