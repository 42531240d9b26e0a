"""The distributions and policies that tests/cloudfront describes.

A folder has a file NAME.json for each distribution, in the form in which
`aws cloudfront get-distribution` prints it, and policies.json with all cache and
continuous deployment policies. A request for another id whose part after the
first - is that of a described one (E503-S3REST, like E1-S3REST) is about a
distribution that is described alike. A file ID.xml is what GetDistribution answers
for that id, as it is. www.json is the distribution of the examples in the manual.
"""
import copy
import json
import pathlib
from xml.sax.saxutils import escape

FOLDER = pathlib.Path(__file__).parent / 'distributions'

# What the elements of a list are called, by the name of the list.
ELEMENTS = {
    'Aliases': 'CNAME', 'Origins': 'Origin', 'OriginGroups': 'OriginGroup',
    'Members': 'OriginGroupMember', 'StatusCodes': 'StatusCode',
    'CustomHeaders': 'OriginCustomHeader',
    'OriginSslProtocols': 'SslProtocol', 'TrustedKeyGroups': 'KeyGroup',
    'TrustedSigners': 'AwsAccountNumber', 'AllowedMethods': 'Method',
    'CachedMethods': 'Method', 'CacheBehaviors': 'CacheBehavior',
    'LambdaFunctionAssociations': 'LambdaFunctionAssociation',
    'FunctionAssociations': 'FunctionAssociation', 'Headers': 'Name',
    'QueryStringCacheKeys': 'Name', 'QueryStrings': 'Name',
    'WhitelistedNames': 'Name', 'CustomErrorResponses': 'CustomErrorResponse',
    'StagingDistributionDnsNames': 'DnsName',
    'DistributionList': 'DistributionSummary',
    'AliasICPRecordals': 'AliasICPRecordal',
}
OF_SUMMARY = ('Aliases', 'Origins', 'OriginGroups', 'DefaultCacheBehavior',
              'CacheBehaviors', 'CustomErrorResponses', 'Comment',
              'PriceClass', 'Enabled', 'ViewerCertificate', 'Restrictions',
              'WebACLId', 'HttpVersion', 'IsIPV6Enabled', 'Staging',
              'ConnectionMode')


def element(name, value, parent=None):
    """A value of the API as XML."""
    if isinstance(value, dict):
        text = ''.join(element(key, member, name)
                       for key, member in value.items())
    elif isinstance(value, list):
        inner = ELEMENTS[parent if name == 'Items' else name]
        text = ''.join(element(inner, member, name) for member in value)
    elif isinstance(value, bool):
        text = str(value).lower()
    else:
        text = escape(str(value))
    return f'<{name}>{text}</{name}>'


def document(name, value, namespace):
    text = element(name, value)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<{name} xmlns="{namespace}"' + text[len(name) + 1:])


class Configurations:
    """All that a folder describes, as the operations return it."""

    def __init__(self, folder=FOLDER):
        self.distributions, self.policies = {}, {}
        self.raw = {path.stem: path.read_text('utf-8')
                    for path in pathlib.Path(folder).glob('*.xml')}
        for path in sorted(pathlib.Path(folder).glob('*.json')):
            described = json.loads(path.read_text('utf-8'))
            if path.name == 'policies.json':
                for kind in ('CachePolicy', 'ContinuousDeploymentPolicy'):
                    plural = kind[:-1] + 'ies'
                    for one in described.get(plural, ()):
                        self.policies[kind, one[kind]['Id']] = one
            else:
                one = described['Distribution']
                self.distributions[one['Id']] = described

    def distribution(self, name):
        """What GetDistribution returns for an id, or None."""
        known = self.distributions.get(name)
        if known:
            return known
        _, dash, rest = name.partition('-')
        for described in self.distributions.values():
            if dash and described['Distribution']['Id'].partition('-')[2] \
                    == rest:
                known = copy.deepcopy(described)
                known['Distribution']['Id'] = name
                return known
        return None

    def policy(self, kind, name):
        return self.policies.get((kind, name))

    def page(self, marker, most):
        """A page of DistributionList; None if the marker is unknown."""
        ids = list(self.distributions)
        if marker and marker not in ids:
            return None
        begin = ids.index(marker) + 1 if marker else 0
        page = ids[begin:begin + most]
        more = begin + most < len(ids)
        summaries = []
        for name in page:
            whole = self.distributions[name]['Distribution']
            summaries.append({
                **{key: whole[key] for key in (
                    'Id', 'ARN', 'Status', 'LastModifiedTime', 'DomainName')},
                **{key: whole['DistributionConfig'][key] for key in OF_SUMMARY
                   if key in whole['DistributionConfig']}})
        return {'Marker': marker, **({'NextMarker': page[-1]} if more else {}),
                'MaxItems': most, 'IsTruncated': more, 'Quantity': len(page),
                'Items': summaries}
