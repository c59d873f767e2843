"""Keep the list of templates as Meta has it: hourly, after news, and when somebody presses Sync."""

from __future__ import annotations

import logging
from typing import Any

from wablast_box.engine.message_templates import read, sync
from wablast_box.engine.meta.errors import TokenExpired
from wablast_box.engine.notifications.template_news import alarm_about_template
from wablast_box.engine.notifications.token_alarm import raise_token_alarm
from wablast_box.engine.settings import secrets
from wablast_box.lib.errors import BoxError

logger = logging.getLogger(__name__)


def sync_if_due() -> None:
    """Looks every few seconds; a Meta that cannot be reached is asked again later."""
    if secrets.read_secret("access_token") is None or not sync.is_due():
        return
    try:
        sync_templates()
    except BoxError as failed:
        logger.warning("the templates could not be read", extra={"why": failed.code})


def sync_templates() -> dict[str, Any]:
    """Now; how fresh the list is afterwards. Says why when Meta refuses."""
    try:
        moved = sync.sync()
    except TokenExpired as dead:
        raise_token_alarm(dead.message)
        raise
    for one in moved:
        alarm_about_template(one.meta_id, one.name, one.language, one.status)
    return read.sync_view()
