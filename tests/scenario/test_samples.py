"""The samples do what they say, run as their readers would run them."""
import os
import pathlib
import shutil
import subprocess
import time

import pytest

from support import BUILDS_WITH, ROOT, Server, edgediff, environment


def step(command, server, status=0, **more):
    """Runs a build tool in its folder, with edgediff pointed at the server."""
    env = environment(
        os.getcwd(), EDGEDIFF=edgediff(),
        AWS_ENDPOINT_URL_CLOUDFRONT=server.url, **more)
    done = subprocess.run(command, cwd='sample', env=env, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    assert (done.returncode == 0) == (status == 0), \
        f'{command}: {done.returncode}\n{done.stdout}'
    time.sleep(0.01)  # what is changed now has a later time
    return done.stdout


def post_build_step(tool, command, stamp):
    """What both build tools' samples promise."""
    if not shutil.which(tool):
        pytest.skip(f'{tool} is not installed')
    shutil.copytree(ROOT / 'samples' / tool, 'sample')
    page = pathlib.Path('sample/pages/about.html')
    with Server() as server:
        step(command, server)
        assert [entry['items'] for entry in server.created()] == [['/*']]

        said = step(command, server)
        assert 'invalidate' not in said, said
        assert len(server.posts()) == 1

        page.write_text('<!doctype html><title>About</title><p>New.</p>\n')
        step(command, server)
        assert server.created()[1]['items'] == ['/about.html']

        # a page that went is invalidated too, and so is a new one
        page.rename('sample/pages/contact.html')
        step(command, server)
        assert server.created()[2]['items'] == ['/about.html', '/contact.html']
        page = pathlib.Path('sample/pages/contact.html')

        # a failed step fails the build, and is tried again
        page.write_text('<!doctype html><title>About</title><p>Newer.</p>\n')
        before = stamp.read_bytes()
        step(command, server, status=1, AWS_SECRET_ACCESS_KEY='another')
        assert len(server.created()) == 3 and stamp.read_bytes() == before
        step(command, server)
        assert server.created()[3]['items'] == ['/contact.html']
        what_others_change(command, server)

        # something else was written, with the same bytes: nothing to do
        told = pathlib.Path('sample/.told')
        before = told.exists() and told.read_bytes()
        page.write_bytes(page.read_bytes())
        assert 'nothing to do' in step(command, server)
        assert 'invalidate' not in step(command, server)
        assert not told.exists() or told.read_bytes() == before
        assert len(server.posts()) == 8
        what_is_gone(command, server)
        another_distribution(command, server)


def what_others_change(command, server):
    """Files that are added, changed and removed in the site itself."""
    site = pathlib.Path('sample/site')
    odd = site / 'sub/page (1) #2$: [x].html'
    (site / 'sub').mkdir()
    for change in (lambda: odd.write_text('1'), lambda: odd.write_text('2'),
                   odd.unlink):
        change()
        step(command, server)
        assert len(server.created()[-1]['items']) == 1
        said = step(command, server)
        assert 'invalidate' not in said, said


def what_is_gone(command, server):
    """The site is built again, what edgediff knew of the edge is not needed."""
    before = len(server.posts())
    shutil.rmtree('sample/site')
    assert 'nothing to do' in step(command, server)
    assert len(server.posts()) == before
    for name in ('sample/.edgediff', 'sample/.edgediff/'
                 'EDFDVBD6EXAMPLE.baseline'):
        (shutil.rmtree if os.path.isdir(name) else os.unlink)(name)
        step(command, server, status=1, AWS_SECRET_ACCESS_KEY='another')
        step(command, server)
        assert server.created()[-1]['items'] == ['/*']
        assert 'invalidate' not in step(command, server)


def another_distribution(command, server):
    """Each is invalidated, whatever was done for another one."""
    step(command, server, DISTRIBUTION='EANOTHER', status=1,
         AWS_SECRET_ACCESS_KEY='another')
    step(command, server)
    assert not server.created('EANOTHER')
    step(command, server, DISTRIBUTION='EANOTHER')
    said = step(command, server, DISTRIBUTION='EANOTHER')
    assert 'invalidate' not in said, said
    pathlib.Path('sample/pages/index.html').write_text('<!doctype html>\n')
    for name in ('EDFDVBD6EXAMPLE', 'EANOTHER'):
        step(command, server, DISTRIBUTION=name)
        assert server.created(name)[-1]['items'] == ['/', '/index.html']
    assert [entry['items'] for entry in server.created('EANOTHER')] == \
        [['/*'], ['/', '/index.html']]
    step(command, server)
    assert 'invalidate' not in step(command, server)


def test_make():
    post_build_step('make', ['make'], pathlib.Path(
        'sample/.invalidated-EDFDVBD6EXAMPLE'))


def test_ninja():
    post_build_step('ninja', ['ninja'], pathlib.Path('sample/.invalidated'))


@pytest.mark.parametrize('tool', ['make', 'ninja'])
def test_an_upload_that_fails_was_announced(tool):
    """So what caches took of it is invalidated with the next build."""
    if not shutil.which(tool):
        pytest.skip(f'{tool} is not installed')
    shutil.copytree(ROOT / 'samples' / tool, 'sample')
    path, = (p for p in pathlib.Path('sample').iterdir() if p.is_file())
    recipe = path.read_text('utf-8')
    assert recipe.count(' aws s3 sync ') == 1
    page = pathlib.Path('sample/pages/about.html')
    first = page.read_text('utf-8')
    with Server() as server:
        step([tool], server)
        page.write_text('<!doctype html><title>New</title>\n')
        path.write_text(recipe.replace(': aws s3 sync', 'false aws s3 sync'))
        step([tool], server, status=1)
        assert len(server.posts()) == 1
        page.write_text(first)
        path.write_text(recipe)
        step([tool], server)
        assert [entry['items'] for entry in server.created()] == [
            ['/*'], ['/about.html']]


def test_quickstart():
    # built as it is built already: other tests are using it
    env = environment(os.getcwd(), **{
        key: os.environ[key] for key in BUILDS_WITH
        if key in os.environ})
    done = subprocess.run([str(ROOT / 'samples/quickstart')], env=env,
                          text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for wanted in ('path          /*\n', '"CallerReference": "edgediff-',
                   'path          /blog/*\n',
                   'result        nothing to do\n', '2 invalidations\n'):
        assert wanted in done.stdout, done.stdout + done.stderr
