"""Servers that behave: fakes of the networks, for tests, on loopback, with the standard library only.

    from fakes import Faults, MastodonFake, XFake, evening

    with MastodonFake(evening(seed=1, n=120, tag="ssmjp"), faults=Faults(seed=7, rate=0.2)) as fake:
        run("archive", "fetch", "#ssmjp", "--source", "mastodon:" + fake.url)
        assert stored_uris() == fake.public_uris("ssmjp")
        assert fake.refusals == []

or from a shell, with PYTHONPATH=tests (see command.py for the options):

    python3 -m fakes.mastodon --posts FILE.json --port-file F &

The modules: post (the neutral post), evening (posts made from a seed), ids (how each server counts), shelf (what a
server holds, by tag), server (the HTTP side), faults (what goes wrong); the networks: mastodon and its _shape, _single,
_object and _doors, x and its _params, _query, _shape, _lookup and _bill, misskey and its _body and _shape, bluesky and
its _session and _shape; tls (certificates and HTTPS around any fake), command (the shell side).

Nothing here sleeps, asks the wall clock or draws a number without a seed: `fake.clock` (epoch seconds) is the fake's
now, and the same posts and faults give the same bytes, but for the port.
"""
import importlib

_PLACES = {"evening": ("evening",), "faults": ("LIES", "POISON", "TRANSIENT", "Faults", "Script"),
           "bluesky": ("BlueskyFake",), "mastodon": ("MastodonFake",), "misskey": ("MisskeyFake",), "x": ("XFake",),
           "tls": ("Certificates",),
           "post": ("NOW", "Author", "Media", "Post", "fold", "load_posts", "posts_from")}
_NAMES = {name: place for place, names in _PLACES.items() for name in names}
__all__ = list(_NAMES)


def __getattr__(name):
    """Import a name when it is first wanted, so that `python3 -m fakes.x` runs a module not yet loaded."""
    if name not in _NAMES:
        raise AttributeError(name)
    value = getattr(importlib.import_module("." + _NAMES[name], __name__), name)
    globals()[name] = value
    return value
