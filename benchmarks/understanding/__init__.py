"""How well messages, reviews and dialogues are understood, beside SnowNLP and plain TF-IDF in the same run.

just bench understanding [--only NAME ...] [--json FILE]
"""
