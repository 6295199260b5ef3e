"""The text of a Mastodon post as HTML, as each server software writes it and social.example cleans it.

A post marked `rich` in the script may hold fenced code, `code`, lines of a list ("- ") and of a
quotation ("> ", nested by another "> "), as servers with Markdown or MFM send them.
"""

import html
import re
import unicodedata
import urllib.parse

TOKEN = re.compile(r"(?P<url>https?://[A-Za-z0-9./?=&%#_~-]*[A-Za-z0-9/=#_~-])"
                   r"|(?<![\w&])[#＃](?P<tag>\w+)"
                   r"|@\{(?P<who>\w+)\}")
EMOJI = re.compile(r":([a-z_]+):")


def fold(tag):
    return unicodedata.normalize("NFKC", tag).lower()


def tags(text):
    """Folded hashtags of a text, each once, in order."""
    found = (fold(m["tag"]) for m in TOKEN.finditer(text) if m["tag"])
    return list(dict.fromkeys(found))


def urls(text):
    return [m["url"] for m in TOKEN.finditer(text) if m["url"]]


def escape(text):
    return html.escape(text, quote=True).replace("&#x27;", "&#39;")


class Dialect:
    """How the software behind a host writes links; `remote` posts have passed the sanitizer."""

    def __init__(self, host, accounts):
        self.host = host
        self.accounts = accounts
        self.remote = host != "social.example"
        self.br = "<br>" if self.remote else "<br />"

    def url(self, url):
        address = escape(url)
        if self.host in ("snac.example", "misskey.example"):
            return f'<a href="{address}" target="_blank" rel="nofollow noopener">{address}</a>'
        scheme, rest = re.match(r"(https?://(?:www\.)?)(.*)", url).groups()
        style = "ellipsis" if len(rest) > 30 else ""
        return (f'<a href="{address}" target="_blank" rel="nofollow noopener" translate="no">'
                f'<span class="invisible">{scheme}</span><span class="{style}">{escape(rest[:30])}</span>'
                f'<span class="invisible">{escape(rest[30:])}</span></a>')

    def tag(self, tag):
        name = urllib.parse.quote(tag)
        if self.host == "snac.example":
            return (f'<a href="https://snac.example?t={name}" class="mention hashtag" '
                    f'rel="tag nofollow noopener" target="_blank">#{tag}</a>')
        if self.host == "misskey.example":
            return (f'<a href="https://misskey.example/tags/{name}" rel="tag nofollow noopener" '
                    f'target="_blank">#{tag}</a>')
        rel = 'rel="tag nofollow noopener" target="_blank"' if self.remote else 'rel="tag"'
        return (f'<a href="https://{self.host}/tags/{name}" class="mention hashtag" {rel}>'
                f'#<span>{tag}</span></a>')

    def mention(self, who):
        account = self.accounts[who]
        return (f'<span class="h-card" translate="no"><a href="{account.url}" class="u-url mention">'
                f'@<span>{account.user}</span></a></span>')

    def inline(self, text, rich):
        out, at = [], 0
        for match in TOKEN.finditer(text):
            out.append(self.plain(text[at:match.start()], rich))
            at = match.end()
            if match["url"]:
                out.append(self.url(match["url"]))
            elif match["tag"]:
                out.append(self.tag(match["tag"]))
            else:
                out.append(self.mention(match["who"]))
        out.append(self.plain(text[at:], rich))
        return "".join(out)

    def plain(self, text, rich):
        made = escape(text).replace("\n", self.br)
        return re.sub(r"`([^`]+)`", r"<code>\1</code>", made) if rich else made

    def block(self, text, rich):
        lines = text.split("\n")
        if rich and lines[0] == "```" and lines[-1] == "```":
            return "<pre><code>" + escape("\n".join(lines[1:-1])) + "\n</code></pre>"
        if rich and all(line.startswith("- ") for line in lines):
            return "<ul>" + "".join(f"<li>{self.inline(line[2:], rich)}</li>" for line in lines) + "</ul>"
        if rich and lines[0].startswith("> "):
            return self.quotation(lines)
        return f"<p>{self.inline(text, rich)}</p>"

    def quotation(self, lines):
        """Runs of lines of equal depth, the deeper ones inside another blockquote."""
        out, run = [], []
        inner = [line[2:] for line in lines]
        for line in inner + [None]:
            same = run and line is not None and line.startswith("> ") == run[0].startswith("> ")
            if run and not same:
                deeper = run[0].startswith("> ")
                out.append(self.quotation(run) if deeper else f"<p>{self.inline(chr(10).join(run), True)}</p>")
                run = []
            run.append(line)
        return "<blockquote>" + "".join(out) + "</blockquote>"

    def page(self, text, rich=False):
        made = "".join(self.block(part, rich) for part in text.split("\n\n"))
        if self.host == "snac.example":
            # snac knows no paragraphs, only breaks
            made = made.replace("</p><p>", "<br><br>").replace("<p>", "").replace("</p>", "<br>")
        return made
