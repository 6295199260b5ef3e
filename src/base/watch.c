#include "archive/base/watch.h"

#include <stddef.h>

bool watch_tell(const struct watch *watch, const char *doing, int64_t done, int64_t whole)
{
	return !watch || watch->look(watch->owner, doing, done, whole);
}
