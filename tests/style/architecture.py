#!/usr/bin/python3
"""The rules of the architecture, checked against the headers, the #include
lines and the objects of the release build:

    /usr/bin/python3 tests/style/architecture.py [FOLDER]

prints what breaks a rule, group by group, then the counts. FOLDER is the root
of a tree that `ninja` has built; this one by default.

A "file" here is a stem: NAME.c with NAME.h. Each rule is a function that takes
a Tree and returns its violations, each a line that begins with the path.
"""
import collections
import fnmatch
import functools
import pathlib
import re
import subprocess
import sys

# What the files of a folder may use, beside those of their own folder. The
# program in cmd/manual prints the manual from the tables of the others, so
# it is above them.
MAY_USE = {
    'base': (),
    'manifest': ('base',),
    'diff': ('manifest', 'base'),
    'aws': ('base',),
    'deploy': ('aws', 'diff', 'manifest', 'base'),
    'edge': ('aws', 'diff', 'manifest', 'base'),
    'cmd/console': ('deploy', 'aws', 'diff', 'manifest', 'base'),
    'cmd/report': ('cmd/console', 'diff', 'manifest', 'base'),
    'cmd/awscli': ('cmd/console', 'deploy', 'aws', 'base'),
    'cmd': ('cmd/report', 'cmd/awscli', 'cmd/console', 'deploy', 'edge',
            'aws', 'diff', 'manifest', 'base'),
    'cmd/manual': ('cmd', 'cmd/report', 'cmd/awscli', 'cmd/console', 'base'),
}

# A header that declares a function or table of each file of a family: files
# that implement one interface, and have no header of their own.
FAMILIES = {
    'cmd/command.h': ('cmd/cmd_*', 'the commands'),
    'cmd/report/page.h': ('cmd/report/page_*', 'embedded files'),
}

# Public names without the prefix of their file: (file, name) and the reason.
EXEMPT = {
    ('cmd/main', 'main'): 'the name that C wants',
    ('cmd/manual/main', 'main'): 'the name that C wants',
    ('cmd/cmd_*', 'command_*'): 'command_NAME runs the command NAME',
}

# What POSIX leaves to a program to declare.
OF_THE_SYSTEM = {'environ'}

FILE_MAX = 450     # lines
FUNCTION_MAX = 49  # lines, from brace to brace


# ------------------------------------------------------------- what a tree has

def code_of(text):
    """The text without comments and literals; every newline stays."""
    def blank(match):
        return re.sub(r'[^\n]', ' ', match[0])
    return re.sub(
        r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'',
        blank, text, flags=re.S)


def top_level(code):
    """Statements outside of all braces, as (line number, text)."""
    code = re.sub(r'^[ \t]*#(?:\\\n|[^\n])*', lambda m: '\n' * m[0].count('\n'),
                  code, flags=re.M)
    depth, line, start, words = 0, 1, 1, ''
    for char in code:
        line += char == '\n'
        depth -= char == '}'
        if depth == 0 and (char == ';' or (
                char == '}' and words.rstrip(' \t\n{').endswith(')'))):
            yield start, words
            words = ''
        elif depth == 0:
            if not words.strip():
                start, words = line, ''
            words += char
        depth += char == '{'


def declared(code):
    """Public functions and variables that a text declares: (line, name)."""
    for line, words in top_level(code):
        words = re.sub(r'__attribute__\s*\(\(.*?\)\)', '', words, flags=re.S)
        if re.match(r'\s*(static|typedef)\b', words) or '{' in words:
            continue
        function = re.match(r'\s*\w[\w\s*]*[\s*](\w+)\s*\(', words)
        if function:
            yield line, function[1]
        elif re.match(r'\s*extern\b', words):
            for name in re.findall(r'(\w+)(?:\s*\[[^]]*\])*\s*(?:,|$)', words):
                yield line, name


