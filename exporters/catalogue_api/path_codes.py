"""A code as a part of an address."""

from __future__ import annotations

from typing import Annotated

from ninja import Path

from exporters.catalogue_api.parameters import LONGEST_CODE

PathCode = Annotated[str, Path(..., max_length=LONGEST_CODE)]
