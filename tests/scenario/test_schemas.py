"""docs/schema describes all JSON that edgediff prints or writes, and nothing
else. support/schemas.py holds each run of each test against it as well."""
import copy
import json
import os
import pathlib
import re

import pytest

from support import ROOT, EdgeServer, deploy, run, schemas, tree

FILES = {path.stem for path in schemas.SCHEMAS.glob('*.json')}
CLOSED = {'additionalProperties', 'unevaluatedProperties'}


def read(name):
    return json.loads((schemas.SCHEMAS / f'{name}.json').read_text('utf-8'))


def parts(schema):
    """Each part of a schema that is a schema or holds some."""
    if isinstance(schema, dict):
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else \
            schema if isinstance(schema, list) else ():
        yield from parts(inner)


def test_schemas_are_schemas():
    assert len(FILES) == 12, FILES
    for name in FILES:
        validator = schemas.validator(name)
        validator.check_schema(validator.schema)


def test_schemas_are_strict():
    """No object takes members that are not described."""
    for name in FILES - {'common'}:
        for part in parts(read(name)):
            if part.get('type') == 'object' or \
                    part.get('$ref', '').endswith('/plan'):
                assert any(part.get(word) is False for word in CLOSED) or \
                    part == {'$ref': '#/$defs/plan'}, (name, part)


def test_every_schema_is_documented():
    page = (ROOT / 'docs/json.md').read_text('utf-8')
    assert set(re.findall(r'\(schema/(\w+)\.json\)', page)) == FILES
    commands = set(re.findall(r'^\| `(\w+)[ `]', page, re.M)) - {'--report'}
    assert commands == set(schemas.COMMANDS)


def of_builds():
    yield 'manifest', run(['manifest', 'new', '--output', 'json'])
    yield 'manifest', run(
        ['manifest', 'new', '--shard', '1/2', '--output', 'json'])
    yield 'diff', run(['diff', 'old', 'new', '--output', 'json'])
    yield 'plan', run(['plan', 'old', 'new', '--output', 'json'])
    for more in (['--fallback', 'index.html'], ['--never-widen', '/']):
        yield 'plan', run(['plan', 'old', 'new', '--output', 'json', *more])


def of_reports(server):
    plan = ['plan', 'old', 'new', '--report', 'report.json']
    for command in (['diff', *plan[1:]], plan, [*plan, '--never-widen', '/'],
                    ['plan', 'old', 'wide', *plan[3:], '--max-paths', '1']):
        run(command).expect(0)
        yield 'report', pathlib.Path('report.json').read_bytes()
    deploy(server, 'old', '--dry-run', *plan[3:]).expect(0)
    yield 'report', pathlib.Path('report.json').read_bytes()


def of_one(server):
    """A distribution: announced, refused, accepted, pending."""
    where = ['--distribution-id', 'E1', '--baseline', 'baseline']
    json_of = ['--output', 'json']
    yield 'status', run(['status', *where, *json_of])
    for _ in range(2):
        yield 'announce', run(['announce', 'old', *where, *json_of])
    yield 'status', run(['status', *where, *json_of])
    yield 'batch', deploy(server, 'old', '--dry-run')
    for build in ('old', 'old', 'new'):
        yield 'invalidate', deploy(server, build, *json_of)
    yield 'status', run(['status', *where, *json_of])
    tree('new', {'more.html': '1'})
    run(['announce', 'new', *where]).expect(0)
    deploy(server, 'old', '--report', 'report.json').expect(0)
    yield 'report', pathlib.Path('report.json').read_bytes()


def of_several(server):
    pathlib.Path('edgediff.conf').write_text(''.join(
        f'[{name}]\ndistribution-id = {name}\n' for name in (
            'EONE', 'ETWO', 'EDENIED', 'ECUT3')))
    for names in (('EONE', 'EDENIED'), ('EONE', 'ETWO'), ('ECUT3', 'EONE')):
        sections = [word for name in names
                    for word in ('--distribution', name)]
        more = [*sections, '--output', 'json']
        send = ['invalidate', 'old', *more, '--endpoint-url', server.url]
        yield 'invalidate', run([*send, '--dry-run'])
        yield 'invalidate', run(send, env={'AWS_MAX_ATTEMPTS': '1'})
        yield 'announce', run(['announce', 'new', *more])
        yield 'status', run(['status', *more])


def of_distributions(server):
    for name in ('S3REST', 'LEGACY', 'STAGING', 'TWOORIGINS', 'SPA'):
        yield 'inspect', run([
            'inspect', '--distribution-id', f'E1-{name}', '--endpoint-url',
            server.url, '--output', 'json', '--save', 'saved.json'])
        yield 'reading', pathlib.Path('saved.json').read_bytes()
    tree('before', {'a/x': '1', 'apis.html': '1'})
    tree('after', {'a/x': '2', 'apis.html': '2'})
    # the wildcard /a* can meet what another origin serves
    yield 'plan', run([
        'plan', 'before', 'after', '--distribution-id', 'E1-TWOORIGINS',
        '--foreign-cost', '0', '--endpoint-url', server.url, '--output',
        'json', '--report', 'report.json'])
    yield 'report', pathlib.Path('report.json').read_bytes()


