"""The text of a story, pure: what may stand in it, and the data blocks between its paragraphs."""

from news.markup.blocks import KINDS, Block, Text, blocks_of, split, words_of
from news.markup.clean import absolute, clean
from news.markup.differences import Line, Run, compare_texts, compare_words

__all__ = [
    "KINDS",
    "Block",
    "Line",
    "Run",
    "Text",
    "absolute",
    "blocks_of",
    "clean",
    "compare_texts",
    "compare_words",
    "split",
    "words_of",
]
