"""Every blueprint of the API. A file that is not listed here answers nothing."""

from __future__ import annotations

from quart import Blueprint

from wablast_box.web.api.account import blueprint as account
from wablast_box.web.api.ai import blueprint as ai
from wablast_box.web.api.alerts import blueprint as alerts
from wablast_box.web.api.audit import blueprint as audit
from wablast_box.web.api.contact_fields import blueprint as contact_fields
from wablast_box.web.api.contacts import blueprint as contacts
from wablast_box.web.api.desk import blueprint as desk
from wablast_box.web.api.flow_files import blueprint as flow_files
from wablast_box.web.api.flow_languages import blueprint as flow_languages
from wablast_box.web.api.flow_rounds import blueprint as flow_rounds
from wablast_box.web.api.flow_secrets import blueprint as flow_secrets
from wablast_box.web.api.flow_sessions import blueprint as flow_sessions
from wablast_box.web.api.flow_trials import blueprint as flow_trials
from wablast_box.web.api.flows import blueprint as flows
from wablast_box.web.api.forwards import blueprint as forwards
from wablast_box.web.api.inbox import blueprint as inbox
from wablast_box.web.api.invitations import blueprint as invitations
from wablast_box.web.api.media import blueprint as media
from wablast_box.web.api.notifications import blueprint as notifications
from wablast_box.web.api.number import blueprint as number
from wablast_box.web.api.ops import blueprint as ops
from wablast_box.web.api.plugins import blueprint as plugins
from wablast_box.web.api.replies import blueprint as replies
from wablast_box.web.api.roles import blueprint as roles
from wablast_box.web.api.search import blueprint as search
from wablast_box.web.api.security import blueprint as security
from wablast_box.web.api.service import blueprint as service
from wablast_box.web.api.session import blueprint as session
from wablast_box.web.api.setup import blueprint as setup
from wablast_box.web.api.sign_in import blueprint as sign_in
from wablast_box.web.api.storage import blueprint as storage
from wablast_box.web.api.team import blueprint as team
from wablast_box.web.api.templates import blueprint as templates
from wablast_box.web.api.thread import blueprint as thread
from wablast_box.web.api.transcripts import blueprint as transcripts
from wablast_box.web.api.triage import blueprint as triage
from wablast_box.web.api.webhooks import blueprint as webhooks

BLUEPRINTS: tuple[Blueprint, ...] = (
    account,
    ai,
    alerts,
    audit,
    contact_fields,
    contacts,
    desk,
    flow_files,
    flow_languages,
    flow_rounds,
    flow_secrets,
    flow_sessions,
    flow_trials,
    flows,
    forwards,
    inbox,
    invitations,
    media,
    notifications,
    number,
    ops,
    plugins,
    replies,
    roles,
    search,
    security,
    service,
    session,
    setup,
    sign_in,
    storage,
    team,
    templates,
    thread,
    transcripts,
    triage,
    webhooks,
)
