"""The examples of AWS's manual as cases: each command, in each form of output.

They are those of the AWS CLI's reference for the commands about invalidations of a
distribution and of a distribution tenant, with the answers that it shows. The
AWS CLI before 2.34 knows no tenants.
"""
from cases import COMPLETED, EMPTY, GOOD, GOT, SEVEN, case, error, xml
from replay import NAMESPACE, batch_of, invalidation

OUTPUTS = ('json', 'text', 'table', 'yaml', 'yaml-stream', 'off')
URL = 'https://cloudfront.amazonaws.com/'
TENANT = 'dt_2wjDZi3hD1ivOXf6rpZJOSNE1AB'
FILES = {'inv-batch.json': '''{
    "Paths": {
        "Quantity": 2,
        "Items": [
            "/example-path/example-file.jpg",
            "/example-path/example-file2.png"
        ]
    },
    "CallerReference": "cli-example"
}
'''}


def created(where, name, *paths, reference, time):
    return xml(
        invalidation(batch_of(*paths, reference=reference), name, time=time), 201,
        headers=(('Content-Type', 'text/xml'),
                 ('Location', f'{URL}{where}/invalidation/{name}')))


def got(name, *paths, reference, time):
    return xml(invalidation(batch_of(*paths, reference=reference), name,
                            status='Completed', time=time))


def listed(name, time, head='', tail=''):
    """A list of one; what comes before and after its Items."""
    return xml(f'<?xml version="1.0"?>\n<InvalidationList xmlns="{NAMESPACE}">'
               f'{head}<Items><InvalidationSummary><Id>{name}</Id><CreateTime>'
               f'{time}</CreateTime><Status>Completed</Status>'
               f'</InvalidationSummary></Items>{tail}</InvalidationList>')


CREATE, GET, LISTS = ('create-invalidation', 'get-invalidation',
                      'list-invalidations')
OF_TENANT = '-for-distribution-tenant'
WAIT = 'wait invalidation-completed'
WAIT_OF_TENANT = 'wait invalidation-for-distribution-tenant-completed'
OLD = '2019-12-05T18:40:49.413Z'
EXAMPLES = (
    ('of paths', CREATE, '--distribution-id EDFDVBD6EXAMPLE --paths '
     '"/example-path/example-file.jpg" "/example-path/example-file2.png"',
     created('2019-03-26/distribution/EDFDVBD6EXAMPLE', 'I1JLWSDAP8FU89',
             '/example-path/example-file2.png', '/example-path/example-file.jpg',
             reference='cli-1575570291-670203', time='2019-12-05T18:24:51.407Z')),
    ('of a batch', CREATE, '--distribution-id EDFDVBD6EXAMPLE '
     '--invalidation-batch file://inv-batch.json',
     created('2019-03-26/distribution/EDFDVBD6EXAMPLE', 'I2J0I21PCUYOIK',
             '/example-path/example-file.jpg', '/example-path/example-file2.png',
             reference='cli-example', time=OLD)),
    ('of one', GET, '--id I2J0I21PCUYOIK --distribution-id EDFDVBD6EXAMPLE',
     got('I2J0I21PCUYOIK', '/example-path/example-file.jpg',
         '/example-path/example-file-2.jpg', reference='cli-example', time=OLD)),
    ('of a list', LISTS, '--distribution-id EDFDVBD6EXAMPLE',
     listed('YNY2LI2BVJ4NJU', '2019-08-31T21:15:52.042Z', '<Marker></Marker>',
            '<IsTruncated>false</IsTruncated><MaxItems>100</MaxItems>'
            '<Quantity>1</Quantity>')),
    ('of one until it is completed', WAIT,
     '--id I2J0I21PCUYOIK --distribution-id EDFDVBD6EXAMPLE', COMPLETED),
    ('of a tenant', CREATE + OF_TENANT, '--id dt_2wjDZi3hD1ivOXf6rpZJO1AB '
     '--invalidation-batch \'{"Paths": {"Quantity": 1, "Items": ["/*"]}, '
     '"CallerReference": "invalidation-1783101622"}\'',
     created('2020-05-31/distribution-tenant/dt_2wjDZi3hD1ivOXf6rpZJO1AB',
             'I2JGL2F1ZAA426PGG0YLLKABC', '/*',
             reference='invalidation-1783101622',
             time='2025-05-07T16:59:25.947Z')),
    ('of one of a tenant', GET + OF_TENANT, f'--distribution-tenant-id {TENANT} '
     '--id I4CU23QAPKMUDUU06F9OFGFABC',
     got('I4CU23QAPKMUDUU06F9OFGFABC', '/example/invalidation',
         '/more/invalidations', reference='007ee5a6-d0a0-42be-bb61-e7b915969b48',
         time='2025-05-06T15:46:12.824Z')),
    ('of a list of a tenant', LISTS + OF_TENANT, f'--id {TENANT}',
     listed('I4CU23QAPKMUDUU06F9OFGFABC', '2025-05-06T15:46:12.824Z')),
    ('of one of a tenant until it is completed', WAIT_OF_TENANT,
     f'--distribution-tenant-id {TENANT} --id I4CU23QAPKMUDUU06F9OFGFABC',
     COMPLETED),
)
for _name, _command, _args, _answer in EXAMPLES:
    for _output in OUTPUTS:
        case(_command, f"manual's example {_name}, {_output}",
             f'{_args} --output {_output}', _answer, FILES,
             newer='tenant' in _command or _output == 'off')

