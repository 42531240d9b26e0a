/* Calls a store of any kind, and adds its name to the errors. */
#include "deploy/store.h"

#include "base/escape.h"
#include "manifest/baseline_parser.h"

int
store_begin(struct store *store, struct err *err)
{
	struct escaped_name shown;

	if (store->kind->begin(store, err) == 0)
		return 0;
	return err_context(
		err, "the baseline %s", escape_show_str(&shown, store->where));
}

int
store_ready(struct store *store, struct err *err)
{
	if (!store->kind->ready || store->kind->ready(store, err) == 0)
		return 0;
	return err_context(err, "the baseline");
}

int
store_load(struct store *store, struct baseline *baseline, bool *found,
	struct err *err)
{
	struct escaped_name shown;
	struct buf text;
	int rc;

	*found = false;
	buf_init(&text, BASELINE_MAX);
	if (store->kind->read(store, &text, found, err) != 0) {
		rc = err_context(err, "the baseline");
	} else if (!*found) {
		rc = 0;
	} else {
		rc = baseline_parse(baseline, buf_str(&text), text.len, err);
		if (rc != 0 && err->code != ERR_MEMORY)
			err_context(err,
				"the baseline %s cannot be used: restore it, "
				"or remove it to begin again with --first-run",
				escape_show_str(&shown, store->where));
		*found = rc == 0;
	}
	buf_release(&text);
	return rc;
}

int
store_save(
	struct store *store, const struct baseline *baseline, struct err *err)
{
	if (store->kind->save(store, baseline, err) == 0)
		return 0;
	return err_context(err, "cannot save the baseline");
}

int
store_compare(struct store *store, struct err *err)
{
	if (store->kind->compare(store, err) == 0)
		return 0;
	return err_context(err, "the baseline");
}

void
store_close(struct store *store)
{
	if (store)
		store->kind->close(store);
}
