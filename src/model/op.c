#include "archive/model/op.h"

static const char *const names[OP_COUNT] = {
	[OP_CHOOSE] = "choose", [OP_DROP] = "drop",	[OP_UNDECIDE] = "undecide",
	[OP_MOVE] = "move",	[OP_INSERT] = "insert", [OP_EDIT] = "edit",
	[OP_STYLE] = "style",	[OP_JOIN] = "join",	[OP_FIX] = "fix",
	[OP_REMOVE] = "remove", [OP_SORT] = "sort",	[OP_SETTINGS] = "settings",
};

const char *op_kind_name(enum op_kind kind)
{
	return names[kind];
}
