"""One tree in every form that a build can have: the same manifest bytes."""
import os
import random
import subprocess

from support import compress, run, tar, tree, zip_archive

FILES = {
    'index.html': b'home', 'a/index.html': b'a', 'a/b c.html': b'blank',
    '.well-known/security.txt': b'mail', 'empty': b'',
    'caf\u00e9/\u65e5\u672c.html': b'unicode', "it's~.js": b'doubtful',
    'big.bin': random.Random(7).randbytes(3 << 20), 'a-b/x': b'1', 'a.b/x': b'2',
}
BINARY = {**{os.fsdecode(b'raw\xff\xfe.html'): b'raw'}, 'new\nline': b'n',
          'back\\slash': b'b', 'tab\there': b't'}


def manifest(build, *more, **how):
    return run(['manifest', build, *more], **how).expect(0).stdout


def members(files=FILES, top='', seed=None):
    found = [(top + name, content) for name, content in files.items()]
    if seed is not None:
        random.Random(seed).shuffle(found)
    return found


def test_folder_and_archives_agree():
    wanted = manifest(tree('folder', FILES))
    tar('site.tar', members())
    assert manifest('site.tar') == wanted
    for suffix in ('gz', 'bz2', 'xz', 'zst'):
        compress('site.tar', f'site.tar.{suffix}')
        assert manifest(f'site.tar.{suffix}') == wanted, suffix
    zip_archive('site.zip', members())
    assert manifest('site.zip') == wanted
    zip_archive('stored.zip', members(seed=3), 0)
    assert manifest('stored.zip') == wanted


def test_order_dates_and_modes_do_not_matter():
    wanted = manifest(tree('one', FILES))
    shuffled = dict(members(seed=1))
    tree('two', shuffled)
    for path, _, names in os.walk('two'):
        for name in names:
            os.utime(os.path.join(path, name), (1, 1))
            os.chmod(os.path.join(path, name), 0o600)
    assert manifest('two') == wanted
    for seed in range(5):
        tar('shuffled.tar', members(seed=seed))
        assert manifest('shuffled.tar') == wanted


def test_locale_and_zone_do_not_matter():
    tree('folder', {**FILES, **BINARY})
    zip_archive('site.zip', members())
    folder, site = manifest('folder'), manifest('site.zip')
    for env in ({'LC_ALL': 'C'}, {'LC_ALL': 'tr_TR.UTF-8'}, {'LC_ALL': None},
                {'TZ': 'Pacific/Kiritimati'}, {'LANG': 'de_DE', 'LC_ALL': ''}):
        assert manifest('folder', env=env) == folder, env
        assert manifest('site.zip', env=env) == site, env


def test_odd_names():
    tree('folder', BINARY)
    done = subprocess.run(['tar', '--sort=name', '-cf', 'site.tar', '-C',
                           'folder', '.'], check=False)
    assert done.returncode == 0
    text = manifest('folder')
    assert manifest('site.tar') == text
    assert text.count(b'\n') == len(BINARY) + 2
    assert b' new\\x0aline\n' in text and b' back\\x5cslash\n' in text
    with open('saved', 'wb') as file:
        file.write(text)
    assert manifest('saved') == text, 'write, read, write'


def test_root_and_exclude():
    wanted = manifest(tree('folder', FILES))
    tar('package.tgz', members(top='package/')
        + [('package-2/x', b'other'), ('README', b'other')], 'w:gz')
    assert manifest('package.tgz', '--root', 'package') == wanted
    assert manifest('package.tgz', '--root', 'package/') == wanted
    tree('outer', dict(members(top='package/')))
    assert manifest('outer', '--root', 'package') == wanted
    result = run(['manifest', 'outer', '--root', 'missing'])
    assert result.status == 1 and 'missing' in result.err, str(result)
    tree('more', {**FILES, 'x.map': b'1', 'a/y.map': b'2'})
    assert manifest('more', '--exclude', '*.map') == wanted


