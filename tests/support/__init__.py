"""What tests are made of; the names that most of them use."""
from support.documents import DOCUMENTS
from support.environment import (ACCESS_KEY, BUILDS_WITH, CHOSEN, ROOT,
                                 SANITIZER, SECRET_KEY, environment)
from support.files import (compress, flip_bit, read_tree, tar, tick, tree,
                           zip_archive)
from support.patience import limit, wait_until, whole
from support.program import (SKIPPED, Result, command, deploy, edgediff, run,
                             run_on_terminal, run_script,
                             skip_under_thread_sanitizer, spend, start)
from support.servers import (EdgeOfStore, EdgeServer, S3Server, Server,
                             StsServer)
from support.sites import sites

__all__ = [name for name in dir() if not name.startswith('_')]
