"""An invented evening as tables, the way to have a thread rendered (render.c), and the fragment parsed back.

A post is a dict whose keys are the fields of render.c; "media", "options" and "card" are lists or dicts of theirs,
"quote" is a post.
"""
import os
import re
import subprocess
import xml.etree.ElementTree as ET

from harness import BUILD

BASE = 1782468000000  # 2026-06-26T19:00:00+09:00


def at(minute, second=0):
    return BASE + (minute * 60 + second) * 1000


def person(handle, name, network="mastodon"):
    host = handle.rsplit("@", 1)[1] if handle.count("@") == 2 else "x.example"
    return {
        "network": network,
        "handle": handle,
        "name": name,
        "profile": f"https://{host}/@{handle.split('@')[1]}",
    }


HANA = person("@hana@social.example", "はな🌸")
KUMO = person("@kumo_the_cloud_watcher", "雲を見る人", "x")
NEKO = person("@neko@misskey.example", "ねこ :blobcat: 運用", "mastodon")
YORU = person("@yoru@sky.example", "夜勤明け", "mastodon")
EVIL = person("@mallory@evil.example", "<script>alert(1)</script> [gallery] {{< figure >}} \u202eevil :smile:")
FAMILY = person("@sato@social.example", "佐藤👨‍👩‍👧‍👦＠監視")
LONG = person("@averyveryverylonghandlethatneverends@instance.with.a.long.name.example",
              "とても長い名前のひとがここにいて表示名が一行に収まらないことがある件について")
ARAB = person("@noor@social.example", "نور الدين")

TAG = '<a href="https://social.example/tags/ssmjp" class="p-category" rel="tag">#ssmjp</a>'


def post(author, number, minute, html, **more):
    host = author["profile"].split("/")[2]
    return {
        "item": "post",
        "uri": f"https://{host}/posts/{number}",
        "url": f"{author['profile']}/{number}",
        "short_id": f"p{number:07d}",
        "created": at(minute, number % 60),
        "fetched": at(60 * 14),
        "lang": "ja",
        **author,
        "html": html,
        **more,
    }


def named(number, ending="png"):
    """The name of a kept picture."""
    return f"{number:064x}.{ending}"


def kept(number, width, height, url, ending="png"):
    return named(number, ending), width, height, url


def without_item(entry):
    """A post as it stands inside another one."""
    return {name: value for name, value in entry.items() if name != "item"}


THREAD = {"slug": "ssmjp-2026-06", "title": "2026年6月の #ssmjp 「信頼できる情報源」まとめ", "lang": "ja", "zone": "Asia/Tokyo",
          "tags": ["ssmjp"]}

