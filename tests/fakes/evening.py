"""An evening of a meetup, made from a seed: posts under a hashtag with everything that occurs in life.

    evening(seed=1, n=120, tag="ssmjp")             n posts with the tag, over three hours that end an hour before NOW
    evening(..., secrets=True)                      some of them unlisted, private, direct
    evening(..., strays=5)                          and so many posts beside them without the tag, which others answer

Of each twenty-four posts one is: plain, an emoji sequence, custom emoji, a long post, a reply, a quote, a quote of
something gone, a reply to a stray, a picture with and one without alt text, several pictures, a gifv, a video, a poll,
a poll with hidden counts, a content warning, a card, an edit, hostile markup, a full-width tag, two tags, English,
characters that need escaping, one of an author who opted out.
"""
import random

from .post import NOW, Author, Media, Post

HOUR = 3_600_000
FILES = "https://files.example/"
SAYINGS = ("一次ソースを見に行く派です", "監視は足すより減らすほうが難しい",
           "手順書は読む人の夜中の三時に合わせて書く", "その障害、うちでも先月やりました",
           "ログは残す、でも何を残すかを決めるのが仕事", "会場のコーヒーがおいしい",
           "質疑が本編より長い回、好き", "自動化した人が辞めたあとの話を聞きたい",
           "バックアップではなくリストアを試そう", "証明書の期限は人を集める",
           "スライドの図が分かりやすい", "名前解決を疑え、もう一度疑え")
FAMILY = "👩🏽\u200d💻 と 👨\u200d👩\u200d👧\u200d👦 と 🏳️\u200d🌈"
HOSTILE_NAME = '<img src=x onerror=alert(1)>"\'&lt;b&gt; \u202e抜け'
HOSTILE_TEXT = "<script>alert('x')</script> & <b onclick=\"x()\">太字</b> [[shortcode]] {{< x >}} javascript:alert(1)"


def authors_of(seed):
    """Twenty people; the last three asked not to be archived."""
    dice = random.Random("authors %s" % seed)
    people = []
    for n in range(17):
        host = dice.choice(("social.example", "social.example", "mstdn.example", "kaigi.example"))
        name = ("はな", "タロウ 🍣", "Ops 太郎", "みどり:blob:", "night shift", "", "ｶﾀｶﾅ")[n % 7]
        emojis = {"blob": FILES + "emoji/blob.png"} if ":blob:" in name else {}
        people.append(Author("meetup_attendee_%02d" % n, name, host, bot=n == 11, emojis=emojis, verified=n % 3 == 0,
                             avatar=FILES + "avatar/%02d_normal.png" % n, bio="運用をしています" if n % 2 else ""))
    people[7].name = HOSTILE_NAME
    people[7].bio = '</p><script>alert("bio")</script>'
    people.append(Author("meetup_stranger_a", "静か", bio="写真は本人のもの #noarchive"))
    people.append(Author("meetup_stranger_b", "Quiet", "kaigi.example", bio="#nobot please"))
    people.append(Author("meetup_stranger_c", "目立たず", bio="#NoArchive", noindex=True))
    for person in people[17:]:
        person.labels = ["!no-unauthenticated"]
    return people


