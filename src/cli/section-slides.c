#include "archive/cli/section-slides.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/base/mem.h"
#include "archive/cli/ask.h"
#include "archive/cli/print.h"
#include "archive/store/ops.h"
#include "archive/store/threads.h"

#define SHOWN 5 /* decks of a section that are offered */

/* ---- headings ---- */

static void add_section(struct slide_offers *offers, const struct item *heading)
{
	struct section_slides *section;
	struct arena *arena = &offers->arena;

	if (offers->count == offers->room) {
		offers->room = offers->room ? 2 * offers->room : 16;
		offers->sections = xreallocarray(offers->sections, offers->room,
						 sizeof(*offers->sections));
	}
	section = &offers->sections[offers->count++];
	*section = (struct section_slides){ .found.arena = arena };
	section->heading = (struct item){
		.id = heading->id,
		.kind = ITEM_HEADING,
		.key = arena_strdup(arena, heading->key),
		.text = arena_strdup(arena, heading->text),
		.speaker = arena_strdup(arena, heading->speaker),
		.url = arena_strdup(arena, heading->url),
		.starts = heading->starts,
	};
}

/* ---- looking ---- */

/* Whose talk the author gives; NULL. */
static struct section_slides *talk_of(struct slide_offers *offers, const struct author *author)
{
	for (size_t i = 0; i < offers->count; i++)
		if (slide_is_speaker(author, offers->sections[i].heading.speaker))
			return &offers->sections[i];
	return NULL;
}

static void look_at_post(struct slide_offers *offers, struct section_slides *here,
			 const struct post *post)
{
	struct section_slides *own = talk_of(offers, &post->author);

	if (own)
		here = own; /* who speaks links to the slides just before, too, or afterwards */
	if (here)
		slides_add(&here->found, post, here->heading.speaker);
}

static void look_at(struct slide_offers *offers, struct section_slides **here,
		    const struct item *item)
{
	if (item->kind == ITEM_HEADING) {
		*here = NULL;
		for (size_t i = 0; i < offers->count; i++)
			if (offers->sections[i].heading.id == item->id)
				*here = &offers->sections[i];
	}
	if (item->kind != ITEM_POST)
		return;
	look_at_post(offers, *here, item->post);
	for (size_t i = 0; i < item->also_count; i++)
		look_at_post(offers, *here, item->also[i]);
}

/* Goes through the thread: once for its headings, once for its posts. */
static bool go_through(struct cli *cli, const struct thread *thread, bool headings,
		       struct slide_offers *out, struct err *err)
{
	const struct items_options options = { .unlisted = true };
	struct section_slides *here = NULL;
	struct thread_items *items = NULL;
	struct item_iter iter;
	struct item item;
	int rc;

	if (!thread_items(cli->store, thread->id, &options, &items, &iter, err))
		return false;
	while ((rc = iter.next(&iter, &item, err)) > 0) {
		if (!headings)
			look_at(out, &here, &item);
		else if (item.kind == ITEM_HEADING)
			add_section(out, &item);
	}
	thread_items_free(items);
	return rc == 0;
}

/* ---- what is left of it ---- */

/* The speaker of another talk names this one. */
static bool is_anothers(const struct slide_offers *offers, const struct section_slides *here,
			const struct slide *slide)
{
	for (size_t i = 0; i < offers->count; i++) {
		const struct slides *found = &offers->sections[i].found;

		for (size_t j = 0; &offers->sections[i] != here && j < found->count; j++)
			if (found->slides[j].by_speaker &&
			    str_same(found->slides[j].key, slide->key))
				return true;
	}
	return false;
}

static void drop_anothers(const struct slide_offers *offers, struct section_slides *here)
{
	struct slides *found = &here->found;
	size_t kept = 0;

	for (size_t i = 0; i < found->count; i++)
		if (found->slides[i].by_speaker || !is_anothers(offers, here, &found->slides[i]))
			found->slides[kept++] = found->slides[i];
	found->count = kept;
}

/* Headings that have a link, and those where nothing was found, are offered nothing. */
static void keep_offers(struct slide_offers *offers)
{
	size_t kept = 0;

	for (size_t i = 0; i < offers->count; i++)
		drop_anothers(offers, &offers->sections[i]);
	for (size_t i = 0; i < offers->count; i++) {
		struct section_slides *section = &offers->sections[i];

		slides_rank(&section->found);
		section->taken = section->found.count;
		if (section->found.count > 0 && !section->heading.url)
			offers->sections[kept++] = *section;
	}
	offers->count = kept;
}

bool slide_offers_find(struct cli *cli, const struct thread *thread, struct slide_offers *out,
		       struct err *err)
{
	*out = (struct slide_offers){ 0 };
	if (!go_through(cli, thread, true, out, err) || !go_through(cli, thread, false, out, err))
		return false;
	keep_offers(out);
	return true;
}

void slide_offers_release(struct slide_offers *offers)
{
	free(offers->sections);
	arena_release(&offers->arena);
	*offers = (struct slide_offers){ 0 };
}

