"""What caches can do wrong.

  forgets    an invalidation misses this key
  in flight  a fill that began before the upload ends after the invalidation: old
             bytes, and a young Age
  late       the origin has not got the last upload yet

What is wrong with a single answer (its status, a body that is cut) is the
server's matter: tests/edge.
"""


class Faults:
    """Without any; a subclass says when they happen."""

    def forgets(self, key):
        """key is (path, query string, encodings of the viewer)."""
        return False

    def in_flight(self, key):
        return False

    def late(self, path):
        return False
