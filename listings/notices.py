"""What a change of a list sets off after the commit: the next edition."""

MAKE_EDITION = "listings.make_edition"
#: Changes of the same ten seconds make one edition, so that a batch of 500 is one edition and not 500.
SLOT_SECONDS = 10
