"""Names in zips: the ZIP specification's encodings, as Python decodes them."""
import itertools
import os
import pathlib
import random
import struct
import subprocess
import zipfile
import zlib

from support import run, tree

UNIX, MACOS = 3, 19
# the specification's table: MS-DOS, OpenVMS, OS/2, NTFS twice, VFAT
HOSTS = (0, 2, 6, 10, 11, 14)
UTF8 = 0x0800


def unicode_path(name, of, version=1, crc=None):
    """The extra field 0x7075: this name replaces the one in the header."""
    crc = zlib.crc32(of) if crc is None else crc
    return struct.pack('<HHBI', 0x7075, 5 + len(name), version, crc) + name


def make_zip(path, members):
    """A zip of members (raw name, host, flags, extra field)."""
    data, directory = b'', b''
    for name, host, flags, extra in members:
        body = name * 2
        rest = struct.pack('<HHHHIIIHH', flags, 0, 0, 0x5a21,
                           zlib.crc32(body), len(body), len(body), len(name),
                           len(extra))
        directory += (struct.pack('<IHH', 0x02014b50, host << 8 | 20, 20)
                      + rest
                      + struct.pack('<HHHII', 0, 0, 0, 0x20, len(data))
                      + name + extra)
        data += struct.pack('<IH', 0x04034b50, 20) + rest + name + extra + body
    pathlib.Path(path).write_bytes(
        data + directory + struct.pack(
            '<IHHHHIIH', 0x06054b50, 0, 0, len(members), len(members),
            len(directory), len(data), 0))
    return path


def keys(path):
    text = run(['manifest', path, '--output', 'json']).expect(0).json()
    return [item['key'] for item in text['objects']]


def in_order(names):
    return sorted(names, key=os.fsencode)


def random_name(rng, flags):
    """Bytes that a zip may have as a name: without NUL, / or backslash."""
    if flags & UTF8:
        return ''.join(chr(rng.choice([*range(97, 123), 0xe9, 0x20ac, 0x1f600]))
                       for _ in range(rng.randrange(1, 12))).encode()
    allowed = [c for c in range(0x20, 256) if c not in b'\\/.' and c != 0x7f]
    return bytes(rng.choices(allowed, k=rng.randrange(1, 30)))


def test_names_are_those_that_python_reads():
    rng = random.Random(15)
    for number in range(200):
        members = {}
        while len(members) < rng.randrange(1, 8):
            flags = rng.choice([0, UTF8])
            name = random_name(rng, flags) + b'.html'
            members[name] = (name, rng.choice(HOSTS), flags, b'')
        path = make_zip('site.zip', members.values())
        with zipfile.ZipFile(path) as archive:
            wanted = in_order(set(archive.namelist()))
        if len(wanted) == len(members):
            assert keys(path) == wanted, number


def test_every_byte_of_the_code_page():
    names = [bytes([byte]) for byte in range(0x80, 0x100)]
    assert keys(make_zip('site.zip', [(name, 0, 0, b'') for name in names])) \
        == in_order(name.decode('cp437') for name in names)


def test_the_unicode_path_wins():
    raw, real = 'über.html'.encode('cp437'), '\u00fcber-\u20ac.html'
    field = unicode_path(real.encode(), raw)
    before = struct.pack('<HHI', 0x5455, 4, 7)
    for host, flags in itertools.product((0, 11, UNIX), (0, UTF8)):
        assert keys(make_zip('site.zip', [
            (raw, host, flags, before + field)])) == [real], (host, flags)
    for other in (unicode_path(real.encode(), raw, crc=0),
                  unicode_path(real.encode(), raw, version=2),
                  unicode_path(b'', raw),
                  struct.pack('<HH', 0x7075, 3) + b'\1\0\0'):
        assert keys(make_zip('site.zip', [(raw, 0, 0, other)])) == [
            '\u00fcber.html'], other


def test_damaged_unicode_paths_are_refused():
    for name, word in ((b'\xff.html', 'UTF-8'), (b'a\0b', 'NUL'),
                       (b'docs\\a.html', 'backslash'),
                       (b'../a.html', '..')):
        path = make_zip('site.zip', [
            (b'a.html', 0, 0, unicode_path(name, b'a.html'))])
        run(['manifest', path]).expect(1, 'site.zip', word)


def test_backslashes_are_refused_for_every_host_system():
    for host in (*range(20), 255):
        path = make_zip('site.zip', [(b'docs\\a.html', host, 0, b'')])
        run(['manifest', path]).expect(1, 'docs', 'backslash', 'pack it again')


def test_unix_names_keep_their_bytes():
    """As zip stores them in a locale without UTF-8, and as unzip restores."""
    raw = '\u00fcber.html'.encode()
    for host in (UNIX, MACOS):
        assert keys(make_zip('site.zip', [(raw, host, 0, b'')])) == [
            '\u00fcber.html']
    wanted = run(['manifest', tree('odd', {b'\xff\x81.html': 'odd',
                                           '\u00fc.html': 'x'})]).expect(0)
    for locale in ('C', 'C.UTF-8'):
        subprocess.run(['zip', '-qr', '../odd.zip', '.'], cwd='odd',
                       check=True, env={**os.environ, 'LC_ALL': locale})
        assert run(['manifest', 'odd.zip']).stdout == wanted.stdout, locale
        os.unlink('odd.zip')


def test_a_windows_zip_makes_the_items_of_its_pages():
    for number in (1, 2):
        with zipfile.ZipFile(f'{number}.zip', 'w') as archive:
            info = zipfile.ZipInfo('docs/0ber.html')
            info.create_system = 0
            archive.writestr(info, str(number))
        path = pathlib.Path(f'{number}.zip')
        path.write_bytes(path.read_bytes().replace(b'0ber', b'\x81ber'))
    plan = run(['plan', '1.zip', '2.zip', '--output', 'json']).expect(0).json()
    assert plan['items'] == ['/docs/%C3%BCber.html']
