"""Archives: the same names and bytes as the folder, or a clear error."""
import gzip
import io
import os
import pathlib
import shutil
import random
import struct
import subprocess
import tarfile
import zipfile
import zlib

from support import compress, run, tar, tree, zip_archive

SITE = {'a.html': 'one', 'b/c.html': 'two', 'd.html': 'three' * 500}


def manifest(build, *more):
    return run(['manifest', build, *more]).expect(0).stdout


def refused(build, *words):
    run(['manifest', build]).expect(1, os.fsdecode(build), *words)


def site_tar(path='site.tar', mode='w:', form=tarfile.PAX_FORMAT):
    with tarfile.open(path, mode, format=form) as archive:
        for name, content in SITE.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content.encode()))
    return pathlib.Path(path)


def test_tar_cut_between_members():
    """Also if the cut leaves whole members, or half of the end mark."""
    whole = site_tar().read_bytes()
    end = len(whole.rstrip(b'\0')) + 511 & ~511
    for cut in (512 + 512, 2 * 1024, end, end + 512):
        pathlib.Path('cut.tar').write_bytes(whole[:cut])
        refused('cut.tar')
        with gzip.open('cut.tar.gz', 'wb') as file:
            file.write(whole[:cut])
        refused('cut.tar.gz')
    pathlib.Path('short.tar').write_bytes(whole[:end + 1024])
    assert manifest('short.tar') == manifest('site.tar')


def test_something_behind_an_archive():
    whole = site_tar().read_bytes()
    junk = b'junk' * 200
    pathlib.Path('junk.tar').write_bytes(whole + junk)
    refused('junk.tar')
    for suffix in ('gz', 'bz2', 'xz', 'zst'):
        compress('site.tar', f'site.tar.{suffix}')
        packed = pathlib.Path(f'site.tar.{suffix}').read_bytes()
        pathlib.Path(f'junk.tar.{suffix}').write_bytes(packed + junk)
        refused(f'junk.tar.{suffix}')


def test_two_tars_in_one_file():
    """What follows a first tar is read too, never silently ignored."""
    site_tar('1.tar')
    with tarfile.open('2.tar', 'w:') as archive:
        archive.addfile(tarfile.TarInfo('other.html'))
    both = b''.join(pathlib.Path(f'{n}.tar').read_bytes() for n in '12')
    pathlib.Path('both.tar').write_bytes(both)
    assert b' other.html\n' in manifest('both.tar')
    assert b' a.html\n' in manifest('both.tar')


def test_zip_is_one_and_whole():
    zip_archive('a.zip', SITE.items())
    zip_archive('b.zip', [('other.html', b'x')])
    a = pathlib.Path('a.zip').read_bytes()
    b = pathlib.Path('b.zip').read_bytes()
    for name, content in (('both', a + b), ('behind', a + b'junk'),
                          ('before', b'#!/bin/sh\n' + a)):
        pathlib.Path(f'{name}.zip').write_bytes(content)
        refused(f'{name}.zip')
    for cut in range(len(a)):
        pathlib.Path('cut.zip').write_bytes(a[:cut])
        run(['manifest', 'cut.zip']).expect(1, 'cut.zip')


def test_zip_with_a_comment():
    zip_archive('site.zip', SITE.items())
    with zipfile.ZipFile('site.zip', 'a') as archive:
        archive.comment = b'a comment PK\5\6 with a signature'
    assert manifest('site.zip') == manifest(tree('site', SITE))


def test_zip64():
    with zipfile.ZipFile('site.zip', 'w') as archive:
        for name, content in SITE.items():
            with archive.open(name, 'w', force_zip64=True) as file:
                file.write(content.encode())
    assert manifest('site.zip') == manifest(tree('site', SITE))


def test_zip_in_another_order():
    """The directory need not list the members in the order of their bytes."""
    names = list(SITE)
    with zipfile.ZipFile('site.zip', 'w') as archive:
        for name in names:
            archive.writestr(name, SITE[name])
        archive.filelist.reverse()
    assert manifest('site.zip') == manifest(tree('site', SITE))


