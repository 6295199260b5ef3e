"""Who comes in at a Mastodon-like server: applications, codes, tokens, and what only a user may ask.

A part of MastodonFake. A login without a browser's way back ("out of band") goes so:

    POST /api/v1/apps            JSON: client_name, redirect_uris, scopes, website; five in ten minutes
    fake.authorize(url)          what a person does in a browser at the URL of /oauth/authorize: gives the code
    POST /oauth/token            grant_type, code, client_id, client_secret, redirect_uri, scope, as a form or JSON

A code is good for one token, and the token is `fake.token`, with the scopes of its application (`fake.scopes`, "read"
before). Who has only read:statuses may neither search nor ask who they are: 403. A wrong code or client is answered as
servers do and is no refusal, for people mistype; a secret in a URL is one.
"""
import hashlib
import json
from urllib.parse import parse_qsl, urlsplit

from .ids import iso
from .post import Author
from .server import Refusal

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
SCOPES = {"read", "read:statuses", "read:accounts", "read:search", "profile"}
APP = {"client_name", "redirect_uris", "scopes", "website"}
TOKEN = {"grant_type", "code", "client_id", "client_secret", "redirect_uri", "scope"}
AUTHORIZE = {"response_type", "client_id", "redirect_uri", "scope", "force_login", "lang"}
APPS, TEN_MINUTES = 5, 600


def secret(*words):
    return hashlib.sha256(" ".join(map(str, words)).encode()).hexdigest()[:43]


def scopes_of(text):
    if not isinstance(text, str) or not text.split() or set(text.split()) - SCOPES:
        raise Refusal("the scopes %s are not those of a reader" % text)
    return set(text.split())


def body_of(request, names, forms=True):
    """The fields of a POST, from JSON or a form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    try:
        if kind == "application/json":
            fields = json.loads(request.body)
        elif forms and kind == "application/x-www-form-urlencoded":
            fields = dict(parse_qsl(request.body.decode("ascii"), keep_blank_values=True, strict_parsing=True))
        else:
            raise Refusal("a body of type %s" % kind)
    except ValueError as error:
        raise Refusal("a body that cannot be read: %s" % error) from error
    if request.query or not isinstance(fields, dict) or set(fields) - names:
        raise Refusal("fields that the call does not have")
    return fields


class Doors:
    def open_doors(self):
        self.user = Author("meetup_record_keeper", "記録係", self.domain)
        self.apps, self.codes, self._made = {}, {}, []
        self.scopes = {"read"}          # of the user token

    def authorize(self, url):
        """What a person does in the browser at this URL: the code that is shown. AssertionError for a wrong URL."""
        parts = urlsplit(url)
        given = dict(parse_qsl(parts.query, strict_parsing=True))
        assert url.startswith(self.url + "/") and parts.path == "/oauth/authorize", url
        assert not set(given) - AUTHORIZE and given["response_type"] == "code", url
        assert given["redirect_uri"] == OUT_OF_BAND, url
        with self.lock:
            assert scopes_of(given.get("scope", "read")) <= self.apps[given["client_id"]]["scopes"], url
            code = secret("code", len(self.codes))
            self.codes[code] = given["client_id"]
        return code

    def _apps(self, request):
        fields = body_of(request, APP, forms=False)
        redirect = fields.get("redirect_uris")
        if redirect not in (OUT_OF_BAND, [OUT_OF_BAND]) or not isinstance(fields.get("client_name"), str):
            raise Refusal("an application has a name, and no way back but %s" % OUT_OF_BAND)
        scopes = scopes_of(fields.get("scopes", "read"))
        self._made = [at for at in self._made if at > self.clock - TEN_MINUTES] + [self.clock]
        if len(self._made) > APPS:
            return self.too_many(TEN_MINUTES)
        name = secret("client", len(self.apps))
        self.apps[name] = {"secret": secret("secret", len(self.apps)), "scopes": scopes}
        return self.json({"id": str(len(self.apps)), "name": fields["client_name"], "website": fields.get("website"),
                          "scopes": sorted(scopes), "redirect_uri": OUT_OF_BAND, "redirect_uris": [OUT_OF_BAND],
                          "client_id": name, "client_secret": self.apps[name]["secret"],
                          "client_secret_expires_at": 0, "vapid_key": ""})

    def _oauth(self, kind, what, status):
        return self.json({"error": kind, "error_description": what}, status)

    def _token(self, request):
        fields = body_of(request, TOKEN)
        if fields.get("grant_type") != "authorization_code" or fields.get("redirect_uri") != OUT_OF_BAND:
            raise Refusal("a grant_type or redirect_uri that the application has not")
        app = self.apps.get(fields.get("client_id"))
        if app is None or app["secret"] != fields.get("client_secret"):
            return self._oauth("invalid_client", "Client authentication failed due to unknown client", 401)
        if self.codes.get(fields.get("code")) != fields["client_id"]:
            return self._oauth("invalid_grant", "The provided authorization grant is invalid, expired or revoked", 400)
        del self.codes[fields["code"]]
        self.scopes = app["scopes"]
        return self.json({"access_token": self.token, "token_type": "Bearer", "created_at": self.clock,
                          "scope": " ".join(sorted(app["scopes"]))})

    def _verify(self, request):
        self._no_parameters(request)
        if request.token is None:
            return self.error(401, "The access token is invalid")
        if request.token != self.token:
            return self.error(422, "This method requires an authenticated user")
        if not self.scopes & {"read", "read:accounts", "profile"}:
            return self.error(403, "This action is outside the authorized scopes")
        account = self.shape.account(self.user, self.clock * 1000)
        return self.json({**account, "source": {"privacy": "public", "sensitive": False, "language": "ja", "note": "",
                                                "fields": [], "follow_requests_count": 0},
                          "last_status_at": iso(self.clock * 1000)[:10]})

    def _search(self, request):
        given = dict(request.query)
        if len(given) < len(request.query) or set(given) - {"q", "resolve", "type"} or not given.get("q"):
            raise Refusal("a search is q, resolve and type")
        if given.get("type") != "statuses" or given.get("resolve", "true") not in ("true", "1", "false", "0"):
            raise Refusal("only statuses are searched here")
        if given.get("resolve") in ("true", "1") and request.token != self.token:
            return self.error(401, "Resolving is not supported without authentication")
        if request.token and not self.scopes & {"read", "read:search"}:
            return self.error(403, "This action is outside the authorized scopes")
        found = [e for e in self.shelf.entries
                 if given["q"] in (self.uri_of(e.post), self.page_of(e), e.post.uri, e.post.url) and self._found(e.id)]
        return self.json({"accounts": [], "statuses": [self.shape.status(e) for e in found], "hashtags": []})
