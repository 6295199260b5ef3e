"""Fixtures: the threads, a browser, a page in which trees are compared.

A module says pytest_plugins = ["workshop"]. A thread is made when first wanted, and once a run of the tests' worker.
"""
import functools

import pytest

from browser import HERE, Browser
from threads import MAKERS


@pytest.fixture(scope="session")
def threads(tmp_path_factory):
    """threads("example"): the thread of that name."""
    return functools.lru_cache(lambda name: MAKERS[name](tmp_path_factory.mktemp("threads") / name))


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    browser = Browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def blank(browser, tmp_path_factory):
    """A page in which the trees of others are compared."""
    path = tmp_path_factory.mktemp("blank") / "blank.html"
    path.write_text("<!doctype html><title>Blank</title>")
    with browser.page(path) as page:
        page.load(HERE / "tree.js")
        yield page
