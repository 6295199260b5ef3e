/*
 * Renders a thread that a test describes on standard input, a field a line: its name, a tab, its
 * value, where \n \t \\ are a line end, a tab, a backslash. "item KIND" begins an item, "quote"
 * the post that the present one quotes, "also" one that is joined to it, "media" and "option" one
 * of those, "emoji" and "author.emoji" a custom emoji (code, space, url), "kept" a picture that is
 * kept (shelf.h). Facts are counted as the store counts them.
 *
 * render FORM|classes|stylesheet [counts] [people] [level=N] [media=WAY] [base=…] [avatars] [used]
 * [COUNT]: with "used" the names of the pictures that are used go to standard error; with COUNT the
 * posts are gone through again and again until so many were written, and the processor time (ms)
 * and the resident memory (KB) go to standard error.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "archive/base/arena.h"
#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/export/form.h"
#include "archive/export/page.h"
#include "archive/export/pictures.h"

#include "shelf.h"

#define ITEMS_MAX 512
#define PARTS_MAX 16

struct sample {
	struct post post;
	struct media media[PARTS_MAX];
	struct poll_option options[PARTS_MAX];
	struct poll poll;
	struct card card;
	struct emoji emojis[PARTS_MAX], author_emojis[PARTS_MAX];
	struct answered answered;
	const struct post *also[PARTS_MAX];
};

struct input {
	struct arena arena;
	struct thread thread;
	const char *tags[PARTS_MAX];
	struct fragment_facts facts;
	struct item items[ITEMS_MAX];
	size_t count;
	struct item *item;     /* the one that is described */
	struct sample *own;    /* its post */
	struct sample *sample; /* the same, or the quoted one, or one that is joined to it */
	size_t next, left;     /* of the iterator */
	size_t person;	       /* of the other one */
	const char *asked;     /* so many posts; NULL = each once */
	struct people_iter people;
	struct form_options options;
	struct shelf shelf;
	struct picture_shelf view;
};

