"""The command lines that both tools are given: CASES.

Each is a call of create, get, list or wait below: a name, the arguments as
shell words or as a list, and what else the run has: files (name: content, in
the folder that is also HOME), variables of the environment (None takes one
away), the server's answers. unsigned: no signature is valid.
`--endpoint-url @URL@` follows the command unless endpoint says otherwise.
newer: the AWS CLI before 2.34 knows nothing of it. @URL@, @HOST@ and @PWD@ stand for the server and the folder, in arguments, files
and variables.
"""
import json
import shlex
from dataclasses import dataclass

from replay import ID, KEYS, Answer, batch_of, error_text, invalidation, page

CASES = []
OUR_KEY = dict(AWS_ACCESS_KEY_ID=None, AWS_SECRET_ACCESS_KEY=None)
E1 = '--distribution-id E1'
E1_ID = f'{E1} --id {ID}'
ONE = f'{E1} --paths /index.html'


@dataclass(frozen=True)
class Case:
    name: str
    args: list
    answers: tuple
    files: dict
    env: dict
    tls: bool
    unsigned: bool
    newer: bool = False


def xml(text, status=200, **more):
    body = text if isinstance(text, bytes) else text.encode()
    return Answer(status, body, **more)


def created(text, **more):
    return xml(text, 201, **more)


def error(status, code, message, kind='Sender'):
    return xml(error_text(code, message, kind), status)


ECHO = Answer(how='echo')
RESET = Answer(how='reset')
STALL = Answer(how='stall')
GOT = xml(invalidation(batch_of('/b', '/a/*')))
COMPLETED = xml(invalidation(batch_of('/b', '/a/*'), status='Completed'))
SEVEN = Answer(how='pages', count=7)
EMPTY = Answer(how='pages', count=0)
UNAVAILABLE = error(503, 'ServiceUnavailable', 'CloudFront encountered an '
                    'internal error. Please try again.', 'Receiver')


def case(command, name, args, answers, files=None, env=None, endpoint=None,
         tls=False, unsigned=False, newer=False):
    words = shlex.split(args) if isinstance(args, str) else list(args)
    if endpoint is None:
        endpoint = '--endpoint-url @URL@'
    words = command.split() + endpoint.split() + words
    first = next(word for word in words if not word.startswith('-'))
    name = f'{first.partition("-")[0]}: {name}'
    assert name not in [one.name for one in CASES], f'{name} is there already'
    files = {path: content.encode() if isinstance(content, str) else content
             for path, content in (files or {}).items()}
    answers = answers if isinstance(answers, tuple) else (answers,)
    CASES.append(Case(name, words, answers, files, env or {}, tls, unsigned,
                      newer))


def create(name, args, answers=ECHO, **more):
    case('create-invalidation', name, args, answers, **more)


def get(name, args, answers=GOT, **more):
    case('get-invalidation', name, args, answers, **more)


def lists(name, args, answers=SEVEN, **more):
    case('list-invalidations', name, args, answers, **more)


def wait(name, args, answers=COMPLETED, **more):
    case('wait invalidation-completed', name, args, answers, **more)


def batch(name, value, **more):
    """create-invalidation with this --invalidation-batch."""
    create(f'batch {name}', [*E1.split(), '--invalidation-batch', value],
           **more)


def table(function, text, **more):
    """A case for each line of text, NAME | ARGUMENTS; blanks continue one."""
    for line in text.strip().replace('\n  ', ' ').splitlines():
        name, _, args = line.partition('|')
        function(name.strip(), args.strip(), **more)


# ------------------------------------------------------------------- slow ones

wait('second poll', E1_ID, (GOT, COMPLETED))  # polls are 20 s apart
create('two 503, then accepted', ONE, (UNAVAILABLE, UNAVAILABLE, ECHO),
       env={'AWS_MAX_ATTEMPTS': '3'})
create('503 until the end', ONE, UNAVAILABLE, env={'AWS_MAX_ATTEMPTS': None})

# ------------------------------------------------------------------- --paths

table(create, r"""
path                     | --distribution-id E1 --paths /index.html
paths, in their order    | --distribution-id E1 --paths /b /a '/c/*' /B
paths first              | --paths /a /b --distribution-id E1
paths=                   | --distribution-id E1 --paths=/a
paths= and more          | --distribution-id E1 --paths=/a /b
paths= and nothing       | --distribution-id E1 --paths=
paths twice              | --distribution-id E1 --paths /a --paths /b /c
paths, the same twice    | --distribution-id E1 --paths /a /a
path, empty              | --distribution-id E1 --paths ''
paths, one empty         | --distribution-id E1 --paths /a '' /b
path without a slash     | --distribution-id E1 --paths index.html
path, star in the middle | --distribution-id E1 --paths '/a*b'
path with a space        | --distribution-id E1 --paths '/a b' ' /c'
path of XML's characters | --distribution-id E1 --paths '/<a>&"b"&amp;]]>' "/'"
path of ten scripts      | --distribution-id E1 --paths '/äöü/日本/🚀/é/ﷺ'
path with %              | --distribution-id E1 --paths '/a%20b%zz%'
path with a backslash    | --distribution-id E1 --paths '/a\b' '/\u00e4'
path of JSON             | --distribution-id E1 --paths '["/a","/b"]'
path, a tag              | --distribution-id E1 --paths '#product:1'
paths without a value    | --distribution-id E1 --paths
paths without, then more | --paths --distribution-id E1
path from a file         | --distribution-id E1 --paths file://paths
path of http://          | --distribution-id E1 --paths http://example.com/
path after --            | --distribution-id E1 --paths -- /a
path that begins with -  | --distribution-id E1 --paths -a
path, - alone            | --distribution-id E1 --paths -
path, a negative number  | --distribution-id E1 --paths -1
path, - and a space      | --distribution-id E1 --paths '-a b'
path that is an option   | --distribution-id E1 --paths --output
""", files={'paths': '/a\n'})
create('path with TAB, LF, CR', [*E1.split(), '--paths', '/a\tb', '/c\nd',
                                 '/e\rf', '/g\r\n'])
create('path with U+0001', [*E1.split(), '--paths', '/a\x01b'])
create('path with U+007F, U+0085, U+2028', [*E1.split(), '--paths',
                                            '/\x7f/\x85/\u2028'])
create('path with U+FFFE', [*E1.split(), '--paths', '/\ufffe'])
create('path that is not UTF-8', [*E1.split(), '--paths', b'/a\xffb'])
create('path of 5,000 characters', [*E1.split(), '--paths', '/' + 'a' * 4999])
create('paths, 1,000 of them', [*E1.split(), '--paths',
                                *(f'/{n}' for n in range(1000))])

# ------------------------------------------------------------------- options

table(create, r"""
nothing                  |
no paths                 | --distribution-id E1
no distribution          | --paths /a
paths and batch          | --distribution-id E1 --paths /a --invalidation-batch
    {}
paths and bad batch      | --distribution-id E1 --paths /a --invalidation-batch
    {
batch twice              | --distribution-id E1 --invalidation-batch {}
    --invalidation-batch 'Paths={Quantity=1,Items=[/a]},CallerReference=r'
id=                      | --distribution-id=E1 --paths /a
id= and nothing          | --distribution-id= --paths /a
id= with =               | --distribution-id=E=1 --paths /a
id, empty                | --distribution-id '' --paths /a
id without a value       | --paths /a --distribution-id
id without, then more    | --distribution-id --paths /a
id twice                 | --distribution-id E1 --distribution-id E2 --paths /a
id to be encoded         | --distribution-id 'E/1 ?x#&+=%41' --paths /a
id of two scripts        | --distribution-id 'äß日🚀' --paths /a
id, characters kept      | --distribution-id "E-._~!$'()*,;:@" --paths /a
id, a dot                | --distribution-id . --paths /a
id, two dots             | --distribution-id .. --paths /a
id, blank                | --distribution-id ' ' --paths /a
id of JSON               | --distribution-id '{"a":1}' --paths /a
id from a file           | --distribution-id file://id --paths /a
id from a file, newline  | --distribution-id file://id-lf --paths /a
id from no file          | --distribution-id file://none --paths /a
id, a negative number    | --distribution-id -1 --paths /a
prefixes                 | --dist E1 --pat /a
prefix =                 | --distribution=E1 --pat=/a
prefix of two            | --distribution-id E1 --i {} --c {}
prefix of a global one   | --distribution-id E1 --paths /a --out text --reg
    eu-west-1
prefix of global and own | --distribution-id E1 --p /a
prefix --pa              | --distribution-id E1 --pa /a
prefix --cli             | --distribution-id E1 --paths /a --cli {}
prefix --no              | --distribution-id E1 --paths /a --no
prefix --no-cli          | --distribution-id E1 --paths /a --no-cli
prefix --col             | --distribution-id E1 --paths /a --col off
prefix with one dash     | -distribution-id E1 --paths /a
unknown option           | --distribution-id E1 --paths /a --bogus
unknown option, value    | --distribution-id E1 --bogus 1 --paths /a
unknown option=          | --distribution-id E1 --bogus=1 --paths /a
unknown options          | --bogus --distribution-id E1 -x --paths /a --id I
unknown short option     | --distribution-id E1 --paths /a -v
unknown before missing   | --bogus
unknown argument         | bogus --distribution-id E1 --paths /a
option of list           | --distribution-id E1 --paths /a --max-items 1
capitals                 | --Distribution-Id E1 --paths /a
underscore               | --distribution_id E1 --paths /a
""", files={'id': 'E9', 'id-lf': 'E9\n'})
create('id that is not UTF-8', ['--distribution-id', b'E\xff', '--paths',
                                '/a'])
