/*
 * One source on its way through a probe: what it is asked next, and what its answers mean. Internal
 * to collect; probe.h is the door.
 */
#ifndef ARCHIVE_COLLECT_PROBE_STEP_H
#define ARCHIVE_COLLECT_PROBE_STEP_H

#include "archive/collect/probe.h"
#include "archive/collect/signin.h"

/* What a source is asked next. */
enum probe_step {
	STEP_SESSION,  /* where one signs in with a name and a password */
	STEP_PAGE,     /* the tag's first page, as a fetch would ask for it */
	STEP_CREDIT,   /* what is left of the money, in the place of a page that costs */
	STEP_INSTANCE, /* to whom it shows hashtags */
	STEP_ACCOUNT,  /* whose token it is */
	STEP_GUEST,    /* the first page without a credential */
	STEP_END,
};

/* One source on its way. */
struct probe_asking {
	const struct probe_options *options;
	struct probe_view *view;
	struct arena *arena;
	const struct source *self;
	struct source guest; /* the same source as it is without credentials */
	struct signin signin;
	bool renewed; /* the server did not take a session that was thought good */
	enum probe_step step;
	struct http_request request;
	struct http_exchange exchange;
	struct page page;
};

/* Puts an error into the view, as the sentence that is told. */
void probe_say(struct probe_asking *asking, const struct err *err);
/* Reads the answer to the step; what is to be asked then. */
enum probe_step probe_step_take(struct probe_asking *asking, struct err *err);

#endif
