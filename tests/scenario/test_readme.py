"""Every command line that the README shows runs, in the README's order."""
import os
import pathlib
import re
import subprocess

from support import ROOT, edgediff, environment, read_tree, tree

README = ROOT / 'README.md'
SITE = {'index.html': 'home', 'blog/index.html': 'blog', 'blog/a.html': 'a',
        'old.html': 'old', 'drafts/x.html': 'x', 'app.js.map': 'map'}


def sessions():
    """(command, what the README shows below it) of each line after a `$ `."""
    text = README.read_text('utf-8')
    for block in re.findall(r'(?:^    .*\n(?:\n(?=    ))?)+', text, re.M):
        block = re.sub(r'^    ', '', block, flags=re.M)
        for part in re.split(r'^\$ ', block, flags=re.M)[1:]:
            match = re.match(r'((?:.*[\\|]\n)*.*)\n', part)
            yield match[1], part[match.end():]


def call(command, url):
    done = subprocess.run(
        ['sh', '-ec', 'edgediff() { "$PROGRAM" "$@"; }\n' + command],
        env=environment(os.getcwd(), PROGRAM=edgediff(),
                        AWS_ENDPOINT_URL_CLOUDFRONT=url),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, f'{command}\n{done.stdout}'


def test_every_line_runs(server):
    tree('site-1', SITE)
    tree('site-2', {**SITE, 'blog/index.html': 'blog 2', 'blog/b.html': 'b'})
    tree('site', {**SITE, 'blog/index.html': 'blog 2'})
    tree('public', SITE)
    run = 0
    call('edgediff invalidate site-1 --distribution-id EQUICKSTART',
         server.url)
    for command, shown in sessions():
        name = re.match(r'cat (\S+)$', command)
        if name:
            pathlib.Path(name[1]).write_text(shown, 'utf-8')
            continue
        if 'rclone' in command:  # run by test_upload, with a bucket
            continue
        if command.endswith('>batch.json'):
            tree('site-2', {**SITE, 'new.html': 'new'})
        call(command, server.url)
        run += 1
    assert run >= 14, f'only {run} command lines found'
    # and they did what the text beside them says
    log = {entry['distribution'] for entry in server.created()}
    assert log == {'EQUICKSTART', 'EDFDVBD6EXAMPLE', 'EDFDVBD6EXAMPLE2',
                   'S11A16G5KZMEQD'}, log
    for name in ('review.html', 'review.md', 'review.json', 'changed',
                 'site.manifest'):
        assert pathlib.Path(name).stat().st_size > 0, name
    call('cmp site.manifest last.manifest', '')
    assert read_tree('new') == read_tree('site')