create('id with LF', ['--distribution-id', 'E\n1', '--paths', '/a'])
table(create, r"""
global options           | --no-cli-pager --color off --region eu-west-1
    --no-paginate --cli-read-timeout 9 --cli-connect-timeout 9 --no-verify-ssl
    --ca-bundle none
no-cli-pager=            | --no-cli-pager=1
no-cli-pager twice       | --no-cli-pager --no-cli-pager
no-cli-auto-prompt       | --no-cli-auto-prompt
cli-auto-prompt and not  | --cli-auto-prompt --no-cli-auto-prompt
cli-binary-format        | --cli-binary-format raw-in-base64-out
cli-binary-format bad    | --cli-binary-format hex
no-paginate              | --no-paginate
color on                 | --color on
color auto               | --color=auto
color bad                | --color blue
color without a value    | --color
output bad               | --output bogus
output nearly            | --output jsonn
output, empty            | --output ''
output twice             | --output text --output json
output=                  | --output=text
output table, a text     | --output table --query Location
output yaml, a text      | --output yaml --query Location
output yaml-stream, text | --output yaml-stream --query Location
output yaml              | --output yaml
output yaml-stream       | --output yaml-stream
read timeout bad         | --cli-read-timeout abc
read timeout 0           | --cli-read-timeout 0
read timeout negative    | --cli-read-timeout -1
read timeout 1.5         | --cli-read-timeout 1.5
read timeout, empty      | --cli-read-timeout ''
connect timeout bad      | --cli-connect-timeout abc
connect timeout 0        | --cli-connect-timeout 0
connect timeout, blanks  | --cli-connect-timeout ' 5 '
region bad               | --region 'a b'
region unknown           | --region mars-1
region cn                | --region cn-north-1
region gov               | --region us-gov-east-1
region twice             | --region eu-west-1 --region eu-west-3
region underscore        | --region us_east_1
profile missing          | --profile nope
""".replace('|', f'| {ONE}'))
create('region, empty', f"{ONE} --region ''", unsigned=True)
create('no-sign-request', f'{ONE} --no-sign-request', unsigned=True)
create('no-sign-request, no credentials', f'{ONE} --no-sign-request',
       env=OUR_KEY, unsigned=True)
case('--output=text create-invalidation', 'global option in front', ONE, ECHO)
create('global options before the rest', '--output text --distribution-id E1 '
       '--query Location --paths /a')

# ------------------------------------------------------------------- JSON

GOOD = '{"Paths":{"Quantity":1,"Items":["/a"]},"CallerReference":"r"}'


def json_batch(paths='{"Quantity":1,"Items":["/a"]}', reference='"r"',
               more=''):
    return f'{{"Paths":{paths},"CallerReference":{reference}{more}}}'


for _name, _value in {
        '': GOOD,
        'in another order': '{"CallerReference":"r","Paths":{"Items":["/a",'
                            '"/b"],"Quantity":2}}',
        'with blanks': ' \n\t' + GOOD.replace(':', ' :\r\n ') + ' \n',
        'with escapes': json_batch(reference=r'"\u00e4\ud83d\ude00\n\t\"\\\/'
                                             r'\b\f"'),
        'with U+0000': json_batch(reference=r'"a\u0000b"'),
        'with a lone surrogate': json_batch(reference=r'"\ud800"'),
        'with scripts': json_batch('{"Quantity":1,"Items":["/ä日🚀"]}'),
        'with a key twice': json_batch(more=',"CallerReference":"s"'),
        'with Items twice': json_batch('{"Items":["/a"],"Quantity":1,"Items":'
                                       '["/b"]}'),
        'quantity wrong': json_batch('{"Quantity":7,"Items":["/a"]}'),
        'quantity 0': json_batch('{"Quantity":0}'),
        'quantity negative': json_batch('{"Quantity":-1,"Items":["/a"]}'),
        'quantity large': json_batch('{"Quantity":12345678901234567890,'
                                     '"Items":["/a"]}'),
        'quantity 1.0': json_batch('{"Quantity":1.0,"Items":["/a"]}'),
        'quantity 1e0': json_batch('{"Quantity":1e0,"Items":["/a"]}'),
        'quantity text': json_batch('{"Quantity":"1","Items":["/a"]}'),
        'quantity true': json_batch('{"Quantity":true,"Items":["/a"]}'),
        'quantity null': json_batch('{"Quantity":null,"Items":["/a"]}'),
        'quantity NaN': json_batch('{"Quantity":NaN,"Items":["/a"]}'),
        'quantity list': json_batch('{"Quantity":[1],"Items":["/a"]}'),
        'items none': json_batch('{"Quantity":1}'),
        'items empty': json_batch('{"Quantity":0,"Items":[]}'),
        'items text': json_batch('{"Quantity":1,"Items":"/a"}'),
        'items object': json_batch('{"Quantity":1,"Items":{"Path":"/a"}}'),
        'items null': json_batch('{"Quantity":1,"Items":null}'),
        'items of all types': json_batch(
            '{"Quantity":1,"Items":[1,1.5,true,null,{},[],"/a",{"b":["c\'d"]}'
            ',1e400,-0.0,1e22,0.00001]}'),
        'paths null': json_batch('null'),
        'paths list': json_batch('["/a"]'),
        'paths text': json_batch('"/a"'),
        'reference empty': json_batch(reference='""'),
        'reference number': json_batch(reference='1'),
        'reference null': json_batch(reference='null'),
        'reference none': '{"Paths":{"Quantity":1,"Items":["/a"]}}',
        'empty': '{}',
        'unknown member': json_batch(more=',"Foo":1'),
        'unknown member in Paths': json_batch('{"Quantity":1,"Items":[],'
                                              '"path":"/a"}'),
        'in small letters': '{"paths":{"Quantity":1},"callerReference":"r"}',
        'many mistakes': '{"Foo":1,"Bär":{},"Paths":{"Quantity":"x","Items":'
                         '[1],"X":0}}',
        'array': '[]', 'array of one': f'[{GOOD}]',
        'text in JSON': '"x"', 'number': '1', 'word': 'null',
        'an empty text': '', 'blank': ' ',
        # malformed JSON
        'cut': '{"Paths":', 'brace alone': '{', 'cut in a text': '{"Pa',
        'comma at the end': '{"Paths":{},}', 'single quotes': "{'Paths':{}}",
        'bare key': '{Paths:{}}', 'no colon': '{"Paths" {}}',
        'no comma': '{"Paths":{} "CallerReference":"r"}',
        'text after it': GOOD + 'x', 'two': GOOD + GOOD,
        'bad escape': r'{"CallerReference":"\x41"}',
        'short escape': r'{"CallerReference":"\u12"}',
        'bad escape digits': r'{"CallerReference":"\u12G4"}',
        'newline in a text': '{"CallerReference":\n"a\nb"}',
        'control in a text': '{"CallerReference":"a\x01b"}',
        'a comment': '{/**/"Paths":{}}', 'comma in a list': '[1,]',
        'bracket alone': '[', 'wrong bracket': '{"Paths":[}',
        'word cut': '{"Paths":nul}', 'number 01': '{"Paths":01}',
        'number .5': '{"Paths":.5}', 'number 1.': '{"Paths":1.}',
        'plus': '{"Paths":+1}', 'error in line 3': '{\n"Paths":\n  {"ä" 1}}',
        'too deep': '[' * 2000,
        # file://
        'from a file': 'file://good.json',
        'from a file, absolute': 'file://@PWD@/good.json',
        'from a file, ~': 'file://~/good.json',
        'from a file, $': 'file://$HOME/good.json',
        'from a file, shorthand': 'file://short',
        'from a file, CRLF': 'file://crlf.json',
        'from a file, malformed': 'file://bad.json',
        'from a file, BOM': 'file://bom.json',
        'from a file, not UTF-8': 'file://latin1.json',
        'from a file, UTF-8': 'file://utf8.json',
        'from a file, empty': 'file://empty',
        'from a file, NUL': 'file://nul',
        'from a file that names one': 'file://file',
        'from no file': 'file://none.json',
        'from a folder': 'file://folder',
        'from file:// alone': 'file://',
        'from a file, name of a script': 'file://日本.json',
        'from no file, name of a script': "file://日'本",
        'from fileb://': 'fileb://good.json',
        'from fileb://, none': 'fileb://none.json',
        'from FILE://': 'FILE://good.json',
        'from http://': 'http://@HOST@/good.json'}.items():
    batch(f'{_name}', _value, files={
        'good.json': GOOD + '\n', 'short': 'Paths={Quantity=1,Items=[/a]},'
        'CallerReference=r', 'crlf.json': GOOD.replace(',', ',\r\n') + '\r\n',
        'bad.json': '{"Paths":\n{,\n}}\n', 'bom.json': '\ufeff' + GOOD,
        'latin1.json': GOOD.replace('/a', '/ä').encode('latin-1'),
        'utf8.json': GOOD.replace('/a', '/ä日🚀'), 'empty': '',
        'nul': GOOD + '\0', 'file': 'file://good.json', 'folder': None,
        '日本.json': GOOD})

# ------------------------------------------------------------------- shorthand

