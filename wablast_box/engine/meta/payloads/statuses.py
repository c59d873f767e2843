"""One status of a message we sent: delivered, read, failed, or a payment made with it."""

from wablast_box.engine.meta.payloads.inbound import errors_of
from wablast_box.engine.meta.payloads.items import StatusUpdate, Surroundings
from wablast_box.engine.meta.payloads.values import Object, ident, moment, obj, required, text

# Meta spells the member of a group in three ways.
MEMBER = ("recipient_participant_id", "participant_recipient_id", "recipient_participant_user_id")


def parse_status(status: Object, around: Surroundings) -> StatusUpdate:
    """Raises `Bad` when there is no message id or no status to speak of."""
    recipient, user_id = recipient_of(status)
    contact = around.contacts[0] if len(around.contacts) == 1 else {}
    profile = obj(contact.get("profile"))
    return StatusUpdate(
        wamid=required(status.get("id"), "the status's message id"),
        field=around.field,
        status=required(status.get("status"), "the status"),
        at=moment(status.get("timestamp")),
        recipient=recipient,
        recipient_user_id=user_id,
        group_id=ident(status.get("recipient_id"), "recipient_id") if status.get("recipient_type") == "group" else None,
        waba_id=around.waba_id,
        phone_number_id=around.phone_number_id,
        display_phone_number=around.display_phone_number,
        profile_name=text(profile.get("name")),
        username=text(profile.get("username")),
        conversation=obj(status.get("conversation")) or None,
        pricing=obj(status.get("pricing")) or None,
        errors=errors_of(status.get("errors")),
        callback_data=text(status.get("biz_opaque_callback_data")),
        is_payment=status.get("type") == "payment",
        payment=obj(status.get("payment")) or None,
    )


def recipient_of(status: Object) -> tuple[str, str | None]:
    """Who it reached: a member of a group, a phone, or only a user id; "" when Meta does not say."""
    user_id = ident(status.get("recipient_user_id"), "recipient_user_id")
    if status.get("recipient_type") == "group":
        user_id = user_id or ident(status.get("recipient_participant_user_id"), "recipient_participant_user_id")
        member = next((found for key in MEMBER if (found := ident(status.get(key), key))), None)
        return member or ident(status.get("recipient_id"), "recipient_id") or "", user_id
    return ident(status.get("recipient_id"), "recipient_id") or user_id or "", user_id
