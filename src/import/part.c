#include "archive/import/part.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/split.h"

/* Up to the bracket of the list, counting lines; false when there is none. */
static bool find_list(FILE *in, const char *key, int64_t *line)
{
	size_t len = strlen(key), met = 0;
	int c;

	while ((c = getc(in)) != EOF) {
		*line += c == '\n';
		if (met == len && c == '[')
			return ungetc(c, in) != EOF;
		if (met == len && len > 0 && c != ':' && c != ' ' && c != '\t' && c != '\n' &&
		    c != '\r')
			met = 0;
		if (met < len)
			met = c == key[met] ? met + 1 : c == key[0];
	}
	return false;
}

static void note_broken(struct container *container, struct gather *gather, int64_t line)
{
	struct import_report *report = gather->report;
	const char *why = container_damage(container);

	report->malformed++;
	if (report->bad_place[0])
		return;
	gather_note_bad(gather, line);
	if (why)
		snprintf(report->bad_place, sizeof(report->bad_place), "%s line %lld: %s",
			 gather->entry, (long long)line, why);
}

static bool take_elements(struct split *split, struct container *container, struct gather *gather,
			  part_fn *element, void *owner, struct err *err)
{
	enum split_found found;

	while ((found = split_next(split)) != SPLIT_END) {
		if (found != SPLIT_VALUE && split->closed)
			return true; /* what stands behind the list: a semicolon */
		if (found == SPLIT_VALUE) {
			if (!element(owner, split->value.buf, split->value.len, split->line, err))
				return false;
			continue;
		}
		note_broken(container, gather, split->line);
		if (found == SPLIT_TOO_LONG)
			return true;
	}
	return true;
}

bool part_each(struct container *container, struct gather *gather, const char *key,
	       part_fn *element, void *owner, struct err *err)
{
	struct split *split = xcalloc(1, sizeof(*split));
	FILE *in = container_stream(container);
	int64_t line = 1;
	bool ok = true;

	gather->entry = container_entry(container);
	if (in && find_list(in, key, &line)) {
		split_begin(split, in);
		split->line = split->next_line = line;
		ok = take_elements(split, container, gather, element, owner, err) &&
		     gather_flush(gather, err);
		split_release(split);
	} else {
		note_broken(container, gather, line);
	}
	if (in)
		fclose(in);
	free(split);
	gather->entry = NULL;
	return ok;
}

void part_small(struct container *container, struct str *out)
{
	FILE *in = container_stream(container);

	str_clear(out);
	if (!in)
		return;
	str_reserve(out, PART_SMALL + 1);
	out->len = fread(out->buf, 1, PART_SMALL + 1, in);
	out->buf[out->len] = '\0';
	if (out->len > PART_SMALL)
		str_clear(out);
	fclose(in);
}

bool part_entries(const struct import_archive *archive, struct import_report *report,
		  part_entry_fn *entry, void *owner, struct err *err)
{
	struct container *container = container_open(archive->in, archive->folder, archive->name,
						     err);
	bool ok = true;
	int rc = 0;

	if (!container)
		return false;
	while (ok && (rc = container_next(container, err)) > 0)
		ok = entry(owner, container, err);
	if (ok && rc < 0 && report->posts + report->dropped > 0) {
		if (!report->bad_place[0])
			snprintf(report->bad_place, sizeof(report->bad_place),
				 "what stands behind %s", container_entry(container));
		*err = (struct err){ 0 };
		rc = 0;
	}
	container_close(container);
	return ok && rc == 0;
}
