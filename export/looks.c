#include "archive/export/looks.h"

/* Themes dress lists: this takes it off again. */
#define ROWS "margin:.5em 0 0;padding:0;list-style-type:none"
#define LINE "#8884"
#define TINT "#8881"
/* Themes dress pictures and links, too. */
#define CELL "float:left;border:0;color:inherit;text-decoration:none"
#define IMAGE                                                                                 \
	"width:100%;max-width:100%;height:auto;margin:0;border:0;border-radius:8px;vertical-" \
	"align:top"

#define PIECE(text)                    \
	{                              \
		text, sizeof(text) - 1 \
	}
#define LOOK(element, class, style)                                                                \
	{                                                                                          \
		PIECE("<" element class style), PIECE("<" element class), PIECE("</" element ">"), \
			-1                                                                         \
	}
#define BOTH(element, class, style) LOOK(element, " class=\"" class "\"", " style=\"" style "\"")
/* One that microformats name already: a class of ours is only for a style sheet to find it by. */
#define NAMED(element, class, own, style)                                          \
	{                                                                          \
		PIECE("<" element " class=\"" class "\" style=\"" style "\""),     \
			PIECE("<" element " class=\"archive-" own " " class "\""), \
			PIECE("</" element ">"), -1                                \
	}
#define CLASS(element, class) LOOK(element, " class=\"" class "\"", "")
#define STYLE(element, style) LOOK(element, "", " style=\"" style "\"")
#define PLAIN(element)	      LOOK(element, "", "")
/* A heading, so much below the title: its number is written between the h and the rest. */
#define HEADING(deeper, class, style)                                                             \
	{                                                                                         \
		PIECE(" class=\"" class "\" style=\"" style "\""), PIECE(" class=\"" class "\""), \
			PIECE(">"), deeper                                                        \
	}

