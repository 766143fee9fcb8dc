"""schema.org: cards as `GovernmentService` in JSON-LD, for search engines and assistants. Also embedded in the card page."""