for _name, _value in {
        '': 'Paths={Quantity=1,Items=[/a]},CallerReference=r',
        'in another order': 'CallerReference=r,Paths={Items=[/a,/b],'
                            'Quantity=2}',
        'with blanks': 'Paths = { Quantity = 1 , Items = [ /a , /b c ] } , '
                       'CallerReference = r s ',
        'one item': 'Paths={Quantity=1,Items=/a},CallerReference=r',
        'items without brackets': 'Paths={Quantity=2,Items=/a,/b},'
                                  'CallerReference=r',
        'double quotes': r'Paths={Quantity=1,Items=["/a,b]\"\\"]},'
                         'CallerReference="r=1"',
        'single quotes': r"Paths={Quantity=1,Items=['/a,\'b']},"
                         r"CallerReference='r\n'",
        'escaped comma': r'Paths={Quantity=1,Items=[/a\,b]},CallerReference='
                         r'r\,s',
        'characters': 'Paths={Quantity=1,Items=[/a?b=c&d#e%20*]},'
                      'CallerReference=!#$%&()*+-./:;<>?@^_`|~',
        'scripts': 'Paths={Quantity=1,Items=[/äß日]},CallerReference=é',
        'beyond U+FFFF': 'Paths={Quantity=1,Items=[/🚀]},CallerReference=r',
        'beyond U+FFFF, quoted': 'Paths={Quantity=1,Items=["/🚀"]},'
                                 'CallerReference="🚀"',
        'empty value': 'Paths={Quantity=1,Items=[/a]},CallerReference=',
        'empty quotes': 'Paths={Quantity=1,Items=[""]},CallerReference=""',
        'items empty': 'Paths={Quantity=0,Items=[]},CallerReference=r',
        'items nothing': 'Paths={Quantity=0,Items=},CallerReference=r',
        'paths empty': 'Paths={},CallerReference=r',
        'quantity abc': 'Paths={Quantity=abc,Items=[/a]},CallerReference=r',
        'quantity 1.5': 'Paths={Quantity=1.5,Items=[/a]},CallerReference=r',
        'quantity blanks': 'Paths={Quantity=" 1 ",Items=[/a]},'
                           'CallerReference=r',
        'quantity 1_0': 'Paths={Quantity=1_0,Items=[/a]},CallerReference=r',
        'quantity +1': 'Paths={Quantity=+01,Items=[/a]},CallerReference=r',
        'quantity other digits': 'Paths={Quantity=１٢,Items=[/a]},'
                                 'CallerReference=r',
        'quantity empty': 'Paths={Quantity=,Items=[/a]},CallerReference=r',
        'quantity list': 'Paths={Quantity=[1],Items=[/a]},CallerReference=r',
        'paths text': 'Paths=/a,CallerReference=r',
        'paths list': 'Paths=[/a],CallerReference=r',
        'items of objects': 'Paths={Quantity=1,Items=[{a=b}]},'
                            'CallerReference=r',
        'reference object': 'Paths={Quantity=1,Items=[/a]},CallerReference='
                            '{a=b}',
        'reference list': 'Paths={Quantity=1,Items=[/a]},CallerReference='
                          '[a,b]',
        'reference of two': 'Paths={Quantity=1,Items=[/a]},CallerReference='
                            'a,b',
        'unknown member': 'Paths={Quantity=1,Items=[/a]},CallerReference=r,'
                          'Foo=1',
        'unknown only': 'a=b',
        'small letters': 'paths={quantity=1}',
        'newlines': 'Paths={Quantity=1,\nItems=[/a,\n/b]},\n'
                    'CallerReference=r',
        # errors
        'no =': 'Paths', 'no key': '=x', 'comma first': ',a=b',
        'double =': 'Paths==x', 'double comma': 'a=b,,c=d',
        'comma last': 'CallerReference=r,', 'key twice': 'a=b,a=c',
        'inner key twice': 'Paths={Quantity=1,Quantity=2},CallerReference=r',
        'brace open': 'Paths={Quantity=1', 'brace open, key': 'Paths={',
        'brace closed twice': 'Paths={Quantity=1}},CallerReference=r',
        'bracket open': 'Paths={Quantity=1,Items=[/a},CallerReference=r',
        'bracket open, end': 'Paths=[/a', 'bracket, comma': 'Paths=[/a,]',
        'quote open': 'CallerReference="r', 'single quote open':
        "Paths={Items=['/a]}", 'text after quotes': 'CallerReference="r"s',
        'quotes in the middle': 'CallerReference=r"s"', 'no comma':
        'Paths={Quantity=1} CallerReference=r', 'blanks in a key':
        'Caller Reference=r', 'error in line 2':
        'Paths={Quantity=1,\nItems==[/a]},\nCallerReference=r',
        'error before a newline': 'Paths=={Quantity=1},\nCallerReference=r',
        'error after a newline': '\nPaths={Quantity=1},\nCallerReference\n=\n',
        'error after ä': 'CallerReference=äöü,,x=y',
        'error with a tab': 'CallerReference=\tr,\t,',
        'a word': 'foo', 'a path': '/a', 'a number key': '1=2',
        'a control character': 'CallerReference=a\x01b',
        'a backslash': 'CallerReference=\\'}.items():
    batch(f'shorthand {_name}', _value, files={'good.json': GOOD},
          newer=_name == 'double quotes')
for _name, _value in {
        'a file': '#CallerReference@=file://ref',
        'no paths': 'CallerReference@=file://ref',
        'blanks': '#CallerReference @ = file://ref',
        'bytes': '#CallerReference@=fileb://ref',
        'a word': '#CallerReference@=word',
        'single quotes': "#CallerReference@='file://ref'",
        'double quotes': '#CallerReference@="file://ref"',
        'nothing': '#CallerReference@=', 'no =': '#CallerReference@',
        'no = but a word': '#CallerReference@r', 'twice': '#CallerReference@@=r',
        'no file': '#CallerReference@=file://none',
        'not UTF-8': '#CallerReference@=file://latin1',
        'a folder': '#CallerReference@=file://.',
        'a file named in one': '#CallerReference@=file://name',
        'a list': 'Paths={Quantity=2,Items@=[file://ref,/b]},CallerReference=r',
        'a list of quotes': 'Paths={Quantity=1,Items@=["file://ref"]},'
                            'CallerReference=r',
        'a hash': 'Paths@={Quantity=1,Items=[file://ref]},CallerReference=r',
        'a number': 'Paths={Quantity@=file://1,Items=[/a]},CallerReference=r',
        'values': '#CallerReference@=file://ref,file://ref',
        'values, none': '#CallerReference@=a,file://none',
        'the next key': '#CallerReference@=file://ref,a=file://none',
        'only =': '#CallerReference=file://ref'}.items():
    batch(f'shorthand @= {_name}', _value.replace(
        '#', 'Paths={Quantity=1,Items=[/a]},'), newer=True, files={
            'ref': '/of a file', 'latin1': b'\xe4', 'name': 'file://ref',
            '1': ' 1\n'})
batch('that is not UTF-8', b'{"Paths":"\xff"}')
batch('shorthand that is not UTF-8', b'CallerReference=\xff')

# ------------------------------------------------------------------- input JSON

FULL = f'{{"DistributionId":"E7","InvalidationBatch":{GOOD}}}'
JSON = "--cli-input-json '%s'"
for _name, _args in {
        '': JSON % FULL,
        'from a file': '--cli-input-json file://full.json',
        '=': "--cli-input-json='%s'" % FULL,
        'with an id': f'{E1} {JSON % FULL}',
        'with paths': f'{JSON % FULL} --paths /b',
        'with a batch': f'{JSON % FULL} --invalidation-batch '
                        'Paths={Quantity=0},CallerReference=s',
        'with all three': f'{JSON % FULL} --invalidation-batch {{}} '
                          '--paths /b',
        'with an empty id': f"--distribution-id '' {JSON % FULL}",
        'twice': f'--cli-input-json {{}} {JSON % FULL}',
        'without an id': JSON % f'{{"InvalidationBatch":{GOOD}}}',
        'without a batch': JSON % '{"DistributionId":"E7"}',
        'without anything': '--cli-input-json {}',
        'id of null': JSON % FULL.replace('"E7"', 'null'),
        'id of 1': JSON % FULL.replace('"E7"', '1'),
        'id empty': JSON % FULL.replace('"E7"', '""'),
        'batch of null': JSON % '{"DistributionId":"E7",'
                                '"InvalidationBatch":null}',
        'batch of text': JSON % '{"DistributionId":"E7",'
                                '"InvalidationBatch":"Paths={}"}',
        'unknown member': JSON % FULL.replace('{"D', '{"Foo":1,"D'),
        'many mistakes': JSON % '{"DistributionId":[],"InvalidationBatch":'
                                '{"Paths":1,"x":2},"y":{"z":null}}',
        'malformed': f'{E1} --cli-input-json {{',
        'malformed, then': f'{E1} --cli-input-json \'{{"a":1,}}\'',
        'array': f'{E1} --cli-input-json []',
        'text': f"{E1} --cli-input-json '\"x\"'",
        'number': f'{E1} --cli-input-json 1',
        'null': f'{E1} --cli-input-json null',
        'empty': f"{E1} --cli-input-json ''",
        'a word': f'{E1} --cli-input-json full.json',
        'without a value': f'{E1} --cli-input-json',
        'no file': f'{E1} --cli-input-json file://none',
        'a folder': f'{E1} --cli-input-json file://.',
        'BOM': '--cli-input-json file://bom.json',
        'not UTF-8': '--cli-input-json file://latin1.json',
        'malformed file': '--cli-input-json file://bad.json',
        'fileb://': '--cli-input-json fileb://full.json',
        'a skeleton': '--cli-input-json file://skeleton.json'}.items():
    create(f'input JSON {_name}', _args, files={
        'full.json': FULL + '\n', 'bom.json': '\ufeff' + FULL,
        'latin1.json': FULL.replace('E7', 'ä').encode('latin-1'),
        'bad.json': '{\n  "DistributionId": E7\n}\n',
        'skeleton.json': '{"DistributionId": "","InvalidationBatch": {"Paths":'
        '{"Quantity": 0,"Items": [""]},"CallerReference": ""}}'})
create('input YAML', "--cli-input-yaml 'DistributionId: E7' --paths /a")
YAML = """DistributionId: E7
InvalidationBatch:
  CallerReference: %s
  Paths:
    Quantity: %s
    Items: %s
"""
for _name, _text in {
        'of a skeleton': """# a comment
DistributionId: 'E7'  # [REQUIRED] The distribution's id.
InvalidationBatch: # [REQUIRED]
  Paths:  # [REQUIRED]
    Quantity: 2
    Items: # A complex type
    - /a
    - '/b*'
  CallerReference: 'r' # [REQUIRED]
""", 'of JSON': FULL, 'of paths in brackets': YAML % ('r', 2, '[/a, "/b"]'),
        'with ---': '---\n' + YAML % ('r', 1, '[/a]') + '...\n',
        'with a literal': YAML % ('|\n    a\n    b', 1, '[/a]'),
        'with a folded text': YAML % ('>-\n    a\n    b', 1, '[/a]'),
        'with a path alone': YAML % ('r', 1, '/a'),
        'with escapes': YAML % ('"\\x41\\u00e4\\n\\/"', 1, '[/a]'),
        'with scripts': YAML % ('é', 1, '[/日本/🚀]'),
        'with blanks in a path': YAML % ('r', 1, '\n    - /a b'),
        'with a colon': YAML % ('a:b:c', 1, '["/a: b"]'),
        'with a number': YAML % (12, 1, '[/a]'),
        'with a string of digits': YAML % ('"12"', 1, '[/a]'),
        'with !!str': YAML % ('!!str 12', 1, '[/a]'),
        'with yes': YAML % ('yes', 1, '[on, off, y, No]'),
        'with true': YAML % ('true', 1, '[/a]'),
        'with null': YAML % ('~', 1, '[/a]'),
        'with words': YAML % ('r', 1, '[null, Null, NULL, nULL, False, TRUE, tRUE]'),
        'with nothing': YAML % ('', 1, '[/a]'),
        'with other numbers': YAML % ('r', '0x1', '[1.5, 0o17, 0b1, 1_000, '
                                      '1e3, .inf, -.5, 007, +1]'),
        'with a number of quantity': YAML % ('r', '"1"', '[/a]'),
        'with unknown members': YAML % ('r', 1, '[/a]') + 'Foo: {a: [1]}\n',
        'with a key twice': YAML % ('r', 1, '[/a]') + 'DistributionId: E8\n',
        'with U+0000': YAML % ('"a\\0b"', 1, '[/a]'),
        'empty': '', 'of a comment': '# nothing', 'of a list': '- a',
        'of a text': 'abc', 'of a number': '12', 'of two': 'a: 1\n---\nb: 2\n',
        'cut': 'a: "b', 'bracket open': 'a: [b', 'indented wrongly':
        'a:\n  b: 1\n c: 2\n', 'colon in a value': 'a: b: c',
        'undefined alias': 'a: *b', 'a directive': '%FOO\na: 1',
        'tab': 'a:\n\t- b', 'control character': 'a: \x01',
        'percent': 'a: %b', 'an at': 'a: @b', '=': 'a: ='}.items():
    create(f'input YAML {_name}', '--cli-input-yaml file://in',
           files={'in': _text})