def test_zip_with_backslashes():
    with zipfile.ZipFile('site.zip', 'w') as archive:
        info = zipfile.ZipInfo('x')
        info.filename = 'a\\b.html'
        info.create_system = 0
        archive.writestr(info, b'one')
    refused('site.zip', 'backslash')


def test_names_keep_their_bytes():
    """A decomposed accent stays decomposed, a byte that is not UTF-8 stays."""
    files = {'cafe\u0301.html': 'nfd', 'caf\u00e9.html': 'nfc'}
    wanted = manifest(tree('site', files))
    assert wanted.count(b'html') == 2
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        with tarfile.open('site.tar', 'w:', format=form) as archive:
            archive.add('site', '.')
        assert manifest('site.tar') == wanted
    zip_archive('site.zip', files.items())
    assert manifest('site.zip') == wanted

    odd = manifest(tree('odd', {b'\xff\xfe.html': 'odd'}))
    for form in ('gnu', 'pax', 'ustar'):
        subprocess.run(['tar', f'--format={form}', '-cf', 'odd.tar', '-C',
                        'odd', '.'], check=True)
        assert manifest('odd.tar') == odd, form


def test_symbolic_links_agree_with_the_folder():
    tree('site', {'real/a.html': 'a', 'real/deep/b.html': 'b', 'c.html': 'c'})
    for name, target in (('link', 'real'), ('real/deep/up.html', '../a.html'),
                         ('again.html', 'link/deep/up.html'),
                         ('other', './link/deep/')):
        os.symlink(target, f'site/{name}')
    wanted = manifest('site')
    assert b' link/deep/up.html\n' in wanted and b' other/b.html\n' in wanted
    for command in (['tar', '-cf', 'site.tar', '-C', 'site', '.'],
                    ['sh', '-c', 'cd site && zip -qry ../site.zip .']):
        subprocess.run(command, check=True)
    assert manifest('site.tar') == wanted
    assert manifest('site.zip') == wanted


def test_links_that_cannot_be_followed():
    for target, word in (('..', ''), ('missing', ''), ('.', 'cycle'),
                         ('/etc', ''), ('sub/loop', 'cycle')):
        tree('site', {'sub/a.html': 'a'})
        os.symlink('..', 'site/sub/loop')
        os.symlink(target, 'site/link')
        subprocess.run(['tar', '-cf', 'site.tar', '-C', 'site', '.'],
                       check=True)
        run(['manifest', 'site', '--exclude', 'loop']).expect(1, 'link', word)
        run(['manifest', 'site.tar', '--exclude', 'loop']).expect(
            1, 'link', word)
        shutil.rmtree('site')


def test_long_ways_of_links():
    """As many links one after the other as the kernel follows, and no more."""
    def chain(count, end):
        links = []
        for i in range(count):
            link = tarfile.TarInfo()
            link.type = tarfile.SYMTYPE
            link.linkname = f'sub/../{i + 1}' if i + 1 < count else end
            links.append((f'{i}', link))
        return tar('site.tar', [*links, ('sub/a.html', b'a')])

    text = manifest(chain(40, 'sub/a.html'))
    assert b'\nend 41 ' in text, text
    refused(chain(42, 'sub/a.html'), '0: ', 'cycle')
    refused(chain(3, '0'), 'cycle')
    refused(chain(3, '../0'), 'out of the archive')


def test_names_that_lead_out():
    for name in ('../a.html', '/a.html', 'x/../../a.html', 'x/../a.html'):
        tar('bad.tar', [(name, b'x')])
        refused('bad.tar', 'a.html')
        zip_archive('bad.zip', [(name, b'x')])
        refused('bad.zip', 'a.html')


def test_a_name_twice():
    tar('bad.tar', [('a.html', b'1'), ('./a.html', b'2')])
    refused('bad.tar', 'a.html', 'duplicate')
    tar('bad.tar', [('a', b'1'), ('a/b.html', b'2')])
    refused('bad.tar', 'both a file and a folder')


