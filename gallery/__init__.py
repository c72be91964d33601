"""Every component of templates/components/ with its states, light and dark; never in production.

Like dev.py it speaks English to them; the components themselves speak the language of the path.
"""