class Tree:
    """The sources and the objects below a folder."""

    def __init__(self, root, builds=('out/build_machine', 'out/release')):
        self.root = pathlib.Path(root)
        self.builds = [self.root / build for build in builds]
        self.texts = {}
        for top in sorted({name.split('/')[0] for name in MAY_USE}):
            for path in sorted((self.root / top).rglob('*.[ch]')):
                self.texts[str(path.relative_to(self.root))] = \
                    path.read_text('utf-8')

    @functools.cached_property
    def codes(self):
        return {path: code_of(text) for path, text in self.texts.items()}

    @functools.cached_property
    def objects(self):
        """{file: path of its object}, of sources that are written or made."""
        found = {}
        for build in self.builds:
            for path in sorted(build.rglob('*.o')):
                name = str(path.relative_to(build).with_suffix(''))
                if name + '.c' in self.texts or (
                        name.split('/')[0] in MAY_USE
                        and path.with_suffix('.c').exists()):
                    found[name] = path
        missing = [path for path in self.texts
                   if path.endswith('.c') and path[:-2] not in found]
        if missing:
            raise RuntimeError(f'not built: {" ".join(missing)}')
        return found

    @functools.cached_property
    def symbols(self):
        """(defined, needed), each {file: global symbols}."""
        names = {str(path): name for name, path in self.objects.items()}
        done = subprocess.run(['nm', '-P', '-g', '-A', *names],
                              stdout=subprocess.PIPE, text=True, check=True)
        defined = {name: set() for name in self.objects}
        needed = {name: set() for name in self.objects}
        for line in done.stdout.splitlines():
            path, symbol, kind = re.match(r'(.*?): (\S+) (\S)', line).groups()
            table = needed if kind in 'Uw' else defined
            table[names[path]].add(symbol)
        return defined, needed

    @functools.cached_property
    def owners(self):
        """{symbol: file that defines it}, of those that one file defines."""
        owners = collections.defaultdict(list)
        for name, symbols in self.symbols[0].items():
            for symbol in symbols:
                owners[symbol].append(name)
        return {symbol: names[0] for symbol, names in owners.items()
                if len(names) == 1}

    @functools.cached_property
    def includes(self):
        """[(path, header)] of the project's own headers."""
        return [(path, header) for path, text in self.texts.items()
                for header in re.findall(r'^#include "([^"]+)"', text, re.M)]

    @functools.cached_property
    def calls(self):
        """[(file, file, symbol)] between files."""
        return [(name, self.owners[symbol], symbol)
                for name, symbols in self.symbols[1].items()
                for symbol in sorted(symbols & self.owners.keys())]

    @functools.cached_property
    def declarations(self):
        """[(path, line, name)] of all that is declared, in headers and not."""
        return [(path, line, name) for path, code in self.codes.items()
                for line, name in declared(code)]


def folder_of(path):
    """The folder of MAY_USE that a path is in: the longest that fits."""
    fitting = [folder for folder in MAY_USE if path.startswith(folder + '/')]
    return max(fitting, key=len, default=None)


# ------------------------------------------------------------------- the rules

def calls_up(tree):
    """Calls and #include lines go down the folders, or stay in one."""
    wrong = []

    def above(user, used):
        folder = folder_of(user)
        return folder_of(used) not in (folder, *MAY_USE[folder])

    for path, header in tree.includes:
        if above(path, header):
            wrong.append(f'{path}: includes {header}')
    for user, used, symbol in tree.calls:
        if above(user, used):
            wrong.append(f'{user}.c: calls {symbol} of {used}.c')
    return wrong


def circles(tree):
    """No file depends on itself by way of others: neither by calls nor by the
    headers that headers include, nor do two files include each other."""
    why = collections.defaultdict(dict)
    pairs = {(path[:-2], header[:-2]) for path, header in tree.includes}
    for path, header in tree.includes:
        user, used = path[:-2], header[:-2]
        if user != used and (path.endswith('.h') or (used, user) in pairs):
            why[user][used] = f'includes {header}'
    for user, used, symbol in tree.calls:
        if user != used:
            why[user][used] = f'calls {symbol}'
    wrong = []
    for group in knots(why):
        start = min(group)
        ring = shortest_ring(why, start)
        steps = [f'{user} {why[user][used]}'
                 for user, used in zip(ring, ring[1:])]
        text = f'{start}.c: circle: ' + ', '.join(steps)
        if len(group) > len(ring) - 1:
            text += f' (all tied together: {" ".join(sorted(group))})'
        wrong.append(text)
    return sorted(wrong)


def reach(graph, start):
    seen, queue = set(), [start]
    while queue:
        for used in graph.get(queue.pop(), ()):
            if used not in seen:
                seen.add(used)
                queue.append(used)
    return seen


def knots(graph):
    """Groups of nodes that all reach each other and themselves."""
    reached = {node: reach(graph, node) for node in graph}
    groups = {frozenset(other for other in reached[node]
                        if node in reached.get(other, ()))
              for node in graph if node in reached[node]}
    return sorted(groups, key=min)


def shortest_ring(graph, start):
    rings = collections.deque([[start]])
    seen = set()
    while rings:
        ring = rings.popleft()
        for used in sorted(graph.get(ring[-1], ())):
            if used == start:
                return [*ring, start]
            if used not in seen:
                seen.add(used)
                rings.append([*ring, used])
    raise ValueError(f'no ring through {start}')


def misplaced_declarations(tree):
    """What a file makes public is declared in its header, and only there."""
    places = collections.defaultdict(list)
    for path, line, name in tree.declarations:
        places[name].append((path, line))
    wrong = []
    for file, symbols in sorted(tree.symbols[0].items()):
        for symbol in sorted(symbols - {'main'}):
            at_home = [place for place in places[symbol]
                       if is_home(place[0], file)]
            for path, line in places[symbol]:
                if (path, line) not in at_home[:1]:
                    wrong.append(f'{path}:{line}: declares {symbol} of '
                                 f'{file}.c')
            if not places[symbol]:
                wrong.append(f'{file}.c: {symbol} is public, but no header '
                             'declares it')
    for path, line, name in tree.declarations:
        if name not in tree.owners and name not in OF_THE_SYSTEM:
            wrong.append(f'{path}:{line}: declares {name}, which no file, or '
                         'more than one, defines')
    return wrong


