#include "archive/store/row.h"
#include "archive/store/view-row.h"

const char *const sql_text[SQL_COUNT] = {
#define SQL(name, text) [SQL_##name] = (text),
#include "archive/store/sql.h"
#undef SQL
};
