"""How each server counts: ids from a time in milliseconds and a post's key, always the same for the same post.

Every function returns the id as a string. Where two posts meet in one millisecond, the shelf asks again with the next
`turn`.
"""
import hashlib
import time

from .post import checksum

X_EPOCH = 1288834974657
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
TID = "234567abcdefghijklmnopqrstuvwxyz"
YEAR_2000 = 946_684_800_000
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _noise(key, turn, bits):
    return (checksum(key) + turn) & ((1 << bits) - 1)


def _digits(number, alphabet, width):
    out = ""
    while number:
        number, digit = divmod(number, len(alphabet))
        out = alphabet[digit] + out
    return out.rjust(width, alphabet[0])


def mastodon(ms, key, turn=0):
    return str((ms << 16) | _noise(key, turn, 16))


def ulid(ms, key, turn=0):
    return _digits((ms << 80) | (_noise(key, turn, 32) << 40), CROCKFORD, 26)


def flake(ms, key, turn=0):
    return _digits((ms << 64) | (_noise(key, turn, 32) << 24), BASE62, 18)


def snac(ms, key, turn=0):
    """Seconds, then a hash: inside one second the ids are in no order at all."""
    return "%010d%s" % (ms // 1000, hashlib.md5(("%s %d" % (key, turn)).encode()).hexdigest())


def x(ms, key, turn=0):
    return str(((ms - X_EPOCH) << 22) | _noise(key, turn, 22))


def aidx(ms, key, turn=0):
    """Misskey's usual kind: milliseconds since 2000, the node, a counter."""
    base36 = BASE62[:36].lower()
    return _digits(ms - YEAR_2000, base36, 8) + "cafe" + _digits(_noise(key, turn, 20), base36, 4)


def tid(ms, key, turn=0):
    """Bluesky's name of a record: the microseconds of whoever wrote it, and a clock's number."""
    micros = ms * 1000 + (checksum(key) + turn) % 1000
    return _digits((micros << 10) | _noise("clock " + key, turn, 10), TID, 13)


def x_ms(number):
    """The time inside an id of X."""
    return (int(number) >> 22) + X_EPOCH


def x_floor(ms):
    """The smallest id of X that a post of this time can have."""
    return max(0, ms - X_EPOCH) << 22


def iso(ms):
    """2026-05-28T20:26:40.123Z"""
    return "%s.%03dZ" % (time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(ms // 1000)), ms % 1000)
