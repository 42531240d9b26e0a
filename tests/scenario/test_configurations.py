"""The loopback CloudFront describes distributions in the XML of the service:
botocore's parser reads it as it was meant, and what botocore's serializer writes
means the same to edgediff."""
import copy
import json
import pathlib
import re
import sys

import pytest
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from botocore.session import get_session

from support import ROOT, Server, run

sys.path.insert(0, str(ROOT / 'tests'))
import configurations  # noqa: E402

NAMESPACE = 'http://cloudfront.amazonaws.com/doc/2020-05-31/'
DESCRIBED = configurations.Configurations()


@pytest.fixture(scope='module', name='model')
def fixture_model():
    return get_session().get_service_model('cloudfront')


def known(value, shape):
    """The value without members that this version of botocore does not have."""
    if isinstance(value, dict):
        return {key: known(member, shape.members[key])
                for key, member in value.items() if key in shape.members}
    if isinstance(value, list):
        return [known(member, shape.member) for member in value]
    return value


def plain(value):
    """What a parser made, with times as in the description."""
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(member) for member in value]
    if hasattr(value, 'isoformat'):
        return value.strftime('%Y-%m-%dT%H:%M:%S.%fZ').replace(
            '.000000Z', 'Z')
    return value


def described():
    for one in DESCRIBED.distributions.values():
        yield 'GetDistribution', 'Distribution', one
    for (kind, _), one in DESCRIBED.policies.items():
        yield f'Get{kind}', kind, one
    yield 'ListDistributions', 'DistributionList', {
        'DistributionList': DESCRIBED.page('', 3)}


def test_botocore_reads_what_is_served(model):
    parser = create_parser('rest-xml')
    for operation, root, one in described():
        shape = model.operation_model(operation).output_shape
        text = configurations.document(root, one[root], NAMESPACE)
        read = parser.parse({'status_code': 200, 'headers': {
            'etag': one.get('ETag', '')}, 'body': text.encode()}, shape)
        wanted = known(one[root], shape.members[root])
        assert plain(read[root]) == wanted, operation


@pytest.mark.parametrize('name', sorted(DESCRIBED.distributions))
def test_edgediff_reads_what_botocore_writes(name, model, tmp_path):
    """The same conclusions, though elements are in another order."""
    operation = model.operation_model('CreateDistribution')
    one = copy.deepcopy(DESCRIBED.distributions[name])
    whole = one['Distribution']
    whole['DistributionConfig'] = known(
        whole['DistributionConfig'],
        operation.input_shape.members['DistributionConfig'])
    body = create_serializer('rest-xml', False).serialize_to_request(
        {'DistributionConfig': whole['DistributionConfig']},
        operation)['body'].decode()
    rest = ''.join(configurations.element(key, value)
                   for key, value in whole.items()
                   if key != 'DistributionConfig')
    body = re.sub(r' xmlns="[^"]*"', '', body)
    texts = {'json': {'ours.json': json.dumps({**one, 'ETag': 'ETAGRAW'})},
             'xml': {f'{name}.xml': f'<Distribution xmlns="{NAMESPACE}">'
                     f'{body}{rest}</Distribution>'}}
    said = {}
    for kind, files in texts.items():
        folder = tmp_path / kind
        folder.mkdir()
        for file, text in {**files, 'policies.json': (
                configurations.FOLDER / 'policies.json').read_text()}.items():
            (folder / file).write_text(text)
        with Server(f'{kind}.log', '--distributions', str(folder)) as server:
            said[kind] = run(['inspect', '--distribution-id', name,
                              '--endpoint-url', server.url, '--save',
                              f'{kind}.saved']).expect(0).out
    assert said['json'] == said['xml']
    assert pathlib.Path('json.saved').read_text() == \
        pathlib.Path('xml.saved').read_text()


def test_faults(tmp_path):
    """Each fault of a read is as it is said."""
    with Server('log', '--fault', 'GetCachePolicy=DENIED', '--fault',
                'ListDistributions=503') as server:
        run(['inspect', '--distribution-id', 'E1-S3REST', '--endpoint-url',
             server.url]).expect(0, 'lack cloudfront:GetCachePolicy')
        run(['inspect', '--alias', 'spa.example.com', '--endpoint-url',
             server.url]).expect(0, 'trying again')
        assert [(e['operation'], e['status']) for e in server.log()] == [
            ('GetDistribution', 200), ('GetCachePolicy', 403),
            ('ListDistributions', 503), ('ListDistributions', 200),
            ('GetDistribution', 200), ('GetCachePolicy', 403)]
        assert all(e['signature'] == 'ok' for e in server.log())
