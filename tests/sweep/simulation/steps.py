"""The steps of a sequence, as text: a line for each, # begins a comment.

    store file                        or s3: where baselines are
    build A / x.html=1 y.html=2       a build: its name, prefix, objects
    upload A                          the bucket holds A under its prefix now
    upload A x.html                   only these keys were uploaded or deleted
    fill 0 /x.html                    edge 0 caches what the bucket has; all:
                                      every URL
    evict 0 /x.html                   it forgets that
    run A one [OPTION...]             edgediff invalidate with the baseline one
    announce A one [OPTION...]        edgediff announce
    both 0110 A one ... | B one ...   two runs at once; who goes on each time
    copy one saved                    the baseline is copied, to keep or restore
    delete one
    wait 90                           seconds pass
    settle A one                      runs without faults until there is nothing
                                      to do, three at most
    expect 3                          the exit status of the run before, or
    expect 2 invalidations            how many CloudFront has made

OPTIONs of a run are

    post=FAULT       what happens to each CreateInvalidation (get, put, probe,
                     list, look: to those requests); post.2=FAULT: to the
                     second one only; 5=FAULT: to the fifth request of any kind
    fill=N           both edges are filled before the Nth request
    call=N           it is killed before its Nth system call that matters
    first=none       --first-run none
    gone             BUILD cannot be read
    keyless          no credentials are at hand
    blind            --no-history
    limited          one path at most, and no wildcard

FAULTs are in services.py.
"""


def parse(text):
    """Lists of words."""
    steps = []
    for line in text.splitlines():
        words = line.partition('#')[0].split()
        if words:
            steps.append(words)
    return steps


def show(steps):
    return ''.join(' '.join(step) + '\n' for step in steps)


def options_of(words):
    """Of a run, as a dictionary."""
    return {name: value or True
            for name, _, value in (word.partition('=') for word in words)}