def test_a_name_with_a_nul():
    """It is what tar writes, and so what is uploaded; nothing is lost of two."""
    def pax(path, *names):
        with tarfile.open(path, 'w', format=tarfile.PAX_FORMAT) as archive:
            for name in names:
                info = tarfile.TarInfo('short')
                info.pax_headers = {'path': name}
                info.size = len(name)
                archive.addfile(info, io.BytesIO(name.encode()))
        return pathlib.Path(path)

    name = 'docs/index.html\0.gz'
    pax('site.tar', name, 'a.html')
    os.mkdir('folder')
    subprocess.run(['tar', '-xf', 'site.tar', '-C', 'folder'], check=True)
    assert pathlib.Path('folder/docs/index.html').read_text('utf-8') == name
    whole = manifest('folder')
    assert manifest('site.tar') == manifest('site.tar', '--jobs', '1') == whole
    compress('site.tar', 'site.tar.gz')
    assert manifest('site.tar.gz') == whole
    pax('twice.tar', name, 'docs/index.html')
    refused('twice.tar', 'docs/index.html', 'duplicate')


def test_sparse_file():
    os.mkdir('site')
    with open('site/holes.bin', 'wb') as file:
        file.write(b'begin')
        file.seek(3_000_000)
        file.write(b'middle')
        file.truncate(5_000_000)
    for form in ('gnu', 'posix'):
        subprocess.run(['tar', f'--format={form}', '--sparse', '-cf',
                        'site.tar', '-C', 'site', '.'], check=True)
        assert manifest('site.tar') == manifest('site'), form


def test_damaged_bytes():
    """A flipped bit is found, or changes nothing but what its bytes say."""
    wanted = manifest(tree('site', SITE))
    site_tar()
    for suffix in ('xz', 'bz2'):  # formats with checksums over all of it
        compress('site.tar', f'site.tar.{suffix}')
        whole = pathlib.Path(f'site.tar.{suffix}').read_bytes()
        rng = random.Random(7)
        for _ in range(40):
            broken = bytearray(whole)
            at = rng.randrange(len(broken))
            broken[at] ^= 1 << rng.randrange(8)
            pathlib.Path('bad').write_bytes(broken)
            result = run(['manifest', 'bad'])
            assert result.status == 1 or result.stdout == wanted, (suffix, at)


def test_a_lying_zip_directory():
    zip_archive('site.zip', SITE.items())
    whole = bytearray(pathlib.Path('site.zip').read_bytes())
    end = whole.rindex(b'PK\5\6')
    for offset, form, value in ((10, '<H', 2), (10, '<H', 65535),
                                (12, '<I', 1), (12, '<I', 0xfffffff0),
                                (16, '<I', 0), (16, '<I', 0xfffffff0)):
        broken = bytearray(whole)
        struct.pack_into(form, broken, end + offset, value)
        pathlib.Path('bad.zip').write_bytes(broken)
        refused('bad.zip')


def link_to(target, kind=tarfile.SYMTYPE):
    link = tarfile.TarInfo()
    link.type = kind
    link.linkname = target
    return link


def test_links_agree_with_the_file_system():
    """Every target is followed as the kernel does, or refused as it does."""
    targets = ['x', 'x/', 'x/.', './x', 'd', 'd/', 'd/.', 'd/../x', 'd/..//x',
               'nope/../x', 'x/../x', 'd/y/', 'd/y/../y', 'd/./y', 'tod/y',
               'tod/../x', 'tox', 'tox/', 'tox/../x', 'tod', 'tod/', 'nope',
               'd/nope', './/d//y', 'd/y', 'tox/.']
    tree('site', {'x': 'x', 'd/y': 'y'})
    os.symlink('x', 'site/tox')
    os.symlink('d', 'site/tod')
    for target in targets:
        os.symlink(target, 'site/d/link' if target == '.' else 'site/link')
        subprocess.run(['tar', '-cf', 'site.tar', '-C', 'site', '.'],
                       check=True)
        folder, archive = run('manifest site'.split()), \
            run('manifest site.tar'.split())
        assert folder.status == os.path.exists('site/link') ^ 1, target
        assert (archive.status, archive.stdout) == (
            folder.status, folder.stdout), (target, archive.err, folder.err)
        os.unlink('site/link')


