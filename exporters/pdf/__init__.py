"""Cards and handbooks as tagged PDF (PDF/UA-1, ISO 14289-1), rendered by WeasyPrint from print templates.

Rendering opens nothing but the assets of this package: no network, no other file. Equal editions give equal bytes.
"""

import os
from pathlib import Path

# Fontconfig reads this when WeasyPrint is imported, which only modules of this package do: fonts of the machine stay unseen.
os.putenv("FONTCONFIG_FILE", str(Path(__file__).parent / "fonts" / "fonts.conf"))
