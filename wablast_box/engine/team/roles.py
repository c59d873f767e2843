"""Four roles and what each may do. The whole table: nothing else decides."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    OWNER = "OWNER"
    ADMIN = "ADMIN"
    AGENT = "AGENT"
    ANALYST = "ANALYST"


class Scope(StrEnum):
    """Which conversations somebody sees."""

    ALL = "all"
    OWN_AND_FREE = "own_and_free"  # theirs, and those that nobody has
    OWN = "own"  # theirs only


# AGENT sees and answers what is assigned to them or to nobody; ANALYST sees customers masked, and no conversations.
_EVERYBODY = frozenset({"account.own", "contacts.read", "number.read", "templates.read"})
_AGENT = _EVERYBODY | {
    "contacts.write",
    "flows.read",
    "inbox.assign_self",
    "inbox.close",
    "inbox.read",
    "inbox.reply",
    "media.read",
    "replies.write_own",
    "users.names",
}
_ADMIN = _AGENT | {
    "api_keys.write",
    "audit.read",
    "contacts.merge",
    "contacts.opt_in",
    "desk.write",
    "flows.write",
    "inbox.assign",
    "inbox.export",
    "integrations.test",
    "replies.write_shared",
    "settings.read",
    "settings.write",
    "status.read",
    "tags.write",
    "templates.write",
    "users.read",
    "users.write",
    "webhooks.read",
    "webhooks.replay",
}
_OWNER = _ADMIN | {"integrations.write", "number.write", "roles.write", "security.write"}

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.OWNER: _OWNER,
    Role.ADMIN: _ADMIN,
    Role.AGENT: _AGENT,
    Role.ANALYST: _EVERYBODY,
}

# A machine cannot type a password again, and a leaked key must not be able to make itself a better or lasting one.
PERSON_ONLY = frozenset(
    {"account.own", "api_keys.write", "inbox.export", "integrations.write", "number.write", "roles.write", "security.write", "users.write"}
)

# What a role of the business's own making may hold, by what it is based on. What is an OWNER's stays an OWNER's; an ADMIN
# may be trusted with the number's credentials. Who looks after people and keys is an ADMIN, because whom they may touch
# follows from that. An ANALYST never opens a conversation: somebody who reads along without numbers is an AGENT.
GRANTABLE: dict[Role, frozenset[str]] = {
    Role.ADMIN: _ADMIN | {"integrations.write", "number.write"},
    Role.AGENT: _ADMIN - {"api_keys.write", "users.write"},
    Role.ANALYST: _EVERYBODY | {"audit.read", "settings.read", "status.read", "users.names", "users.read"},
}
# Nobody can be kept from their own password.
ALWAYS = frozenset({"account.own"})

# Whom an ADMIN may add, change and end; an OWNER everybody.
MANAGED_BY_ADMIN = frozenset({Role.AGENT, Role.ANALYST})


def manages(manager: Role, other: Role) -> bool:
    """May a user of role `manager` add, change or disable one of role `other`?"""
    return manager is Role.OWNER or (manager is Role.ADMIN and other in MANAGED_BY_ADMIN)


def includes(role: Role, other: Role) -> bool:
    """Does `role` allow everything that `other` allows? Nobody gives away more than they have."""
    return PERMISSIONS[other] <= PERMISSIONS[role]
