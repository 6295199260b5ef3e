"""X's calls beside the search: posts and users by their ids, counts, and what is left of the money.

A part of XFake, which has the search, the parameters and the bill.
"""
import re

from . import ids
from .x_params import COUNTS, LOOKUP, read_parameters, read_wanted, wrong

PROBLEMS = "https://api.twitter.com/2/problems/"
STEPS = {"minute": 60_000, "hour": 3_600_000, "day": 86_400_000}


class Lookups:
    @staticmethod
    def _missing(number, parameter, hidden=False, kind="tweet"):
        if hidden:
            title, problem = "Authorization Error", "not-authorized-for-resource"
            detail = "Sorry, you are not authorized to see the %s with %s: [%s]." % (kind, parameter, number)
        else:
            title, problem = "Not Found Error", "resource-not-found"
            detail = "Could not find %s with %s: [%s]." % (kind, parameter, number)
        return {"value": number, "detail": detail, "title": title, "resource_type": kind, "parameter": parameter,
                "resource_id": number, "type": PROBLEMS + problem}

    def _ids(self, params):
        numbers = params.get("ids", "").split(",")
        if len(numbers) > 100 or len(set(numbers)) < len(numbers) or not all(
                re.fullmatch(r"[0-9]{1,19}", number) for number in numbers):
            raise wrong(self, "ids must be 1 to 100 different ids", "ids", *numbers)
        return numbers

    def _lookup(self, request):
        params = read_parameters(self, request, LOOKUP)
        numbers, wanted = self._ids(params), read_wanted(self, params)
        found, errors = [], []
        for number in numbers:
            entry = self.shelf.by_id.get(number)
            if entry and self.shows(entry):
                found.append((entry, number))
            else:
                errors.append(self._missing(number, "ids", hidden=entry is not None))
        return self._show(found, wanted, {}, errors)

    def _users(self, request):
        params = read_parameters(self, request, {"ids", "user.fields"})
        numbers, wanted = self._ids(params), read_wanted(self, params)
        authors = {str(author.number): author for author in self.shelf.people.values()
                   if author.username not in self.lost}
        data = [self._only(self.shape.user(authors[n]), wanted.user) for n in numbers if n in authors]
        errors = [self._missing(n, "ids", kind="user") for n in numbers if n not in authors]
        self._read("users", data)
        return self.json({name: value for name, value in (("data", data), ("errors", errors)) if value})

    def _counts(self, request):
        params = read_parameters(self, request, COUNTS)
        query, span = self._query(params, 512), self._span(params, False)
        if params.get("granularity", "hour") not in STEPS:
            raise wrong(self, "granularity must be one of: [minute hour day]", "granularity", params["granularity"])
        scope = "counts " + repr(sorted(pair for pair in params.items() if pair[0] != "next_token"))
        below = self._position(params, scope)
        if stale := self._stale(span[0], False):
            return stale
        self.bill.counted()
        times = [self.time(e) for e in self._matches(query, params["query"], span)]
        data = self._steps(STEPS[params.get("granularity", "hour")], span, times)
        return self._page_of_counts(data[:below], scope)

    @staticmethod
    def _steps(step, span, times):
        (_, _, at, end), data = span, []
        while at < end:
            until = min(end, (at // step + 1) * step)
            data.append({"end": ids.iso(until), "start": ids.iso(at),
                         "tweet_count": sum(at <= time < until for time in times)})
            at = until
        return data

    def _page_of_counts(self, data, scope):
        """The newest steps, oldest of them first."""
        size = self.counts_page or len(data)
        shown = data[-size:]
        meta = {"total_tweet_count": sum(one["tweet_count"] for one in shown)}
        if len(data) > size:
            meta["next_token"] = self._token(scope, shown[0]["start"], len(data) - size)
        return self.json({"data": shown, "meta": meta})

    def _credits(self, request):
        read_parameters(self, request, ())
        left = self.balance
        return self.json({"data": {"total_balance": 1000.0 if left is None else max(0, left) / 1e6}})
