"""What the owner of a baseline may expect of it: the documented exclusions.

A stale entry is due, so that exit status 0 promises that it is gone, if

- no baseline was there when this one began, and nothing has invalidated
  everything since the entry was filled; or
- a run or an announcement with this baseline has seen a build with the
  entry's value, and recorded that, unless a batch that was made after that was
  accepted before the entry was filled, and says that the bucket held something
  else by then (then the value came back in an upload that nobody announced); or
- the baseline is an older or a forked copy, and the others' invalidations show
  it: those of other builds than it has, or is being given.

All others are excused: uploads that no run and no announcement saw, what
`--first-run none` assumed, what others deployed before the first look at the history
of a baseline that it began, announcements and adoptions with another copy, and what was
seen before a batch that another copy had accepted within the last minute: this
copy's has the same CallerReference, and CloudFront's clocks may differ so much that
it looks new. What has become of a baseline is copied with it.
"""
import dataclasses
import itertools
import math


@dataclasses.dataclass
class Batch:
    """A batch that CloudFront was asked for."""
    reference: str
    build: object  # None: of no build that the simulation knows
    family: int  # of the baselines that are copies of each other
    made: int  # tick since which it may have existed
    narrow: bool  # made with --never-widen
    step: int  # tick at which the step began, and a run beside it
    accepted: int = 0  # tick; 0: not yet
    time: int = 0  # of the clock then
    items: tuple = ()

    def is_everything(self, mount):
        return any(item.endswith('*') and mount.startswith(item[:-1])
                   for item in self.items)


class Knowledge:
    families = itertools.count(1)

    def __init__(self, mount, tick, knows_nothing):
        self.mount = mount
        self.family = next(self.families)
        self.since = tick
        self.looked = tick if knows_nothing else math.inf
        self.knows_nothing = knows_nothing
        self.seen = []  # (tick, build)
        self.own = {}  # batches by reference

    def copy(self):
        other = object.__new__(Knowledge)
        other.__dict__.update(self.__dict__)
        other.seen, other.own = list(self.seen), dict(self.own)
        return other

    def adopt(self, batch, tick):
        """A batch of another copy, that looks as if it was made now."""
        self.own[batch.reference] = dataclasses.replace(batch, made=tick)

    def see(self, tick, build):
        self.seen.append((tick, build))

    def accepted(self):
        return [batch for batch in self.own.values() if batch.accepted]

    def is_cleared(self, entry, tick):
        """Has everything been invalidated after that, before the entry?

        With --never-widen, what no record knows of may stay.
        """
        first = min((batch for batch in self.accepted()
                     if batch.accepted > tick and (
                         batch.narrow or batch.is_everything(self.mount))),
                    key=lambda batch: batch.accepted, default=None)
        return first and (first.narrow or first.accepted < entry.tick)

    def why_due(self, key, entry, told, batches, history, others):
        """Why the baseline must have known it; None if it is excused.

        `told` are the hashes of the builds whose invalidations tell nothing,
        and `others` the ticks at which runs began that it need not know of.
        """
        if self.knows_nothing and not self.is_cleared(entry, self.since):
            return 'nothing is known'
        for tick, build in self.seen:
            if tick not in others and build.value(key) == entry.value \
                    and not any(
                    tick < batch.made and batch.accepted < entry.tick
                    and batch.build
                    and batch.build.value(key) not in (None, entry.value)
                    for batch in self.accepted()):
                return f'{build.name} was seen'
        if history:
            for batch in self.foreign(batches, told):
                if not self.is_cleared(entry, batch.accepted):
                    return f'{batch.reference} is of another copy'
        return None

    def foreign(self, batches, told):
        """Invalidations that tell of other copies and were not looked at."""
        return [batch for batch in batches
                if batch.accepted > self.looked
                and batch.reference not in self.own
                and not (batch.build and batch.build.hash in told)
                and (batch.family == self.family
                     or self.mount + '*' in batch.items)]

    def has_news(self, batches):
        """May it take an invalidation for a sign of other copies?

        Before the first look at the history it may take any.
        """
        looked = 0 if self.looked == math.inf else self.looked
        return any(batch.accepted > looked
                   and batch.reference not in self.own
                   and (batch.family == self.family
                        or batch.is_everything(self.mount))
                   for batch in batches)
