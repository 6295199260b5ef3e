"""Servers that behave: fakes of the networks, for tests, on loopback, with the standard library only.

    from fakes import Faults, MastodonFake, XFake, evening

    with MastodonFake(evening(seed=1, n=120, tag="ssmjp"), faults=Faults(seed=7, rate=0.2)) as fake:
        run("archive", "fetch", "#ssmjp", "--source", "mastodon:" + fake.url)
        assert stored_uris() == fake.public_uris("ssmjp")
        assert fake.refusals == []

or from a shell, with PYTHONPATH=tests (see command.py for the options):

    python3 -m fakes.mastodon --posts FILE.json --port-file F &

The modules: post (the neutral post), evening (posts made from a seed), ids (how each server counts), shelf (what a
server holds, by tag), server (the HTTP side), faults (what goes wrong), mastodon and mastodon_shape, x, x_query,
x_params and x_shape (the two networks), tls (certificates and HTTPS around any fake), command (the shell side).

Nothing here sleeps, asks the wall clock or draws a number without a seed: `fake.clock` (epoch seconds) is the fake's
now, and the same posts and faults give the same bytes, but for the port.
"""
from .evening import evening
from .faults import LIES, POISON, TRANSIENT, Faults, Script
from .mastodon import MastodonFake
from .post import NOW, Author, Media, Post, fold, load_posts, posts_from
from .x import XFake

__all__ = ["LIES", "NOW", "POISON", "TRANSIENT", "Author", "Faults", "MastodonFake", "Media", "Post",
           "Script", "XFake", "evening", "fold", "load_posts", "posts_from"]
