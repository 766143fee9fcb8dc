"""What day it is for the catalogue: the calendar day in Poland.

The functions stand in `cms.calendar`, the lowest layer, so that the way to readers counts the same days as readers do.
"""

from __future__ import annotations

from cms.calendar import WARSAW, day_of, today

__all__ = ["WARSAW", "day_of", "today"]
