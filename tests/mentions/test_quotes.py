from factory import report
from parsed import reading

from attested.ids import make_id
from attested.mentions.quotes import find_quotes
from attested.speech.voices import attribute


def quotes(text: str, **more):
    page, read = report(text, **more), reading(text)
    return page, find_quotes(page, read, attribute(page, read))


def test_a_quotation_has_its_speaker_in_full() -> None:
    text = "Amina Bello runs a clinic in Kano. “Nobody came to help us,” Bello said."
    page, found = quotes(text)
    assert [(q.span.text, q.speaker) for q in found] == [("Nobody came to help us,", "Amina Bello")]
    assert found[0].id == make_id("qu", page.id, found[0].span.start, found[0].span.end)


def test_a_quotation_over_paragraphs_keeps_its_speaker() -> None:
    text = "“We are tired,” Amina Bello said.\n\n“We want the road to be open again.”"
    assert {q.speaker for q in quotes(text)[1]} == {"Amina Bello"}


def test_an_unnamed_speaker_stays_unnamed() -> None:
    text = "“The convoy left at dawn,” a senior army officer said."
    assert [q.speaker for q in quotes(text)[1]] == ["A senior army officer"] or [
        q.speaker for q in quotes(text)[1]
    ] == ["a senior army officer"]


def test_terms_in_marks_are_no_quotations() -> None:
    assert quotes("The so-called “caliphate” fell in March.")[1] == ()


def test_spans_are_without_marks() -> None:
    text = "“Nobody came to help us,” Amina Bello said."
    page, found = quotes(text)
    assert all(page.text[q.span.start : q.span.end] == q.span.text for q in found)
    assert all("“" not in q.span.text for q in found)
