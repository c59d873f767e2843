"""Where this browser sees the box: passkeys are made for a name and work for no other."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from wablast_box.engine.team.mfa.passkeys import Site
from wablast_box.lib.errors import Unavailable
from wablast_box.web.visits import Visit


def site_of(visit: Visit) -> Site | None:
    """The site for passkeys; None on a bare address and without https, where browsers have none."""
    host = urlsplit(f"//{visit.host}").hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return Site(host, (visit.origin,)) if host and (visit.is_secure or host == "localhost") else None
    return None


def require_site(visit: Visit) -> Site:
    """The site, or Unavailable with the reason."""
    site = site_of(visit)
    if site is None:
        raise Unavailable(
            "Passkeys do not work at this address.",
            code="no_passkeys",
            help="They need a name and https, not a bare address. Open the box under its public name, or use an authenticator app.",
        )
    return site
