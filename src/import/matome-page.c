#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/import/matome.h"
#include "archive/json/read.h"
#include "archive/text/link.h"

#define MAX_VALUE 16384

/* Where a page tells what, and how far it is believed: the greatest rank wins. The addresses of a
 * page that was cut off by its end stand in ld+json. */
static const struct {
	enum page_fact fact;
	const char *element, *attr; /* attr NULL = its text */
	int rank;
} places[] = {
	{ PAGE_URL, "link[rel=canonical]", "href", 8 },
	{ PAGE_URL, "meta[property=og:url]", "content", 7 },
	{ PAGE_URL, "meta[name=twitter:url]", "content", 6 },
	{ PAGE_TITLE, "a.info_title", NULL, 9 },
	{ PAGE_TITLE, "h1.info_title", NULL, 9 },
	{ PAGE_TITLE, "meta[property=og:title]", "content", 8 },
	{ PAGE_TITLE, "meta[name=twitter:title]", "content", 7 },
	{ PAGE_TITLE, "h1", NULL, 5 },
	{ PAGE_TITLE, "title", NULL, 4 },
	{ PAGE_DESCRIPTION, ".info_description", NULL, 9 },
	{ PAGE_DESCRIPTION, ".info_desc", NULL, 9 },
	{ PAGE_DESCRIPTION, "meta[property=og:description]", "content", 8 },
	{ PAGE_DESCRIPTION, "meta[name=description]", "content", 6 },
	{ PAGE_CURATOR, "a.info_author", NULL, 9 },
	{ PAGE_CURATOR, ".info_author_name", NULL, 9 },
	{ PAGE_CURATOR, ".author_name", NULL, 8 },
	{ PAGE_CURATOR, "a.status_name", NULL, 5 },
	{ PAGE_CURATOR, "a[rel=author]", NULL, 7 },
	{ PAGE_CURATOR, "meta[property=article:author]", "content", 6 },
	{ PAGE_CURATOR, "meta[name=author]", "content", 4 },
	{ PAGE_CURATOR, "meta[name=twitter:creator]", "content", 3 },
	{ PAGE_NEXT, "link[rel=next]", "href", 9 },
	{ PAGE_NEXT, "a[rel*=next]", "href", 7 },
	{ PAGE_PREVIOUS, "link[rel=prev]", "href", 9 },
	{ PAGE_PREVIOUS, "a[rel*=prev]", "href", 7 },
	{ PAGE_NUMBER, "span.current", NULL, 5 },
	{ PAGE_NUMBER, ".current_page", NULL, 5 },
	{ PAGE_NUMBER, "em.current", NULL, 5 },
	{ PAGE_TAKEN, "meta[name=archive:taken]", "content", 9 },
};

/* The services put their names behind a title. */
static const char *const endings[] = {
	" - Togetter", " - togetter",	" | Togetter", " - min.t",  " - posfie",
	" | posfie",   " - ポスフィー", " - Twilog",   " | Twilog",
};

void page_facts_begin(struct page_facts *facts)
{
	*facts = (struct page_facts){ 0 };
	for (size_t i = 0; i < PAGE_FACTS; i++)
		facts->values[i] = (struct str)STR_INIT;
}

void page_facts_release(struct page_facts *facts)
{
	for (size_t i = 0; i < PAGE_FACTS; i++)
		str_release(&facts->values[i]);
}

/* Its address tells the part also where another one is believed more. */
static void note_part(struct page_facts *facts, const char *url, int rank)
{
	int part = found_part(url);

	if (part > 0 && rank > facts->part_rank) {
		facts->part = part;
		facts->part_rank = rank;
	}
}

static void note(struct page_facts *facts, enum page_fact fact, const char *value, int rank)
{
	if (!value || !*value)
		return;
	if (fact == PAGE_URL) {
		if (!link_safe_web(value))
			return;
		note_part(facts, value, rank);
	}
	if (rank <= facts->ranks[fact])
		return;
	facts->ranks[fact] = rank;
	str_clear(&facts->values[fact]);
	str_add_n(&facts->values[fact], value, strnlen(value, MAX_VALUE));
}

