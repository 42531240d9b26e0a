"""Where edgediff means to differ from the AWS CLI, and why.

Each names its cases, and for each field that differs what edgediff does; the
other fields are equal. A case that doesn't differ in just this way is wrong.
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    why: str
    ours: dict  # status, stdout, stderr, requests: those that differ


DIFFERENCES = {}
