"""HTTPS for any fake: a certificate authority and server certificates of the tests' own, made by `openssl`.

    with Certificates() as made:
        with MastodonFake(posts, tls=made.context("right")) as fake:
            run("archive", ..., env={"ARCHIVE_CA_FILE": made.ca})

The kinds: right (localhost and 127.0.0.1, signed by the authority), wrong-name (other.example), expired, self-signed.
fake.url is then https://localhost:PORT. Making one takes some milliseconds, so it is done when first asked for.
"""
import os
import shutil
import ssl
import subprocess
import tempfile

NAMES = {"wrong-name": "DNS:other.example"}
KINDS = ("right", "wrong-name", "expired", "self-signed")
CONFIG = """[req]
distinguished_name = name
[name]
[server]
subjectAltName = %s
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[ca]
default_ca = ours
[ours]
database = %s/index.txt
new_certs_dir = %s
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
"""


class Certificates:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="fakes-tls-")
        self.ca = self._path("ca.pem")
        self._configure("ca", "DNS:localhost")
        open(self._path("index.txt"), "w").close()
        self._key("ca")
        self._openssl("req", "-x509", "-new", "-key", self._path("ca.key"), "-out", self.ca, "-days", "3650",
                      "-subj", "/CN=Authority of the tests", "-config", self._path("ca.conf"),
                      "-extensions", "authority")

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        shutil.rmtree(self.folder)

    def context(self, kind):
        """An ssl context of a server with this kind of certificate."""
        if kind not in KINDS:
            raise ValueError(kind)
        if not os.path.exists(self._path(kind + ".pem")):
            self._make(kind)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._path(kind + ".pem"), self._path(kind + ".key"))
        return context

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _openssl(self, *arguments):
        subprocess.run(("openssl",) + arguments, check=True, stdin=subprocess.DEVNULL, capture_output=True)

    def _key(self, name):
        self._openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self._path(name + ".key"))

    def _configure(self, name, names):
        with open(self._path(name + ".conf"), "w", encoding="ascii") as file:
            file.write(CONFIG % (names, self.folder, self.folder))

    def _make(self, kind):
        self._configure(kind, NAMES.get(kind, "DNS:localhost, IP:127.0.0.1"))
        self._key(kind)
        request = ("req", "-new", "-key", self._path(kind + ".key"), "-subj", "/CN=" + kind,
                   "-config", self._path(kind + ".conf"))
        out = self._path(kind + ".pem")
        if kind == "self-signed":
            self._openssl(*request, "-x509", "-days", "3650", "-extensions", "server", "-out", out)
            return
        self._openssl(*request, "-out", self._path(kind + ".csr"))
        dates = ("20200101000000Z", "20210101000000Z") if kind == "expired" else ("20200101000000Z", "20991231000000Z")
        self._openssl("ca", "-batch", "-notext", "-config", self._path(kind + ".conf"), "-extensions", "server",
                      "-in", self._path(kind + ".csr"), "-cert", self.ca, "-keyfile", self._path("ca.key"),
                      "-startdate", dates[0], "-enddate", dates[1], "-out", out)
