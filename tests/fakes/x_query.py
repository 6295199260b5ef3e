"""X's search language, as much of it as a collector of hashtags uses: words, #tag, operators, OR, groups, negation.

AND (a space) binds before OR. is:, has: and lang: need a standalone partner. A group is never negated.
"""
import re

from .post import fold

PIECE = re.compile(r'\s*(\(|\)|-?"[^"]*"|[^\s()]+)')
MEDIA = {"images": ("image",), "videos": ("video", "gifv"), "media": ("image", "video", "gifv")}


class QueryError(Exception):
    pass


class Query:
    """`test(entry)` says whether an entry matches; `relate(entry)` tells the ids of its conversation and of what it
    answers and quotes."""

    def __init__(self, text, fold_tags, relate):
        self.pieces = PIECE.findall(text)
        self.fold_tags = fold_tags
        self.relate = relate
        self.standalone = False
        if re.sub(r"\s", "", "".join(self.pieces)) != re.sub(r"\s", "", text):
            raise QueryError("unbalanced quotes")
        self.test = self._any()
        if self.pieces:
            raise QueryError("unexpected %s" % self.pieces[0])
        if not self.standalone:
            raise QueryError("is:, has:, lang: and negations need a standalone operator beside them")

    def _any(self):
        tests = [self._all()]
        while self.pieces and self.pieces[0] == "OR":
            self.pieces.pop(0)
            tests.append(self._all())
        return lambda entry: any(test(entry) for test in tests)

    def _all(self):
        tests = []
        while self.pieces and self.pieces[0] not in (")", "OR"):
            tests.append(self._one(self.pieces.pop(0)))
        if not tests:
            raise QueryError("an empty query or group")
        return lambda entry: all(test(entry) for test in tests)

    def _one(self, piece):
        if piece == "(":
            test = self._any()
            if not self.pieces or self.pieces.pop(0) != ")":
                raise QueryError("a group that does not end")
            return test
        if piece == "-":
            raise QueryError("a negated group")
        if piece[0] == "-":
            test = self._term(piece[1:])
            return lambda entry: not test(entry)
        test = self._term(piece)
        self.standalone = self.standalone or not re.match(r"(is|has|lang):", piece)
        return test

    def _term(self, piece):
        if piece[0] == "＃":
            raise QueryError("a full-width number sign")
        if piece[0] == "#":
            return self._tag(piece[1:])
        name, colon, value = piece.partition(":")
        if colon and not piece.startswith('"'):
            return self._operator(name, value)
        word = piece.strip('"').lower()
        return lambda entry: word in entry.post.text.lower()

    def _tag(self, tag):
        if not re.fullmatch(r"\w+", tag):
            raise QueryError("#%s is no hashtag" % tag)
        if self.fold_tags:
            return lambda entry, key=fold(tag): key in entry.tags
        return lambda entry, key=tag.lower(): key in entry.spelled

    def _operator(self, name, value):
        value = value.lstrip("@")
        tests = {
            "from": lambda e: value in (e.post.author.username, str(e.post.author.number)),
            "lang": lambda e: e.post.lang == value,
            "is": {"retweet": lambda e: False, "reply": lambda e: bool(e.post.reply),
                   "quote": lambda e: bool(e.post.quote)}.get(value),
            "has": {"links": lambda e: bool(e.post.links), **{
                kind: lambda e, kinds=kinds: any(m.kind in kinds for m in e.post.media)
                for kind, kinds in MEDIA.items()}}.get(value),
            "conversation_id": lambda e: self.relate(e)["conversation"] == value and value not in e.ids,
            "in_reply_to_tweet_id": lambda e: self.relate(e)["replied_to"] == value,
            "quotes_of_tweet_id": lambda e: self.relate(e)["quoted"] == value,
        }
        if tests.get(name) is None:
            raise QueryError("no operator %s:%s" % (name, value))
        return tests[name]
