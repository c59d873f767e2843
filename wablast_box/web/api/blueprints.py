"""Every blueprint of the API. A file that is not listed here answers nothing."""

from __future__ import annotations

from quart import Blueprint

from wablast_box.web.api.inbox import blueprint as inbox
from wablast_box.web.api.media import blueprint as media
from wablast_box.web.api.notifications import blueprint as notifications
from wablast_box.web.api.ops import blueprint as ops
from wablast_box.web.api.session import blueprint as session
from wablast_box.web.api.setup import blueprint as setup
from wablast_box.web.api.team import blueprint as team
from wablast_box.web.api.thread import blueprint as thread
from wablast_box.web.api.webhooks import blueprint as webhooks

BLUEPRINTS: tuple[Blueprint, ...] = (inbox, media, notifications, ops, session, setup, team, thread, webhooks)
