"""Pages that answer at URLs which no build holds."""
import pathlib

import pytest

from support import deploy, run, tree

SHELL = {'index.html': 'shell 1', '404.html': 'not found', 'a/b.html': 'b',
         'a/c.html': 'c', 'favicon.ico': 'icon'}
WHY = ('index.html was changed, and as a --fallback it answers at URLs that '
       'no build holds, so /* is needed')


def plan(*more, status=0, say=()):
    return run(['plan', 'old', 'new', *more]).expect(status, *say)


def items(*more):
    return plan('--output', 'json', *more).json()['items']


@pytest.fixture(autouse=True)
def builds():
    tree('old', SHELL)
    tree('new', {**SHELL, 'index.html': 'shell 2', 'a/b.html': 'b 2'})


def test_json_names_the_page():
    for more, page in (['--fallback', 'index.html'], 'index.html'), \
            (['--fallback', '404.html'], None), ([], None):
        assert plan('--output', 'json', *more).json()['fallback'] == page


def test_json_names_a_page_that_is_gone(server):
    """Also after the deployment, with the baseline of the new build."""
    more = '--fallback', 'index.html', '--output', 'json'
    deploy(server, 'old', *more).expect(0)
    tree('gone', {'a/b.html': 'b', 'favicon.ico': 'icon'})
    said = deploy(server, 'gone', *more).expect(0).json()
    assert said['plan']['fallback'] == 'index.html'
    assert said['plan']['items'] == ['/*']


def test_only_a_change_of_the_page_matters():
    assert items('--fallback', '404.html') == items() == \
        ['/', '/a/b.html', '/index.html']
    assert items('--fallback', '404.html', '--fallback', 'index.html') == \
        ['/*']
    # a page that is said never to become stale, or whose kind of change is
    assert items('--fallback', 'index.html', '--immutable', '*') == ['/*']
    tree('new', {'sorry.html': 'sorry'})
    assert items('--fallback', 'sorry.html', '--skip-added') == ['/*']


@pytest.mark.parametrize('limit', [
    ['--never-widen', '/api/'], ['--max-wildcards', '0']])
def test_what_forbids_the_wildcard_is_an_error(limit):
    plan('--fallback', 'index.html', *limit, status=1,
         say=[WHY, f'but {limit[0]}', 'forbids it'])


@pytest.mark.parametrize('key', ['/index.html', '', 'a//b', '../x'])
def test_what_is_no_key_is_refused(key):
    plan('--fallback', key, status=2, say=[f"--fallback '{key}'"])


def test_a_key_that_the_build_lacks_is_a_warning():
    plan('--fallback', 'indx.html',
         say=['warning: --fallback indx.html: the build has no such object'])


def test_a_deployment_and_its_reports_say_why(server):
    pathlib.Path('edgediff.conf').write_text(
        '[app]\ndistribution-id = EAPP\nfallback = index.html\n')
    reports = 'r.html', 'r.md', 'r.json'
    how = ['--distribution', 'app', *(f'--report={name}' for name in reports)]
    deploy(server, 'old', *how).expect(0)
    deploy(server, 'new', *how).expect(0, WHY)
    assert server.created()[-1]['items'] == ['/*']
    for name in reports:
        text = pathlib.Path(name).read_text('utf-8')
        assert 'index.html was changed, and as a --fallback' in text, name


def test_a_prefix_without_a_slash_is_covered_too():
    assert items('--fallback', 'index.html', '--prefix', '/app/',
                 '--index-urls', 'file,slash,bare') == ['/app', '/app/*']
