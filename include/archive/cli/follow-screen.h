/*
 * What is told while an event is followed: on a terminal a calm screen that is drawn over itself,
 * at most once a second and only when it changed; in a pipe a line when something new came; with
 * --json an object a line; with --quiet nothing.
 */
#ifndef ARCHIVE_CLI_FOLLOW_SCREEN_H
#define ARCHIVE_CLI_FOLLOW_SCREEN_H

#include "archive/cli/cli.h"
#include "archive/collect/fetch.h"

struct follow_screen;

/* Both are borrowed. */
struct follow_screen *follow_screen_new(const struct cli *cli, const struct fetch_options *options);
/* A fetch_watch_fn; owner is the screen. */
void follow_screen_watch(void *owner, const struct walk_view *views, size_t count);
/* Takes away what is drawn. NULL is fine. */
void follow_screen_free(struct follow_screen *screen);

#endif
