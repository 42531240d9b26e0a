"""The forms in which the AWS CLI's versions say an error."""
import re

CHOICES = re.compile(r'(?s)(argument \S+): (?:Invalid choice, valid choices are:'
                     r'|Found invalid choice).*')
ERROR = r'PROGRAM: \[ERROR\]:(?: |$)'


def as_before_2_34(text):
    """Standard error in the form that came before `aws: [ERROR]: `.

    Whether white space surrounds a message, in which words a choice is refused,
    an option that is newer, `aws login` and a warning are left out; so is what a
    newer Python says of an OrderedDict, a comma at the end and a wrong time.
    """
    text = re.sub(rf'(?s)^\n{ERROR}(.*)\n\nusage: \.\.\.\n$',
                  r'\nusage: ...\nPROGRAM: error: \1\n\n', text)
    text = re.sub(rf'^\nusage: \.\.\.\n\n+{ERROR}', r'\nusage: ...\n', text)
    text = re.sub(rf'^\n{ERROR}', r'\n', text)
    text = re.sub(r"(, received: '.*' for input:\n) +", r'\1', text)
    text = re.sub(r'value: OrderedDict\(.*?\), type: ',
                  'value: OrderedDict, type: ', text)
    text = re.sub('Invalid JSON: (?:Illegal trailing comma before end of object'
                  '|Expecting property name enclosed in double quotes): .*',
                  'Invalid JSON: a key is missing', text)
    text = re.sub(r'(1\.\.12|0\.\.23|0\.\.59), not \d+:', r'\1:', text)
    text = re.sub('^warning: Non-positive values for --max-items .*\n', '', text)
    text = text.replace(', --cli-error-format', '')
    text = text.replace('"aws configure"', '"aws login"')
    return CHOICES.sub(r'\1: invalid choice', text).strip()


def as_since_2_34(listed, theirs):
    """What differences.py lists, with standard error in the newer form."""
    text = listed.get('stderr')
    if isinstance(text, re.Pattern):
        return {**listed, 'stderr': re.compile(text.pattern.replace(
            r'\n?', r'\nPROGRAM: \[ERROR\]: ', 1))}
    if not text:
        return listed
    kind = {252: 'ParamValidation', 253: 'Configuration'}.get(
        listed.get('status', theirs['status']))
    before = f'An error occurred ({kind}): ' if kind else ''
    return {**listed, 'stderr': f'\nPROGRAM: [ERROR]: {before}{text[1:]}'}
