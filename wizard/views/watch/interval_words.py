"""How often something is tested, in words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from wizard.domain.watch import Interval

INTERVAL_WORDS: Mapping[Interval, LazyString] = {
    Interval.MINUTE: _l("Every minute"),
    Interval.FIVE_MINUTES: _l("Every 5 minutes"),
    Interval.QUARTER: _l("Every 15 minutes"),
    Interval.HOUR: _l("Every hour"),
    Interval.DAY: _l("Once a day"),
    Interval.OFF: _l("Never"),
}
