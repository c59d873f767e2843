"""Files that somebody sends to do harm: what each is called, what it says it is, and what is in it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from PIL import Image, PngImagePlugin

from tests.pictures import JPEG, PNG, WEBP, a_picture

SCRIPT = b"<script>window.hacked = 1</script>"
HTML = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked = 1"><script>window.hacked = 1</script></svg>'
XHTML = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>window.hacked = 1</script></html>'
JS = b"window.hacked = 1; alert(1);\n" * 20
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
REFUSED, INLINE, SAVED = "refused", "inline", "saved"


@dataclass(frozen=True)
class Hostile:
    """`becomes`: what an upload of it comes to. From a customer every one is kept, and shown at most as what its bytes are."""

    what: str
    name: str
    declared: str
    data: bytes
    becomes: str


def _zip(*members: tuple[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return written.getvalue()


def _docx(*more: tuple[str, bytes]) -> bytes:
    return _zip(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<x/>"), *more)


def _jpeg_with(comment: bytes = b"", exif: dict[int, str] | None = None) -> bytes:
    notes = Image.Exif()
    for tag, words in (exif or {}).items():
        notes[tag] = words
    notes.get_ifd(0x8825).update({1: "N", 2: (19.0, 4.0, 33.0)})
    return a_picture("JPEG", exif=notes, comment=comment)


def _png_with(words: bytes) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", words.decode("latin-1"), zip=True)
    return a_picture("PNG", pnginfo=info)


def png_of(width: int, height: int, rows: bytes) -> bytes:
    """A PNG that says how large it is, whatever is in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def _endless_gif() -> bytes:
    head = b"GIF89a" + struct.pack("<HH", 8, 8) + b"\x80\x00\x00" + b"\x00\x00\x00\xff\xff\xff"
    return head + (b"\x2c" + struct.pack("<HHHH", 0, 0, 8, 8) + b"\x00\x02\x02\x84\x51\x00") * 300_000 + b"\x3b"


def _other(form: str) -> bytes:
    return a_picture(form)


