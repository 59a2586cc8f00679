"""The sport: seasons, events, entries and what the public sees of them."""
