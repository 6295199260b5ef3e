#include "archive/export/foot.h"

#include "archive/export/entry.h"

static void write_curator(struct writer *w, const char *curator)
{
	struct str name = STR_INIT;
	size_t mark = w->buf.len;

	if (!part_has_text(curator))
		return;
	part_open(w, PART_CURATOR);
	part_begin(w, PART_CURATOR_NAME);
	part_direction(w, curator);
	part_end(w);
	part_text(w, curator);
	part_close(w, PART_CURATOR_NAME);
	part_close(w, PART_CURATOR);
	str_add(&name, w->buf.buf + mark);
	str_truncate(&w->buf, mark);
	language_fill(&w->buf, w->teller.language->curated, name.buf, NULL);
	str_release(&name);
}

void foot_write(struct writer *w, const struct fragment_facts *facts)
{
	part_open(w, PART_FOOT);
	write_curator(w, w->teller.thread->curator);
	tell_footer(&w->teller, &w->buf, facts);
	part_close(w, PART_FOOT);
	part_line(w);
	part_close(w, PART_ROOT);
	part_line(w);
}

void foot_open_people(struct writer *w, int64_t authors)
{
	struct str people = STR_INIT;

	language_count(&people, &w->teller.language->people, authors);
	part_open(w, PART_PEOPLE);
	part_open(w, PART_SUMMARY_PLAIN);
	language_fill(&w->buf, w->teller.language->cited, people.buf, NULL);
	part_close(w, PART_SUMMARY_PLAIN);
	part_line(w);
	part_open(w, PART_PEOPLE_LIST);
	part_line(w);
	str_release(&people);
}

void foot_person(struct writer *w, const struct person *person)
{
	const struct author author = { .name = person->name,
				       .handle = person->handle,
				       .url = person->url,
				       .avatar = person->avatar };

	part_open(w, PART_PERSON);
	w->nested++;
	entry_author(w, PART_PERSON_TEXT, &author);
	w->nested--;
	part_close(w, PART_PERSON);
	part_line(w);
}

void foot_close_people(struct writer *w)
{
	part_close(w, PART_PEOPLE_LIST);
	part_line(w);
	part_close(w, PART_PEOPLE);
	part_line(w);
}
