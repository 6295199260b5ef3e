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


def ask(fake, path, query=(), token=None, method="GET", **headers):
    """One request; an error status is a reply like any other."""
    url = path if "://" in path else fake.url + path
    if query:
        url += "?" + urlencode(query, quote_via=quote)
    if token:
        headers["Authorization"] = "Bearer " + token
    request = urllib.request.Request(url, headers=headers, method=method)
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
