/*
 * What every form says of a thread and its posts in the thread's own language and zone. Plain text
 * without line ends; what is not foreign in it (times, counts, words of ours) is HTML as it stands.
 * The room's own header.
 */
#ifndef ARCHIVE_EXPORT_TELLER_H
#define ARCHIVE_EXPORT_TELLER_H

#include <stdio.h>

#include "archive/export/fragment.h"
#include "archive/export/language.h"

struct teller {
	const struct thread *thread;
	const struct language *language;
	const char *zone;
	bool many_days; /* a time alone would not say which day */
};

struct teller teller_of(const struct thread *thread, const struct fragment_facts *facts);

const char *tell_title(const struct teller *t);
/* "2017-06-30 19:00–21:30 · "; nothing of a thread without posts. */
void tell_range(const struct teller *t, struct str *out, const struct fragment_facts *facts);
/* "32人の121投稿"; of how many candidates only when asked. */
void tell_counts(const struct teller *t, struct str *out, const struct fragment_facts *facts,
		 bool candidates);
/* "2017-06-30 19:00–21:30 · #ssmjp · 32人の121投稿" */
void tell_facts(const struct teller *t, struct str *out, const struct fragment_facts *facts);
/* By whom the thread was put together; nothing where that is not told. Foreign text. */
void tell_curator(const struct teller *t, struct str *out);
/* What was collected when, from where; that deleted posts are left out; the zone. */
void tell_footer(const struct teller *t, struct str *out, const struct fragment_facts *facts);
/* "19:12", with its date in a thread of many days; "" for 0. */
void tell_moment(const struct teller *t, struct str *out, int64_t ms);
/* Name, handle, or "?". */
const char *tell_name(const struct author *author);
/* "写真" */
const char *tell_kind(const struct teller *t, enum media_kind kind);
/* "動画 1:23"; the kind alone where nothing is known of its length. */
void tell_length(const struct teller *t, struct str *out, const struct media *media);
/* "写真：ホワイトボード"; own is the curator's words where the author gave none, NULL = none. */
void tell_medium(const struct teller *t, struct str *out, const struct media *media,
		 const char *own);
/* "運用 — 12票 (40%)" of option n. */
void tell_option(const struct teller *t, struct str *out, const struct poll *poll, size_t n);
/* " · 返信 · 編集済み" as far as it is so. */
void tell_marks(const struct teller *t, struct str *out, const struct post *post);
/* Line n of a post item's text: the curator's words for picture n (from 0), in out; NULL when there
 * are none. */
const char *tell_own_words(const struct item *item, size_t n, struct str *out);

/* "運用日誌: 静かな監視のすすめ" of a card beside its title, to an empty string; nothing where it
 * tells neither. */
void tell_card(struct str *out, const struct card *card);

/* Foreign text on one line, as it stands in a file of text: no control, no bidi control. */
void tell_line(struct str *out, const char *text);

/* Hands on what is written, so that memory holds one item at a time. */
MUST_CHECK bool tell_out(FILE *out, struct str *buf, struct err *err);

#endif
