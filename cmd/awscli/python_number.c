/* Compares, adds and rounds numbers as Python does. */
#include "cmd/awscli/python_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cmd/awscli/python_int.h"
#include "cmd/awscli/python_text.h"

enum {
	DOUBLE_DIGITS_MAX = 310, /* before the point, with a sign and a NUL: */
	DOUBLE_TEXT_MAX = DOUBLE_DIGITS_MAX + 2,
};

bool
python_number_is(const struct value *value)
{
	return value->type == VALUE_INT || value->type == VALUE_FLOAT;
}

static double
float_of(const struct value *value)
{
	return strtod(value->text, NULL); /* rounds as Python does */
}

static struct value *
checked(struct value *value, struct fault *fault)
{
	if (!value)
		fault_no_memory(fault);
	return value;
}

static struct value *
fail(struct fault *fault, const char *message)
{
	fault_set(fault, AWSCLI_GENERAL_ERROR, "%s", message);
	return NULL;
}

/* ----------------------------------------------------------------- order */

static enum python_order
order_of(int difference)
{
	return difference < 0   ? PYTHON_LESS
	       : difference > 0 ? PYTHON_GREATER
				: PYTHON_EQUAL;
}

/* The order of two numbers of digits without leading zeros. */
static int
compare_digits(
	const char *left, size_t left_len, const char *right, size_t right_len)
{
	if (left_len != right_len)
		return left_len < right_len ? -1 : 1;
	return memcmp(left, right, left_len);
}

static enum python_order
compare_ints(const char *left, const char *right)
{
	bool minus = *left == '-';

	if (minus != (*right == '-'))
		return minus ? PYTHON_LESS : PYTHON_GREATER;
	left += minus;
	right += minus;
	return order_of(
		minus ? compare_digits(right, strlen(right), left, strlen(left))
		      : compare_digits(
				left, strlen(left), right, strlen(right)));
}

/* The digits of a finite float that is whole, without a sign if it is 0. */
static const char *
whole_text(char text[DOUBLE_TEXT_MAX], double number)
{
	snprintf(text, DOUBLE_TEXT_MAX, "%.0f", number);
	return strcmp(text, "-0") == 0 ? text + 1 : text;
}

static enum python_order
compare_int_float(const char *left, double right)
{
	char text[DOUBLE_TEXT_MAX];
	double whole = trunc(right);
	enum python_order order;

	if (isnan(right))
		return PYTHON_UNORDERED;
	if (isinf(right))
		return right > 0 ? PYTHON_LESS : PYTHON_GREATER;
	order = compare_ints(left, whole_text(text, whole));
	if (order != PYTHON_EQUAL || right == whole)
		return order;
	return right > whole ? PYTHON_LESS : PYTHON_GREATER;
}

enum python_order
python_number_compare(const struct value *left, const struct value *right)
{
	enum python_order order;
	double a, b;

	if (left->type == VALUE_INT && right->type == VALUE_INT)
		return compare_ints(left->text, right->text);
	if (left->type == VALUE_INT)
		return compare_int_float(left->text, float_of(right));
	if (right->type == VALUE_INT) {
		order = compare_int_float(right->text, float_of(left));
		return order == PYTHON_UNORDERED ? order
						 : order_of(-(int)order);
	}
	a = float_of(left);
	b = float_of(right);
	if (isnan(a) || isnan(b))
		return PYTHON_UNORDERED;
	return order_of((a > b) - (a < b));
}

/* ------------------------------------------------------------ arithmetic */

/*
 * Add the digits of the shorter number to the longer one, or subtract them from
 * it, from behind. `out` has a digit more than the longer one.
 */
static void
combine(char *out, const char *longer, size_t len, const char *shorter,
	size_t shorter_len, bool subtract)
{
	int carry = 0, sum;
	size_t i;

	for (i = 1; i <= len; i++) {
		sum = i <= shorter_len ? shorter[shorter_len - i] - '0' : 0;
		sum = longer[len - i] - '0' + carry + (subtract ? -sum : sum);
		carry = sum < 0 ? -1 : sum > 9 ? 1 : 0;
		out[len + 1 - i] = (char)('0' + sum - 10 * carry);
	}
	out[0] = (char)('0' + carry);
}

static struct value *
add_ints(struct arena *arena, const char *left, const char *right,
	struct fault *fault)
{
	bool left_minus = *left == '-', right_minus = *right == '-', minus;
	const char *longer = left + left_minus, *shorter = right + right_minus;
	size_t len = strlen(longer), shorter_len = strlen(shorter);
	struct value *sum = NULL;
	char *digits;

	minus = left_minus;
	if (compare_digits(longer, len, shorter, shorter_len) < 0) {
		longer = right + right_minus;
		shorter = left + left_minus;
		shorter_len = len;
		len = strlen(longer);
		minus = right_minus;
	}
	digits = malloc(len + 2);
	if (digits) {
		digits[0] = minus ? '-' : '0';
		combine(digits + 1, longer, len, shorter, shorter_len,
			left_minus != right_minus);
		/* drops leading zeros */
		sum = value_parse_int(arena, digits, len + 2);
	}
	free(digits);
	if (sum && sum->len - (*sum->text == '-') > PYTHON_INT_DIGITS_MAX) {
		fault_set(fault, AWSCLI_GENERAL_ERROR,
			"Exceeds the limit (%d digits) for integer string "
			"conversion; use sys.set_int_max_str_digits() to "
			"increase the limit",
			PYTHON_INT_DIGITS_MAX);
		return NULL;
	}
	return checked(sum, fault);
}

