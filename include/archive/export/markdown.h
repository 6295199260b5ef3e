/*
 * A thread as Markdown without HTML (CommonMark 0.30), for engines that let none through: Zenn,
 * Qiita, Hugo with unsafe off. Foreign text is escaped so that no engine acts on it: no emphasis,
 * no list, no shortcode, no emoji code, no card of a bare address. Bytes as fragment.h promises.
 */
#ifndef ARCHIVE_EXPORT_MARKDOWN_H
#define ARCHIVE_EXPORT_MARKDOWN_H

#include "archive/export/fragment.h"

/* Of the options it knows the level of the title's heading (0 = 2) and what becomes of pictures. */
MUST_CHECK bool markdown_write(FILE *out, const struct thread *thread,
			       const struct fragment_facts *facts, struct item_iter *items,
			       const struct fragment_options *options, struct err *err);

/* ---- the room's own ---- */

/* Foreign text on one line, escaped. */
void markdown_add_text(struct str *out, const char *text, size_t len);
/* "[label](url)"; the label alone when the URL may not be linked. */
void markdown_add_link(struct str *out, const char *label, const char *url);
/* A post's canonical HTML as paragraphs, lists and quotes, before in front of every line, an empty
 * line (with before) between blocks. Adds nothing when there is no text in it. */
void markdown_add_content(struct str *out, const char *before, const char *html);

#endif
