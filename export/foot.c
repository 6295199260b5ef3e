#include "archive/export/foot.h"

#include "archive/export/entry.h"

static void write_collected(struct writer *w, const struct fragment_facts *facts)
{
	struct str networks = STR_INIT;
	struct str date = STR_INIT;
	char iso[ZONE_ISO_SIZE];

	for (int n = 0; n < NETWORK_COUNT; n++) {
		if (!facts->networks[n])
			continue;
		str_add(&networks, networks.len > 0 ? w->language->separator : "");
		str_add(&networks, network_label((enum network)n));
	}
	if (facts->collected && networks.len > 0) {
		zone_format_iso(w->zone, facts->collected, iso);
		part_date(&date, iso);
		language_fill(&w->buf, w->language->collected, date.buf, networks.buf);
	}
	str_release(&networks);
	str_release(&date);
}

void foot_write(struct writer *w, const struct fragment_facts *facts)
{
	part_open(w, PART_FOOT);
	write_collected(w, facts);
	str_add(&w->buf, w->language->deleted);
	language_fill(&w->buf, w->language->zone, w->zone, NULL);
	part_close(w, PART_FOOT);
	part_line(w);
	part_close(w, PART_ROOT);
	part_line(w);
}

void foot_open_people(struct writer *w, int64_t authors)
{
	struct str people = STR_INIT;

	language_count(&people, &w->language->people, authors);
	part_open(w, PART_PEOPLE);
	part_open(w, PART_SUMMARY_PLAIN);
	language_fill(&w->buf, w->language->cited, people.buf, NULL);
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
				       .url = person->url };

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
