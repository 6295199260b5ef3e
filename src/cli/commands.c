#include <string.h>

#include "archive/base/mem.h"
#include "archive/cli/cli.h"
#include "archive/text/near.h"

const struct command cli_commands[] = {
	{ "fetch", cmd_fetch,
	  "TAG... [--source SPEC]... [--since TIME] [--until TIME] [--max N] [--budget USD] "
	  "[--record DIR] [--replay DIR] [--replies] [--media] [--dry-run] [--follow]",
	  "collect the posts of a hashtag",
	  "  TAG            a hashtag, with or without #; quote it: '#ssmjp'\n"
	  "  --source SPEC  mastodon:HOST, misskey:HOST, bluesky, x, or NETWORK:URL;\n"
	  "                 may be repeated\n"
	  "  --since TIME   only as far back as this\n"
	  "  --until TIME   only up to this\n"
	  "  --max N        at most about N posts of each source\n"
	  "  --budget USD   the most that may be spent at a source that sells posts: X\n"
	  "  --record DIR   keep every exchange on a tape\n"
	  "  --replay DIR   answer from a tape instead of the network\n"
	  "  --replies      then read the conversations of what was found, too\n"
	  "  --media        then fetch the pictures of the hashtag's posts, too\n"
	  "  --dry-run      only say how each source stands: reachable, newest post, limits\n"
	  "  --follow       look again and again during the event, until --until or Ctrl-C\n"
	  "  --insecure-http  allow http:// to other machines than this one\n" },
	{ "plan", cmd_plan, "TAG... [--source SPEC]... [--since TIME] [--until TIME] [--yes]",
	  "say beforehand what a fetch would take: posts, pages, minutes, money",
	  "  TAG            a hashtag, with or without #; quote it: '#ssmjp'\n"
	  "  --source SPEC  as in archive fetch\n"
	  "  --since TIME   only as far back as this\n"
	  "  --until TIME   only up to this\n"
	  "  --yes          count the posts at X, which costs 0.005 USD a hashtag\n" },
	{ "add", cmd_add, "URL... [--conversation] [--tag T] [--source SPEC]... [--budget USD]",
	  "take in single posts by their addresses",
	  "  URL            of a post's page, an at-uri or an ActivityPub uri;\n"
	  "                 - is a pipe of them\n"
	  "  --conversation  what they answer and what answers them, too\n"
	  "  --tag T        make them candidates of this hashtag, which they lack\n"
	  "  --source SPEC  ask here for the posts of that network (x:URL)\n"
	  "  --budget USD   the most that X may cost; else asked on a terminal\n" },
	{ "import", cmd_import,
	  "FILE... [--only-tag T] [--author A] [--since TIME] [--until TIME] [--dry-run] "
	  "[--again] [--into-thread SLUG]",
	  "take in posts and threads from files: archives, saved pages, answers, feeds",
	  "  FILE           told by its content: JSON of the networks or of archive export,\n"
	  "                 an archive of X or Mastodon (or its folder), a saved page of\n"
	  "                 Togetter, posfie or Twilog, a feed, a post of a blog, any text\n"
	  "                 with addresses of posts; - is standard input\n"
	  "  --only-tag T   only posts with this hashtag; may be repeated\n"
	  "  --author A     only posts by this handle or name\n"
	  "  --since TIME   only posts from this time on\n"
	  "  --until TIME   only posts before this time\n"
	  "  --dry-run      say what is in the files, change nothing\n"
	  "  --again        also what was taken in as a whole before\n"
	  "  --into-thread SLUG  put its posts into this thread, made if need be\n" },
	{ "search", cmd_search,
	  "[WORDS] [--tag T] [--author A] [--network N] [--since TIME] [--until TIME] [--limit N] "
	  "[--sort ORDER] [--no-pager]",
	  "find posts in the store, newest first",
	  "  WORDS          all of them have to occur; begin*, '\"a phrase\"', -- -not, and\n"
	  "                 from:@hana tag:T network:N lang:ja in:SLUG since:TIME\n"
	  "                 until:TIME has:media|link|poll|alt|cw\n"
	  "                 is:reply|quote|gone|unlisted|edited|chosen\n"
	  "                 sort:time|oldest|relevance\n"
	  "  --tag T        with this hashtag; may be repeated\n"
	  "  --author A     by this handle or name\n"
	  "  --network N    x, mastodon, misskey or bluesky\n"
	  "  --since TIME   from this time on\n"
	  "  --until TIME   before this time\n"
	  "  --limit N      at most N (50)\n"
	  "  --sort ORDER   time, oldest or relevance\n"
	  "  --no-pager     to the terminal itself\n" },
	{ "thread", cmd_thread, "new|list|show|add|... ...",
	  "make a thread, choose its posts, order, section and annotate them",
	  "  new SLUG [--title T] [--description T] [--curator NAME] [--tag T]...\n"
	  "      [--since TIME] [--until TIME] [--zone Z] [--lang ja|en] [--lag TIME]\n"
	  "  list\n"
	  "  show [SLUG]\n"
	  "  add [SLUG] POST...|SELECT [--unlisted] [PLACE]\n"
	  "  drop [SLUG] POST...|SELECT\n"
	  "  remove [SLUG] ITEM...|SELECT\n"
	  "  move [SLUG] ITEM... [--whole] PLACE\n"
	  "  heading [SLUG] TITLE [--speaker S] [--link URL] [--label L] [--starts TIME]\n"
	  "      [--key KEY] [PLACE]\n"
	  "  note [SLUG] TEXT [PLACE]\n"
	  "  link [SLUG] URL [--label L] [PLACE]\n"
	  "  edit [SLUG] ITEM [TEXT] [--speaker S] [--link URL] [--label L]\n"
	  "      [--starts TIME] [--key KEY]\n"
	  "  style [SLUG] ITEM... [--large|--small|--normal] [--colour NAME]\n"
	  "  alt [SLUG] POST N WORDS\n"
	  "  join [SLUG] POST POST...\n"
	  "  part [SLUG] POST...\n"
	  "  sort [SLUG] [--section KEY]\n"
	  "  sections [SLUG] FILE|- [--lag TIME] [--dry-run] [--slides [--yes]]\n"
	  "  set [SLUG] [--slug NEW] [--title T] [--description T] [--curator NAME]\n"
	  "      [--tag T]... [--since TIME] [--until TIME] [--zone Z] [--lang ja|en]\n"
	  "      [--lag TIME]\n"
	  "  log [SLUG] [--limit N]\n"
	  "  undo [SLUG] [N]\n"
	  "  redo [SLUG] [N]\n"
	  "\n"
	  "  SLUG           letters and digits of any script, with single hyphens; without\n"
	  "                 it the only thread there is\n"
	  "  ITEM           #k3f or #2 a section, i12 anything, else a post; as show prints\n"
	  "  POST           a short id as search prints it, a url or a uri\n"
	  "  SELECT         candidates: --all, --author A, --since TIME, --until TIME,\n"
	  "                 --search WORDS, those in common; --undecided for drop\n"
	  "  PLACE          --after ITEM, --before ITEM, --section KEY (its end),\n"
	  "                 --top, --end\n"
	  "  --whole        a section with all that stands under it\n"
	  "  --unlisted     unlisted posts too\n"
	  "  --tag T        posts with this hashtag are candidates; may be repeated\n"
	  "  --description T  what it is about: stands under the title\n"
	  "  --curator NAME  by whom it was put together: stands in the last line\n"
	  "  --zone Z       the zone of the times that are shown (yours)\n"
	  "  --lang L       the language of the export's own words (yours)\n"
	  "  --lag TIME     posts of a talk come so much later than the timetable says: 2m\n"
	  "  FILE           a timetable: lines of 19:00 title / speaker, or iCalendar\n"
	  "  --slides       offer links to slides for the headings; --yes takes the best\n"
	  "  --starts TIME  when the section's talk began\n"
	  "  --colour NAME  red, orange, green, blue, purple, grey or none\n" },
	{ "pick", cmd_pick, "[SLUG] [--ambiguous wide|narrow] [--no-mouse]",
	  "choose, order and annotate posts on the terminal",
	  "  SLUG           the thread (the newest one); one that is not there is made\n"
	  "  --ambiguous W  how wide the terminal makes characters of ambiguous width\n"
	  "                 such as \342\200\246: wide (two columns) or narrow (one)\n"
	  "  --no-mouse     leave the mouse to the terminal\n"
	  "\n"
	  "  ? shows all keys, q leaves; everything is saved at once.\n" },
	{ "edit", cmd_edit, "[SLUG] [--dump [-o FILE]] [--load FILE [--fetch] [--budget USD]]",
	  "the whole thread as text: in an editor, into a file, from a file",
	  "  SLUG           the thread; without it the only one\n"
	  "  --dump         write the text, as in archive-thread(5), to standard output\n"
	  "  -o FILE        into this file\n"
	  "  --load FILE    make the thread what the file says; - is standard input\n"
	  "  --fetch        posts of the file that the store lacks are looked for\n"
	  "  --budget USD   the most that X may cost then; else asked on a terminal\n" },
	{ "recheck", cmd_recheck, "[SLUG] [--source SPEC]... [--budget USD]",
	  "look the posts of a thread up again: gone, edited, not public any more",
	  "  --source SPEC  ask here for the posts of that network (x:URL)\n"
	  "  --budget USD   the most that X may cost; else asked on a terminal\n" },
	{ "media", cmd_media,
	  "[SLUG] [--size small|large|original] [--avatars] [--again] [--tag T]... [--all] "
	  "[--max N] [--source SPEC]... [--record DIR] [--replay DIR]",
	  "fetch the pictures of a thread's posts and keep them in the store",
	  "  --size S       small, large (the default) or original, as the network has it\n"
	  "  --avatars      the authors' portraits, too\n"
	  "  --again        ask once more for what could not be had before\n"
	  "  --tag T        of all posts with this hashtag, not a thread's; may be repeated\n"
	  "  --all          of all posts in the store\n"
	  "  --max N        at most N pictures (10000)\n"
	  "  --source SPEC  take pictures from this server though it is on http or in a\n"
	  "                 private network, as those of the configuration\n"
	  "  --record DIR   keep every exchange on a tape\n"
	  "  --replay DIR   answer from a tape instead of the network\n" },
	{ "export", cmd_export,
	  "[SLUG[#SECTION]] [--as FORM | --for BLOG] "
	  "[-o FILE | --into FILE [--under HEADING] | --drop FILE] [--check] "
	  "[--media files|link|none] [--media-dir DIR] [--media-url URL] [--avatars] "
	  "[--style inline|class] [--heading-level N] [--counts] [--people] [--unlisted]",
	  "write a thread for a blog, a mail, a feed reader",
	  "  --as FORM      fragment (HTML for a blog), page (complete), markdown, text,\n"
	  "                 json, feed (Atom)\n"
	  "  --for BLOG     hugo, wordpress, zenn, qiita: in the way that it takes\n"
	  "  -o FILE        as this file, all of it; - is standard output\n"
	  "  --into FILE    into a file of yours, between a pair of markers\n"
	  "  --under TEXT   the first time: put the markers under this heading\n"
	  "  --check        change nothing; exit 0 the same, 1 would change, 2 cannot tell\n"
	  "  --all          every file that any thread was written to\n"
	  "  --drop FILE    do not write the thread to this file any more\n"
	  "  --media M      kept pictures: files (beside the output), link (the default),\n"
	  "                 none; a page holds them inside\n"
	  "  --media-dir DIR  put the files here; else FILE's folder / SLUG.media\n"
	  "  --media-url URL  where those are on the web\n"
	  "  --avatars      portraits beside the names, too\n"
	  "  --style S      inline (the default), or class, which wants the style sheet\n"
	  "  --stylesheet   print the style sheet for --style class\n"
	  "  --heading-level N  of the title, 1 to 5 (3); sections one below\n"
	  "  --counts       likes, reposts, and of how many posts these were chosen\n"
	  "  --people       a list of the people quoted at the end\n"
	  "  --unlisted     unlisted posts too\n"
	  "\n"
	  "  SECTION        a section's key, or its number\n"
	  "\n"
	  "  A thread's name alone does again what was written to files before.\n" },
	{ "preview", cmd_preview, "[SLUG]", "show the page of a thread in the browser", "" },
	{ "forget", cmd_forget, "POST|AUTHOR... [--yes] [--undo]",
	  "take posts or people out of the store for good",
	  "  POST           a short id as search prints it, a url or a uri\n"
	  "  AUTHOR         a handle as search prints it, or the address of a profile\n"
	  "  --yes          without asking; needed in a pipe\n"
	  "  --undo         let in again what was forgotten by this uri or handle\n" },
	{ "status", cmd_status, "[--since TIME] [--until TIME] [--spent] [--check]",
	  "what is in the store, what was read and what is missing",
	  "  --since TIME   draw what was read from this time on\n"
	  "  --until TIME   to this time, not the newest evening\n"
	  "  --spent        what was spent at X: by day (UTC) and source, and in all\n"
	  "  --check        look the whole store over; exit 0 when nothing is wrong, else 1\n" },
	{ "rebuild", cmd_rebuild, "[--dry-run]",
	  "make all posts again from the answers that were kept",
	  "  --dry-run      only say what would change\n" },
	{ "merge", cmd_merge, "OTHER.db...",
	  "take in what other stores hold; the same in any order",
	  "  OTHER.db       the store of another machine, or a copy; it is only read\n" },
	{ "backup", cmd_backup, "FILE", "copy the store to a file, while others work with it",
	  "  FILE           the copy: a store by itself; an older backup there is replaced\n" },
	{ "source", cmd_source, "list|add|remove|test|login ...",
	  "which servers are asked, and signing in there",
	  "  list\n"
	  "  add SPEC [--token-env NAME|--token-command CMD]\n"
	  "  remove SPEC\n"
	  "  test [SPEC...] [--tag T]\n"
	  "  login SPEC\n"
	  "\n"
	  "  SPEC           as in archive fetch --source\n"
	  "  --token-env NAME     the environment variable that holds the token\n"
	  "  --token-command CMD  a command whose first line of output is the token\n"
	  "  --tag T        the hashtag that a test asks for (archive)\n"
	  "  login          asks for what the network wants, checks it and writes it into\n"
	  "                 the configuration; a token is never taken from a command line\n" },
	{ "help", cmd_help, "[COMMAND]", "what there is, or how one command is used", "" },
};

const size_t cli_command_count = ARRAY_LEN(cli_commands);

const struct command *cli_find_command(const char *name)
{
	for (size_t i = 0; i < cli_command_count; i++)
		if (strcmp(cli_commands[i].name, name) == 0)
			return &cli_commands[i];
	return NULL;
}

bool cli_unknown_command(const char *typed, struct err *err)
{
	const char *near = NULL;

	for (size_t i = 0; i < cli_command_count; i++)
		near = near_word(typed, near, cli_commands[i].name);
	if (near)
		return err_set(err, ERR_USAGE, "there is no command '%s': did you mean archive %s?",
			       typed, near);
	return err_set(err, ERR_USAGE,
		       "there is no command '%s': archive help shows those that are", typed);
}
