"""Saved pages of invented people, in the markup of their age."""
import html


def tweet(number, words, at="2017-06-30 19:00:00", style="", photo="", name="はな", handle="hana_example"):
    """A post as Togetter shows it since 2024; its id is its number alone, so the time shown counts."""
    picture = f'<div class="list_photo"><img data-src="{photo}" src="./page_files/1.jpg" alt=""></div>' if photo else ""
    return (f'<div class="list_box type_tweet impl_profile" data-index="{number}" data-id="{number}">'
            f'<a class="user_link" href="https://x.com/{handle}"><strong>{html.escape(name)}</strong>'
            f'<span class="status_name">@{handle}</span></a>'
            f'<p class="tweet" style="{style}">{words}</p>{picture}'
            f'<span class="status"><a class="link" href="https://x.com/{handle}/status/{number}">{at}</a></span></div>\n')


def words(text, style="", heading=False):
    inner = f"<h2>{text}</h2>" if heading else f'<p class="text" style="{style}">{text}</p>'
    return f'<div class="list_box type_text">{inner}</div>\n'


def page(*entries, number=1, last=1, address="https://togetter.com/li/1126288", title="六月の勉強会", head=""):
    here = address if number == 1 else f"{address}?page={number}"
    following = f'<link rel="next" href="{address}?page={number + 1}">' if number < last else ""
    return (f'<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8"><title>{title} - Togetter</title>'
            f'<link rel="canonical" href="{here}"><meta property="og:title" content="{title}">'
            f'<meta property="og:description" content="三つの話">{following}{head}</head><body>\n'
            f'<h1><a class="info_title" href="{address}">{title}</a></h1>\n'
            f'<section class="entry_main tweet_box">\n{"".join(entries)}</section>\n'
            '<div class="comment_box"><div class="list_box type_tweet"><p class="tweet">コメント</p></div></div>\n</body></html>\n')
