-- Version 4: pictures, files that were taken in, and what a thread says of itself.

-- Who curated it, and what it is about: said by an export. origin is the page that it was saved from, by which the next
-- part of it is known.
ALTER TABLE thread ADD COLUMN curator TEXT;
ALTER TABLE thread ADD COLUMN description TEXT;
ALTER TABLE thread ADD COLUMN origin TEXT;
ALTER TABLE edit_thread ADD COLUMN curator TEXT;
ALTER TABLE edit_thread ADD COLUMN description TEXT;

-- Bytes of pictures by their content: name is SHA256.ext, the type told by the bytes. SQLite's own archive format,
-- uncompressed: sqlite3 -A lists and extracts them.
CREATE TABLE sqlar (
	name  TEXT PRIMARY KEY,
	mode  INT,
	mtime INT,
	sz    INT,
	data  BLOB
);

-- What became of an address of a picture (media, preview, avatar, emoji, card).
CREATE TABLE picture (
	url     TEXT PRIMARY KEY,
	name    TEXT REFERENCES sqlar, -- NULL: it could not be had
	width   INTEGER NOT NULL,      -- pixels, 0 = not known
	height  INTEGER NOT NULL,
	size    TEXT NOT NULL,         -- that it was had in: "small", "large", "original"
	at      INTEGER NOT NULL,      -- when it was had, or asked for last
	why     TEXT,                  -- it could not be had when it was asked for last
	lasting INTEGER NOT NULL       -- 1: asking again soon would not help
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_name ON picture (name) WHERE name IS NOT NULL;

-- Files that posts were taken in from; a source as in sighting: "file:SHA256".
CREATE TABLE file (
	source TEXT PRIMARY KEY,
	name   TEXT NOT NULL, -- its last part, as it was called
	form   TEXT NOT NULL, -- "answers", "x-archive" and so on: who reads its evidence again
	bytes  INTEGER NOT NULL,
	began  INTEGER NOT NULL,
	done   INTEGER NOT NULL -- 0: it was cut off
) STRICT, WITHOUT ROWID;

-- Where in the file it stood: "line 12", "data/tweets.js 40".
ALTER TABLE sighting ADD COLUMN place TEXT;

-- A page that showed the post, when no network or archive of the author's own told of it: any other reading wins over it.
ALTER TABLE post ADD COLUMN taken TEXT;

-- Authors of X by their page: all that a saved page tells of who they are.
CREATE INDEX author_page ON author (url) WHERE network = 'x';

-- Which part of which saved thread an item came from: the next part finds its place by it, and none is taken in twice. An
-- item's id is never used again, so that a row may outlive its item.
CREATE TABLE item_origin (
	item   INTEGER PRIMARY KEY,
	origin TEXT NOT NULL,
	part   INTEGER NOT NULL
) STRICT;
CREATE INDEX thread_origin ON thread (origin) WHERE origin IS NOT NULL;

-- What a search looks for that few posts are, and its people by their handles.
CREATE INDEX post_gone ON post (id) WHERE gone != 0;
CREATE INDEX author_folded ON author (folded) WHERE folded IS NOT NULL;

PRAGMA user_version = 4;
