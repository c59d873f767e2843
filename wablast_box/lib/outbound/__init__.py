"""The one door to addresses that somebody else chose: a browser's push service, a server that a setting names.

A guard that only reads the URL is fooled by the next DNS answer. So the name is resolved once, here, every answer is
looked at, and the connection goes to the address that was looked at; TLS still checks the name. No proxies of the
environment, no redirects unless asked for, and the same refusal whatever stands behind the address.

`guard` knows the addresses, `wire` the connection and its deadline, `verbs` ask once, a `line` asks often.
"""

from wablast_box.lib.outbound.guard import Refused, allow_addresses, checked_target, checked_url, is_blocked, is_listed, is_never_near
from wablast_box.lib.outbound.line import Line, kept_line
from wablast_box.lib.outbound.verbs import request, stream
from wablast_box.lib.outbound.wire import Answer

__all__ = [
    "Answer", "Line", "Refused", "allow_addresses", "checked_target", "checked_url", "is_blocked", "is_listed", "is_never_near",
    "kept_line", "request", "stream",
]  # fmt: skip
