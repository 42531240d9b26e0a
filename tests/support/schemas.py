"""Holds the JSON that edgediff prints and writes against docs/schema."""
import functools
import json
import os
import pathlib
import warnings

with warnings.catch_warnings():
    warnings.simplefilter('ignore', DeprecationWarning)
    import jsonschema

from support.environment import ROOT

SCHEMAS = ROOT / 'docs/schema'
COMMANDS = ('announce', 'diff', 'inspect', 'invalidate', 'manifest', 'plan',
            'status', 'verify')
CHECKED = 1_000_000  # bytes; longer outputs have the same members


@functools.cache
def validator(name):
    path = SCHEMAS / f'{name}.json'
    schema = json.loads(path.read_text('utf-8'))
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', DeprecationWarning)
        resolver = jsonschema.RefResolver(path.as_uri(), schema)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


def faults(name, document):
    """What is wrong with a document, one a line: '' if nothing is."""
    return '\n'.join(
        f'{error.json_path}: {error.message}'
        for error in validator(name).iter_errors(document))


def check(name, text):
    wrong = faults(name, json.loads(text))
    assert not wrong, f'not as docs/schema/{name}.json says:\n{wrong}'


def values(args, option):
    """Those that are given to an option."""
    return [*(value for name, value in zip(args, args[1:]) if name == option),
            *(arg.removeprefix(f'{option}=') for arg in args
              if arg.startswith(f'{option}='))]


def printed(args, text):
    """The schema of what this command line prints; None if it isn't JSON."""
    output = values(args, '--output')
    if not args or args[0] not in COMMANDS or {'-h', '--help'} & set(args):
        return None
    if args[0] == 'invalidate' and '--dry-run' in args and \
            'paths' not in output:
        return 'invalidate' if text.startswith(b'[') else 'batch'
    return args[0] if output[-1:] == ['json'] else None


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def check_run(args, cwd, result):
    """Holds what a run printed, and its reports, against their schemas."""
    args = [os.fsdecode(arg) for arg in args]
    text, name = result.stdout, printed(args, result.stdout)
    # a run that fails prints nothing, or as much as it can
    if name and len(text) < CHECKED and (result.status == 0 or is_json(text)):
        check(name, text)
    for report in values(args, '--report') if result.status == 0 else ():
        path = pathlib.Path(cwd, report)
        if report.endswith('.json') and path.is_file() and \
                path.stat().st_size < CHECKED:
            check('report', path.read_bytes())
    for saved in values(args, '--save') if result.status == 0 else ():
        if pathlib.Path(cwd, saved).is_file():
            check('reading', pathlib.Path(cwd, saved).read_bytes())
