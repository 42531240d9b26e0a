"""What a distribution's configuration says, in the form of GetDistribution.

The elements are read as `aws cloudfront get-distribution` prints them, which is
also how tests/distributions has them.
"""
from edge_model import paths

DEFAULT_ERROR_TTL = 10
MANAGED = {  # (min, default, max, query strings, gzip, brotli)
    '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': (0, 0, 0, 'none', False, False),
    '658327ea-f89d-4fab-a63d-7e88639e58f6':
        (1, 86400, 31536000, 'none', True, True),
    'b2884449-e4de-46a7-ac36-70bc7f1ddd6d':
        (1, 86400, 31536000, 'none', False, False),
    '2e54312d-136d-493c-8eb9-b001f22f67d2': (2, 2, 600, 'all', True, True),
}


def items(parent, name):
    return (parent.get(name) or {}).get('Items') or []


# ------------------------------------------------------------- functions

def index_of_folder(path):
    return path + 'index.html' if path.endswith('/') else path


def index_of_path(path):
    if path.endswith('/'):
        return path + 'index.html'
    last = path.rpartition('/')[2]
    return path if '.' in last else path + '/index.html'


def clean_urls(path):
    last = path.rpartition('/')[2]
    return path if not last or '.' in last else path + '.html'


# What functions of these names make of a path; all others leave it as it is.
FUNCTIONS = {'index-of-folder': index_of_folder,
             'index-of-path': index_of_path, 'clean-urls': clean_urls}


def function_name(arn):
    return arn.rpartition('function')[2].strip(':/').partition(':')[0]


class Behavior:
    """A cache behaviour with its policy."""

    def __init__(self, element, policies):
        self.pattern = element.get('PathPattern')
        self.target = element['TargetOriginId']
        self.compress = element.get('Compress', False)
        self.smooth = element.get('SmoothStreaming', False)
        self.signed = any((element.get(name) or {}).get('Enabled')
                          for name in ('TrustedSigners', 'TrustedKeyGroups'))
        self.rewrites = {'viewer-request': [], 'origin-request': []}
        for association in items(element, 'FunctionAssociations') + \
                items(element, 'LambdaFunctionAssociations'):
            arn = association.get('FunctionARN') or \
                association.get('LambdaFunctionARN')
            change = FUNCTIONS.get(function_name(arn))
            if change and association['EventType'] in self.rewrites:
                self.rewrites[association['EventType']].append(change)
        self.read_policy(element, policies)

    def read_policy(self, element, policies):
        name = element.get('CachePolicyId')
        if not name:
            self.read_legacy(element)
        elif name in policies:
            self.read_config(policies[name])
        else:
            (self.ttl_min, self.ttl_default, self.ttl_max, self.query,
             self.gzip, self.brotli) = MANAGED[name]
            self.query_names = frozenset()

    def read_config(self, config):
        self.ttl_min = config['MinTTL']
        self.ttl_default = config.get('DefaultTTL', 86400)
        self.ttl_max = config.get('MaxTTL', 31536000)
        key = config['ParametersInCacheKeyAndForwardedToOrigin']
        self.gzip = key.get('EnableAcceptEncodingGzip', False)
        self.brotli = key.get('EnableAcceptEncodingBrotli', False)
        query = key['QueryStringsConfig']
        self.query = query['QueryStringBehavior']
        self.query_names = frozenset(items(query, 'QueryStrings'))

    def read_legacy(self, element):
        """Forwarded values: with Compress, gzip is in the key by itself."""
        self.ttl_min = element.get('MinTTL', 0)
        self.ttl_default = element.get('DefaultTTL', 86400)
        self.ttl_max = element.get('MaxTTL', 31536000)
        values = element.get('ForwardedValues') or {}
        names = items(values, 'QueryStringCacheKeys')
        self.query = 'none' if not values.get('QueryString') else \
            'whitelist' if names else 'all'
        self.query_names = frozenset(names)
        self.gzip, self.brotli = self.compress, False

    def rewrite(self, event, path):
        for change in self.rewrites[event]:
            path = change(path)
        return path

    def key(self, path, query, accept):
        """"Understand the cache key": the path after viewer-request."""
        return (path, paths.query_key(query, self.query, self.query_names),
                paths.encoding_class(accept, self.gzip, self.brotli))


class Origin:
    """kind is s3 (the REST endpoint), website, or other."""

    def __init__(self, element):
        self.id = element['Id']
        self.domain = element['DomainName']
        self.path = element.get('OriginPath', '')
        self.kind = 's3' if 'S3OriginConfig' in element else \
            'website' if '.s3-website' in self.domain else 'other'
        self.bucket = self.domain.partition('.s3')[0] \
            if self.kind != 'other' else None


class ErrorResponse:
    def __init__(self, element):
        self.page = element.get('ResponsePagePath') or ''
        self.code = int(element.get('ResponseCode') or 0)
        self.ttl = int(element.get('ErrorCachingMinTTL', DEFAULT_ERROR_TTL))


class Configuration:
    """policies are CachePolicyConfigs by id."""

    def __init__(self, distribution, policies=None,
                 reading=paths.Reading()):
        config = distribution['DistributionConfig']
        self.reading = reading
        self.id = distribution.get('Id')
        self.domain = distribution.get('DomainName', '')
        root = config.get('DefaultRootObject') or ''
        self.root = paths.canonical('/' + root.lstrip('/')) if root else ''
        self.behaviors = [Behavior(element, policies or {}) for element in [
            *items(config, 'CacheBehaviors'), config['DefaultCacheBehavior']]]
        self.origins = {origin.id: origin for origin in map(
            Origin, items(config, 'Origins'))}
        self.groups = {group['Id']: group
                       for group in items(config, 'OriginGroups')}
        self.errors = {int(element['ErrorCode']): ErrorResponse(element)
                       for element in items(config, 'CustomErrorResponses')}
        self.found = {}

    def behavior(self, path):
        """The first whose pattern matches; the default is the last."""
        if path not in self.found:
            asked = self.root if path == '/' and self.root and (
                self.reading.root_behavior or self.reading.root_key) else path
            self.found[path] = next(
                one for one in self.behaviors if one.pattern is None or
                paths.matches(one.pattern, asked, self.reading))
        return self.found[path]

    def members(self, target):
        """The origins of a target, and the statuses that lead to the next."""
        group = self.groups.get(target)
        if not group:
            return [self.origins[target]], frozenset()
        codes = items(group['FailoverCriteria'], 'StatusCodes')
        return [self.origins[member['OriginId']]
                for member in items(group, 'Members')], frozenset(codes)
