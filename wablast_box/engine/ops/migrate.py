"""Bring the tables up to this version, after a snapshot of the database file."""

from __future__ import annotations

import logging
from pathlib import Path

from playhouse.migrations import Runner

from wablast_box.lib import sql
from wablast_box.lib.clock import now
from wablast_box.lib.db import database, is_postgres
from wablast_box.lib.errors import Conflict

logger = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent.parent / "migrations"
SNAPSHOTS_KEPT = 5


def migrate(backups: Path) -> list[str]:
    """Run what is pending; the names that ran. Conflict for a data folder that a newer version has written."""
    if not pending():
        return []
    runner = Runner(database.obj, str(MIGRATIONS))
    if not is_postgres() and runner.applied():
        _snapshot(backups)
    done = list(runner.up())
    logger.info("migrated", extra={"migrations": ",".join(done)})
    return done


def pending() -> list[str]:
    """Migrations that have not run on this database; Conflict when it has seen ones that this version does not know."""
    known = Runner(database.obj, str(MIGRATIONS)).status()
    foreign = [migration.name for migration in known if migration.path is None]
    if foreign:
        raise Conflict(
            f"This data folder was written by a newer version (it knows {foreign[-1]}).",
            code="newer_data",
            help="Install that version again, or start with a backup from before it.",
        )
    return [migration.name for migration in known if not migration.applied]


def _snapshot(backups: Path) -> None:
    backups.mkdir(parents=True, exist_ok=True)
    target = backups / f"before-migration-{now():%Y%m%d-%H%M%S}.db"
    # VACUUM INTO writes a consistent copy, also while others read.
    database.execute_sql("VACUUM INTO ?", (str(target),))
    for old in sorted(backups.glob("before-migration-*.db"))[:-SNAPSHOTS_KEPT]:
        old.unlink()


# Every table whose ids come from `lib.ids`.
TABLES_WITH_IDS = (
    "ai_provider", "ai_usage", "alarm", "api_key", "canned_reply", "contact", "contact_account", "contact_activity", "contact_field",
    "conversation", "conversation_activity", "custom_role", "email", "entry_step", "event", "event_delivery", "external_identity",
    "flow", "flow_address", "flow_call", "flow_plan", "flow_round", "flow_session", "flow_start", "flow_translation", "flow_trial",
    "flow_trigger",
    "flow_turn", "flow_version", "invitation", "login_session", "macro", "media_file", "media_leftover", "message", "message_status",
    "message_template", "note", "note_version", "one_time_link", "passkey", "push", "push_device", "recovery_code", "saved_view",
    "scheduled_message", "service_breach", "service_target", "survey", "tag", "team", "undoable", "user", "webhook_delivery",
    "webhook_event", "webhook_forward",
)  # fmt: skip


def newest_id() -> int:
    """The greatest id in use: new ones must be greater, also when the clock went back while the box was off."""
    found = (sql.run(f'SELECT max(id) FROM "{table}"')[0][0] for table in TABLES_WITH_IDS)  # noqa: S608
    return max((number or 0 for number in found), default=0)
