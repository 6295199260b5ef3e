#include "archive/cli/add-report.h"

#include "archive/cli/print.h"

#define MICROS	     1000000.0
#define LONGEST_LINE 5000 /* columns */

struct words {
	const char *json, *text;
};

static const struct words states[] = {
	[ADD_NEW] = { "new", "new" },
	[ADD_KNOWN] = { "known", "there already" },
	[ADD_OPTED_OUT] = { "opted_out", "asked not to be archived" },
	[ADD_FORGOTTEN] = { "forgotten", "was forgotten, is not taken again" },
	[ADD_GONE] = { "gone", "gone" },
	[ADD_HIDDEN] = { "not_public", "not public" },
	[ADD_REFUSED] = { "refused", "not shown without an account" },
	[ADD_FAILED] = { "failed", "not read" },
};

static void print_row(const struct add_row *row)
{
	struct str line = STR_INIT;

	str_addf(&line, "%-8s  %s: %s", row->short_id[0] ? row->short_id : "-", row->name,
		 states[row->state].text);
	if (row->why && row->state >= ADD_REFUSED)
		str_addf(&line, " (%s)", row->why);
	print_safe(stdout, line.buf, LONGEST_LINE);
	putchar('\n');
	str_release(&line);
}

static void print_talks(const struct talk_result *talk)
{
	struct str line = STR_INIT;

	print_count(&line, (int64_t)talk->read, "conversation read: ", "conversations read: ");
	str_addf(&line, "%zu new, %zu seen before", talk->put.fresh, talk->put.known);
	if (talk->left > 0)
		str_addf(&line, "; %zu left", talk->left);
	if (talk->failed > 0)
		str_addf(&line, "; %zu not read", talk->failed);
	if (talk->why)
		str_addf(&line, " (%s)", talk->why);
	print_safe(stdout, line.buf, LONGEST_LINE);
	putchar('\n');
	str_release(&line);
}

void add_report(const struct cli *cli, const struct add_result *result, bool conversation)
{
	for (size_t i = 0; i < result->count; i++)
		if (!cli->quiet || result->rows[i].state > ADD_KNOWN)
			print_row(&result->rows[i]);
	if (cli->quiet)
		return;
	if (conversation)
		print_talks(&result->talk);
	if (result->spent > 0)
		printf("read on X for %.3f USD\n", (double)result->spent / MICROS);
}

static void write_row(struct jwrite *w, const struct add_row *row)
{
	jwrite_open_object(w, NULL);
	jwrite_text(w, "name", row->name);
	jwrite_text(w, "state", states[row->state].json);
	jwrite_text(w, "id", row->short_id[0] ? row->short_id : NULL);
	jwrite_text(w, "uri", row->uri);
	jwrite_text(w, "why", row->why);
	jwrite_close_object(w);
}

void print_talks_json(struct jwrite *w, const struct talk_result *talk)
{
	jwrite_open_object(w, "conversations");
	jwrite_int(w, "read", (int64_t)talk->read);
	jwrite_int(w, "left", (int64_t)talk->left);
	jwrite_int(w, "failed", (int64_t)talk->failed);
	jwrite_int(w, "new", (int64_t)talk->put.fresh);
	jwrite_int(w, "seen_before", (int64_t)talk->put.known);
	jwrite_text(w, "why", talk->why);
	jwrite_close_object(w);
}

void add_report_json(const struct add_result *result)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_open_array(&w, "posts");
	for (size_t i = 0; i < result->count; i++)
		write_row(&w, &result->rows[i]);
	jwrite_close_array(&w);
	print_talks_json(&w, &result->talk);
	jwrite_int(&w, "spent_micro_usd", result->spent);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}
