"""Where everything is, and the clean environment that programs run in."""
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
ACCESS_KEY = 'AKIDEXAMPLE'
SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
SANITIZER = 99  # exit status of a program that a sanitizer stopped
BUILDS_WITH = ('CC', 'AR', 'CPPFLAGS', 'CFLAGS', 'LDFLAGS')  # build.ninja's
CALLER = dict(os.environ)  # whose settings npm needs to find its registry
# The variables that choose what is tested and how. Tests and the programs that
# they start see these, and nothing else of the caller's environment.
CHOSEN = ('EDGEDIFF', 'EDGEDIFF_JOBS', 'EDGEDIFF_PATIENCE', 'EDGEDIFF_SITES',
          'EDGEDIFF_UNIT')


def environment(home, **more):
    """A clean environment: nothing of the machine's AWS set-up gets in.

    A variable that is set to None is left out.
    """
    env = {
        'PATH': os.environ.get('PATH', '/usr/bin:/bin'),
        'HOME': str(home),
        'LC_ALL': 'C.UTF-8',
        'TZ': 'UTC',
        'AWS_ACCESS_KEY_ID': ACCESS_KEY,
        'AWS_SECRET_ACCESS_KEY': SECRET_KEY,
        'AWS_EC2_METADATA_DISABLED': 'true',
        'PYTHONDONTWRITEBYTECODE': '1',
        'ASAN_OPTIONS': f'exitcode={SANITIZER}:detect_leaks=1:'
                        'detect_stack_use_after_return=1:'
                        'strict_string_checks=1',
        'UBSAN_OPTIONS': f'exitcode={SANITIZER}:halt_on_error=1:'
                         'print_stacktrace=1',
        'LSAN_OPTIONS': f'exitcode={SANITIZER}',
        'TSAN_OPTIONS': f'exitcode={SANITIZER}:halt_on_error=1',
    }
    env.update(more)
    return {name: value for name, value in env.items() if value is not None}
