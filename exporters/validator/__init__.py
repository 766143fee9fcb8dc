"""The public validator: a card as XML or JSON goes in, errors with their lines come out. Nothing of it is kept."""