static char *unescape(char *value)
{
	char *to = value;

	for (const char *from = value; *from; from++) {
		if (*from == '\\' && from[1]) {
			from++;
			*to++ = (char)(*from == 'n'   ? '\n'
				       : *from == 't' ? '\t'
				       : *from == 'r' ? '\r'
						      : *from);
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return value;
}

static void refuse(const char *name)
{
	fprintf(stderr, "render: unknown field %s\n", name);
	exit(2);
}

static int64_t number(const char *value)
{
	int64_t n = 0;

	if (!str_to_int(value, INT64_MIN, INT64_MAX, &n))
		refuse(value);
	return n;
}

static struct sample *add_sample(struct input *in)
{
	struct sample *s = arena_alloc(&in->arena, sizeof(*s));

	s->post.network = NETWORK_MASTODON;
	s->post.counts = (struct counts){ -1, -1, -1, -1 };
	return s;
}

static void begin_item(struct input *in, const char *kind)
{
	if (in->count == ITEMS_MAX)
		refuse("item");
	in->item = &in->items[in->count++];
	if (!item_kind_parse(kind, &in->item->kind))
		refuse(kind);
	if (in->item->kind == ITEM_POST) {
		in->own = add_sample(in);
		in->sample = in->own;
		in->item->post = &in->own->post;
	}
}

static struct media *last_medium(struct sample *s)
{
	return s->post.media_count ? &s->media[s->post.media_count - 1] : NULL;
}

/* Fields that are text, by name; where they go depends on what is described. */
static const char **text_field(struct input *in, const char *name)
{
	struct post *post = in->sample ? &in->sample->post : NULL;
	struct media *medium = in->sample ? last_medium(in->sample) : NULL;
	const struct {
		const char *name;
		const char **field;
	} fields[] = {
		{ "thread.slug", &in->thread.slug },
		{ "thread.title", &in->thread.title },
		{ "thread.lang", &in->thread.lang },
		{ "thread.zone", &in->thread.zone },
		{ "thread.curator", &in->thread.curator },
		{ "thread.description", &in->thread.description },
		{ "key", in->item ? &in->item->key : NULL },
		{ "label", in->item ? &in->item->text : NULL },
		{ "target", in->item ? &in->item->url : NULL },
		{ "speaker", in->item ? &in->item->speaker : NULL },
		{ "slides", in->item ? &in->item->label : NULL },
		{ "words", in->item ? &in->item->text : NULL },
		{ "answers.name", post ? &in->own->answered.name : NULL },
		{ "answers.handle", post ? &in->own->answered.handle : NULL },
		{ "answers.url", post ? &in->own->answered.url : NULL },
		{ "uri", post ? &post->uri : NULL },
		{ "url", post ? &post->url : NULL },
		{ "name", post ? &post->author.name : NULL },
		{ "handle", post ? &post->author.handle : NULL },
		{ "profile", post ? &post->author.url : NULL },
		{ "avatar", post ? &post->author.avatar : NULL },
		{ "taken", post ? &post->taken : NULL },
		{ "lang", post ? &post->lang : NULL },
		{ "html", post ? &post->html : NULL },
		{ "text", post ? &post->text : NULL },
		{ "spoiler", post ? &post->spoiler : NULL },
		{ "reply_uri", post ? &post->reply_uri : NULL },
		{ "reply_id", post ? &post->reply_id : NULL },
		{ "media.url", medium ? &medium->url : NULL },
		{ "media.preview", medium ? &medium->preview : NULL },
		{ "media.alt", medium ? &medium->alt : NULL },
		{ "card.url", post ? &in->sample->card.url : NULL },
		{ "card.title", post ? &in->sample->card.title : NULL },
		{ "card.image", post ? &in->sample->card.image : NULL },
		{ "card.site", post ? &in->sample->card.site : NULL },
		{ "card.description", post ? &in->sample->card.description : NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (strcmp(fields[i].name, name) == 0)
			return (const char **)fields[i].field;
	return NULL;
}

static bool add_media(struct sample *s, const char *kind)
{
	if (s->post.media_count == PARTS_MAX ||
	    !media_kind_parse(kind, &s->media[s->post.media_count].kind))
		return false;
	s->post.media = s->media;
	s->post.media_count++;
	return true;
}

static bool add_emoji(struct input *in, struct emoji *emojis, const struct emoji **list,
		      size_t *count, const char *value)
{
	const char *space = strchr(value, ' ');

	if (!space || *count == PARTS_MAX)
		return false;
	emojis[(*count)++] = (struct emoji){
		.code = arena_strndup(&in->arena, value, (size_t)(space - value)),
		.url = arena_strdup(&in->arena, space + 1),
	};
	*list = emojis;
	return true;
}

static bool emoji_field(struct input *in, const char *name, const char *value)
{
	struct sample *s = in->sample;

	if (strcmp(name, "emoji") == 0)
		return add_emoji(in, s->emojis, &s->post.emojis, &s->post.emoji_count, value);
	return strcmp(name, "author.emoji") == 0 &&
	       add_emoji(in, s->author_emojis, &s->post.author.emojis, &s->post.author.emoji_count,
			 value);
}

static bool add_option(struct input *in, const char *value)
{
	struct sample *s = in->sample;
	const char *space = strchr(value, ' ');

	if (!space || s->poll.option_count == PARTS_MAX)
		return false;
	s->options[s->poll.option_count++] = (struct poll_option){
		.votes = number(arena_strndup(&in->arena, value, (size_t)(space - value))),
		.title = arena_strdup(&in->arena, space + 1),
	};
	s->poll.options = s->options;
	s->post.poll = &s->poll;
	return true;
}

static bool number_field(struct input *in, const char *name, const char *value)
{
	struct post *post = &in->sample->post;

	if (strcmp(name, "created") == 0)
		post->created = number(value);
	else if (strcmp(name, "edited") == 0)
		post->edited = number(value);
	else if (strcmp(name, "gone") == 0)
		post->gone = number(value);
	else if (strcmp(name, "fetched") == 0)
		post->fetched = number(value);
	else if (strcmp(name, "likes") == 0)
		post->counts.likes = number(value);
	else if (strcmp(name, "reposts") == 0)
		post->counts.reposts = number(value);
	else if (strcmp(name, "optout") == 0)
		post->optout = number(value) != 0;
	else if (strcmp(name, "sensitive") == 0)
		post->sensitive = number(value) != 0;
	else if (strcmp(name, "media.ms") == 0 && post->media_count)
		in->sample->media[post->media_count - 1].duration_ms = number(value);
	else if (strcmp(name, "media.width") == 0 && post->media_count)
		in->sample->media[post->media_count - 1].width = (int)number(value);
	else if (strcmp(name, "media.height") == 0 && post->media_count)
		in->sample->media[post->media_count - 1].height = (int)number(value);
	else if (strcmp(name, "poll.multiple") == 0)
		in->sample->poll.multiple = number(value) != 0;
	else if (strcmp(name, "poll.closed") == 0)
		in->sample->poll.closed = number(value) != 0;
	else if (strcmp(name, "poll.ends") == 0)
		in->sample->poll.ends = number(value);
	else if (strcmp(name, "poll.voters") == 0)
		in->sample->poll.voters = number(value);
	else
		return false;
	return true;
}

static bool add_also(struct input *in)
{
	if (in->item->also_count == PARTS_MAX)
		return false;
	in->sample = add_sample(in);
	in->own->also[in->item->also_count++] = &in->sample->post;
	in->item->also = in->own->also;
	return true;
}

static bool item_field(struct input *in, const char *name, const char *value)
{
	if (!in->item)
		return false;
	if (strcmp(name, "starts") == 0)
		in->item->starts = number(value);
	else if (strcmp(name, "style") == 0)
		return item_style_parse(value, &in->item->style);
	else if (strcmp(name, "candidates") == 0)
		in->facts.candidates = number(value);
	else
		return false;
	return true;
}

static bool answered_field(struct input *in, const char *name, const char *value)
{
	struct answered *answered = &in->own->answered;

	if (strcmp(name, "answers.shown") == 0)
		answered->shown = true;
	else if (strcmp(name, "answers") != 0)
		return false;
	in->item->answers = answered;
	return snprintf(answered->short_id, sizeof(answered->short_id), "%s", value) >= 0;
}

static bool post_field(struct input *in, const char *name, const char *value)
{
	struct sample *s = in->sample;

	if (!s)
		return false;
	if (answered_field(in, name, value))
		return true;
	if (strcmp(name, "also") == 0)
		return add_also(in);
	if (strcmp(name, "network") == 0)
		return network_parse(value, &s->post.network);
	if (strcmp(name, "short_id") == 0)
		return snprintf(s->post.short_id, sizeof(s->post.short_id), "%s", value) >= 0;
	if (strcmp(name, "media") == 0)
		return add_media(s, value);
	if (emoji_field(in, name, value))
		return true;
	if (strcmp(name, "option") == 0)
		return add_option(in, value);
	if (strcmp(name, "quote") == 0) {
		in->sample = add_sample(in);
		in->item->quote = &in->sample->post;
		return true;
	}
	return number_field(in, name, value);
}

static void read_field(struct input *in, const char *name, const char *value)
{
	const char **text;

	if (strcmp(name, "item") == 0) {
		begin_item(in, value);
		return;
	}
	if (strcmp(name, "thread.tag") == 0 && in->thread.tag_count < PARTS_MAX) {
		in->tags[in->thread.tag_count++] = arena_strdup(&in->arena, value);
		in->thread.tags = in->tags;
		return;
	}
	if (strcmp(name, "kept") == 0) {
		if (!shelf_add(&in->shelf, &in->arena, value))
			refuse(value);
		return;
	}
	text = text_field(in, name);
	if (text)
		*text = arena_strdup(&in->arena, value);
	else if (!item_field(in, name, value) && !post_field(in, name, value))
		refuse(name);
	if (in->sample && in->sample->card.url && str_starts(name, "card."))
		in->sample->post.card = &in->sample->card;
}

static void read_input(struct input *in, FILE *from)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	while ((len = getline(&line, &room, from)) > 0) {
		char *tab = strchr(line, '\t');

		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (!tab)
			refuse(line);
		*tab = '\0';
		read_field(in, line, unescape(tab + 1));
	}
	free(line);
}

static bool said_before(const struct input *in, size_t count, const char *handle)
{
	for (size_t i = 0; i < count; i++)
		if (in->items[i].post && str_same(in->items[i].post->author.handle, handle))
			return true;
	return false;
}

static void count_facts(struct input *in)
{
	struct fragment_facts *facts = &in->facts;

	for (size_t i = 0; i < in->count; i++) {
		const struct post *post = in->items[i].post;

		if (!post || post->gone || post->optout)
			continue;
		facts->posts++;
		facts->authors += !said_before(in, i, post->author.handle);
		facts->first = !facts->first || post->created < facts->first ? post->created
									     : facts->first;
		facts->last = post->created > facts->last ? post->created : facts->last;
		facts->collected = post->fetched > facts->collected ? post->fetched
								    : facts->collected;
		facts->networks[post->network] = true;
	}
}

static void count_activity(struct input *in)
{
	struct activity *activity = &in->facts.activity;

	activity_plan(activity,
		      in->thread.zone && zone_known(in->thread.zone) ? in->thread.zone : "UTC",
		      in->facts.first, in->facts.last);
	for (size_t i = 0; i < in->count && activity->count > 0; i++) {
		const struct item *item = &in->items[i];

		if (item->post && !item->post->gone && !item->post->optout)
			activity->posts[(item->post->created - activity->start) /
					activity->width]++;
		if (item->kind == ITEM_HEADING && item->starts &&
		    activity->talk_count < ACTIVITY_TALKS)
			activity->talks[activity->talk_count++] = item->starts;
	}
}

static int next_item(struct item_iter *iter, struct item *out, struct err *err)
{
	struct input *in = iter->state;

	(void)err;
	if (in->left == 0)
		return 0;
	in->left--;
	*out = in->items[in->next];
	in->next = (in->next + 1) % in->count;
	return 1;
}

static int next_person(struct people_iter *iter, struct person *out, struct err *err)
{
	struct input *in = iter->state;
	const struct post *post;

	(void)err;
	for (; in->person < in->count; in->person++) {
		post = in->items[in->person].post;
		if (!post || post->gone || post->optout ||
		    said_before(in, in->person, post->author.handle))
			continue;
		in->person++;
		*out = (struct person){ post->author.name, post->author.handle, post->author.url, 1,
					post->author.avatar };
		return 1;
	}
	return 0;
}

static bool render(struct input *in, const char *what, struct err *err)
{
	struct item_iter items = { .next = next_item, .state = in };
	const struct form *form;

	if (strcmp(what, "stylesheet") == 0)
		return fputs(page_stylesheet(), stdout) != EOF;
	if (strcmp(what, "classes") == 0)
		in->options.fragment.style = STYLE_CLASS;
	form = form_find(strcmp(what, "classes") == 0 ? NULL : what, err);
	return form && form_takes(form, in->options.fragment.media, err) &&
	       form->write(stdout, &in->thread, &in->facts, &items, &in->options, err);
}

static void print_used(void *owner, const char *name)
{
	(void)owner;
	fprintf(stderr, "%s\n", name);
}

static bool media_option(struct input *in, const char *value)
{
	static const char *const ways[] = {
		[MEDIA_LINK] = "media=link",
		[MEDIA_FILES] = "media=files",
		[MEDIA_INSIDE] = "media=inside",
		[MEDIA_NONE] = "media=none",
	};
	struct fragment_options *options = &in->options.fragment;
	struct err err = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		if (strcmp(ways[i], value) != 0)
			continue;
		options->media = (enum media_way)i;
		return true;
	}
	if (strcmp(value, "avatars") == 0)
		options->avatars = true;
	else if (strcmp(value, "used") == 0)
		options->used = print_used;
	else if (str_starts(value, "base=") && pictures_base_is_good(value + strlen("base="), &err))
		options->media_base = value + strlen("base=");
	else
		return false;
	return true;
}

static void read_options(struct input *in, int argc, char **argv)
{
	in->view = shelf_of(&in->shelf);
	in->options.fragment.shelf = &in->view;
	in->people = (struct people_iter){ .next = next_person, .state = in };
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "counts") == 0)
			in->options.fragment.counts = true;
		else if (strcmp(argv[i], "people") == 0)
			in->options.fragment.people = &in->people;
		else if (str_starts(argv[i], "level="))
			in->options.fragment.heading_level =
				(int)number(argv[i] + strlen("level="));
		else if (!media_option(in, argv[i]))
			in->asked = argv[i];
	}
}

