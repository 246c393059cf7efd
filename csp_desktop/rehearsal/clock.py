"""The evening's clock, for both windows: it moves on by what the hands do, so every rehearsal tells the same times."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class EveningClock:
    """Aware UTC when called."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_time(self, seconds: float) -> None:
        """A person would have needed so long."""
        self.at += timedelta(seconds=seconds)

    def wait_until(self, at: time) -> None:
        """Nothing happens until then; a clock never goes back."""
        table = self.at.astimezone(ZoneInfo("Europe/London"))
        self.at = max(self.at, datetime.combine(table.date(), at, table.tzinfo).astimezone(UTC))

    def go_to_day(self, on: date, at: time) -> None:
        """Another day, at a time on the clock at the table."""
        self.at = max(self.at, datetime.combine(on, at, ZoneInfo("Europe/London")).astimezone(UTC))
