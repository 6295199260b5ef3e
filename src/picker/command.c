#include "archive/picker/state.h"

static void ask_filter(struct picker *picker, struct want *want)
{
	(void)want;
	picker->mode = MODE_FILTER;
}

static void ask_colour(struct picker *picker, struct want *want)
{
	(void)want;
	if (picker_row(picker))
		picker->mode = MODE_COLOUR;
}

static void show_new(struct picker *picker, struct want *want)
{
	int64_t fresh = picker->fresh;

	(void)want;
	candidates_reload(picker);
	if (picker->warning)
		return;
	picker->known = picker->histogram.total;
	picker->fresh = 0;
	if (fresh > 0)
		picker_tell(picker, false,
			    fresh == 1 ? "the new post is shown" : "the %lld new posts are shown",
			    (long long)fresh);
	else
		picker_tell(picker, false, "nothing came meanwhile");
}

static void leave(struct picker *picker, struct want *want)
{
	(void)want;
	if (picker->range)
		deed_end_range(picker);
	else if (!filter_leave(picker))
		picker_tell(picker, false, "q leaves; everything is saved");
}

static void leave_menu(struct picker *picker, struct want *want)
{
	(void)want;
	if (picker->mode == MODE_AUTHOR)
		author_leave(picker, want);
	picker->mode = MODE_LISTS;
}

static void read_in(struct picker *picker, enum mode mode)
{
	picker->mode = mode;
	picker->read_top = 0;
}

static void open_preview(struct picker *picker, struct want *want)
{
	(void)want;
	if (picker_row(picker))
		read_in(picker, MODE_PREVIEW);
}

static void open_help(struct picker *picker, struct want *want)
{
	(void)want;
	read_in(picker, MODE_HELP);
}

static void read_down(struct picker *picker, struct want *want)
{
	(void)want;
	picker->read_top++;
}

static void read_up(struct picker *picker, struct want *want)
{
	(void)want;
	picker->read_top--;
}

static void read_page_down(struct picker *picker, struct want *want)
{
	(void)want;
	picker->read_top += picker->read_height;
}

static void read_page_up(struct picker *picker, struct want *want)
{
	(void)want;
	picker->read_top -= picker->read_height;
}

static void read_first(struct picker *picker, struct want *want)
{
	(void)want;
	picker->read_top = 0;
}

static void read_last(struct picker *picker, struct want *want)
{
	(void)want;
	picker->read_top = picker->read_lines;
}

static void to_lists(struct picker *picker, struct want *want)
{
	(void)want;
	picker->mode = MODE_LISTS;
}

static void want_url(struct picker *picker, struct want *want, enum want_kind kind)
{
	const struct list_row *row = picker_row(picker);

	if (!row || !row->row.url) {
		picker_tell(picker, false, "this has no page");
		return;
	}
	str_clear(&picker->wanted);
	str_add(&picker->wanted, row->row.url);
	picker_tell(picker, false, "%s", picker->wanted.buf);
	*want = (struct want){ .kind = kind, .text = picker->wanted.buf };
}

static void open_url(struct picker *picker, struct want *want)
{
	want_url(picker, want, WANT_OPEN);
}

static void copy_url(struct picker *picker, struct want *want)
{
	want_url(picker, want, WANT_COPY);
}

static void edit_thread(struct picker *picker, struct want *want)
{
	(void)picker;
	want->kind = WANT_EDIT_THREAD;
}

static void page(struct picker *picker, struct want *want)
{
	(void)picker;
	want->kind = WANT_PAGE;
}

static void quit(struct picker *picker, struct want *want)
{
	(void)picker;
	want->kind = WANT_QUIT;
}

static void suspend(struct picker *picker, struct want *want)
{
	(void)picker;
	want->kind = WANT_SUSPEND;
}

static void redraw(struct picker *picker, struct want *want)
{
	(void)picker;
	want->kind = WANT_REDRAW;
}

static bool is_search(const struct picker *picker)
{
	return picker->asking == ASK_SEARCH;
}

static void accept(struct picker *picker, struct want *want)
{
	(void)want;
	if (is_search(picker))
		filter_accept(picker);
	else
		write_accept(picker);
}

static void leave_prompt(struct picker *picker, struct want *want)
{
	(void)want;
	if (is_search(picker))
		filter_leave_search(picker);
	picker->mode = MODE_LISTS;
}

static void found_down(struct picker *picker, struct want *want)
{
	if (is_search(picker))
		motion_down(picker, want);
}

static void found_up(struct picker *picker, struct want *want)
{
	if (is_search(picker))
		motion_up(picker, want);
}

