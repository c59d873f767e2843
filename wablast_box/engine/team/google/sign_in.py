"""Sign in with Google, and link an account to it. Known by issuer and subject; nobody registers themselves."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from wablast_box.engine.audit.record import record
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team import throttle
from wablast_box.engine.team.actors import Actor, person
from wablast_box.engine.team.entry import steps
from wablast_box.engine.team.entry.identities import identity_of
from wablast_box.engine.team.entry.models import ExternalIdentity
from wablast_box.engine.team.google import client, config, tokens
from wablast_box.engine.team.invites import invitations
from wablast_box.engine.team.login import Admission, Visitor, admit, note_refused
from wablast_box.engine.team.models import User
from wablast_box.engine.team.recognise import recognise
from wablast_box.lib.clock import now
from wablast_box.lib.crypto import new_token
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict, Denied, NotFound, Unavailable
from wablast_box.lib.ids import new_id


@dataclass(frozen=True, slots=True)
class Begun:
    """`token` for the cookie of this browser, `url` to send it to."""

    token: str
    url: str


@dataclass(frozen=True, slots=True)
class Returned:
    """Back from Google: let in, half-way, or (None) linked; and where the browser wanted to go."""

    admission: Admission | None
    next: str


def begin(*, base_url: str, next: str, actor: Actor | None = None) -> Begun:
    """Send a browser to Google: to sign in, or with `actor` to link their account."""
    if not config.is_set_up():
        raise Unavailable("Signing in with Google is not set up on this box.", code="google_off", help="Use your password.")
    state, nonce, verifier = new_token(), new_token(), new_token()
    detail = {
        "state": state, "nonce": nonce, "verifier": verifier, "next": safe_path(next), "redirect_uri": base_url + config.CALLBACK,
        "links": actor is not None,
    }  # fmt: skip
    user = User.get_by_id(actor.id) if actor is not None else None
    token = steps.begin(steps.GOOGLE, user=user, session_id=actor.session_id if actor else None, detail=detail)
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code", "client_id": store.get("google_client_id"), "redirect_uri": detail["redirect_uri"],
        "scope": "openid email profile", "state": state, "nonce": nonce, "code_challenge": challenge, "code_challenge_method": "S256",
        "prompt": "select_account",
    }  # fmt: skip
    return Begun(token, f"{config.addresses().authorize}?{urlencode(asked)}")


def come_back(token: str | None, *, state: str, code: str, visitor: Visitor, session_token: str | None) -> Returned:
    """Google sent the browser back. Everything must belong to the step that its cookie names."""
    step = steps.find(token, steps.GOOGLE)
    detail: dict[str, Any] = step.detail_json
    if not hmac.compare_digest(state.encode("utf-8", "replace"), detail["state"].encode()):
        throttle.count_wrong_token(visitor.address)
        raise tokens.refused()
    steps.use_up(step)
    try:
        found = _person(detail, code)
    except BoxError:
        note_refused(None, visitor, why="google")
        raise
    if detail["links"]:
        _link(step.user_id, found, session_token)
        return Returned(None, detail["next"])
    return Returned(admit(_user(found, visitor), visitor=visitor), detail["next"])


def unlink(actor: Actor) -> None:
    """The Google account opens this one no more. Somebody without a password keeps it."""
    user, linked = User.get_by_id(actor.id), identity_of(actor.id or 0)
    if linked is None:
        raise NotFound("No Google account is linked.")
    if user.password_hash is None:
        raise Conflict("You have no password: without Google you could not come in.", help="Choose a password first.")
    with transaction():
        ExternalIdentity.delete().where(ExternalIdentity.id == linked.id).execute()
        record("google.unlinked", by=actor, subject=actor.ref, subject_name=linked.email)


def safe_path(path: str) -> str:
    """A place of our own pages; anything else is the inbox."""
    is_ours = path.startswith("/") and path[1:2] not in ("/", "\\") and path.isprintable() and "\\" not in path and len(path) <= 500
    return path if is_ours else "/inbox"


def _person(detail: dict[str, Any], code: str) -> tokens.Person:
    client_id, client_secret = store.get("google_client_id"), secrets.read_secret(config.SECRET) or ""
    token = client.exchange(
        code, verifier=detail["verifier"], redirect_uri=detail["redirect_uri"], client_id=client_id, client_secret=client_secret
    )
    return tokens.read_token(
        token, client_id=client_id, nonce=detail["nonce"], issuers=config.addresses().issuers, key_of=client.signing_key
    )


def _user(found: tokens.Person, visitor: Visitor) -> User:
    known = ExternalIdentity.get_or_none(ExternalIdentity.issuer == found.issuer, ExternalIdentity.subject == found.subject)
    if known is not None:
        user: User = User.get_by_id(known.user_id)
        if user.disabled_at is not None:
            note_refused(user, visitor, why="google")
            raise _nobody()
        with transaction():
            ExternalIdentity.update(last_used_at=now()).where(ExternalIdentity.id == known.id).execute()
        return user
    return _joining(found, visitor)


def _joining(found: tokens.Person, visitor: Visitor) -> User:
    """Only who is invited under this e-mail joins. Who is in the team already links Google after signing in: an e-mail proves nothing."""
    same: User | None = User.get_or_none(User.email == found.email)
    if same is not None:
        note_refused(same, visitor, why="google not linked")
        raise Denied(
            "This Google account is not linked yet.",
            code="google_unlinked",
            help="Sign in with your password, then link it under My account.",
        )
    invited = invitations.open_for(found.email)
    if invited is None:
        note_refused(None, visitor, why="google unknown")
        raise _nobody()
    with transaction():
        user = invitations.join(invited, name=invited.name, password_hash=None)
        _keep(user, found)
    return user


def _link(user_id: int, found: tokens.Person, session_token: str | None) -> None:
    """Linking needs the session that asked for it, still signed in."""
    actor = recognise(session_token) if session_token else None
    if actor is None or actor.id != user_id or actor.kind != "user":
        raise tokens.refused()
    taken = ExternalIdentity.get_or_none(ExternalIdentity.issuer == found.issuer, ExternalIdentity.subject == found.subject)
    if taken is not None or identity_of(user_id) is not None:
        raise Conflict("A Google account is linked already.", code="google_taken", help="Unlink it first.")
    with transaction():
        _keep(User.get_by_id(user_id), found)


def _keep(user: User, found: tokens.Person) -> None:
    ExternalIdentity.insert(
        id=new_id(), user=user.id, issuer=found.issuer, subject=found.subject, email=found.email, created_at=now()
    ).execute()
    record("google.linked", by=person(user), subject=f"user:{user.id}", subject_name=found.email)


def _nobody() -> Denied:
    return Denied("Nobody here has this Google account.", code="google_unknown", help="Ask somebody of the team to invite you.")
