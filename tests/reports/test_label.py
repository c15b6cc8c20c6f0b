import pytest

from attested.reports.label import label_by_cue
from attested.reports.lines import find_lines


def kind(text: str) -> str | None:
    (line,) = find_lines(text)
    label = label_by_cue(line)
    return label.kind if label else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Back to top", "navigation"),
        ("Previous Article", "navigation"),
        ("© 2019 Coast News", "navigation"),
        ("Home | News | Courts | Sport", "navigation"),
        ("About us | Contact us | Careers | Privacy policy", "navigation"),
        ("Home  News  Weather  Contact", "navigation"),
        ("Related Posts", "related"),
        ("READ MORE: Bridge reopens", "related"),
        ("You may also like", "related"),
        ("Sign up for our newsletter", "plea"),
        ("Share this article", "plea"),
        ("If you value what we do, please consider a donation.", "plea"),
        ("By continuing to use the site you accept cookies.", "plea"),
        ("Advertisement", "advert"),
        ("Story continues below advertisement", "advert"),
        ("The trick our readers use to make $3,000 a week", "advert"),
        ("14 comments", "comment"),
        ("Your email address will not be published.", "comment"),
        ("About the author", "about"),
        ("Coast News is a news agency based in Lima.", "about"),
        ("Boats in the harbour. (Photo: Port of Callao)", "caption"),
        ("Tape closes the pier on Friday. (kvta.com)", "caption"),
        ("By our correspondent", "byline"),
        ("(Zenit)", "credit"),
        ("File – Boats in the harbour of Callao.", "caption"),
        ("Boats in the harbour. (Reuters/Ana Berg)", "caption"),
        ("Boats in the harbour on Tuesday.Ana Berg / AFP – Getty Images", "caption"),
    ],
)
def test_furniture_says_what_it_is(text: str, expected: str) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The army said that two of its men had died near the border post on Friday.",
        "Police asked readers of the leaflet to share what they knew with the nearest station.",
        "“We will not go back,” he said.",
        "Officials said the file on the case had been closed.",
        "The minister subscribed to the view that talks should go on.",
        "More than 40 people were hurt.",
        "Two dead | Nine hurt | One missing after the ferry sank off the port",
        "The mayor thanked the donors who had sent food and blankets to the camp.",
    ],
)
def test_a_story_is_not_furniture(text: str) -> None:
    assert kind(text) is None
