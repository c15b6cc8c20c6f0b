"""MUC-4's messages answered: each read once, into a ledger of its own, for who did it and for the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from attested.engines.local import map_in_processes
from attested.evaluation.muc4_answers import Accused, answers_in, ledger_of
from attested.evaluation.muc4_files import Message
from attested.evaluation.muc4_slots_answers import Answer, templates_in
from attested.reading.encoder import Reader

_N_PROCESSES, _FEW = 2, 20
"""As many as the machine of the gate has cores; a few messages are not worth a second one."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a message answers: by incident the organisations that did it, and the templates."""

    accused: Sequence[Sequence[Accused]] = ()
    templates: Sequence[Answer] = ()


@dataclass(frozen=True)
class _Work:
    """Answers one message; may be sent to another process."""

    reader: Reader = field(default_factory=Reader)

    def __call__(self, message: Message) -> Answered:
        report = message.report
        reading = self.reader.read(report.text, [(block.start, block.end) for block in report.body])
        ledger = ledger_of(report, reading)
        return Answered(answers_in(ledger), templates_in(ledger))


def _left_out(message: Message) -> Answered:
    """What a message that killed its process answers."""
    del message
    return Answered()


def answered(messages: Sequence[Message]) -> list[Answered]:
    """The answers of each message, in their order."""
    n = _N_PROCESSES if len(messages) > _FEW else 1
    return list(map_in_processes(_Work(), messages, n, _left_out))
