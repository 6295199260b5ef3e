/*
 * What was forgotten for good: of a post or an author that is to be taken never again the store
 * keeps a hash and nothing else.
 */
#ifndef ARCHIVE_STORE_FORGET_H
#define ARCHIVE_STORE_FORGET_H

#include "archive/store/store.h"

/* A page_judge_fn (model/page.h) whose owner is the store: FATE_DROPPED for what was forgotten, by
 * its own uri or its author's; FATE_OPTED_OUT for posts of authors who are known to have asked not
 * to be archived; else FATE_KEPT. A store that cannot be read says so when the post is stored. */
enum fate store_judge(void *store, const struct post *post);

#endif