/* clang-format off */
static command_fn *const commands[COMMAND_COUNT] = {
	[COMMAND_DOWN] = motion_down, [COMMAND_UP] = motion_up,
	[COMMAND_HALF_DOWN] = motion_half_down, [COMMAND_HALF_UP] = motion_half_up,
	[COMMAND_PAGE_DOWN] = motion_page_down, [COMMAND_PAGE_UP] = motion_page_up,
	[COMMAND_TOP] = motion_top, [COMMAND_END] = motion_end,
	[COMMAND_SECTION] = motion_section,
	[COMMAND_PEAK_BACK] = motion_peak_back, [COMMAND_PEAK_NEXT] = motion_peak_next,
	[COMMAND_OTHER_PANE] = motion_other_pane,
	[COMMAND_LEFT_PANE] = motion_left_pane, [COMMAND_RIGHT_PANE] = motion_right_pane,
	[COMMAND_DOUBLE_CLICK] = open_preview,
	[COMMAND_WHEEL_DOWN] = motion_wheel_down, [COMMAND_WHEEL_UP] = motion_wheel_up,
	[COMMAND_CHOOSE] = deed_choose, [COMMAND_DROP] = deed_drop,
	[COMMAND_UNDECIDE] = deed_undecide, [COMMAND_AUTHOR] = author_begin,
	[COMMAND_RANGE] = motion_range, [COMMAND_UNDO] = deed_undo, [COMMAND_REDO] = deed_redo,
	[COMMAND_SEARCH] = filter_search, [COMMAND_FILTER] = ask_filter,
	[COMMAND_FOLD] = fold_toggle, [COMMAND_NEW] = show_new, [COMMAND_LEAVE] = leave,
	[COMMAND_MOVE_DOWN] = order_down, [COMMAND_MOVE_UP] = order_up,
	[COMMAND_PUSH_BACK] = order_push_back, [COMMAND_PUSH_NEXT] = order_push_next,
	[COMMAND_SORT] = order_sort, [COMMAND_HEADING] = write_heading,
	[COMMAND_NOTE] = write_note, [COMMAND_LINK] = write_link, [COMMAND_EDIT] = write_edit,
	[COMMAND_EDIT_THREAD] = edit_thread, [COMMAND_COLOUR] = ask_colour,
	[COMMAND_LARGER] = order_larger, [COMMAND_SMALLER] = order_smaller,
	[COMMAND_PREVIEW] = open_preview, [COMMAND_OPEN] = open_url, [COMMAND_COPY] = copy_url,
	[COMMAND_PAGE] = page, [COMMAND_HELP] = open_help, [COMMAND_QUIT] = quit,
	[COMMAND_SUSPEND] = suspend, [COMMAND_REDRAW] = redraw,
	[COMMAND_READ_DOWN] = read_down, [COMMAND_READ_UP] = read_up,
	[COMMAND_READ_PAGE_DOWN] = read_page_down, [COMMAND_READ_PAGE_UP] = read_page_up,
	[COMMAND_READ_TOP] = read_first, [COMMAND_READ_END] = read_last,
	[COMMAND_CLOSE] = to_lists,
	[COMMAND_TYPE_ACCEPT] = accept, [COMMAND_TYPE_LEAVE] = leave_prompt,
	[COMMAND_TYPE_DOWN] = found_down, [COMMAND_TYPE_UP] = found_up,
	[COMMAND_AUTHOR_CHOOSE] = author_choose, [COMMAND_AUTHOR_DROP] = author_drop,
	[COMMAND_AUTHOR_UNDECIDE] = author_undecide, [COMMAND_MENU_LEAVE] = leave_menu,
};
/* clang-format on */

static const enum colour colours[COMMAND_COUNT] = {
	[COMMAND_COLOUR_RED] = COLOUR_RED,	 [COMMAND_COLOUR_ORANGE] = COLOUR_ORANGE,
	[COMMAND_COLOUR_GREEN] = COLOUR_GREEN,	 [COMMAND_COLOUR_BLUE] = COLOUR_BLUE,
	[COMMAND_COLOUR_PURPLE] = COLOUR_PURPLE, [COMMAND_COLOUR_GREY] = COLOUR_GREY,
};

void command_run(struct picker *picker, enum command command, struct want *want)
{
	if (commands[command]) {
		commands[command](picker, want);
	} else if (command >= COMMAND_FILTER_X && command <= COMMAND_FILTER_ALL) {
		filter_key(picker, command);
	} else if (command >= COMMAND_COLOUR_RED && command <= COMMAND_COLOUR_NONE) {
		picker->mode = MODE_LISTS;
		order_colour(picker, colours[command]);
	}
}
