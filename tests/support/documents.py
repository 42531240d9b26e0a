"""What people read: README.md, and each page of docs/."""
from support.environment import ROOT

DOCUMENTS = ('README.md', *(str(path.relative_to(ROOT)) for path in
                            sorted((ROOT / 'docs').rglob('*.md'))))
