"""The programs that make pages of a post. Each takes a dict of names to texts and gives a dict of the same names to HTML.

All that may change a text is switched on: emoji codes, typographers, smileys, automatic links, shortcodes.
"""
import json
import shutil
import subprocess

from harness import ROOT, TESTS

ENGINES = ROOT / "build-engines"     # what install.sh put there
HERE = TESTS / "engines"
WORDPRESS = ENGINES / "wordpress/usr/share/wordpress"
PATIENCE = 400                       # seconds

HUGO = """baseURL = "https://blog.example/"
title = "Blog"
enableEmoji = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home"]
[markup.goldmark.renderer]
unsafe = %s
"""


def through(words, text, **more):
    done = subprocess.run([str(word) for word in words], input=text, capture_output=True, text=True, timeout=PATIENCE, **more)
    assert done.returncode == 0, f"{words[0]}: {done.stderr[-2000:]}{done.stdout[-2000:]}"
    return done.stdout


def wordpress(posts):
    """posts: name to (who, text)."""
    answer = json.loads(through(["php", HERE / "wordpress.php", WORDPRESS], json.dumps(list(posts.values()))))
    assert answer["asked"] == []
    return dict(zip(posts, answer["pages"]))


def in_node(engine, posts):
    jobs = json.dumps([[engine, text] for text in posts.values()])
    return dict(zip(posts, json.loads(through(["node", HERE / "markdown.js", ENGINES], jobs))))


def kramdown(posts):
    script = "require 'json'; require 'kramdown'; STDOUT.set_encoding('UTF-8'); " \
             "puts JSON.generate(JSON.parse(STDIN.read).map { |text| Kramdown::Document.new(text).to_html })"
    return dict(zip(posts, json.loads(through(["ruby", "-Ku", "-e", script], json.dumps(list(posts.values()))))))


def hugo(folder, posts, unsafe, files=()):
    """A site of these posts; files are (name, text) beside its configuration, for shortcodes to read."""
    shutil.rmtree(folder, ignore_errors=True)
    layouts = folder / "layouts"
    (layouts / "shortcodes").mkdir(parents=True)
    (layouts / "_default").mkdir()
    (folder / "content/posts").mkdir(parents=True)
    (folder / "config.toml").write_text(HUGO % str(unsafe).lower())
    (layouts / "_default/single.html").write_text("<!doctype html><title>{{ .Title }}</title><body>{{ .Content }}</body>")
    (layouts / "_default/list.html").write_text("list")
    (layouts / "shortcodes/thread.html").write_text('{{ readFile (.Get 0) | safeHTML }}\n')
    for name, text in files:
        (folder / name).write_text(text)
    for name, text in posts.items():
        (folder / f"content/posts/{name}.md").write_text(f'+++\ntitle = "{name}"\n+++\n{text}')
    through(["hugo", "--quiet", "--source", folder, "--cacheDir", folder / "cache"], None)
    return {name: (folder / f"public/posts/{name}/index.html").read_text() for name in posts}