def of_verifications():
    """Fresh, stale with an old Age, and failed; the edge serves the new build."""
    tree('site', {'index.html': '2', 'a.html': '2'})
    tree('was', {'index.html': '1', 'a.html': '1', 'gone.html': '1'})
    with EdgeServer() as edge:
        for more in ([], ['--old', 'was'],
                     ['--old', 'was', '--report', 'report.json']):
            yield 'verify', run([
                'verify', 'site', *more, '--url', edge.url, '--wait-timeout',
                '0', '--output', 'json'])
        yield 'report', pathlib.Path('report.json').read_bytes()
    yield 'verify', run(['verify', 'site', '--url', edge.url, '--wait-timeout',
                         '0', '--output', 'json'])


def of_checks(server, store):
    """A deployment with the look at the bucket and at the edge."""
    tree('site', {'index.html': '2', 'a.html': '2'})
    store.upload('site', 'site')
    deploy(server, 'was', distribution='EQUICK', baseline='checks').expect(0)
    with EdgeServer() as edge:
        yield 'invalidate', deploy(
            server, 'site', '--check-upload', 's3://site', '--check-wait', '0',
            '--verify', '--url', edge.url, '--wait-timeout', '0', '--output',
            'json', env={'AWS_ENDPOINT_URL_S3': store.url},
            distribution='EQUICK', baseline='checks')


@pytest.fixture(name='outputs')
def fixture_outputs(server, store):
    """(schema, document) of every kind of output."""
    tree('old', {'index.html': '1', 'a/b.html': '1', 'a/c.html': '1',
                 'gone.html': '1'})
    tree('new', {'index.html': '2', 'a/b.html': '1', 'a/c.html': '1',
                 os.fsdecode(b'\xff'): '1'})
    tree('wide', {'index.html': '2', 'a/b.html': '2', 'a/c.html': '1',
                  'gone.html': '1'})
    made = [*of_builds(), *of_reports(server), *of_several(server),
            *of_one(server), *of_distributions(server),
            *of_verifications(), *of_checks(server, store)]
    return [(name, json.loads(getattr(text, 'stdout', text)))
            for name, text in made]


def members(document):
    """The name of each member, at any depth."""
    if isinstance(document, dict):
        yield from document
    for inner in document.values() if isinstance(document, dict) else \
            document if isinstance(document, list) else ():
        yield from members(inner)


def described(name):
    return {member for part in parts(read(name))
            for member in part.get('properties', {})}


def test_everything_that_is_described_is_printed(outputs):
    for name, document in outputs:
        assert not schemas.faults(name, document)
    assert {name for name, _ in outputs} == FILES - {'common'}
    seen = {}
    for name, document in outputs:
        seen.setdefault(name, set()).update(members(document))
    for name, wanted in ((name, described(name)) for name in FILES):
        missing = wanted - seen.get(name, set().union(*seen.values()))
        assert not missing, f'no {name} has {missing}'


def objects(document):
    """Each object in it, with what changes it."""
    if isinstance(document, dict):
        yield document
    for inner in document.values() if isinstance(document, dict) else \
            document if isinstance(document, list) else ():
        yield from objects(inner)


def test_any_other_document_is_refused(outputs):
    """A member more, one of another type, or another number of the format."""
    tried = 0
    for name, document in outputs:
        for at in range(len(list(objects(document)))):
            changed = copy.deepcopy(document)
            spot = list(objects(changed))[at]
            spot['more'] = 1
            assert schemas.faults(name, changed), (name, spot)
            del spot['more']
            for member, value in list(spot.items()):
                spot[member] = [value, None]
                assert schemas.faults(name, changed), (name, member)
                spot[member] = value
            if 'format' in spot:
                spot['format'] = 2
                assert schemas.faults(name, changed), (name, spot)
            tried += 1
    assert tried > 100


def test_what_a_test_runs_is_checked(monkeypatch, folder):
    """support/schemas.py sees an output that is not as described."""
    tree('old', {'a': '1'})
    real = run(['plan', 'old', 'old', '--output', 'json', '--report',
                'report.json']).expect(0).out
    (folder / 'printed').write_text(real)
    program = folder / 'program'
    program.write_text('#!/bin/sh\ncat printed\n')
    program.chmod(0o755)
    monkeypatch.setenv('EDGEDIFF', str(program))
    command = ['plan', 'old', 'old', '--output=json', '--report',
               'report.json']
    run(command)
    report = (folder / 'report.json').read_text()
    for path, text in (('printed', real), ('report.json', report)):
        (folder / path).write_text(text.replace('"stale"', '"more"'))
        with pytest.raises(AssertionError, match=r'not as docs/schema'):
            run(command)
        (folder / path).write_text(text)
    (folder / 'printed').write_text(real[:-3])
    with pytest.raises(json.JSONDecodeError):
        run(command)
