"""Senders are read only where a clue was opened, whatever a query asks for."""

from django.db import migrations

# One clue at a time, and only within the jurisdictions of whoever reads: both are said by clues/sealing.py for the length
# of a transaction. Nobody else's statement finds a row, whatever the application forgot to ask. Anybody may put one in
# (the public form does); a row is only ever changed to be destroyed; none is deleted. The owner of the tables is not
# bound by it: migrations and backups see all rows, as ciphertext.
GUARD = """
ALTER TABLE clues_sealedsender ENABLE ROW LEVEL SECURITY;
CREATE POLICY sender_put ON clues_sealedsender FOR INSERT WITH CHECK (true);
CREATE POLICY sender_read ON clues_sealedsender FOR SELECT USING ({shown});
CREATE POLICY sender_destroy ON clues_sealedsender FOR UPDATE USING ({shown}) WITH CHECK (key = '');
"""
SHOWN = """
  clue_id = nullif(current_setting('clues.opened', true), '')::bigint
  AND EXISTS (
    SELECT FROM clues_clue c WHERE c.id = clue_id
    AND c.jurisdiction_id = ANY (string_to_array(nullif(current_setting('clues.scope', true), ''), ',')::bigint[]))
"""
UNGUARD = """
DROP POLICY sender_put ON clues_sealedsender;
DROP POLICY sender_read ON clues_sealedsender;
DROP POLICY sender_destroy ON clues_sealedsender;
ALTER TABLE clues_sealedsender DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("clues", "0001_initial")]

    operations = [
        migrations.RunSQL(GUARD.format(shown=SHOWN), UNGUARD),
    ]
