"""The trees and archives that tests/bench/speed reads, made once in a folder."""
import contextlib
import multiprocessing
import os
import random
import shutil
import string
import subprocess
import time

PER_FOLDER = 100
BLOB = 32 << 20  # more than zstd looks back: slices of it don't repeat
SETTLED = 3  # seconds after which edgediff's cache believes a file's times
WORKERS = 2


# ------------------------------------------------------------------ what is in them

def page_text():
    """Bytes that compress about as pages do: common and rare words, and tags."""
    rand = random.Random(1)
    words = [''.join(rand.choices(string.ascii_lowercase,
                                  k=rand.randint(2, 12))) + ' '
             for _ in range(20000)]
    words += [f'<{tag} class="{words[rank].strip()}">' for rank, tag
              in enumerate(('p', 'a', 'div', 'span', 'li') * 40)]
    rand.shuffle(words)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    pieces, size = [], 0
    while size < BLOB:
        piece = ''.join(rand.choices(words, weights, k=100000)).encode()
        pieces.append(piece)
        size += len(piece)
    return b''.join(pieces)[:BLOB]


def write_folders(root, blob, numbers, files, smallest, largest):
    """Folders with these numbers; each file a slice of the blob."""
    for number in numbers:
        rand = random.Random(number)
        folder = os.path.join(root, f'd{number:05}')
        os.makedirs(folder)
        for file in range(min(PER_FOLDER, files - number * PER_FOLDER)):
            size = rand.randint(smallest, largest)
            start = rand.randrange(BLOB - size)
            write(os.path.join(folder, f'f{file:02}.html'),
                  blob[start:start + size])


def write(path, data):
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    while data:
        data = data[os.write(fd, data):]
    os.close(fd)


# ----------------------------------------------------------------------- the inputs

class Trees:
    """Inputs under a folder; each is made when it is first asked for.

    What is whole has a stamp beside it that says what it was made of, so that
    a folder that is kept serves again.
    """

    def __init__(self, folder, scale, log):
        self.folder, self.log = folder, log
        self.small_count = max(1, int(200000 * scale))
        self.many_count = max(1, int(1000000 * scale))
        self.large_size = max(1, int((512 << 20) * scale))
        self.blob = None
        self.made = -SETTLED

    def text(self):
        if self.blob is None:
            self.blob = page_text()
        return self.blob

    @contextlib.contextmanager
    def making(self, name, of):
        """Yields the path at which to make `name`, or None if it exists."""
        path, stamp = self.folder / name, self.folder / f'{name}.made-of'
        if stamp.exists() and stamp.read_text('utf-8') == of:
            yield None
            return
        stamp.unlink(missing_ok=True)
        shutil.rmtree(path, ignore_errors=True)
        path.unlink(missing_ok=True)
        self.log(f'making {name}: {of}')
        yield path
        os.sync()  # nothing is to be written back while times are taken
        self.made = time.monotonic()
        stamp.write_text(of, 'utf-8')

    def settle(self):
        """Waits until the files are old enough for a cache."""
        time.sleep(max(0, self.made + SETTLED - time.monotonic()))

    def tree(self, name, count, smallest, largest):
        with self.making(name, f'{count:,} files of {smallest:,} to '
                               f'{largest:,} bytes') as path:
            if not path:
                return
            blob = self.text()
            folders = -(-count // PER_FOLDER)
            workers = [multiprocessing.Process(
                target=write_folders,
                args=(path, blob, range(first, folders, WORKERS), count,
                      smallest, largest)) for first in range(WORKERS)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
            if any(worker.exitcode != 0 for worker in workers):
                raise RuntimeError(f'cannot make {name}')

    def small(self):
        self.tree('small', self.small_count, 500, 11500)

    def many(self):
        self.tree('many', self.many_count, 50, 400)

    def large(self):
        """Each file in a folder of its own, for the bare loop's threads."""
        size = self.large_size
        with self.making('large', f'8 files of {size:,} bytes') as path:
            for number in range(8 if path else 0):
                (path / f'd{number}').mkdir(parents=True)
                blob = self.text()[number:]
                with open(path / f'd{number}/film', 'wb') as file:
                    for start in range(0, size, len(blob)):
                        file.write(blob[:size - start])

    def run(self, name, of, command, env=None):
        """Makes a file or folder of the small files by a command."""
        with self.making(name, f'{of}, {self.small_count:,} files') as path:
            if path:
                subprocess.run([part.replace('{}', str(path))
                                for part in command], check=True,
                               cwd=self.folder, env=env,
                               stdout=subprocess.DEVNULL)

    def tar(self):
        self.small()
        self.run('small.tar', 'tar of small',
                 ['tar', '--sort=name', '-cf', '{}', '-C', 'small', '.'])

    def tar_zst(self):
        self.tar()
        self.run('small.tar.zst', 'zstd -3 of small.tar',
                 ['zstd', '-q', '-3', '-T0', '-o', '{}', 'small.tar'])

    def zip(self):
        self.small()
        self.run('small.zip', 'zip of small',
                 ['sh', '-c', 'cd small && exec zip -q -r "$0" .', '{}'])

    def copy(self):
        self.small()
        self.run('small.copy', 'copy of small', ['cp', '-a', 'small', '{}'])

    def repository(self, env):
        """A commit of the small files, with its .git outside of them."""
        self.small()
        git = 'git --git-dir="$0" --work-tree=small '
        self.run('small.git', 'git commit of small', [
            'sh', '-ec', 'git init -q --bare "$0"\n'
            'git --git-dir="$0" config gc.auto 0\n'
            f'{git} add -A\n'
            f'{git} -c user.name=bench -c user.email=bench@example.com '
            'commit -q -m small\n'
            f'{git} status', '{}'], env=env)

    def change(self, number):
        """New bytes in every thousandth of the many files, each in another
        folder; another number gives other bytes. How many there are."""
        changed = range(0, self.many_count, 1000)
        for index in changed:
            write(self.folder / f'many/d{index // PER_FOLDER:05}/f00.html',
                  f'change {number:08} of file {index:08}'.encode())
        return len(changed)
