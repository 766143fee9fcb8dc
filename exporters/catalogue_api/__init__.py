"""The catalogue API: cards, offices, life events, topics and the feed of changes, as stored in the edition log."""
