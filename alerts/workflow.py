"""The steps of an alert: taken by an officer, ended by a person, or lapsed because the fact is gone."""

from foundation.core.workflow import Transition, Workflow

from .enums import AlertState as S

CLOSE = Transition("close", "办结", (S.OPEN,), S.CLOSED)
DISAGREE = Transition("disagree", "不认同", (S.OPEN,), S.DISAGREED)
LAPSE = Transition("lapse", "登记情形消失", (S.OPEN,), S.LAPSED)
ALERT = Workflow(S, initial=S.OPEN, transitions=(CLOSE, DISAGREE, LAPSE))
