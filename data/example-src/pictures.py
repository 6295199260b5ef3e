"""What the evening's posts show, drawn by what each address is for and by its letters: a slide in a dark room, a portrait of
squares, an emoji. The program itself says which it wants; they follow the tape's last exchange."""

import colorsys
import hashlib
import json
import os
import subprocess
import tempfile
import urllib.parse

import drawing
import recording


def wanted(program, folder, tag):
    """{url: use} of all that the posts of the tape show, in the program's order."""
    with tempfile.TemporaryDirectory(prefix="example-") as home:
        def run(*words):
            return subprocess.run([program, "--store", f"{home}/archive.db", *words], capture_output=True, text=True,
                                  env={"HOME": home, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"})
        run("fetch", "#" + tag, "--replay", str(folder))
        done = run("media", "--tag", tag, "--avatars", "--replay", str(folder), "--json")
    if done.returncode != 3:
        raise recording.Failed(f"media ends with {done.returncode}\n{done.stdout}{done.stderr}")
    return {miss["url"]: miss["use"] for miss in json.loads(done.stdout)["missed"]}


def colour(seed, light, strength=0.5):
    return tuple(round(255 * part) for part in colorsys.hls_to_rgb(seed / 256, light, strength))


def slide(seed):
    """A screen with a heading and lines in front of a few heads; now and then on its side."""
    width, height = (40, 30) if seed[0] % 5 else (30, 40)
    rows = [[colour(seed[1], 0.06 + 0.10 * y / height) for _ in range(width)] for y in range(height)]
    top, bottom, left, right = 3, height - 9, 4, width - 4
    for y in range(top, bottom):
        for x in range(left, right):
            rows[y][x] = colour(seed[2], 0.93, 0.3)
    for x in range(left + 2, left + 10 + seed[3] % 12):
        rows[top + 2][x] = colour(seed[2], 0.35)
    for line in range((bottom - top - 6) // 2):
        for x in range(left + 3, left + 6 + seed[4 + line] % (right - left - 8)):
            rows[top + 5 + 2 * line][x] = (120, 122, 128)
    for head in range(seed[20] % 3 + 3):
        middle = 3 + head * width // 6 + seed[21 + head] % 3
        for y, half in ((height - 5, 1), (height - 4, 2), (height - 3, 2), (height - 2, 3), (height - 1, 4)):
            for x in range(max(middle - half, 0), min(middle + half + 1, width)):
                rows[y][x] = (16, 16, 20)
    return "image/jpeg", drawing.jpeg(rows)


def portrait(seed):
    """Squares that are the same from left and right, on a light ground."""
    rows = [[2] * 8 for _ in range(8)]
    for y in range(1, 7):
        for x in range(1, 4):
            if seed[y * 3 + x] % 2:
                rows[y][x] = rows[y][7 - x] = 1
    return "image/png", drawing.png(rows, [(0, 0, 0), colour(seed[0], 0.4), colour(seed[0], 0.9)], 8)


def emoji(seed):
    """A disc with a face on nothing."""
    rows = []
    for y in range(16):
        rows.append([1 if (2 * x - 15) ** 2 + (2 * y - 15) ** 2 <= 225 else 0 for x in range(16)])
    for x, y in ((5, 5), (5, 6), (10, 5), (10, 6), *((x, 10 + seed[1] % 2 * (x in (6, 7, 8, 9))) for x in range(5, 11))):
        rows[y][x] = 2
    return "image/png", drawing.png(rows, [(0, 0, 0), colour(seed[0], 0.6, 0.9), (40, 30, 20)], 2)


KINDS = {"picture": slide, "still": slide, "card": slide, "avatar": portrait, "emoji": emoji}


def add(folder, program, tag):
    last = max(int(path.name[:4]) for path in folder.glob("[0-9]*.request"))
    for number, (url, use) in enumerate(wanted(program, folder, tag).items(), last + 1):
        kind, body = KINDS[use](hashlib.sha256(url.encode()).digest())
        stem = folder / f"{number:04d}-{urllib.parse.urlsplit(url).netloc}"
        stem.with_name(stem.name + ".request").write_text(f"GET {url}\n", encoding="utf-8")
        stem.with_name(stem.name + ".http").write_bytes(
            f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