/* Fails if an integer is beyond the range of floats. */
static int
to_float(const struct value *value, double *out, struct fault *fault)
{
	*out = float_of(value);
	return value->type == VALUE_INT && isinf(*out)
		       ? fault_set(fault, AWSCLI_GENERAL_ERROR,
				 "int too large to convert to float")
		       : 0;
}

struct value *
python_number_add(struct arena *arena, const struct value *left,
	const struct value *right, struct fault *fault)
{
	double a, b;

	if (left->type == VALUE_INT && right->type == VALUE_INT)
		return add_ints(arena, left->text, right->text, fault);
	if (to_float(left, &a, fault) != 0 || to_float(right, &b, fault) != 0)
		return NULL;
	return checked(value_new_float(arena, a + b), fault);
}

struct value *
python_number_divide(struct arena *arena, const struct value *value,
	size_t count, struct fault *fault)
{
	double number;

	if (to_float(value, &number, fault) != 0)
		return NULL;
	return checked(value_new_float(arena, number / (double)count), fault);
}

struct value *
python_number_abs(
	struct arena *arena, const struct value *value, struct fault *fault)
{
	bool minus = *value->text == '-';

	return checked(value_new_text(arena, value->type, value->text + minus,
			       value->len - minus),
		fault);
}

struct value *
python_number_round(struct arena *arena, const struct value *value, bool up,
	struct fault *fault)
{
	char text[DOUBLE_TEXT_MAX];
	const char *digits;
	double number;

	if (value->type == VALUE_INT)
		return checked(value_copy(arena, value), fault);
	number = float_of(value);
	if (isnan(number))
		return fail(fault, "cannot convert float NaN to integer");
	if (isinf(number))
		return fail(fault, "cannot convert float infinity to integer");
	digits = whole_text(text, up ? ceil(number) : floor(number));
	return checked(value_new_text(arena, VALUE_INT, digits, strlen(digits)),
		fault);
}

/* --------------------------------------------------------------- parsing */

/* Copy digits, with single underscores between them; how many were there? */
static size_t
copy_digits(const char **from, char **to)
{
	size_t count = 0;

	for (;; (*from)++) {
		if (**from == '_' && count > 0 && (*from)[1] >= '0' &&
			(*from)[1] <= '9')
			continue;
		if (**from < '0' || **from > '9')
			return count;
		*(*to)++ = **from;
		count++;
	}
}

static bool
is_word(const char *text)
{
	static const char *const words[] = {"inf", "infinity", "nan"};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(text, words[i]) == 0)
			return true;
	return false;
}

/*
 * Rewrite the text of a float, without blanks around it, for strtod. Returns
 * false if Python takes it for none.
 */
static bool
normalize_float(const char *text, char *to)
{
	size_t digits;

	if (*text == '+' || *text == '-')
		*to++ = *text++;
	if (is_word(text)) {
		memmove(to, text, strlen(text) + 1);
		return true;
	}
	digits = copy_digits(&text, &to);
	if (*text == '.') {
		*to++ = *text++;
		digits += copy_digits(&text, &to);
	}
	if (digits == 0)
		return false;
	if (*text == 'e' || *text == 'E') {
		*to++ = *text++;
		if (*text == '+' || *text == '-')
			*to++ = *text++;
		if (copy_digits(&text, &to) == 0)
			return false;
	}
	if (*text) /* before the NUL, which may take its place */
		return false;
	*to = '\0';
	return true;
}

static bool
parse_float(struct arena *arena, char *text, size_t len, struct value **out)
{
	char *end = text + len;

	while (end > text && python_is_space(end[-1]))
		*--end = '\0';
	while (python_is_space(*text))
		text++;
	/* a NUL within the text ends it too early */
	if (strlen(text) != (size_t)(end - text) ||
		!normalize_float(text, text))
		return true;
	*out = value_new_float(arena, strtod(text, NULL));
	return *out != NULL;
}

static size_t
count_digits(const char *text, size_t len)
{
	size_t i, count = 0;

	for (i = 0; i < len; i++)
		count += text[i] >= '0' && text[i] <= '9';
	return count;
}

int
python_number_parse(struct arena *arena, const char *text, size_t len,
	struct value **out, struct fault *fault)
{
	char *own;
	bool ok;

	*out = NULL;
	/* int() refuses more digits, but float() does not */
	if (value_is_int_text(text, len) &&
		count_digits(text, len) <= PYTHON_INT_DIGITS_MAX) {
		*out = value_parse_int(arena, text, len);
		return *out ? 0 : fault_no_memory(fault);
	}
	own = malloc(len + 1);
	if (!own)
		return fault_no_memory(fault);
	memcpy(own, text, len);
	own[len] = '\0';
	ok = parse_float(arena, own, len, out);
	free(own);
	return ok ? 0 : fault_no_memory(fault);
}
