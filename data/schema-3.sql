-- Version 3: everything that can be done to a thread, and undone.

-- Made anew, so that an id is never used twice: the journal and other programs name items by it.
CREATE TABLE item_3 (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	thread   INTEGER NOT NULL REFERENCES thread,
	position INTEGER NOT NULL,
	kind     TEXT NOT NULL,
	post     INTEGER REFERENCES post,
	key      TEXT,
	text     TEXT,
	url      TEXT,
	style    TEXT,
	speaker  TEXT,                       -- of a heading, as the next two
	label    TEXT,                       -- the text of its url
	starts   INTEGER NOT NULL DEFAULT 0, -- when its talk began by the timetable
	fixed    INTEGER NOT NULL DEFAULT 0, -- 1: moved by hand
	joined   INTEGER NOT NULL DEFAULT 0, -- of a cross-post: the first item of its group, which stands above it
	UNIQUE (thread, position),
	UNIQUE (thread, post)
) STRICT;
INSERT INTO item_3 (id, thread, position, kind, post, key, text, url, style)
	SELECT id, thread, position, kind, post, key, text, url, style FROM item;
DROP TABLE item;
ALTER TABLE item_3 RENAME TO item;
CREATE INDEX item_post ON item (post) WHERE post IS NOT NULL;
CREATE INDEX item_heading ON item (thread, position) WHERE kind = 'heading';
CREATE INDEX item_talk ON item (thread, position) WHERE starts != 0;
CREATE INDEX item_starts ON item (thread, starts, position) WHERE starts != 0;
CREATE INDEX item_fixed ON item (thread, position) WHERE fixed != 0;
CREATE INDEX item_joined ON item (thread, joined, position) WHERE joined != 0;
CREATE INDEX item_key ON item (thread, key) WHERE key IS NOT NULL;

ALTER TABLE thread ADD COLUMN lag INTEGER NOT NULL DEFAULT 0;  -- ms: posts of a talk come so much later
ALTER TABLE thread ADD COLUMN done INTEGER NOT NULL DEFAULT 0; -- the last step in effect; those behind it were undone

-- Candidates that were dropped.
CREATE TABLE verdict (
	thread INTEGER NOT NULL REFERENCES thread,
	post   INTEGER NOT NULL REFERENCES post,
	PRIMARY KEY (thread, post)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_post ON verdict (post);

-- The journal. A step's rows hold what it changed as it was before; of a step that was undone, as it was behind it: undoing
-- and redoing change the rows for what is there. The journal of versions 1 and 2 did not hold enough for that and goes.
DROP TABLE edit;
CREATE TABLE step (
	thread  INTEGER NOT NULL REFERENCES thread,
	number  INTEGER NOT NULL, -- from 1
	at      INTEGER NOT NULL,
	op      TEXT NOT NULL,
	changes INTEGER NOT NULL,
	item    INTEGER,          -- the first that it changed
	post    INTEGER,
	PRIMARY KEY (thread, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX step_post ON step (post) WHERE post IS NOT NULL;

CREATE TABLE edit (
	thread   INTEGER NOT NULL REFERENCES thread,
	step     INTEGER NOT NULL,
	item     INTEGER NOT NULL,
	position INTEGER,
	kind     TEXT, -- NULL: it was not there
	post     INTEGER,
	key      TEXT,
	text     TEXT,
	url      TEXT,
	style    TEXT,
	speaker  TEXT,
	label    TEXT,
	starts   INTEGER,
	fixed    INTEGER,
	joined   INTEGER,
	PRIMARY KEY (thread, step, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX edit_item ON edit (item);
CREATE INDEX edit_post ON edit (post) WHERE post IS NOT NULL;
CREATE INDEX edit_joined ON edit (joined) WHERE joined != 0;

CREATE TABLE edit_verdict (
	thread  INTEGER NOT NULL REFERENCES thread,
	step    INTEGER NOT NULL,
	post    INTEGER NOT NULL,
	dropped INTEGER NOT NULL, -- 1: it was
	PRIMARY KEY (thread, step, post)
) STRICT, WITHOUT ROWID;
CREATE INDEX edit_verdict_post ON edit_verdict (post);

CREATE TABLE edit_thread (
	thread INTEGER NOT NULL REFERENCES thread,
	step   INTEGER NOT NULL,
	slug   TEXT NOT NULL,
	title  TEXT,
	lang   TEXT,
	zone   TEXT,
	since  INTEGER NOT NULL,
	until  INTEGER NOT NULL,
	lag    INTEGER NOT NULL,
	tags   TEXT NOT NULL, -- JSON
	PRIMARY KEY (thread, step)
) STRICT, WITHOUT ROWID;

-- Files that a thread, or one section of it, was written to, and how. Made anew: a file may hold several sections.
CREATE TABLE target_3 (
	thread   INTEGER NOT NULL REFERENCES thread,
	path     TEXT NOT NULL,    -- absolute
	section  TEXT NOT NULL,    -- its key; '': the whole thread
	form     TEXT NOT NULL,    -- "fragment", "page", "markdown" and so on
	inserted INTEGER NOT NULL, -- 1: between markers in a file that is somebody's
	options  TEXT NOT NULL,    -- as words, such as "style=class unlisted"
	written  INTEGER NOT NULL,
	PRIMARY KEY (thread, path, section)
) STRICT, WITHOUT ROWID;
INSERT INTO target_3 SELECT thread, path, '', form, 0, '', written FROM target;
DROP TABLE target;
ALTER TABLE target_3 RENAME TO target;

-- The index made anew, with the first characters of its words: one character is what a search as it is typed begins with, and
-- without them all words that begin so are gathered first. Filled again from the posts when the program sees no version of it.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (
	words,
	content = '',
	columnsize = 0,
	prefix = '1',
	tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M* S*'"
);
INSERT INTO search (search, rank) VALUES ('automerge', 16);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);
DELETE FROM meta WHERE name = 'words';
CREATE VIRTUAL TABLE search_word USING fts5vocab(search, instance);

PRAGMA user_version = 3;