bool page_facts_want(const struct node *element)
{
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (node_is(element, element, places[i].element))
			return true;
	return false;
}

void page_facts_read(struct page_facts *facts, const struct node *root)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		if (!node_is(root, root, places[i].element))
			continue;
		str_clear(&text);
		if (places[i].attr)
			str_add(&text, node_attr(root, places[i].attr)
					       ? node_attr(root, places[i].attr)
					       : "");
		else
			node_add_text(root, &text);
		note(facts, places[i].fact, text.buf, places[i].rank);
	}
	str_release(&text);
}

static void read_object(struct page_facts *facts, const struct jnode *object)
{
	const struct jnode *author = jnode_get(object, "author");
	const struct jnode *first = jnode_len(author) > 0 ? jnode_at(author, 0) : author;

	note(facts, PAGE_URL, jnode_string(object, "url"), 10);
	note(facts, PAGE_URL, jnode_string(object, "mainEntityOfPage"), 9);
	note(facts, PAGE_URL, jnode_string(jnode_get(object, "mainEntityOfPage"), "@id"), 9);
	note(facts, PAGE_TITLE, jnode_string(object, "headline"), 7);
	note(facts, PAGE_DESCRIPTION, jnode_string(object, "description"), 7);
	note(facts, PAGE_CURATOR, jnode_string(first, "name"), 8);
}

static bool is_article(const struct jnode *object)
{
	const char *type = jnode_string(object, "@type");

	return type && (strstr(type, "Article") || strstr(type, "WebPage") ||
			strstr(type, "DiscussionForumPosting"));
}

void page_facts_read_json(struct page_facts *facts, const char *bytes, size_t len)
{
	struct err why = { 0 };
	struct jnode *root = jnode_parse(bytes, len, &why);
	const struct jnode *list = jnode_is_array(root) ? root : jnode_get(root, "@graph");

	if (is_article(root))
		read_object(facts, root);
	for (size_t i = 0; i < jnode_len(list); i++)
		if (is_article(jnode_at(list, i)))
			read_object(facts, jnode_at(list, i));
	jnode_free(root);
}

void page_facts_read_comment(struct page_facts *facts, const char *text)
{
	static const char *const marks[] = { "saved from url=", "url: " };
	struct str url = STR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		const char *at = strcasestr(text, marks[i]);

		if (!at)
			continue;
		at += strlen(marks[i]);
		if (*at == '(')
			at += strcspn(at, ")") + (strchr(at, ')') != NULL);
		str_clear(&url);
		str_add_n(&url, at, strcspn(at, " \t\r\n"));
		note(facts, PAGE_URL, url.buf, 3);
	}
	str_release(&url);
}

const char *page_fact(const struct page_facts *facts, enum page_fact fact)
{
	return facts->ranks[fact] ? facts->values[fact].buf : NULL;
}

/* Its own address, its neighbours' addresses, the number that it shows, else it is the first. */
int page_facts_part(const struct page_facts *facts)
{
	int next = found_part(page_fact(facts, PAGE_NEXT));
	const char *previous = page_fact(facts, PAGE_PREVIOUS);
	int64_t shown = 0;

	if (facts->part)
		return facts->part;
	if (next > 1)
		return next - 1;
	if (previous)
		return found_part(previous) + (found_part(previous) ? 1 : 2);
	if (page_fact(facts, PAGE_NUMBER) &&
	    str_to_int(page_fact(facts, PAGE_NUMBER), 1, 100000, &shown))
		return (int)shown;
	return 1;
}

void page_facts_title(const struct page_facts *facts, struct str *out)
{
	const char *title = page_fact(facts, PAGE_TITLE);
	size_t len;

	if (!title)
		return;
	len = strlen(title);
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		const char *at = strstr(title, endings[i]);

		if (at && at > title && (size_t)(at - title) < len)
			len = (size_t)(at - title);
	}
	str_add_n(out, title, len);
}
