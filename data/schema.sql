-- The store, version 1. Anyone's sqlite3 can read it. Times are UTC milliseconds since 1970; 0 is "none".
-- What changes here is a new version: a migration of its own (src/store/store.c), never an edit of this one.

PRAGMA application_id = 1634886504; -- "arch"

CREATE TABLE meta (
	name  TEXT PRIMARY KEY, -- "words": version of the search index's preparation; "scrub": forgotten words are still in it
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What came over the wire, once by content. body is zstd: the one thing that plain sqlite3 does not show.
CREATE TABLE answer (
	id       INTEGER PRIMARY KEY,
	source   TEXT NOT NULL,           -- as in "mastodon:social.example", or "file:SHA256"
	url      TEXT,                    -- without secrets
	status   INTEGER NOT NULL,
	fetched  INTEGER NOT NULL,
	redacted INTEGER NOT NULL,        -- 1: what may not be kept was cut out
	size     INTEGER NOT NULL,        -- bytes as kept, before compression
	sha256   BLOB NOT NULL UNIQUE,    -- of those bytes
	body     BLOB NOT NULL
) STRICT;

CREATE TABLE author (
	id          INTEGER PRIMARY KEY,
	uri         TEXT NOT NULL UNIQUE,
	fetched     INTEGER NOT NULL,     -- the newest reading
	fingerprint INTEGER NOT NULL,     -- of all that was read; equal means unchanged
	optout      INTEGER NOT NULL,     -- 1: asked not to be archived; then uri is all there is
	network     TEXT NOT NULL,
	host        TEXT,
	network_id  TEXT,
	handle      TEXT,                 -- '@' in front
	name        TEXT,
	folded      TEXT,                 -- handle without '@', newline, name; NFKC and case folded
	url         TEXT,
	avatar      TEXT,
	bot         INTEGER NOT NULL DEFAULT 0,
	emojis      INTEGER NOT NULL DEFAULT 0 -- rows in author_emoji
) STRICT;

CREATE TABLE author_emoji (
	author INTEGER NOT NULL REFERENCES author,
	code   TEXT NOT NULL,
	url    TEXT NOT NULL,
	PRIMARY KEY (author, code)
) STRICT, WITHOUT ROWID;

-- The id is the time: created << 20 | n. An opted-out post has uri, short, network, fetched and its time, and nothing else.
CREATE TABLE post (
	id           INTEGER PRIMARY KEY,
	created      INTEGER GENERATED ALWAYS AS (id >> 20) VIRTUAL,
	uri          TEXT NOT NULL,        -- global identity, once: it is looked for by short
	short        TEXT NOT NULL,        -- the first 8 characters of base32(SHA-256(uri))
	fetched      INTEGER NOT NULL,     -- the newest reading
	fingerprint  INTEGER NOT NULL,     -- of all that was read; equal means unchanged
	network      TEXT NOT NULL,
	optout       INTEGER NOT NULL DEFAULT 0,
	gone         INTEGER NOT NULL DEFAULT 0, -- when it was found deleted
	visibility   TEXT,
	author       INTEGER REFERENCES author,
	edited       INTEGER NOT NULL DEFAULT 0,
	host         TEXT,                 -- the server it lives on
	network_id   TEXT,                 -- its id on the server that answered
	url          TEXT,                 -- its page
	odd_url      INTEGER NOT NULL DEFAULT 0, -- 1: url does not tell uri, so that it has to be looked for by itself
	lang         TEXT,
	html         TEXT,                 -- safe, canonical
	text         TEXT,                 -- plain
	spoiler      TEXT,
	sensitive    INTEGER NOT NULL DEFAULT 0,
	reply_uri    TEXT,
	reply_id     TEXT,
	quote_uri    TEXT,
	quote_url    TEXT,
	conversation TEXT,
	tags         TEXT,                 -- folded, separated by spaces; the table tag is their index
	replies      INTEGER,
	reposts      INTEGER,
	likes        INTEGER,
	quotes       INTEGER,
	media        INTEGER NOT NULL DEFAULT 0, -- rows in the table media, and so on
	emojis       INTEGER NOT NULL DEFAULT 0,
	options      INTEGER NOT NULL DEFAULT 0, -- of its poll
	card         INTEGER NOT NULL DEFAULT 0
) STRICT;
-- What is looked for at random is kept small, or few: each place of an index that a page of posts touches is written.
CREATE INDEX post_short ON post (short);
CREATE INDEX post_url ON post (url) WHERE odd_url = 1;
CREATE INDEX post_x ON post (network_id) WHERE odd_url = 1 AND network = 'x';
CREATE INDEX post_author ON post (id, author, network);
CREATE INDEX post_untagged ON post (network, author) WHERE tags IS NULL AND optout = 0;

CREATE TABLE tag (
	tag  TEXT NOT NULL,
	post INTEGER NOT NULL REFERENCES post,
	PRIMARY KEY (tag, post)
) STRICT, WITHOUT ROWID;

-- Pages that a post links to; links of hashtags and mentions are left out.
CREATE TABLE link (
	post INTEGER NOT NULL REFERENCES post,
	url  TEXT NOT NULL,
	PRIMARY KEY (post, url)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_url ON link (url);

CREATE TABLE media (
	post     INTEGER NOT NULL REFERENCES post,
	n        INTEGER NOT NULL,
	kind     TEXT NOT NULL,
	url      TEXT,
	preview  TEXT,
	alt      TEXT,
	width    INTEGER NOT NULL,
	height   INTEGER NOT NULL,
	duration INTEGER NOT NULL, -- ms
	blurhash TEXT,
	PRIMARY KEY (post, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE post_emoji (
	post INTEGER NOT NULL REFERENCES post,
	code TEXT NOT NULL,
	url  TEXT NOT NULL,
	PRIMARY KEY (post, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE poll (
	post     INTEGER PRIMARY KEY REFERENCES post,
	ends     INTEGER NOT NULL,
	voters   INTEGER,
	multiple INTEGER NOT NULL,
	closed   INTEGER NOT NULL
) STRICT;

CREATE TABLE poll_option (
	post  INTEGER NOT NULL REFERENCES poll,
	n     INTEGER NOT NULL,
	title TEXT NOT NULL,
	votes INTEGER,
	PRIMARY KEY (post, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE card (
	post        INTEGER PRIMARY KEY REFERENCES post,
	url         TEXT,
	title       TEXT,
	description TEXT,
	image       TEXT,
	site        TEXT
) STRICT;

-- Which source showed which post, found by which tag ('': it came along with another post).
CREATE TABLE sighting (
	post   INTEGER NOT NULL REFERENCES post,
	source TEXT NOT NULL,
	tag    TEXT NOT NULL,
	first  INTEGER NOT NULL,
	last   INTEGER NOT NULL,
	answer INTEGER, -- the evidence of the last one
	PRIMARY KEY (post, source, tag)
) STRICT, WITHOUT ROWID;

-- Contentless: rowid is the post's id, the words are prepared from text, spoiler, alts, poll and card.
CREATE VIRTUAL TABLE search USING fts5 (
	words,
	content = '',
	columnsize = 0,
	tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M* S*'"
);

-- A page a transaction makes many small parts of the index: fewer, later merges.
INSERT INTO search (search, rank) VALUES ('automerge', 16);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);

-- The ledger: what was asked of a source, and which stretches of it were read.
CREATE TABLE run (
	id             INTEGER PRIMARY KEY,
	source         TEXT NOT NULL,
	auth           TEXT NOT NULL,
	tag            TEXT NOT NULL,
	started        INTEGER NOT NULL,
	ended          INTEGER NOT NULL DEFAULT 0,
	outcome        TEXT NOT NULL,
	pages          INTEGER NOT NULL DEFAULT 0,
	fresh          INTEGER NOT NULL DEFAULT 0,
	known          INTEGER NOT NULL DEFAULT 0,
	dropped        INTEGER NOT NULL DEFAULT 0,
	billed_posts   INTEGER NOT NULL DEFAULT 0,
	billed_authors INTEGER NOT NULL DEFAULT 0,
	spent_micros   INTEGER NOT NULL DEFAULT 0, -- millionths of a USD
	why            TEXT
) STRICT;
CREATE INDEX run_key ON run (source, auth, tag);

CREATE TABLE span (
	id          INTEGER PRIMARY KEY,
	source      TEXT NOT NULL,
	auth        TEXT NOT NULL,
	tag         TEXT NOT NULL,
	top_id      TEXT,
	bottom_id   TEXT,
	top_time    INTEGER NOT NULL,
	bottom_time INTEGER NOT NULL,
	closed      INTEGER NOT NULL,
	floor       INTEGER NOT NULL,
	updated     INTEGER NOT NULL
) STRICT;
CREATE INDEX span_key ON span (source, auth, tag, top_time);

CREATE TABLE thread (
	id      INTEGER PRIMARY KEY,
	slug    TEXT NOT NULL UNIQUE,
	title   TEXT,
	lang    TEXT,
	zone    TEXT,
	since   INTEGER NOT NULL,
	until   INTEGER NOT NULL,
	changed INTEGER NOT NULL
) STRICT;

CREATE TABLE thread_tag (
	thread INTEGER NOT NULL REFERENCES thread,
	n      INTEGER NOT NULL,
	tag    TEXT NOT NULL,
	PRIMARY KEY (thread, n)
) STRICT, WITHOUT ROWID;

-- position leaves gaps, so that what comes between moves nothing.
CREATE TABLE item (
	id       INTEGER PRIMARY KEY,
	thread   INTEGER NOT NULL REFERENCES thread,
	position INTEGER NOT NULL,
	kind     TEXT NOT NULL,
	post     INTEGER REFERENCES post,
	key      TEXT,
	text     TEXT,
	url      TEXT,
	style    TEXT,
	UNIQUE (thread, position),
	UNIQUE (thread, post)
) STRICT;
CREATE INDEX item_post ON item (post) WHERE post IS NOT NULL;

-- The journal. The rows of one step are one operation. Each holds its item as it was before; kind NULL: it was not there.
CREATE TABLE edit (
	id       INTEGER PRIMARY KEY,
	thread   INTEGER NOT NULL REFERENCES thread,
	step     INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	op       TEXT NOT NULL,
	item     INTEGER NOT NULL,
	position INTEGER,
	kind     TEXT,
	post     INTEGER,
	key      TEXT,
	text     TEXT,
	url      TEXT,
	style    TEXT
) STRICT;
CREATE INDEX edit_step ON edit (thread, step);

PRAGMA user_version = 1;
