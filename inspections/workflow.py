"""Steps of a checklist's version and of a finding."""

from foundation.core.workflow import Transition, Workflow

from .enums import FindingState, VersionState

PUBLISH = Transition("publish", "启用", (VersionState.DRAFT,), VersionState.IN_USE)
RETIRE = Transition("retire", "停用", (VersionState.IN_USE,), VersionState.RETIRED)

VERSION = Workflow(VersionState, initial=VersionState.DRAFT, transitions=(PUBLISH, RETIRE))

CONFIRM = Transition("confirm", "核实属实", (FindingState.REPORTED,), FindingState.CONFIRMED)
DISMISS = Transition("dismiss", "核实不属实", (FindingState.REPORTED,), FindingState.DISMISSED)

FINDING = Workflow(FindingState, initial=FindingState.REPORTED, transitions=(CONFIRM, DISMISS))
