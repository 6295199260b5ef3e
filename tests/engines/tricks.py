"""What a text may hold that some program acts on, and posts of all four networks that hold it wherever they hold text."""
import itertools
import json
import re

from fakes import NOW, Author, BlueskyFake, MastodonFake, Media, MisskeyFake, Post, XFake

START = NOW * 1000 - 3 * 3_600_000

TRICKS = [
    "[gallery] [gallery ids=\"1,2\"] [[gallery]] [caption id=x]内[/caption] [audio src=a.mp3] [embed]https://e.example/[/embed] [playlist]",
    "{{< figure src=\"x\" >}} {{% include %}} {{ .Site }} {{ x }} 終わりは{{",
    "{% raw %} {% include x.html %} {%- comment -%} {# x #} {% endraw %}",
    "{{{ x }}} ${x} #{x} <%= x %> <?php x ?> {:toc} {:.x} {::options /}",
    ":) ;) :D :-) :( 8-) 8O :lol: :smile: :+1: :heart: :?: :arrow: :wink: 時刻は12:30:45",
    "a -- b --- c ... d … 'e' \"f\" '99 6\" 6' ``g'' <<h>> 3x4 (tm) (c) (r) 1/2 Wordpress it's O'Neil",
    "https://alone.example/watch?v=1",
    "https://video.example/a?b=[gallery]&c={{x}}&d=:smile:&e=\"f\"\n\nhttps://next.example/",
    "一行目\n\n\n\n四行あけて\n\n\n    四つ下げて\n\tタブで下げて\n　全角で下げて",
    "# 見出し\n## 見出し2\n- 箇条\n* 箇条\n1. 番号\n> 引用\n```\nコード\n```\n---\n===\n| a | b |\n|---|---|\n[^1]: 脚注\n:::note\n$$x$$",
    "*強調* **強調** _下線_ __下線__ ~~消す~~ `コード` ^上^ ==印== ++足す++ \\*逃がす\\* \\[ \\{ \\\\ \\n",
    "![絵](https://i.example/x.png) [字](https://l.example/) <https://auto.example/> [x]: https://r.example/ www.bare.example",
    "<pre>\n\n  a\n\n</pre> <!-- more --> <!-- wp:html --> <!--nextpage--> <![CDATA[x]]> ]]> <!-- archive:end tricky -->",
    "</section></article></div></body></html> <section> </p><p> <br><br> <details open> <style>*{display:none}</style>",
    "\u202eright\u202c \u2066iso\u2069 \u200fمرحبا\u200e עברית بالعربية 123",
    "👩🏽\u200d💻 👨\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 🇯🇵 1️⃣ 🫠 𠮷野家 𝕏 𓀀 \U0010fffd ☺︎ ☺️",
    "e\u0301 か\u3099 ｶﾞ Ａ ﬁ ™ ㍿ 葛\U000e0100 Z\u0351\u036b\u0343a\u0321lgo",
    "&amp; &lt; &gt; &quot; &nbsp; &copy; &#91; &#x5b; &#0; &#55357; &unknown; &amp;amp; & && &",
    "< > a < b > c <3 <- -> <= => <notatag> <a href=x> <b <i>",
    "nul\x00 bell\x07 escape\x1b[31m delete\x7f c1\x85\x9b sep\u2028par\u2029 nbsp\u00a0 zwsp\u200b bom\ufeff soft\u00ad",
    "a" * 200 + " " + "ー" * 120 + " https://long.example/" + "x" * 200,
    " 前後に空白 ",
    "#tag ＃全角タグ #a/b @user @user@host.example $CASH !group C# a#b",
    "javascript:alert(1) data:text/html,x mailto:a@b.example tel:123 ftp://f.example/ HTTP://UPPER.example/ //slash.example/",
    "%7B%7B %5B %3A %00 %ff %E3%81%82 100% %s %d %n",
    "/path/to C:\\dir\\file \\u0041 \\x41 \\0 `~!@#$%^&*()_+-={}|[]\\:\";'<>?,./",
    "Line\rReturn\r\nBoth\nNew\vVertical\fForm",
    "[[wiki]] ((note)) {{tpl|x}} ''wiki'' == h == 'quoted' ((x)) ~~~~ [toc] [[_TOC_]] @[tweet](1)",
    "<table><tr><td>x</td></tr></table> <ul><li>y <h1>z</h1> <hr> <img src=x alt=y> <video src=v>",
    "1986. 年の話 1) 番号 + 足す * 星 – 線 — 長い線 ‐ − ―",
]

