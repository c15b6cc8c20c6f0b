"""Commands typed as a person types them, for tests of what they print."""

from click.testing import CliRunner, Result

from attested.cli.main import group


def typed(*words: str, columns: int = 200) -> Result:
    """What the program does with these words on a terminal so wide."""
    return CliRunner().invoke(group, words, env={"COLUMNS": str(columns)})


def flat(text: str) -> str:
    """Output without its line breaks and columns."""
    return " ".join(text.split())
