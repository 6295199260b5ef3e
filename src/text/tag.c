typedef int archive_text_tag_not_yet;
