"""How often somebody may guess. Kept in the database: a restart forgives nothing.

Per account 5 wrong ones, then a wait of 30 s that doubles to 15 min and is never for good. Per address 20 in 10 min.
Per box 200 in 10 min, then everybody is slowed by a second. Accounts that do not exist are counted like those that do.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wablast_box.engine.team.models import Throttle
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Unavailable

WINDOW = timedelta(minutes=10)
ACCOUNT_FREE, ADDRESS_FREE, BOX_FREE = 5, 20, 200
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
SLOWED_BY_S = 1.0
# An account that nobody guessed at for a day starts again from nothing.
ACCOUNT_MEMORY = timedelta(days=1)
_BOX = "box"


@dataclass(frozen=True, slots=True)
class Guess:
    """One try at something secret: counted as wrong before it is checked, forgiven when it was right."""

    keys: tuple[str, ...]


def begin_guess(*, address: str | None, account: str | None = None) -> Guess:
    """Count one try, or raise `throttled` with the seconds to wait. Counting first leaves no gap for a hundred tries at once."""
    guess = Guess(_keys(address, account))
    with transaction():
        rows = _rows(guess.keys)
        _refuse_if_blocked(rows)
        for row in rows:
            _count(row)
    return guess


def forgive(guess: Guess, *, keeping_account: bool = False) -> None:
    """The guess was right: it does not count, and the account starts again from nothing.

    `keeping_account`: a second factor is still to come. Whoever knows the password must not win new tries at it.
    """
    with transaction():
        for key in guess.keys:
            if key.startswith("account:"):
                if keeping_account:
                    continue
                Throttle.delete().where(Throttle.key == key).execute()
            else:
                Throttle.update(failures=Throttle.failures - 1, blocked_until=None).where(
                    Throttle.key == key, Throttle.failures > 0
                ).execute()


def count_wrong_token(address: str | None) -> None:
    """A link, ticket or key that nobody gave out. Nobody guesses 256 bits, so right ones are never held up by wrong ones."""
    begin_guess(address=address)


def slowed_by_s() -> float:
    """How long the edge waits before the next try: a second while the whole box is being guessed at."""
    row = Throttle.get_or_none(Throttle.key == _BOX)
    return SLOWED_BY_S if row is not None and row.failures > BOX_FREE and now() - row.window_began_at < WINDOW else 0.0


def _keys(address: str | None, account: str | None) -> tuple[str, ...]:
    # The account is hashed: what people type into the e-mail field is sometimes their password.
    named = [f"account:{hashlib.sha256(account.encode('utf-8', 'surrogatepass')).hexdigest()}"] if account else []
    return (*named, f"address:{_network(address)}", _BOX)


def _network(address: str | None) -> str:
    """The address, or the /64 of an IPv6 one: that is what one customer of a provider gets."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False).network_address)


def _rows(keys: Sequence[str]) -> list[Throttle]:
    moment = now()
    Throttle.insert_many([{"key": key, "failures": 0, "window_began_at": moment} for key in sorted(keys)]).on_conflict_ignore().execute()
    return list(Throttle.select().where(Throttle.key.in_(list(keys))).order_by(Throttle.key))


def _refuse_if_blocked(rows: Sequence[Throttle]) -> None:
    moment = now()
    until = max((row.blocked_until for row in rows if row.blocked_until and row.blocked_until > moment), default=None)
    if until is not None:
        raise throttled((until - moment).total_seconds())


def throttled(wait_s: float) -> Unavailable:
    """The answer to too many tries."""
    return Unavailable("Too many wrong tries.", code="throttled", help="Wait a little, then try again.", retry_after_s=max(1.0, wait_s))


def _count(row: Throttle) -> None:
    moment = now()
    memory = ACCOUNT_MEMORY if row.key.startswith("account:") else WINDOW
    if moment - row.window_began_at >= memory:
        Throttle.update(failures=1, window_began_at=moment, blocked_until=None).where(Throttle.key == row.key).execute()
        return
    # Counted by the database, so that two at once count as two.
    Throttle.update(failures=Throttle.failures + 1, blocked_until=_blocked_until(row, moment)).where(Throttle.key == row.key).execute()


def _blocked_until(row: Throttle, moment: datetime) -> datetime | None:
    failures = row.failures + 1
    if row.key.startswith("address:") and failures >= ADDRESS_FREE:
        until: datetime = row.window_began_at + WINDOW
        return until
    if not row.key.startswith("account:") or failures < ACCOUNT_FREE:
        return None
    return moment + min(LONGEST_WAIT, FIRST_WAIT * (1 << min(failures - ACCOUNT_FREE, 10)))
