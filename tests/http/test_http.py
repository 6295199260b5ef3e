"""The loop against real sockets: what it asks, what it takes, what it tries again, and what it refuses.

Every run gives a bearer token, and no output and no tape may ever show it. Time is frozen unless a test says `live`, so a
wait takes none.
"""
import gzip
import json
import os
import signal
import subprocess
import zlib

import pytest

from fakes.tls import Certificates
from rawserver import DRIP, HANG, RESET, RawServer, error, ok, redirect

NOW = 1793368800
SECRET = "TOKEN-that-nobody-may-see"
NETWORK, MALFORMED, NOT_FOUND, IO, RATE, USAGE = 3, 8, 9, 2, 4, 1


@pytest.fixture
def driver(build):
    path = build / "tests/http/http-driver"
    assert path.exists(), f"{path} is not built"

    def environment(live, env):
        clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        return {**clean, **({} if live else {"ARCHIVE_NOW": str(NOW)}), **(env or {})}

    def command(*words, bearer=SECRET):
        return [str(path), *(["--bearer", bearer] if bearer else []), *map(str, words)]

    def run(*words, live=False, env=None, bearer=SECRET):
        done = subprocess.run(command(*words, bearer=bearer), capture_output=True, text=True, timeout=60,
                              env=environment(live, env))
        assert SECRET not in done.stdout + done.stderr
        assert done.stderr == ""
        return [json.loads(line) for line in done.stdout.splitlines()]

    def start(*words):
        return subprocess.Popen(command(*words), stdout=subprocess.PIPE, text=True, env=environment(True, None))

    run.start = start
    return run


@pytest.fixture(scope="module")
def made():
    with Certificates() as certificates:
        yield certificates


def one(outcomes):
    assert len(outcomes) == 1, outcomes
    return outcomes[0]


def headers_of(request):
    lines = request.partition("\r\n\r\n")[0].split("\r\n")[1:]
    return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


# What is asked


def test_a_get_says_who_asks_and_what_is_wanted(driver):
    with RawServer([ok('{"a": 1}')]) as server:
        outcome = one(driver(server.url + "/api?q=%23ssmjp"))
        request = server.requests[0]
    headers = headers_of(request)
    assert request.startswith("GET /api?q=%23ssmjp HTTP/1.1\r\n")
    assert headers["user-agent"].startswith("archive/") and "(+hashtag archiver)" in headers["user-agent"]
    assert headers["accept"] == "application/json"
    assert headers["authorization"] == "Bearer " + SECRET
    assert "gzip" in headers["accept-encoding"]
    assert "cookie" not in headers
    assert (outcome["state"], outcome["status"], outcome["body"], outcome["tries"]) == ("done", 200, '{"a": 1}', 1)


def test_a_body_makes_it_a_post_of_json(driver):
    with RawServer([ok("[]")]) as server:
        driver("--body", '{"tag": "ssmjp"}', server.url + "/api")
        request = server.requests[0]
    assert request.startswith("POST /api HTTP/1.1\r\n")
    assert headers_of(request)["content-type"] == "application/json"
    assert request.endswith('\r\n\r\n{"tag": "ssmjp"}')


def test_without_a_credential_none_is_sent(driver):
    with RawServer([ok("[]")]) as server:
        driver(server.url, bearer=None)
        assert "authorization" not in headers_of(server.requests[0])


