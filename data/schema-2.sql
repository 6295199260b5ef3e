-- Version 2: climbs, what was forgotten, what conversations brought, and where threads were written.

-- The id that a climb begins at, a post that was old enough, when it was read, for all late ones to have come; and the
-- post next above it, by which the climb's first page is known.
ALTER TABLE span ADD COLUMN anchor_id TEXT;
ALTER TABLE span ADD COLUMN above_id TEXT;

-- Never taken again. The hash is of the post's uri, of the author's, or of the author's handle where that holds a host (folded);
-- what it was is not told any more.
CREATE TABLE forgotten (
	sha256 BLOB PRIMARY KEY,
	kind   TEXT NOT NULL, -- "post", "author"
	at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Posts without the tag that the conversations of its posts brought: candidates as those with it.
CREATE TABLE reply (
	tag  TEXT NOT NULL,
	post INTEGER NOT NULL REFERENCES post,
	PRIMARY KEY (tag, post)
) STRICT, WITHOUT ROWID;

-- Files that a thread was written to.
CREATE TABLE target (
	thread  INTEGER NOT NULL REFERENCES thread,
	path    TEXT NOT NULL, -- absolute
	form    TEXT NOT NULL, -- "fragment", "page"
	written INTEGER NOT NULL,
	PRIMARY KEY (thread, path)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
