"""SCHEDULE: what time makes us do. Each verb asks its table what is due; a tick that is missed loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.ai import ledger as ai
from wablast_box.engine.audit import retention as audit
from wablast_box.engine.desk.routing import route
from wablast_box.engine.desk.service import watch as service
from wablast_box.engine.desk.triage import wake
from wablast_box.engine.events import deliver
from wablast_box.engine.flows.acting import calls
from wablast_box.engine.flows.keeping import trials, turns
from wablast_box.engine.flows.running import wake as wake_flows
from wablast_box.engine.flows.starting import tick as begin_flows
from wablast_box.engine.flows.translating import order as translations
from wablast_box.engine.inbox import attachments
from wablast_box.engine.inbox.alerts import digest, tell
from wablast_box.engine.media import leftovers
from wablast_box.engine.media import store as media
from wablast_box.engine.notifications import expiry
from wablast_box.engine.notifications.email import queue as emails
from wablast_box.engine.notifications.push import deliver as push_service
from wablast_box.engine.notifications.push import devices
from wablast_box.engine.notifications.push import queue as pushes
from wablast_box.engine.ops import number, retention, watch
from wablast_box.engine.ops.refresh import templates
from wablast_box.engine.ops.storage import work as storage
from wablast_box.engine.replies import send_due
from wablast_box.engine.search import index
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.mfa import due
from wablast_box.engine.webhooks.forward import deliveries

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Due:
    """Call `verb` every `every_s` seconds; never twice at once. A `brief` one looks at our own tables and waits for nobody."""

    name: str
    every_s: float
    verb: Callable[[], Any]
    brief: bool = False


SCHEDULE: tuple[Due, ...] = (
    Due("watch", 2, watch.look),
    Due("deliver_events", 5, deliver.deliver_due),
    Due("send_scheduled", 1, send_due.send_due, brief=True),
    Due("wake_snoozed", 2, wake.wake_due, brief=True),
    Due("route_waiting", 1, route.route_waiting, brief=True),
    Due("wake_flows", 1, wake_flows.wake_due, brief=True),
    Due("begin_flows", 1, begin_flows.begin_due, brief=True),
    Due("send_flow_calls", 5, calls.send_waiting, brief=True),
    Due("release_flow_turns", 10, turns.release_stale, brief=True),
    Due("end_flow_trials", 10, trials.end_due, brief=True),
    Due("translate_flows", 10, translations.work_waiting, brief=True),
    Due("settle_ai_calls", 30, ai.settle_lost, brief=True),
    Due("find_late", 10, service.find_late, brief=True),
    Due("resolve_idle", 600, wake.resolve_idle),
    Due("index_search", 2, index.index_some, brief=True),
    Due("fetch_attachments", 5, attachments.fetch_waiting, brief=True),
    Due("draw_pictures", 5, attachments.draw_waiting, brief=True),
    Due("carry_files", 5, storage.carry_waiting, brief=True),
    Due("tell_news", 2, tell.tell_news, brief=True),
    Due("send_pushes", 5, pushes.send_queued, brief=True),
    Due("send_emails", 5, emails.send_queued, brief=True),
    Due("send_digests", 60, digest.send_digests),
    Due("sync_templates", 3, templates.sync_if_due),
    Due("refresh_number", HOUR, number.refresh_if_connected),
    Due("look_at_ai_spending", HOUR, ai.look_at_spending),
    Due("prune_ai_usage", 6 * HOUR, ai.prune),
    Due("expire_alarms", HOUR, expiry.expire_alarms),
    Due("look_for_second_factors", HOUR, due.look_at_everybody),
    Due("prune_flow_turns", HOUR, turns.prune),
    Due("keep_flow_plans_right", 600, begin_flows.keep_right),
    Due("prune_flow_trials", 6 * HOUR, trials.prune),
    Due("prune_flow_calls", 6 * HOUR, calls.prune_calls),
    Due("prune_flow_translations", 6 * HOUR, translations.prune),
    Due("prune_audit", 6 * HOUR, audit.prune),
    Due("prune_webhooks", HOUR, retention.prune_webhooks),
    Due("prune_forwards", HOUR, deliveries.prune_deliveries),
    Due("prune_events", 6 * HOUR, retention.prune_events),
    Due("drop_devices", HOUR, devices.drop_ended),
    Due("prune_pushes", HOUR, push_service.prune_pushes),
    Due("prune_digests", 6 * HOUR, digest.forget_digests),
    Due("prune_scheduled", 6 * HOUR, send_due.prune_scheduled),
    Due("prune_emails", 6 * HOUR, emails.prune_emails),
    Due("prune_deliveries", HOUR, retention.prune_deliveries),
    Due("prune_access", HOUR, retention.prune_access),
    Due("expire_app_secret", HOUR, secrets.expire_previous_app_secret),
    Due("look_at_files", 300, storage.look_at_files),
    Due("sweep_leftovers", 600, leftovers.sweep),
    Due("sweep_uploads", 6 * HOUR, media.sweep_incoming),
)
