"""Days of the story, shifted to the wished day of reference; times in France and in UTC.

A day is written as a string: "2025-11-24", "2025-11" or "2025", as precise as it is known.
"""
from datetime import date, datetime, timedelta, timezone

REFERENCE = date(2026, 1, 15)


def last_sunday(year, month):
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def paris_offset(moment):
    """Offset from UTC, in hours, of `moment` (a naive time in France)."""
    begin = datetime.combine(last_sunday(moment.year, 3), datetime.min.time()) + timedelta(hours=2)
    end = datetime.combine(last_sunday(moment.year, 10), datetime.min.time()) + timedelta(hours=3)
    return 2 if begin <= moment < end else 1


def hl7_local(moment):
    """yyyyMMddHHmmss+hhmm of a naive time in France."""
    return f"{moment:%Y%m%d%H%M%S}+0{paris_offset(moment)}00"


def hl7_utc(moment):
    """yyyyMMddHHmmss in UTC of a naive time in France."""
    return f"{moment - timedelta(hours=paris_offset(moment)):%Y%m%d%H%M%S}"


def iso_utc(moment):
    utc = (moment - timedelta(hours=paris_offset(moment))).replace(tzinfo=timezone.utc)
    return f"{utc:%Y-%m-%dT%H:%M:%SZ}"


def hl7_day(day):
    """yyyy[MM[dd]] of a day as precise as it is known."""
    return day.replace("-", "")


def french_day(day):
    """dd/mm/yyyy, mm/yyyy or yyyy."""
    return "/".join(reversed(day.split("-")))


class Calendar:
    """Moves the days of the story by a constant number of days."""

    def __init__(self, today):
        self.today = today
        self.shift = today - REFERENCE

    def day(self, text):
        """`text`, a day of the story (yyyy, yyyy-mm or yyyy-mm-dd), moved, with its precision."""
        parts = text.split("-")
        full = date(
            int(parts[0]),
            int(parts[1]) if len(parts) > 1 else 7,
            int(parts[2]) if len(parts) > 2 else 15,
        )
        return (full + self.shift).isoformat()[: len(text)]

    def at(self, text, clock="09:00:00"):
        """A full day of the story, moved, at `clock` (hh:mm[:ss]) in France, as a naive time."""
        return datetime.fromisoformat(f"{self.day(text)}T{clock}")

    def ago(self, days, clock="09:00:00"):
        return datetime.fromisoformat(f"{(self.today - timedelta(days=days)).isoformat()}T{clock}")

    def age(self, birth):
        born = date.fromisoformat(birth)
        return (
            self.today.year
            - born.year
            - ((self.today.month, self.today.day) < (born.month, born.day))
        )