def test_links():
    wanted = manifest(tree('folder', {
        'a/x': 'text', 'b/x': 'text', 'y': 'text'}))
    tree('linked', {'a/x': 'text'})
    os.symlink('a', 'linked/b')
    os.symlink('a/x', 'linked/y')
    assert manifest('linked') == wanted
    os.symlink('nowhere', 'linked/z')
    result = run(['manifest', 'linked'])
    assert result.status == 1 and 'z' in result.err, str(result)
    os.remove('linked/z')
    os.symlink('..', 'linked/a/up')
    result = run(['manifest', 'linked'])
    assert result.status == 1 and 'a/up' in result.err, str(result)


def test_hard_links_in_an_archive():
    tree('folder', {'a': 'text', 'b': 'text'})
    tree('linked', {'a': 'text'})
    os.link('linked/a', 'linked/b')
    subprocess.run(['tar', '-cf', 'linked.tar', '-C', 'linked', 'a', 'b'],
                   check=True)
    assert manifest('linked.tar') == manifest('folder') == manifest('linked')


def test_every_cut_of_an_archive_is_refused():
    files = [('a.html', b'a' * 700), ('b.html', b'b' * 1500)]
    tar('site.tgz', files, 'w:gz')
    zip_archive('site.zip', files)
    for name in ('site.tgz', 'site.zip'):
        with open(name, 'rb') as file:
            data = file.read()
        for length in range(1, len(data), max(1, len(data) // 25)):
            with open('cut-' + name, 'wb') as file:
                file.write(data[:length])
            result = run(['manifest', 'cut-' + name])
            assert result.status == 1 and 'cut-' + name in result.err, \
                f'{name} cut to {length}\n{result}'
            assert not result.out


def test_options_of_a_build_that_is_a_manifest():
    """What is excluded is no part of it; it has no folder to be a root."""
    tree('site', {'a.html': 'a', 'drafts/x': 'x', 'b/c': 'c'})
    with open('whole', 'wb') as file:
        file.write(manifest('site'))
    part = manifest('site', '--exclude', 'drafts/')
    assert manifest('whole', '--exclude', 'drafts/') == part != \
        manifest('site') == manifest('whole')
    assert manifest('whole', '--exclude', 'drafts/', '--shard', '1/1') == part
    run(['manifest', 'whole', '--root', 'b']).expect(
        2, '--root b: whole is a list of objects, not a folder')
    # of what was deployed nothing is left out: it has to be dropped
    new = run(['diff', 'whole', 'site', '--exclude', 'drafts/']).expect(0)
    assert new.out == 'D\tdrafts/x\n', new
    new = run(['diff', 'whole', 'whole', '--exclude', 'drafts/']).expect(0)
    assert new.out == 'D\tdrafts/x\n', new
    new = run(['diff', 'whole', 'site', '--root', 'b']).expect(0)
    assert new.out == 'D\ta.html\nD\tb/c\nA\tc\nD\tdrafts/x\n', new


def test_a_thing_does_not_differ_from_itself():
    tree('folder', FILES)
    tar('site.tar', members())
    empty = run(['diff', 'folder', 'site.tar', '--output', 'json']).expect(0)
    assert empty.json() == {
        'format': 1, 'added': [], 'changed': [], 'removed': []}
    plan = run(['plan', 'folder', 'site.tar', '--output', 'json']).expect(0)
    assert plan.json()['items'] == [] and plan.json()['paths'] == 0


def test_diff_as_json():
    tree('old', {'a': '1', 'b': '1', 'c': '1'})
    tree('new', {'a': '2', 'c': '1', os.fsdecode(b'\xff'): '3'})
    changes = run(['diff', 'old', 'new', '--output', 'json']).expect(0).json()
    assert changes == {
        'format': 1, 'added': ['\\xff'], 'changed': ['a'], 'removed': ['b']}
