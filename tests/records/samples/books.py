"""The records that can be made, by name."""
from . import record_chronic, record_simple, record_stress, records_small

BUILDERS = {
    "simple": record_simple.build,
    "chronic": record_chronic.build,
    "stress": record_stress.build,
    **records_small.BUILDERS,
}
