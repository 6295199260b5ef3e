"""The fakes from a shell: run one until it is told to stop (SIGTERM, SIGINT), then say what it saw.

    python3 -m fakes.x --evening 1:120:ssmjp --port-file F --faults 7:0.2 --fault 3=429 --report R &
    ... read the port from F (it appears whole) ... kill -TERM the server ...

--posts FILE is a JSON array of posts as in post.py (posts_from); --evening SEED:N:TAG makes some.
--faults SEED:RATE[:KIND,KIND] draws faults, --fault N=KIND sets one. --set NAME=VALUE gives any other option of the
fake, its value as JSON or else as a word: --set personality=snac, --set leak=true. --report FILE holds, after the end:
requests, refusals, seen (targets, headers, bodies), uris by tag of --tag, and on X billed, cost, spent.
"""
import argparse
import json
import os
import signal
import sys

from .evening import evening
from .faults import TRANSIENT, Faults, Script
from .post import NOW, load_posts


def _options(network):
    parser = argparse.ArgumentParser(prog="fakes." + network)
    parser.add_argument("--posts", action="append", default=[])
    parser.add_argument("--evening", action="append", default=[])
    parser.add_argument("--faults")
    parser.add_argument("--fault", action="append", default=[])
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--clock", type=int, default=NOW)
    parser.add_argument("--tag", action="append", default=[])
    parser.add_argument("--port-file", required=True)
    parser.add_argument("--report")
    return parser.parse_args()


def _posts(options):
    posts = [post for path in options.posts for post in load_posts(path)]
    for spec in options.evening:
        seed, n, tag = spec.split(":", 2)
        posts += evening(seed, int(n), tag, start=(options.clock - 4 * 3600) * 1000)
    return posts


def _faults(options):
    if options.faults:
        seed, rate, *kinds = options.faults.split(":")
        return Faults(seed, float(rate), kinds[0].split(",") if kinds else TRANSIENT)
    pairs = (spec.partition("=") for spec in options.fault)
    return Script({int(number): kind for number, _, kind in pairs})


def _settings(options):
    for spec in options.set:
        name, _, value = spec.partition("=")
        try:
            yield name, json.loads(value)
        except ValueError:
            yield name, value


def _write(path, text):
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)


def _report(fake, tags):
    report = {"requests": fake.requests, "refusals": fake.refusals,
              "seen": [{"target": one.target, "headers": one.headers, "body": one.body.decode("utf-8", "replace")}
                       for one in fake.seen],
              "uris": {tag: sorted(fake.public_uris(tag)) for tag in tags},
              "optout_uris": {tag: sorted(fake.optout_uris(tag)) for tag in tags}}
    if hasattr(fake, "billed"):
        report.update(billed=fake.billed, cost=fake.cost, spent=fake.spent)
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def main(network):
    from . import BlueskyFake, MastodonFake, MisskeyFake, XFake

    options = _options(network)
    make = {"bluesky": BlueskyFake, "mastodon": MastodonFake, "misskey": MisskeyFake, "x": XFake}[network]
    signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    with make(_posts(options), _faults(options), clock=options.clock, **dict(_settings(options))) as fake:
        _write(options.port_file, "%d\n" % fake.port)
        signal.sigwait(signals)
        if options.report:
            _write(options.report, _report(fake, options.tag))
    sys.exit(0)
