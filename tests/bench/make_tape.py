#!/usr/bin/python3
"""A tape of many Mastodon statuses of life-like size: make_tape.py FOLDER POSTS [PER_PAGE]

Deterministic. Prints the bytes of the answers. As a module also the same posts as lines of JSON."""
import itertools
import json
import pathlib
import random
import sys

HOST = "social.example"
BASE = f"https://{HOST}"
WORDS = ("障害 復旧 監視 手順書 深夜 証明書 期限 バックアップ 復元 通知 当番 引き継ぎ 構成 管理 自動化 検証 本番 切り戻し "
         "なるほど わかる たしかに これは そうなんですよね 会場 配信 資料 質問 拍手 ありがとう Kubernetes Terraform DNS "
         "postmortem alert rollback runbook").split()
NEWEST = 1793368800000  # 2026-10-30T14:00:00Z


def account(n):
    name = f"person{n:03d}"
    return {
        "id": str(109000000000000000 + n), "username": name, "acct": name, "display_name": f"運用の人 {n}",
        "locked": False, "bot": False, "discoverable": True, "indexable": False, "group": False,
        "created_at": "2020-01-01T00:00:00.000Z", "note": "<p>サーバーと猫。" + "発言は個人のものです。" * 8 + "</p>",
        "url": f"{BASE}/@{name}", "uri": f"{BASE}/users/{name}", "avatar": f"{BASE}/avatars/{name}.png",
        "avatar_static": f"{BASE}/avatars/{name}.png", "header": f"{BASE}/headers/{name}.png",
        "header_static": f"{BASE}/headers/{name}.png", "followers_count": 10 * n, "following_count": n,
        "statuses_count": 100 * n, "last_status_at": "2026-10-30", "hide_collections": None, "noindex": False,
        "emojis": [], "roles": [],
        "fields": [{"name": f"欄{k}", "value": f"<a href=\"{BASE}/{name}/{k}\" rel=\"nofollow noopener me\">"
                    f"<span class=\"invisible\">https://</span><span>{HOST}/{name}/{k}</span></a>",
                    "verified_at": None} for k in range(3)],
    }


def status(rng, n, people):
    created = NEWEST - n * 2000
    number = (created << 16) + n % 7
    who = people[rng.randrange(len(people))]
    text = "".join(rng.choice(WORDS) + rng.choice(("", "、", "。", " ")) for _ in range(rng.randint(6, 26)))
    seconds, ms = divmod(created, 1000)
    stamp = f"{iso(seconds)}.{ms:03d}Z"
    content = (f"<p>{text}</p><p><a href=\"{BASE}/tags/ssmjp\" class=\"mention hashtag\" rel=\"tag\">#<span>ssmjp</span></a> "
               f"<a href=\"https://blog.example/{n}\" target=\"_blank\" rel=\"nofollow noopener\">"
               f"<span class=\"invisible\">https://</span><span class=\"\">blog.example/{n}</span></a></p>")
    media = [{"id": str(n), "type": "image", "url": f"{BASE}/media/{n}.jpg", "preview_url": f"{BASE}/media/s{n}.jpg",
              "remote_url": None, "description": "会場の様子", "blurhash": "UBL_:rOpGG-;~qRjWBay00WBt7t7",
              "meta": {"original": {"width": 1600, "height": 1200, "size": "1600x1200", "aspect": 1.3333}}}] if n % 9 == 0 else []
    return {
        "id": str(number), "created_at": stamp, "in_reply_to_id": None, "in_reply_to_account_id": None,
        "sensitive": False, "spoiler_text": "", "visibility": "public", "language": "ja",
        "uri": f"{BASE}/users/{who['username']}/statuses/{number}", "url": f"{BASE}/@{who['username']}/{number}",
        "replies_count": n % 3, "reblogs_count": n % 5, "favourites_count": n % 17, "quotes_count": 0, "edited_at": None,
        "content": content, "reblog": None, "application": {"name": "Web", "website": None}, "account": who,
        "media_attachments": media, "mentions": [], "tags": [{"name": "ssmjp", "url": f"{BASE}/tags/ssmjp"}],
        "emojis": [], "tagged_collections": [], "quote": None, "card": None, "poll": None,
        "quote_approval": {"automatic": ["public"], "manual": [], "current_user": "denied"}, "filtered": [],
    }


def iso(seconds):
    import time
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


def statuses(posts):
    """Newest first."""
    rng = random.Random(1)
    people = [account(n) for n in range(500)]
    return (status(rng, n, people) for n in range(posts))


def lines(path, posts):
    """The same posts as JSON, one a line; gives its bytes."""
    with open(path, "w", encoding="utf-8") as out:
        for item in statuses(posts):
            json.dump(item, out, ensure_ascii=False, separators=(",", ":"))
            out.write("\n")
        return out.tell()


def main(folder, posts, per_page=40):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index").write_text(f"archive-tape 1\ntime 2026-10-30T14:00:30Z\nsource mastodon:{HOST}\n")
    rest = statuses(posts)
    url = f"{BASE}/api/v1/timelines/tag/ssmjp?limit=40"
    total = 0
    below = None
    for page in itertools.count(1):
        items = list(itertools.islice(rest, per_page))
        body = json.dumps(items, ensure_ascii=False, separators=(",", ":")).encode()
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {len(body)}\r\n\r\n"
        name = folder / f"{page:04d}-{HOST}"
        name.with_suffix(name.suffix + ".request").write_text("GET " + url + (f"&max_id={below}" if below else "") + "\n")
        name.with_suffix(name.suffix + ".http").write_bytes(head.encode() + body)
        total += len(body)
        if not items:
            break
        below = items[-1]["id"]
    return total


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2]), *map(int, sys.argv[3:])))
