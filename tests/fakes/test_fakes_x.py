"""The fake of X does what apis.md says of API v2, bills what it shows, and refuses what a client must not send."""
import pytest

from . import NOW, Author, Media, Post, XFake, evening
from .asking import ask, search
from .ids import iso, x, x_ms

HANA = Author("meetup_hana_at_home", "はな & <b>")
TARO = Author("meetup_taro_at_work", "タロウ", bio="夜型 #noarchive")
HOUR = 3_600_000
FIELDS = ("author_id,created_at,lang,entities,note_tweet,conversation_id,in_reply_to_user_id,referenced_tweets,"
          "attachments,public_metrics,possibly_sensitive,edit_controls,withheld")
EXPANSIONS = "attachments.media_keys,attachments.poll_ids,referenced_tweets.id"


def row(n, text="話 %d #ssmjp", author=HANA, **more):
    return Post(author, text % n if "%d" in text else text, NOW * 1000 - HOUR + n * 1000, key="k%d" % n, **more)


def rows(n):
    return [row(k) for k in range(n)]


def only(fake, **params):
    """The one post of a search."""
    return search(fake, **params).json["data"][0]


def walk(fake, size=10, **params):
    pages = [search(fake, max_results=size, **params).json]
    while token := pages[-1]["meta"].get("next_token"):
        pages.append(search(fake, max_results=size, next_token=token, **params).json)
    return [post for page in pages for post in page.get("data", [])]


def uri(post):
    return "https://x.com/i/status/" + post["edit_history_tweet_ids"][0]


def message(reply):
    return reply.json["errors"][0]["message"]


@pytest.mark.parametrize("settings", [{}, {"playground": True}, {"short": True}, {"shuffle": True}])
def test_a_walk_meets_every_post_once(settings):
    with XFake(evening(3, 96, "ssmjp"), **settings) as fake:
        found = [uri(post) for post in walk(fake)]
        assert len(found) == len(set(found)) == 96
        assert set(found) == fake.public_uris("ssmjp") | fake.optout_uris("ssmjp")
        assert fake.optout_uris("ssmjp") and fake.refusals == []


def test_newest_first_and_what_meta_says():
    with XFake(rows(15)) as fake:
        page = search(fake).json
        assert [post["id"] for post in page["data"]] == [fake.id_of("k%d" % n) for n in range(14, 4, -1)]
        assert page["meta"]["newest_id"] == fake.id_of("k14") and page["meta"]["oldest_id"] == fake.id_of("k5")
        assert page["meta"]["result_count"] == 10
        rest = search(fake, pagination_token=page["meta"]["next_token"]).json
        assert rest["meta"]["result_count"] == 5 and "next_token" not in rest["meta"]


def test_nothing_found_has_no_data_but_in_the_playground():
    with XFake() as fake:
        assert search(fake).json == {"meta": {"result_count": 0}}
    with XFake(playground=True) as fake:
        assert search(fake).json["data"] == []


def test_only_what_is_asked_for_is_shown():
    with XFake([row(1, media=[Media("https://files.example/a.png")])]) as fake:
        page = search(fake).json
        assert set(page["data"][0]) == {"id", "text", "edit_history_tweet_ids"} and "includes" not in page
        assert set(only(fake, tweet_fields="lang")) == {"id", "text", "edit_history_tweet_ids", "lang"}
        includes = search(fake, expansions="author_id,attachments.media_keys", user_fields="description").json["includes"]
        assert set(includes["users"][0]) == {"id", "name", "username", "description"}
        assert set(includes["media"][0]) == {"media_key", "type"}


def test_post_words_are_answered_with_post_words():
    posts = [row(1), row(2, quote="k1", text="長い" * 200 + " #ssmjp")]
    with XFake(posts) as fake:
        page = search(fake, post_fields="referenced_posts,note_post,public_metrics",
                      expansions="referenced_posts").json
        post = page["data"][0]
        assert {"edit_history_post_ids", "referenced_posts", "note_post"} <= set(post)
        assert "repost_count" in post["public_metrics"] and page["includes"]["posts"][0]["id"] == fake.id_of("k1")
        assert "tweet" not in str(page)
        assert search(fake, post_fields="note_tweet").status == 400
        assert search(fake, tweet_fields="note_post").status == 400
        assert search(fake, tweet_fields="lang", post_fields="lang").status == 400


