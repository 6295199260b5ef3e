/*
 * Reading the curation file line by line: this room's own header. A reader takes the text apart;
 * settings and items have a file each.
 */
#ifndef ARCHIVE_CURATE_SHEET_READER_H
#define ARCHIVE_CURATE_SHEET_READER_H

#include "archive/curate/sheet.h"

enum sheet_place { SHEET_SETTINGS, SHEET_HEADING, SHEET_ITEMS };

struct sheet_reader {
	struct arena *arena;
	const struct thread *usual;
	struct sheet_mistake *mistake;
	size_t number; /* of the line that is read */
	bool begun;    /* the first line was there */
	bool below;    /* of the line above which the undecided stand */
	enum sheet_place place;
	unsigned said; /* settings, or what a heading has, that were given: bits */
	struct thread thread;
	const char **tags;
	char *window;	      /* as it stands: the zone may come behind it */
	size_t window_number; /* its line */
	struct sheet_line *lines;
	size_t count, room;
	bool open;			      /* the last line is an item that may go on */
	struct str note;		      /* of the note that is read */
	bool in_note;			      /* a line with blanks in front goes on with it */
	const char *alts[SHEET_MAX_PICTURES]; /* of the post that is read */
	size_t alt_count;		      /* the last of them */
};

/* Tells what is wrong with the line that is read. Returns false. */
bool sheet_mistaken(struct sheet_reader *r, const char *format, ...) PRINTF_LIKE(2, 3);
/* The text as a sentence shows it. */
const char *sheet_shown(struct sheet_reader *r, const char *text);
/* Behind the blanks in front: any of ASCII, or one that is wide. */
char *sheet_skip_gap(char *text);
/* Cuts the word off: up to a blank. What follows it begins without blanks. */
char *sheet_take_word(char **text);
/* What the text stands for, in the arena; NULL for none. */
const char *sheet_unescaped(struct sheet_reader *r, const char *text);
/* An address that may be linked to; false when it is told that it is none. */
bool sheet_take_url(struct sheet_reader *r, char **text, const char **url);

/* "slug: …" and so on, the name cut off. */
bool sheet_read_setting(struct sheet_reader *r, const char *name, char *value);
/* Nothing more is said: is all there that has to be? */
bool sheet_end_settings(struct sheet_reader *r);
/* "speaker: …" and so on, below a heading. */
bool sheet_read_part(struct sheet_reader *r, const char *name, char *value);

/* A heading: what follows "##". */
bool sheet_read_heading(struct sheet_reader *r, char *text);
/* "post …" and so on, the word cut off; known is false when there is no such word. */
bool sheet_read_item(struct sheet_reader *r, const char *word, char *text, bool *known);
/* A further line of a note. */
void sheet_read_more(struct sheet_reader *r, const char *text);
/* Nothing more belongs to the item that is read: is it whole? */
bool sheet_end_item(struct sheet_reader *r);
/* Has each section a key of its own? */
bool sheet_check_keys(struct sheet_reader *r);

#endif
