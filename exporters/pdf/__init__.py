"""Cards and handbooks as tagged PDF (PDF/UA-1, ISO 14289-1), rendered by WeasyPrint from print templates.

Rendering opens nothing but the assets of this package: no network, no other file. Equal editions give equal bytes.
"""
