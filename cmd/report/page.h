/*
 * The parts of the page, which the build generates from cmd/report/page. A NUL
 * follows each of them, which the length does not count.
 */
#ifndef CMD_REPORT_PAGE_H
#define CMD_REPORT_PAGE_H

#include <stddef.h>

extern const unsigned char page_html[], page_css[], page_js[];
extern const size_t page_html_len, page_css_len, page_js_len;

#endif