static double cpu_ms(const struct rusage *use)
{
	return (double)(use->ru_utime.tv_sec + use->ru_stime.tv_sec) * 1000 +
	       (double)(use->ru_utime.tv_usec + use->ru_stime.tv_usec) / 1000;
}

/* The most memory that was ever resident, KB. */
static long most_kb(void)
{
	FILE *status = fopen("/proc/self/status", "r");
	char line[256];
	long kb = -1;

	while (status && fgets(line, sizeof(line), status))
		if (str_starts(line, "VmHWM:"))
			kb = strtol(line + strlen("VmHWM:"), NULL, 10);
	if (status)
		fclose(status);
	return kb;
}

int main(int argc, char **argv)
{
	struct input *in = xcalloc(1, sizeof(*in));
	struct err err = { 0 };
	struct rusage before, after;
	bool ok;

	read_input(in, stdin);
	count_facts(in);
	count_activity(in);
	read_options(in, argc, argv);
	in->left = in->asked ? (size_t)number(in->asked) : in->count;
	getrusage(RUSAGE_SELF, &before);
	ok = render(in, argc > 1 ? argv[1] : "fragment", &err) && fflush(stdout) == 0;
	getrusage(RUSAGE_SELF, &after);
	if (!ok)
		fprintf(stderr, "render: %s\n", err.msg);
	else if (in->asked)
		fprintf(stderr, "%.1f ms %ld KB\n", cpu_ms(&after) - cpu_ms(&before), most_kb());
	arena_release(&in->arena);
	free(in);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
