"""What docs/generators.md says of each generator: two versions of a small site
are built by it, planned and deployed."""
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

from support import ROOT, deploy, environment, run, tree
from support.npm import npm_modules

PAGE = ROOT / 'docs/generators.md'
# From npm. Of Next, 15 and later take more than 300 MB.
ELEVENTY, VITE = '@11ty/eleventy@3.1.2', 'vite@5.4.19'
ASTRO = 'astro@5.18.2'
DOCUSAURUS = ('@docusaurus/core@3.10.2', '@docusaurus/preset-classic@3.10.2',
              'react@19.1.0', 'react-dom@19.1.0')
NEXT = 'next@14.2.35', 'react@18.3.1', 'react-dom@18.3.1'


def call(*args, cwd='.', **env):
    done = subprocess.run(
        [str(arg) for arg in args], cwd=cwd, text=True, check=False,
        env=environment(os.getcwd(), **env), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, f'{args}\n{done.stdout}'
    return done.stdout


def program(name):
    if not shutil.which(name):
        pytest.skip(f'{name} is not installed')
    return name


# ---------------------------------------------------------------- generators
# Each takes the text of one post, and makes the folder `out` as on a day. It
# returns its version.

STYLE = 'body { color: black }\n'
POSTS = ('apple', 'bread', 'cake', 'dates')


def posts(text):
    return {name: text if name == 'bread' else f'A text about {name}.'
            for name in POSTS}


def hugo(out, text, _day):
    page = '<html><link rel="stylesheet" href="{{ (resources.Get ' \
        '"main.css" | fingerprint).RelPermalink }}"><body>%s</body></html>'
    tree('source', {
        'config.toml': 'baseURL = "https://www.example.com/"\n',
        'content/_index.md': '---\ntitle: Home\n---\n',
        **{f'content/posts/{name}.md': f'---\ntitle: {name}\n'
           f'date: 2026-01-0{day}\n---\n{body}\n'
           for day, (name, body) in enumerate(posts(text).items(), 1)},
        'assets/main.css': STYLE,
        'layouts/_default/single.html': page % '{{ .Content }}',
        'layouts/_default/list.html': page %
        '{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>'
        '{{ end }}',
        'layouts/404.html': page % 'Not found'})
    call(program('hugo'), '--source', 'source', '--destination',
         os.path.abspath(out), '--quiet')
    return re.search(r'v([\d.]+)', call('hugo', 'version'))[1]


def jekyll(out, text, _day):
    tree('source', {
        '_config.yml': 'title: Site\n',
        '_layouts/default.html': '<html><link rel="stylesheet" '
        'href="/main.css"><body>{{ content }}</body></html>',
        'index.html': '---\nlayout: default\n---\n{% for post in site.posts %}'
        '<a href="{{ post.url }}">{{ post.title }}</a>{% endfor %}',
        '404.html': '---\nlayout: default\n---\nNot found',
        'main.css': STYLE,
        **{f'_posts/2026-01-0{day}-{name}.md': '---\nlayout: default\n'
           f'title: {name}\n---\n{body}\n'
           for day, (name, body) in enumerate(posts(text).items(), 1)}})
    call(program('jekyll'), 'build', '--source', 'source', '--destination',
         out, '--disable-disk-cache')
    return call('jekyll', '--version').split()[1]


def mkdocs(out, text, day):
    tree('source', {
        'mkdocs.yml': 'site_name: Site\nsite_url: https://www.example.com/\n'
        'extra_css: [main.css]\n',
        'docs/index.md': '# Home\n', 'docs/main.css': STYLE,
        **{f'docs/{name}.md': f'# {name}\n\n{body}\n'
           for name, body in posts(text).items()}})
    call(program('mkdocs'), 'build', '--quiet', '--site-dir',
         os.path.abspath(out), cwd='source',
         SOURCE_DATE_EPOCH=str(1767225600 + day * 86400))
    return re.search(r'version ([\d.]+)', call('mkdocs', '--version'))[1]


def eleventy(out, text, _day):
    modules = npm_modules(ELEVENTY)
    tree('source', {
        'eleventy.config.js': 'module.exports = (it) => {\n'
        '  it.addPassthroughCopy("main.css");\n};\n',
        '_includes/page.njk': '<html><link rel="stylesheet" href="/main.css">'
        '<body>{{ content | safe }}</body></html>',
        'index.md': '---\nlayout: page.njk\n---\n{% for p in collections.post '
        '%}<a href="{{ p.url }}">{{ p.url }}</a>{% endfor %}',
        'main.css': STYLE,
        '404.md': '---\nlayout: page.njk\npermalink: 404.html\n---\nNot found',
        **{f'{name}.md': f'---\nlayout: page.njk\ntags: post\n---\n{body}\n'
           for name, body in posts(text).items()}})
    call('node', modules / '@11ty/eleventy/cmd.cjs', '--quiet',
         f'--output={os.path.relpath(out, "source")}', cwd='source')
    return version_of(modules / '@11ty/eleventy')


def vite(out, text, _day):
    modules = npm_modules(VITE)
    tree('source', {
        'index.html': '<html><body><div id="app"></div>'
        '<script type="module" src="/main.js"></script></body></html>',
        'main.js': 'import "./main.css";\nconst pages = {\n' + ''.join(
            f'  {name}: () => import("./pages/{name}.js"),\n'
            for name in POSTS) +
        '};\npages[location.pathname.slice(1) || "apple"]().then((page) => {\n'
        '  document.getElementById("app").textContent = page.text;\n});\n',
        'main.css': STYLE,
        **{f'pages/{name}.js': f'export const text = {json.dumps(body)};\n'
           for name, body in posts(text).items()}})
    call('node', modules / 'vite/bin/vite.js', 'build', '--logLevel', 'error',
         '--outDir', os.path.abspath(out), '--emptyOutDir', cwd='source')
    return version_of(modules / 'vite')


def link_modules(modules):
    """In the source's own folder, where the generator keeps its cache."""
    own = pathlib.Path('source/node_modules')
    if not own.exists():
        own.mkdir(parents=True)
        for path in modules.iterdir():
            if path.name[0] != '.':
                (own / path.name).symlink_to(path)


def take(made, out):
    """The folder that a generator has made, under the name that is asked for."""
    shutil.rmtree(out, ignore_errors=True)
    os.rename(pathlib.Path('source', made), out)


def astro(out, text, _day):
    modules = npm_modules(ASTRO)
    get = "import { getCollection, render } from 'astro:content';\n" \
        "import '../main.css';\n"
    tree('source', {
        'package.json': '{"type": "module"}',
        'astro.config.mjs': 'export default {\n'
        '  build: { inlineStylesheets: "never" },\n};\n',
        'src/content.config.js': 'import { defineCollection } from '
        '"astro:content";\nimport { glob } from "astro/loaders";\n'
        'export const collections = { posts: defineCollection({\n'
        '  loader: glob({ pattern: "*.md", base: "./posts" }) }) };\n',
        'src/main.css': STYLE,
        'src/pages/index.astro': f'---\n{get}'
        'const posts = (await getCollection("posts"))\n'
        '  .sort((a, b) => (a.id < b.id ? -1 : 1));\n---\n'
        '<html><body>{posts.map((p) => <a href={`/${p.id}/`}>{p.id}</a>)}'
        '</body></html>\n',
        'src/pages/404.astro': '<html><body>Not found</body></html>\n',
        'src/pages/[id].astro': f'---\n{get}'
        'export const getStaticPaths = async () =>\n'
        '  (await getCollection("posts")).map((post) =>\n'
        '    ({ params: { id: post.id }, props: { post } }));\n'
        'const { Content } = await render(Astro.props.post);\n---\n'
        '<html><body><Content /></body></html>\n',
        **{f'posts/{name}.md': f'---\ntitle: {name}\n---\n{body}\n'
           for name, body in posts(text).items()}})
    link_modules(modules)
    call('node', modules / 'astro/astro.js', 'build', '--silent',
         cwd='source', ASTRO_TELEMETRY_DISABLED='1')
    take('dist', out)
    return version_of(modules / 'astro')


def docusaurus(out, text, _day):
    modules = npm_modules(*DOCUSAURUS)
    tree('source', {
        'package.json': '{}',
        'docusaurus.config.js': 'module.exports = {\n'
        '  title: "Site", url: "https://www.example.com", baseUrl: "/",\n'
        '  trailingSlash: true,\n  presets: [["classic", {\n'
        '    docs: { routeBasePath: "/" }, blog: false,\n'
        '    theme: { customCss: "./main.css" } }]],\n};\n',
        'main.css': STYLE,
        'docs/index.md': '# Home\n',
        **{f'docs/{name}.md': f'# {name}\n\n{body}\n'
           for name, body in posts(text).items()}})
    link_modules(modules)
    call('node', modules / '@docusaurus/core/bin/docusaurus.mjs', 'build',
         cwd='source', DOCUSAURUS_NO_UPDATE_NOTIFIER='1')
    take('build', out)
    return version_of(modules / '@docusaurus/core')


def next_export(out, text, _day, build_id='a1b2c3'):
    modules = npm_modules(*NEXT)
    tree('source', {
        'package.json': '{}',
        'next.config.mjs': 'export default {\n'
        '  output: "export", trailingSlash: true,\n'
        '  generateBuildId: () => process.env.BUILD_ID || null,\n};\n',
        'app/layout.js': 'import "./main.css";\nexport default ({ children }) '
        '=>\n  <html><body>{children}</body></html>;\n',
        'app/main.css': STYLE,
        'app/posts.js': 'import fs from "fs";\n'
        'export const names = () => fs.readdirSync("posts").sort();\n'
        'export const text = (name) =>\n'
        '  fs.readFileSync(`posts/${name}`, "utf8");\n',
        'app/page.js': 'import Link from "next/link";\n'
        'import { names } from "./posts";\nexport default () => names()'
        '.map((name) =>\n  <Link key={name} href={`/${name}/`}>{name}</Link>'
        ');\n',
        'app/[name]/page.js': 'import { names, text } from "../posts";\n'
        'export const dynamicParams = false;\n'
        'export const generateStaticParams = () =>\n'
        '  names().map((name) => ({ name }));\n'
        'export default ({ params }) => <p>{text(params.name)}</p>;\n',
        **{f'posts/{name}': body for name, body in posts(text).items()}})
    link_modules(modules)
    call('node', modules / 'next/dist/bin/next', 'build', cwd='source',
         NEXT_TELEMETRY_DISABLED='1', BUILD_ID=build_id)
    take('out', out)
    return version_of(modules / 'next')


def large(build):
    """Marks what npm takes more than 100 MB for."""
    return pytest.mark.skipif(
        'EDGEDIFF_GENERATORS' not in os.environ,
        reason=f'{build}: npm takes long to install it: '
        'ninja check-generators')


def version_of(folder):
    return json.loads((folder / 'package.json').read_text('utf-8'))['version']


GENERATORS = {'Hugo': hugo, 'Jekyll': jekyll, 'MkDocs': mkdocs,
              'Eleventy': eleventy, 'Vite': vite, 'Astro': astro,
              'Docusaurus': docusaurus, 'Next': next_export}
LARGE = 'Astro', 'Docusaurus', 'Next'


# --------------------------------------------------------------- what is said

def section(name):
    """What the page says of a generator."""
    text = PAGE.read_text('utf-8').split(f'\n## {name}\n')[1]
    return text.split('\n## ')[0]


def options(name):
    """Those that the page gives for a generator."""
    words = re.search(r'^    (--.*)$', section(name), re.M)
    return [word.strip("'") for word in words[1].split()]


@pytest.mark.timeout(240)
@pytest.mark.parametrize('name', [
    pytest.param(name, marks=large(name)) if name in LARGE else name
    for name in GENERATORS])
def test_two_versions(server, name):
    build = GENERATORS[name]
    version = build('one', 'The first text.', 1)
    build('again', 'The first text.', 2)
    build('same', 'The first text.', 1)
    build('two', 'The second text.', 2)
    more = options(name)

    def changes(old, new):
        return [key for kind in ('added', 'changed', 'removed') for key in run(
            ['diff', old, new, '--output', 'json']).expect(0).json()[kind]]

    plan = run(['plan', 'one', 'two', *more, '--output', 'json']).expect(
        0).json()
    deploy(server, 'one', *more).expect(0)
    deploy(server, 'two', *more).expect(0)
    sent = [entry['items'] for entry in server.created()]
    assert sent == [['/*'], plan['items']]
    # the page has the same row, for this version
    again = changes('one', 'again')
    assert not changes('one', 'same')
    row = [name, version, str(plan['urls']), str(len(changes('one', 'two'))),
           str(plan['stale']), str(plan['paths']), str(plan['collateral']),
           ', '.join(f'`{key}`' for key in again) or 'nothing']
    line = '| ' + ' | '.join(row) + ' |'
    shown = re.search(rf'^\| {name} \| (\S+) \|.*', PAGE.read_text('utf-8'),
                      re.M)
    if shown and shown[1] != version:
        pytest.skip(f'the page is about {name} {shown[1]}, not {version}')
    assert shown and shown[0] == line, f'{line}\n{plan["items"]}'
    for item in plan['items']:
        assert f'`{item}`' in section(name), item


@pytest.mark.timeout(240)
def test_vite_without_a_router():
    vite('one', 'The first text.', 1)
    vite('two', 'The second text.', 1)
    plan = run(['plan', 'one', 'two', '--immutable', 'assets/*', '--output',
                'json']).expect(0).json()
    assert plan['items'] == ['/', '/index.html']


@large('Docusaurus')
@pytest.mark.timeout(240)
def test_docusaurus_without_a_fallback():
    docusaurus('one', 'The first text.', 1)
    docusaurus('two', 'The second text.', 1)
    plan = run(['plan', 'one', 'two', '--immutable', 'assets/*', '--output',
                'json']).expect(0).json()
    assert not plan['collateral'] and plan['paths'] == plan['stale'] - 4, plan
    assert not any('assets' in item for item in plan['items'])


@large('Next')
@pytest.mark.timeout(240)
def test_next_without_a_build_id():
    """Each build changes each page."""
    next_export('one', 'The same text.', 1, build_id=None)
    next_export('two', 'The same text.', 1, build_id=None)
    changed = run(['diff', 'one', 'two', '--filter', 'M', '--name-only'])
    assert {*changed.expect(0).out.split()} >= {
        f'{name}/index.html' for name in POSTS}
