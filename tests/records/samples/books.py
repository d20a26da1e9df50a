"""The records that can be made, by name."""
from . import record_chronic, record_simple

BUILDERS = {"simple": record_simple.build, "chronic": record_chronic.build}
