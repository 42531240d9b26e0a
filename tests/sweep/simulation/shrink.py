"""Makes a failing sequence as short as it can: delta debugging."""


def without(steps, first, count):
    return steps[:first] + steps[first + count:]


def shorten(steps, fails):
    """Leave out steps, many at once at first."""
    size = max(1, len(steps) // 2)
    while True:
        first = 0
        while first < len(steps):
            fewer = without(steps, first, size)
            if fewer != steps and fails(fewer):
                steps = fewer
            else:
                first += size
        if size == 1:
            return steps
        size //= 2


def simplify(steps, fails):
    """Leave out words of steps: options, objects, keys; a run of two."""
    for number, step in enumerate(steps):
        if step[0] == 'both':
            middle = step.index('|')
            for words in (step[2:middle], step[middle + 1:]):
                one = steps[:number] + [['run', *words]] + steps[number + 1:]
                if fails(one):
                    return simplify(one, fails)
        place = len(step) - 1
        while place >= 3 and step[0] != 'both':
            fewer = step[:place] + step[place + 1:]
            one = steps[:number] + [fewer] + steps[number + 1:]
            if fails(one):
                steps, step = one, fewer
            place -= 1
    return steps


def shrink(steps, fails):
    """The shortest that still fails, by fails(steps)."""
    while True:
        shorter = simplify(shorten(steps, fails), fails)
        if shorter == steps:
            return steps
        steps = shorter
