"""Meta's errors: their codes, titles and HTTP statuses, and the body they travel in."""

from __future__ import annotations

import secrets

from wablast_box.simulator.wire import Json, Response, answer

# code: (HTTP status, title). Meta answers 400 even to rate limits: the code tells, never the status.
TITLES: dict[int, tuple[int, str]] = {
    0: (401, "AuthException"),
    1: (400, "API Unknown"),
    2: (503, "Service temporarily unavailable"),
    3: (500, "API Method"),
    4: (400, "Application request limit reached"),
    10: (403, "Application does not have permission for this action"),
    33: (400, "Parameter value is not valid"),
    100: (400, "Invalid parameter"),
    190: (401, "Invalid OAuth access token - Cannot parse access token"),
    200: (403, "Permissions error"),
    368: (403, "Temporarily blocked for policies violations"),
    1026: (400, "Receiver incapable"),
    2500: (400, "Unknown path components"),
    80007: (400, "Rate limit issues"),
    130429: (400, "Rate limit hit"),
    130472: (400, "User's number is part of an experiment"),
    130497: (403, "Business account is restricted from messaging users in this country."),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131031: (403, "Business Account locked"),
    131037: (400, "WhatsApp provided number needs display name approval before message can be sent"),
    131042: (400, "Business eligibility payment issue"),
    131045: (500, "Incorrect certificate"),
    131047: (400, "Re-engagement message"),
    131048: (400, "Spam rate limit hit"),
    131049: (400, "This message was not delivered to maintain healthy ecosystem engagement."),
    131050: (400, "User has stopped marketing messages"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131055: (400, "Method not allowed"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: (500, "Business Account is in maintenance mode"),
    131059: (400, "Invalid cursor"),
    131062: (400, "Business-scoped user ID recipients are not supported for this message"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132005: (400, "Translated text too long"),
    132007: (400, "Character policy violated"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    132018: (400, "Template parameter value is not valid"),
    133005: (400, "Two step verification PIN Mismatch"),
    133009: (400, "Two step verification PIN guessed too fast"),
    133010: (400, "Account not registered"),
    133015: (400, "Phone number was recently deleted"),
    133016: (400, "Account register or deregister rate limit exceeded"),
    135000: (400, "Generic user error"),
    139100: (400, "Failed to block/unblock users"),
}


class GraphError(Exception):
    """A request that the fake Graph refuses, or a message that fails later."""

    def __init__(self, code: int, details: str | None = None, *, message: str | None = None, subcode: int | None = None):
        status, title = TITLES.get(code, (400, "Unknown error"))
        super().__init__(details or title)
        self.code = code
        self.title = title
        self.details = details
        self.message = message
        self.subcode = subcode
        self.status = status

    def body(self) -> Json:
        """As the Graph answers."""
        message = self.message or (self.title if self.code in (0, 190) else f"(#{self.code}) {self.title}")
        kind = "GraphMethodException" if self.subcode == 33 else "OAuthException"
        error: Json = {"message": message, "type": kind, "code": self.code}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        if self.details is not None:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        error["fbtrace_id"] = "A" + secrets.token_urlsafe(16)
        return {"error": error}

    def answer(self) -> Response:
        """As a whole answer."""
        return answer(self.body(), self.status)

    def in_webhook(self) -> Json:
        """As it stands in a status webhook."""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details or self.title},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }


def missing(parameter: str) -> GraphError:
    """A required parameter that is not there."""
    return GraphError(
        100,
        f"The parameter {parameter} is required.",
        message=f"(#100) The parameter {parameter} is required.",
    )


def invalid(details: str) -> GraphError:
    """A parameter whose value cannot be."""
    return GraphError(131009, details)


def unknown_object(object_id: str, method: str) -> GraphError:
    """An id that this token cannot see."""
    verb = "get" if method == "GET" else method.lower()
    return GraphError(
        100,
        message=f"Unsupported {verb} request. Object with ID '{object_id}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api",
        subcode=33,
    )
