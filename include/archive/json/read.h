/*
 * JSON as it comes from outside, by jansson, whose types stay in this room. Bytes that are not
 * UTF-8, lone surrogates and U+0000 become U+FFFD before parsing, so that one bad character never
 * costs a page. Reading a member that is not there, or of another type, gives the fallback: a
 * parser is a list of getters without a test between. Every getter takes NULL for the node.
 */
#ifndef ARCHIVE_JSON_READ_H
#define ARCHIVE_JSON_READ_H

#include <stddef.h>
#include <stdint.h>

#include "archive/base/arena.h"
#include "archive/base/str.h"

struct jnode; /* a value; lives as long as its root */

#define JSON_MAX_BYTES ((size_t)64 << 20) /* of an answer, whose elements are read one by one */
/* Bytes that become nodes at once, which take up to thirty times as much. */
#define JSON_MAX_TREE ((size_t)4 << 20)

/* NULL and ERR_MALFORMED when it is not JSON, too deep (over 512 levels) or longer than
 * JSON_MAX_TREE. The root is freed by jnode_free(). */
struct jnode *jnode_parse(const char *bytes, size_t len, struct err *err);
void jnode_free(struct jnode *root);

bool jnode_is_object(const struct jnode *node);
bool jnode_is_array(const struct jnode *node);
bool jnode_is_null(const struct jnode *node); /* also for NULL */

/* Members of an object by key; NULL when it is not there or null. */
const struct jnode *jnode_get(const struct jnode *node, const char *key);
/* Down a path of keys: "meta.original". */
const struct jnode *jnode_path(const struct jnode *node, const char *path);
/* The first key of an object; NULL when it has none. Holds as long as the root. */
const char *jnode_first_key(const struct jnode *object);
/* The node itself: a number, or a string that is a whole number; reals are cut. */
int64_t jnode_number(const struct jnode *node, int64_t fallback);
/* Strings hold as long as the root; NULL when it is not a string, or is empty. */
const char *jnode_string(const struct jnode *node, const char *key);
const char *jnode_text(const struct jnode *node); /* the node itself */
/* A number, or a string that is a whole number; reals are cut. */
int64_t jnode_int(const struct jnode *node, const char *key, int64_t fallback);
bool jnode_bool(const struct jnode *node, const char *key, bool fallback);
/* An id, as text: a string, or a whole number printed into the arena. NULL when neither. */
const char *jnode_id(const struct jnode *node, const char *key, struct arena *arena);

size_t jnode_len(const struct jnode *array); /* 0 when it is no array */
const struct jnode *jnode_at(const struct jnode *array, size_t index);

/*
 * Elements of a long array, one at a time, without the rest in memory as nodes. The bytes belong to
 * the caller and must outlive the reader. Finding an element's end needs no parser, so one broken
 * element costs only itself.
 */
struct jelements {
	const char *bytes;
	size_t len;
	size_t pos;
	size_t from, to; /* the bytes of the element that was read last */
	/* Keys whose texts, arrays and objects nobody reads, up to NULL: they are null in the
	 * nodes, and not looked at. May be set once the reader has begun; NULL = all are read. */
	const char *const *unread;
	/* Where an element's nodes live until the next one is read, and jnode_free() is not for
	 * them. May be set once the reader has begun; NULL = each is the caller's. */
	struct arena *arena;
};

/* Begins at the array that stands at the path of keys ("" = the value itself; "data",
 * "includes.tweets"). false when there is no array there; the reader then has no elements. */
bool jelements_begin(struct jelements *reader, const char *bytes, size_t len, const char *path);
/* 1 and an element to free with jnode_free(); 0 at the end; -1 for one that jnode_parse() would
 * refuse (from and to are set, err says why, and the next call goes on behind it); an array that is
 * cut off ends with -1 once, then 0. */
int jelements_next(struct jelements *reader, struct jnode **out, struct err *err);

#endif