def test_cookies_and_a_netrc_are_not_ours(driver, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login someone password something\n")
    with RawServer([ok("[]", "Set-Cookie: a=b; Path=/")]) as server:
        driver("--one-by-one", server.url + "/1", server.url + "/2", bearer=None, env={"HOME": str(tmp_path)})
        assert len(server.requests) == 2
        for request in server.requests:
            assert not {"cookie", "authorization"} & set(headers_of(request))


@pytest.mark.parametrize("token", ["a b", "a\r\nX-Evil: 1", "a\nb", "日本"])
def test_a_token_cannot_add_a_header(driver, token):
    with RawServer([ok("[]")]) as server:
        outcome = one(driver(server.url, bearer=token))
        assert (outcome["state"], outcome["code"], server.requests) == ("refused", USAGE, [])
        assert token not in outcome["error"]


@pytest.mark.parametrize("url", ["http://social.example/", "ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1/",
                                 "http://user:pw@127.0.0.1/", "http://127.0.0.1.example/"])
def test_what_may_not_be_asked_is_refused_at_once(driver, url):
    outcome = one(driver(url))
    assert (outcome["state"], outcome["code"], outcome["tries"]) == ("refused", USAGE, 0)
    assert outcome["error"] and "pw" not in outcome["error"]


# What is taken


def test_a_packed_answer_is_unpacked(driver):
    body = json.dumps(["a" * 100] * 50)
    with RawServer([ok(gzip.compress(body.encode()), "Content-Encoding: gzip")]) as server:
        outcome = one(driver(server.url))
    assert (outcome["state"], outcome["bytes"]) == ("done", len(body))
    assert body.startswith(outcome["body"])


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 410, 422, 429, 501])
def test_a_refusal_is_handed_out_at_once(driver, status):
    with RawServer([error(status, "X-RateLimit-Reset: 2026-10-30T14:20:00Z")]) as server:
        outcome = one(driver(server.url))
        assert len(server.requests) == 1
    assert (outcome["state"], outcome["status"], outcome["body"]) == ("done", status, "<html>sorry</html>")
    assert "X-RateLimit-Reset: 2026-10-30T14:20:00Z\r\n" in outcome["headers"]


def test_only_the_last_head_is_kept(driver):
    with RawServer([b"HTTP/1.1 103 Early\r\nX-Early: 1\r\n\r\n" + ok("[]", "X-Late: 1")]) as server:
        outcome = one(driver(server.url))
    assert outcome["status"] == 200 and "X-Late" in outcome["headers"] and "X-Early" not in outcome["headers"]


@pytest.mark.parametrize("packed", [False, True])
def test_the_size_is_limited_after_unpacking(driver, packed):
    body = json.dumps("a" * 3_000_000).encode()
    answer = ok(gzip.compress(body), "Content-Encoding: gzip") if packed else ok(body)
    with RawServer([answer]) as server:
        outcome = one(driver("--max-bytes", 1_000_000, server.url))
        assert len(server.requests) == 1
    assert (outcome["state"], outcome["code"], outcome["bytes"]) == ("failed", MALFORMED, 0)
    assert "larger than the 1000000 bytes" in outcome["error"]


def test_an_answer_of_just_the_limit_is_taken(driver):
    with RawServer([ok("[" + " " * 998 + "]")]) as server:
        assert one(driver("--max-bytes", 1000, server.url))["bytes"] == 1000


