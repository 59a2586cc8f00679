"""The timing provider's files: bytes in, values out. Pure Python, no Django."""
