"""What was seen, and what of it was wrong."""

from dataclasses import dataclass, field

from tools.terminal import say

SHOWN = 20


@dataclass
class Told:
    seen: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        self.seen.append(line)

    def expect(self, holds: bool, line: str) -> None:
        """Notes the line as seen where it holds, as wrong where it does not."""
        (self.seen if holds else self.wrong).append(line)

    def print(self, name: str) -> None:
        say(f"{name}")
        for line in self.seen:
            say(f"  {line}")
        say(f"  wrong: {len(self.wrong)}")
        for line in self.wrong[:SHOWN]:
            say(f"    {line}")
