#include "archive/import/hyper.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/decode.h"
#include "archive/import/tame.h"

/* What the parser may do in vain: names that it compared on its stack. */
#define MAX_WORK ((size_t)1 << 30)

#define PARSE_OPTIONS \
	(HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC)

#define MAX_ATTRIBUTES (TAME_MAX_ATTRIBUTES + 1)

struct hyper {
	htmlParserCtxtPtr parser;
	struct hyper_client client;
	struct tame tame;
	struct str tamed;
	size_t work, depth;
	bool stopped, gave_up;
};

static void give_up(struct hyper *h)
{
	h->gave_up = h->stopped = true;
	if (h->parser)
		xmlStopParser(h->parser);
}

static void on_start(void *context, const xmlChar *name, const xmlChar **pairs)
{
	struct hyper_attr attrs[MAX_ATTRIBUTES];
	struct hyper *h = context;
	size_t count = 0;

	if (h->stopped)
		return;
	if (++h->depth > HYPER_MAX_DEPTH) {
		give_up(h);
		return;
	}
	for (; pairs && pairs[0] && count < MAX_ATTRIBUTES; pairs += 2, count++)
		attrs[count] = (struct hyper_attr){ (const char *)pairs[0],
						    pairs[1] ? (const char *)pairs[1] : "" };
	h->client.start(h->client.owner, (const char *)name, attrs, count);
}

static void on_end(void *context, const xmlChar *name)
{
	struct hyper *h = context;

	if (h->stopped || !h->depth)
		return;
	h->depth--;
	h->client.end(h->client.owner, (const char *)name);
}

static void on_text(void *context, const xmlChar *text, int len)
{
	struct hyper *h = context;

	if (!h->stopped && len > 0)
		h->client.text(h->client.owner, (const char *)text, (size_t)len);
}

static void on_comment(void *context, const xmlChar *text)
{
	struct hyper *h = context;

	if (!h->stopped && h->client.comment)
		h->client.comment(h->client.owner, (const char *)text);
}

/* Each complaint may have cost the parser a walk over the whole stack. */
static void on_error(void *context, xmlErrorPtr error)
{
	struct hyper *h = context;

	(void)error;
	if (!h->parser || h->stopped)
		return;
	h->work += (size_t)h->parser->nameNr + 64;
	if (h->work >= MAX_WORK)
		give_up(h);
}

struct hyper *hyper_new(const struct hyper_client *client)
{
	htmlSAXHandler sax = {
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.ignorableWhitespace = on_text,
		.comment = on_comment,
		.serror = on_error,
		.initialized = XML_SAX2_MAGIC,
	};
	struct hyper *h = xcalloc(1, sizeof(*h));

	h->client = *client;
	h->tamed = (struct str)STR_INIT;
	h->parser = htmlCreatePushParserCtxt(&sax, h, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (h->parser)
		htmlCtxtUseOptions(h->parser, PARSE_OPTIONS);
	else
		h->gave_up = h->stopped = true;
	return h;
}

static void parse(struct hyper *h, const char *bytes, size_t len)
{
	if (len > 0 && !h->stopped)
		htmlParseChunk(h->parser, bytes, (int)len, 0);
}

void hyper_feed(struct hyper *h, const char *bytes, size_t len)
{
	if (h->stopped)
		return;
	str_clear(&h->tamed);
	tame_add(&h->tame, bytes, len, &h->tamed);
	parse(h, h->tamed.buf, h->tame.cut);
	parse(h, h->tamed.buf + h->tame.cut, h->tamed.len - h->tame.cut);
}

/* The parser looks at nothing behind the first element that stands outside of all others, and of
 * text there it makes a paragraph of its own: so nothing does. */
void hyper_fragment(struct hyper *h, const char *bytes, size_t len)
{
	static const char wrapper[] = "<bdo>";

	hyper_feed(h, wrapper, sizeof(wrapper) - 1);
	hyper_feed(h, bytes, len);
}

/* The parser loses a lone '<' at the very end, and what stands in a tag that is cut off. */
bool hyper_finish(struct hyper *h)
{
	if (!h->stopped)
		htmlParseChunk(h->parser, "\n", 1, 1);
	while (!h->stopped && h->depth > 0)
		on_end(h, (const xmlChar *)"");
	return !h->gave_up;
}

void hyper_free(struct hyper *h)
{
	if (!h)
		return;
	if (h->parser) {
		xmlFreeDoc(h->parser->myDoc);
		htmlFreeParserCtxt(h->parser);
	}
	str_release(&h->tamed);
	free(h);
}

int64_t hyper_line(const struct hyper *h)
{
	return h->parser && h->parser->input ? h->parser->input->line : 1;
}

void hyper_stop(struct hyper *h)
{
	h->stopped = true;
	if (h->parser)
		xmlStopParser(h->parser);
}

const char *hyper_attr(const struct hyper_attr *attrs, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (str_same(attrs[i].name, name))
			return attrs[i].value;
	return NULL;
}

bool hyper_read(FILE *in, struct hyper *h)
{
	struct decode *decode = xcalloc(1, sizeof(*decode));
	struct str chunk = STR_INIT;

	decode_begin(decode, in);
	while (!h->stopped && decode_next(decode, &chunk))
		hyper_feed(h, chunk.buf, chunk.len);
	decode_end(decode);
	free(decode);
	str_release(&chunk);
	return hyper_finish(h);
}
