"""Parts of addresses: how they are written and read."""


class TwoDigits:
    """A number such as a month, always with two digits: one thing has one address."""

    regex = "[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{int(value):02d}"