_MP4 = b"\x00\x00\x00\x18ftypisom" + HTML * 20
_GIFAR = b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + b"\x00" * 40 + _zip(("Evil.class", b"\xca\xfe\xba\xbe"))
_PDF_JS = b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_RIFF = b"RIFF\x24\x00\x00\x00WEBPVP8 " + HTML
_J, _P, _T = "image/jpeg", "image/png", "text/plain"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FILES = (
    Hostile("a page called a photo", "a.jpg", _J, HTML, REFUSED),
    Hostile("a page called a picture", "a.png", _P, HTML, REFUSED),
    Hostile("a page", "a.html", "text/html", HTML, REFUSED),
    Hostile("a drawing that runs", "a.svg", "image/svg+xml", SVG, REFUSED),
    Hostile("a drawing that runs, called a picture", "a.png", _P, SVG, REFUSED),
    Hostile("a drawing that runs, called words", "a.txt", _T, SVG, REFUSED),
    Hostile("xml", "a.xml", "text/xml", XHTML, REFUSED),
    Hostile("xhtml called a photo", "a.jpg", _J, XHTML, REFUSED),
    Hostile("a script", "a.js", "text/javascript", JS, REFUSED),
    Hostile("a script called words", "a.txt", _T, JS, SAVED),
    Hostile("a page behind a mark, called words", "a.txt", _T, b"\xef\xbb\xbf" + HTML, REFUSED),
    Hostile("a page in two bytes a letter, called words", "a.txt", _T, HTML.decode().encode("utf-16"), REFUSED),
    Hostile("a page in seven bits, called words", "a.txt", _T, b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-", SAVED),
    Hostile("a script far down in words", "a.txt", _T, b"a" * 5000 + SCRIPT, SAVED),
    Hostile("a picture that is a program", "a.gif", "image/gif", _GIFAR, REFUSED),
    Hostile("a picture that is a program, called a photo", "a.jpg", _J, _GIFAR, REFUSED),
    Hostile("a photo with a page in its comment", "a.jpg", _J, _jpeg_with(comment=HTML), INLINE),
    Hostile("a photo with an archive behind it", "a.jpg", _J, JPEG + _zip(("evil.html", HTML)), INLINE),
    Hostile("a photo with a script in its notes", "a.jpg", _J, _jpeg_with(exif={0x010E: SCRIPT.decode(), 0x9286: SCRIPT.decode()}), INLINE),
    Hostile("a photo that says where it was taken", "a.jpg", _J, _jpeg_with(), INLINE),
    Hostile("a photo declared a page", "a.jpg", "text/html", JPEG, REFUSED),
    Hostile("a picture with a script in its words", "a.png", _P, _png_with(SCRIPT), INLINE),
    Hostile("a picture with endless words", "a.png", _P, _png_with(b"a" * 80_000_000), REFUSED),
    Hostile("a sticker with a script in it", "a.webp", "image/webp", a_picture("WEBP", xmp=SCRIPT), INLINE),
    Hostile("a sticker that is a page", "a.webp", "image/webp", _RIFF, REFUSED),
    Hostile("a picture of 50,000 by 50,000", "a.png", _P, png_of(50_000, 50_000, b"\0" * 1_000_000), REFUSED),
    Hostile("a picture that unpacks to 49 million points", "a.png", _P, png_of(7000, 7000, b"\0" * 7001 * 7000), INLINE),
    Hostile("a picture that is shorter than it says", "a.png", _P, png_of(7000, 7000, b"\0" * 100), REFUSED),
    Hostile("a moving picture without end", "a.gif", "image/gif", _endless_gif(), REFUSED),
    Hostile("a photo cut off", "a.jpg", _J, a_picture("JPEG", (900, 700), quality=95)[:2000], REFUSED),
    Hostile("an icon called a picture", "a.png", _P, _other("ICO"), REFUSED),
    Hostile("a drawing of Photoshop's called a photo", "a.jpg", _J, b"8BPS\x00\x01" + b"\0" * 200, REFUSED),
    Hostile("a scan called a photo", "a.jpg", _J, _other("TIFF"), REFUSED),
    Hostile("a bitmap called a picture", "a.png", _P, _other("BMP"), REFUSED),
    Hostile("nothing", "a.jpg", _J, b"", REFUSED),
    Hostile("a picture called a photo", "a.jpg", _J, PNG, REFUSED),
    Hostile("a paper that runs", "a.pdf", "application/pdf", _PDF_JS, SAVED),
    Hostile("a page in front of a paper", "a.pdf", "application/pdf", HTML + _PDF_JS, REFUSED),
    Hostile("a program called a paper", "a.pdf", "application/pdf", b"MZ\x90\x00" + b"\0" * 300, REFUSED),
    Hostile("a letter with a macro", "a.doc", "application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1VBA" + b"\0" * 600, SAVED),
    Hostile("a letter that unpacks to a hundred megabytes", "a.docx", _WORD, _docx(("word/bomb.bin", b"\0" * 100_000_000)), SAVED),
    Hostile("a letter whose parts climb out", "a.docx", _WORD, _docx(("../../../etc/cron.d/evil", b"x")), SAVED),
    Hostile("an archive called a letter", "a.docx", _WORD, _zip(("evil.html", HTML)), REFUSED),
    Hostile("a film with a page in it", "a.mp4", "video/mp4", _MP4, INLINE),
    Hostile("a song with a page in it", "a.mp3", "audio/mpeg", b"ID3" + HTML, INLINE),
    Hostile("a voice with a page in it", "a.ogg", "audio/ogg", b"OggS" + HTML, INLINE),
    Hostile("a name that climbs", "../../../../etc/passwd.jpg", _J, JPEG, INLINE),
    Hostile("a name with a nothing in it", "evil.html\x00.jpg", _J, JPEG, INLINE),
    Hostile("a name of another line", "a.jpg\r\nContent-Type: text/html\r\n\r\n<b>.jpg", _J, JPEG, INLINE),
    Hostile("a name of 255 letters", "ä" * 251 + ".jpg", _J, JPEG, INLINE),
    Hostile("a name that Windows keeps", "CON.jpg", _J, JPEG, INLINE),
    Hostile("a name written backwards", "photo\u202egpj.exe", "application/octet-stream", b"MZ" + b"\0" * 90, REFUSED),
    Hostile("a name that is a page's", 'x" onerror="window.hacked=1.jpg', _J, JPEG, INLINE),
    Hostile("what virus scanners look for", "a.txt", _T, EICAR, SAVED),
    Hostile("a sticker", "a.webp", "image/webp", WEBP, INLINE),
)  # fmt: skip
