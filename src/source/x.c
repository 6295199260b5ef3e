typedef int archive_source_x_not_yet;
