"""What readers may answer to the exercises of a lesson that runs: tried with the checks, and told as events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial

from lessonkit.lesson.cells import Lesson
from lessonkit.running.accepted_values import name_asked
from lessonkit.running.attempts import Attempts, Define, apart
from lessonkit.running.boundary import Event
from lessonkit.running.guard import Guard


@dataclass(frozen=True)
class Tries:
    """Tries answers "apart", each in a fork of this process, or "here"; `how` is empty where only starters are tried.

    `path` is the lesson's file as its code names it; `unheard` drops what answers and checks printed.
    """

    lesson: Lesson
    path: str
    how: str
    emit: Callable[[Event], None]
    guard: Guard
    unheard: Callable[[], None]

    def starter(self, name: str, namespace: Event, flags: int) -> None:
        """Runs starter and check with the names the exercise began with; the check must fail at one of its asserts."""
        attempts = Attempts(self.lesson.exercises[name], self.path, flags)
        self.emit({"trying": attempts.exercise.cell.line})
        self.emit({"exercise": name, **attempts.starter(namespace)})
        self.unheard()

    def answers(self, name: str, namespace: Event, flags: int) -> None:
        """Tells what the check of an exercise says to each other answer, and to numbers that readers may type."""
        attempts = Attempts(self.lesson.exercises[name], self.path, flags)
        for group in attempts.groups():
            who = "an answer to this exercise, with its check,"
            ended = self._do(partial(self._try, attempts, group, namespace), attempts, who)
            for label in group if ended else ():
                self.emit({"attempt": name, "answer": label, "error": ended})
        if name_asked(attempts.exercise):
            self._do(partial(self._measure, attempts, namespace), attempts, "a number typed as answer, with the check,")

    def _do(self, give: Callable[[], None], attempts: Attempts, who: str) -> str:
        """Does it here or apart; how that ended, if not well."""
        self.emit({"trying": attempts.exercise.cell.line, "who": who})
        if self.how != "apart":
            give()
            self.unheard()
            return ""
        self.guard.active = False
        ended = apart(give, self.lesson.head.time_limit)
        self.guard.active = True
        return ended

    def _try(self, attempts: Attempts, group: dict[str, Define], namespace: Event) -> None:
        self.guard.active = True
        for label, define in group.items():
            said = attempts.run(define, dict(namespace))
            self.emit({"attempt": attempts.exercise.cell.name, "answer": label, **said})

    def _measure(self, attempts: Attempts, namespace: Event) -> None:
        self.guard.active = True
        if found := attempts.typed(dict(namespace)):
            self.emit({"typed": attempts.exercise.cell.name, **asdict(found)})
