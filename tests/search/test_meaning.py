"""A search finds what reading every post would find; with 100,000 posts: meaning.py, by itself (tests/run.sh --all)."""
import meaning


def test_searches_answer_as_reading_every_post_would(build, tmp_path):
    assert meaning.check(build / "archive", tmp_path / "archive.db", 5000, 60, 1) > 2000
