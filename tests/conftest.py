"""What all tests that run programs are given (harness.py says what it is)."""
import pytest

from harness import BUILD, ROOT, Archive


@pytest.fixture
def archive(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    return Archive(home)


@pytest.fixture
def example():
    """The tape of the example event."""
    return ROOT / "data/example"


@pytest.fixture
def build():
    return BUILD


@pytest.fixture
def root():
    return ROOT