for _name, _text in {
        'a date': YAML % ('2026-01-02', 1, '[/a]'),
        'an alias': YAML % ('&r ref', 1, '[/a]') + 'a: *r\n',
        'a merge key': YAML % ('r', 1, '[/a]') + '<<: {a: b}\n',
        'a tag': YAML % ('!!int "1"', 1, '[/a]'),
        'a key of a number': YAML % ('r', 1, '[/a]') + '1: a\n',
        'a tab': YAML % ('"a\tb"', 1, '[/a]'),
        'YAML 1.1': '%YAML 1.1\n---\n' + YAML % ('r', 1, '[/a]')}.items():
    create(f'input YAML {_name}', '--cli-input-yaml file://in',
           files={'in': _text})
table(create, r"""
input YAML in an argument | --cli-input-yaml 'DistributionId: E7' --paths /a /b
input YAML with an id    | --cli-input-yaml 'DistributionId: E7' --paths /a
    --distribution-id E1
input YAML without a batch | --cli-input-yaml 'DistributionId: E7'
input YAML from no file  | --cli-input-yaml file://none
input YAML from fileb:// | --cli-input-yaml fileb://in
input YAML and a skeleton | --cli-input-yaml 'DistributionId: E7'
    --generate-cli-skeleton output
""", files={'in': YAML % ('r', 1, '[/a]')})
get('input YAML', f"--cli-input-yaml '{{DistributionId: E1, Id: {ID}}}'")
lists('input YAML', "--cli-input-yaml 'DistributionId: E1'")
lists('input YAML of a page', "--cli-input-yaml '{DistributionId: E1, MaxItems: "
      '"2"}\'')
wait('input YAML', f"--cli-input-yaml '{{DistributionId: E1, Id: {ID}}}'")
get('skeleton yaml-input', '--generate-cli-skeleton yaml-input')
lists('skeleton yaml-input', '--generate-cli-skeleton yaml-input')
wait('skeleton yaml-input', '--generate-cli-skeleton yaml-input')
create('input YAML and JSON', '--cli-input-yaml a --cli-input-json {}')

# ------------------------------------------------------------------- skeletons

table(create, r"""
skeleton                 | --generate-cli-skeleton
skeleton input           | --generate-cli-skeleton input
skeleton output          | --distribution-id E1 --paths /a
    --generate-cli-skeleton output
skeleton output text     | --distribution-id E1 --paths /a
    --generate-cli-skeleton output --output text
skeleton output, query   | --distribution-id E1 --paths /a
    --generate-cli-skeleton output --query Invalidation.Id
skeleton output, no id   | --generate-cli-skeleton output
skeleton output, no batch | --distribution-id E1 --generate-cli-skeleton output
skeleton output, bad     | --distribution-id E1 --invalidation-batch {}
    --generate-cli-skeleton output
skeleton input text      | --generate-cli-skeleton input --output text --query a
skeleton input, id, bad  | --distribution-id E1 --invalidation-batch {
    --generate-cli-skeleton
skeleton input, both     | --paths /a --invalidation-batch {}
    --generate-cli-skeleton
skeleton input, JSON     | --cli-input-json '{"DistributionId":"E5"}'
    --generate-cli-skeleton
skeleton input, unknown  | --generate-cli-skeleton --bogus
skeleton=                | --generate-cli-skeleton=input
skeleton bad             | --generate-cli-skeleton bogus
skeleton yaml-input      | --generate-cli-skeleton yaml-input
skeleton prefix          | --gen
""")
get('skeleton', '--generate-cli-skeleton')
get('skeleton output', f'{E1_ID} --generate-cli-skeleton output')
lists('skeleton', '--generate-cli-skeleton')
lists('skeleton output', f'{E1} --generate-cli-skeleton output')
wait('skeleton', '--generate-cli-skeleton')
wait('skeleton output', f'{E1_ID} --generate-cli-skeleton output')

# ------------------------------------------------------------------- output

table(create, r"""
text                     | --output text
text, two paths          | /b --output text
text, query a text       | --output text --query Invalidation.Id
text, query a list       | /b --output text --query
    Invalidation.InvalidationBatch.Paths.Items
text, query an object    | /b --output text --query
    Invalidation.InvalidationBatch
text, query a number     | --output text --query
    Invalidation.InvalidationBatch.Paths.Quantity
text, query null         | --output text --query Nope
text, scripts            | '/ä日🚀' --output text
query a text             | --query Location
query an object          | --query Invalidation
query a list             | /b --query Invalidation.InvalidationBatch.Paths.Items
query a number           | --query Invalidation.InvalidationBatch.Paths.Quantity
query an index           | /b --query
    Invalidation.InvalidationBatch.Paths.Items[1]
query an index from behind | /b --query
    Invalidation.InvalidationBatch.Paths.Items[-1]
query an index outside   | --query Invalidation.InvalidationBatch.Paths.Items[7]
query null               | --query Nope
query below null         | --query Nope.a[0].b
query below a text       | --query Location.a
query an index of an object | --query Invalidation[0]
query a quoted name      | --query '"Invalidation"."Id"'
query blanks             | --query ' Invalidation . Id '
query @                  | --query @
query, empty             | --query ''
query a projection       | --query Invalidation.InvalidationBatch.Paths.Items[*]
query a list of two      | --query '[Location,Invalidation.Id]'
query a function         | --query 'length(Location)'
query bad                | --query Invalidation.
query bad bracket        | --query 'Items['
query bad character      | --query 'a%b'
query without a value    | --query
query twice              | --query Location --query Invalidation.Id
query from a file        | --query file://query
""".replace('|', f'| {ONE}'), files={'query': 'Invalidation.Id'})

# In each form; a reference of the CLI's own has no fixed length in a table.
FORMS = 'table', 'yaml', 'yaml-stream'
_NAMED = [*E1.split(), '--invalidation-batch']
_MANY = ['/a', '/b*', '/ä日🚀', "/it's", '/a: b #c', '12', '-1', 'true', '~',
         '@x', '/a ', '2026-01-02', '=', '"', '\\', '/' + 'long/' * 30]
for _form in FORMS:
    for _name, _more in {
            '': [], ', an object': ['--query', 'Invalidation'],
            ', a list': ['--query', 'Invalidation.InvalidationBatch.Paths.Items'],
            ', a number': ['--query',
                           'Invalidation.InvalidationBatch.Paths.Quantity'],
            ', null': ['--query', 'Nope'], ', no list': ['--query', '`[]`'],
            ', no object': ['--query', '`{}`'],
            ', 0': ['--query', '`0`'], ', nested': ['--query', '[[[@]]]'],
            ', scalars': ['--query', '`[1.5, true, null, "x", 1e22]`'],
            ', rows': ['--query', '`[[1, "a"], [2, "bc"]]`'],
            ', rows of two lengths': ['--query', '`[[1, "a"], [2]]`'],
            ', color': ['--color', 'on'], ', no color': ['--color', 'off'],
            ', color auto': ['--color', 'auto']}.items():
        create(f'form {_form}{_name}',
               [*_NAMED, GOOD, '--output', _form, *_more])
    create(f'form {_form}, many paths', [*_NAMED, json.dumps(
        {'Paths': {'Quantity': len(_MANY), 'Items': _MANY},
         'CallerReference': 'r'}), '--output', _form])
    create(f'form {_form}, no such distribution', [
        *_NAMED, GOOD, '--output', _form], error(
            404, 'NoSuchDistribution', 'The specified distribution does not '
            'exist.'))
    create(f'form {_form}, of the variable', [*_NAMED, GOOD],
           env={'AWS_DEFAULT_OUTPUT': _form})
    create(f'form {_form}, of the profile', [*_NAMED, GOOD], files={
        '.aws/config': f'[default]\noutput = {_form}\n'})
    create(f'form {_form}, skeleton', [*_NAMED, GOOD, '--output', _form,
                                       '--generate-cli-skeleton', 'output'])
    create(f'form {_form}, skeleton of the input', [
        '--generate-cli-skeleton', '--output', _form])
    get(f'form {_form}', f'{E1_ID} --output {_form}')
    wait(f'form {_form}', f'{E1_ID} --output {_form}')
    wait(f'form {_form}, of the profile', E1_ID, files={
        '.aws/config': f'[default]\noutput = {_form}\n'})
    for _name, _more in {
            '': '', ', some': '--max-items 4', ', two': '--max-items 2',
            ', a page': '--max-items 3', ', from the token': '--starting-token '
            'I02', ', one page': '--no-paginate', ', of the query':
            "--query InvalidationList.Items[].[Id,Status]", ', an item':
            '--query InvalidationList.Items[0]', ', null': '--query Nope',
            ', small pages': '--page-size 2'}.items():
        lists(f'form {_form}{_name}', f'{E1} {_more} --output {_form}')
    lists(f'form {_form}, of nothing', f'{E1} --output {_form}', EMPTY)

