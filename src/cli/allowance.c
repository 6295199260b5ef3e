#include "archive/cli/allowance.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "archive/base/amount.h"
#include "archive/cli/cli.h"
#include "archive/cli/print.h"

#define LONGEST_WORD 64
#define MOST_TRIES   3

struct price allowance_price(const struct cli *cli)
{
	return price_told((struct price){
		.post = cli->config.post_micros,
		.author = cli->config.author_micros,
		.counts = cli->config.counts_micros,
	});
}

static bool read_told(const char *told, int64_t *micros, struct err *err)
{
	if (told && (!amount_money(told, micros) || *micros == 0))
		return err_set(err, ERR_USAGE,
			       "--budget wants an amount of USD, as in --budget 1.50, not '%s'",
			       told);
	return true;
}

static void print_question(const struct source *source, const struct price *price)
{
	struct str line = STR_INIT;

	str_addf(&line, "%s costs ", source->name.buf);
	price_add(&line, price->post);
	str_add(&line, " USD a post and ");
	price_add(&line, price->author);
	str_add(&line, " USD an author who is new.");
	print_safe(stderr, line.buf, 1000);
	str_clear(&line);
	str_add(&line, "\nHow many USD may be spent there at most, 0 for none? [");
	price_add(&line, PRICE_USUAL_BUDGET);
	str_add(&line, "] ");
	fputs(line.buf, stderr);
	fflush(stderr);
	str_release(&line);
}

/* The line that was typed, without its end; false at the end of the input. */
static bool read_line(char line[LONGEST_WORD])
{
	size_t len;

	if (!fgets(line, LONGEST_WORD, stdin))
		return false;
	len = strcspn(line, "\r\n");
	if (!line[len] && !feof(stdin)) /* too long to be an amount: the rest goes, too */
		for (int c = getchar(); c != '\n' && c != EOF;)
			c = getchar();
	line[len] = '\0';
	return true;
}

/* What is no amount is asked for again; whoever says nothing allows nothing. */
static int64_t ask(const struct source *source, const struct price *price)
{
	char line[LONGEST_WORD];
	int64_t micros = 0;

	for (int i = 0; i < MOST_TRIES; i++) {
		print_question(source, price);
		if (!read_line(line))
			break;
		if (!*line)
			return PRICE_USUAL_BUDGET;
		if (amount_money(line, &micros))
			return micros;
	}
	return 0;
}

static bool can_ask(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

bool allowance_settle(const struct cli *cli, struct source_list *sources, const char *told,
		      bool taped, struct err *err)
{
	const struct price price = allowance_price(cli);
	int64_t micros = 0;

	if (!read_told(told, &micros, err))
		return false;
	for (size_t i = 0; i < sources->count; i++) {
		struct source *source = &sources->items[i];

		if (!(source->ops->flags & SOURCE_IS_PAID))
			continue;
		if (told)
			source->budget_micros = micros;
		else if (!taped && !source->budget_micros && source->token.len > 0 && can_ask())
			source->budget_micros = ask(source, &price);
	}
	return true;
}

bool allowance_for_counting(const struct cli *cli, int64_t micros)
{
	struct str line = STR_INIT;
	char answer[LONGEST_WORD];

	if (cli->json || !can_ask())
		return false;
	str_add(&line, "Counting the posts at X costs ");
	price_add(&line, micros);
	str_add(&line, " USD. Count them? [y/N] ");
	fputs(line.buf, stderr);
	fflush(stderr);
	str_release(&line);
	return read_line(answer) && (*answer == 'y' || *answer == 'Y');
}
