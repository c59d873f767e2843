"""Meta's error codes as data: (what to do by itself, alarm, title, advice). `errors` gives them types.

How to go on: never · backoff (again, with growing pauses) · pair (4^n seconds, this customer only) · day (not before
24 hours) · fix (a person mends something first) · stop_all (nothing can be sent until a person mends it).
Meta answers rate limits with HTTP 400, so the code decides and never the HTTP status.
"""

Row = tuple[str, bool, str, str]

_RENEW = "Create a new access token in Meta Business Settings and enter it under Settings → Number; what waits then goes out."
_PERMISSION = "Let the system user of the token manage this WhatsApp account and send messages, then make a new token."
_FIX_CONTENT = "Correct what the details name, then send again."
_GROUP = "The group refused this; read the details, correct it and try again."
_TEMPLATE = "Correct the template as the details say and submit it again."
_USERNAME = "Choose another username or try again later, as the details say."
_FLOW = "Open the WhatsApp Flow, mend what the details name and try again."
_OLD_MEDIA = "Check the file's type and size, or ask the customer to send it again."

GENERAL: dict[int, Row] = {
    0: ("stop_all", True, "Meta does not accept the access token", _RENEW),
    1: ("backoff", False, "Meta had an unknown problem", "The box tries again by itself. If it goes on, look at metastatus.com."),
    2: ("backoff", False, "Meta is down for a moment", "The box tries again by itself."),
    3: ("fix", True, "The app lacks a capability or permission", _PERMISSION),
    4: (
        "backoff",
        False,
        "Too many calls from this app",
        "The box waits some minutes and tries again. Close other programs that use the same app.",
    ),
    10: ("fix", True, "Permission denied", _PERMISSION),
    33: ("fix", True, "The phone number no longer exists at Meta", "Check the phone number id under Settings → Number."),
    100: ("fix", False, "Meta found a wrong or missing parameter", _FIX_CONTENT),
    190: ("stop_all", True, "The access token has expired or was withdrawn", _RENEW),
    368: (
        "stop_all",
        True,
        "Meta has blocked this account for a policy violation",
        "Open Business Support Home at Meta, see why, and appeal there. Sending rests.",
    ),
    80007: ("backoff", False, "Too many calls for this WhatsApp account", "The box waits and tries again."),
    1026: ("never", False, "The customer's WhatsApp cannot show this kind of message", "Send it as plain text instead."),
    2046: (
        "fix",
        False,
        "This order cannot go to that status",
        "A completed or cancelled order stays as it is; choose a status that may follow.",
    ),
    2047: ("fix", False, "A paid order cannot be cancelled", "Refund the payment instead."),
    1752041: ("never", False, "This sign-up was already asked for", "Nothing to do: the first request counts."),
}

