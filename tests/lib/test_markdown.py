from lib.markdown import render


def test_headings_start_below_those_of_the_page():
    assert render("# One\n\n## Two") == "<h3>One</h3>\n<h4>Two</h4>\n"
    assert render("## One") == "<h3>One</h3>\n"


def test_headings_skip_no_level():
    assert render("# One\n\n#### Deep") == "<h3>One</h3>\n<h4>Deep</h4>\n"


def test_raw_html_and_images_become_text_or_nothing():
    html = render("<b>bold</b> ![alt](https://x.example/a.png)")
    assert "<b>" not in html
    assert "<img" not in html


def test_no_unseen_letter_hides_what_an_address_does():
    assert "<a" not in render("[x](java\x01script:alert(1))")