FLOODS = {
    "of headers": b"HTTP/1.1 200 OK\r\n" + b"X-Fill: 12345678901234567890\r\n" * 40_000,
    "of one header": b"HTTP/1.1 200 OK\r\nX-Fill: " + b"a" * 1_000_000,
    "of heads": b"HTTP/1.1 103 Early\r\nA: b\r\n\r\n" * 40_000,
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_head_without_an_end_is_cut_short(driver, flood):
    with RawServer([FLOODS[flood]]) as server:
        outcome = one(driver("--tries", 2, server.url))
    assert outcome["state"] == "failed" and outcome["error"]


# What is tried again


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_failing_server_is_asked_again_with_longer_waits(driver, status):
    with RawServer([error(status)] * 3 + [ok("[]")]) as server:
        outcome = one(driver(server.url))
        assert len(server.requests) == 4
    assert (outcome["state"], outcome["status"], outcome["tries"]) == ("done", 200, 4)
    assert outcome["now"] >= NOW * 1000 + 1000 + 2000 + 4000


def test_the_last_failing_answer_is_handed_out(driver):
    with RawServer([error(503, body="tired")]) as server:
        outcome = one(driver(server.url))
        assert len(server.requests) == 5
    assert (outcome["state"], outcome["status"], outcome["tries"], outcome["body"]) == ("done", 503, 5, "tired")


def test_retry_after_is_obeyed_to_the_second(driver):
    with RawServer([error(429, "Retry-After: 120"), ok("[]")]) as server:
        waiting, outcome = driver("--waiting", "--step", 100_000, server.url)
    assert (waiting["state"], waiting["code"], waiting["wait_until"]) == ("waiting", RATE, NOW * 1000 + 120_000)
    assert "asks us to wait" in waiting["error"]
    assert (outcome["status"], outcome["now"]) == (200, NOW * 1000 + 120_000)


def test_retry_after_may_be_a_date(driver):
    with RawServer([error(503, "Retry-After: Fri, 30 Oct 2026 14:05:00 GMT"), ok("[]")]) as server:
        outcome = one(driver("--step", 1_000_000, server.url))
    assert (outcome["status"], outcome["now"]) == (200, (NOW + 300) * 1000)


@pytest.mark.parametrize("status", [429, 503])
def test_a_very_long_retry_after_is_the_callers_to_decide(driver, status):
    with RawServer([error(status, "Retry-After: 901")]) as server:
        outcome = one(driver(server.url))
        assert len(server.requests) == 1
    assert (outcome["state"], outcome["status"], outcome["now"]) == ("done", status, NOW * 1000)


BROKEN = {
    "hung up": b"",
    "reset": RESET,
    "head cut off": b"HTTP/1.1 200 OK\r\nContent-Ty",
    "body cut off": ok('[{"id": 1}', length=400),
    "chunk cut off": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n[1,",
    "no last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n",
    "chunk that is none": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n",
    "packed body cut off": ok(gzip.compress(b'["' + os.urandom(400).hex().encode() + b'"]')[:300],
                              "Content-Encoding: gzip"),
    "packed body that is none": ok("[1, 2, 3]", "Content-Encoding: gzip"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_connection_is_tried_again(driver, how):
    with RawServer([BROKEN[how], ok("[1]")]) as server:
        outcome = one(driver(server.url))
    assert (outcome["state"], outcome["status"], outcome["body"], outcome["tries"]) == ("done", 200, "[1]", 2)


@pytest.mark.parametrize("how", BROKEN)
def test_a_connection_that_always_breaks_is_given_up(driver, how):
    with RawServer([BROKEN[how]]) as server:
        outcome = one(driver("--tries", 2, server.url))
        host = f"127.0.0.1:{server.port}"
    assert (outcome["state"], outcome["code"], outcome["tries"], outcome["bytes"]) == ("failed", NETWORK, 2, 0)
    assert outcome["error"].startswith(host + ": ") and "(tried 2 times)" in outcome["error"]


def test_a_whole_packed_answer_that_is_not_json_is_not_cut_off(driver):
    page = gzip.compress(b"<html> [ open { brackets </html>")
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + page
    with RawServer([answer]) as server:
        outcome = one(driver(server.url))
    assert (outcome["state"], outcome["tries"]) == ("done", 1)


def test_brackets_in_strings_do_not_count(driver):
    body = json.dumps({"a\\": "[{\"", "b": ["}", "\\"]}).encode()
    with RawServer([ok(zlib.compress(body), "Content-Encoding: deflate")]) as server:
        assert one(driver(server.url))["tries"] == 1


def test_nobody_there(driver):
    with RawServer([ok("[]")]) as server:
        pass
    outcome = one(driver(server.url))
    assert (outcome["state"], outcome["code"], outcome["tries"]) == ("failed", NETWORK, 5)
    assert "no connection" in outcome["error"]


def test_a_host_that_is_not_found_is_looked_for_twice_more(driver):
    outcome = one(driver("https://" + "a" * 64 + ".example/"))  # no name server is asked for a label so long
    assert (outcome["state"], outcome["code"], outcome["tries"]) == ("failed", NETWORK, 3)
    assert "not found" in outcome["error"]


@pytest.mark.parametrize("answer", [HANG, DRIP], ids=["silent", "dripping"])
def test_an_answer_without_end_is_left(driver, answer):
    with RawServer([answer]) as server:
        outcome = one(driver("--timeout", 300, "--tries", 2, server.url))
        assert len(server.requests) == 2
    assert (outcome["state"], outcome["code"]) == ("failed", NETWORK)
    assert "0.3 seconds" in outcome["error"]


def test_what_does_not_speak_http_is_said_so(driver):
    with RawServer([b"220 mail.example ESMTP\r\n"]) as server:
        outcome = one(driver(server.url))
    assert (outcome["state"], outcome["code"], outcome["tries"]) == ("failed", NETWORK, 1)
    assert "does not speak HTTP" in outcome["error"]


def test_who_waits_does_not_block_the_others(driver):
    with RawServer([lambda request: slow.pop() if slow and "/slow" in request else ok("[]")]) as server:
        slow = [error(429, "Retry-After: 1")]
        outcomes = driver(server.url + "/slow", server.url + "/fast", live=True)
    assert [outcome["url"].rpartition("/")[2] for outcome in outcomes] == ["fast", "slow"]
    assert outcomes[1]["now"] - outcomes[0]["now"] > 500


def test_a_live_backoff_is_short_at_first(driver):
    with RawServer([error(502), ok("[]")]) as server:
        waiting, outcome = driver("--waiting", "--step", 1, server.url, live=True)[-2:]
    assert waiting["state"] == "waiting" and 0 <= waiting["wait_until"] - waiting["now"] + 50 <= 1050
    assert outcome["now"] >= waiting["wait_until"]


def test_a_start_may_be_put_off(driver):
    with RawServer([ok("[]")]) as server:
        outcome = one(driver("--delay", 90_000, "--step", 1_000_000, server.url))
    assert (outcome["status"], outcome["now"]) == (200, NOW * 1000 + 90_000)


def test_many_are_asked_at_once(driver):
    with RawServer([ok("[]")]) as server:
        outcomes = driver(*(f"{server.url}/{i}" for i in range(40)))
    assert {outcome["url"].rpartition("/")[2] for outcome in outcomes} == {str(i) for i in range(40)}
    assert all(outcome["status"] == 200 for outcome in outcomes)


@pytest.mark.parametrize("words", [["--step", "600000"], ["--step", "600000", "--delay", "600000"]],
                         ids=["asking", "asking and waiting"])
def test_a_signal_ends_the_step_under_way(driver, words):
    with RawServer([HANG]) as server, RawServer([HANG]) as other:
        urls = [server.url] if len(words) == 2 else []
        process = driver.start(*words, *urls, other.url)
        if urls:
            assert server.asked.wait(30)
        else:
            wait_until_it_sleeps(process)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert json.loads(out.splitlines()[-1]) == {"state": "stopped"}


def wait_until_it_sleeps(process):
    """Until the handler is there and the process is in poll(): the state of the kernel, not a guess of time."""
    for _ in range(200_000):
        with open(f"/proc/{process.pid}/status") as status:
            caught = int(next(line for line in status if line.startswith("SigCgt:")).split()[1], 16)
        with open(f"/proc/{process.pid}/stat") as stat:
            state = stat.read().rpartition(")")[2].split()[0]
        if caught & (1 << (signal.SIGINT - 1)) and state == "S":
            return
    raise AssertionError("the driver never slept")


# Redirects


def test_a_redirect_on_the_same_host_keeps_the_credential(driver):
    with RawServer([redirect("/there?q=1"), ok("[1]")]) as server:
        outcome = one(driver(server.url + "/here"))
        first, second = server.requests
    assert second.startswith("GET /there?q=1 ")
    assert headers_of(second)["authorization"] == "Bearer " + SECRET
    assert (outcome["status"], outcome["body"], outcome["tries"]) == (200, "[1]", 1)
    assert "Location" not in outcome["headers"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_port_loses_the_credential(driver, status):
    with RawServer([ok("[1]")]) as other, RawServer([redirect(other.url + "/x", status)]) as server:
        outcome = one(driver(server.url))
        assert "authorization" in headers_of(server.requests[0])
        assert SECRET not in other.requests[0]
    assert outcome["status"] == 200


def test_a_credential_that_was_dropped_does_not_come_back(driver):
    with RawServer([lambda request: redirect(server.url + "/back")]) as other:
        with RawServer([lambda request: ok("[]") if "/back" in request else redirect(other.url)]) as server:
            driver(server.url)
            assert ["authorization" in headers_of(request) for request in server.requests] == [True, False]


def test_each_try_begins_at_home_with_the_credential(driver):
    with RawServer([error(503), ok("[]")]) as other, RawServer([redirect(other.url)]) as server:
        assert one(driver(server.url))["tries"] == 2
        assert all("authorization" in headers_of(request) for request in server.requests)
        assert len(server.requests) == 2


@pytest.mark.parametrize("hops,state", [(5, "done"), (6, "failed")])
def test_five_redirects_are_enough(driver, hops, state):
    with RawServer([redirect(f"/{i}") for i in range(hops)] + [ok("[]")]) as server:
        outcome = one(driver(server.url))
    assert outcome["state"] == state
    if state == "failed":
        assert outcome["code"] == MALFORMED and "more than 5 times" in outcome["error"]


@pytest.mark.parametrize("location", ["http://social.example/?key=HIDDEN", "ftp://127.0.0.1/", "file:///etc/passwd",
                                      "gopher://127.0.0.1:1/_x", "http://user:HIDDEN@127.0.0.1/", "http://", "//[",
                                      "javascript:alert(1)", "\x01"])
def test_a_redirect_to_where_we_may_not_ask_is_refused(driver, location):
    with RawServer([redirect(location)]) as server:
        outcome = one(driver(server.url))
        assert len(server.requests) == 1
    assert (outcome["state"], outcome["code"]) == ("failed", MALFORMED)
    assert f"127.0.0.1:{server.port}" in outcome["error"] and "HIDDEN" not in outcome["error"]


def test_a_redirect_without_an_address_is_an_answer(driver):
    with RawServer([error(302)]) as server:
        assert one(driver(server.url))["status"] == 302


def test_a_post_goes_on_at_home_only(driver):
    body = ["--body", '{"i": "a credential, perhaps"}']
    with RawServer([redirect("/there", 308), ok("[]")]) as server:
        assert one(driver(*body, server.url))["status"] == 200
        assert server.requests[1].startswith("POST /there") and server.requests[1].endswith('perhaps"}')
    with RawServer([redirect("/there", 303), ok("[]")]) as server:
        assert one(driver(*body, server.url))["status"] == 200
        assert server.requests[1].startswith("GET /there") and "perhaps" not in server.requests[1]
    with RawServer([ok("[]")]) as other, RawServer([redirect(other.url, 307)]) as server:
        outcome = one(driver(*body, server.url))
        assert other.requests == []
    assert (outcome["state"], outcome["code"]) == ("failed", MALFORMED)
    assert f"127.0.0.1:{other.port}" in outcome["error"]


# Through a proxy, hosts beyond loopback can be met without leaving it


def test_loopback_is_never_asked_through_a_proxy(driver):
    with RawServer([ok('["proxy"]')]) as proxy, RawServer([ok('["server"]')]) as server:
        env = {"http_proxy": proxy.url, "all_proxy": proxy.url}
        assert one(driver(server.url, env=env))["body"] == '["server"]'
        assert proxy.requests == []


def test_a_proxy_is_taken_from_the_environment_and_sees_no_credential(driver):
    with RawServer([error(403)]) as proxy:
        outcome = one(driver("--tries", 1, "https://social.example/api", env={"https_proxy": proxy.url}))
        assert proxy.requests[0].startswith("CONNECT social.example:443 ")
        assert SECRET not in proxy.requests[0]
    assert (outcome["state"], outcome["code"]) == ("failed", NETWORK)


def test_nobody_elsewhere_sends_us_to_this_machine(driver):
    with RawServer([ok("[]")]) as inside, RawServer([redirect(inside.url)]) as proxy:
        outcome = one(driver("--insecure", "http://social.example/", env={"http_proxy": proxy.url}))
        assert proxy.requests[0].startswith("GET http://social.example/ ")
        assert inside.requests == []
    assert (outcome["state"], outcome["code"]) == ("failed", MALFORMED)
    assert "this machine" in outcome["error"]


def test_another_host_gets_no_credential(driver):
    with RawServer([redirect("http://other.example/x"), ok("[]")]) as proxy:
        driver("--insecure", "http://social.example/", env={"http_proxy": proxy.url})
        first, second = proxy.requests
    assert "authorization" in headers_of(first)
    assert second.startswith("GET http://other.example/x ") and "authorization" not in headers_of(second)


# TLS


def test_the_right_certificate_of_our_own_authority_is_accepted(driver, made):
    with RawServer([ok("[1]")], tls=made.context("right")) as server:
        outcome = one(driver("--ca", made.ca, server.url))
        assert headers_of(server.requests[0])["authorization"] == "Bearer " + SECRET
    assert (outcome["state"], outcome["body"]) == ("done", "[1]")


@pytest.mark.parametrize("kind,word", [("wrong-name", "another name"), ("expired", "expired"),
                                       ("self-signed", "self-signed")])
def test_a_wrong_certificate_is_refused_by_a_sentence(driver, made, kind, word):
    with RawServer([ok("[1]")], tls=made.context(kind)) as server:
        outcome = one(driver("--ca", made.ca, server.url))
        assert server.requests == []
    assert (outcome["state"], outcome["code"], outcome["tries"]) == ("failed", NETWORK, 1)
    assert outcome["error"].startswith(f"localhost:{server.port}: ") and word in outcome["error"]


@pytest.mark.parametrize("with_own", [False, True])
def test_an_unknown_authority_is_refused_by_a_sentence(driver, made, with_own):
    with Certificates() as other, RawServer([ok("[1]")], tls=other.context("right")) as server:
        outcome = one(driver(*(["--ca", made.ca] if with_own else []), server.url))
        assert server.requests == []
    assert (outcome["state"], outcome["tries"]) == ("failed", 1)
    assert "authority" in outcome["error"] and "ARCHIVE_CA_FILE" in outcome["error"]


def test_an_authority_file_is_checked_at_once(driver, made, tmp_path):
    empty = tmp_path / "empty.pem"
    empty.write_text("no certificate\n")
    assert "empty.pem" in one(driver("--ca", empty, "https://localhost:1/"))["error"]
    assert "missing.pem" in one(driver("--ca", tmp_path / "missing.pem", "https://localhost:1/"))["error"]


def test_a_redirect_from_tls_to_plain_http_loses_the_credential(driver, made):
    with RawServer([ok("[1]")]) as plain:
        with RawServer([redirect(plain.url)], tls=made.context("right")) as server:
            outcome = one(driver("--ca", made.ca, server.url))
        assert SECRET not in plain.requests[0]
    assert outcome["status"] == 200


def test_a_redirect_from_tls_to_plain_http_elsewhere_is_refused(driver, made):
    with RawServer([redirect("http://social.example/")], tls=made.context("right")) as server:
        outcome = one(driver("--ca", made.ca, server.url))
    assert (outcome["state"], outcome["code"]) == ("failed", MALFORMED)
    assert "https://" in outcome["error"]


def test_a_server_without_tls_is_said_so(driver):
    with RawServer([ok("[1]")]) as server:
        outcome = one(driver(server.url.replace("http:", "https:")))
    assert (outcome["state"], outcome["code"]) == ("failed", NETWORK)
    assert outcome["tries"] <= 3 and "TLS" in outcome["error"]


# The tape


def told(outcomes):
    """What must be the same each time a tape is played."""
    return [{key: outcome[key] for key in ("state", "status", "tries", "bytes", "body", "url")} for outcome in outcomes]


def test_what_was_recorded_is_played_the_same(driver, tmp_path):
    tape = tmp_path / "deep/tape"
    packed = ok(gzip.compress(b'[{"id": "1"}]'), "Content-Encoding: gzip", "Set-Cookie: session=COOKIE")
    answers = [error(503), packed, error(429, "Retry-After: 60"), ok("[2]"), error(404), redirect("/moved"), ok("[4]")]
    with RawServer(answers) as server:
        urls = [f"{server.url}/{name}" for name in ("1?a=b&c=%23d", "2", "3", "4")]
        first = driver("--one-by-one", "--record", tape, *urls)
    again = driver("--one-by-one", "--replay", tape, *urls, bearer=None)
    assert told(again) == told(first)
    assert [outcome["now"] for outcome in again] == [outcome["now"] for outcome in first]
    assert told(driver("--one-by-one", "--replay", tape, urls[0].replace("a=b&c=%23d", "c=%23d&a=b")))[0]["body"] == \
        '[{"id": "1"}]'
    kept = b"".join(path.read_bytes() for path in tape.iterdir())
    assert SECRET.encode() not in kept and b"COOKIE" not in kept and b"Content-Encoding" not in kept and b'[{"id": "1"}]' in kept
    assert sorted(path.name for path in tape.iterdir())[:2] == ["0001-127.0.0.1.http", "0001-127.0.0.1.request"]
    assert len(list(tape.glob("*.request"))) == 6


def test_a_request_that_the_tape_lacks_is_named(driver, tmp_path):
    with RawServer([ok("[]")]) as server:
        driver("--record", tmp_path / "tape", server.url + "/there")
    outcome = one(driver("--replay", tmp_path / "tape", "https://social.example/not/there?q=1"))
    assert (outcome["state"], outcome["code"], outcome["tries"]) == ("failed", NOT_FOUND, 1)
    assert "GET https://social.example/not/there?q=1" in outcome["error"]


def test_an_answer_that_is_cut_off_on_the_tape_is_a_broken_connection(driver, tmp_path):
    (tmp_path / "index").write_text("archive-tape 1\ntime 2026-10-30T14:00:00Z\n")
    for number, text in enumerate(["HTTP/1.1 200 OK\nContent-Length: 9\n\n[", "HTTP/1.1 200 OK\n\n[]"], 1):
        (tmp_path / f"{number}-a.request").write_text("GET https://a.example/\n")
        (tmp_path / f"{number}-a.http").write_text(text)
    outcome = one(driver("--replay", tmp_path, "https://a.example/"))
    assert (outcome["state"], outcome["status"], outcome["tries"], outcome["body"]) == ("done", 200, 2, "[]")


def test_a_folder_that_is_no_tape_is_said_so(driver, tmp_path):
    assert "no tape is there" in one(driver("--replay", tmp_path, "https://a.example/"))["error"]


def test_a_tape_that_cannot_be_begun_is_said_so(driver, tmp_path):
    (tmp_path / "file").write_text("in the way")
    outcome = one(driver("--record", tmp_path / "file/tape", "https://a.example/"))
    assert outcome["state"] == "refused" and str(tmp_path / "file/tape") in outcome["error"]


def test_a_tape_that_cannot_be_written_ends_the_exchange(driver, tmp_path):
    tape = tmp_path / "tape"

    def remove(request):
        for path in tape.iterdir():
            path.unlink()
        tape.rmdir()
        return ok("[]")

    with RawServer([remove]) as server:
        outcome = one(driver("--record", tape, server.url))
    assert (outcome["state"], outcome["bytes"]) == ("failed", 0)
    assert str(tape) in outcome["error"]
