"""The overview hangs on the register of special accounts."""

from foundation.core.pages import contribute
from funds.models import SupervisedAccount

from . import pages

contribute(SupervisedAccount, pages.Overview)
contribute(SupervisedAccount, pages.OverviewRows)
