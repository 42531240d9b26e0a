"""Builds that look like something else than the site."""
import itertools
import os
import pathlib
import re

import pytest

from support import deploy, run, sites, tar, tree, zip_archive

PUBLIC = {f'public/{name}': name for name in
          ('index.html', 'a.html', 'blog/index.html', 'blog/b.html')}
POINTER = ('version https://git-lfs.github.com/spec/v1\n'
           'oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n'
           'size 12345\n')
GUARDS = re.compile(rb'--allow (\w+)')


def posts(count, folder=''):
    return {f'{folder}{i}.html': f'post {i}' for i in range(count)}


def archives(files):
    members = [(name, text.encode()) for name, text in files.items()]
    tar('build.tar', members)
    tar('build.tgz', members, 'w:gz')
    zip_archive('build.zip', members)


def refused(server, build, guard, *say):
    """invalidate and its dry run refuse, and leave everything as it is."""
    baseline = pathlib.Path('baseline')
    saved = baseline.exists() and baseline.read_bytes()
    sent = len(server.log())
    for more in ((), ('--dry-run',)):
        deploy(server, build, *more).expect(1, f'--allow {guard}', *say)
    assert len(server.log()) == sent
    assert (baseline.exists() and baseline.read_bytes()) == saved


def test_a_lone_build_folder(server):
    tree('build', PUBLIC)
    archives(PUBLIC)
    for build in 'build', 'build.tar', 'build.tgz', 'build.zip':
        refused(server, build, 'root', f'{build}: all 4 objects are below '
                'public/ and no page is at the top: did you mean --root '
                'public?')
    deploy(server, 'build', '--root', 'public').expect(0)
    # the same build without --root is refused with this baseline, too
    refused(server, 'build', 'root')
    deploy(server, 'build', '--allow', 'root').expect(0)
    # what was accepted is no reason to refuse again
    tree('next', {**PUBLIC, 'public/c.html': 'c'})
    done = deploy(server, 'next').expect(0)
    assert b'--allow' not in done.stderr, done.stderr


def test_the_root_to_suggest_is_below_the_one_given(server):
    tree('build', {f'site-main/{key}': text for key, text in PUBLIC.items()})
    refused(server, 'build', 'root', '--root site-main/public?')
    for root in 'site-main', 'site-main/':
        deploy(server, 'build', '--root', root).expect(
            1, 'below public/', '--root site-main/public?')


def test_an_unknown_folder_is_only_a_warning(server):
    tree('build', {'assets/a.css': 'a', 'assets/b.css': 'b'})
    deploy(server, 'build').expect(
        0, 'warning: build: all 2 objects are below assets/')
    tree('next', {'assets/a.css': 'a', 'assets/b.css': 'c'})
    done = deploy(server, 'next').expect(0)
    assert b'warning' not in done.stderr, done.stderr


def test_an_archive_in_an_archive(server):
    zip_archive('pages.zip', [('artifact.tar', b'not read')])
    refused(server, 'pages.zip', 'archive', 'artifact.tar')
    deploy(server, 'pages.zip', '--allow', 'archive').expect(0)


def test_a_sub_folder(server):
    tree('site', {**posts(34, 'blog/'), **posts(40, 'docs/')})
    deploy(server, 'site').expect(0)
    refused(server, 'site/docs', 'moved', 'deployed as docs/ before',
            '74 of the 74 objects deployed before are gone')
    deploy(server, 'site/docs', '--allow', 'root,moved').expect(0)


def test_the_folder_above(server):
    tree('project/public', posts(40))
    tree('project/src', posts(40, 'text/'))
    deploy(server, 'project/public').expect(0)
    refused(server, 'project', 'moved', 'now below public/',
            'did you mean --root public?')


def test_a_part_that_is_missing(server):
    tree('site', posts(74))
    texts = [run(['manifest', 'site', '--shard', f'{i}/3']).expect(0).stdout
             for i in (1, 2, 3)]
    for i, text in enumerate(texts):
        pathlib.Path(f'part{i}').write_bytes(text)
    pathlib.Path('two').write_bytes(
        run(['merge', '--partial', 'part0', 'part2']).expect(0).stdout)
    pathlib.Path('three').write_bytes(
        run(['merge', 'part0', 'part1', 'part2']).expect(0).stdout)
    refused(server, 'two', 'partial', '--shard 2/3')
    deploy(server, 'three').expect(0)
    refused(server, 'two', 'partial', '--shard 2/3')
    deploy(server, 'two', '--allow', 'moved', '--allow', 'partial').expect(0)


def test_other_commands_warn():
    tree('build', PUBLIC)
    tree('site', {'index.html': 'home'})
    for args in (['manifest', 'build'], ['plan', 'site', 'build'],
                 ['diff', 'site', 'build'], ['plan', 'build', 'build']):
        run(args).expect(0, 'warning: build: all 4 objects are below public/')
        done = run([*args, '--allow', 'root']).expect(0)
        assert not done.stderr, done.stderr
    done = run(['manifest', 'build', '--shard', '1/2']).expect(0)
    assert not done.stderr, done.stderr


