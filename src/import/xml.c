#include "archive/import/xml.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"

#define MAX_DEPTH      200
#define MAX_ATTRIBUTES 64
#define MAX_VALUE      8192 /* bytes of an attribute */

/* Namespaces that feeds use, and the prefix that their names get here; all others have none. */
static const struct {
	const char *uri, *prefix;
} spaces[] = {
	{ "http://search.yahoo.com/mrss/", "media:" },
	{ "http://purl.org/dc/elements/1.1/", "dc:" },
	{ "http://purl.org/rss/1.0/modules/content/", "content:" },
	{ "http://webfeeds.org/rss/1.0", "webfeeds:" },
};

struct xml {
	xmlParserCtxtPtr parser;
	struct hyper_client client;
	struct str name, values;
	size_t depth;
	bool stopped;
	const char *why; /* it was refused */
};

static void refuse(struct xml *x, const char *why)
{
	x->why = why;
	x->stopped = true;
	xmlStopParser(x->parser);
}

static const char *named(struct xml *x, const xmlChar *name, const xmlChar *uri)
{
	str_clear(&x->name);
	for (size_t i = 0; uri && i < ARRAY_LEN(spaces); i++)
		if (str_same(spaces[i].uri, (const char *)uri))
			str_add(&x->name, spaces[i].prefix);
	str_add(&x->name, (const char *)name);
	return x->name.buf;
}

/* Each is name, prefix, namespace, value, and where the value ends. */
static size_t read_attributes(struct xml *x, struct hyper_attr *out, const xmlChar **raw, int count)
{
	size_t offsets[MAX_ATTRIBUTES], used = 0;

	str_clear(&x->values);
	for (int i = 0; i < count && used < MAX_ATTRIBUTES; i++, raw += 5) {
		size_t len = (size_t)(raw[4] - raw[3]);

		offsets[used] = x->values.len;
		str_add_n(&x->values, (const char *)raw[3], len < MAX_VALUE ? len : MAX_VALUE);
		str_add_char(&x->values, '\0');
		out[used++].name = (const char *)raw[0];
	}
	for (size_t i = 0; i < used; i++)
		out[i].value = x->values.buf + offsets[i];
	return used;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
		     int space_count, const xmlChar **declared, int count, int defaulted,
		     const xmlChar **raw)
{
	struct hyper_attr attrs[MAX_ATTRIBUTES];
	struct xml *x = context;
	size_t used;

	(void)prefix;
	(void)space_count;
	(void)declared;
	(void)defaulted;
	if (x->stopped)
		return;
	if (++x->depth > MAX_DEPTH) {
		refuse(x, "it is nested too deep");
		return;
	}
	used = read_attributes(x, attrs, raw, count);
	x->client.start(x->client.owner, named(x, name, uri), attrs, used);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct xml *x = context;

	(void)prefix;
	if (x->stopped)
		return;
	x->depth--;
	x->client.end(x->client.owner, named(x, name, uri));
}

static void on_text(void *context, const xmlChar *text, int len)
{
	struct xml *x = context;

	if (!x->stopped && len > 0)
		x->client.text(x->client.owner, (const char *)text, (size_t)len);
}

static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
		      const xmlChar *system_id, xmlChar *content)
{
	(void)name;
	(void)type;
	(void)public_id;
	(void)system_id;
	(void)content;
	refuse(context, "it declares entities, which no feed needs");
}

static void on_subset(void *context, const xmlChar *name, const xmlChar *external,
		      const xmlChar *system_id)
{
	(void)name;
	(void)external;
	if (system_id)
		refuse(context, "it refers to another file, which no feed needs");
}

/* Told by xml_read(). */
static void on_error(void *context, xmlErrorPtr error)
{
	(void)context;
	(void)error;
}

struct xml *xml_new(const struct hyper_client *client)
{
	xmlSAXHandler sax = {
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.ignorableWhitespace = on_text,
		.entityDecl = on_entity,
		.internalSubset = on_subset,
		.serror = on_error,
		.initialized = XML_SAX2_MAGIC,
	};
	struct xml *x = xcalloc(1, sizeof(*x));

	x->client = *client;
	x->name = x->values = (struct str)STR_INIT;
	x->parser = xmlCreatePushParserCtxt(&sax, x, NULL, 0, NULL);
	if (x->parser)
		xmlCtxtUseOptions(x->parser, XML_PARSE_NONET);
	return x;
}

void xml_free(struct xml *x)
{
	if (!x)
		return;
	if (x->parser) {
		xmlFreeDoc(x->parser->myDoc);
		xmlFreeParserCtxt(x->parser);
	}
	str_release(&x->name);
	str_release(&x->values);
	free(x);
}

int64_t xml_line(const struct xml *x)
{
	return x->parser && x->parser->input ? x->parser->input->line : 1;
}

void xml_stop(struct xml *x)
{
	x->stopped = true;
	xmlStopParser(x->parser);
}

/* Who brought it into UTF-8, and put a mark before it, left the declaration that it had. */
static void heed_mark(struct xml *x, const char *bytes, size_t len)
{
	if (x->parser && len >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3))
		xmlCtxtUseOptions(x->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
}

bool xml_read(FILE *in, struct xml *x, const char *name, struct err *err)
{
	char *chunk = xcalloc(1, 65536);
	size_t got = fread(chunk, 1, 65536, in);
	int rc = 0;

	heed_mark(x, chunk, got);
	for (; x->parser && !rc && !x->stopped && got > 0; got = fread(chunk, 1, 65536, in))
		rc = xmlParseChunk(x->parser, chunk, (int)got, 0);
	if (x->parser && !rc && !x->stopped)
		rc = xmlParseChunk(x->parser, chunk, 0, 1);
	free(chunk);
	if (x->why)
		return err_set(err, ERR_MALFORMED, "%s: line %lld: %s", name,
			       (long long)xml_line(x), x->why);
	if (rc && !x->stopped)
		return err_set(err, ERR_MALFORMED, "%s: it is broken at line %lld", name,
			       (long long)xml_line(x));
	return true;
}
