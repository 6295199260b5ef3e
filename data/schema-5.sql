-- Version 5: the posts of an author, in the order of time: what somebody rare wrote is found without reading what others did.

CREATE INDEX post_by ON post (author);

PRAGMA user_version = 5;
