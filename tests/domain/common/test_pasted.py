"""Text from Word, a browser or a mail: clean, with its lists."""

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.pasted import text_of

WORD = """<html><head><style>p.MsoNormal{margin:0}</style></head><body>
<!--StartFragment--><p class=MsoNormal>Agreed&nbsp;so <b>far</b>:<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span><![endif]>First
thing</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span>2.<span>&nbsp;&nbsp; </span></span>Second</p>
<!--EndFragment--></body></html>"""


def test_text_from_word_keeps_its_lines_and_lists_and_nothing_of_its_dress() -> None:
    assert text_of(WORD) == "Agreed so far:\n• First thing\n2. Second"


def test_lists_of_a_browser_stay_lists() -> None:
    html = "<p>Next</p><ul><li>One</li><li>Two <i>more</i></li></ul><ol><li>A<li>B</ol><div>End</div>"
    assert text_of(html) == "Next\n• One\n• Two more\n1. A\n2. B\nEnd"


def test_what_is_not_to_be_read_is_left_out() -> None:
    assert text_of("<head><title>x</title></head><script>alert(1)</script><p>Read &amp; kept</p>") == "Read & kept"


@given(st.lists(st.text(st.sampled_from("abcdéßłţ"), min_size=1, max_size=8), min_size=1, max_size=6))
def test_every_word_of_a_list_is_there(words: list[str]) -> None:
    html = "<ul>" + "".join(f"<li>{word}</li>" for word in words) + "</ul>"
    assert text_of(html).split("\n") == [f"• {word}" for word in words]