@pytest.mark.parametrize("params, words", [
    ({"max_results": 5}, None), ({"max_results": 101}, None), ({"max_results": "x"}, "no number"),
    ({"tweet_fields": "lang,bogus"}, "'bogus' at index 1"), ({"expansions": "bogus"}, "author_id"),
    ({"user_fields": "bogus"}, "verified_type"), ({"since_id": "abc"}, "does not match"), ({"bogus": 1}, "not one of"),
    ({"start_time": "2026-05-28"}, "RFC 3339"), ({"start_time": iso(NOW * 1000 - 8 * 24 * HOUR)}, "on or after"),
    ({"end_time": iso(NOW * 1000 - 9000)}, "10 seconds"), ({"next_token": "made-up"}, "does not belong"),
    ({"since_id": x(NOW * 1000, "k"), "start_time": iso(NOW * 1000 - HOUR)}, "Invalid use of since_id"),
    ({"sort_order": "best"}, "recency"), ({"query": "＃ssmjp"}, "full-width"), ({"query": "#a" * 300}, "512"),
    ({"query": "(#a"}, "does not end"), ({"query": "#a -(#b)"}, "negated"), ({"query": "is:reply"}, "standalone"),
    ({"query": "#a near:b"}, "no operator"), ({"query": "#a OR"}, "empty")])
def test_a_bad_request_is_refused_and_remembered(params, words):
    with XFake(rows(3)) as fake:
        reply = search(fake, **params)
        assert reply.status == 400 and reply.json["title"] == "Invalid Request" and len(fake.refusals) == 1
        assert words is None or words in message(reply)
        assert words or reply.json["errors"][0]["parameter"] == "max_results"


def test_other_paths_and_methods_are_refused():
    with XFake() as fake:
        assert ask(fake, "/2/tweets/search/stream", token="bearer-token").status == 404
        assert ask(fake, "/2/tweets/search/recent?query=a", token="bearer-token", method="POST").status == 405
        assert len(fake.refusals) == 2


def test_a_token_belongs_to_its_query():
    with XFake(rows(30)) as fake:
        token = search(fake).json["meta"]["next_token"]
        assert search(fake, max_results=20, next_token=token).status == 200
        assert search(fake, query="#other", next_token=token).status == 400
        assert search(fake, kind="all", next_token=token).status == 400


def test_a_stale_since_id_is_told_the_smallest_that_will_do():
    with XFake(rows(3)) as fake:
        reply = search(fake, since_id=x(NOW * 1000 - 8 * 24 * HOUR, "old"))
        assert reply.status == 400 and fake.refusals == []
        usable = message(reply).split()[-1]
        assert x_ms(usable) == NOW * 1000 - 7 * 24 * HOUR
        assert search(fake, since_id=usable).json["meta"]["result_count"] == 3


def test_ids_and_times_bound_a_search():
    posts = [*rows(5), Post(HANA, "昔 #ssmjp", NOW * 1000 - 30 * 24 * HOUR, "old"),
             Post(HANA, "今 #ssmjp", NOW * 1000 - 5000, "fresh")]
    with XFake(posts) as fake:
        def found(**params):
            page = search(fake, **params).json
            return [fake.shelf.find(post["id"]).post.key for post in page.get("data", [])]

        assert found() == ["k4", "k3", "k2", "k1", "k0"]
        assert found(since_id=fake.id_of("k2")) == ["k4", "k3"]
        assert found(until_id=fake.id_of("k2")) == ["k1", "k0"]
        assert found(start_time=iso(posts[2].created), end_time=iso(posts[4].created)) == ["k3", "k2"]
        assert found(kind="all", until_id=fake.id_of("k0")) == ["old"]
        assert fake.refusals == []


