"""Where the time of `edgediff invalidate` goes, by perf's samples.

Its main thread does one thing after the other, and waits for the threads that
read the build. So a sample of its call chain says in which phase it is, and the
time up to the next sample is that phase's, whether it runs or waits.
"""
import re
import shutil
import subprocess

EVERY = 997  # samples a second
STACK = 65528  # bytes of it that are kept with a sample: the most that perf takes

# A phase, and functions of which one must be in the chain; the first phase
# that fits is it.
PHASES = {
    'read the cache': ['cache_session_begin_beside'],
    'save the cache': ['cache_session_end'],
    'curl and certificates': ['connection_open'],
    'walk, stat, read what changed': ['walk_read'],
    'sort the objects': ['objects_sort'],
    'hash the manifest': ['manifest_seal'],
    'find what changed': ['changes_find'],
    'URLs': ['build_urls_find'],
    'plan': ['plan_make'],
    'check the plan': ['plan_check'],
    'hints and warnings': ['warn_about_plan'],
    'save the baseline, twice': ['store_save'],
    'send the batch, and its answer': ['submit_pending'],
    'free memory': ['transition_release', 'baseline_release'],
    'read the baseline': ['store_load', 'file_read_fd'],
}
REST = 'the rest: start, exit, print'


def why_not(binary):
    """Why phases cannot be told, or None."""
    if not shutil.which('perf'):
        return 'perf is not installed'
    done = subprocess.run(['perf', 'record', '-e', 'cpu-clock', '-o',
                           '/dev/null', 'true'], check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode != 0:
        return 'perf may not record here'
    symbols = subprocess.run(['nm', binary], check=True, text=True,
                             stdout=subprocess.PIPE).stdout.split()
    for function in sum(PHASES.values(), []):
        if function not in symbols:
            raise RuntimeError(f'phases.py: {binary} has no {function}')
    return None


def record(path):
    """What to put before a command, to have samples of its main thread."""
    return [shutil.which('perf'), 'record', '--no-inherit', '-q', '-e',
            'cpu-clock', '-F', str(EVERY), '--call-graph', f'dwarf,{STACK}',
            '-o', str(path), '--']


def phase_of(chain):
    return next((name for name, functions in PHASES.items()
                 if not chain.isdisjoint(functions)), REST)


def seconds_of(path):
    """Phase: seconds, from the first sample to the last."""
    done = subprocess.run(
        ['perf', 'script', '-i', str(path), '--no-inline', '-F',
         'time,ip,sym'], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, check=True)
    samples = []
    for block in done.stdout.decode('utf-8', 'replace').split('\n\n'):
        head, _, rest = block.strip().partition('\n')
        if re.fullmatch(r'\d+\.\d+: ?', head):
            chain = {line.split()[-1] for line in rest.splitlines()}
            samples.append((float(head.rstrip(': ')), phase_of(chain)))
    spent = {}
    for (start, phase), (end, _) in zip(samples, samples[1:]):
        spent[phase] = spent.get(phase, 0) + end - start
    return spent
