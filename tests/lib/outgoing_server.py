"""A web server on this machine with every kind of trouble that the web has, and what asks it."""

import datetime as dt
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOOPBACK = "127.0.0.1"
ROBOTS = b"User-agent: *\nDisallow: /kept\n"


class Trouble(BaseHTTPRequestHandler):
    """The path says what happens."""

    def do_GET(self):
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        name = self.path.strip("/").split("?")[0].replace("-", "_").replace(".", "_")
        getattr(self, f"do_{name or 'ok'}", self.do_ok)()

    do_HEAD = do_GET  # noqa: N815

    def answer(self, status=200, body=b"<p>Hallo</p>", **headers):
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_ok(self):
        self.answer()

    def do_robots_txt(self):
        self.answer(self.server.robots_status, self.server.robots)

    def do_gone(self):
        self.answer(410)

    def do_missing(self):
        self.answer(404)

    def do_broken(self):
        self.answer(500)

    def do_forbidden(self):
        self.answer(403)

    def do_busy(self):
        self.answer(503, Retry_After="864000")

    def do_get_only(self):
        self.answer(405 if self.command == "HEAD" else 206)

    def do_moved(self):
        self.answer(301, Location="/ok-there")

    def do_for_now(self):
        self.answer(302, Location="/ok-there")

    def do_round(self):
        self.answer(302, Location="/round?again")

    def do_chain(self):
        number = int(self.path.partition("?")[2] or "0")
        self.answer(302, Location=f"/chain?{number + 1}")

    def do_inside(self):
        self.answer(301, Location="http://10.0.0.1/secret")

    def do_into_a_file(self):
        self.answer(301, Location="file:///etc/passwd")

    def do_into_kept(self):
        self.answer(301, Location="/kept")

    def do_slow(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _time in range(100):
            if self.server.over:
                return
            self.wfile.write(b"X-Drop: 1\r\n")
            time.sleep(0.02)

    def do_endless(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not self.server.over:
            self.wfile.write(b"x" * 65536)

    def do_huge_header(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1_000_000 + b"\r\n\r\n")

    def do_many_headers(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 10_000 + b"\r\n")

    def do_nonsense(self):
        self.wfile.write(b"\x00\x01\x02 what?\r\n\r\n")

    def do_silent(self):
        self.close_connection = True

    def handle(self):
        # Whoever has read enough hangs up in the middle of a sentence.
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def finish(self):
        with suppress(OSError):
            super().finish()

    def log_message(self, *args):
        pass


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[ThreadingHTTPServer]:
    """The server, with `asked` for what it was asked and `robots` for its rules."""
    server = ThreadingHTTPServer((LOOPBACK, 0), Trouble)
    server.daemon_threads, server.block_on_close = True, False
    server.asked, server.over, server.robots, server.robots_status = [], False, ROBOTS, 200
    server.handle_error = lambda *args: None
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over = True
        server.shutdown()
        server.server_close()
        thread.join()


def certificate_for(name: str, folder) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(what a server of that name shows, what believes it)."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = signed.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "server.pem"
    path.write_bytes(pem + secret)
    shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shows.load_cert_chain(path)
    return shows, ssl.create_default_context(cadata=pem.decode())
