"""Orders to review and pay in India, and news about them: Meta's rules for references, sums and settings."""

from __future__ import annotations

import re
from datetime import timedelta

from wablast_box.engine.outbox.outbound.fields import Fields, unique
from wablast_box.lib.clock import now

REFERENCE = re.compile(r"[A-Za-z0-9_.\-]{1,35}")
PIN_CODE = re.compile(r"[1-9][0-9]{5}")
UNIX_SECONDS = re.compile(r"[0-9]{10,11}")
MOST_PAISE = 10**12
SHORT = 60
FOREIGN = ("country_of_origin", "importer_name", "importer_address")
ITEM_KEYS = ("retailer_id", "product_id", "country_of_origin", "importer_name")


def check_order_status(action: Fields) -> None:
    action.choice("name", "review_order")
    parameters = action.inner("parameters")
    check_reference(parameters)
    order = parameters.inner("order")
    order.choice("status", "processing", "partially_shipped", "shipped", "completed", "canceled")
    order.optional("description", 120)
    order.end()
    parameters.raw("payment")
    parameters.end()
    action.end()


def check_order_details(action: Fields) -> None:
    action.choice("name", "review_and_pay")
    details = action.inner("parameters")
    check_reference(details)
    details.choice("type", "digital-goods", "physical-goods")
    details.choice("currency", "INR")
    total = amount(details.inner("total_amount"))
    if "beneficiaries" in details:
        for person in details.each("beneficiaries", 1, 1, "beneficiaries"):
            check_beneficiary(person)
    details.raw("beneficiaries")
    for setting in details.each("payment_settings", 1, 10, "payment settings"):
        check_setting(setting)
    due = check_order(details.inner("order"))
    if total != due:
        raise details.fail("total_amount", f"is {total}, but subtotal + tax + shipping - discount is {due}. Make them equal.")
    details.end()
    action.end()


def check_reference(parameters: Fields) -> None:
    if not REFERENCE.fullmatch(parameters.text("reference_id", 35)):
        raise parameters.fail("reference_id", "takes letters, digits, _, . and - only.")


def check_beneficiary(person: Fields) -> None:
    person.text("name", 200)
    person.text("address_line1", 100)
    person.optional("address_line2", 100)
    person.text("city", 100)
    person.text("state", 100)
    person.choice("country", "India")
    if not PIN_CODE.fullmatch(person.text("postal_code", 6)):
        raise person.fail("postal_code", "should be a PIN code of 6 digits.")
    person.end()


def check_setting(setting: Fields) -> None:
    kind = setting.choice("type", "payment_gateway", "upi_intent_link", "payment_link")
    inner = setting.inner(kind)
    if kind == "payment_gateway":
        provider = inner.choice("type", "razorpay", "payu", "billdesk", "zaakpay")
        inner.text("configuration_name", 60)
        inner.raw(provider)
    elif kind == "upi_intent_link":
        if not inner.text("link", 2048).startswith("upi://pay?"):
            raise inner.fail("link", 'should begin with "upi://pay?".')
    else:
        inner.link("uri")
    inner.end()
    setting.end()


def check_order(order: Fields) -> int:
    """What is due: subtotal + tax + shipping - discount, in paise."""
    order.choice("status", "pending")
    order.optional_choice("type", "quick_pay")
    from_catalog = order.optional("catalog_id", 64) is not None
    items = order.each("items", 1, 500, "items")
    for item in items:
        check_item(item, from_catalog=from_catalog)
    unique(*_with_retailer_ids(items), "retailer_id")
    due = amount(order.inner("subtotal")) + amount(order.inner("tax"))
    due += optional_amount(order, "shipping") - optional_amount(order, "discount")
    if "expiration" in order:
        check_expiration(order.inner("expiration"))
    order.raw("expiration")
    order.end()
    return due


def check_item(item: Fields, *, from_catalog: bool) -> None:
    item.text("name", 60)
    amount(item.inner("amount"))
    optional_amount(item, "sale_amount")
    item.whole("quantity", 1, 100_000)
    for key in ITEM_KEYS:
        item.optional(key, 512)
    item.raw("image")
    address = item.raw("importer_address")
    if not from_catalog and not all((item.raw(FOREIGN[0]), item.raw(FOREIGN[1]), address)):
        raise item.fail(FOREIGN[0], f"is missing: without a catalog_id India wants {', '.join(FOREIGN)} for each item.")
    item.end()


def _with_retailer_ids(items: list[Fields]) -> tuple[list[Fields], list[str]]:
    found = [item for item in items if item.raw("retailer_id")]
    return found, [item.source["retailer_id"] for item in found]


def check_expiration(expiration: Fields) -> None:
    stamp = str(expiration.raw("timestamp"))
    earliest = int((now() + timedelta(seconds=300)).timestamp())
    if not UNIX_SECONDS.fullmatch(stamp) or int(stamp) < earliest:
        raise expiration.fail("timestamp", "should be a time in Unix seconds, at least 300 seconds from now.")
    expiration.text("description", 120)
    expiration.end()


def optional_amount(source: Fields, key: str) -> int:
    source.raw(key)
    return amount(source.inner(key)) if key in source else 0


def amount(money: Fields) -> int:
    """Paise: Meta writes them as a value with an offset of 100."""
    value = money.whole("value", 0, MOST_PAISE)
    money.whole("offset", 100, 100)
    money.optional("description", SHORT)
    money.optional("discount_program_name", SHORT)
    money.end()
    return value
