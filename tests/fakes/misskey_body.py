"""The bodies of Misskey's calls: which parameters there are, what they may be, and the errors that answer."""
import json
import re
import uuid

from .server import Refusal

ID = re.compile(r"[0-9a-z]{16}")
TOLD = {"INVALID_PARAM": "3d81ceae-475f-4600-b2a8-2bc116157532",
        "AUTHENTICATION_FAILED": "b0a7f5f8-dc2f-4171-b91f-de88ad238e14",
        "NO_SUCH_NOTE": "24fcbfc6-2e37-42b6-8388-c29b3861a08d"}
MESSAGES = {
    "INVALID_PARAM": (400, "Invalid param.", "invalid_request"),
    "NO_SUCH_NOTE": (400, "No such note.", "invalid_request"),
    "CONTENT_RESTRICTED_BY_USER": (400, "Content restricted by user. Please sign in to view.", "invalid_request"),
    "CONTENT_RESTRICTED_BY_SERVER": (400, "Content restricted by server settings. Please sign in to view.",
                                     "invalid_request"),
    "CREDENTIAL_REQUIRED": (401, "Credential required.", None),
    "AUTHENTICATION_FAILED": (401, "Authentication failed. Please ensure your token is correct.", "invalid_token"),
    "PERMISSION_DENIED": (403, "Your app does not have the necessary permissions to use this endpoint.",
                          "insufficient_scope"),
    "UNKNOWN_API_ENDPOINT": (404, "Unknown API endpoint.", None),
    "RATE_LIMIT_EXCEEDED": (429, "Rate limit exceeded. Please try again later.", None),
    "INTERNAL_ERROR": (500, "Internal error occurred. Please contact us if the error persists.", None),
}


def problem(code, info=None):
    """(status, body, what WWW-Authenticate says) of an error."""
    status, message, challenge = MESSAGES[code]
    number = TOLD.get(code) or str(uuid.uuid5(uuid.NAMESPACE_DNS, code + ".misskey.example"))
    kind = "server" if status >= 500 else "permission" if status == 403 else "client"
    error = {"message": message, "code": code, "id": number, "kind": kind}
    if info:
        error["info"] = info
    head = None
    if challenge:
        head = 'Bearer realm="Misskey", error="%s", error_description="%s"' % (challenge, message)
    elif status == 401:
        head = 'Bearer realm="Misskey"'
    return status, {"error": error}, head


def number(low, high):
    def check(value):
        return type(value) is int and low <= value <= high
    return check


def is_text(value):
    return isinstance(value, str) and value != ""


def is_tag(value):
    return is_text(value) and value[0] not in "#＃"


def is_query(value):
    """[[this AND that] OR [the other]]"""
    return isinstance(value, list) and value and all(
        isinstance(row, list) and row and all(map(is_tag, row)) for row in value)


def is_id(value):
    return isinstance(value, str) and bool(ID.fullmatch(value))


def is_whether(value):
    return value is None or isinstance(value, bool)


PAGE = {"limit": number(1, 100), "sinceId": is_id, "untilId": is_id}
DATES = {"sinceDate": number(0, 1 << 53), "untilDate": number(0, 1 << 53)}
ANY = {"i": is_text}
SEARCH = {**ANY, **PAGE, **DATES, "tag": is_tag, "query": is_query, "reply": is_whether, "renote": is_whether,
          "poll": is_whether, "withFiles": lambda value: isinstance(value, bool)}
NOTE = {**ANY, "noteId": is_text}
AROUND = {**NOTE, **PAGE}
ABOVE = {**NOTE, "limit": number(1, 100)}
SHOW_URI = {**ANY, "uri": is_text}


def _once(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name twice")
    return found


def read_body(fake, request, known):
    """{name: value}; Refusal for what is no JSON object, for a name that is not known, and for a wrong value."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal("a body of type %r" % kind)
    try:
        body = json.loads(request.body.decode("utf-8"), object_pairs_hook=_once)
    except ValueError as error:
        raise Refusal("the body is no JSON: %s" % error) from error
    if not isinstance(body, dict):
        raise Refusal("the body is no object")
    for name, value in body.items():
        if name not in known or not known[name](value):
            info = {"param": "#/properties/" + name, "reason": "must be what it should be"}
            raise Refusal("%s: %r" % (name, value), answer=fake.problem("INVALID_PARAM", info))
    return body


def need(fake, body, *names):
    """One of the names must be there, and one alone."""
    if len([name for name in names if name in body]) != 1:
        info = {"param": "#/required", "reason": "must have required property '%s'" % names[0]}
        raise Refusal("one of %s is needed" % " ".join(names), answer=fake.problem("INVALID_PARAM", info))
