"""The program asks, the evening answers, and what passes between them becomes the tape.

A network has a `source`, as the program names it when the event is real (mastodon:social.example), a `base`, the address
that stands in the tape, and answer(request), which gives the headers and the body. A request that it does not know, or
that asks for what the evening does not have, is a KeyError or ValueError: then there is no tape.

Each network is fetched by a run of its own, and the runs are laid side by side, so that the tape is the same each time.
"""

import dataclasses
import http.server
import itertools
import os
import subprocess
import threading
import urllib.parse


class Failed(Exception):
    pass


@dataclasses.dataclass
class Request:
    method: str
    path: str
    query: dict         # of str
    body: bytes
    number: int         # from 1, of those to this server


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.count += 1
        parts = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        request = Request(self.command, parts.path, query, body, self.server.count)
        try:
            headers, answer = self.server.network.answer(request)
        except (KeyError, ValueError) as error:
            self.server.failures.append(f"{self.command} {self.path}: {error!r}")
            self.close_connection = True
            return
        head = "".join(f"{name}: {value}\r\n" for name, value in [*headers, ("Content-Length", len(answer))])
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + head.encode() + b"\r\n" + answer)

    do_POST = do_GET

    def log_message(self, *unused):
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, network):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.network, self.count, self.failures = network, 0, []


def record(program, network, evening, room):
    """The exchanges of a fetch of one network: (request, answer) as the files of the tape hold them."""
    folder = room / network.host
    with _Server(network) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        fetch(program, network, evening, folder, address)
        server.shutdown()
        if server.failures:
            raise Failed(server.failures[0])
    once = {}       # what is asked twice is kept once: a tape gives its last answer again and again
    for path in sorted(folder.glob("[0-9]*.request")):
        request = path.read_bytes().replace(address.encode(), network.base.encode(), 1)
        once.setdefault(request, path.with_suffix(".http").read_bytes())
    return [(network.host, request, answer) for request, answer in once.items()]


def fetch(program, network, evening, folder, address):
    kind = network.source.partition(":")[0]
    home = folder.parent / "home" / network.host
    home.mkdir(parents=True)
    done = subprocess.run(
        [program, "--store", home / "archive.db", "fetch", "#" + evening.tag, "--source", f"{kind}:{address}",
         "--budget", "100", "--record", folder],
        env={"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo",
             "ARCHIVE_NOW": str(int(evening.recorded.timestamp())), "ARCHIVE_X_TOKEN": "of-the-evening"},
        capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"{network.source}: the fetch ends with {done.returncode}\n{done.stdout}{done.stderr}")


def write(folder, walks, sources, recorded):
    """The walks side by side, as one loop over all sources would record them."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("[0-9]*.request"), *folder.glob("[0-9]*.http"), *folder.glob("index")]:
        old.unlink()
    rounds = itertools.zip_longest(*walks)
    for number, (host, request, answer) in enumerate((one for turn in rounds for one in turn if one), 1):
        (folder / f"{number:04d}-{host}.request").write_bytes(request)
        (folder / f"{number:04d}-{host}.http").write_bytes(answer)
    lines = ["archive-tape 1", f"time {recorded:%Y-%m-%dT%H:%M:%SZ}", *(f"source {source}" for source in sources)]
    (folder / "index").write_text("\n".join(lines) + "\n", encoding="utf-8")
