"""The parameters of X's calls: which there are, what they may be, and the 400 that X answers otherwise.

Both vocabularies are known. `Wanted` is what a request asks to be shown, in tweet words.
"""
import calendar
import re
import time
from dataclasses import dataclass, field

from .server import Refusal

TWEET_FIELDS = frozenset("""article attachments author_id card_uri community_id context_annotations conversation_id
    created_at display_text_range edit_controls edit_history_tweet_ids entities geo id in_reply_to_user_id lang
    media_metadata non_public_metrics note_tweet organic_metrics possibly_sensitive promoted_metrics public_metrics
    referenced_tweets reply_settings scopes source suggested_source_links suggested_source_links_with_counts text
    withheld""".split())
UNLISTED_FIELDS = frozenset(["username", "paid_partnership"])      # accepted, though the 400 does not list them
EXPANSIONS = frozenset("""author_id attachments.media_keys attachments.poll_ids referenced_tweets.id
    referenced_tweets.id.author_id referenced_tweets.id.attachments.media_keys""".split())
USER_FIELDS = frozenset("""created_at description id name profile_image_url protected public_metrics username verified
    verified_type""".split())
MEDIA_FIELDS = frozenset("""alt_text duration_ms height media_key preview_image_url type url variants width""".split())
POLL_FIELDS = frozenset("duration_minutes end_datetime id options voting_status".split())
PLACE_FIELDS = frozenset("""contained_within country country_code full_name geo id name place_type""".split())
POST_WORDS = {"note_post": "note_tweet", "referenced_posts": "referenced_tweets",
              "edit_history_post_ids": "edit_history_tweet_ids"}
POST_EXPANSIONS = {"referenced_posts": "referenced_tweets.id",
                   **{e.replace("tweets", "posts"): e for e in EXPANSIONS if "tweets" in e}}

SHOWN = {"tweet.fields": TWEET_FIELDS, "post.fields": TWEET_FIELDS, "expansions": EXPANSIONS,
         "user.fields": USER_FIELDS, "media.fields": MEDIA_FIELDS, "poll.fields": POLL_FIELDS,
         "place.fields": PLACE_FIELDS}
SEARCH = frozenset(SHOWN) | {"query", "max_results", "next_token", "pagination_token", "start_time", "end_time",
                             "since_id", "until_id", "sort_order"}
LOOKUP = frozenset(SHOWN) | {"ids"}
COUNTS = frozenset(["query", "granularity", "start_time", "end_time", "since_id", "until_id", "next_token"])
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@dataclass
class Wanted:
    """What a request wants shown."""
    tweet: set = field(default_factory=lambda: {"id", "text", "edit_history_tweet_ids"})
    user: set = field(default_factory=lambda: {"id", "name", "username"})
    media: set = field(default_factory=lambda: {"media_key", "type"})
    poll: set = field(default_factory=lambda: {"id", "options"})
    expansions: set = field(default_factory=set)
    post_words: bool = False


def problem(message, name, values, **more):
    """The body of X's 400: a list of what was wrong."""
    fault = {"message": message, "parameters": {name: values}, **more}
    return {"errors": [fault], "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": "https://api.twitter.com/2/problems/invalid-request"}


def wrong(fake, message, name, *values):
    """A Refusal that answers with X's 400."""
    return Refusal("%s: %s" % (name, message), answer=fake.json(problem(message, name, list(values)), 400))


def read_parameters(fake, request, known):
    """{name: value}; Refusal for an unknown, repeated or empty one."""
    found = {}
    for name, value in request.query:
        if name not in known:
            message = "The query parameter [%s] is not one of [%s]" % (name, ",".join(sorted(known)))
            raise wrong(fake, message, name, value)
        if name in found or not value:
            raise wrong(fake, "the parameter comes twice or empty", name, value)
        found[name] = value
    return found


def _post_spelling(names):
    return {{tweet: post for post, tweet in POST_WORDS.items()}.get(name, name) for name in names}


def _list(fake, name, value):
    """The values of a list parameter, in tweet words."""
    known = SHOWN[name]
    spelled = {**POST_EXPANSIONS} if name == "expansions" else POST_WORDS if name == "post.fields" else {}
    listed = _post_spelling(known) if name == "post.fields" else known
    accepted = set(listed) | set(spelled) | (UNLISTED_FIELDS if known is TWEET_FIELDS else set())
    for index, one in enumerate(value.split(",")):
        if one not in accepted:
            message = "invalid value '%s' at index %d: value must be one of: [%s]"
            raise wrong(fake, message % (one, index, " ".join(sorted(listed))), name, one)
        yield spelled.get(one, one)


def read_wanted(fake, params):
    """What the *.fields and expansions ask for."""
    if "tweet.fields" in params and "post.fields" in params:
        raise wrong(fake, "two vocabularies in one request", "post.fields", params["post.fields"])
    wanted = Wanted()
    wanted.post_words = "post.fields" in params or any(
        e in POST_EXPANSIONS for e in params.get("expansions", "").split(","))
    targets = {"tweet.fields": wanted.tweet, "post.fields": wanted.tweet, "user.fields": wanted.user,
               "media.fields": wanted.media, "poll.fields": wanted.poll, "place.fields": set(),
               "expansions": wanted.expansions}
    for name, target in targets.items():
        if name in params:
            target.update(_list(fake, name, params[name]))
    return wanted


def read_number(fake, params, name, low, high, default):
    value = params.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise wrong(fake, "%s is no number" % name, name, value)
    if low <= int(value) <= high:
        return int(value)
    text = "%s must be at %s %d" % (name, "least" if int(value) < low else "most", low if int(value) < low else high)
    body = problem(text, name, [value])
    kind = body["type"]
    body["errors"] = [{"detail": text, "parameter": name, "parameters": {name: [value]}, "value": value,
                       "title": "Invalid Request", "type": kind}]
    raise Refusal(text, answer=fake.json(body, 400))


def read_id(fake, params, name):
    value = params.get(name)
    if value is not None and not re.fullmatch(r"[0-9]{1,19}", value):
        message = "The `%s` query parameter value [%s] does not match ^[0-9]{1,19}$" % (name, value)
        raise wrong(fake, message, name, value)
    return None if value is None else int(value)


def read_time(fake, params, name):
    """Milliseconds, or None."""
    value = params.get(name)
    if value is None:
        return None
    try:
        if not TIME.fullmatch(value):
            raise ValueError
        seconds = calendar.timegm(time.strptime(value[:19], "%Y-%m-%dT%H:%M:%S"))
    except ValueError:
        message = "The `%s` query parameter value [%s] is not a valid RFC 3339 time" % (name, value)
        raise wrong(fake, message, name, value) from None
    return seconds * 1000 + int(float("0" + value[19:-1] or "0") * 1000)
