"""Options that left something out: once they are gone, that is made up for."""
from support import deploy, tree

EVERYTHING = ['/*']


def test_options_that_left_something_out(server):
    def items(*options):
        """What this run invalidates; None: nothing."""
        count = len(server.created())
        deploy(server, 'two', *options).expect(0)
        created = server.created()[count:]
        return created[0]['items'] if created else None

    tree('one', {'a.html': '1'})
    tree('two', {'a.html': '1', 'b.html': '1'})
    deploy(server, 'one').expect(0)
    assert items('--skip-added') is None
    said = deploy(server, 'two', '--dry-run').expect(0)
    assert '"/*"' in said.out
    assert items() == EVERYTHING
    assert items() is None
    assert items('--immutable', 'a*') is None
    more = ['--fallback', 'a.html', '--query-strings']
    assert items(*more) == EVERYTHING
    assert items(*more) is None


def test_forms_that_are_gone(server):
    """What a URL was that no option makes any more is not forgotten."""
    def items(build, *options):
        count = len(server.created())
        deploy(server, build, '--never-widen', '/', *options).expect(0)
        created = server.created()[count:]
        return created[0]['items'] if created else None

    tree('one', {'p.html': '1', 'a/index.html': '1'})
    tree('two', {'p.html': '2', 'a/index.html': '1'})
    items('one', '--clean-urls', '--index-urls', 'file,slash,bare')
    assert items('two') == ['/a', '/p', '/p.html']
    assert items('two') is None
    # a new form is another answer, too
    assert items('two', '--clean-urls') == ['/p']
    assert items('two') == ['/p']
