/* The words that stand for enumerations in a snapshot. */
#ifndef EDGE_SNAPSHOT_WORDS_H
#define EDGE_SNAPSHOT_WORDS_H

/* Each list is by value, and ends in NULL. */
extern const char *const snapshot_words_origin[];
extern const char *const snapshot_words_event[];
extern const char *const snapshot_words_connection[];
extern const char *const snapshot_words_query_key[];
extern const char *const snapshot_words_source[];
extern const char *const snapshot_words_continuous[];

#endif
