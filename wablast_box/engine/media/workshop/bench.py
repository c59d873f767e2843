"""The process that opens pictures. Runs by its path, knows nothing of the box: a line of JSON in, a line of JSON out.

Only four formats are known here, the size is looked at before a pixel is, and what comes out was drawn anew: no camera's
notes, no place, no second file hidden behind the first.
"""

from __future__ import annotations

import io
import json
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps, ImageSequence

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 50_000_000
# Of all pictures of a moving one together.
MOST_FRAMES, MOST_MOVING_PIXELS = 150, 60_000_000
MEMORY, FILE_SIZE = 1024 * 1024 * 1024, 32 * 1024 * 1024
_QUALITIES = (90, 82, 70, 55)
_SRGB = ImageCms.createProfile("sRGB")


class Unfit(Exception):
    """Not a picture that anybody should open; says why, for people."""


def main() -> None:
    """Work off what stands on the input until it ends."""
    _limit()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"ok": True, **_work(Path(order["source"]), order["make"])}
    except Unfit as unfit:
        return {"ok": False, "why": str(unfit)}
    except Exception as failed:
        # Broken pictures raise whatever they like.
        return {"ok": False, "why": f"It cannot be read as a picture ({type(failed).__name__})."}


def _work(source: Path, wanted: list[dict[str, Any]]) -> dict[str, Any]:
    with Image.open(source, formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS or min(width, height) < 1:
            raise Unfit(f"A picture of {width} × {height} is too large.")
        turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        form = picture.format or ""
    made = [_make(source, form, one) for one in wanted]
    width, height = (height, width) if turned else (width, height)
    return {"width": width, "height": height, "made": made}


def _make(source: Path, form: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """One rendition: `longest` bounds its sides, `same` keeps the format, `most` bounds its bytes."""
    longest = wanted.get("longest")
    with Image.open(source, formats=FORMATS) as picture:
        if form == "WEBP" and _may_move(picture):
            frames, durations = _frames(picture, longest)
            return _written(wanted, "WEBP", frames[0], append_images=frames[1:], duration=durations, loop=0, save_all=True)
        if form == "JPEG" and longest:
            # Decodes a half, a quarter or an eighth, never more than is needed.
            picture.draft("RGB", (longest, longest))
        drawn = _plain(ImageOps.exif_transpose(picture), longest)
    if wanted.get("same"):
        return _written(wanted, form, drawn)
    return _written(wanted, "WEBP" if drawn.mode == "RGBA" else "JPEG", drawn)


def _may_move(picture: Image.Image) -> bool:
    count = getattr(picture, "n_frames", 1)
    return 1 < count <= MOST_FRAMES and count * picture.width * picture.height <= MOST_MOVING_PIXELS


def _frames(picture: Image.Image, longest: int | None) -> tuple[list[Image.Image], list[int]]:
    frames, durations = [], []
    for frame in ImageSequence.Iterator(picture):
        frame.load()
        durations.append(int(frame.info.get("duration", 100)))
        frames.append(_plain(frame, longest))
    return frames, durations


def _plain(picture: Image.Image, longest: int | None) -> Image.Image:
    """Only pixels, in the colours that every screen knows."""
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    drawn = picture.convert("RGBA" if has_alpha else "RGB") if picture.mode != "CMYK" or not profile else picture
    if profile:
        drawn = _in_srgb(drawn, profile)
    if longest and max(drawn.size) > longest:
        drawn.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    bare = Image.new(drawn.mode, drawn.size)
    bare.paste(drawn)
    return bare


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        return ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), _SRGB, outputMode=wanted) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture.convert(wanted)


def _written(wanted: dict[str, Any], form: str, picture: Image.Image, **more: Any) -> dict[str, Any]:
    """Keep the first that is small enough; each further try is a little coarser."""
    most = wanted.get("most") or FILE_SIZE
    best = wanted.get("quality") or _QUALITIES[0]
    data = b""
    for quality in (best, *(lower for lower in _QUALITIES if lower < best)):
        data = _encoded(picture, form, quality, more)
        if len(data) <= most:
            break
        if form in ("PNG", "GIF"):
            break
    if len(data) > most:
        raise Unfit("Drawn anew it is larger than WhatsApp takes. Save it as JPEG, or smaller.")
    Path(wanted["target"]).write_bytes(data)
    return {"mime_type": Image.MIME[form], "width": picture.width, "height": picture.height}


def _encoded(picture: Image.Image, form: str, quality: int, more: dict[str, Any]) -> bytes:
    written = io.BytesIO()
    options = {
        "JPEG": {"quality": quality, "progressive": True, "optimize": True},
        "WEBP": {"quality": quality, "method": 3},
        "PNG": {"compress_level": 9},
    }.get(form, {})
    picture.save(written, form, **options, **more)
    return written.getvalue()


def _limit() -> None:
    """What a picture may cost at most; Windows has no such limits, there only the clock counts."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
