"""Pictures that a store keeps, made for a test: small, valid, each of its own colour."""
import contextlib
import hashlib
import sqlite3
import struct
import zlib


def png(n, size=16):
    """A square of the colour n."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes([n * 37 % 256, n * 91 % 256, n % 256]) * size for _ in range(size))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


def addresses(archive, what):
    """Of pictures of posts, or of portraits."""
    query = {"posts": "SELECT DISTINCT coalesce(url, preview) FROM media WHERE kind = 'image' ORDER BY post, n",
             "avatars": "SELECT DISTINCT avatar FROM author WHERE avatar IS NOT NULL ORDER BY 1"}[what]
    with contextlib.closing(sqlite3.connect(archive.store)) as db:
        return [row[0] for row in db.execute(query)]


def keep(archive, urls, first=1):
    """Names to bytes of what is kept from now on, one for each address, as a fetch of pictures would keep them."""
    kept = {}
    with contextlib.closing(sqlite3.connect(archive.store)) as db, db:
        for n, url in enumerate(urls, first):
            data = png(n)
            name = hashlib.sha256(data).hexdigest() + ".png"
            kept[name] = data
            db.execute("INSERT OR IGNORE INTO sqlar (name, mode, mtime, sz, data) VALUES (?, 33188, 0, ?, ?)", (name, len(data), data))
            db.execute("INSERT OR REPLACE INTO picture (url, name, width, height, size, at, why, lasting) VALUES (?, ?, 16, 16, 'large', 0, NULL, 0)",
                       (url, name))
    return kept


def in_folder(folder):
    """What lies there."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}
