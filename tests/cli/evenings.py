"""Fixtures: the evening of the example, fetched once; each test gets a copy of that store.

A module that wants them says pytest_plugins = ["evenings"].
"""
import shutil

import pytest

from harness import ROOT, Archive
from made import SLUG


@pytest.fixture(scope="session")
def evening_store(tmp_path_factory):
    home = tmp_path_factory.mktemp("evening")
    archive = Archive(home)
    archive.ok("fetch", "#ssmjp", "--replay", ROOT / "data/example")
    return archive.store


@pytest.fixture
def night(archive, evening_store):
    """The program beside a store that holds the example evening, without a thread."""
    archive.store.parent.mkdir(parents=True)
    shutil.copy(evening_store, archive.store)
    return archive


@pytest.fixture
def thread(night):
    """The same with a thread of all posts, in the manner of the demo."""
    night.ok("thread", "new", SLUG, "--title", "2026年10月の #ssmjp", "--tag", "ssmjp", "--zone", "Asia/Tokyo", "--lang", "ja")
    night.ok("thread", "add", SLUG, "--all")
    return night