SENDING: dict[int, Row] = {
    130429: ("backoff", False, "Meta's sending speed for this number is reached", "The box slows down and tries again."),
    130472: (
        "never",
        False,
        "Meta keeps this customer out of marketing for an experiment",
        "Wait until the customer writes, or use another channel.",
    ),
    130497: (
        "never",
        False,
        "This account may not write to customers in that country",
        "Check which countries Meta allows for your kind of business.",
    ),
    130501: ("never", False, "This kind of message is not supported", "Ask the customer to send it in another form."),
    131000: ("backoff", False, "Something went wrong at Meta", "The box tries again by itself."),
    131005: ("fix", True, "Access denied", _PERMISSION),
    131008: ("fix", False, "A required part of the message is missing", _FIX_CONTENT),
    131009: (
        "fix",
        False,
        "A value in the message is not accepted",
        "Correct what the details name. If it is the recipient, the customer's id has changed: wait for a new message.",
    ),
    131016: ("backoff", False, "A service at Meta is overloaded", "The box tries again by itself."),
    131021: ("never", False, "A number cannot write to itself", "Choose another recipient."),
    131026: (
        "never",
        False,
        "WhatsApp cannot deliver to this customer",
        "The number may not use WhatsApp, may have an old app or not have accepted the terms. Use another channel.",
    ),
    131031: ("stop_all", True, "Meta has locked this account", "Open WhatsApp Manager, see why and appeal there. Sending rests."),
    131035: (
        "never",
        True,
        "Meta dropped a message because it could not be handed over in time",
        "Keep the box reachable; this account stores nothing at Meta.",
    ),
    131036: ("never", False, "Meta no longer had the message when a device asked for it", "Send it again if it still matters."),
    131037: (
        "fix",
        True,
        "The display name of this number is not approved",
        "Ask for a display name in WhatsApp Manager and wait for approval.",
    ),
    131042: (
        "fix",
        True,
        "Meta cannot charge for messages",
        "Check the payment method and currency of the account in Meta's billing settings.",
    ),
    131045: ("fix", True, "The number is not registered properly", "Register the number again under Settings → Number."),
    131047: (
        "never",
        False,
        "More than 24 hours since the customer last wrote",
        "Send an approved template; when the customer answers you can write freely again.",
    ),
    131048: (
        "day",
        True,
        "Meta limits this number because messages were blocked or reported",
        "Send less and only what customers asked for. The quality rating shows when it is better.",
    ),
    131049: (
        "day",
        False,
        "Meta holds back marketing for this customer",
        "The customer has had enough marketing from businesses lately. Try again after a day or more.",
    ),
    131050: ("never", False, "The customer has stopped your marketing messages", "Send no marketing until the customer takes it back."),
    131051: ("fix", False, "This kind of message is not supported", "Send it in another form."),
    131052: ("fix", False, "Meta could not fetch the media", _OLD_MEDIA),
    131053: ("fix", False, "Meta could not take the media", _OLD_MEDIA),
    131055: ("fix", False, "This way of sending takes marketing templates only", "Send it as a normal message."),
    131056: ("pair", False, "Too many messages to this one customer", "The box waits for this customer; others are not affected."),
    131057: ("backoff", False, "The account is being upgraded", "It takes a minute at most; the box tries again."),
    131059: ("fix", False, "The page of the list has expired", "Load the list from its beginning."),
    131062: ("fix", False, "This message needs a phone number", "Ask the customer for the phone number and send to that."),
    131063: (
        "fix",
        True,
        "Marketing templates are switched off for this account",
        "Use Meta's Marketing Messages API or ask Meta's support.",
    ),
    131064: (
        "fix",
        True,
        "Too many templates were found in the wrong category",
        "Correct the categories of your templates before sending more.",
    ),
    134011: ("fix", True, "The payment terms are not accepted", "Accept WhatsApp's payment terms in WhatsApp Manager."),
    134100: ("fix", False, "Only marketing templates can be sent this way", "Send it as a normal message."),
    134101: ("backoff", False, "The template is still being copied", "It takes up to ten minutes; the box tries again."),
    134102: (
        "fix",
        False,
        "The template is not available for this way of sending",
        "Wait until it is approved, or send it as a normal message.",
    ),
    135000: ("fix", False, "Meta found a mistake in the request", _FIX_CONTENT),
    139100: ("fix", False, "Meta could not block or unblock this person", "Read the details, then try again."),
    139101: ("fix", False, "The block list is full", "Meta keeps 64,000 people. Unblock some who need not be on it any more."),
    139102: ("backoff", False, "The block list is being changed by somebody else", "Try again in a moment."),
    139103: ("backoff", False, "Meta had a problem with the block list", "Try again in a moment."),
    139200: ("fix", True, "Direct sending is blocked for this account", "Send with approved templates instead."),
}

