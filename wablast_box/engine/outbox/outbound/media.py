"""Files in what we send: ours by `media_id`, or somebody's by `link`. At send time our ids become Meta's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.outbox.outbound.fields import Fields, our_id

MEDIA_KINDS = frozenset({"image", "audio", "video", "document", "sticker"})
WITHOUT_CAPTION = frozenset({"audio", "sticker"})


@dataclass(frozen=True, slots=True)
class OutboundMedia:
    """The file that a media message consists of."""

    kind: str
    media_id: int | None
    link: str | None
    filename: str | None = None
    voice: bool = False

    @classmethod
    def of(cls, kind: str, content: Mapping[str, Any]) -> OutboundMedia | None:
        if kind not in MEDIA_KINDS:
            return None
        media_id = content.get("media_id")
        return cls(
            kind=kind,
            media_id=int(media_id) if media_id is not None else None,
            link=content.get("link"),
            filename=content.get("filename"),
            voice=bool(content.get("voice")),
        )


def check_media(media: Fields, kind: str, *, bare: bool = False) -> None:
    """`bare`: in a header or a template, where a caption has no place."""
    media_id = our_id(media, "media_id")
    if media_id is None and "link" not in media:
        raise media.fail("media_id", "is missing: upload the file first and give its id, or give a link.")
    if "link" in media:
        media.link("link")
        if media_id is not None:
            raise media.fail("link", "stands beside media_id. Give one of the two.")
    media.raw("link")
    if not bare and kind not in WITHOUT_CAPTION:
        media.optional("caption", 1024)
    if kind == "document":
        media.optional("filename", 240)
    if kind == "audio" and not bare:
        media.flag("voice")
    media.end()


def media_ids(content: object) -> tuple[int, ...]:
    """Every file of ours in the content, each once, in order: also in headers, cards and template values."""
    return tuple(dict.fromkeys(_walk(content)))


def with_meta_ids(content: Any, at_meta: Mapping[int, str]) -> Any:
    """The content with Meta's `id` in place of each `media_id` of ours, as Graph wants it."""
    if isinstance(content, Mapping):
        found = {key: with_meta_ids(value, at_meta) for key, value in content.items() if key != "media_id"}
        return {"id": at_meta[int(content["media_id"])]} | found if "media_id" in content else found
    if isinstance(content, list):
        return [with_meta_ids(item, at_meta) for item in content]
    return content


def _walk(content: object) -> Iterator[int]:
    if isinstance(content, Mapping):
        media_id = content.get("media_id")
        if isinstance(media_id, str) and media_id.isascii() and media_id.isdigit():
            yield int(media_id)
        for value in content.values():
            yield from _walk(value)
    elif isinstance(content, list):
        for item in content:
            yield from _walk(item)