@pytest.mark.parametrize("query, found", [
    ("#ssmjp", "k5 k4 k3 k1"), ("#SSMJP -is:reply", "k5 k4 k1"), ("#夜 OR #ssmjp", "k5 k4 k3 k2 k1"),
    ("(#夜 OR #ssmjp) from:meetup_taro_at_work", "k4"), ("#ssmjp has:images", "k5"), ("話 #ssmjp", "k1"),
    ("#ssmjp is:quote", "k4"), ("#ssm", "")])
def test_the_query_language(query, found):
    posts = [row(1), row(2, "別 #夜"), row(3, "返事 ＃ｓｓｍｊｐ", reply="k1"), row(4, "引用 #ssmjp", TARO, quote="k2"),
             row(5, "写真 #SSMjp", media=[Media("https://files.example/a.png")])]
    with XFake(posts) as fake:
        page = search(fake, query=query).json
        assert [fake.shelf.find(post["id"]).post.key for post in page.get("data", [])] == found.split()


def test_without_folding_a_wide_tag_is_another():
    with XFake([row(1), row(2, "全角 #ｓｓｍｊｐ")], fold=False) as fake:
        assert search(fake).json["meta"]["result_count"] == 1 == len(fake.public_uris("ssmjp"))
        assert search(fake, query="#ＳＳＭＪＰ").json["meta"]["result_count"] == 1


@pytest.mark.parametrize("offsets, start", [("escaped", 10), ("unescaped", 4), ("bytes", 13)])
def test_offsets_are_code_points_unless_told_otherwise(offsets, start):
    with XFake([row(1, "🍣<> #ssmjp 寿司")], offsets=offsets) as fake:
        post = only(fake, tweet_fields="entities")
        assert post["text"] == "🍣&lt;&gt; #ssmjp 寿司"
        assert post["entities"]["hashtags"] == [{"start": start, "end": start + 6, "tag": "ssmjp"}]


def test_long_posts_are_cut_and_whole_in_the_note():
    text = "あ" * 200 + " https://a.example/x #ssmjp"
    with XFake([row(1, text)]) as fake:
        bare = only(fake)
        assert "…" in bare["text"] and "#ssmjp" not in bare["text"] and "note_tweet" not in bare
        note = only(fake, tweet_fields="note_tweet")["note_tweet"]
        assert note["text"].startswith("あ" * 200 + " https://t.co/") and note["text"].endswith(" #ssmjp")
        link, mark = note["entities"]["urls"][0], note["entities"]["hashtags"][0]
        assert note["text"][link["start"]:link["end"]] == link["url"]
        assert link["expanded_url"] == "https://a.example/x"
        assert note["text"][mark["start"] + 1:mark["end"]] == "ssmjp"


def test_edits_make_new_ids_and_keep_the_uri():
    with XFake([row(1, before=[["誤字 #ssmjp", NOW * 1000 - HOUR]], edited=NOW * 1000 - HOUR + 60_000)]) as fake:
        once = only(fake)
        assert len(once["edit_history_tweet_ids"]) == 2 and once["id"] == once["edit_history_tweet_ids"][1]
        later = fake.edit("k1", "三度目 #ssmjp", NOW * 1000 - 60_000)
        twice = only(fake, since_id=once["id"])
        assert twice["id"] == later and twice["edit_history_tweet_ids"][:2] == once["edit_history_tweet_ids"]
        assert fake.public_uris("ssmjp") == {uri(twice)}
        first = ask(fake, "/2/tweets", {"ids": once["edit_history_tweet_ids"][0]}, "bearer-token").json["data"][0]
        assert first["text"] == "誤字 #ssmjp"


def test_media_polls_and_a_video_without_url():
    media = [Media("https://files.example/a.png", alt="図"), Media("https://files.example/b.mp4", "video", duration=2.5)]
    with XFake([row(1, media=media, poll={"options": [["はい", 2], ["いいえ", 1]]})]) as fake:
        page = search(fake, tweet_fields="attachments", expansions=EXPANSIONS, poll_fields="voting_status,end_datetime",
                      media_fields="url,preview_image_url,alt_text,type,width,height,variants,duration_ms").json
        photo, video = page["includes"]["media"]
        assert photo["alt_text"] == "図" and photo["url"] == "https://files.example/a.png"
        assert video["type"] == "video" and "url" not in video and video["duration_ms"] == 2500
        assert page["data"][0]["attachments"]["media_keys"] == [photo["media_key"], video["media_key"]]
        assert page["includes"]["polls"][0]["options"][0] == {"position": 1, "label": "はい", "votes": 2}