const struct look part_looks[PART_COUNT] = {
	[PART_ROOT] = BOTH("section", "archive h-feed",
			   "max-width:42em;margin:1.6em 0;padding:.3em min(1.3em,4.5%) "
			   ".9em;border:1px solid #8886;"
			   "border-radius:14px;line-height:1.75;overflow:auto"),
	[PART_TITLE] = HEADING(0, "archive-title p-name",
			       "margin:.8em 0 .2em;font-size:1.3em;line-height:1.45"),
	[PART_FACTS] = BOTH("p", "archive-facts",
			    "margin:0 0 .8em;font-size:.85em;line-height:1.6"),
	[PART_TAG] = CLASS("span", "p-category"),
	[PART_ACTIVITY] =
		BOTH("p", "archive-activity",
		     "margin:0 0 1em;font-size:min(1em,2.4vw);line-height:1.1;letter-spacing:1px;"
		     "overflow:hidden"),
	[PART_HEADING] = HEADING(1, "archive-heading",
				 "margin:1.7em 0 .7em;padding:.1em 0 .1em "
				 ".65em;border-left:5px solid #888a;font-size:1.12em;"
				 "line-height:1.5"),
	[PART_TALK] = BOTH("p", "archive-talk",
			   "margin:-.5em 0 .9em;padding:0 0 0 calc(.73em + "
			   "5px);font-size:.88em;line-height:1.6;overflow:auto"),
	[PART_TALK_TIME] = STYLE("abbr", "text-decoration:none"),
	[PART_ABOUT] = BOTH("section", "archive-about p-summary", "margin:0 0 1em"),
	[PART_NOTE] = BOTH("section", "archive-note",
			   "margin:0 0 .9em;padding:.6em "
			   ".9em;border-radius:10px;background:#8882;font-size:.95em;"
			   "overflow:auto"),
	[PART_LINK] = BOTH("p", "archive-link",
			   "margin:0;padding:.8em 0;border-top:1px solid " LINE ";overflow:auto"),
	[PART_PEOPLE] = BOTH("details", "archive-people",
			     "margin:0;padding:.7em 0;border-top:1px solid #8886;font-size:.85em"),
	[PART_PEOPLE_LIST] = STYLE("ul", "margin:.3em 0 0;padding:0 0 0 1.3em"),
	[PART_PERSON] = STYLE("li", "margin:0"),
	[PART_PERSON_TEXT] = STYLE("p", "margin:0"),
	[PART_FOOT] = BOTH("p", "archive-foot",
			   "margin:0;padding:.9em 0 0;border-top:1px solid "
			   "#8886;font-size:.8em;line-height:1.6"),
	[PART_CURATOR] = CLASS("span", "p-author h-card"),
	[PART_CURATOR_NAME] = CLASS("span", "p-name"),
	[PART_POST] = BOTH("article", "archive-post h-cite",
			   "margin:0 -4px;padding:.9em 4px;border-top:1px solid " LINE
			   ";overflow:auto"),
	[PART_AUTHOR] = NAMED("p", "p-author h-card", "author", "margin:0 0 .15em"),
	[PART_AUTHOR_LINK] = BOTH("a", "u-url", "color:inherit;text-decoration:none"),
	[PART_NAME] = CLASS("strong", "p-name"),
	[PART_HANDLE] = NAMED("span", "p-nickname", "handle", "font-size:.82em"),
	[PART_REPLY] = BOTH("p", "archive-reply",
			    "margin:0 0 .15em;font-size:.82em;line-height:1.5"),
	[PART_REPLY_LINK] = BOTH("a", "u-in-reply-to", "color:inherit"),
	[PART_WARNING] = BOTH("details", "archive-warning",
			      "margin:.3em 0 0;padding:.4em .8em;border:1px solid " LINE
			      ";border-radius:10px"),
	[PART_SUMMARY] = BOTH("summary", "p-summary", "cursor:pointer"),
	[PART_SUMMARY_PLAIN] = STYLE("summary", "cursor:pointer"),
	[PART_CONTENT] = NAMED("section", "e-content", "content", "margin:0;padding:0"),
	[PART_CONTENT_P] = NAMED("p", "e-content", "content", "margin:0"),
	[PART_QUOTE] = BOTH("blockquote", "archive-quote u-quotation-of h-cite",
			    "margin:.6em 0 .2em;padding:.6em .9em .55em;border:1px solid " LINE
			    ";border-radius:10px;background:" TINT ";font:inherit;color:inherit"),
	[PART_QUOTE_AUTHOR] = BOTH("p", "archive-author p-author h-card",
				   "margin:0 0 .1em;font-size:.9em;line-height:1.5"),
	[PART_META] = BOTH("p", "archive-meta", "margin:.2em 0 0;font-size:.8em"),
	[PART_TIME_LINK] = BOTH("a", "u-url", "color:inherit"),
	[PART_TIME] = BOTH("abbr", "dt-published", "text-decoration:none"),
	[PART_ALSO] = BOTH("a", "u-syndication", "color:inherit"),
	[PART_EDITED] = BOTH("abbr", "dt-updated", "text-decoration:none"),
	[PART_TAKEN] = STYLE("a", "color:inherit"),
	[PART_MEDIA] = BOTH("ul", "archive-media", ROWS),
	[PART_MEDIA_ITEM] = STYLE("li", "margin:.3em 0 0;padding:.45em .8em;border:1px solid " LINE
					";border-radius:10px"),
	[PART_MEDIA_TEXT] = STYLE("p", "margin:0;font-size:.9em;line-height:1.6"),
	[PART_PHOTO] = BOTH("a", "u-photo", "color:inherit"),
	[PART_VIDEO] = BOTH("a", "u-video", "color:inherit"),
	[PART_AUDIO] = BOTH("a", "u-audio", "color:inherit"),
	[PART_FILE] = STYLE("a", "color:inherit"),
	[PART_PICTURES] = BOTH("figure", "archive-pictures",
			       "margin:.6em -4px 0;padding:0 4px 4px;overflow:hidden"),
	[PART_CELL] = BOTH("span", "archive-cell", CELL),
	[PART_CELL_LINK] = BOTH("a", "archive-cell", CELL),
	[PART_CELL_FILM] = BOTH("a", "archive-cell u-video", CELL),
	[PART_SHOWN] = NAMED("img", "u-photo", "shown", IMAGE),
	[PART_STILL] = BOTH("img", "archive-shown", IMAGE),
	[PART_FILM] = BOTH("span", "archive-film", "font-size:.85em"),
	[PART_AVATAR] = NAMED("img", "u-photo", "avatar",
			      "float:left;width:2.2em;height:2.2em;margin:-.3em .6em 0 0;border:0;"
			      "border-radius:50%;object-fit:cover"),
	[PART_EMOJI] = BOTH("img", "archive-emoji emoji",
			    "width:auto;height:1.3em;max-width:6em;margin:0 .05em;border:0;"
			    "object-fit:contain;vertical-align:-.25em"),
	[PART_POLL] = BOTH("ul", "archive-poll", ROWS),
	[PART_OPTION] = BOTH("li", "archive-option",
			     "margin:.3em 0 0;padding:.25em .8em;border:1px solid " LINE
			     ";border-radius:8px"),
	[PART_OPTION_TEXT] = STYLE("p", "margin:0;font-size:.95em;line-height:1.6;overflow:hidden"),
	[PART_SHARE] = BOTH("span", "archive-share",
			    "float:right;padding:0 0 0 .6em;font-size:.9em"),
	[PART_POLL_FACTS] = BOTH("p", "archive-poll-facts", "margin:.2em 0 0;font-size:.8em"),
	[PART_CARD] = BOTH("p", "archive-card",
			   "margin:.6em 0 .2em;padding:.5em .8em;border:1px solid " LINE
			   ";border-radius:10px;font-size:.9em;line-height:1.6;overflow:hidden"),
	[PART_CARD_LINK] = PLAIN("a"),
	[PART_CARD_IMAGE] =
		BOTH("img", "archive-card-image",
		     "float:left;width:5em;height:5em;margin:.15em .8em .15em 0;border:0;"
		     "border-radius:6px;object-fit:cover"),
	[PART_CARD_SITE] = BOTH("span", "archive-card-site", "font-size:.88em"),
	[PART_CARD_TEXT] = BOTH("span", "archive-card-text", "font-size:.92em"),
	[PART_P] = STYLE("p", "margin:0"),
	[PART_P_MORE] = STYLE("p", "margin:.7em 0 0"),
	[PART_CITED] = STYLE("blockquote",
			     "margin:.5em 0;padding:0 0 0 .8em;border:0;border-left:3px solid "
			     "#8886;background:none;font:inherit;"
			     "color:inherit"),
	[PART_UL] = STYLE("ul", "margin:.4em 0;padding:0 0 0 1.4em"),
	[PART_OL] = STYLE("ol", "margin:.4em 0;padding:0 0 0 1.8em"),
	[PART_LI] = STYLE("li", "margin:0"),
	[PART_PRE] = STYLE(
		"pre", "margin:.5em 0;padding:.6em .8em;border:0;border-radius:8px;background:" TINT
		       ";color:inherit;font-size:.88em;line-height:1.55"),
	[PART_CODE] = STYLE("code", "padding:.1em .3em;border-radius:4px;background:" TINT
				    ";color:inherit"),
	[PART_PRE_CODE] = STYLE("code", "padding:0;background:none;font-size:1em;color:inherit"),
	[PART_STRONG] = PLAIN("strong"),
	[PART_EM] = PLAIN("em"),
	[PART_S] = PLAIN("s"),
	[PART_RUBY] = PLAIN("ruby"),
	[PART_RT] = PLAIN("rt"),
	[PART_A] = PLAIN("a"),
	[PART_A_TAG] = CLASS("a", "p-category"),
	[PART_A_MENTION] = CLASS("a", "archive-mention"),
};