EVENING = [
    {"item": "heading", "key": "k3f", "label": "信頼できる情報源の探し方", "speaker": "はなだ", "starts": at(0),
     "target": "https://slides.example/hanada/sources"},
    {"item": "link", "target": "https://video.example/ssmjp/42", "label": "配信の録画"},
    post(HANA, 1101, 3, f"<p>一次ソースを先に読む派です。翻訳記事で読んだ気になっていたのを反省している {TAG}</p>"),
    post(KUMO, 1102, 5, '<p>「誰が困るか」から逆算して読む量を決める、が今日いちばんの持ち帰り。RFCは全部読まなくていい、でも<strong>読む場所を選ぶ目</strong>は要る。</p>'
         '<p>あとで自分でも書く <a href="https://blog.example/2026/06/sources?b=[1]&amp;c={2}">https://blog.example/2026/06/so…</a></p>',
         style="large red", likes=41, reposts=9, words="\n会場の様子。二列目まで埋まっている",
         media=[{"media": "image", "media.url": "https://pic.example/board.png",
                 "media.alt": "ホワイトボード。左に一次ソース、右に記事、矢印は一方向に伸びている"},
                {"media": "image", "media.url": "https://pic.example/room.jpg"},
                {"media": "image", "media.url": "https://pic.example/stage.jpg"}],
         also=[without_item(post(person("@kumo@social.example", "雲を見る人"), 2102, 5, "<p>同じ話</p>", likes=3))]),
    post(NEKO, 1103, 7, '<p>手順書にある <code>systemctl restart *</code> を見て、会場がざわついた</p>'
         '<pre><code># まず状態を見る\nsystemctl --failed\n\njournalctl -u nginx --since "19:00" | tail -n 20</code></pre>'
         '<p>この順番、だいじ。</p>',
         edited=at(12), reply_uri="https://social.example/posts/1101", answers="p0001101", **{
             "answers.name": "はな🌸", "answers.url": "https://social.example/@hana/1101", "answers.shown": "p0001101"}),
    post(HANA, 1113, 8, "<p>状態を見る、を一行目に書いておくと手が止まるんですよね。</p>", reply_uri="https://misskey.example/posts/1103"),
    post(YORU, 1104, 9, "<p>まとめサイトの見出しだけで判断しない、を手順書に書くのは賛成。</p>",
         quote=without_item(post(NEKO, 1090, -30, "<p>見出しは疑え、って紙に書いて貼ってある</p>"))),
    post(FAMILY, 1105, 12, "<p>みんなは障害のとき最初にどこを見る？</p>",
         options=[(14, "監視のダッシュボード"), (9, "ログ"), (3, "チャットの過去ログ"), (0, "空を見る")],
         **{"poll.multiple": 0, "poll.closed": 1, "poll.voters": 26, "poll.ends": at(72)}),
    post(HANA, 1106, 15, "<p>犯人は期限切れの証明書。伏線は冒頭のカレンダー。</p><p>三回見た。</p>", spoiler="映画の結末の話",
         media=[{"media": "video", "media.url": "https://pic.example/end.mp4", "media.alt": "最後の場面の短い録画", "media.ms": 83000}]),
    {"item": "note", "label": "ここで会場から質問が三つ続いた。\n録画は https://video.example/ssmjp/42 に。\n\n休憩は十分。"},
    {"item": "heading", "key": "q7m", "label": "監視はどこまで静かにできるか", "speaker": "みどり / 夜間当番の会", "starts": at(40),
     "target": "https://slides.example/midori/quiet", "slides": "静かな監視（PDF）"},
    post(LONG, 1107, 41, '<p><a href="https://social.example/@hana" class="u-url mention">@hana</a> それはほんとうにそう。アラートは<em>起こす価値があるか</em>で決める。</p>'
         '<ul><li><p>眠りを妨げるもの</p></li><li><p>朝でよいもの</p></li><li><p>見なくてよいもの</p></li></ul>'
         '<blockquote><p>静かな監視とは、信頼のことである</p></blockquote>',
         card={"card.url": "https://blog.example/quiet-monitoring", "card.title": "静かな監視のすすめ：夜に人を起こさないための十か条",
               "card.site": "運用日誌", "card.description": "鳴らすもの、朝まで待つもの、見なくてよいもの。三つに分けたら、夜は静かになった。"},
         reply_id="9abc"),
    post(ARAB, 1108, 44, "<p>مرحبا من القاهرة! أتابع اللقاء الليلة</p><p>日本語も読めます😊</p>", lang="ar", style="small", reply_uri="https://elsewhere.example/1",
         **{"answers": "zzzzzzzz", "answers.name": "سمير", "answers.url": "https://elsewhere.example/@s/1"}),
    post(KUMO, 1109, 47, "<p>アラートの半分を消した話、よかった。消す勇気。</p><p>" + "あ" * 3 + "</p>", sensitive=1,
         media=[{"media": "gifv", "media.url": "https://pic.example/quiet.mp4"}]),
    post(EVIL, 1110, 50, "<p>&lt;img src=x onerror=alert(1)&gt; [gallery ids=&quot;1,2&quot;] {{&lt; figure &gt;}} {% raw %} :smile: :) 8-) -- ... "
         "it's 3x4 (tm) Wordpress ]]&gt; " + "w" * 120 + "</p>", lang="en"),
    {"item": "note", "label": "ここから懇親会。", "style": "small blue"},
    post(YORU, 1111, 55, "<p>「ログは未来の自分への手紙」<br>今日の<ruby>金言<rt>きんげん</rt></ruby>。<br><br>おつかれさまでした🍺 " + TAG + "</p>", style="green"),
    post(HANA, 1112, 58, "<p>消えた投稿</p>", gone=at(90)),
]


