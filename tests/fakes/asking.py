"""A plain client for the tests of the fakes: one request, and the answer as it came."""
import json
import re
import urllib.error
import urllib.request
from urllib.parse import quote, urlencode


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def links(self):
        return dict((rel, url) for url, rel in re.findall(r'<([^>]*)>; rel="(\w+)"', self.headers.get("Link", "")))


def ask(fake, path, query=(), token=None, method="GET", body=None, **headers):
    """One request; an error status is a reply like any other."""
    url = path if "://" in path else fake.url + path
    if query:
        url += "?" + urlencode(query, quote_via=quote)
    if token:
        headers["Authorization"] = "Bearer " + token
    request = urllib.request.Request(url, headers=headers, method=method, data=body)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return Reply(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, error.headers, error.read())


def tag(fake, name="ssmjp", token=None, **query):
    """A page of a Mastodon-like server; a list parameter is spelled any_, all_, none_."""
    pairs = []
    for key, value in query.items():
        pairs += [(key[:-1] + "[]", one) for one in value] if key.endswith("_") else [(key, value)]
    return ask(fake, "/api/v1/timelines/tag/" + quote(name, safe=""), pairs, token)


def search(fake, query="#ssmjp", kind="recent", token="bearer-token", **params):
    """A page of X; tweet_fields and the like are spelled with an underscore."""
    named = {re.sub(r"^(tweet|post|user|media|poll|place)_fields$", r"\1.fields", key): value
             for key, value in params.items()}
    return ask(fake, "/2/tweets/search/" + kind, {"query": query, **named}, token)


def notes(fake, name="search-by-tag", token=None, **body):
    """A call of Misskey about notes; a page of #ssmjp unless something else is asked for."""
    if name == "search-by-tag" and "query" not in body:
        body.setdefault("tag", "ssmjp")
    return ask(fake, "/api/notes/" + name, token=token, method="POST", body=json.dumps(body).encode(),
               **{"Content-Type": "application/json"})


def xrpc(fake, name, token=None, **query):
    """A question to Bluesky; a value that is a list is a parameter that comes more than once."""
    pairs = [(key, one) for key, value in query.items() for one in (value if isinstance(value, list) else [value])]
    return ask(fake, "/xrpc/" + name, pairs, token)


def found(fake, token=None, **query):
    """A page of Bluesky's search."""
    return xrpc(fake, "app.bsky.feed.searchPosts", token, **{"q": "#ssmjp", **query})


def sign_in(fake, **changed):
    """A session of Bluesky, or what says that there is none."""
    body = {"identifier": fake.login, "password": fake.sessions.password, **changed}
    return ask(fake, "/xrpc/com.atproto.server.createSession", method="POST", body=json.dumps(body).encode(),
               **{"Content-Type": "application/json"})


def renew(fake, token, body=b""):
    return ask(fake, "/xrpc/com.atproto.server.refreshSession", token=token, method="POST", body=body)
