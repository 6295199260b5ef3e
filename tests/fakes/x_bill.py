"""What X's API bills: a post, a user, a request for counts; the same post or user on the same UTC day once only.

    bill.read("posts", ids, day)    what an answer shows, included objects too
    bill.spent                      micro-USD, as X takes them: what was read before on that day is free
    bill.billed, bill.cost          {"posts", "users", "counts"} and USD as if everything were paid for every time
    bill.balance                    micro-USD that are left, None without an end

The prices are those of 2026.
"""
PRICES = {"posts": 5000, "users": 10_000, "counts": 5000}       # micro-USD
DAY = 86_400


class Bill:
    def __init__(self, credits=None):
        self.credits = credits          # USD
        self.billed = dict.fromkeys(PRICES, 0)
        self.spent = 0
        self._paid = set()

    @property
    def cost(self):
        return round(sum(PRICES[kind] * number for kind, number in self.billed.items()) / 1e6, 3)

    @property
    def balance(self):
        return None if self.credits is None else round(self.credits * 1e6) - self.spent

    @property
    def depleted(self):
        return self.credits is not None and self.balance <= 0

    def read(self, kind, ids, day):
        """Bill what has these ids."""
        self.billed[kind] += len(ids)
        fresh = {(kind, number, day) for number in ids} - self._paid
        self._paid |= fresh
        self.spent += PRICES[kind] * len(fresh)

    def counted(self):
        self.billed["counts"] += 1
        self.spent += PRICES["counts"]
