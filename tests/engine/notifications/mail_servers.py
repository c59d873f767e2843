"""A mail server and a Resend of our own: they speak the real protocols, remember what they were given, and can refuse."""

from __future__ import annotations

import json
import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Received:
    """One letter as the server took it."""

    sender: str
    recipients: list[str]
    message: EmailMessage
    was_encrypted: bool


@dataclass
class MailServer:
    """RFC 5321 as far as a shop's letters go: EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA."""

    port: int = 0
    certificate: Path | None = None
    is_tls_from_the_start: bool = False
    users: dict[str, str] = field(default_factory=dict)
    # Command → what is answered in place of the usual.
    refusals: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)


@contextmanager
def running(server: MailServer) -> Iterator[MailServer]:
    """The server on a free port until the block ends."""
    handler = type("Handler", (_Session,), {"mail": server})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as tcp:
        tcp.daemon_threads = True
        server.port = tcp.server_address[1]
        threading.Thread(target=tcp.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        tcp.shutdown()


class _Session(socketserver.StreamRequestHandler):
    mail: MailServer

    def handle(self) -> None:
        self.is_encrypted = self.is_known = False
        self.sender, self.recipients = "", []
        try:
            if self.mail.is_tls_from_the_start:
                self._encrypt()
            self._say(self.mail.refusals.get("CONNECT", "220 mail.example.com"))
            while line := self.rfile.readline(2048):
                if not self._answer(line.decode("utf-8").rstrip("\r\n")):
                    return
        except (OSError, ssl.SSLError):
            return

    def _answer(self, line: str) -> bool:
        word = line.split(" ")[0].split(":")[0].upper()
        self.mail.commands.append(word)
        refused = self.mail.refusals.get(word)
        if refused is not None:
            self._say(refused)
            return True
        return bool(getattr(self, f"_{word.lower()}", self._unknown)(line))

    def _ehlo(self, line: str) -> bool:
        offers = ["250-mail.example.com", "250-8BITMIME"]
        if self.mail.certificate and not self.is_encrypted:
            offers.append("250-STARTTLS")
        if self.mail.users:
            offers.append("250-AUTH PLAIN")
        for offer in [*offers, "250 SIZE 10485760"]:
            self._say(offer)
        return True

    def _starttls(self, line: str) -> bool:
        self._say("220 go ahead")
        self._encrypt()
        return True

    def _auth(self, line: str) -> bool:
        _, name, password = b64decode(line.split(" ")[2]).decode().split("\0")
        self.is_known = self.mail.users.get(name) == password
        self._say("235 welcome" if self.is_known else "535 5.7.8 wrong user name or password")
        return True

    def _mail(self, line: str) -> bool:
        self.sender = line.partition("<")[2].partition(">")[0]
        self._say("530 sign in first" if self.mail.users and not self.is_known else "250 fine")
        return True

    def _rcpt(self, line: str) -> bool:
        self.recipients.append(line.partition("<")[2].partition(">")[0])
        self._say("250 fine")
        return True

    def _data(self, line: str) -> bool:
        self._say("354 go on")
        body = bytearray()
        while (part := self.rfile.readline()) not in (b".\r\n", b""):
            body += part[1:] if part.startswith(b".") else part
        message = BytesParser(_class=EmailMessage, policy=SMTP).parsebytes(bytes(body))
        self.mail.received.append(Received(self.sender, list(self.recipients), message, self.is_encrypted))
        self._say("250 taken")
        return True

    def _rset(self, line: str) -> bool:
        self._say("250 fine")
        return True

    def _quit(self, line: str) -> bool:
        self._say("221 bye")
        return False

    def _unknown(self, line: str) -> bool:
        self._say("502 not known")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")
        self.wfile.flush()

    def _encrypt(self) -> None:
        assert self.mail.certificate is not None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.mail.certificate)
        self.request = context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb")
        self.is_encrypted = True


def make_certificate(folder: Path, name: str = "localhost") -> Path:
    """A key and a certificate that signs itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    moment = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@dataclass
class Resend:
    """Resend's `POST /emails`: keys, idempotency, its way to refuse."""

    port: int = 0
    key: str = "re_right"
    answer: tuple[int, dict[str, Any]] | None = None
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: int = 0


@contextmanager
def running_resend(resend: Resend) -> Iterator[Resend]:
    """The service on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            resend.calls += 1
            status, said = self._judge(body)
            data = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _judge(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
            if resend.answer is not None:
                return resend.answer
            if self.headers["Authorization"] != f"Bearer {resend.key}":
                return 401, {"name": "validation_error", "message": "API key is invalid"}
            resend.taken.setdefault(self.headers["Idempotency-Key"], body)
            return 200, {"id": "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"}

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        resend.port = http.server_address[1]
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        yield resend
        http.shutdown()
