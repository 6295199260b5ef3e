#include "archive/collect/intake-parts.h"

#include "archive/store/pictures.h"

static bool stand(struct intake *intake, const struct found_picture *found,
		  struct picture_standing *out, struct err *err)
{
	*out = (struct picture_standing){ 0 };
	return !intake->store || store_picture_standing(intake->store, found->post, found->author,
							found->url, found->size, out, err);
}

/* What is not stored yet in a dry run will be. */
static bool is_wanted(const struct intake *intake, const struct picture_standing *standing)
{
	if (intake->order->dry_run)
		return !standing->known || standing->alive;
	return standing->alive && standing->shown;
}

static void refuse(struct intake *intake, const struct found_picture *found, const struct err *why)
{
	struct intake_pictures *pictures = &intake->report->pictures;

	pictures->refused++;
	if (!pictures->bad[0])
		snprintf(pictures->bad, sizeof(pictures->bad), "%.100s %.120s", found->place,
			 why->msg);
}

/* In one transaction, so that nothing is kept of a post that somebody forgets meanwhile. */
static bool keep(struct intake *intake, const struct found_picture *found,
		 const struct picture *picture, const struct str *bytes, struct err *err)
{
	struct picture_standing standing;

	if (!store_begin(intake->store, err))
		return false;
	if (stand(intake, found, &standing, err) &&
	    (!is_wanted(intake, &standing) ||
	     store_put_picture(intake->store, found->url, found->size, picture, bytes, intake->now,
			       err)) &&
	    store_commit(intake->store, err)) {
		intake->report->pictures.kept += is_wanted(intake, &standing);
		return true;
	}
	store_rollback(intake->store);
	return false;
}

static bool read_and_keep(struct intake *intake, const struct found_picture *found, struct err *err)
{
	struct str bytes = STR_INIT;
	struct picture picture;
	struct err why = { 0 };
	bool ok = true;

	if (!import_picture_read(found, &bytes, &picture, &why))
		refuse(intake, found, &why);
	else if (intake->order->dry_run)
		intake->report->pictures.kept++;
	else
		ok = keep(intake, found, &picture, &bytes, err);
	str_release(&bytes);
	return ok;
}

bool intake_take_picture(void *owner, const struct found_picture *found, struct err *err)
{
	struct intake *intake = owner;
	struct picture_standing standing;
	bool ok = true;

	if (!stand(intake, found, &standing, err))
		return false;
	if (is_wanted(intake, &standing)) {
		if (standing.kept)
			intake->report->pictures.known++;
		else
			ok = read_and_keep(intake, found, err);
	}
	return ok && intake_show(intake, err);
}
