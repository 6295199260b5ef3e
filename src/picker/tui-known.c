#include "tui-parts.h"

#include <term.h>

/* newterm() would tell as well, but keeps what it had begun. */
bool terminal_is_known(void)
{
	int found = 0;

	if (setupterm(NULL, 1, &found) != OK)
		return false;
	del_curterm(cur_term);
	return true;
}
