"""The editors' desk: what waits, what appears when, publishing, editions and previews of a story."""
