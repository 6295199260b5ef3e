#!/usr/bin/python3
"""meaning.py BUILD POSTS [SEED]: searches answer as reading every post would.

What is expected is said here a second time, from the meaning of a search alone: everything is compared in NFKC and without
case; a word of Chinese characters, kana or Hangul is found anywhere in the text, any other word as a whole, word* as its
beginning, an emoji wherever it stands; "some words" stand directly one behind the other; -word does not occur.
"""
import html
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

CJK = ("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "HANGUL", "IDEOGRAPHIC ITERATION")
JAPANESE = """監視 運用 障害対応 一次ソース 構成管理 勉強会 発表 懇親会 会場 資料 スライド デプロイ バックアップ 復旧手順 当番 アラート ログ
    証明書 名前解決 負荷分散 東京 京都 東京都 カナリア ロールバック 鍵 質問 登壇者 乾杯 ピザ 終電 雨 の話 が良かった は大事 でした を見直す に助けられた
    ガイド カイト ぱん はん 人々 々 ー ヴァ 한국어 국어 서버""".split()
HALF_WIDTH = "ﾊﾞｯｸｱｯﾌﾟ ﾛｸﾞ ｱﾗｰﾄ ｶﾞｲﾄﾞ ｶｲﾄ ﾊﾟﾝ ｻｰﾊﾞｰ ｰ ヴァ か\u3099 ハ\u309a".split()
ENGLISH = """the is on and we deploy deployed monitoring archive Archives server servers log logs backup restore incident alert Alert pager slides
    talk question kubernetes k8s Linux kernel SQLite sqlite3 query index latency canary rollback team friday café cafe\u0301 Straße naïve
    ＤＮＳ dns mdns Ｓｅｒｖｅｒ 2026 ２０２６ 404 10 100 ssmjp ＳＳＭＪＰ x""".split()
SIGNS = ["#ssmjp", "＃運用", "@hana", "@hana@social.example", "https://slides.example/deck?id=100#p2", "well-known", "don't", "v1.2.3", "19:00", "(´・ω・｀)",
         "「東京」", "東、京", "C言語", "k8s会", "第10回"]
EMOJI = ["🎉", "👍", "👍🏽", "🍺", "👩\u200d💻", "❤\ufe0f", "🍺🍺"]
GAPS = ["", "", "", " ", " ", "。", "、", "\n", "　", "・", " / ", "！"]


def fold(text):
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def is_cjk(c):
    return unicodedata.category(c)[0] in "LM" and unicodedata.name(c, "").startswith(CJK)


def is_letter(c):
    """Of a word that stands between blanks or signs."""
    return unicodedata.category(c)[0] in "LNM" and not is_cjk(c) and not unicodedata.name(c, "").startswith("VARIATION")


class Text:
    """A post's text as a reader sees it."""

    def __init__(self, written):
        self.folded = fold(written)
        self.words = []      # whole words, and for each whether something else than a gap stands before it
        apart, word = False, ""
        for c in self.folded + " ":
            if is_letter(c):
                word += c
                continue
            if word:
                self.words.append((word, apart))
                word, apart = "", False
            apart = apart or is_cjk(c) or unicodedata.category(c)[0] == "S"
        self.set = {word for word, _ in self.words}

    def has(self, part):
        kind, value = part
        if kind == "anywhere":
            return value in self.folded
        if kind == "whole":
            return value in self.set
        if kind == "beginning":
            return any(word.startswith(value) for word in self.set)
        count = len(value)   # a phrase
        return any([word for word, _ in self.words[i:i + count]] == value and not any(apart for _, apart in self.words[i + 1:i + count])
                   for i in range(len(self.words) - count + 1))


def make_text(rng):
    kind = rng.random()
    out = ""
    for _ in range(rng.randint(1, 12)):
        roll = rng.random()
        if roll < 0.08:
            piece = rng.choice(EMOJI)
        elif roll < 0.16:
            piece = rng.choice(SIGNS)
        elif roll < 0.22:
            piece = rng.choice(HALF_WIDTH)
        else:
            piece = rng.choice(JAPANESE if rng.random() < (0.9 if kind < 0.5 else 0.1 if kind < 0.8 else 0.5) else ENGLISH)
        out += piece + (" " if piece[-1].isascii() and rng.random() < 0.8 else rng.choice(GAPS))
    return out.strip() or "空"


def make_part(rng):
    """What is typed, and what it asks for."""
    roll = rng.random()
    if roll < 0.45:
        word = rng.choice(JAPANESE + HALF_WIDTH)
        folded = fold(word)
        at = rng.randrange(len(folded))
        piece = folded[at:at + rng.choice([1, 2, 2, 3, 5])]
        if all(map(is_cjk, piece)):
            return (word, ("anywhere", folded)) if rng.random() < 0.3 and all(map(is_cjk, folded)) else (piece, ("anywhere", piece))
        return make_part(rng)
    if roll < 0.55:
        emoji = rng.choice("🎉👍🍺👩💻❤")
        return emoji, ("anywhere", emoji)
    word = rng.choice([word for word in ENGLISH if all(map(is_letter, fold(word)))])
    if roll < 0.75:
        return word, ("whole", fold(word))
    if roll < 0.87:
        beginning = fold(word)[:rng.randint(1, 5)]
        return beginning + "*", ("beginning", beginning)
    phrase = [word, rng.choice(["the", "is", "log", "server", "example", "2", "00", "t", "known"])]
    return '"%s"' % " ".join(phrase), ("phrase", [fold(word) for word in phrase])


def make_query(rng):
    typed, parts = [], []
    for n in range(rng.choice([1, 1, 1, 2, 2, 3])):
        words, part = make_part(rng)
        unwanted = n > 0 and rng.random() < 0.35
        typed.append(("-" if unwanted else "") + words)
        parts.append((part, unwanted))
    return " ".join(typed), parts


def status(n, text):
    at = 1793268800000 + n * 1000
    when = __import__("datetime").datetime.fromtimestamp(at / 1000, __import__("datetime").timezone.utc)
    return {"id": str(n), "created_at": when.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "uri": "https://social.example/users/hana/statuses/%d" % n,
            "url": "https://social.example/@hana/%d" % n, "visibility": "public", "language": "ja", "spoiler_text": "", "sensitive": False,
            "content": "<p>%s</p>" % html.escape(text).replace("\n", "<br>"), "in_reply_to_id": None, "reblog": None,
            "media_attachments": [], "mentions": [], "emojis": [], "tags": [], "poll": None, "card": None, "edited_at": None,
            "account": {"id": "1", "username": "hana", "acct": "hana", "display_name": "はな", "url": "https://social.example/@hana",
                        "uri": "https://social.example/users/hana", "note": "", "avatar": "https://social.example/a.png", "emojis": [], "fields": []}}


def check(archive, store, posts, queries, seed):
    """How many posts were found in all; ends the program where another one is than should be."""
    rng = random.Random(seed)
    texts = [make_text(rng) for _ in range(posts)]
    lines = "".join(json.dumps(status(n, text), ensure_ascii=False) + "\n" for n, text in enumerate(texts))
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run([archive, "--store", store, "--quiet", "import", "-"], input=lines.encode(), check=True, env=env)
    read = [Text(text) for text in texts]
    total = 0
    for _ in range(queries):
        typed, parts = make_query(rng)
        done = subprocess.run([archive, "--store", store, "search", "--json", "--limit", "100000000", "--", typed], check=True,
                              capture_output=True, env=env)
        found = {int(n) for n in re.findall(rb'"uri":"https://social.example/users/hana/statuses/(\d+)"', done.stdout)}
        expected = {n for n, text in enumerate(read) if all(text.has(part) != unwanted for part, unwanted in parts)}
        for n in sorted(found ^ expected)[:1]:
            sys.exit("seed %d: %r %s %r" % (seed, typed, "finds" if n in found else "misses", texts[n]))
        total += len(found)
    return total


def main():
    archive = pathlib.Path(sys.argv[1]).resolve() / "archive"
    posts, seed = int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory(prefix="archive-meaning-") as folder:
        print("%d posts, %d found by 60 searches, each as reading all of them would" %
              (posts, check(archive, pathlib.Path(folder) / "archive.db", posts, 60, seed)))


if __name__ == "__main__":
    main()
