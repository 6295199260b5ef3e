"""What a server holds: its posts in the order of their ids, looked up by id, by key and by tag.

The shelf knows no network: it is told how an id is made and how ids are ordered. A post that was edited has, where the
network does so (X), one id for each version; the entry stands under the newest. Callers hold the server's lock.
"""
from bisect import insort
from dataclasses import dataclass, field

from .post import fold


@dataclass(order=True)
class Entry:
    rank: object
    id: str = field(compare=False)
    post: object = field(compare=False)
    ids: list = field(compare=False)        # all versions, oldest first
    tags: set = field(compare=False)        # folded
    spelled: set = field(compare=False)     # lower case, as written


class Shelf:
    def __init__(self, make_id, rank, versions=False, time_of=lambda post: post.created):
        self.make_id = make_id
        self.rank = rank
        self.versions = versions
        self.time_of = time_of      # by which time a post is ranked
        self.entries = []           # oldest first
        self.by_id = {}             # every id, of old versions too
        self.by_key = {}
        self.authors = {}           # by username, the first of the name
        self.people = {}            # by number, all of them
        self._tags = {}
        self._count = 0
        self.changes = 0            # how often anything was put in or taken out

    def _new_id(self, ms, key):
        turn = 0
        while (made := self.make_id(ms, key, turn)) in self.by_id:
            turn += 1
        return made

    def _make_ids(self, post):
        ids = []
        times = [created for _, created in post.before] if self.versions else []
        times.append(post.edited if times and post.edited else post.created)
        for n, ms in enumerate(times):
            newest = n == len(times) - 1
            ids.append(post.id if newest and post.id else self._new_id(ms, "%s %d" % (post.key, n)))
        return ids

    def add(self, post, ids=None):
        if post.key in self.by_key:
            raise ValueError("two posts with the key %s" % post.key)
        ids = ids or self._make_ids(post)
        if set(ids) & self.by_id.keys():
            raise ValueError("two posts with the id %s" % ids[-1])
        self._count += 1
        entry = Entry(self.rank(ids[-1], self.time_of(post), self._count), ids[-1], post, ids,
                      post.folded, {tag.lower() for tag in post.hashtags})
        insort(self.entries, entry)
        self.by_key[post.key] = entry
        self.authors.setdefault(post.author.username, post.author)
        self.people.setdefault(post.author.number, post.author)
        for number in ids:
            self.by_id[number] = entry
        self._tags.clear()
        self.changes += 1
        return entry

    def find(self, name):
        """The entry with this id, or else this key, or None."""
        return self.by_id.get(name) or self.by_key.get(name)

    def delete(self, name):
        entry = self.find(name)
        if entry is None:
            raise KeyError(name)
        self.entries.remove(entry)
        del self.by_key[entry.post.key]
        for number in entry.ids:
            del self.by_id[number]
        self._tags.clear()
        self.changes += 1
        return entry

    def edit(self, name, text, at):
        """Give the post a new text at a time; with versions it gets a new id and stands higher."""
        entry = self.delete(name)
        post = entry.post
        post.before = post.before + [[post.text, post.edited if post.before else post.created]]
        post.text, post.html, post.edited = text, None, at
        if not self.versions:
            return self.add(post, entry.ids)
        return self.add(post, entry.ids + [self._new_id(at, "%s %d" % (post.key, len(entry.ids)))])

    def tagged(self, tag):
        """All entries with the tag, oldest first."""
        key = fold(tag)
        if key not in self._tags:
            self._tags[key] = [e for e in self.entries if key in e.tags]
        return self._tags[key]
