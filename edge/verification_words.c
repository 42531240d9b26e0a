/* Puts the result of a verification into words. */
#include "edge/verification_words.h"

#include <inttypes.h>

#include "base/format.h"
#include "base/plural.h"
#include "edge/viewer_transfer.h"

static void
add_kinds(struct buf *out, const struct verification *v)
{
	bool any = false;
	int kind;

	for (kind = 0; kind < FRESHNESS_KINDS; kind++) {
		/* of what is over the bytes, only what was asked is counted */
		if (v->kinds[kind] == 0 && (any || kind != FRESHNESS_FRESH))
			continue;
		if (any)
			buf_addstr(out, ", ");
		buf_addstr(out, freshness_word((enum freshness)kind));
		buf_addch(out, ' ');
		format_count(out, v->kinds[kind]);
		any = true;
	}
}

/* The root and pages for errors are asked even if they are not stale. */
static size_t
count_others(const struct verification *v)
{
	const struct sample *sample = v->sample;
	size_t count = 0, i;

	if (!sample->of_all)
		for (i = 0; i < sample->count; i++)
			count += !sample->list[i].stale &&
				 !sample->list[i].over_budget;
	return count;
}

static void
add_pops(struct buf *out, const struct verification *v)
{
	size_t i;

	for (i = 0; i < v->pop_count; i++)
		buf_addf(out, "%s%s",
			i == 0                  ? ", at "
			: i + 1 == v->pop_count ? " and "
						: ", ",
			v->pops[i]);
}

void
verification_words_sum(struct buf *out, const struct verification *v,
	enum other_locations others)
{
	const struct sample *sample = v->sample;
	size_t of = sample->of_all ? sample->urls : sample->stale;
	size_t more = count_others(v);

	add_kinds(out, v);
	buf_addstr(out, " of ");
	format_count(out, v->asked);
	buf_addstr(out, " asked, of ");
	format_count(out, of);
	buf_addf(out, "%s URL%s", sample->of_all ? "" : " stale", plural_s(of));
	if (more > 0)
		buf_addf(out, " and %zu other%s", more, plural_s(more));
	add_pops(out, v);
	buf_addstr(out, "; other locations");
	switch (others) {
	case LOCATIONS_COMPLETED:
		buf_addstr(out, ": CloudFront reports the invalidation as "
				"completed");
		break;
	case LOCATIONS_IN_PROGRESS:
		buf_addstr(out, ": CloudFront has not reported the "
				"invalidation as completed");
		break;
	case LOCATIONS_UNKNOWN:
		buf_addstr(out, " were not asked");
		break;
	}
}

const char *
verification_words_encoding(const struct verified *one)
{
	return one->request.identity ? "no encoding"
				     : viewer_transfer_encodings();
}

static void
add_age(struct buf *out, const struct verified *one)
{
	if (one->request.answer.age == AGE_UNKNOWN)
		return;
	buf_addf(out, ", with an Age of %" PRId64 " s%s",
		one->request.answer.age,
		one->older ? ", which is older than the invalidation" : "");
}

static void
add_unknown(struct buf *out, const struct verified *one)
{
	const struct answer *answer = &one->request.answer;

	if (one->url->over_budget)
		buf_addstr(out, "not asked, as it does not fit into "
				"--verify-bytes");
	else if (answer->end == ANSWER_NONE)
		buf_addf(out, "no answer: %s", answer->problem);
	else if (answer->end == ANSWER_CUT)
		buf_addf(out, "the answer is not whole: %s", answer->problem);
	else if (answer->status >= 300 && answer->status < 400)
		buf_addf(out, "a redirect (%ld) to %s", answer->status,
			answer->location[0] ? answer->location : "nowhere");
	else
		buf_addf(out, "status %ld", answer->status);
}

void
verification_words_of(struct buf *out, const struct verified *one)
{
	const struct answer *answer = &one->request.answer;

	switch (one->freshness) {
	case FRESHNESS_STALE:
		if (one->found.absent)
			buf_addf(out,
				"the edge answers as before it was added "
				"(status %ld)",
				answer->status);
		else
			buf_addstr(out,
				one->found.bucket == BUCKET_GONE
					? "it is gone from the bucket, but its "
					  "old bytes are served"
					: "the edge serves the bytes of an "
					  "older build");
		add_age(out, one);
		break;
	case FRESHNESS_STILL_THERE:
		buf_addstr(out, one->found.bucket == BUCKET_THERE
					? "it was removed, but is still in the "
					  "bucket"
					: "it was removed, but its old bytes "
					  "are served");
		add_age(out, one);
		break;
	case FRESHNESS_ALTERED:
		buf_addstr(out, answer->end == ANSWER_LARGER
					? "more bytes than any known build has"
					: "bytes that no known build has");
		add_age(out, one);
		break;
	case FRESHNESS_PRIVATE:
		buf_addstr(out, answer->is_signed
					? "only for signed URLs or cookies"
					: "only for whom may see it (status "
					  "401)");
		break;
	case FRESHNESS_UNKNOWN:
		add_unknown(out, one);
		break;
	default:
		return;
	}
	if (!one->url->over_budget)
		buf_addf(out, " (asked for %s)",
			verification_words_encoding(one));
}
