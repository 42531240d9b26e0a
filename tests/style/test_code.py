"""The code itself: functions that are banned, how a file begins, paths."""
import re

from support import ROOT

LIBRARIES = ('base', 'manifest', 'diff', 'aws', 'edge')
FOLDERS = (*LIBRARIES, 'deploy', 'cmd')
BANNED = 'strcpy strcat sprintf vsprintf strtok atoi gmtime localtime mktemp ' \
         'strcoll'.split()
BANNED_BELOW_CMD = 'getenv secure_getenv time setlocale fprintf printf puts ' \
                   'putchar perror exit _exit abort'.split()
TEXT_FOLDERS = (*FOLDERS, 'tests', 'samples', 'docs', '.ci', '.github')


def c_files(*folders):
    for folder in folders:
        yield from sorted((ROOT / folder).rglob('*.[ch]'))


def code_of(path):
    """The text without comments and literals; every newline stays."""
    def blank(match):
        return re.sub(r'[^\n]', ' ', match[0])
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'',
                  blank, path.read_text('utf-8'), flags=re.S)


def calls(path, names):
    pattern = re.compile(rf'(?<![\w.>])({"|".join(names)})\s*\(')
    for number, line in enumerate(code_of(path).splitlines(), 1):
        for match in pattern.finditer(line):
            yield f'{path.relative_to(ROOT)}:{number}: {match[1]} is banned here'


def test_banned_functions():
    wrong = []
    for path in c_files(*FOLDERS, 'tests/unit'):
        wrong += calls(path, BANNED)
    for path in c_files(*LIBRARIES):
        wrong += calls(path, BANNED_BELOW_CMD)
    assert not wrong, '\n'.join(wrong)


def test_first_line_says_what_for():
    wrong = []
    for path in c_files(*FOLDERS, 'tests/unit'):
        first = path.read_text('utf-8').partition('\n')[0]
        if not re.match(r'/\*( \S|$)', first) or path.name in first:
            wrong.append(f'{path.relative_to(ROOT)}: begins with no sentence '
                         'of purpose')
    assert not wrong, '\n'.join(wrong)


def test_no_machine_paths():
    machine = re.compile(r'/' + r'work/|/tmp/' + r'sites')
    outside = re.compile(r'\.\./' + r'shared')
    files = [ROOT / 'build.ninja', ROOT / 'pytest.ini', *ROOT.glob('*.md')]
    for folder in TEXT_FOLDERS:
        files += sorted((ROOT / folder).rglob('*'))
    wrong = []
    for path in files:
        if not path.is_file() or '__pycache__' in path.parts:
            continue
        name = path.relative_to(ROOT)
        allowed = name.parts[:2] in (('tests', 'scenario'),
                                     ('tests', 'support'))
        text = path.read_bytes().decode('utf-8', 'replace')
        for number, line in enumerate(text.splitlines(), 1):
            if machine.search(line) or (outside.search(line) and not allowed):
                wrong.append(f'{name}:{number}: names a path of one machine')
    assert not wrong, '\n'.join(wrong)
