/*
 * What can be done to a thread: there is no other way to change one. The picker, the text, a
 * script, an import and a merge make a list of these, and store_do() (store/ops.h) does the list as
 * one step that can be undone. Values; nothing here knows the store.
 */
#ifndef ARCHIVE_MODEL_OP_H
#define ARCHIVE_MODEL_OP_H

#include "archive/model/thread.h"

enum op_kind {
	/* post becomes an item at its spot; if it was dropped, it is not any more. An item already:
	 * nothing. words tells the new item's style, joined, fixed and text */
	OP_CHOOSE,
	/* post is no candidate any more; its item goes */
	OP_DROP,
	/* post is a candidate again: its item goes, or its being dropped */
	OP_UNDECIDE,
	/* item goes to its spot, with those joined to it; a heading goes alone. One that was joined
	 * to another leaves its group. Only a post goes by time */
	OP_MOVE,
	/* words become a heading, note or link at its spot, by time at the end; key NULL = a new
	 * one */
	OP_INSERT,
	/* text, url, speaker, label, starts of item become those of words; key, when it has one */
	OP_EDIT,
	/* item's style becomes that of words */
	OP_STYLE,
	/* item is a cross-post of the post above it, or is not: words.joined. Those joined to it
	 * come along; when it leaves, those below it stay with it */
	OP_JOIN,
	/* item counts as moved by hand, or does not: words.fixed */
	OP_FIX,
	/* item goes; the post of a post item is undecided again. Of those that were joined to it
	 * the next leads the others, here and wherever an item goes */
	OP_REMOVE,
	/* posts go into the order of time: of the section under the heading item, of all when item
	 * is 0. Nothing leaves its section, none counts as moved by hand any more; notes and links
	 * stay before the post they stood before */
	OP_SORT,
	/* the thread's own slug, title, lang, zone, window, lag and tags become those of settings
	 */
	OP_SETTINGS,
	OP_COUNT
};

/* "choose", "drop", …: as journalled and printed. */
const char *op_kind_name(enum op_kind kind);

/* No spot is inside a group: what would come between a post and those joined to it comes behind
 * them, or before the post. An op whose spot's item is gone changes nothing, but for SPOT_TIME,
 * which goes by time then. */
enum spot_kind {
	/* where a post belongs by its time: in the talk that was on (headings that tell their
	 * start, and the thread's lag), else among all. But in a section where something was moved
	 * by hand: behind item, when one is given and it is in that section */
	SPOT_TIME,
	SPOT_TOP,    /* before all others */
	SPOT_END,    /* behind all others */
	SPOT_AFTER,  /* behind item and those joined to it */
	SPOT_BEFORE, /* before item */
	/* behind the item that an op before this one in the list made, moved or found chosen
	 * already; behind all others when there was none, or it is gone */
	SPOT_NEXT,
};

struct spot {
	enum spot_kind kind;
	int64_t item;
	bool by_hand; /* the item counts as moved by hand from now on */
};

struct op {
	enum op_kind kind;
	int64_t post; /* CHOOSE, DROP, UNDECIDE */
	bool again;   /* CHOOSE: chosen before, whatever its author asked for since then */
	int64_t item; /* MOVE, EDIT, STYLE, JOIN, FIX, REMOVE, SORT */
	struct spot spot;
	struct item words;
	const struct thread *settings;
};

#endif
