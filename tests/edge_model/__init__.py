"""A CloudFront's caches, as AWS documents them, and ways to be wrong.

paths.py has cache keys, path patterns and items; configuration.py what a
distribution says; origins.py what S3 and other servers answer; caching.py how
long that is kept; network.py the locations; faults.py what goes wrong there. All
works in memory, with the time as a parameter; tests/edge speaks HTTP. It knows
nothing of edgediff: what it does is in the Amazon CloudFront Developer Guide, whose
pages are named.
"""
