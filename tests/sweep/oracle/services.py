"""The services of a world: the loopback CloudFront's own handlers, with the
distribution of the world and an edge that hears of its invalidations."""
import types

import configurations
from oracle import distributions
from simulation import services


class Described(configurations.Configurations):
    """What GetDistribution and GetCachePolicy answer; no folder is read."""

    def __init__(self, distribution):
        self.distributions = {distributions.ID: distribution}
        self.raw = {}
        self.policies = {
            ('CachePolicy', name): {'ETag': 'E', 'CachePolicy': {
                'Id': name, 'LastModifiedTime': '2026-09-01T00:00:00Z',
                'CachePolicyConfig': config}}
            for name, config in distributions.CONFIGS.items()}


class CloudFront:
    """respond answers a request; accepted(items) and completed(items) are
    called when an invalidation is."""

    def __init__(self, clock, accepted, completed):
        self.service = services.CloudFront(clock, self.note)
        self.service.args = types.SimpleNamespace(fault=[],
                                                  distributions=None)
        self.accepted, self.completed = accepted, completed
        self.open = []  # accepted, not yet completed
        self.unreadable = ()

    def describe(self, distribution, unreadable):
        self.service.configured = Described(distribution)
        self.unreadable = tuple(name.encode() for name in unreadable)

    def note(self, one, created):
        if created:
            self.open.append(one)
            self.accepted(one.items)

    def respond(self, request):
        target = request.split(b' ', 2)[1]
        fault = 'denied' if b'/cache-policy/' in target and \
            target.rpartition(b'/')[2] in self.unreadable else None
        handler = services.CloudFrontHandler(request, self.service, fault)
        for one in [*self.open]:
            if one.status == 'Completed':
                self.open.remove(one)
                self.completed(one.items)
        return handler.wfile.getvalue(), handler.close_connection

    def finish(self):
        """What was not waited for is completed all the same."""
        for one in self.open:
            self.completed(one.items)
        self.open = []
