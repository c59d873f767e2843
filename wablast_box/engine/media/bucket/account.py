"""Where the bucket is and with which key. Whoever knows the settings says it here; this feature stands below them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from wablast_box.engine.media.models import Place


@dataclass(frozen=True, slots=True)
class Account:
    """`near`: it stands in the owner's own network. `path_style`: the bucket is named in the path, not in front of the host."""

    endpoint: str
    region: str
    bucket: str
    prefix: str
    key_id: str
    secret: str
    path_style: bool
    near: bool

    def url_of(self, name: str) -> str:
        """The address of an object; of the bucket itself when the name is empty."""
        parts = urlsplit(self.endpoint)
        path = quote(f"{self.prefix}{name}" if name else "", safe="/~-._")
        if self.path_style:
            return f"{parts.scheme}://{parts.netloc}/{self.bucket}/{path}"
        return f"{parts.scheme}://{self.bucket}.{parts.netloc}/{path}"


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where new files go, and the bucket that holds those which lie there."""

    place: Place
    account: Account | None


_find: list[Callable[[], Keeping]] = []


def use_accounts(find: Callable[[], Keeping]) -> None:
    """Ask `find` from now on; the composition root connects it to the settings."""
    _find[:] = [find]


def keeping() -> Keeping:
    """As it is now; the disk where nobody has said anything."""
    return _find[0]() if _find else Keeping(Place.DISK, None)
