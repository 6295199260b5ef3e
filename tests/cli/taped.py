"""What the tests of data/example read: the exchanges of the tape, and small things to look at them with."""
import datetime
import re
import unicodedata

from harness import ROOT

TAPE = ROOT / "data" / "example"
TAG = "ssmjp"
ADDRESS = re.compile(r"https?://([^\s/\"'<>\\?#]+)((?:/[^\s\"'<>\\]*)?)")


def all_exchanges(host="*"):
    out = []
    for request in sorted(TAPE.glob(f"[0-9]*-{host}.request")):
        method, url = request.read_text(encoding="utf-8").split("\n")[0].split(" ")
        head, body = request.with_suffix(".http").read_bytes().split(b"\r\n\r\n", 1)
        out.append((method, url, head.decode(), body))
    assert out
    return out


def exchanges(host):
    """(method, url, head, body) of each exchange with one host, in recorded order, but for pictures."""
    return [one for one in all_exchanges(host) if "Content-Type: image/" not in one[2]]


def pictures():
    """(url, head, body) of each picture."""
    return [(url, head, body) for _, url, head, body in all_exchanges() if "Content-Type: image/" in head]


def strings(value):
    """Every string of a JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)


def milliseconds(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round(moment.timestamp() * 1000)


def folded(text):
    return unicodedata.normalize("NFKC", text).lower()


def is_nobodys(host, path):
    if host == "x.com":
        return re.match(r"/[A-Za-z0-9_]{16,}(/|$)", path) is not None
    if host == "t.co":
        # X makes ten letters
        return re.fullmatch(r"/[A-Za-z0-9]{11,}", path) is not None
    return host.endswith(".example") or host.split(":")[0] == "localhost"