class Evening:
    def __init__(self, seed, n, tag, start):
        self.dice = random.Random("evening %s %d %s" % (seed, n, tag))
        self.seed, self.n, self.tag, self.start = seed, n, tag, start
        self.people = authors_of(seed)
        self.posts, self.strays = [], []

    def saying(self):
        return self.dice.choice(SAYINGS)

    def moment(self, part):
        return self.start + int(3 * HOUR * part) + self.dice.randrange(900)

    def person(self):
        return self.dice.choice(self.people[:17])

    def former(self):
        return self.dice.choice(self.posts).key if self.posts else None

    def stray(self, n):
        author, text = self.person(), "%s #%s_later" % (self.saying(), self.tag)
        self.strays.append(Post(author, text if n % 2 else self.saying() + " (%d)" % n, self.moment(0.01 * n),
                                key="stray-%s-%d" % (self.seed, n)))

    def post(self, n):
        kind = KINDS[n % len(KINDS)]
        post = Post(self.person(), "%s %d #%s" % (self.saying(), n, self.tag), self.moment((n + 1) / (self.n + 1)),
                    key="%s-%s-%d" % (self.tag, self.seed, n))
        post.counts = {"likes": self.dice.randrange(40), "reposts": self.dice.randrange(9), "replies": 0,
                       "views": self.dice.randrange(9000)}
        kind(self, post, n)
        self.posts.append(post)

    def picture(self, n, alt=None, **more):
        return Media(FILES + "media/%s-%d.png" % (self.seed, n), alt=alt,
                     preview=FILES + "media/%s-%d-small.png" % (self.seed, n), **more)

    # the kinds

    def plain(self, post, n):
        pass

    def sequence(self, post, n):
        post.text = "%s %s" % (FAMILY, post.text)

    def custom(self, post, n):
        post.text = ":kanpai: " + post.text + " :kanpai:"
        post.emojis = {"kanpai": FILES + "emoji/kanpai.gif"}

    def long(self, post, n):
        post.text = "\n\n".join("%d. %s。%s。" % (k, self.saying(), self.saying()) for k in range(1, 13)) + \
            "\n" + FILES + "notes/%d?a=b&c=d\n#%s" % (n, self.tag)

    def reply(self, post, n):
        post.reply = self.former()
        if post.reply:
            post.text = "@%s %s" % (self.posts[-1].author.username, post.text)

    def quote(self, post, n):
        post.quote = self.former()

    def lost_quote(self, post, n):
        post.quote = "gone-%d" % n

    def stray_reply(self, post, n):
        post.reply = self.dice.choice(self.strays).key if self.strays else None

    def described(self, post, n):
        post.media = [self.picture(n, "登壇者とスライド <三枚目> & 時計")]

    def undescribed(self, post, n):
        post.media = [self.picture(n)]

    def several(self, post, n):
        post.media = [self.picture(n * 10 + k, "写真 %d" % k if k % 2 else None) for k in range(4)]

    def gifv(self, post, n):
        post.media = [self.picture(n, "回るファン", kind="gifv", duration=2.4)]

    def video(self, post, n):
        post.media = [self.picture(n, kind="video", duration=31.5, width=1920, height=1080)]

    def poll(self, post, n):
        post.poll = {"options": [["紙の手順書", 12], ["wiki", 31], ["口伝 & 勘", 7]], "multiple": n % 2 == 0}

    def hidden_poll(self, post, n):
        post.poll = {"options": [["する", 3], ["しない", 4]], "hidden": True, "expires": NOW * 1000 + 24 * HOUR}

    def warning(self, post, n):
        post.spoiler, post.sensitive = "障害の話 :kanpai: <i>注意</i>", True
        post.emojis = {"kanpai": FILES + "emoji/kanpai.gif"}

    def card(self, post, n):
        url = "https://slides.example/deck/%d?page=2&lang=ja" % n
        post.text = "資料はこちら %s です。 #%s" % (url, self.tag)
        post.card = {"url": url, "title": "信頼できる <手順> & 記録", "description": "三十枚", "provider": "slides.example",
                     "image": FILES + "card/%d.png" % n}

    def edit(self, post, n):
        post.before = [[post.text + " (誤字)", post.created]]
        post.edited = post.created + 120_000

    def hostile(self, post, n):
        post.author = self.people[7]
        post.text = "%s #%s (%d)" % (HOSTILE_TEXT, self.tag, n)

    def wide_tag(self, post, n):
        wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in self.tag.upper())
        post.text = "%s %d ＃%s" % (self.saying(), n, wide)

    def two_tags(self, post, n):
        post.text += " #運用 #%s" % self.tag.upper()

    def english(self, post, n):
        post.text, post.lang = "Talk %d was worth the trip, R&D <3 #%s" % (n, self.tag), "en"

    def unspoken(self, post, n):
        post.lang, post.html = None, None
        post.text = "#%s\n&amp; &lt; 5 > 3\n%d" % (self.tag, n)

    def stranger(self, post, n):
        post.author = self.people[17 + n // len(KINDS) % 3]


KINDS = (Evening.plain, Evening.sequence, Evening.reply, Evening.described, Evening.quote, Evening.card,
         Evening.long, Evening.custom, Evening.stranger, Evening.undescribed, Evening.edit, Evening.poll,
         Evening.hostile, Evening.wide_tag, Evening.stray_reply, Evening.warning, Evening.several, Evening.two_tags,
         Evening.lost_quote, Evening.gifv, Evening.english, Evening.video, Evening.hidden_poll, Evening.unspoken)


def evening(seed, n, tag, *, start=NOW * 1000 - 4 * HOUR, secrets=False, strays=None):
    """The posts, oldest first, strays among them; keys are TAG-SEED-0 and so on, strays' stray-SEED-0."""
    made = Evening(seed, n, tag, start)
    for k in range(n // 24 if strays is None else strays):
        made.stray(k)
    for k in range(n):
        made.post(k)
    if secrets:
        for k, post in enumerate(made.posts):
            post.visibility = {3: "unlisted", 5: "private", 7: "direct"}.get(k % 11, "public")
    return sorted(made.posts + made.strays, key=lambda post: post.created)
