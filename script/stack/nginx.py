"""nginx with the configuration that we ship, filled in for a folder and ports of our own; for benchmarks and tests."""

import datetime
import os
import re
import shutil
import signal
import socket
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stack import layout, stopping
from stack.console import Refusal, tail
from stack.family import Child, Family

CONFIGURATION = layout.ROOT / "docs" / "operations" / "nginx.conf"
PLACEHOLDER = re.compile(r"@([A-Z_]+)@")
MIME_TYPES = ("/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types")


def find() -> str | None:
    """The nginx program, also where a normal user's PATH does not look."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")


def fill_in(values: dict[str, str], template: str | None = None) -> str:
    """The shipped configuration with all its placeholders replaced; a missing value or one too many is refused."""
    text = CONFIGURATION.read_text(encoding="utf-8") if template is None else template
    wanted = set(PLACEHOLDER.findall(text))
    if wanted != set(values):
        raise Refusal(f"nginx.conf: values and placeholders differ: {sorted(wanted ^ set(values))}")
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)


class Nginx:
    """nginx in `home` in front of `upstream` (host:port); start() returns when it listens."""

    def __init__(self, home: Path, *, name: str, upstream: str, static: Path, http: int, https: int) -> None:
        self.home, self.http, self.https, self.name = layout.make_private_dir(home), http, https, name
        self.certificate, key = home / "certificate.pem", home / "key.pem"
        make_certificate(name, self.certificate, key)
        self.values = {
            "USER": "root" if os.geteuid() == 0 else "nobody",  # only so that workers may read our folders
            "LOG_DIR": str(home), "CACHE_DIR": str(layout.make_private_dir(home / "cache")),
            "MIME_TYPES": next((path for path in MIME_TYPES if Path(path).is_file()), MIME_TYPES[0]),
            "UPSTREAM": upstream, "ADDRESS": "127.0.0.1", "HTTP_PORT": str(http), "HTTPS_PORT": str(https),
            "SERVER_NAME": name, "CERTIFICATE": str(self.certificate), "CERTIFICATE_KEY": str(key),
            "STATIC_ROOT": str(static),
        }  # fmt: skip
        self.configuration = home / "nginx.conf"
        self.log = home / "nginx.log"
        self.child: Child | None = None

    def command(self, *arguments: str) -> list[str]:
        """nginx with our configuration, in the foreground, everything that it writes in our folder."""
        program = find()
        if program is None:
            raise Refusal("No nginx here. On Debian: apt-get install nginx-light")
        main = f"daemon off; pid {self.home}/nginx.pid;"
        return [
            program,
            "-p",
            str(self.home),
            "-c",
            str(self.configuration),
            "-e",
            str(self.log),
            "-g",
            main,
            *arguments,
        ]

    def write(self, text: str | None = None) -> None:
        """Write the filled-in configuration; a given text (for controls) takes the place of the shipped one."""
        layout.write_private(self.configuration, fill_in(self.values, text))

    def start(self, family: Family) -> Child:
        """Start and wait for the port."""
        self.child = Child("nginx", self.command(), log=self.home / "nginx.out", stop_signal=signal.SIGQUIT)
        family.start(self.child)
        for _ in range(500):
            if not self.child.alive:
                raise Refusal(f"{tail(self.home / 'nginx.out')}\n\nnginx did not start.")
            try:
                socket.create_connection(("127.0.0.1", self.https), timeout=1).close()
            except OSError:
                stopping.pause(0.02)
            else:
                return self.child
        raise Refusal(f"nginx does not listen on {self.https}; its log: {self.log}")


def make_certificate(name: str, certificate: Path, key: Path) -> None:
    """A self-signed certificate for a day."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    no_password = serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    layout.write_private(key, private.private_bytes(pem, form, no_password).decode())
    layout.write_private(certificate, signed.public_bytes(pem).decode())
