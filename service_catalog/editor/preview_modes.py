"""Names of the views of a draft that stand beside the form."""

CONSULTANT_VIEW = "konsultant"
"""What a consultant of the hotline reads; other names belong to the public page."""
