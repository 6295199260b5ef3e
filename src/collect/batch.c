#include "archive/collect/batch.h"

bool batch_enter(struct batch *batch, struct err *err)
{
	if (!batch->open)
		batch->open = store_begin(batch->store, err);
	return batch->open;
}

bool batch_flush(struct batch *batch, struct err *err)
{
	if (batch->open && !store_commit(batch->store, err)) {
		batch_drop(batch);
		return false;
	}
	batch->open = false;
	batch->posts = 0;
	return true;
}

bool batch_leave(struct batch *batch, size_t posts, struct err *err)
{
	batch->posts += posts;
	return batch->posts < batch->limit || batch_flush(batch, err);
}

void batch_drop(struct batch *batch)
{
	if (batch->open)
		store_rollback(batch->store);
	batch->open = false;
	batch->posts = 0;
}
