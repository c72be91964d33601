"""Letters that no reader of any format may stumble over, whoever typed or copied them."""

import re

# Control characters, lone surrogates, non-characters, and the marks that turn the direction of the text
# behind them (Unicode 23.2, 23.6, 23.7; XML 1.0 §2.2).
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
