"""Makes a failing world as small as it can: less of everything, in turn."""
import copy
import json

from oracle import distributions

TURNS = 600  # attempts at a smaller world


def places(world):
    """The lists of a world from which something may be left out."""
    for number in range(len(world['configs'])):
        yield ['configs', number, 'errors']
        yield ['configs', number, 'unreadable']
    for number in range(len(world['steps'])):
        yield ['steps', number, 'before']
        yield ['steps', number, 'during']


def at(world, place):
    for name in place:
        world = world[name]
    return world


def replaced(world, place, value):
    world = copy.deepcopy(world)
    at(world, place[:-1])[place[-1]] = value
    return world


def without_steps(world):
    for number in range(len(world['steps']) - 1):
        fewer = copy.deepcopy(world)
        del fewer['steps'][number]
        yield fewer


def without_keys(world):
    for key in sorted(set().union(*(step['build']
                                    for step in world['steps']))):
        fewer = copy.deepcopy(world)
        for step in fewer['steps']:
            step['build'].pop(key, None)
        yield fewer


def without_options(world):
    for number in range(0, len(world['options']), 2):
        yield {**world, 'options': world['options'][:number]
               + world['options'][number + 2:]}
    for key in world['headers']:
        yield {**world, 'headers': {name: value for name, value in
                                    world['headers'].items() if name != key}}


def simpler(world):
    """Worlds in which one thing is as it is by default."""
    for name in world['reading']:
        if world['reading'][name]:
            yield replaced(world, ['reading', name], False)
    if not world['lists']:
        yield {**world, 'lists': True}
    for number, step in enumerate(world['steps']):
        for name, value in (('pause', 0), ('wait', False),
                            ('announce', False)):
            if step[name] != value:
                yield replaced(world, ['steps', number, name], value)
    for number, config in enumerate(world['configs']):
        for name, value in (('root', ''), ('deployed', True)):
            if config[name] != value:
                yield replaced(world, ['configs', number, name], value)
        for place, one in enumerate(config['behaviors']):
            here = ['configs', number, 'behaviors']
            if one['pattern']:
                yield replaced(world, here, config['behaviors'][:place]
                               + config['behaviors'][place + 1:])
            plain = {'pattern': one['pattern'], 'target': one['target'],
                     'policy': distributions.OPTIMIZED}
            if one != plain:
                yield replaced(world, [*here, place], plain)
            for name in ('function', 'signed'):
                if name in one:
                    yield replaced(world, [*here, place], {
                        key: value for key, value in one.items()
                        if key != name})
    path = {config['path'] for config in world['configs']}
    if path != {''}:
        other = copy.deepcopy(world)
        for config in other['configs']:
            config['path'] = ''
        yield other


def shorten(world, place, fails):
    """Leave out members of a list, many at once at first."""
    size = max(1, len(at(world, place)))
    while size and at(world, place):
        first = 0
        while first < len(at(world, place)):
            now = at(world, place)
            fewer = replaced(world, place, now[:first] + now[first + size:])
            if fails(fewer):
                world = fewer
            else:
                first += size
        size //= 2
    return world


def shrink(world, fails):
    """The smallest world that still fails, by fails(world)."""
    left = TURNS

    def still(other):
        nonlocal left
        left -= 1
        return left > 0 and fails(other)

    while True:
        before = copy.deepcopy(world)
        for place in list(places(world)):
            world = shorten(world, place, still) \
                if place[1] < len(world[place[0]]) else world
        for ways in (without_steps, without_keys, without_options, simpler):
            again = True
            while again:
                again = next((other for other in ways(world)
                              if still(other)), None)
                world = again or world
        if world == before:
            return world


def show(world):
    """As JSON, a line for each part."""
    lines = []
    for name, value in world.items():
        if name in ('configs', 'steps'):
            value = '[\n  ' + ',\n  '.join(
                json.dumps(one, ensure_ascii=False) for one in value) + ']'
        else:
            value = json.dumps(value, ensure_ascii=False)
        lines.append(f'"{name}": {value}')
    return '{' + ',\n '.join(lines) + '}'
