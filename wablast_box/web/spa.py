"""Serves the built interface: hashed files for ever, everything else asked again, the smallest encoding a browser takes."""

from __future__ import annotations

from pathlib import Path

from quart import Blueprint, Response, request, send_from_directory

from wablast_box.lib.errors import NotFound
from wablast_box.web.auth import public

STATIC = Path(__file__).parent.parent / "ui" / "static"
# Addresses that belong to others: an unknown one of these is an error, not a page.
_NOT_PAGES = ("api/", "hooks/", "socket.io/", "simulator/", "healthz", "readyz")
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_NOT_BUILT = b"The web interface is not built. Install the package again, or run: python -m hatchling build\n"

blueprint = Blueprint("spa", __name__)


@blueprint.get("/")
@blueprint.get("/<path:path>")
@public
async def page(path: str = "index.html") -> Response:
    """A built file, or the one page that draws every screen."""
    if path.startswith(_NOT_PAGES):
        raise NotFound("There is no such address.")
    if not (STATIC / "index.html").is_file():
        return Response(_NOT_BUILT, 503, content_type="text/plain; charset=utf-8")
    name = path if _is_built(path) else "index.html"
    if name == "index.html" and Path(path).suffix in (".js", ".css", ".map", ".woff2", ".png", ".svg"):
        raise NotFound("There is no such file.")
    return await _file(name)


def _is_built(path: str) -> bool:
    # An exact look-up among the built files: no path of the visitor ever reaches the file system.
    return path in _built_files()


def _built_files() -> frozenset[str]:
    if not _known:
        _known.append(frozenset(file.relative_to(STATIC).as_posix() for file in STATIC.rglob("*") if file.is_file()))
    return _known[0]


_known: list[frozenset[str]] = []


async def _file(name: str) -> Response:
    accepted = request.headers.get("Accept-Encoding", "")
    for encoding, suffix in _ENCODINGS:
        if encoding in accepted and name + suffix in _built_files():
            response: Response = await send_from_directory(STATIC, name + suffix, mimetype=_type(name))
            response.headers["Content-Encoding"] = encoding
            return _cached(response, name)
    return _cached(await send_from_directory(STATIC, name, mimetype=_type(name)), name)


_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".ico": "image/x-icon",
}


def _type(name: str) -> str:
    return _TYPES.get(Path(name).suffix, "application/octet-stream")


def _cached(response: Response, name: str) -> Response:
    is_hashed = name.startswith("assets/")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_hashed else "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    return response
