"""The first tables. Frozen copies of the models: changes come as further migrations."""

from __future__ import annotations

from typing import Any

from peewee import BigIntegerField, BlobField, BooleanField, ForeignKeyField, IntegerField, Model, SQL, TextField


def up(migrator: Any, db: Any) -> None:
    """Create every table of the first release."""

    class Alarm(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        key = TextField()
        severity = TextField()
        title = TextField()
        advice = TextField()
        action_url = TextField(null=True)
        raised_at = BigIntegerField()
        cleared_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "alarm"

    Alarm.add_index(Alarm.index(Alarm.key, name="alarm_open", unique=True, where=SQL("cleared_at IS NULL")))

    class ApiKey(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        name = TextField()
        role = TextField()
        key_hash = TextField(unique=True)
        prefix = TextField()
        created_by_id = BigIntegerField(null=True)
        created_at = BigIntegerField()
        last_used_at = BigIntegerField(null=True)
        revoked_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "api_key"

    class Contact(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        wa_id = TextField(unique=True, null=True)
        user_id = TextField(unique=True, null=True)
        phone = TextField(null=True)
        name = TextField(null=True)
        username = TextField(null=True)
        marketing_opted_out_at = BigIntegerField(null=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "contact"

    class User(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        email = TextField(unique=True)
        name = TextField()
        role = TextField()
        password_hash = TextField(null=True)
        created_at = BigIntegerField()
        disabled_at = BigIntegerField(null=True)
        last_seen_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "user"

    class Conversation(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        contact = ForeignKeyField(Contact, unique=True, on_delete="CASCADE", backref="+")
        assignee = ForeignKeyField(User, null=True, on_delete="SET NULL", backref="+")
        last_message_id = BigIntegerField(index=True, default=0)
        last_inbound_at = BigIntegerField(null=True)
        read_up_to_id = BigIntegerField(default=0)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "conversation"

    class Message(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        conversation = ForeignKeyField(Conversation, index=False, on_delete="CASCADE", backref="+")
        wamid = TextField(unique=True, null=True)
        direction = TextField()
        type = TextField()
        text = TextField(null=True)
        content_json = TextField(null=True)
        reply_to_wamid = TextField(null=True)
        is_forwarded = BooleanField(default=False)
        state = TextField()
        sender = TextField(null=True)
        error_code = IntegerField(null=True)
        error_title = TextField(null=True)
        error_details = TextField(null=True)
        created_at = BigIntegerField()
        sent_at = BigIntegerField(null=True)
        delivered_at = BigIntegerField(null=True)
        read_at = BigIntegerField(null=True)
        idempotency_scope = TextField(null=True)
        idempotency_key = TextField(null=True)
        idempotency_hash = TextField(null=True)
        priority = IntegerField(default=0)
        attempts = IntegerField(default=0)
        next_attempt_at = BigIntegerField(null=True)
        claimed_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "message"
            indexes = ((("conversation", "id"), False), (("idempotency_scope", "idempotency_key"), True),)

    Message.add_index(Message.index(Message.priority, Message.id, name="message_outbox", where=SQL("state = 'queued'")))

    Message.add_index(Message.index(Message.conversation, Message.id, name="message_in_flight", where=SQL("state IN ('queued', 'sending')")))

    Message.add_index(Message.index(Message.id, name="message_out", where=SQL("direction = 'out'")))

    Message.add_index(Message.index(Message.id, name="message_unconfirmed", where=SQL("state = 'unconfirmed'")))

    class MediaFile(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        sha256 = TextField(index=True)
        mime_type = TextField()
        size = BigIntegerField()
        filename = TextField(null=True)
        path = TextField()
        meta_media_id = TextField(null=True)
        meta_media_expires_at = BigIntegerField(null=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "media_file"

    class Attachment(Model):  # type: ignore[misc]
        message = ForeignKeyField(Message, primary_key=True, on_delete="CASCADE", backref="+")
        state = TextField()
        meta_media_id = TextField(null=True)
        media_file = ForeignKeyField(MediaFile, null=True, on_delete="SET NULL", backref="+")
        mime_type = TextField(null=True)
        sha256 = TextField(null=True)
        filename = TextField(null=True)
        is_voice = BooleanField(default=False)
        is_animated = BooleanField(default=False)
        error = TextField(null=True)
        attempts = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])
        next_attempt_at = BigIntegerField(null=True)
        claimed_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "attachment"

    Attachment.add_index(Attachment.index(Attachment.message, name="attachment_open", where=SQL("state IN ('pending', 'failed')")))

    class Event(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        name = TextField()
        subject_id = BigIntegerField(null=True)
        conversation_id = BigIntegerField(null=True)
        actor = TextField(null=True)
        detail_json = TextField(null=True)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "event"
            indexes = ((("actor", "id"), False),)

    class EventDelivery(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        event = ForeignKeyField(Event, on_delete="CASCADE", backref="+")
        listener = TextField()
        state = TextField(default="pending")
        attempts = IntegerField(default=0)
        next_attempt_at = BigIntegerField(default=0)
        claimed_at = BigIntegerField(null=True)
        error = TextField(null=True)

        class Meta:
            database = db
            table_name = "event_delivery"
            indexes = ((("event", "listener"), True),)

    EventDelivery.add_index(EventDelivery.index(EventDelivery.next_attempt_at, name="event_delivery_due", where=SQL("state IN ('pending', 'working')")))

    class Lease(Model):  # type: ignore[misc]
        name = TextField(primary_key=True)
        holder = TextField()
        expires_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "lease"

    class LoginSession(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        token_hash = TextField(unique=True)
        user = ForeignKeyField(User, on_delete="CASCADE", backref="+")
        created_at = BigIntegerField()
        last_seen_at = BigIntegerField()
        expires_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)
        confirmed_at = BigIntegerField()
        address = TextField(null=True)
        agent = TextField(null=True)

        class Meta:
            database = db
            table_name = "login_session"

    class MessageStatus(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        wamid = TextField()
        status = TextField()
        recipient = TextField(default="")
        at = BigIntegerField()
        callback_data = TextField(null=True)
        detail_json = TextField(null=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "message_status"
            indexes = ((("wamid", "status", "recipient"), True),)

    class Number(Model):  # type: ignore[misc]
        id = IntegerField(primary_key=True, default=1)
        phone_number_id = TextField(null=True)
        waba_id = TextField(null=True)
        display_phone_number = TextField(null=True)
        verified_name = TextField(null=True)
        quality_rating = TextField(null=True)
        messaging_limit = TextField(null=True)
        name_status = TextField(null=True)
        status = TextField(null=True)
        throughput = TextField(null=True)
        is_subscribed = BooleanField(null=True)
        checked_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "number"

    class OneTimeLink(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        token_hash = TextField(unique=True)
        purpose = TextField()
        user = ForeignKeyField(User, null=True, on_delete="CASCADE", backref="+")
        created_at = BigIntegerField()
        expires_at = BigIntegerField()
        used_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "one_time_link"

    class Secret(Model):  # type: ignore[misc]
        name = TextField(primary_key=True)
        sealed = BlobField()
        last4 = TextField(null=True)
        updated_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "secret"

    class Setting(Model):  # type: ignore[misc]
        name = TextField(primary_key=True)
        value_json = TextField(null=True)
        updated_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "setting"

    class SocketTicket(Model):  # type: ignore[misc]
        token_hash = TextField(primary_key=True)
        session = ForeignKeyField(LoginSession, on_delete="CASCADE", backref="+")
        expires_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "socket_ticket"

    class Throttle(Model):  # type: ignore[misc]
        key = TextField(primary_key=True)
        failures = IntegerField(default=0)
        window_began_at = BigIntegerField()
        blocked_until = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "throttle"

    class WebhookEvent(Model):  # type: ignore[misc]
        id = BigIntegerField(primary_key=True)
        source = TextField()
        digest = BlobField(unique=True)
        body = BlobField()
        state = TextField(default="pending")
        summary = TextField(null=True)
        problems_json = TextField(null=True)
        attempts = IntegerField(default=0)
        next_attempt_at = BigIntegerField(default=0)
        received_at = BigIntegerField()
        processed_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "webhook_event"

    WebhookEvent.add_index(WebhookEvent.index(WebhookEvent.id, name="webhook_event_pending", where=SQL("state = 'pending'")))

    WebhookEvent.add_index(WebhookEvent.index(WebhookEvent.id, name="webhook_event_failed", where=SQL("state = 'failed'")))

    WebhookEvent.add_index(WebhookEvent.index(WebhookEvent.id, name="webhook_event_ignored", where=SQL("state = 'ignored'")))

    db.create_tables(
        [
            Alarm,
            ApiKey,
            Contact,
            User,
            Conversation,
            Message,
            MediaFile,
            Attachment,
            Event,
            EventDelivery,
            Lease,
            LoginSession,
            MessageStatus,
            Number,
            OneTimeLink,
            Secret,
            Setting,
            SocketTicket,
            Throttle,
            WebhookEvent,
        ],
        safe=False,
    )
