"""Why a letter did not go out, and whether trying again can help."""

from __future__ import annotations


class Trouble(Exception):
    """`permanent`: this letter never goes. `is_account`: no letter goes until a person mends the settings."""

    def __init__(self, reason: str, *, permanent: bool = False, is_account: bool = False):
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.is_account = is_account