# What scripts ask for, and what they get wrong: as JSON and as text.
_LIST, _ITEMS = 'InvalidationList', 'InvalidationList.Items'
for _name, _query in {
        'of a filter': f"{_ITEMS}[?Status=='InProgress'].Id",
        'of a literal': f'{_ITEMS}[?Status==`InProgress`].Id',
        'of a filter, first': f"{_ITEMS}[?Status=='Completed'].Id | [0]",
        'of a count': f'length({_ITEMS})',
        'of a count, pipe': f"{_ITEMS}[?Status=='InProgress'] | length(@)",
        'of a count, length': f"length({_ITEMS}[?Status!='Completed'])",
        'of a slice': f'{_ITEMS}[0:3].{{Id:Id,Status:Status}}',
        'of a slice, from behind': f'{_ITEMS}[-2:].Id',
        'of a slice, backwards': f'{_ITEMS}[::-1].Id',
        'of a list of lists': f'{_ITEMS}[].[Id,Status]',
        'of a list of lists, three': f'{_ITEMS}[*].[Id, CreateTime, Status]',
        'of objects': f'{_ITEMS}[].{{id: Id, "at time": CreateTime}}',
        'of the newest': f'sort_by({_ITEMS}, &CreateTime)[-1].Id',
        'of the newest, reverse': f'reverse(sort_by({_ITEMS}, &CreateTime))'
                                  '[0].[Id]',
        'of the greatest': f'max_by({_ITEMS}, &CreateTime).Id',
        'of the least': f'min_by({_ITEMS}, &Id)',
        'of a join': f"join(', ', {_ITEMS}[].Id)",
        'of starts_with': f"{_ITEMS}[?starts_with(Id, 'I')].Id",
        'of contains': f"{_ITEMS}[?contains(Id, '1') || Id=='x'].Id",
        'of contains, not': f"{_ITEMS}[?!contains(Status, 'Prog')].Id",
        'of a date': f"{_ITEMS}[?CreateTime>='2020-01-01'].Id",
        'of both': f"{_ITEMS}[?Status=='Completed' && CreateTime<'2100'].Id",
        'of not_null': f'not_null({_ITEMS}[0].Nope, {_ITEMS}[0].Id)',
        'of a default': f"{_LIST}.Nope || 'none'",
        'of keys': f'keys({_LIST})', 'of values': f'values({_ITEMS}[0])',
        'of the whole': f'{_LIST}.{{n: Quantity, more: IsTruncated}}',
        'of types': f'[type({_LIST}), type({_ITEMS}), type(Nope)]',
        'of a map': f'map(&[Id, Status], {_ITEMS})',
        'of a merge': f'merge({_ITEMS}[0], `{{"x": 1.50}}`)',
        'of numbers': f'[sum({_ITEMS}[].length(Id)), avg(`[1, 2]`), '
                      'to_number(\'1e3\'), ceil(`1.2`)]',
        'of strings': f'to_string({_ITEMS}[0])',
        'of a sort': f'sort({_ITEMS}[].Status)',
        'of nothing': f"{_ITEMS}[?Status=='Nope'].Id",
        'of nothing, first': f"{_ITEMS}[?Status=='Nope'].Id | [0]",
        'of a wildcard': f'{_LIST}.*', 'of one value': f'{_LIST}.[Quantity]',
        'of no value': '&a', 'of no function': f'count({_ITEMS})',
        'of a wrong type': 'length(Nope)', 'of a wrong number': 'sort_by(@)',
        'of a wrong element': f'sum({_ITEMS}[].Id)',
        'of two types': "'a' < `1`", 'of a step 0': f'{_ITEMS}[::0]',
        'with a backquote left': f'{_ITEMS}[?Status==`InProgress].Id',
        'with a quote left': f"{_ITEMS}[?Status=='InProgress].Id",
        'with one =': f"{_ITEMS}[?Status='InProgress'].Id",
        'with a bracket left': f"{_ITEMS}[?Status=='InProgress'.Id",
        'with double quotes': f'{_ITEMS}[?Status=="InProgress"].Id',
        'with a dot before [': f'{_ITEMS}.[0].Id',
        'with a dash': f'{_ITEMS}[0].Create-Time',
        'beyond ASCII': "'äöü日本🚀'", 'with a bare word': f'{_ITEMS}[?Id==I1]',
        }.items():
    for _output in 'json', 'text', 'table', 'yaml':
        lists(f'query {_name}, {_output}',
              [*E1.split(), '--output', _output, '--query', _query])

# ------------------------------------------------------------------- get, wait

for _function in get, wait:
    table(_function, rf"""
it                       | {E1_ID}
text                     | {E1_ID} --output text
query                    | {E1_ID} --query Invalidation.Status
query text               | {E1_ID} --query Invalidation.Status --output text
id to be encoded         | --distribution-id 'E/1' --id 'I/?ä #'
id, empty                | --distribution-id E1 --id ''
distribution, empty      | --distribution-id '' --id I
no id                    | --distribution-id E1
no distribution          | --id I
neither                  |
id twice                 | --distribution-id E1 --id I1 --id I2
id=                      | --distribution-id=E1 --id=I1
prefixes                 | --dist E1 --i I1
unknown option           | {E1_ID} --paths /a
unknown argument         | {E1_ID} more
input JSON               | --cli-input-json
    '{{"DistributionId":"E3","Id":"I3"}}'
input JSON, types        | --cli-input-json
    '{{"DistributionId":3,"Id":null,"X":1}}'
input JSON, override     | --id I5 --cli-input-json
    '{{"DistributionId":"E3","Id":"I3"}}'
id from a file           | --distribution-id E1 --id file://id
output bad               | {E1_ID} --output bogus
query bad                | {E1_ID} --query '['
profile missing          | {E1_ID} --profile nope
""", files={'id': 'I4\n'})
    _function('no such invalidation', E1_ID, error(
        404, 'NoSuchInvalidation',
        'The specified invalidation does not exist.'))
    _function('access denied', E1_ID, error(403, 'AccessDenied', 'Not you.'))
    _function('503', E1_ID, UNAVAILABLE)
    _function('reset', E1_ID, RESET)
    _function('no connection', E1_ID, endpoint='--endpoint-url '
              'http://127.0.0.1:1')
    _function('not XML', E1_ID, xml('<<<'))
    _function('no region', E1_ID, env={'AWS_DEFAULT_REGION': None})
    _function('no credentials', E1_ID, env=OUR_KEY)
get('completed', E1_ID, COMPLETED)
get('empty', E1_ID, xml(''))
wait('503, then completed', E1_ID, (UNAVAILABLE, COMPLETED),
     env={'AWS_MAX_ATTEMPTS': '2'})
wait('unknown status, then gone', E1_ID + ' --cli-read-timeout 5',
     (xml(invalidation(batch_of('/a'), status='completed')),
      error(404, 'NoSuchInvalidation', 'Gone.')))

# ------------------------------------------------------------------- list

TOKENS = {'null, 2': '{"Marker": null, "boto_truncate_amount": 2}',
          'I03': '{"Marker": "I03"}',
          'I03, 1': '{"Marker": "I03", "boto_truncate_amount": 1}',
          'I03, 9': '{"Marker": "I03", "boto_truncate_amount": 9}',
          'I03, text': '{"Marker": "I03", "boto_truncate_amount": "1"}',
          'unknown': '{"Foo": 1}', 'an array': '[1]', 'a number': '1',
          'no JSON': 'Marker', 'Marker 1': '{"Marker": 1}'}


def encoded(text):
    """A token as the tools print it."""
    import base64
    return base64.b64encode(text.encode()).decode()


table(lists, rf"""
three pages              |
three pages, text        | --output text
query                    | --query InvalidationList.Items[0].Id
query, text, per page    | --query InvalidationList.Items[0].Id --output text
query null, text         | --query Nope --output text
query a list, text       | --query InvalidationList.Items --output text
query all                | --query InvalidationList
query null               | --query InvalidationList.Marker
query the token          | --max-items 2 --query NextToken
query the token, text    | --max-items 2 --query NextToken --output text
query, text, max-items   | --max-items 4 --query InvalidationList.Items[0].Id
    --output text
query a projection       | --query InvalidationList.Items[*].Id
max-items 1              | --max-items 1
max-items 2, text        | --max-items 2 --output text
max-items 3              | --max-items 3
max-items 4              | --max-items 4
max-items 4, text        | --max-items 4 --output text
max-items 6              | --max-items 6
max-items 7              | --max-items 7
max-items 8              | --max-items 8
max-items 0              | --max-items 0
max-items negative       | --max-items -1
max-items=               | --max-items=2
max-items blanks         | --max-items ' 2 '
max-items bad            | --max-items abc
max-items 2.5            | --max-items 2.5
max-items, empty         | --max-items ''
max-items large          | --max-items 99999999999999999999
max-items without a value | --max-items
max-items prefix         | --max 2
max-items twice          | --max-items 2 --max-items 1
page-size 1              | --page-size 1
page-size 2              | --page-size 2
page-size 2, max-items 3 | --page-size 2 --max-items 3
page-size 2, text        | --page-size 2 --output text
page-size 0              | --page-size 0
page-size negative       | --page-size -1
page-size bad            | --page-size abc
page-size, empty         | --page-size ''
page-size 01             | --page-size 01
starting-token a marker  | --starting-token I02
starting-token old form  | --starting-token I02___1
starting-token None      | --starting-token None___2
starting-token odd forms | --starting-token I02___x
starting-token three     | --starting-token I02___1___2
starting-token, empty    | --starting-token ''
starting-token garbage   | --starting-token '%%%'
starting-token to encode | --starting-token 'a b&c=ä+/'
starting-token, the rest | --starting-token I02 --max-items 2 --page-size 1
starting-token, text     | --starting-token I02 --output text
no-paginate              | --no-paginate
no-paginate, text        | --no-paginate --output text
no-paginate, query       | --no-paginate --query InvalidationList.Items[1]
no-paginate, max-items   | --no-paginate --max-items 2
no-paginate, max-items bad | --no-paginate --max-items abc
no-paginate, page-size   | --no-paginate --page-size 2
no-paginate, page-size 0 | --no-paginate --page-size 0
no-paginate, token       | --no-paginate --starting-token I02
no-paginate, token, page-size | --no-paginate --starting-token I02 --page-size 2
marker                   | --marker I02
marker, text             | --marker I02 --output text
marker, max-items        | --marker I02 --max-items 1
marker, page-size        | --marker I02 --page-size 2
marker, token            | --marker I02 --starting-token I03
marker, empty            | --marker ''
marker to encode         | --marker 'a b&c=ä+/~'
marker prefix            | --mark I02
prefix of two            | --ma 2
no distribution          |--
distribution, empty      |-- --distribution-id ''
distribution to encode   |-- --distribution-id 'E/ä'
input JSON               |-- --cli-input-json '{{"DistributionId":"E3"}}'
input JSON, marker       |-- --cli-input-json
    '{{"DistributionId":"E3","Marker":"I02","MaxItems":"2"}}'
input JSON, max-items    |-- --cli-input-json
    '{{"DistributionId":"E3","MaxItems":"2"}}'
input JSON, number       |-- --cli-input-json
    '{{"DistributionId":"E3","MaxItems":2}}'
input JSON, overridden   |-- --cli-input-json
    '{{"DistributionId":"E3","MaxItems":"2"}}' --max-items 1
input JSON, page-size    |-- --cli-input-json
    '{{"DistributionId":"E3","MaxItems":"2"}}' --page-size 1
input JSON, paginated    |-- --cli-input-json '{{"DistributionId":"E3"}}'
    --page-size 2
input JSON, PageSize     |-- --cli-input-json
    '{{"DistributionId":"E3","PaginationConfig":{{"PageSize":1}}}}'
unknown option           | --paths /a
output bad               | --output bogus
query bad                | --query 'a['
""".replace('|--', '|\0').replace('|', f'| {E1}').replace(f'{E1}\0', ''))
for _name, _text in TOKENS.items():
    lists(f'starting-token {_name}',
          f'{E1} --starting-token {encoded(_text)}')