# What has a meaning to a browser, a blog engine or a terminal.
ALL = [*"[]{}<>&\"'`:;-.x83O()tmWTp1/\\#*_|=!? \t\n\r", "あ", "「", "ー", "👨‍👩‍👧‍👦", "\u202e", "\u2066", "\u200f", "\u2028",
       "\ufeff", "\x01", "\x1b", "\x7f", "\u0085", "\u00a0", "\u3000", "\ufffe", "é", "e\u0301", "ا", "{{", "{%", "[gallery]",
       ":smile:", "--", "...", ":)", "8-)", "8O", "3x4", "(tm)", "Wordpress", "]]>", "<!--", "-->", "</section>", "<br><br>",
       "&#91;", "&amp;", "https://a.example/", "javascript:", "\\0"]


def escape(value):
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def fields(entry):
    for name, value in entry.items():
        if name == "media":
            for medium in value:
                yield from medium.items()
        elif name == "options":
            for votes, title in value:
                yield "option", f"{votes} {title}"
        elif name in ("emojis", "author.emojis"):
            for code, url in value:
                yield name.removesuffix("s"), f"{code} {url}"
        elif name == "card":
            yield from value.items()
        elif name not in ("quote", "also"):
            yield name, value
    if "quote" in entry:
        yield "quote", ""
        yield from fields(entry["quote"])
    for other in entry.get("also", []):
        yield "also", ""
        yield from fields(other)


def describe(thread, items):
    lines = [(f"thread.{name}", value) for name, value in thread.items() if name not in ("tags", "kept")]
    lines += [("kept", " ".join(map(str, kept))) for kept in thread.get("kept", [])]
    lines += [("thread.tag", tag) for tag in thread.get("tags", [])]
    for item in items:
        lines += fields(item)
    return "".join(f"{name}\t{escape(value)}\n" for name, value in lines)


def run(what, thread, items, *more, **environment):
    return subprocess.run([BUILD / "tests/export/render", what, *map(str, more)], check=True, capture_output=True,
                          input=describe(thread, items).encode("utf-8", "surrogateescape"),
                          env={**os.environ, **environment})


def render(what="fragment", thread=None, items=None, more=(), **environment):
    thread = {**THREAD, **(thread or {})}
    return run(what, thread, EVENING if items is None else items, *more, **environment).stdout.decode()


def parse(fragment):
    """The fragment as a tree: it is well-formed XML, and has no entity but XML's own."""
    return ET.fromstring(fragment)


def text(element):
    """What a reader sees: br and the ends of blocks are line ends."""
    pieces = []

    def walk(node):
        pieces.append(node.text or "")
        for child in node:
            walk(child)
            if child.tag in ("br", "p", "li", "pre", "blockquote"):
                pieces.append("\n")
            pieces.append(child.tail or "")

    walk(element)
    return re.sub(r"\n+", "\n", "".join(pieces)).strip("\n")


def classes(element):
    return element.get("class", "").split()


def all_with(root, name):
    return [element for element in root.iter() if name in classes(element)]


def one_with(root, name):
    found = all_with(root, name)
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]


def own(article):
    """The entry without what it quotes."""
    copy = ET.fromstring(ET.tostring(article))
    for quote in [child for child in copy if "archive-quote" in classes(child)]:
        copy.remove(quote)
    return copy


def clean(value):
    """Foreign text as the fragment keeps it."""
    value = re.sub("[\t\n\r\u2028\u2029]", " ", value)
    return re.sub("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]", "", value)
