/* Says what a verification found. */
#include "cmd/edge_report.h"

#include "base/plural.h"
#include "cmd/console/log.h"

enum {
	LINE_MAX_BYTES = 16 * 1024,
	LINES_MAX = FRESHNESS_KINDS * (EDGE_REPORT_URLS + 1) + 1,
};

const char edge_report_title[] = "Edge";

/* Lines, each with what it is about. */
struct edge_lines {
	struct {
		enum freshness kind;
		struct buf text;
	} list[LINES_MAX];
	size_t count;
};

static struct buf *
new_line(struct edge_lines *lines, enum freshness kind)
{
	struct buf *text = &lines->list[lines->count].text;

	lines->list[lines->count++].kind = kind;
	buf_init(text, LINE_MAX_BYTES);
	return text;
}

/* If nothing was asked, or nothing answered, an error has said so. */
static bool
has_answers(const struct edge_check *check)
{
	return check->done && !check->verification.unreachable;
}

/* The first URLs of a kind, and how many more there are. */
static void
add_kind(struct edge_lines *lines, const struct verification *v,
	enum freshness kind)
{
	const struct verified *one;
	size_t said = 0, more, i, next;
	struct buf *text;

	for (i = 0; i < v->count && said < EDGE_REPORT_URLS; i = next) {
		one = verification_worst(v, i, &next);
		if (one->freshness != kind)
			continue;
		text = new_line(lines, kind);
		buf_addf(text, "%s: %s: ", freshness_word(kind), one->url->url);
		verification_words_of(text, one);
		said++;
	}
	more = v->kinds[kind] - said;
	if (more > 0)
		buf_addf(new_line(lines, kind), "%s: %zu more URL%s",
			freshness_word(kind), more, plural_s(more));
}

/* From the worst kind on; the sum is the last line. */
static void
make_lines(struct edge_lines *lines, const struct edge_check *check)
{
	struct buf *text;
	int kind;

	lines->count = 0;
	for (kind = FRESHNESS_KINDS; kind-- > FRESHNESS_PRIVATE;)
		add_kind(lines, &check->verification, (enum freshness)kind);
	text = new_line(lines, FRESHNESS_FRESH);
	buf_addf(text, "%s: ", check->options->base);
	verification_words_sum(text, &check->verification, check->others);
}

static void
release_lines(struct edge_lines *lines)
{
	size_t i;

	for (i = 0; i < lines->count; i++)
		buf_release(&lines->list[i].text);
}

static enum log_level
level_of(enum freshness kind)
{
	return kind == FRESHNESS_STALE    ? LOG_ERROR
	       : kind > FRESHNESS_PRIVATE ? LOG_WARNING
					  : LOG_INFO;
}

/* The sum comes first: an annotation is cut if it is long. */
static void
annotate(const struct edge_lines *lines)
{
	const char *texts[LINES_MAX];
	enum log_level level = LOG_INFO, other;
	size_t i;

	for (i = 0; i < lines->count; i++) {
		texts[(i + 1) % lines->count] = buf_shown(&lines->list[i].text);
		other = level_of(lines->list[i].kind);
		level = other < level ? other : level;
	}
	log_annotate(level, texts, lines->count);
}

void
edge_report_log(const struct edge_check *check)
{
	struct edge_lines lines;
	enum log_level level;
	size_t i;

	if (!has_answers(check))
		return;
	make_lines(&lines, check);
	for (i = 0; i < lines.count; i++) {
		level = level_of(lines.list[i].kind);
		log_part(level, "%s%s", level == LOG_WARNING ? "warning: " : "",
			buf_shown(&lines.list[i].text));
	}
	annotate(&lines);
	release_lines(&lines);
}

static enum report_verdict
verdict_of(const struct verification *v)
{
	size_t doubtful = 0;
	int kind;

	if (v->kinds[FRESHNESS_STALE] > 0)
		return REPORT_FAILED;
	for (kind = FRESHNESS_UNKNOWN; kind < FRESHNESS_STALE; kind++)
		doubtful += v->kinds[kind];
	return doubtful == 0 && v->kinds[FRESHNESS_FRESH] +
						v->kinds[FRESHNESS_GONE] >
					0
		       ? REPORT_PASSED
		       : REPORT_UNKNOWN;
}

struct report_check
edge_report_check(
	const struct edge_check *check, const char *problem, struct buf *text)
{
	struct report_check out = {
		.title = edge_report_title, .verdict = REPORT_UNKNOWN};
	struct edge_lines lines;
	const struct buf *line;
	size_t i;

	if (problem)
		buf_addf(text, "%s\n", problem);
	if (has_answers(check)) {
		out.verdict = verdict_of(&check->verification);
		make_lines(&lines, check);
		for (i = 0; i < lines.count; i++) {
			line = &lines.list[(i + lines.count - 1) % lines.count]
					.text;
			if (text->len + line->len + 2 < EDGE_REPORT_MAX)
				buf_addf(text, "%s\n", buf_shown(line));
		}
		release_lines(&lines);
	}
	buf_cut(text, text->len > 0 ? text->len - 1 : 0);
	out.text = buf_shown(text);
	return out;
}
