"""Everything that can be told to a person: what happened, and what to do now.

Seven kinds. Anything else that is raised is a bug: it is logged with a reference and shown as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrongField:
    """One input of several that were wrong."""

    field: str
    message: str
    help: str | None = None


class BoxError(Exception):
    """Say what happened, what it means and what to do; `field` names the input that was wrong."""

    kind = "error"

    def __init__(self, message: str, *, code: str | None = None, help: str | None = None, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.code = code or self.kind
        self.help = help
        self.field = field


class NotFound(BoxError):
    """There is no such thing, or not for you."""

    kind = "not_found"


class Invalid(BoxError):
    """The input cannot be accepted as it is."""

    kind = "invalid"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        help: str | None = None,
        field: str | None = None,
        fields: Sequence[WrongField] = (),
    ):
        super().__init__(message, code=code, help=help, field=field)
        self.fields = tuple(fields)


def all_wrong(wrong: Sequence[WrongField], *, code: str | None = None) -> Invalid:
    """One refusal that names every wrong input, the first one as `field`."""
    helps = dict.fromkeys(one.help for one in wrong if one.help)
    return Invalid(" ".join(one.message for one in wrong), help=" ".join(helps) or None, field=wrong[0].field, fields=wrong, code=code)


class Conflict(BoxError):
    """It clashes with what is already there."""

    kind = "conflict"


class Denied(BoxError):
    """You may not. `signed_out` means: nobody is signed in."""

    kind = "denied"


class LicenseRequired(BoxError):
    """The entitlement does not grant this."""

    kind = "license_required"


class Upstream(BoxError):
    """An outside service refused or failed. `permanent`: trying again cannot help."""

    kind = "upstream"

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        retry_after_s: float | None = None,
        code: str | None = None,
        help: str | None = None,
    ):
        super().__init__(message, code=code, help=help)
        self.permanent = permanent
        self.retry_after_s = retry_after_s


class Unavailable(BoxError):
    """The box cannot do this at the moment; the same call may work in a while."""

    kind = "unavailable"

    def __init__(self, message: str, *, retry_after_s: float | None = None, code: str | None = None, help: str | None = None):
        super().__init__(message, code=code, help=help)
        self.retry_after_s = retry_after_s
