#include "archive/cli/media-report.h"

#include "archive/cli/print.h"

#define LONGEST_LINE 2000 /* columns */

void media_add_bytes(struct str *out, int64_t bytes)
{
	if (bytes < 1000000)
		str_addf(out, "%lld kB", (long long)((bytes + 999) / 1000));
	else
		str_addf(out, "%.1f MB", (double)bytes / 1e6);
}

static void print_line(struct str *line)
{
	print_safe(stdout, line->buf, LONGEST_LINE);
	putchar('\n');
	str_clear(line);
}

/* Of those that this run did not ask for. */
static int64_t left_alone(const struct pictures_result *result)
{
	int64_t left = result->counts.missed - (int64_t)result->miss_count;

	return left > 0 && !result->more && !result->cancelled ? left : 0;
}

static void add_kept(struct str *line, const struct pictures_result *result)
{
	const struct picture_counts *counts = &result->counts;

	if (counts->addresses == 0) {
		str_add(line, "these posts show no pictures");
	} else if (result->kept == 0 && result->miss_count == 0 && counts->kept > 0) {
		str_add(line, "nothing new: ");
		print_count(line, counts->kept, "picture is kept, ", "pictures are kept, ");
		media_add_bytes(line, counts->bytes);
	} else {
		print_count(line, (int64_t)result->kept, "picture kept", "pictures kept");
		if (result->kept > 0)
			str_add(line, ", ");
		if (result->kept > 0)
			media_add_bytes(line, result->bytes);
	}
	if (result->miss_count > 0)
		str_addf(line, "; %zu could not be had:", result->miss_count);
}

static void print_misses(const struct pictures_result *result, struct str *line)
{
	for (size_t i = 0; i < result->miss_count; i++) {
		const struct picture_miss *miss = &result->misses[i];

		str_addf(line, "  %-8s  %s  %s", miss->short_id, miss->host, miss->why);
		print_line(line);
	}
}

/* What is worth knowing for the next time. */
static void print_rest(const struct pictures_result *result, struct str *line)
{
	int64_t left = left_alone(result);

	if (left > 0) {
		print_count(line, left, "picture", "pictures");
		str_add(line, " could not be had before: --again asks for them once more");
		print_line(line);
	}
	if (result->more) {
		str_add(line,
			"more are wanted than a run asks for: the same command goes on with them");
		print_line(line);
	}
	if (result->cancelled) {
		str_add(line, "ended: the same command goes on with the rest");
		print_line(line);
	}
}

void media_report(const struct cli *cli, const struct pictures_result *result)
{
	struct str line = STR_INIT;

	if (!cli->quiet || result->miss_count > 0) {
		add_kept(&line, result);
		print_line(&line);
	}
	print_misses(result, &line);
	if (!cli->quiet)
		print_rest(result, &line);
	str_release(&line);
}

static const char *const uses[PICTURE_USE_COUNT] = {
	[PICTURE_OF_POST] = "picture", [PICTURE_STILL] = "still",  [PICTURE_AVATAR] = "avatar",
	[PICTURE_EMOJI] = "emoji",     [PICTURE_OF_CARD] = "card",
};

static void write_miss(struct jwrite *w, const struct picture_miss *miss)
{
	jwrite_open_object(w, NULL);
	jwrite_text(w, "post", miss->short_id);
	jwrite_text(w, "url", miss->url);
	jwrite_text(w, "host", miss->host);
	jwrite_text(w, "use", uses[miss->use]);
	jwrite_text(w, "why", miss->why);
	jwrite_bool(w, "lasting", miss->lasting);
	jwrite_close_object(w);
}

void media_report_json(const struct media_order *order, const struct pictures_result *result)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "thread", order->thread);
	jwrite_int(&w, "kept", (int64_t)result->kept);
	jwrite_int(&w, "bytes", result->bytes);
	jwrite_open_array(&w, "missed");
	for (size_t i = 0; i < result->miss_count; i++)
		write_miss(&w, &result->misses[i]);
	jwrite_close_array(&w);
	jwrite_int(&w, "kept_in_all", result->counts.kept);
	jwrite_int(&w, "bytes_in_all", result->counts.bytes);
	jwrite_int(&w, "left_alone", left_alone(result));
	jwrite_bool(&w, "more", result->more);
	jwrite_bool(&w, "cancelled", result->cancelled);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}
