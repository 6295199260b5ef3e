#include "archive/cli/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "archive/cli/print.h"

bool ask_possible(void)
{
	return isatty(STDIN_FILENO) == 1;
}

bool ask_yes(const char *question)
{
	char *line = NULL;
	size_t room = 0;
	bool yes = false;

	print_safe(stderr, question, (int)strlen(question));
	fputs(" [y/N] ", stderr);
	fflush(stderr);
	if (getline(&line, &room, stdin) > 0) {
		line[strcspn(line, "\r\n")] = '\0';
		yes = strcasecmp(line, "y") == 0 || strcasecmp(line, "yes") == 0;
	}
	free(line);
	return yes;
}