TEMPLATES: dict[int, Row] = {
    132000: ("fix", False, "The number of values does not fit the template", "Fill every variable of the template, no more and no fewer."),
    132001: ("fix", False, "No approved template of that name and language", "Check name and language, and that Meta has approved it."),
    132005: ("fix", False, "The filled-in text is too long", "Shorten the values."),
    132007: ("fix", False, "The text breaks WhatsApp's rules for characters", "Remove unusual characters and line breaks from the values."),
    132012: (
        "fix",
        False,
        "A value has the wrong form for the template",
        "Compare the values with the template's variables, headers and buttons.",
    ),
    132015: ("never", False, "The template is paused for low quality", "Improve it, or wait until Meta takes the pause back."),
    132016: ("never", False, "The template is disabled for low quality", "Make a new template with other words."),
    132018: ("fix", False, "Meta refuses a part of the template message", _FIX_CONTENT),
    132068: ("fix", False, "The WhatsApp Flow is blocked", _FLOW),
    132069: (
        "backoff",
        True,
        "The WhatsApp Flow is throttled to ten messages an hour",
        "Mend the Flow's endpoint; until then messages go out slowly.",
    ),
    200005: ("fix", False, "Template insights are not available yet", "Switch them on in WhatsApp Manager."),
    200006: ("fix", False, "Template insights cannot be switched off", "Nothing to do."),
    200007: ("fix", False, "Template insights are not available", "Check that the template belongs to this account."),
    2388019: ("fix", False, "This account has as many templates as Meta allows", "Delete templates that you no longer use."),
    2388040: ("fix", False, "A part of the template is too long", "Shorten the part that the details name."),
    2388047: ("fix", False, "The template's header is not accepted", _TEMPLATE),
    2388072: ("fix", False, "The template's body is not accepted", _TEMPLATE),
    2388073: ("fix", False, "The template's footer is not accepted", _TEMPLATE),
    2388293: ("fix", False, "Too many variables for so few words", "Add words, or use fewer variables."),
    2388299: ("fix", False, "A template may not begin or end with a variable", "Put words before and after the variable."),
    2388318: ("fix", False, "Meta made this template; it cannot be changed", "Make a template of your own."),
    2388330: ("fix", False, "Meta made this template; it cannot be changed", "Make a template of your own."),
    2494100: ("backoff", True, "The account is being moved", "The box tries again; it works when Meta has finished."),
}

NUMBER: dict[int, Row] = {
    133000: ("fix", True, "An earlier deregistration has not finished", "Deregister the number again, then register it."),
    133004: ("backoff", False, "Meta's registration is down", "The box tries again by itself."),
    133005: ("fix", False, "The two-step PIN is wrong", "Enter the right PIN, or set a new one in WhatsApp Manager."),
    133006: ("fix", True, "The number must be verified again", "Ask for a code by SMS or call and enter it."),
    133008: ("fix", True, "Too many wrong PINs", "Wait as long as the details say, then try again."),
    133009: ("fix", False, "The PIN was entered too fast", "Wait a moment, then try again."),
    133010: ("fix", True, "The number is not registered with the Cloud API", "Register the number under Settings → Number."),
    133015: ("fix", False, "The number was deleted a moment ago", "Wait five minutes, then register it."),
    133016: ("fix", True, "Registered and deregistered too often", "Meta allows ten times in 72 hours; wait."),
    2593079: ("fix", False, "The phone app's account cannot be used like this", _FIX_CONTENT),
    2593085: ("fix", False, "The phone app's account cannot be used like this", _FIX_CONTENT),
    2593107: ("never", False, "The phone's history was already asked for", "It can be copied only once."),
    2593108: (
        "never",
        False,
        "The first 24 hours have passed",
        "The phone's history can only be copied on the first day; disconnect and connect again.",
    ),
    2593109: ("never", False, "The owner chose not to share old messages", "Connect again and allow it on the phone, if you want them."),
}

GROUPS: dict[int, Row] = {
    131020: ("fix", False, "The group is not valid", _GROUP),
    131041: ("fix", False, "The group is not known", _GROUP),
    131201: ("fix", False, "Only a part of the group request worked", "The details name what did not; try that part again."),
    131202: ("fix", False, "A member is named twice or there are too many", _GROUP),
    131204: ("fix", False, "The group cannot be changed like this", _GROUP),
    131207: ("never", True, "The group is suspended", "Meta has suspended it; appeal in WhatsApp Manager."),
    131208: ("backoff", False, "Too many group requests", "The box waits and tries again."),
}

# First code, last code, row: for codes that Meta numbers in rows.
RANGES: tuple[tuple[int, int, Row], ...] = (
    (200, 299, ("fix", True, "Permission denied", _PERMISSION)),
    (131209, 131215, ("fix", False, "The group request is not accepted", _GROUP)),
    (139000, 139006, ("fix", False, "The WhatsApp Flow cannot be changed like this", _FLOW)),
    (147001, 147004, ("fix", False, "The username is not accepted", _USERNAME)),
    (2388001, 2388103, ("fix", False, "Meta does not accept the template or the move", _TEMPLATE)),
)

CODES: dict[int, Row] = GENERAL | SENDING | TEMPLATES | NUMBER | GROUPS
