/* The forms in which errors are shown. */
#ifndef CMD_AWSCLI_ERROR_FORMAT_NAMES_H
#define CMD_AWSCLI_ERROR_FORMAT_NAMES_H

enum error_format {
	ERROR_FORMAT_LEGACY, /* the message alone */
	ERROR_FORMAT_JSON, /* the code and the message, as --output has them */
	ERROR_FORMAT_YAML,
	ERROR_FORMAT_TEXT,
	ERROR_FORMAT_TABLE,
	ERROR_FORMAT_ENHANCED, /* the message with the code */
	ERROR_FORMATS, /* their number */
};

/* Their names, which --cli-error-format takes, and then NULL. */
extern const char *const error_format_names[ERROR_FORMATS + 1];

#endif