def test_references_data_with_errors_and_what_is_billed():
    posts = [row(1, "別の話"), row(2, quote="k1"), row(3, reply="gone"), row(4, visibility="private"), row(5, quote="k4")]
    with XFake(posts) as fake:
        page = search(fake, tweet_fields=FIELDS, expansions=EXPANSIONS + ",author_id").json
        assert [post["id"] for post in page["includes"]["tweets"]] == [fake.id_of("k1")]
        assert [error["title"] for error in page["errors"]] == ["Authorization Error", "Not Found Error"]
        assert fake.billed == {"posts": 4, "users": 1, "counts": 0} and fake.cost == 0.03


def test_credits_run_out():
    with XFake(rows(40), credits=0.08) as fake:
        first = search(fake)
        second = search(fake, next_token=first.json["meta"]["next_token"])
        assert (first.status, second.status, fake.balance) == (200, 200, -20_000)
        broke = search(fake)
        assert broke.status == 402 and broke.json["title"] == "CreditsDepleted"
        fake.credits = 1
        assert search(fake).status == 200 and fake.refusals == []


def test_what_is_read_again_on_its_day_is_free():
    with XFake(rows(10), clock=NOW // 86_400 * 86_400 + 86_400 - 60) as fake:
        search(fake, expansions="author_id", kind="all")
        assert fake.spent == 10 * 5000 + 10_000
        search(fake, expansions="author_id", kind="all")
        ask(fake, "/2/tweets", {"ids": fake.id_of("k1")}, "bearer-token")
        ask(fake, "/2/users", {"ids": HANA.number}, "bearer-token")
        assert fake.spent == 60_000 and fake.cost == 0.135
        fake.clock += 120
        ask(fake, "/2/users", {"ids": HANA.number}, "bearer-token")
        assert fake.spent == 70_000


def test_authors_that_are_not_asked_for_are_not_billed():
    with XFake(rows(3)) as fake:
        page = search(fake, tweet_fields="author_id").json
        assert {post["author_id"] for post in page["data"]} == {str(HANA.number)} and "includes" not in page
        assert fake.spent == 15_000


def test_the_monthly_cap_is_no_rate():
    with XFake(rows(30), cap=10) as fake:
        assert search(fake).status == 200
        capped = search(fake)
        assert capped.status == 429 and capped.json["title"] == "UsageCapExceeded"
        assert int(capped.headers["x-rate-limit-remaining"]) > 400


def test_what_is_left_is_told_for_nothing_and_even_without_money():
    with XFake(rows(10), credits=0.04) as fake:
        assert ask(fake, "/2/usage/credits", token="bearer-token").json == {"data": {"total_balance": 0.04}}
        search(fake)
        assert ask(fake, "/2/usage/credits", token="bearer-token").json["data"]["total_balance"] == 0
        assert ask(fake, "/2/usage/credits").status == 401 and fake.spent == 50_000
        assert ask(fake, "/2/usage/credits", {"days": 1}, "bearer-token").status == 400 and len(fake.refusals) == 1


@pytest.mark.parametrize("token", [None, "wrong"])
def test_without_the_token_there_are_no_rate_headers(token):
    with XFake(rows(3)) as fake:
        reply = search(fake, token=token)
        assert reply.status == 401 and reply.headers["x-rate-limit-reset"] is None
        assert search(fake).headers["x-rate-limit-reset"] == str((NOW // 900 + 1) * 900)


def test_lookup_says_what_is_missing():
    with XFake(rows(3)) as fake:
        page = ask(fake, "/2/tweets", {"ids": fake.id_of("k1") + ",7", "tweet.fields": "lang"}, "bearer-token").json
        assert page["data"][0]["lang"] == "ja" and page["errors"][0]["resource_id"] == "7"
        assert "data" not in ask(fake, "/2/tweets", {"ids": "7"}, "bearer-token").json
        many = ",".join(str(n) for n in range(101))
        assert ask(fake, "/2/tweets", {"ids": many}, "bearer-token").status == 400


def test_users_are_looked_up_and_the_lost_ones_named():
    with XFake(rows(2) + [row(5, author=TARO)], lost=[TARO.username]) as fake:
        numbers = "%d,%d,7" % (HANA.number, TARO.number)
        reply = ask(fake, "/2/users", {"ids": numbers, "user.fields": "description"}, "bearer-token")
        assert reply.status == 200 and [user["username"] for user in reply.json["data"]] == [HANA.username]
        assert [(e["resource_id"], e["resource_type"]) for e in reply.json["errors"]] == [
            (str(TARO.number), "user"), ("7", "user")]
        assert fake.spent == 10_000 and fake.refusals == []
        for query in ({}, {"ids": ",".join(map(str, range(101)))}, {"ids": "7", "expansions": "author_id"}):
            assert ask(fake, "/2/users", query, "bearer-token").status == 400
        assert len(fake.refusals) == 3


def counts(fake, **params):
    return ask(fake, "/2/tweets/counts/recent", {"query": "#ssmjp", **params}, "bearer-token")


def test_counts_by_the_minute_the_hour_and_the_day():
    with XFake(rows(3) + [row(3600 * k) for k in (-48, -2)]) as fake:
        for step, least in (("minute", 7 * 1440), ("hour", 168), ("day", 8)):
            told = counts(fake, granularity=step).json
            assert told["meta"]["total_tweet_count"] == sum(one["tweet_count"] for one in told["data"]) == 5
            assert least <= len(told["data"]) <= least + 1 and told["data"][0]["start"] < told["data"][1]["start"]
        some = counts(fake, start_time=iso(NOW * 1000 - 4 * HOUR), end_time=iso(NOW * 1000 - HOUR)).json
        assert some["meta"] == {"total_tweet_count": 1} and len(some["data"]) == 4
        assert fake.billed == {"posts": 0, "users": 0, "counts": 4} and fake.spent == 20_000
        assert fake.refusals == []


def test_counts_in_pages_begin_with_the_newest():
    with XFake(rows(3), counts_page=100) as fake:
        pages = [counts(fake).json]
        while token := pages[-1]["meta"].get("next_token"):
            pages.append(counts(fake, next_token=token).json)
        assert [page["meta"]["total_tweet_count"] for page in pages] == [3, 0]
        assert pages[0]["data"][0]["start"] == pages[1]["data"][-1]["end"]
        assert counts(fake, next_token=pages[0]["meta"]["next_token"], granularity="day").status == 400


@pytest.mark.parametrize("params", [{"granularity": "week"}, {"max_results": 10}, {"tweet.fields": "id"},
                                    {"start_time": iso(NOW * 1000 - 8 * 24 * HOUR)}, {"next_token": "made-up"}])
def test_counts_refuse_what_they_do_not_know(params):
    with XFake(rows(3)) as fake:
        assert counts(fake, **params).status == 400 and len(fake.refusals) == 1 and fake.spent == 0


def test_a_conversation_is_searched_by_its_root_without_the_root():
    posts = [row(1), row(2, "返事", TARO, reply="k1"), row(3, "返事の返事", reply="k2"), row(4, "別")]
    with XFake(posts) as fake:
        page = search(fake, query="conversation_id:" + fake.id_of("k1")).json
        assert [fake.shelf.find(post["id"]).post.key for post in page["data"]] == ["k3", "k2"]
        assert fake.refusals == []


def test_a_new_post_in_mid_walk_moves_nothing():
    with XFake(rows(25)) as fake:
        fake.at(2, lambda it: it.add(row(99)))
        fake.at(3, lambda it: it.delete("k0"))
        assert len(walk(fake)) == 24
