"""A Mastodon-like server's calls beside the timeline: single statuses, contexts, the instance, objects for servers.

A part of MastodonFake.
"""
from urllib.parse import urlsplit

from .mastodon_object import TYPE, accepts
from .server import Answer, Refusal, dumps


class Singles:
    def _no_parameters(self, request):
        if request.query:
            raise Refusal("parameters where none belong")

    def _found(self, number):
        entry = self.shelf.by_id.get(number)
        return entry if entry and entry.post.visibility in ("public", "unlisted") else None

    def _closed(self, request):
        """snac and GoToSocial show single statuses to their users alone."""
        if self.personality in ("snac", "gotosocial") and request.token != self.token:
            if self.personality == "gotosocial":
                return self.error(401, "Unauthorized: token not supplied")
            return Answer(401, b"", self.snac_headers, "text/html; charset=utf-8")
        return None

    def _status(self, request, number):
        self._no_parameters(request)
        entry = self._found(number)
        if refused := self._closed(request):
            return refused
        return self.json(self.shape.status(entry)) if entry else self.error(404, "Record not found")

    def _statuses(self, request):
        wanted = [value for name, value in request.query if name == "id[]"]
        if len(wanted) != len(request.query) or not 1 <= len(wanted) <= 20:
            raise Refusal("id[] one to twenty times, and nothing else")
        if not self.since(4, 3):
            return self.error(404, "Not Found")
        return self.json([self.shape.status(e) for e in map(self._found, wanted) if e])

    def _context(self, request, number):
        self._no_parameters(request)
        entry = self._found(number)
        if refused := self._closed(request):
            return refused
        if entry is None:
            return self.error(404, "Record not found")
        ancestors, descendants = self._ancestors(entry), self._descendants(entry)
        if request.token != self.token:
            ancestors, descendants = ancestors[-40:], descendants[:60]
        return self.json({"ancestors": [self.shape.status(e) for e in ancestors],
                          "descendants": [self.shape.status(e) for e in descendants]})

    def _ancestors(self, entry):
        chain = []
        while entry := self.shelf.by_key.get(entry.post.reply or ""):
            if entry in chain or not self._found(entry.id):
                break
            chain.insert(0, entry)
        return chain

    def _descendants(self, root):
        known, found = {root.post.key}, []
        for entry in self.shelf.entries:
            if entry.post.reply in known and self._found(entry.id):
                known.add(entry.post.key)
                found.append(entry)
        return found

    def _instance(self, request, version):
        self._no_parameters(request)
        if version == "2" and not self.since(4, 0):
            return self.error(404, "Not Found")
        return self.json(self.shape.instance(version))

    # the federation

    def _page_of_post(self, request, *unused):
        for entry in self.shelf.entries:
            mine = entry.post.author.host == self.domain and self._found(entry.id)
            if mine and request.path in [urlsplit(u).path for u in (self.uri_of(entry.post), self.page_of(entry))]:
                return self._object(request, self.objects.note(entry))
        return self.error(404, "Not Found")

    def _page_of_author(self, request, *unused):
        for author in self.shelf.authors.values():
            places = (urlsplit(self.actor_of(author)).path, "/@" + author.username)
            if author.host == self.domain and request.path in places:
                return self._object(request, self.objects.actor(author))
        return self.error(404, "Not Found")

    def _object(self, request, value):
        self._no_parameters(request)
        if not accepts(request):
            return Answer(200, b"<!DOCTYPE html>\n<html><body>A page for people</body></html>\n", self._rate,
                          "text/html; charset=utf-8")
        if self.authorized_fetch:
            return self.error(401, "Request not signed")
        return Answer(200, dumps(value), self._rate, TYPE)
