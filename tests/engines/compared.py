"""Threads in pages, and pages compared."""
import json

import blogs


def embedded(page, html):
    """(the tree of the thread, the HTML of the rest)"""
    return page.run(f"embedded({json.dumps(html)})")


def difference(one, other):
    """The first lines that are not the same, for a person to read."""
    one, other = one.split("\n"), other.split("\n")
    for number in range(max(len(one), len(other))):
        if one[number:number + 1] != other[number:number + 1]:
            return "line %d:\n%s\nbecame\n%s" % (number, "\n".join(one[max(0, number - 3):number + 3]),
                                                 "\n".join(other[max(0, number - 3):number + 3]))
    return ""


def blog_post(fragment, scheme="light", style=""):
    """A fragment in a page of somebody's blog, as plain as a page can be."""
    colours = {"light": "background:#fff;color:#222", "dark": "background:#16181c;color:#e6e6e6"}[scheme]
    link = {"light": "#0645ad", "dark": "#8ab4f8"}[scheme]
    return ('<!doctype html>\n<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<title>Blog</title><style>:root{{color-scheme:{scheme}}}body{{margin:1rem auto;max-width:46rem;padding:0 .75rem;'
            f'font:16px/1.7 sans-serif;{colours}}}a{{color:{link}}}{style}</style></head><body><main><h1>勉強会に行ってきた</h1>\n<h2>みんなの声</h2>\n'
            f'{fragment}</main></body></html>\n')


def program(name):
    return blogs.ENGINES / "node_modules" / name
