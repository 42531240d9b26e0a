"""Builds and archives, good and bad: what tests give to edgediff."""
import gzip
import io
import os
import pathlib
import shutil
import subprocess
import tarfile
import unittest
import zipfile


def tree(folder, files):
    """Writes files (name: text or bytes) under folder; returns its path."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = os.path.join(os.fsencode(folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as file:
            file.write(content if isinstance(content, bytes)
                       else content.encode())
    return folder


def tick():
    """Until the file system's clock goes on: no file has this time then."""
    probe = pathlib.Path('probe')
    probe.write_text('x')
    first = probe.stat().st_ctime_ns
    while probe.stat().st_ctime_ns // 10**7 == first // 10**7:
        probe.write_text('x')
    probe.unlink()


def read_tree(folder):
    """Every file under folder: name and bytes."""
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob('*')) if path.is_file()}


def flip_bit(path, offset, bit=0):
    data = bytearray(pathlib.Path(path).read_bytes())
    data[offset] ^= 1 << bit
    pathlib.Path(path).write_bytes(data)


def tar(path, members, mode='w:'):
    """An archive of members: (name, bytes, or a TarInfo ready to add)."""
    with tarfile.open(path, mode) as archive:
        for name, content in members:
            if isinstance(content, tarfile.TarInfo):
                content.name = name
                archive.addfile(content)
                continue
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def zip_archive(path, members, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, 'w', method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def compress(path, to):
    """Compresses a file by its new suffix, with Python or the usual tool."""
    suffix = pathlib.Path(to).suffix
    if suffix == '.gz':
        with open(path, 'rb') as source, gzip.open(to, 'wb') as target:
            shutil.copyfileobj(source, target)
        return to
    tool = {'.xz': 'xz', '.bz2': 'bzip2', '.zst': 'zstd'}[suffix]
    if not shutil.which(tool):
        raise unittest.SkipTest(f'{tool} is not installed')
    with open(to, 'wb') as target:
        subprocess.run([tool, '-q', '-c', str(path)], stdout=target,
                       check=True)
    return to
