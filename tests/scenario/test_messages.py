"""Errors say what is wrong, where, and what to do about it."""
import hashlib
import pathlib

from support import Server, deploy, run, tar, tree
import loopback

ROLE = 'arn:aws:iam::123456789012:role/'
NO_KEYS = {'AWS_ACCESS_KEY_ID': None, 'AWS_SECRET_ACCESS_KEY': None}


def deploy_site(server, distribution, *more, **env):
    return deploy(server, 'site', *more, distribution=distribution,
                  baseline=None, env=env)


def test_what_cloudfront_refuses(server):
    tree('site', {'index.html': 'one'})
    deploy_site(server, 'EDENIED').expect(
        1, 'lack cloudfront:CreateInvalidation on distribution EDENIED')
    deploy_site(server, 'ENOSUCH').expect(
        1, 'from the variables AWS_ACCESS_KEY_ID', 'ENOSUCH',
        'check --distribution-id', 'belongs to another account', '--profile',
        'aws sts get-caller-identity')
    deploy_site(server, 'EEXPIRED').expect(
        1, 'the session token has expired', 'AWS_SESSION_TOKEN to new')
    deploy_site(server, 'E1', AWS_SECRET_ACCESS_KEY='another').expect(
        1, 'both come from the variables AWS_ACCESS_KEY_ID')
    deploy_site(server, 'E2', AWS_ACCESS_KEY_ID='AKIDANOTHER').expect(
        1, 'does not know the access key', 'the variables')
    deploy_site(server, 'EFAULTSKEW').expect(
        0, "set this machine's clock, which is 60 minutes behind")


def test_where_expired_keys_are_from():
    """Each way to renew them is named; the keys never are."""
    tree('site', {'index.html': 'one'})
    key = loopback.issued('x', prefix=loopback.EXPIRED)
    secret, token = loopback.secret_of(key), loopback.token_of(key)
    keys = f'aws_access_key_id = {key}\naws_secret_access_key = {secret}\n' \
           f'aws_session_token = {token}\n'
    tree('.', {'config': f'[default]\n{keys}', 'shared': f'[default]\n{keys}',
               'process': '[default]\ncredential_process = cat json\n',
               'json': '{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": '
                       '"%s", "SessionToken": "%s"}' % (key, secret, token)})
    with Server(None, '--access-key', 'issued') as server:
        for env, words in (
                ({'AWS_SHARED_CREDENTIALS_FILE': 'shared'},
                 'into the credentials file'),
                ({'AWS_CONFIG_FILE': 'config'}, 'into the configuration file'),
                ({'AWS_CONFIG_FILE': 'process'}, 'aws sso login')):
            result = deploy_site(server, 'E', **{**NO_KEYS, **env}).expect(
                1, 'the session token has expired: ', words)
            for hush in (key, secret, token):
                assert hush not in result.err


def test_roles_that_cannot_be_assumed(server, sts):
    tree('site', {'index.html': 'one'})
    tree('.', {'token': 'a.b.c', 'config': f'[default]\nrole_arn = {ROLE}denied'
               '\ncredential_source = Environment\n'})
    key = loopback.issued('base', prefix='AKIA')
    deploy_site(server, 'E', '--profile', 'default', AWS_CONFIG_FILE='config',
                AWS_ENDPOINT_URL_STS=sts.url, AWS_ACCESS_KEY_ID=key,
                AWS_SECRET_ACCESS_KEY=loopback.secret_of(key)).expect(
                    1, f'lack sts:AssumeRole on {ROLE}denied', 'trust policy')
    for name, words in (
            ('denied', ['allows sts:AssumeRoleWithWebIdentity',
                        f'{ROLE}denied', 'aud and sub']),
            ('oldtoken', ['AWS_WEB_IDENTITY_TOKEN_FILE has expired',
                          'make a new one'])):
        deploy_site(server, 'E', AWS_ENDPOINT_URL_STS=sts.url, **NO_KEYS,
                    AWS_WEB_IDENTITY_TOKEN_FILE='token',
                    AWS_ROLE_ARN=ROLE + name).expect(1, *words)


def test_what_s3_refuses(server, store):
    tree('site', {'index.html': 'one'})
    for bucket, words in (
            ('denied', ['lack s3:GetObject on s3://denied/b',
                        's3:ListBucket']),
            ('deniedput', ['lack s3:PutObject on s3://deniedput/b.probe'])):
        deploy_site(server, 'E', '--baseline', f's3://{bucket}/b',
                    AWS_ENDPOINT_URL_S3=store.url).expect(1, *words)


def test_paths_that_git_bash_has_rewritten():
    tree('site', {'index.html': 'one'})
    root = 'C:/Program Files/Git'
    for option, value in (('--prefix', f'{root}/docs/'),
                          ('--explain', f'{root}/docs/a.html'),
                          ('--never-widen', f'{root}/api/'),
                          ('--immutable', f'{root}/assets/*'),
                          ('--exclude', 'D:\\msys64\\drafts')):
        result = run(['plan', 'site', 'site', option, value])
        result.expect(2, f"{option} '", 'expected a path of the site',
                      'MSYS_NO_PATHCONV=1')
    run(['plan', 'site', 'site', '--exclude', 'C:x']).expect(0)


def test_manifests_of_other_programs():
    line = hashlib.sha256(b'').hexdigest() + '  index.html\n'
    files = {'sha256': line, 'binary': line.replace('  ', ' *'),
             'md5': 'd41d8cd98f00b204e9800998ecf8427e  a\n',
             'sha1': hashlib.sha1(b'').hexdigest() + '  a\n',
             'json': '\n{"main.js": "main.1.js"}\n', 'list.json': '[1]',
             'hashdeep': '%%%% HASHDEEP-1.0\n%%%% size,md5,sha256,filename\n',
             'mtree': '#mtree\n/set type=file\n', 'notes': 'some text\n',
             'bom': '\ufeff{"a": 1}'}
    tree('.', files)
    tree('site', {'index.html': 'one'})
    make = "'edgediff manifest BUILD >FILE' makes a manifest"
    for name, words in (('sha256', 'SHA-256'), ('binary', 'SHA-256'),
                        ('md5', 'MD5'), ('sha1', 'SHA-1'), ('json', 'JSON'),
                        ('list.json', 'JSON'), ('bom', 'JSON'),
                        ('hashdeep', 'hashdeep prints'),
                        ('mtree', 'mtree specification')):
        for args in (['diff', name, 'site'], ['diff', 'site', name]):
            run(args).expect(1, f'{name}: this looks like', words, make)
        run(['merge', name]).expect(
            1, f'{name}: not an edgediff manifest, but', words,
            "'edgediff manifest' makes")
    result = run(['diff', 'notes', 'site']).expect(1, 'neither a folder')
    assert 'looks like' not in result.err
    # a tar begins with a name, whatever that is
    for name in ('[id].html', '{a}', line[:64] + '  x'):
        tar('site.tar', [(name, b'one')])
        run(['manifest', 'site.tar']).expect(0)
        cut = pathlib.Path('site.tar').read_bytes()[:700]
        pathlib.Path('cut.tar').write_bytes(cut)
        result = run(['manifest', 'cut.tar'])
        assert result.status == 1 and 'looks like' not in result.err, result