lists('starting-token, then max-items',
      f'{E1} --starting-token {encoded(TOKENS["I03, 1"])} --max-items 2')
lists('starting-token, all cut, text',
      f'{E1} --starting-token {encoded(TOKENS["null, 2"])} --output text')
for _name, _args in {'': '', ', text': '--output text', ', no-paginate':
                     '--no-paginate', ', no-paginate, text':
                     '--no-paginate --output text', ', query':
                     '--query InvalidationList.Items[0].Id', ', query, text':
                     '--query InvalidationList.Items[0].Id --output text',
                     ', query Items': '--query InvalidationList.Items',
                     ', query Items, text': '--query InvalidationList.Items '
                     '--output text'}.items():
    lists(f'empty{_name}', f'{E1} {_args}', EMPTY)
LIST = page({}, 2)[1]
for _name, _answer in {
        'truncated, no marker': xml(page({}, 7)[1].replace(
            '<NextMarker>I03</NextMarker>', '')),
        'the same marker again': xml(page({}, 7)[1]),
        'marker, not truncated': xml(page({}, 7)[1].replace(
            '>true<', '>false<')),
        'truncated TRUE': xml(page({}, 7)[1].replace('>true<', '>TRUE<')),
        'Items an empty element': xml(LIST.partition('<Items>')[0]
                                      + '<Items/></InvalidationList>'),
        'no such distribution': error(404, 'NoSuchDistribution', 'None.'),
        'access denied': error(403, 'AccessDenied', 'Not you.'),
        'not XML': xml('<<<'), 'no body': xml(''), 'reset': RESET,
        'a number that is none': xml(LIST.replace('>2<', '>two<')),
        'cut': xml(LIST, cut='half')}.items():
    lists(_name, E1, _answer)
lists('error on the second page', E1, (xml(page({}, 7)[1]), error(
    400, 'Throttling', 'Rate exceeded')))
lists('error on the second page, text', f'{E1} --output text',
      (xml(page({}, 7)[1]), error(400, 'Throttling', 'Rate exceeded')))
lists('no region', E1, env={'AWS_DEFAULT_REGION': None})

# ------------------------------------------------------------------- errors

for _status, _code, _message in (
        (400, 'Throttling', 'Rate exceeded'),
        (400, 'TooManyInvalidationsInProgress', 'Processing your request will '
         'cause you to exceed the maximum number of in-progress '
         'invalidations.'),
        (403, 'AccessDenied', 'User: arn:aws:iam::123456789012:user/deploy is '
         'not authorized to perform: cloudfront:CreateInvalidation'),
        (404, 'NoSuchDistribution',
         'The specified distribution does not exist.'),
        (403, 'ExpiredToken',
         'The security token included in the request is expired'),
        (403, 'SignatureDoesNotMatch', 'a\n\nb\n  c'),
        (403, 'RequestTimeTooSkewed', 'The clocks differ.'),
        (400, 'InvalidArgument', 'Your request contains a caller reference '
         'that was used for a previous invalidation batch for the same '
         'distribution.'),
        (409, 'InvalidationBatchAlreadyExists', 'With "other" <paths> & \'ä'),
        (400, 'InconsistentQuantities', ''), (413, 'BatchTooLarge', 'Too\tbig'),
        (500, 'InternalFailure', 'The request processing has failed.'),
        (503, 'ServiceUnavailable', 'Please try again.'),
        (502, 'BadGateway', 'x'), (504, 'GatewayTimeout', 'x'),
        (429, 'TooManyRequestsException', 'x'), (429, 'Other', 'x'),
        (400, 'RequestTimeout', 'x'), (418, 'Teapot', 'x')):
    create(f'{_status} {_code}', ONE, error(_status, _code, _message))
for _name, _answer in {
        'throttled, then accepted': (error(400, 'Throttling', 'x'), ECHO),
        'RequestTimeout, then accepted': (error(400, 'RequestTimeout', 'x'),
                                          ECHO),
        '429, then accepted': (error(429, 'Other', 'x'), ECHO),
        '509, then accepted': (error(509, 'Other', 'x'), ECHO),
        'SlowDown, then accepted': (error(400, 'SlowDown', 'x'), ECHO),
        'denied, then accepted': (error(403, 'AccessDenied', 'x'), ECHO),
        'reset, then accepted': (RESET, ECHO),
        'cut, then accepted': (created(invalidation(batch_of('/a')),
                                       cut='half'), ECHO),
        'not XML, then accepted': (created('<<<'), ECHO),
        '500 not XML, then accepted': (xml('<<<', 500), ECHO)}.items():
    create(_name, ONE, _answer, env={'AWS_MAX_ATTEMPTS': '2'})
_ERROR = error_text('AccessDenied', 'No.')
for _name, _answer in {
        'bare Error': xml('<Error><Code>A</Code><Message>B</Message></Error>',
                          400),
        'Error without a code': xml(_ERROR.replace(
            '<Code>AccessDenied</Code>', ''), 403),
        'Error without a message': xml(_ERROR.replace(
            '<Message>No.</Message>', ''), 403),
        'Error with an empty code': xml(_ERROR.replace('AccessDenied', ''),
                                        403),
        'Error of another name': xml('<Foo><Code>A</Code></Foo>', 400),
        'Error with more': xml(_ERROR.replace('</Message>', '</Message><Foo>'
                                              'x</Foo>'), 403),
        'Error not XML': xml('<html><p>Bad Gateway</html>', 502),
        'Error in JSON': xml('{"message":"no"}', 403),
        'Error with an empty body': xml('', 503),
        'Error 404 with an empty body': xml('', 404),
        'Error 400 with an empty body': xml('', 400),
        'Error with a blank body': xml('  \n', 403),
        'Error of an unknown status': xml('', 499),
        'Error cut': xml(_ERROR, 403, cut='half'),
        'Error with CDATA': xml(_ERROR.replace('No.', '<![CDATA[<b>]]>&#228;'),
                                403),
        'Error with a DTD': xml(_ERROR.replace('<ErrorResponse', '<!DOCTYPE a '
                                               '[<!ENTITY e "x">]>'
                                               '<ErrorResponse').replace(
            'No.', '&e;'), 403),
        'Redirect': xml('', 302, headers=(('Location', '/elsewhere'),)),
        'Redirect with a body': xml(_ERROR, 301, headers=(
            ('Location', '/elsewhere'),)),
        'Status 304': xml('', 304),
        'Status 300': xml(_ERROR, 300)}.items():
    create(_name, ONE, _answer)

# ------------------------------------------------------------------- answers

_GOOD = invalidation(batch_of('/b', '/a'))
for _name, _answer in {
        'status 200': xml(_GOOD), 'status 202': xml(_GOOD, 202),
        'status 204': Answer(how='bytes', body=b'HTTP/1.1 204 No Content\r\n'
                             b'\r\n'),
        'no body': created(''), 'a blank body': created(' \n'),
        'not XML': created('<<< this is not XML'),
        'not XML, quotes': created('it\'s "ä" \\ \n\t\x07'),
        'not UTF-8': created(b'<Invalidation>\xff</Invalidation>'),
        'HTML': created('<html><body>ok</body></html>'),
        'JSON': created('{"Id": 1}'), 'cut': created(_GOOD, cut='half'),
        'cut in the head': created(_GOOD, cut=30),
        'nothing': created(_GOOD, cut=0),
        'XML cut': created(_GOOD[:-20]),
        'no namespace': created(_GOOD.replace(' xmlns=', ' a=')),
        'another root': created(_GOOD.replace('<Invalidation ', '<Foo ')
                                .replace('</Invalidation>', '</Foo>')),
        'root alone': created('<Invalidation/>'),
        'no CreateTime': created(_GOOD.replace('<CreateTime>2026-01-02T03:04:'
                                               '05.678Z</CreateTime>', '')),
        'members of its own': created(_GOOD.replace('<Id>', '<Foo><Id>x</Id>'
                                                    '</Foo><Id>')),
        'members twice': created(_GOOD.replace('<Id>', '<Id>x</Id><Id>')),
        'members in another order': created(_GOOD.replace(
            f'<Id>{ID}</Id><Status>InProgress</Status>',
            f'<Status>InProgress</Status><Id>{ID}</Id>')),
        'Items empty': created(invalidation(batch_of())),
        'Items missing': created(_GOOD.replace(
            '<Items><Path>/b</Path><Path>/a</Path></Items>', '')),
        'Path empty': created(invalidation(batch_of(''))),
        'an unknown Item': created(_GOOD.replace('<Path>/b</Path>',
                                                 '<Foo>/b</Foo>')),
        'Quantity not a number': created(_GOOD.replace('>2<', '>two<')),
        'Quantity blanks': created(_GOOD.replace('>2<', '> 2 <')),
        'Quantity empty': created(_GOOD.replace('>2<', '><')),
        'Id with blanks': created(_GOOD.replace(ID, ' I 1\n')),
        'Id with markup': created(_GOOD.replace(ID, 'I<b>x</b>1')),
        'CDATA, comments, entities': created(_GOOD.replace(
            ID, 'a<!-- x -->b<![CDATA[<c>]]>&#228;&#x1F680;&amp;&quot;<?p?>')),
        'control characters': created(_GOOD.replace(ID, 'a&#9;b&#10;&#13;c'
                                                    '&#127;')),
        'quotes and backslashes': created(_GOOD.replace(ID, '"\\/\'')),
        'attributes': created(_GOOD.replace('<Id>', '<Id a="b">')),
        'blanks between': created(_GOOD.replace('><', '>\n  <')),
        'a prefix': created('<x:Invalidation xmlns:x="u"><x:Id>1</x:Id>'
                            '</x:Invalidation>'),
        'latin-1': created(_GOOD.replace('"1.0"', '"1.0" encoding="latin-1"')
                           .replace(ID, 'ä').encode('latin-1')),
        'UTF-16': created(_GOOD.replace('"1.0"', '"1.0" encoding="UTF-16"')
                          .encode('utf-16')),
        'BOM': created('\ufeff' + _GOOD),
        'a DTD': created('<!DOCTYPE a [<!ENTITY e "x">]>' + _GOOD.partition(
            '\n')[2].replace(ID, '&e;')),
        'no Location': created(_GOOD),
        'Location empty': created(_GOOD, headers=(('Location', ''),)),
        'Location twice': created(_GOOD, headers=(('Location', 'a'),
                                                  ('Location', 'b'))),
        'Location, small letters': created(_GOOD, headers=(('location', 'a'),
                                                           )),
        'Location not UTF-8': created(_GOOD, headers=(('Location', 'ä'),)),
        'chunked': Answer(how='bytes', body=b'HTTP/1.1 201 Created\r\nTransfer'
                          b'-Encoding: chunked\r\n\r\n10\r\n<Invalidation>\n '
                          b'\r\nF\r\n</Invalidation>\r\n0\r\n\r\n'),
        'HTTP/1.0': Answer(how='bytes', body=b'HTTP/1.0 201 Created\r\n\r\n'
                           + _GOOD.encode()),
        '100 first': Answer(how='bytes', body=b'HTTP/1.1 100 Continue\r\n\r\n'
                            b'HTTP/1.1 201 Created\r\nConnection: close\r\n'
                            b'\r\n' + _GOOD.encode()),
        'not HTTP': Answer(how='bytes', body=b'SSH-2.0-OpenSSH_9.2p1\r\n'),
        'reset': RESET}.items():
    create(f'answer {_name}', ONE, _answer)