# Markup that a server may send as a post's content.
CONTENTS = [
    "<p>前</p><pre><code>one\n\n    two &lt;b&gt;\n\t\n[gallery] {{&lt; x &gt;}} :smile:\n</code></pre><p>後</p>",
    "<p><code>[gallery]</code> <code>{{ x }}</code> <code>--</code> <strong>太<em>斜</em></strong></p>",
    "<ul><li>一</li><li><p>二</p><ol><li>三</li></ol></li></ul><blockquote>引用<br><br>二行</blockquote>",
    "<h1>大見出し</h1><h2>中</h2>裸の文字<p></p><p>  </p><br><br><br><p>あと</p>",
    "<p>a<br>\n<br />b</p>\n\n<p>c</p>\n\n\n<div><div>d</div></div>",
    '<p><a href="https://e.example/?a=[1]&amp;b={2}&amp;c=:smile:&amp;d=%7B%7B">https://e.example/…</a></p>',
    '<p><a href="https://alone.example/x"><span class="invisible">https://</span><span>alone.example/x</span></a></p>',
    "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby> <del>消</del> <u>線</u> <sub>下</sub> <q>言</q></p>",
    "<p>閉じない <strong>太い <em>斜め<p>次の段<ul><li>項",
    "<table><tr><td>枡一</td><td>枡二</td></tr></table><details><summary>要約</summary>中身</details>",
]


def person(username, name, **more):
    return Author(username, name, "social.example", avatar="https://f.example/avatar.png", **more)


def decked(number, trick, name, *, more):
    """A post that holds the trick in all of its fields: with pictures and a warning, or with a poll and a card."""
    text = f"始 {trick} 終"
    author = person(f"{name}{number}", f"名 {trick}", emojis={"blob": "https://f.example/blob.png"})
    when = START + number * 7_000
    if more:
        card = {"url": "https://card.example/page", "title": f"題 {trick}", "description": f"説 {trick}", "provider": f"所 {trick}"}
        return Post(author, f"{text} https://card.example/page", when, key=f"{name}-{number}", card=card,
                    poll={"options": [[f"甲 {trick}", 3], [f"乙 {trick}", 0]], "expires": when + 60_000})
    media = [Media("https://f.example/a.png", alt=f"絵 {trick}"), Media("https://f.example/b.png")]
    return Post(author, text, when, key=f"{name}-{number}", spoiler=f"警 {trick}", media=media)


def x_page(posts):
    """An answer of X's with all of them."""
    fake = XFake(posts)
    entries = list(fake.shelf.entries)
    users = {entry.post.author.number: fake.shape.user(entry.post.author) for entry in entries}
    return {"data": [fake.shape.tweet(entry) for entry in entries],
            "includes": {"users": list(users.values()), "media": [one for entry in entries for one in fake.shape.media(entry)],
                         "polls": [fake.shape.poll(entry, NOW * 1000) for entry in entries if entry.post.poll]},
            "meta": {"result_count": len(entries)}}


def answers(kind, posts):
    """The posts as the network's answers, ready to be imported: objects."""
    if kind == "x":
        return [x_page(posts)]
    if kind == "mastodon":
        fake = MastodonFake(posts, domain="social.example")
        return [fake.shape.status(entry) for entry in fake.shelf.entries]
    if kind == "misskey":
        fake = MisskeyFake(posts, domain="misskey.example")
        return [fake.shape.note(entry, True) for entry in fake.shelf.entries]
    fake = BlueskyFake(posts)
    return [fake.shape.view(entry) for entry in fake.shelf.entries]


NETWORKS = ("x", "mastodon", "misskey", "bluesky")


def tricky():
    """Answers of all four networks."""
    for place, kind in enumerate(NETWORKS):
        posts = [decked(1000 * place + 2 * n + more, trick, kind, more=more)
                 for n, trick in enumerate(TRICKS) for more in (False, True)]
        if kind == "mastodon":
            posts += [Post(person("markup", "印"), "", START + 900_000 + n, key=f"content-{n}", html=html)
                      for n, html in enumerate(CONTENTS)]
        yield from answers(kind, posts)


def many(count):
    """So many short posts, of all the networks in turn."""
    texts = itertools.cycle([trick[:60] for trick in TRICKS])
    for place, kind in enumerate(NETWORKS):
        people = [person(f"{kind}{n}", f"名{n}") for n in range(40)]
        posts = [Post(people[n % 40], f"{n} {next(texts)}", START + n * 700, key=f"{kind}-{n}") for n in range(count // 4)]
        for start in range(0, len(posts), 500):
            yield from answers(kind, posts[start:start + 500])


def lines(values):
    return "".join(json.dumps(value) + "\n" for value in values)


def escaped(text):
    """As a line of the curation file, which holds no controls."""
    text = re.sub(r"\r\n?", "\n", re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", "", text))
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("{", "\\{")


def curation(slug, posts):
    """The thread as text: all posts, with headings, notes, links and styles between them."""
    styles = itertools.cycle(["", " {large}", " {small blue}", " {red}", " {large green}", ""])
    tricks = itertools.cycle(TRICKS)
    yield f"# archive thread 1\nslug: {slug}\ntitle: {escaped('題 ' + TRICKS[0] + TRICKS[4])}\ntag: any\nlang: ja\nzone: Asia/Tokyo\n\n"
    for number, uri in enumerate(posts):
        if number % 12 == 0:
            trick = escaped(next(tricks))
            yield f"## 節 {trick}\nspeaker: 話 {trick}\nlink: https://slides.example/{number} 字 {trick}\n"
            yield f"note 注 {escaped(next(tricks))}\nlink https://l.example/{number}?a=[1]&b=:smile: 先 {escaped(next(tricks))}\n"
        yield f"post {uri}{next(styles)}\n"
