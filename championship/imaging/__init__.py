"""What is in a file of a picture, and the files that are made of it: bytes in, bytes out, without Django."""
