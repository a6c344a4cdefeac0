"""A recording proxy between a client and the practice organisation, with TLS and a certificate authority of its own.

One listener stands in front of each server. Wherever a message names a server (`localhost:PORT` in a body, a header, an address)
the proxy puts itself, and the other way round, so that everything a client is told to use flows through here. Requests and
answers are kept in memory as the client saw them.
"""

import datetime
import http.client
import http.server
import ipaddress
import ssl
import threading
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

# Seconds without an answer after which a server counts as hung.
PATIENCE = 120
# Headers that belong to one connection and are made anew on the other side.
OWN_HEADERS = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "keep-alive"}


@dataclass
class Exchange:
    """One request and its answer."""

    method: str
    target: str
    request_headers: dict
    request: bytes
    status: int = 0
    headers: dict = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self):
        """The address without host and query."""
        return self.target.split("?", 1)[0]

    def __str__(self):
        return f"{self.method} {self.path} -> {self.status}"


def authority_and_leaf(folder):
    """Writes a private CA and a certificate for localhost; returns the CA's path and the server's."""
    now = datetime.datetime.now(datetime.timezone.utc)

    def certificate(name, key, issuer, issuer_key, extensions):
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]))
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(days=2))
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return builder.sign(issuer_key, hashes.SHA256())

    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "recording proxy")])
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    ca = certificate(
        "recording proxy",
        ca_key,
        ca_name,
        ca_key,
        [
            (x509.BasicConstraints(True, 0), True),
            (usage, True),
            (x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), False),
        ],
    )
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    leaf = certificate(
        "localhost",
        key,
        ca_name,
        ca_key,
        [
            (x509.SubjectAlternativeName(names), False),
            (x509.BasicConstraints(False, None), True),
            (x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.SERVER_AUTH]), False),
            (x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), False),
        ],
    )
    pem = serialization.Encoding.PEM
    ca_file, server_file = folder / "proxy-ca.pem", folder / "proxy.pem"
    ca_file.write_bytes(ca.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    server_file.write_bytes(private + leaf.public_bytes(pem))
    return ca_file, server_file


class Proxy:
    """Listeners in front of `hosts` (a list of `host:port`); use it as a context."""

    def __init__(self, hosts, server_ca, folder):
        self.records, self.lock, self.servers = [], threading.Lock(), []
        self.to_server = ssl.create_default_context(cafile=str(server_ca))
        self.ca_file, server_file = authority_and_leaf(folder)
        to_client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        to_client.load_cert_chain(server_file)
        self.fronts = {}
        for host in dict.fromkeys(hosts):
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(self, host))
            server.daemon_threads = True
            server.handle_error = lambda *_: None  # a client that breaks off is the client's business
            server.socket = to_client.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
            self.servers.append(server)
            self.fronts[host] = f"localhost:{server.server_address[1]}"

    def __enter__(self):
        for server in self.servers:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def outward(self, text):
        """Puts the proxy's addresses where a server's stand."""
        for back, front in self.fronts.items():
            text = swap(text, back, front)
        return text

    def inward(self, text):
        """Puts the servers' addresses where the proxy's stand."""
        for back, front in self.fronts.items():
            text = swap(text, front, back)
        return text


def swap(text, old, new):
    """Replaces in text or bytes."""
    if isinstance(text, bytes):
        return text.replace(old.encode(), new.encode())
    return text.replace(old, new)


def handler(proxy, back):
    """A request handler that forwards to `back`."""

    class Forward(http.server.BaseHTTPRequestHandler):
        """One client connection, and the server connection that belongs to it."""

        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        upstream = None

        def answer(self):
            """Forwards one request, records and returns the answer."""
            body = self.read_body()
            record = Exchange(self.command, self.path, dict(self.headers.items()), body)
            headers = {k: proxy.inward(v) for k, v in self.headers.items() if k.lower() not in OWN_HEADERS}
            headers["Host"] = back
            if body or self.command in ("POST", "PUT", "PATCH"):
                headers["Content-Length"] = str(len(proxy.inward(body)))
            try:
                response = self.ask(headers, proxy.inward(body))
                answer = response.read()
            except (OSError, http.client.HTTPException):
                # The server broke the connection off: so does the proxy.
                self.upstream, self.close_connection = None, True
                return
            if response.will_close:
                self.upstream = None
            record.status, record.headers = response.status, dict(response.getheaders())
            record.body = proxy.outward(answer)
            with proxy.lock:
                proxy.records.append(record)
            self.send_response_only(response.status, response.reason)
            for name, value in response.getheaders():
                if name.lower() not in OWN_HEADERS:
                    self.send_header(name, proxy.outward(value))
            if response.status not in (204, 304):
                self.send_header("Content-Length", str(len(record.body)))
            self.end_headers()
            self.wfile.write(record.body)

        def ask(self, headers, body):
            """The server's answer, over a kept connection where there is one."""
            if self.upstream is None:
                host, port = back.rsplit(":", 1)
                self.upstream = http.client.HTTPSConnection(host, int(port), timeout=PATIENCE, context=proxy.to_server)
            self.upstream.request(self.command, proxy.inward(self.path), body or None, headers)
            return self.upstream.getresponse()

        def read_body(self):
            """The request's body, of known length or in chunks."""
            if "chunked" in self.headers.get("Transfer-Encoding", ""):
                parts = []
                while size := int(self.rfile.readline().split(b";")[0], 16):
                    parts.append(self.rfile.read(size))
                    self.rfile.readline()
                while self.rfile.readline() not in (b"\r\n", b"\n", b""):
                    pass
                return b"".join(parts)
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))

        do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = do_OPTIONS = do_HEAD = answer

        def log_message(self, *_):
            """Quiet: the records tell more."""

    return Forward