# ------------------------------------------------------------------- tenants

BATCH = f"--id dt_1 --invalidation-batch '{GOOD}'"
ONE = '--distribution-tenant-id dt_1 --id I1'
NOT_FOUND = error(404, 'EntityNotFound', 'The entity was not found.')


def tenant(command, name, args, answers, **more):
    case(command, f'tenant {name}', args, answers, newer=True, **more)


for _output in 'json', 'text', 'table', 'yaml':
    for _name, _command, _args, _answer in (
            ('', CREATE + OF_TENANT, BATCH, GOT),
            ('', GET + OF_TENANT, ONE, GOT),
            ('', LISTS + OF_TENANT, '--id dt_1', SEVEN),
            (' none', LISTS + OF_TENANT, '--id dt_1', EMPTY),
            (' four', LISTS + OF_TENANT, '--id dt_1 --max-items 4', SEVEN),
            (' query', LISTS + OF_TENANT, '--id dt_1 --query '
             '"InvalidationList.Items[?Status==\'Completed\'].[Id,Status]"',
             SEVEN),
            (' query', GET + OF_TENANT, f'{ONE} --query Invalidation.Status',
             GOT)):
        tenant(_command, f'output{_name} {_output}',
               f'{_args} --output {_output}', _answer)
for _command, _args in ((CREATE, BATCH), (GET, ONE), (LISTS, '--id dt_1')):
    tenant(_command + OF_TENANT, 'not found', _args, NOT_FOUND)
    tenant(_command + OF_TENANT, 'not found, json', f'{_args} '
           '--cli-error-format json', NOT_FOUND)
    tenant(_command + OF_TENANT, 'id empty', _args.replace('dt_1', '""'), GOT)
    tenant(_command + OF_TENANT, 'id to be encoded',
           _args.replace('dt_1', '"a/ä b"'), GOT)
    tenant(_command + OF_TENANT, 'nothing', '', GOT)
    tenant(_command + OF_TENANT, 'distribution', f'{_args} --distribution-id E',
           GOT)
    tenant(_command + OF_TENANT, 'skeleton', '--generate-cli-skeleton', GOT)
    tenant(_command + OF_TENANT, 'skeleton of the output',
           f'{_args} --generate-cli-skeleton output', GOT)
tenant(CREATE + OF_TENANT, 'paths', '--id dt_1 --paths /a', GOT)
tenant(CREATE + OF_TENANT, 'shorthand', '--id dt_1 --invalidation-batch '
       'Paths={Quantity=1,Items=[/a]},CallerReference=r', GOT)
tenant(CREATE + OF_TENANT, 'input JSON', '--cli-input-json '
       f'\'{{"Id":"dt_2","InvalidationBatch":{GOOD}}}\'', GOT)
for _args in ('--page-size 2', '--max-items x', '--max-items -1', '--marker I02',
              '--no-paginate', '--starting-token I02', '--max-items 2 --output '
              'text', '--no-paginate --page-size 1'):
    tenant(LISTS + OF_TENANT, _args, f'--id dt_1 {_args}', SEVEN)
tenant(WAIT_OF_TENANT, 'completed', ONE, COMPLETED)
tenant(WAIT_OF_TENANT, 'not found', ONE, NOT_FOUND)
tenant(WAIT_OF_TENANT, 'no id', '--id I1', COMPLETED)