/* ---- choosing ---- */

static void print_offers(FILE *out, const struct section_slides *section)
{
	struct str line = STR_INIT, count = STR_INIT;

	str_addf(&line, "## %s", section->heading.text);
	print_safe(out, line.buf, cli_columns(fileno(out)));
	fputc('\n', out);
	for (size_t i = 0; i < section->found.count && i < SHOWN; i++) {
		const struct slide *slide = &section->found.slides[i];

		str_clear(&line);
		str_clear(&count);
		print_count(&count, (int64_t)slide->posts, "post", "posts");
		str_addf(&line, "  %zu  %s  (%s, %s%s)", i + 1, slide->url,
			 slide_host_label(slide->host), count.buf,
			 slide->by_speaker ? ", by the speaker" : "");
		print_safe(out, line.buf, 4096); /* an address that was cut is none */
		fputc('\n', out);
	}
	str_release(&line);
	str_release(&count);
}

/* 1 and on; 0 = none. An empty line, "y" and "yes" are the first. */
static size_t read_choice(const char *typed, size_t most)
{
	int64_t number;

	if (!*typed || str_same_ascii(typed, "y") || str_same_ascii(typed, "yes"))
		return 1;
	return str_to_int(typed, 1, (int64_t)most, &number) ? (size_t)number : 0;
}

static size_t ask_for(const struct section_slides *section)
{
	size_t most = section->found.count < SHOWN ? section->found.count : SHOWN, choice = 0;
	char *line = NULL;
	size_t room = 0;

	print_offers(stderr, section);
	fputs("Link its heading to the first? [Y/n/number] ", stderr);
	fflush(stderr);
	if (getline(&line, &room, stdin) > 0) {
		line[strcspn(line, "\r\n")] = '\0';
		choice = read_choice(line, most);
	}
	free(line);
	return choice;
}

void slide_offers_choose(const struct cli *cli, struct slide_offers *offers, bool best)
{
	const bool ask = !best && !cli->json && ask_possible();

	for (size_t i = 0; i < offers->count; i++) {
		struct section_slides *section = &offers->sections[i];
		size_t choice = best ? 1 : 0;

		if (ask)
			choice = ask_for(section);
		else if (!cli->json && !cli->quiet)
			print_offers(stdout, section);
		if (choice > 0)
			section->taken = choice - 1;
	}
	if (!ask && !best && offers->count > 0 && !cli->json && !cli->quiet)
		puts("next: the same with --yes links each heading to its first");
	if (offers->count == 0 && !cli->json && !cli->quiet)
		puts("no slides found for a heading that has no link yet");
}

/* ---- setting ---- */

static const char *label_for(const struct thread *thread, const struct slide *slide)
{
	const bool japanese = str_same(thread->lang, "ja");

	if (slide->host == SLIDE_PDF)
		return japanese ? "スライド (PDF)" : "Slides (PDF)";
	return japanese ? "スライド" : "Slides";
}

bool slide_offers_set(struct cli *cli, const struct thread *thread, struct slide_offers *offers,
		      struct err *err)
{
	struct op *ops = arena_array(&offers->arena, offers->count + 1, sizeof(*ops));
	struct op_report report = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < offers->count; i++) {
		const struct section_slides *section = &offers->sections[i];
		struct op *op = &ops[count];

		if (section->taken == section->found.count)
			continue;
		op->kind = OP_EDIT;
		op->item = section->heading.id;
		op->words = section->heading;
		op->words.key = NULL;
		op->words.url = section->found.slides[section->taken].url;
		op->words.label = label_for(thread, &section->found.slides[section->taken]);
		count++;
	}
	if (count == 0)
		return true;
	if (!store_do(cli->store, thread->id, "slides", ops, count, &report, err))
		return false;
	offers->step = report.step;
	if (!cli->json && !cli->quiet)
		printf("%zu of %zu headings linked to their slides\n", count, offers->count);
	return true;
}

static void links_json(struct jwrite *w, const struct section_slides *section)
{
	jwrite_open_array(w, "links");
	for (size_t i = 0; i < section->found.count; i++) {
		const struct slide *slide = &section->found.slides[i];

		jwrite_open_object(w, NULL);
		jwrite_text(w, "url", slide->url);
		jwrite_text(w, "host", slide_host_label(slide->host));
		jwrite_int(w, "posts", (int64_t)slide->posts);
		jwrite_bool(w, "by_speaker", slide->by_speaker);
		jwrite_bool(w, "taken", i == section->taken);
		jwrite_close_object(w);
	}
	jwrite_close_array(w);
}

void slide_offers_json(struct jwrite *w, const struct slide_offers *offers)
{
	jwrite_open_array(w, "slides");
	for (size_t i = 0; i < offers->count; i++) {
		const struct section_slides *section = &offers->sections[i];

		jwrite_open_object(w, NULL);
		jwrite_text(w, "key", section->heading.key);
		jwrite_text(w, "title", section->heading.text);
		links_json(w, section);
		jwrite_close_object(w);
	}
	jwrite_close_array(w);
}
