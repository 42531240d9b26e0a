"""Small mistakes that can be made in a C file: a list of changed texts.

Only code is changed: no comment, string, directive or assertion.
"""
import dataclasses
import re

# what is not code
SKIPPED = re.compile(
    r'/\*.*?\*/|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|^#(?:[^\n]*\\\n)*[^\n]*'
    r'|\bassert\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\);', re.S | re.M)

# a pattern, and what is put in its place; \g<0> is what was there
RULES = [
    (r'==', '!='), (r'!=', '=='),
    (r'(?<=\s)<(?=\s)', '<='), (r'(?<=\s)<=(?=\s)', '<'),
    (r'(?<=\s)>(?=\s)', '>='), (r'(?<=\s)>=(?=\s)', '>'),
    (r'&&', '||'), (r'\|\|', '&&'),
    (r'(?<=\s)\+ 1\b', '+ 0'), (r'(?<=\s)- 1\b', '- 0'),
    (r'\btrue\b', 'false'), (r'\bfalse\b', 'true'),
    (r'(?<![\w.])\d+\b(?![\w.])', r'(\g<0> + 1)'),
    (r'\bif \((?=[^;{]*\)\n)', 'if (!'),
    (r'\bbreak;', 'continue;'), (r'\+=', '-='),
    # a call whose value nobody needs
    (r'(?<=[;{}\n])\n(\t+)\w+\((?:[^();]|\([^();]*\))*\);', r'\n\1;'),
]


@dataclasses.dataclass
class Mutation:
    file: str
    line: int
    was: str
    now: str
    text: str  # of the whole file

    def __str__(self):
        return f'{self.file}:{self.line}: {self.was} -> {self.now}'


def negated(code, start):
    """`if (!(...))`: the condition's end gets a parenthesis more."""
    depth, at = 0, code.index('(', start)
    for at in range(at, len(code)):
        depth += {'(': 1, ')': -1}.get(code[at], 0)
        if depth == 0:
            return code[start:code.index('(', start)] + '(!' + \
                code[code.index('(', start):at] + '))', at + 1
    return None, 0


def mutations(name, text):
    """All mutations of a file's text."""
    code = SKIPPED.sub(lambda match: re.sub(r'[^\n]', ' ', match[0]), text)
    for pattern, new in RULES:
        for match in re.finditer(pattern, code):
            start, end = match.span()
            now = match.expand(new)
            if new == 'if (!':
                now, end = negated(code, start)
                if not now:
                    continue
                now = now.replace(code[start:end - 1], text[start:end - 1])
            line = text.count('\n', 0, start + 1) + 1
            yield Mutation(name, line, ' '.join(text[start:end].split()),
                           ' '.join(now.split()),
                           text[:start] + now + text[end:])
