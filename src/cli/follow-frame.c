#include "archive/cli/follow-frame.h"

#include <string.h>

#include "archive/cli/chart.h"
#include "archive/cli/fetch-report.h"
#include "archive/cli/print.h"
#include "archive/text/utf8.h"

/* Beside a line a network and the last one: the hours, and what these are. */
#define FEWEST_LINES 2
#define NEAR_BUDGET  "more than 80 % of its budget is spent"

struct canvas {
	struct str *out;
	struct str line; /* as it came together, not safe yet */
	int columns, left;
};

static void put_line(struct canvas *canvas)
{
	if (canvas->left-- > 0) {
		utf8_add_terminal(canvas->out, canvas->line.buf, canvas->columns);
		str_add_char(canvas->out, '\n');
	}
	str_clear(&canvas->line);
}

/* "19:02" */
static void add_clock(struct str *out, const char *zone, int64_t time)
{
	char when[PRINT_TIME_SIZE];

	print_time(zone, time, when);
	str_add(out, when[0] ? when + 11 : "");
}

/* "0:41" */
static void add_countdown(struct str *out, int64_t ms)
{
	int64_t seconds = ms > 0 ? (ms + 999) / 1000 : 0;

	str_addf(out, "%lld:%02lld", (long long)(seconds / 60), (long long)(seconds % 60));
}

static void put_head(struct canvas *canvas, const struct follow_frame *frame)
{
	const struct fetch_options *options = frame->options;

	for (size_t i = 0; i < options->tag_count; i++)
		str_addf(&canvas->line, "#%s ", options->tags[i]);
	add_clock(&canvas->line, frame->zone, frame->now);
	if (options->until) {
		str_add(&canvas->line, ", until ");
		add_clock(&canvas->line, frame->zone, options->until);
	}
	put_line(canvas);
}

static void put_evening(struct canvas *canvas, const struct follow_frame *frame)
{
	struct str first = STR_INIT;
	struct str last = STR_INIT;
	struct chart chart;

	if (frame->from == 0)
		return;
	add_clock(&first, frame->zone, frame->from);
	add_clock(&last, frame->zone, frame->now);
	chart = chart_of(frame->from, frame->now,
			 canvas->columns - 4 - (int)(first.len + last.len));
	str_addf(&canvas->line, " %s ", first.buf);
	chart_histogram(&canvas->line, &chart, frame->minutes, frame->minute_count);
	str_addf(&canvas->line, " %s", last.buf);
	put_line(canvas);
	str_release(&first);
	str_release(&last);
}

static int64_t count_since(const struct follow_frame *frame, enum network network, int64_t since)
{
	int64_t sum = 0;

	for (size_t i = 0; i < frame->minute_count; i++)
		if (frame->minutes[i].network == network && frame->minutes[i].time >= since)
			sum += frame->minutes[i].posts;
	return sum;
}

static void put_network(struct canvas *canvas, const struct follow_frame *frame,
			const struct follow_last *last)
{
	struct str *line = &canvas->line;

	str_addf(line, "%-8s  %5lld  %6lld", network_label(last->network),
		 (long long)count_since(frame, last->network, 0),
		 (long long)count_since(frame, last->network, frame->now - FOLLOW_RECENT_MS));
	if (last->time) {
		str_add(line, "  ");
		add_clock(line, frame->zone, last->time);
		str_addf(line, " %s: %s", last->who ? last->who : "", last->text ? last->text : "");
	}
	put_line(canvas);
}

/* What keeps a source from being read as usual. */
static bool is_in_trouble(const struct walk_view *view)
{
	return view->state == WALK_WAITING || view->near_budget ||
	       (view->why && view->state != WALK_READING);
}

static bool fits(const struct canvas *canvas, const char *more)
{
	return !more || utf8_columns(canvas->line.buf) + 1 + utf8_columns(more) <= canvas->columns;
}

static void put_trouble(struct canvas *canvas, const struct follow_frame *frame,
			const struct walk_view *view)
{
	const char *why = fetch_report_why(view);
	struct str *line = &canvas->line;

	str_add(line, view->source->name.buf);
	if (frame->options->tag_count > 1)
		str_addf(line, " #%s", view->tag);
	if (view->state == WALK_WAITING || view->state == WALK_RESTING) {
		str_add(line, ", in ");
		add_countdown(line, view->wait_until - frame->now);
	}
	str_add_char(line, ':');
	if (canvas->left > 2 && !fits(canvas, why)) {
		put_line(canvas);
		str_add_char(line, ' ');
	}
	str_addf(line, " %s", why ? why : view->near_budget ? NEAR_BUDGET : "waiting");
	put_line(canvas);
}

static void put_troubles(struct canvas *canvas, const struct follow_frame *frame)
{
	size_t untold = 0;

	for (size_t i = 0; i < frame->view_count; i++)
		untold += is_in_trouble(&frame->views[i]);
	for (size_t i = 0; i < frame->view_count; i++) {
		if (!is_in_trouble(&frame->views[i]))
			continue;
		if (canvas->left <= 2 && untold > 1) { /* the last line is the foot */
			str_addf(&canvas->line, "%zu more sources wait", untold);
			put_line(canvas);
			return;
		}
		put_trouble(canvas, frame, &frame->views[i]);
		untold--;
	}
}

static void put_foot(struct canvas *canvas, const struct follow_frame *frame)
{
	int64_t next = INT64_MAX;
	bool reading = false;

	for (size_t i = 0; i < frame->view_count; i++) {
		const struct walk_view *view = &frame->views[i];

		reading = reading || view->state == WALK_READING;
		if (view->state == WALK_RESTING && view->wait_until < next)
			next = view->wait_until;
	}
	if (reading) {
		str_add(&canvas->line, "reading");
	} else if (next != INT64_MAX) {
		str_add(&canvas->line, "next look in ");
		add_countdown(&canvas->line, next - frame->now);
	} else {
		str_add(&canvas->line, "waiting");
	}
	str_add(&canvas->line, "; Ctrl-C ends it");
	put_line(canvas);
}

void follow_frame_add(struct str *out, const struct follow_frame *frame, int columns, int lines)
{
	struct canvas canvas = { .out = out, .line = STR_INIT, .columns = columns, .left = lines };

	if (lines > (int)frame->last_count + FEWEST_LINES)
		put_head(&canvas, frame);
	put_evening(&canvas, frame);
	str_add(&canvas.line, "          posts  10 min  last");
	put_line(&canvas);
	for (size_t i = 0; i < frame->last_count; i++)
		put_network(&canvas, frame, &frame->lasts[i]);
	put_troubles(&canvas, frame);
	put_foot(&canvas, frame);
	str_release(&canvas.line);
}
