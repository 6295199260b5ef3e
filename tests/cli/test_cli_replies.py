"""archive fetch --replies: the conversations of tagged posts, once each, as candidates that nobody chose."""
import json
import signal
import threading

import pytest

from fakes import NOW, Author, BlueskyFake, MastodonFake, MisskeyFake, Post, XFake
from made import objects

CLOCK = {"ARCHIVE_NOW": str(NOW)}
MINUTE = 60_000
HANA, TARO = Author("hana", "はな"), Author("taro", "太郎")


def post(n, key, text, author=HANA, **more):
    return Post(author, text, NOW * 1000 - MINUTE * (100 - n), key=key, **more)


def evening():
    """Two tagged posts; on the first hang two answers without the tag, the second answers an untagged one."""
    return [post(1, "talk", "始まった #ssmjp", counts={"replies": 1}), post(2, "first", "同感", TARO, reply="talk", counts={"replies": 1}),
            post(3, "second", "そうですか", reply="first"), post(4, "before", "どこ？", TARO, counts={"replies": 1}),
            post(5, "here", "ここ #ssmjp", reply="before"), post(6, "alone", "一人 #ssmjp"), post(7, "other", "無関係")]


def texts(archive):
    return {json.loads(line)["text"] for line in archive.ok("--json", "search", env=CLOCK).splitlines()}


ALL = {"始まった #ssmjp", "ここ #ssmjp", "一人 #ssmjp", "同感", "そうですか", "どこ？"}


@pytest.mark.parametrize("spec, fake", [("mastodon", MastodonFake), ("misskey", MisskeyFake)])
def test_what_hangs_on_tagged_posts_is_stored_and_is_a_candidate(archive, spec, fake):
    with fake(evening()) as server:
        out = archive.ok("fetch", "ssmjp", "--replies", "--source", "%s:%s" % (spec, server.url), env=CLOCK)
        assert server.refusals == []
    assert "conversations: 2 read, " in out
    assert texts(archive) == ALL
    archive.ok("thread", "new", "evening", "--tag", "ssmjp", env=CLOCK)
    assert json.loads(archive.ok("--json", "thread", "show", "evening", env=CLOCK))["items"] == []
    assert archive.ok("thread", "add", "evening", "--all", env=CLOCK).startswith("6 posts chosen")


def test_bluesky_shows_a_whole_thread_at_once(archive):
    with BlueskyFake(evening(), mode="api") as server:
        out = archive.ok("fetch", "ssmjp", "--replies", "--source", "bluesky:" + server.url, env=CLOCK)
        assert server.refusals == []
    assert "conversations: 2 read, 3 new, " in out
    assert texts(archive) == ALL


def test_without_it_nothing_is_asked(archive):
    with MastodonFake(evening()) as server:
        out = archive.ok("fetch", "ssmjp", "--source", "mastodon:" + server.url, env=CLOCK)
        assert not [one for one in server.seen if "context" in one.target] and "conversations" not in out
    assert texts(archive) == {text for text in ALL if "#" in text}


def test_a_conversation_with_several_tagged_posts_is_read_once(archive):
    chain = [post(n, "p%d" % n, "%d #ssmjp" % n, reply="p%d" % (n - 1) if n else None, counts={"replies": int(n < 5)}) for n in range(6)]
    with MastodonFake(chain) as server:
        out = archive.ok("fetch", "ssmjp", "--replies", "--source", "mastodon:" + server.url, env=CLOCK)
        assert len([one for one in server.seen if "context" in one.target]) == 1
    assert "conversations: 6 read, 0 new" in out


def test_several_hashtags_are_one_evening(archive):
    with MastodonFake(evening()) as server:
        archive.ok("fetch", "ssmjp", "ops", "--replies", "--source", "mastodon:" + server.url, env=CLOCK)
    archive.ok("thread", "new", "ops", "--tag", "ops", env=CLOCK)
    assert archive.ok("thread", "add", "ops", "--all", env=CLOCK).startswith("3 posts chosen")


def test_x_is_kept_within_the_budget_and_says_what_was_left(archive):
    talks = [one for n in range(8) for one in (
        post(10 * n, "q%d" % n, "q%d #ssmjp" % n, Author("a%d" % n), counts={"replies": 1}),
        post(10 * n + 1, "r%d" % n, "r%d" % n, Author("b%d" % n), reply="q%d" % n))]
    with XFake(talks, token="sesame") as server:
        done = archive.run("fetch", "ssmjp", "--replies", "--source", "x:" + server.url, "--budget", "1", env={**CLOCK, "ARCHIVE_X_TOKEN": "sesame"})
        assert server.cost <= 1_000_000 and server.refusals == []
    assert done.returncode in (0, 3) and "conversations: " in done.stdout
    assert any(text.startswith("r") for text in texts(archive))


def test_a_server_that_does_not_show_them_is_a_part(archive):
    with MastodonFake(evening(), personality="snac") as server:
        done = archive.run("fetch", "ssmjp", "--replies", "--source", "mastodon:" + server.url, env=CLOCK)
    assert done.returncode == 3 and "; 2 not read; " in done.stdout


def test_as_json_they_are_an_object_of_their_own(archive):
    with MastodonFake(evening()) as server:
        out = archive.ok("--json", "fetch", "ssmjp", "--replies", "--source", "mastodon:" + server.url, env=CLOCK)
    [_, report] = objects(out)
    assert report["conversations"]["read"] == 2 and report["conversations"]["new"] == 3


def test_it_ends_behind_the_conversation_under_way(archive):
    talks = [one for n in range(9) for one in (post(2 * n, "q%d" % n, "q%d #ssmjp" % n, counts={"replies": 1}),
                                               post(2 * n + 1, "r%d" % n, "r%d" % n, reply="q%d" % n))]
    begun, box = threading.Event(), []
    with MastodonFake(talks) as server:
        def stop(_):
            if "context" in server.seen[-1].target and not stopped:
                stopped.append(begun.wait(60) and box[0].send_signal(signal.SIGINT))
        stopped = []
        for number in range(1, 30):
            server.at(number, stop)
        box.append(archive.start("fetch", "ssmjp", "--replies", "--source", "mastodon:" + server.url, env=CLOCK))
        begun.set()
        out, err = box[0].communicate(timeout=60)
    assert (box[0].returncode, err) == (130, "")
    [line] = [line for line in out.splitlines() if "conversations: " in line]
    assert " left; stopped" in line and stopped
