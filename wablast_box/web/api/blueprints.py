"""Every blueprint of the API. A file that is not listed here answers nothing."""

from __future__ import annotations

from quart import Blueprint

from wablast_box.web.api.inbox import blueprint as inbox
from wablast_box.web.api.webhooks import blueprint as webhooks

BLUEPRINTS: tuple[Blueprint, ...] = (inbox, webhooks)
