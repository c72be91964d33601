"""What dev.py is made of.

Modules that it imports itself use the standard library only: they run before `.venv` exists.
"""