def is_home(header, file):
    return header == file + '.h' or (
        header in FAMILIES and fnmatch.fnmatch(file, FAMILIES[header][0]))


def prefixes(file):
    """What the public names of a file may begin with: its stem, in singular or
    plural, or the leading words of that; or the folder and then the stem, as in
    aws_url_parse() of aws/url.c."""
    *_, folder, stem = file.split('/')
    words = stem.split('_')
    found = {f'{folder}_{stem}'}
    for count in range(1, len(words) + 1):
        *first, last = words[:count]
        for form in (last, last + 's', last + 'es', re.sub(r's$', '', last),
                     re.sub(r'es$', '', last), re.sub(r'y$', 'ies', last),
                     re.sub(r'ies$', 'y', last)):
            found.add('_'.join((*first, form)))
    return found


def unprefixed_names(tree):
    """Public names begin with the name of their file."""
    wrong = []
    for file, symbols in sorted(tree.symbols[0].items()):
        starts = prefixes(file)
        for symbol in sorted(symbols):
            if not any(symbol == start or symbol.startswith(start + '_')
                       for start in starts) and \
                    not any(fnmatch.fnmatch(file, a)
                            and fnmatch.fnmatch(symbol, b) for a, b in EXEMPT):
                wrong.append(f'{file}.c: {symbol} has another prefix')
    return wrong


def duplicate_tags(tree):
    """A tag of a struct, union or enum has one meaning."""
    tags = collections.defaultdict(list)
    for path, code in tree.codes.items():
        for match in re.finditer(r'\b(?:struct|union|enum)\s+(\w+)\s*\{', code):
            line = code.count('\n', 0, match.start()) + 1
            tags[match[1]].append(f'{path}:{line}')
    return [f'{place}: {tag} is also in {", ".join(p for p in places if p != place)}'
            for tag, places in sorted(tags.items()) if len(places) > 1
            for place in places]


def long_files(tree):
    """Files and functions fit a reader's head."""
    wrong = []
    for path, text in tree.texts.items():
        lines = text.splitlines()
        if len(lines) > FILE_MAX:
            wrong.append(f'{path}: {len(lines)} lines, more than {FILE_MAX}')
        start = None
        for number, line in enumerate(lines, 1):
            if line == '{':
                start = number
            elif line == '}' and start:
                if number - start + 1 > FUNCTION_MAX:
                    wrong.append(f'{path}:{start}: a function of '
                                 f'{number - start + 1} lines, more than '
                                 f'{FUNCTION_MAX}')
                start = None
    return wrong


def lost_asserts(tree):
    """What is released keeps its asserts."""
    wrong = []
    builds = [*tree.root.rglob('*.ninja'), tree.root / 'debian/rules']
    for path in builds:
        if path.exists() and 'NDEBUG' in path.read_text('utf-8'):
            wrong.append(f'{path.relative_to(tree.root)}: NDEBUG')
    for path, code in tree.codes.items():
        if re.search(r'\bNDEBUG\b', code):
            wrong.append(f'{path}: NDEBUG')
        if path.endswith('.c') and re.search(r'\bassert\s*\(', code) and \
                '__assert_fail' not in tree.symbols[1][path[:-2]]:
            wrong.append(f'{path}: its object has lost its asserts')
    return wrong


def idle_exceptions(tree):
    """Each exception that the tables above make is one that is needed."""
    defined = tree.symbols[0].items()
    homes = {(path, tree.owners.get(name))
             for path, _, name in tree.declarations}
    wrong = [f'FAMILIES: {header} declares nothing of {pattern}'
             for header, (pattern, _) in FAMILIES.items()
             if not any(path == header and file and header != file + '.h'
                        and fnmatch.fnmatch(file, pattern)
                         for path, file in homes)]
    wrong += [f'EXEMPT: {file} does not define {name}'
              for file, name in EXEMPT
              if not any(fnmatch.filter(symbols, name) for defining, symbols
                         in defined if fnmatch.fnmatch(defining, file))]
    declared_names = {name for _, _, name in tree.declarations}
    wrong += [f'OF_THE_SYSTEM: {name} is not declared'
              for name in OF_THE_SYSTEM - declared_names]
    return wrong


RULES = {
    'circles': circles,
    'calls up': calls_up,
    'misplaced declarations': misplaced_declarations,
    'unprefixed names': unprefixed_names,
    'duplicate tags': duplicate_tags,
    'long files and functions': long_files,
    'lost asserts': lost_asserts,
}


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else \
        pathlib.Path(__file__).parents[2]
    tree = Tree(root)
    found = {name: rule(tree) for name, rule in RULES.items()}
    for name, lines in found.items():
        if lines:
            print(f'{name}:', *lines, sep='\n  ', end='\n\n')
    for name, lines in found.items():
        print(f'{len(lines)} {name}')
    return 1 if any(found.values()) else 0


if __name__ == '__main__':
    sys.exit(main())
