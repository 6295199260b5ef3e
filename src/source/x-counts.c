#include "archive/source/counts.h"

#include "archive/source/intake.h"
#include "archive/source/x.h"

#define MAX_COUNT INT64_C(1000000000)

/* By days: a week of them is one answer (apis.md 1.2: counts/recent). */
static void request(const struct source *source, const struct query *query, const char *token,
		    struct http_request *out)
{
	struct str text = STR_INIT;

	http_request_clear(out);
	str_addf(&out->url, "%s/2/tweets/counts/recent", source->base.buf);
	str_addf(&text, "#%s", query->tag);
	http_request_param(out, "query", text.buf);
	http_request_param(out, "granularity", "day");
	x_add_window(out, query);
	if (token)
		http_request_param(out, "next_token", token);
	str_add(&out->bearer, source->token.buf);
	str_release(&text);
}

/* Simulators of old have no sum. */
static int64_t sum_of(const struct jnode *steps)
{
	int64_t sum = 0;

	for (size_t i = 0; i < jnode_len(steps); i++) {
		const struct jnode *step = jnode_at(steps, i);
		int64_t count = jnode_int(step, "tweet_count", jnode_int(step, "post_count", 0));

		if (count > 0 && count <= MAX_COUNT && sum <= MAX_COUNT)
			sum += count;
	}
	return sum;
}

static bool parse(const struct source *source, const struct http_answer *answer,
		  struct arena *arena, struct tally *out, struct err *err)
{
	struct err ignored = { 0 };
	struct jnode *root = NULL;
	const struct jnode *steps, *meta;
	bool told;

	if (answer->status == 200)
		root = jnode_parse(answer->body.buf, answer->body.len, &ignored);
	steps = jnode_get(root, "data");
	meta = jnode_get(root, "meta");
	told = jnode_is_array(steps) || jnode_is_object(meta);
	if (told) {
		int64_t sum = jnode_int(meta, "total_tweet_count",
					jnode_int(meta, "total_post_count", -1));

		out->posts = sum >= 0 && sum <= MAX_COUNT ? sum : sum_of(steps);
		out->next = intake_id_of(arena, meta, "next_token");
	}
	jnode_free(root);
	return told || x_deny(source, answer, err);
}

const struct count_ops x_counts = { .request = request, .parse = parse };
