"""Signing in to a PDS: sessions of one account, made with a password, renewed with a token that serves once.

An access token lives 120 minutes of the fake's clock, a refresh token 90 days. More than 30 sessions in five minutes or
300 in a day are answered with 429, and are refusals: a correct client keeps what it was given.
"""
import base64
import hashlib
import json

from .server import Refusal, dumps

ACCESS_LIVES, REFRESH_LIVES = 120 * 60, 90 * 86_400
AT_MOST = ((300, 30), (86_400, 300))
ACCOUNT_WORDS = {"identifier", "password", "authFactorToken"}


def jwt(kind, number, sub, until):
    parts = [{"typ": "at+jwt" if kind == "access" else "refresh+jwt", "alg": "HS256"},
             {"scope": "com.atproto." + kind, "sub": sub, "exp": until, "jti": number}]
    signature = hashlib.sha256(("%s %d %s" % (kind, number, sub)).encode()).digest()
    pieces = [dumps(part) for part in parts] + [signature]
    return ".".join(base64.urlsafe_b64encode(piece).decode().rstrip("=") for piece in pieces)


class Sessions:
    def __init__(self, fake, author, password):
        self.fake, self.author, self.password = fake, author, password
        self.access, self.refresh = {}, {}      # token: until when
        self.made = []                          # when, of each createSession
        self.renewed = 0                        # how often a refreshSession gave a new pair
        self.given = []                         # every token there ever was

    @property
    def secrets(self):
        """What must stand nowhere but in requests."""
        return [self.password, *self.given]

    def expire(self):
        """All access tokens end at once."""
        self.access = dict.fromkeys(self.access, 0)

    def forget(self):
        """All refresh tokens end, too."""
        self.expire()
        self.refresh = dict.fromkeys(self.refresh, 0)

    def _names(self):
        author = self.author
        return {author.handle, author.did, "%s@mail.example" % author.username}

    def _new(self):
        now, number = self.fake.clock, len(self.given)
        access = jwt("access", number, self.author.did, now + ACCESS_LIVES)
        refresh = jwt("refresh", number + 1, self.author.did, now + REFRESH_LIVES)
        self.access[access], self.refresh[refresh] = now + ACCESS_LIVES, now + REFRESH_LIVES
        self.given += [access, refresh]
        document = {"@context": ["https://www.w3.org/ns/did/v1"], "id": self.author.did,
                    "alsoKnownAs": ["at://" + self.author.handle], "verificationMethod": [],
                    "service": [{"id": "#atproto_pds", "type": "AtprotoPersonalDataServer",
                                 "serviceEndpoint": self.fake.url}]}
        return self.fake.json({"accessJwt": access, "refreshJwt": refresh, "did": self.author.did, "didDoc": document,
                               "handle": self.author.handle, "email": "%s@mail.example" % self.author.username,
                               "active": True})

    def create(self, request):
        if request.token is not None:
            raise Refusal("a session is opened without a token")
        body = self._body(request)
        now = self.fake.clock
        self.made.append(now)
        for seconds, most in AT_MOST:
            if len([at for at in self.made if at > now - seconds]) > most:
                self.fake.refusals.append("more than %d sessions in %d seconds" % (most, seconds))
                return self.fake.too_many(seconds)
        if body["identifier"] not in self._names() or body["password"] != self.password:
            return self.fake.problem(401, "AuthenticationRequired", "Invalid identifier or password")
        return self._new()

    @staticmethod
    def _body(request):
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refusal("a session is asked for in JSON")
        try:
            body = json.loads(request.body.decode("utf-8"))
        except ValueError as error:
            raise Refusal("the body is no JSON: %s" % error) from error
        if not isinstance(body, dict) or not {"identifier", "password"} <= body.keys() <= ACCOUNT_WORDS:
            raise Refusal("identifier and password, and nothing else")
        if not all(isinstance(value, str) and value for value in body.values()) or body["identifier"][0] == "@":
            raise Refusal("a handle comes without its @, and nothing is empty")
        return body

    def renew(self, request):
        if request.body or "transfer-encoding" in request.headers:
            raise Refusal("refreshSession has no body")
        token = request.token
        if token is None:
            raise Refusal("refreshSession without a token", 401)
        if token not in self.refresh:
            return self._unknown()
        if self.refresh[token] <= self.fake.clock:
            return self._expired()
        self.refresh[token] = 0
        self.renewed += 1
        return self._new()

    def door(self, request):
        """The answer for whoever is not signed in, or None."""
        if request.token is None:
            return self.fake.problem(401, "AuthMissing", "Authentication Required")
        if request.token not in self.access:
            return self._unknown()
        return self._expired() if self.access[request.token] <= self.fake.clock else None

    def _expired(self):
        return self.fake.problem(400, "ExpiredToken", "Token has expired")

    def _unknown(self):
        return self.fake.problem(400, "InvalidToken", "Token could not be verified")