def test_hard_links_to_what_only_a_folder_can_be():
    for target in ('x/', 'x/.', './x/'):
        tar('site.tar', [('x', b'1'), ('y', link_to(target, tarfile.LNKTYPE))])
        refused('site.tar', 'y: a hard link')
    for target in ('x', './x'):
        tar('site.tar', [('x', b'1'), ('y', link_to(target, tarfile.LNKTYPE))])
        assert b' y\n' in manifest('site.tar')


def fan_out(width, depth):
    """Folders of links: each to all folders of the next level."""
    members = []
    for level in range(depth):
        for i in range(width):
            if level == depth - 1:
                members.append((f'l{level}/{i}.html', b'x'))
            else:
                members.append((f'l{level}/{i}', link_to(f'../l{level + 1}')))
    return tar('site.tar', members)


def test_links_that_fan_out():
    """60^8 objects in an archive of some kilobytes; few links stay fine."""
    fan_out(60, 8)
    refused('site.tar', 'lead to more than the limit of 2000000 members',
            '--exclude')
    fan_out(4, 5)
    assert manifest('site.tar').count(b'.html\n') == sum(
        4 ** level for level in range(1, 6))


def overlapping_zip(count, kernel, flags=0, claim=None):
    """
    A zip whose members share the kernel: each has it after stored blocks that
    quote the headers of the members after it.
    """
    def header(name, packed, size, crc, signature):
        if flags & 8 and signature == 0x04034b50:
            packed = size = crc = 0
        head = struct.pack('<I', signature)
        if signature == 0x02014b50:
            head += struct.pack('<H', 20)
        return head + struct.pack('<HHHHHIIIHH', 20, flags, 8, 0, 0x5a21, crc,
                                  packed, size, len(name), 0)

    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    tail = packer.compress(kernel) + packer.flush()
    plain, members = kernel, []
    for i in reversed(range(count)):
        name = f'{i}.html'.encode()
        crc = zlib.crc32(plain)
        members.insert(0, (name, len(tail), len(plain), crc))
        local = header(name, len(tail), len(plain), crc, 0x04034b50) + name
        whole = local + tail
        block = struct.pack('<BHH', 0, len(local), len(local) ^ 0xffff)
        tail, plain = block + whole, local + plain
    data, directory, offset = whole, b'', 0
    for name, packed, size, crc in members:
        directory += header(name, packed if claim is None else claim, size,
                            crc, 0x02014b50)
        directory += struct.pack('<HHHII', 0, 0, 0, 0x20, offset) + name
        offset += 30 + len(name) + 5
    pathlib.Path('bomb.zip').write_bytes(data + directory + struct.pack(
        '<IHHHHIIH', 0x06054b50, 0, 0, count, count, len(directory),
        len(data), 0))


def test_zip_members_that_overlap_partly():
    overlapping_zip(1, b'0' * 100_000)
    assert manifest('bomb.zip').count(b'.html\n') == 1
    overlapping_zip(100, b'0' * 100_000)
    refused('bomb.zip', '0.html: overlaps the next member')
    # a directory that says less than is unpacked
    for flags in (0, 8):
        overlapping_zip(100, b'0' * 100_000, flags, claim=1)
        refused('bomb.zip')


def test_the_content_of_an_archive_is_bounded():
    """A hole takes no room in the archive, but every byte is hashed."""
    tree('site', {'a.html': 'one'})
    for size in (1 << 20, 1 << 40):
        with open('site/holes.bin', 'wb') as file:
            file.truncate(size)
        subprocess.run(['tar', '--sparse', '-cf', f'{size}.tar', '-C', 'site',
                        'a.html', 'holes.bin'], check=True)
    assert b' 1048576 holes.bin\n' in manifest(f'{1 << 20}.tar')
    refused(f'{1 << 40}.tar', 'holes.bin', 'limit of 1 TiB')
