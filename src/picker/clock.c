#include <stdio.h>

#include "archive/base/zone.h"
#include "archive/picker/state.h"

void clock_text(const struct picker *picker, int64_t time, bool seconds, char out[16])
{
	struct civil civil;

	if (time == 0) {
		snprintf(out, 16, "%s", seconds ? "        " : "     ");
		return;
	}
	zone_civil(picker_zone(picker), time, &civil);
	if (seconds)
		snprintf(out, 16, "%02d:%02d:%02d", civil.hour % 24, civil.minute % 60,
			 civil.second % 100);
	else
		snprintf(out, 16, "%02d:%02d", civil.hour % 24, civil.minute % 60);
}
