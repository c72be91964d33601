"""Two ways to use a page: with nothing but the keyboard, or by pointing and tapping."""

from playwright.sync_api import Locator, Page, expect

# More Tab presses than any page has stops.
MOST_STOPS = 400
IS_FOCUSED = "one => one === document.activeElement"


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Presses Tab until the target has the focus."""
        expect(target).to_have_count(1)
        for _press in range(MOST_STOPS):
            if target.evaluate(IS_FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"The Tab key never reaches {target}.")

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def tick(self, box: Locator) -> None:
        self.reach(box)
        self.page.keyboard.press("Space")


class Pointer:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.click()

    def tick(self, box: Locator) -> None:
        box.check()


def unfold(hand: Keyboard | Pointer, details: Locator) -> None:
    """Opens a disclosure if it is closed; on wide windows some need no opening."""
    summary = details.locator("> summary")
    if summary.is_visible() and details.get_attribute("open") is None:
        hand.press(summary)
        expect(details).to_have_attribute("open", "")


def pasted(page: Page) -> str:
    """What was copied, as whoever pastes it elsewhere gets it: the site's own pages may not read it."""
    elsewhere = page.context.new_page()
    elsewhere.set_content("<textarea></textarea>")
    field = elsewhere.locator("textarea")
    field.press("ControlOrMeta+V")
    text = field.input_value()
    elsewhere.close()
    return text