def test_what_is_allowed_is_checked(server):
    tree('build', PUBLIC)
    for wrong in 'roots', 'root,', '', 'root moved':
        run(['manifest', 'build', '--allow', wrong]).expect(
            2, '--allow', 'archive, root, moved')
    pathlib.Path('edgediff.conf').write_text(
        '[site]\ndistribution-id = E1\nallow = roots\n')
    deploy(server, 'build', '--distribution', 'site').expect(
        2, 'edgediff.conf, line 3: --allow roots')
    pathlib.Path('edgediff.conf').write_text(
        '[site]\ndistribution-id = E1\nallow = root\n')
    deploy(server, 'build', '--distribution', 'site').expect(0)


def test_an_empty_build_is_allowed_by_either_name(server):
    os.mkdir('empty')
    deploy(server, 'empty').expect(1, '--allow-empty')
    deploy(server, 'empty', '--allow', 'empty').expect(0)


def test_git_lfs_pointers(server):
    """With the stat cache, too, and in archives of any kind."""
    files = {'index.html': 'home', 'b.png': POINTER, 'a/b.png': POINTER,
             'big': POINTER + 'x' * 1024, 'z.png': POINTER[1:]}
    tree('build', files)
    archives(files)
    said = 'a/b.png and 1 other file are Git LFS pointers'
    for build in 'build', 'build.tar', 'build.tgz', 'build.zip':
        run(['manifest', build]).expect(0, f'warning: {build}: {said}')
    for _ in range(3):
        run(['manifest', 'build', '--cache', 'cache']).expect(0, said)
        deploy(server, 'build').expect(0, said)
    done = run(['manifest', 'build', '--allow', 'lfs']).expect(0)
    assert not done.stderr, done.stderr


@pytest.mark.parametrize('variables, warned', [
    ({}, False), ({'CI': 'false'}, False), ({'CI': ''}, False),
    ({'CI': 'true'}, True), ({'GITLAB_CI': 'true'}, True),
    ({'JENKINS_URL': 'http://j/'}, True), ({'TF_BUILD': 'True'}, True)])
def test_a_lost_baseline_in_ci(server, variables, warned):
    tree('build', {'index.html': 'home'})
    done = deploy(server, 'build', env=variables).expect(0)
    assert (b'keep .edgediff/ between runs, or use --baseline '
            b's3://BUCKET/KEY' in done.stderr) == warned, done.stderr
    assert (b'everything is invalidated' in done.stderr) == warned
    again = deploy(server, 'build', env=variables).expect(0)
    assert b'warning' not in again.stderr, again.stderr


def test_a_lost_baseline_in_a_workflow(server):
    tree('build', {'index.html': 'home'})
    done = deploy(server, 'build', '--first-run', 'none',
                  env={'GITHUB_ACTIONS': 'true'}).expect(0)
    assert b'::warning' in done.stderr, done.stderr
    assert b'nothing is invalidated, whatever has changed' in done.stderr


def alarms(old, new):
    """What the guards say of a step from one build to the other, and back."""
    for args in ['diff', old, new], ['diff', new, old]:
        yield from GUARDS.findall(run(list(map(str, args))).expect(0).stderr)


@pytest.mark.timeout(300)
@pytest.mark.parametrize('name', [
    'swagger-ui-dist', 'bootstrap-icons', 'mathjax', 'monaco-editor',
    'n8n-editor-ui'])
def test_no_false_alarm_on_published_sites(name):
    folder = sites(name)
    versions = sorted((path for path in folder.iterdir() if path.is_dir()),
                      key=lambda path: [int(n) for n in
                                        path.name.split('.')])
    assert len(versions) > 3
    for old, new in itertools.pairwise(versions):
        assert not list(alarms(old, new)), (old, new)


def documentation(tree):
    """The folder of a package with the index page nearest to its top."""
    found = [path for path in tree.rglob('index.html') if path.is_file()]
    return min(found, key=lambda path: len(path.parts)).parent


@pytest.mark.timeout(300)
def test_no_false_alarm_on_documentation():
    """Debian's -doc packages, unpacked: $EDGEDIFF_SITES/debian/NAME/SUITE."""
    folder = pathlib.Path(os.environ.get('EDGEDIFF_SITES', '')) / 'debian'
    packages = sorted(folder.iterdir()) if folder.is_dir() else []
    if 'EDGEDIFF_SITES' not in os.environ or not packages:
        pytest.skip('real sites: $EDGEDIFF_SITES/debian holds no packages')
    for package in packages:
        suites = sorted(package.iterdir())
        for old, new in itertools.pairwise(suites):
            assert not list(alarms(old, new)), package
            assert not list(alarms(documentation(old),
                                   documentation(new))), package
