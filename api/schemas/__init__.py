"""The shapes of what the API answers: the source of its description, and what tests hold answers against.

Answers are not checked against them at run time: builders in api/outputs make them, tests compare.
Descriptions are English here; the description of the API translates them.
"""
