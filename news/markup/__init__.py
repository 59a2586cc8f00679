"""The text of a story, pure: what may stand in it, and the data blocks between its paragraphs."""

from news.markup.blocks import KINDS, Block, Text, blocks_of, split, words_of
from news.markup.clean import absolute, clean

__all__ = ["KINDS", "Block", "Text", "absolute", "blocks_of", "clean", "split", "words_of"]