for _time in ('2026-01-02T03:04:05Z', '2026-01-02T03:04:05.123456Z',
              '2026-01-02T03:04:05+02:00', '2026-01-02T03:04:05',
              '2026-01-02', '1767323045', '1767323045.5', 'yesterday', '',
              '2026-13-02T03:04:05Z', '20260102T030405Z',
              'Fri, 02 Jan 2026 03:04:05 GMT', '2026-01-02T03:04:05.6789012Z',
              '2026-01-02 03:04:05Z', '0001-01-01T00:00:00Z', '-1'):
    create(f'time {_time}', ONE, created(_GOOD.replace(
        '2026-01-02T03:04:05.678Z', _time)))
create('text, no Location', f'{ONE} --output text', created(_GOOD))
create('text, Items empty', f'{ONE} --output text',
       created(invalidation(batch_of())))
create('text, no body', f'{ONE} --output text', created(''))
create('text, tab and newline', f'{ONE} --output text',
       created(_GOOD.replace(ID, 'a\tb\nc')))
create('read timeout', f'{ONE} --cli-read-timeout 1', STALL)

# ------------------------------------------------------------------- endpoints

for _name, _url in {
        'with a path': '@URL@/base', 'with a path and /': '@URL@/base/',
        'with a deep path': '@URL@/a/b%20c/./d//e', 'with /': '@URL@/',
        'with a query': '@URL@/?a=b', 'with a fragment': '@URL@/#f',
        'without a scheme': '@HOST@', 'with another scheme': 'ftp://@HOST@',
        'with a user': 'http://u:p@@HOST@', 'of a word': 'foo',
        'refused': 'http://127.0.0.1:1', 'unknown': 'http://nohost.invalid',
        'with a bad port': 'http://127.0.0.1:x',
        'with a large port': 'http://127.0.0.1:99999',
        'in capitals': 'HTTP://@HOST@', 'with no host': 'http://',
        'with a space': 'http://a b/'}.items():
    create(f'endpoint {_name}', [*ONE.split(), '--endpoint-url', _url],
           endpoint='')
create('endpoint=', f'{ONE} --endpoint-url=@URL@/x', endpoint='')
create('endpoint twice', f'{ONE} --endpoint-url http://127.0.0.1:1 '
       '--endpoint-url @URL@', endpoint='')
create('endpoint prefix', f'{ONE} --end @URL@', endpoint='')
create('endpoint, empty', [*ONE.split(), '--endpoint-url='], endpoint='',
       env={'HTTPS_PROXY': 'http://127.0.0.1:1'})
get('endpoint with a path', f'{E1_ID} --endpoint-url @URL@/base', endpoint='')
create('a proxy', ONE, env={'HTTP_PROXY': 'http://127.0.0.1:1',
                            'http_proxy': 'http://127.0.0.1:1'})
create('a proxy, not for this', ONE, env={
    'http_proxy': 'http://127.0.0.1:1', 'no_proxy': '127.0.0.1'})
create('TLS, CA', f'{ONE} --ca-bundle ca.pem', tls=True)
create('TLS, AWS_CA_BUNDLE', ONE, env={'AWS_CA_BUNDLE': 'ca.pem'}, tls=True)
create('TLS, ca_bundle', ONE, tls=True, files={
    '.aws/config': '[default]\nca_bundle = ca.pem\n'})
create('TLS, no-verify-ssl', f'{ONE} --no-verify-ssl', tls=True)
create('TLS, no-verify-ssl, CA', f'{ONE} --no-verify-ssl --ca-bundle none',
       tls=True)
create('TLS, unknown CA', ONE, tls=True)
create('TLS, no such CA', f'{ONE} --ca-bundle none', tls=True)
create('no TLS, no such CA', f'{ONE} --ca-bundle none')
create('TLS asked of plain', [*ONE.split(), '--endpoint-url',
                              'https://@HOST@'], endpoint='')

# ------------------------------------------------------------------- surroundin

OTHER = KEYS['AKIDOTHER'][0]
DEFAULT = KEYS['AKIDDEFAULT'][0]
SECRET, TOKEN = KEYS['AKIDTOKEN']
CREDENTIALS = ('[default]\naws_access_key_id = AKIDDEFAULT\n'
               f'aws_secret_access_key = {DEFAULT}\n'
               f'[other]\naws_access_key_id=AKIDOTHER\n'
               f'aws_secret_access_key={OTHER}\nregion = eu-west-2\n'
               f'[token]\naws_access_key_id = AKIDTOKEN\n'
               f'aws_secret_access_key = {SECRET}\n'
               f'aws_session_token = {TOKEN}\n'
               '[half]\naws_access_key_id = AKIDOTHER\n')
CONFIG = ('[default]\nregion = eu-central-1\noutput = text\n'
          '[profile other]\nregion = eu-west-3\noutput = json\n'
          f'[profile inconfig]\naws_access_key_id = AKIDOTHER\n'
          f'aws_secret_access_key = {OTHER}\nregion = eu-north-1\n'
          '[profile noregion]\noutput = bogus\n[bare]\nregion = x-1\n')
HOME = {'.aws/credentials': CREDENTIALS, '.aws/config': CONFIG}
NO_REGION = {'AWS_DEFAULT_REGION': None}


def env(name, args='', files=None, unsigned=False, **variables):
    """create-invalidation in an environment."""
    create(f'env {name}', f'{ONE} {args}', env=variables, files=files,
           unsigned=unsigned)


env('AWS_REGION', AWS_REGION='eu-west-1', AWS_DEFAULT_REGION=None)
env('AWS_REGION and the default', AWS_REGION='eu-west-1')
env('AWS_REGION, empty', AWS_REGION='', unsigned=True)
env('AWS_REGION bad', AWS_REGION='a b')
env('AWS_DEFAULT_REGION, empty', AWS_DEFAULT_REGION='', unsigned=True)
env('no region', **NO_REGION)
env('no region, skeleton', '--generate-cli-skeleton', **NO_REGION)
env('region of the option', '--region eu-west-1', AWS_REGION='us-west-2')
env('region of the config', files=HOME, **NO_REGION)
env('region of a profile', '--profile other', files=HOME, **NO_REGION)
env('region of no profile', '--profile noregion --output json', files=HOME,
    **NO_REGION)
env('config', files=HOME)
env('config, option', '--output json', files=HOME)
env('AWS_PROFILE', files=HOME, AWS_PROFILE='other', **NO_REGION)
env('AWS_PROFILE, no keys', files=HOME, AWS_PROFILE='other',
    AWS_DEFAULT_PROFILE='token', **OUR_KEY)
env('AWS_DEFAULT_PROFILE', files=HOME, AWS_DEFAULT_PROFILE='token', **OUR_KEY)
env('AWS_PROFILE missing', files=HOME, AWS_PROFILE='nope')
env('AWS_PROFILE, empty', files=HOME, AWS_PROFILE='')
env('profile', '--profile other', files=HOME)
env('profile over AWS_PROFILE', '--profile other', files=HOME,
    AWS_PROFILE='nope')
env('profile=', '--profile=other', files=HOME)
env('profile, empty', '--profile=', files=HOME)
env('profile with a token', '--profile token', files=HOME)
env('profile of the config', '--profile inconfig', files=HOME)
env('profile default', '--profile default', files=HOME)
env('profile half', '--profile half', files=HOME)
env('profile without the word', '--profile bare', files=HOME)
env('profile without keys', '--profile noregion --output json', files=HOME)
env('profile missing', '--profile nope', files=HOME)
env('no keys', **OUR_KEY)
env('keys of the file', files=HOME, **OUR_KEY)
env('no secret', AWS_SECRET_ACCESS_KEY=None)
env('no secret, a file', files=HOME, AWS_SECRET_ACCESS_KEY=None)
env('no key, a secret', AWS_ACCESS_KEY_ID=None)
env('key empty', AWS_ACCESS_KEY_ID='')
env('secret empty', AWS_SECRET_ACCESS_KEY='')
env('a token', AWS_ACCESS_KEY_ID='AKIDTOKEN', AWS_SECRET_ACCESS_KEY=SECRET,
    AWS_SESSION_TOKEN=TOKEN)
env('an old token', AWS_ACCESS_KEY_ID='AKIDTOKEN',
    AWS_SECRET_ACCESS_KEY=SECRET, AWS_SECURITY_TOKEN=TOKEN)
env('a token, empty', AWS_SESSION_TOKEN='')
env('other files', files={'c': CREDENTIALS, 'd': CONFIG},
    AWS_SHARED_CREDENTIALS_FILE='c', AWS_CONFIG_FILE='@PWD@/d', **OUR_KEY)
env('other files, ~', files={'c': CREDENTIALS, 'd': CONFIG},
    AWS_SHARED_CREDENTIALS_FILE='~/c', AWS_CONFIG_FILE='~/d', **OUR_KEY)
env('other files missing', files=HOME, AWS_SHARED_CREDENTIALS_FILE='none',
    AWS_CONFIG_FILE='none')
env('config that is broken', files={'.aws/config': 'nonsense\n'})
env('config that is broken later', files={
    '.aws/config': '[default]\nregion = eu-west-1\nnonsense\n'})
env('config with a section twice', files={
    '.aws/config': '[default]\nregion=a-1\n[default]\noutput=text\n'})
env('config not UTF-8', files={'.aws/config': b'[default]\noutput = \xff\n'})
env('credentials that are broken', files={'.aws/credentials': 'nonsense\n'},
    **OUR_KEY)
env('config with comments', files={
    '.aws/config': '# a\n; b\n[ default ]\n  output = text\n# c\n'})
env('config with tabs and capitals', files={
    '.aws/config': '[default]\nOUTPUT\t=\ttext\n'})
env('config with :', files={'.aws/config': '[default]\noutput: text\n'})
env('config with quotes', files={
    '.aws/config': '[profile "a b"]\noutput = text\n'}, AWS_PROFILE='a b')
env('config, output bad', files={'.aws/config': '[default]\noutput=bogus\n'})
env('config, output, query', '--query Location', files=HOME)
env('config, wire times', files={
    '.aws/config': '[default]\ncli_timestamp_format = wire\n'})
env('config, bad times', files={
    '.aws/config': '[default]\ncli_timestamp_format = bogus\n'})
env('config, no validation', files={
    '.aws/config': '[default]\nparameter_validation = false\n'})
env('AWS_DEFAULT_OUTPUT', AWS_DEFAULT_OUTPUT='text')
env('AWS_DEFAULT_OUTPUT, option', '--output json', AWS_DEFAULT_OUTPUT='text')
env('AWS_DEFAULT_OUTPUT over config', files=HOME, AWS_DEFAULT_OUTPUT='json')
env('AWS_DEFAULT_OUTPUT bad', AWS_DEFAULT_OUTPUT='bogus')
env('AWS_DEFAULT_OUTPUT, empty', AWS_DEFAULT_OUTPUT='')
env('AWS_PAGER', AWS_PAGER='false')
for _value in '0', '-1', 'abc', '', '1.5', ' 2 ':
    env(f'AWS_MAX_ATTEMPTS {_value!r}', AWS_MAX_ATTEMPTS=_value)
for _mode in 'legacy', 'standard', 'adaptive', 'bogus', '':
    create(f'env AWS_RETRY_MODE {_mode!r}', ONE, UNAVAILABLE,
           env={'AWS_RETRY_MODE': _mode})
create('env config, max_attempts', ONE, UNAVAILABLE, files={
    '.aws/config': '[default]\nmax_attempts = 2\nretry_mode = standard\n'},
       env={'AWS_MAX_ATTEMPTS': None})
create('env config, max_attempts bad', ONE, files={
    '.aws/config': '[default]\nmax_attempts = x\n'},
       env={'AWS_MAX_ATTEMPTS': None})
create('env config, retry_mode bad', ONE, files={
    '.aws/config': '[default]\nretry_mode = x\n'})
env('a locale that is not UTF-8', "'/ä'", LC_ALL='C')
env('a locale that is not UTF-8, text', "'/ä' --output text", LC_ALL='C')
env('no HOME', HOME=None)

# ------------------------------------------------------------------- newer ones

DENIED = error(403, 'AccessDenied', 'Not "allowed": <a> & \u00e4')
FORMATS = ('legacy', 'json', 'yaml', 'text', 'table', 'enhanced')
for _format in FORMATS:
    for _name, _args, _more in (
            ('of the service', ONE, {'answers': DENIED}),
            ('without a code', ONE, {'answers': xml('no XML')}),
            ('of a parameter', f'{E1} --invalidation-batch {{}}', {}),
            ('of two parameters', f'{ONE} --invalidation-batch {{}}', {}),
            ('of a query', f'{ONE} --query [', {}),
            ('of an argument', f'{E1} --paths', {}),
            ('of an unknown option', f'{ONE} --bogus', {}),
            ('of no credentials', ONE, {'env': OUR_KEY}),
            ('of a profile', f'{ONE} --profile nope', {}),
            ('of a setting', ONE, {
                'env': {'AWS_CONFIG_FILE': '@PWD@/c'},
                'files': {'c': '[default]\ncli_timestamp_format = x\n'}})):
        if (_format, _name) == ('table', 'of an argument'):
            continue  # as wide as the usage, which is our own
        create(f'error {_format} {_name}',
               f'{_args} --cli-error-format {_format}', newer=True, **_more)
    create(f'error {_format} in the environment', f'{E1} --invalidation-batch {{}}',
           env={'AWS_CLI_ERROR_FORMAT': _format.upper()}, newer=True)
    create(f'error {_format} in the profile', f'{E1} --invalidation-batch {{}}',
           env={'AWS_CONFIG_FILE': '@PWD@/c'}, newer=True,
           files={'c': f'[default]\ncli_error_format = {_format}\n'})
    create(f'error {_format} in the profile, of the service', ONE, DENIED,
           env={'AWS_CONFIG_FILE': '@PWD@/c', 'AWS_PROFILE': 'p'}, newer=True,
           files={'c': f'[profile p]\ncli_error_format = {_format}\n'})
    wait(f'error {_format} of the waiter', f'{E1_ID} --cli-error-format {_format}',
         DENIED, newer=True)
create('error format that is none', f'{ONE} --cli-error-format jsn', newer=True)
create('error format, prefix', f'{E1} --cli-error json', newer=True)
create('error format that is none, in the environment', f'{ONE} --bogus',
       env={'AWS_CLI_ERROR_FORMAT': 'jsn'}, newer=True)
create('error format of option, environment', f'{E1} --cli-error-format text',
       env={'AWS_CLI_ERROR_FORMAT': 'json'}, newer=True)
create('error format and query', f'{ONE} --cli-error-format json --query Code',
       DENIED, newer=True)
create('error format and output', f'{ONE} --cli-error-format yaml --output text',
       DENIED, newer=True)
create('output off', f'{ONE} --output off', newer=True)
create('output off and query', f'{ONE} --output off --query Id', newer=True)
lists('output off', f'{E1} --output off', newer=True)
wait('output off', f'{E1_ID} --output off', newer=True)
create('AWS_DEFAULT_OUTPUT off', ONE, env={'AWS_DEFAULT_OUTPUT': 'off'},
       newer=True)
for _name, _text in (
        ('json', 'jsn'), ('yaml-stream', 'yaml-steam'), ('table', 'tabel')):
    create(f'output nearly {_name}', f'{ONE} --output {_text}', newer=True)
case('wait invalidation-complete', 'waiter nearly', E1_ID, ECHO, newer=True)

# the endpoint: the variables, the profile, its services, and none of them
NOWHERE = 'http://127.0.0.1:9'
for _name, _env, _config in (
        ('AWS_ENDPOINT_URL', {'AWS_ENDPOINT_URL': '@URL@'}, ''),
        ('AWS_ENDPOINT_URL_CLOUDFRONT', {
            'AWS_ENDPOINT_URL_CLOUDFRONT': '@URL@',
            'AWS_ENDPOINT_URL': NOWHERE}, ''),
        ('AWS_ENDPOINT_URL of another service', {
            'AWS_ENDPOINT_URL_S3': NOWHERE, 'AWS_ENDPOINT_URL': '@URL@'}, ''),
        ('endpoint_url', {}, 'endpoint_url = @URL@'),
        ('endpoint_url below a variable', {'AWS_ENDPOINT_URL': '@URL@'},
         f'endpoint_url = {NOWHERE}'),
        ('services', {}, f'endpoint_url = {NOWHERE}\nservices = s\n[services s]\n'
         f's3 =\n  endpoint_url = {NOWHERE}\ncloudfront =\n  endpoint_url = @URL@'),
        ('services below a variable', {'AWS_ENDPOINT_URL_CLOUDFRONT': '@URL@'},
         'services = s\n[services s]\ncloudfront =\n  endpoint_url = '
         f'{NOWHERE}'),
        ('services without it', {}, 'endpoint_url = @URL@\nservices = s\n'
         f'[services s]\ns3 =\n  endpoint_url = {NOWHERE}'),
        ('services that are none', {}, 'endpoint_url = @URL@\nservices = t')):
    create(f'endpoint, {_name}', ONE, endpoint='', newer=True,
           env={'AWS_CONFIG_FILE': '@PWD@/c', **_env},
           files={'c': f'[default]\n{_config}\n'})
    create(f'endpoint, {_name}, ignored', f'{ONE} --endpoint-url @URL@',
           endpoint='', newer=True, env={
               'AWS_CONFIG_FILE': '@PWD@/c', **_env,
               'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS': 'true'},
           files={'c': f'[default]\n{_config}\n'})
for _name, _env, _config in (
        ('AWS_NEW_RETRIES_2026', {'AWS_NEW_RETRIES_2026': 'true'}, ''),
        ('AWS_RETRY_MODE', {'AWS_RETRY_MODE': 'adaptive'}, ''),
        ('retry_mode bad', {}, 'retry_mode = sometimes'),
        ('max_attempts', {'AWS_MAX_ATTEMPTS': None}, 'max_attempts = 1')):
    create(f'retries, {_name}', ONE, UNAVAILABLE, newer=True, env={
        'AWS_CONFIG_FILE': '@PWD@/c', **_env},
        files={'c': f'[default]\n{_config}\n'})
