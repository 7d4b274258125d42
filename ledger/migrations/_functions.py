"""The SQL of the ledger: its rules as rows, storage parameters, and the functions that alone write its tables.

The functions run with the owner's rights (SECURITY DEFINER), so the site's login needs none on the tables. All lock in
one order: purses, bank accounts, day totals, each by id. The lock of the jurisdiction's day is shared by all who post;
whoever closes a day takes it alone and waits for nothing else.
"""

RULES = """
INSERT INTO ledger_postingrule
  (kind, debit, credit, of_purse, deposited, consumed, released, refunded, repaid, frozen)
VALUES
  ('deposit',         'custody',    'prepaid',    true,  1, 0, 0, 0, 0, 0),
  ('consume',         'prepaid',    'payable',    true,  0, 1, 0, 0, 0, 0),
  ('release',         'payable',    'custody',    true,  0, 0, 1, 0, 0, 0),
  ('refund',          'prepaid',    'refunds',    true,  0, 0, 0, 1, 0, 0),
  ('repay',           'refunds',    'custody',    true,  0, 0, 0, 0, 1, 0),
  ('freeze',          'holds',      'held',       true,  0, 0, 0, 0, 0, 1),
  ('unfreeze',        'held',       'holds',      true,  0, 0, 0, 0, 0, -1),
  ('risk_in',         'risk_bank',  'risk',       false, 0, 0, 0, 0, 0, 0),
  ('risk_out',        'risk',       'risk_bank',  false, 0, 0, 0, 0, 0, 0),
  ('fee',             'bank_items', 'custody',    false, 0, 0, 0, 0, 0, 0),
  ('interest',        'custody',    'bank_items', false, 0, 0, 0, 0, 0, 0),
  ('unexplained_in',  'custody',    'suspense',   false, 0, 0, 0, 0, 0, 0),
  ('unexplained_out', 'suspense',   'custody',    false, 0, 0, 0, 0, 0, 0),
  ('move_out',        'transit',    'custody',    false, 0, 0, 0, 0, 0, 0),
  ('move_in',         'custody',    'transit',    false, 0, 0, 0, 0, 0, 0)
"""

# Rows that every posting updates leave room on their page for the next version (HOT updates: no index is touched).
STORAGE = """
ALTER TABLE ledger_purse SET (fillfactor = 70);
ALTER TABLE ledger_account SET (fillfactor = 50);
ALTER TABLE ledger_daytotal SET (fillfactor = 70);
"""

OPEN = """
CREATE FUNCTION ledger_open_account(p_institution bigint, p_kind text, p_number text, p_at timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  opened bigint;
  place bigint;
BEGIN
  SELECT jurisdiction_id INTO STRICT place FROM institutions_institution WHERE id = p_institution;
  INSERT INTO ledger_account (institution_id, jurisdiction_id, kind, number, debit_fen, credit_fen, opened_at)
  SELECT p_institution, place, k.kind, k.number, 0, 0, p_at
  FROM (VALUES (p_kind, p_number), ('prepaid', ''), ('payable', ''), ('refunds', ''), ('held', ''), ('holds', ''),
    ('risk', ''), ('bank_items', ''), ('suspense', ''), ('transit', '')) AS k(kind, number)
  ORDER BY k.kind
  ON CONFLICT ON CONSTRAINT ledger_account_once DO NOTHING;
  SELECT id INTO STRICT opened FROM ledger_account
  WHERE institution_id = p_institution AND kind = p_kind AND number = p_number;
  RETURN opened;
END $$;

CREATE FUNCTION ledger_open_purses(
  p_institutions bigint[], p_numbers text[], p_custodies bigint[], p_at timestamptz, OUT purses bigint[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  WITH opened AS (
    INSERT INTO ledger_purse (institution_id, jurisdiction_id, number, custody_id, opened_at,
      deposited_fen, consumed_fen, released_fen, refunded_fen, repaid_fen, frozen_fen)
    SELECT a.institution_id, a.jurisdiction_id, l.number, a.id, p_at, 0, 0, 0, 0, 0, 0
    FROM unnest(p_institutions, p_numbers, p_custodies) WITH ORDINALITY AS l(institution, number, custody, no)
    JOIN ledger_account a ON a.id = l.custody AND a.institution_id = l.institution AND a.kind = 'custody'
    ORDER BY l.no
    RETURNING id, institution_id, number
  )
  SELECT array_agg(o.id ORDER BY l.no) INTO purses
  FROM unnest(p_institutions, p_numbers) WITH ORDINALITY AS l(institution, number, no)
  JOIN opened o ON o.institution_id = l.institution AND o.number = l.number;
  IF cardinality(purses) IS DISTINCT FROM cardinality(p_numbers) THEN
    RAISE EXCEPTION 'a purse has no supervised account of its institution';
  END IF;
END $$;

CREATE FUNCTION ledger_close_day(
  p_jurisdiction bigint, p_day date, p_by bigint, p_by_name text, p_at timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  closed bigint;
BEGIN
  -- Whoever posts in this jurisdiction holds this lock shared: after it, no posting of before is still under way.
  PERFORM pg_advisory_xact_lock(7350, p_jurisdiction::int);
  INSERT INTO ledger_closedday (jurisdiction_id, day, closed_at, recorded_at, by_id, by_name)
  VALUES (p_jurisdiction, p_day, p_at, clock_timestamp(), p_by, p_by_name) RETURNING id INTO closed;
  RETURN closed;
END $$;
"""

# One posting. It refuses by its ``outcome`` before anything is written; the CHECKs have the last word.
POST = """
CREATE FUNCTION ledger_post(
  p_kind text, p_purse bigint, p_account bigint, p_amount bigint, p_on date, p_key text, p_hash text,
  p_source_kind text, p_source_number text, p_reason text, p_by bigint, p_by_name text,
  p_checker bigint, p_checker_name text, p_at timestamptz, p_scope bigint[], p_reverses bigint,
  OUT outcome text, OUT entry bigint, OUT figures bigint[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  plus bigint := p_amount;
  was ledger_entry;
  bank_kind text;
  institution bigint;
  place bigint;
  debit bigint;  -- NULL: the bank account
  credit bigint;
  n_deposited bigint;
  n_consumed bigint;
  n_released bigint;
  n_refunded bigint;
  n_repaid bigint;
  n_frozen bigint;
  earlier text;
  closed date;
BEGIN
  IF p_reverses IS NOT NULL THEN
    SELECT * INTO was FROM ledger_entry WHERE id = p_reverses;
    IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;
    IF was.reverses_id IS NOT NULL THEN outcome := 'is_reversal'; RETURN; END IF;
    p_kind := was.kind; p_purse := was.purse_id; p_amount := was.amount_fen; plus := -p_amount;
    SELECT CASE WHEN a.kind IN ('custody', 'risk_bank') THEN a.id END INTO p_account
    FROM ledger_account a WHERE a.id IN (was.debit_account_id, was.credit_account_id)
    ORDER BY a.kind NOT IN ('custody', 'risk_bank') LIMIT 1;
  END IF;
  -- The purse, or without one the bank account, is locked first: copies of a request queue up here.
  IF p_purse IS NOT NULL THEN
    SELECT CASE WHEN r.debit = 'custody' OR r.credit = 'custody' THEN 'custody' END, q.institution_id, q.jurisdiction_id,
      coalesce(p_account, q.custody_id),
      (SELECT a.id FROM ledger_account a WHERE a.institution_id = q.institution_id AND a.kind = r.debit AND a.number = ''),
      (SELECT a.id FROM ledger_account a WHERE a.institution_id = q.institution_id AND a.kind = r.credit AND a.number = ''),
      q.deposited_fen + plus * r.deposited, q.consumed_fen + plus * r.consumed, q.released_fen + plus * r.released,
      q.refunded_fen + plus * r.refunded, q.repaid_fen + plus * r.repaid, q.frozen_fen + plus * r.frozen
    INTO bank_kind, institution, place, p_account, debit, credit,
      n_deposited, n_consumed, n_released, n_refunded, n_repaid, n_frozen
    FROM ledger_purse q JOIN ledger_postingrule r ON r.kind = p_kind AND r.of_purse
    WHERE q.id = p_purse FOR NO KEY UPDATE OF q;
  ELSE
    SELECT b.kind, b.institution_id, b.jurisdiction_id,
      (SELECT a.id FROM ledger_account a WHERE a.institution_id = b.institution_id AND a.kind = r.debit AND a.number = ''),
      (SELECT a.id FROM ledger_account a WHERE a.institution_id = b.institution_id AND a.kind = r.credit AND a.number = '')
    INTO bank_kind, institution, place, debit, credit
    FROM ledger_account b JOIN ledger_postingrule r ON r.kind = p_kind AND NOT r.of_purse AND b.kind IN (r.debit, r.credit)
    WHERE b.id = p_account AND b.kind IN ('custody', 'risk_bank') FOR NO KEY UPDATE OF b;
  END IF;
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;
  IF (place = ANY (p_scope)) IS NOT TRUE THEN outcome := 'foreign'; RETURN; END IF;
  PERFORM pg_advisory_xact_lock_shared(7350, place::int);

  SELECT e.id, e.request_hash,
    (SELECT max(c.day) FROM ledger_closedday c WHERE c.jurisdiction_id = place)
  INTO entry, earlier, closed
  FROM (SELECT) one LEFT JOIN ledger_entry e ON e.key = p_key;
  IF entry IS NOT NULL THEN
    outcome := CASE WHEN earlier = p_hash THEN 'replayed' ELSE 'other_body' END; RETURN;
  END IF;
  IF p_amount <= 0 THEN outcome := 'amount'; RETURN; END IF;
  IF p_on > (p_at AT TIME ZONE 'Asia/Shanghai')::date THEN outcome := 'future'; RETURN; END IF;
  IF closed >= p_on THEN outcome := 'closed'; RETURN; END IF;
  IF p_reverses IS NOT NULL THEN
    IF EXISTS (SELECT FROM ledger_entry e WHERE e.reverses_id = p_reverses) THEN outcome := 'reversed'; RETURN; END IF;
    earlier := debit; debit := credit; credit := earlier::bigint;
  END IF;
  IF n_consumed < n_released OR n_refunded < n_repaid OR n_deposited < n_released + n_refunded + n_frozen
    OR n_deposited < n_consumed + n_refunded OR least(n_released, n_repaid, n_frozen) < 0 THEN
    outcome := 'overdrawn';
    SELECT ARRAY[q.deposited_fen, q.consumed_fen, q.released_fen, q.refunded_fen, q.repaid_fen, q.frozen_fen]
      INTO figures FROM ledger_purse q WHERE q.id = p_purse;
    RETURN;
  END IF;

  IF debit IS NULL THEN
    UPDATE ledger_account a SET debit_fen = a.debit_fen + p_amount
    WHERE a.id = p_account AND a.institution_id = institution AND a.kind = bank_kind RETURNING a.id INTO debit;
    IF debit IS NULL THEN outcome := 'unknown'; RETURN; END IF;
  ELSIF credit IS NULL THEN
    UPDATE ledger_account a SET credit_fen = a.credit_fen + p_amount
    WHERE a.id = p_account AND a.institution_id = institution AND a.kind = bank_kind
      AND a.debit_fen - a.credit_fen >= p_amount RETURNING a.id INTO credit;
    IF credit IS NULL THEN
      SELECT 'short', ARRAY[a.debit_fen - a.credit_fen] INTO outcome, figures FROM ledger_account a
      WHERE a.id = p_account AND a.institution_id = institution AND a.kind = bank_kind;
      outcome := coalesce(outcome, 'unknown'); RETURN;
    END IF;
  END IF;
  IF p_purse IS NOT NULL THEN
    UPDATE ledger_purse q SET deposited_fen = n_deposited, consumed_fen = n_consumed, released_fen = n_released,
      refunded_fen = n_refunded, repaid_fen = n_repaid, frozen_fen = n_frozen WHERE q.id = p_purse;
  END IF;
  INSERT INTO ledger_entry (institution_id, jurisdiction_id, kind, purse_id, debit_account_id, credit_account_id,
    amount_fen, happened_on, at, recorded_at, by_id, by_name, checker_id, checker_name, reason, source_kind,
    source_number, key, request_hash, reverses_id)
  VALUES (institution, place, p_kind, p_purse, debit, credit, p_amount, p_on, p_at, clock_timestamp(), p_by, p_by_name,
    p_checker, p_checker_name, p_reason, p_source_kind, p_source_number, p_key, p_hash, p_reverses)
  RETURNING id INTO entry;
  INSERT INTO ledger_daytotal AS t (institution_id, jurisdiction_id, day, kind, debit_account_id, credit_account_id,
    entries, amount_fen, reversals, reversed_fen)
  VALUES (institution, place, p_on, p_kind, debit, credit,
    (p_reverses IS NULL)::int, CASE WHEN p_reverses IS NULL THEN p_amount ELSE 0 END,
    (p_reverses IS NOT NULL)::int, CASE WHEN p_reverses IS NULL THEN 0 ELSE p_amount END)
  ON CONFLICT ON CONSTRAINT ledger_day_total_once DO UPDATE SET entries = t.entries + excluded.entries,
    amount_fen = t.amount_fen + excluded.amount_fen, reversals = t.reversals + excluded.reversals,
    reversed_fen = t.reversed_fen + excluded.reversed_fen;
  outcome := 'posted';
END $$;
"""

# Many postings at once, all or none; ``line`` names the first that cannot be posted. Sums are made per purse and per
# bank account, so a hot one is locked and written once. Lines that were posted before are answered, not posted again.
# Every join looks up rows of a table by a key of the line; tables that were just filled have no statistics to say so.
BATCH = """
CREATE FUNCTION ledger_post_batch(
  p_kinds text[], p_purses bigint[], p_accounts bigint[], p_amounts bigint[], p_days date[], p_keys text[],
  p_hashes text[], p_source_kinds text[], p_source_numbers text[], p_reasons text[], p_by bigint, p_by_name text,
  p_checker bigint, p_checker_name text, p_at timestamptz, p_scope bigint[],
  OUT outcome text, OUT line int, OUT entries bigint[], OUT earlier bigint[], OUT figures bigint[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  today date := (p_at AT TIME ZONE 'Asia/Shanghai')::date;
  institutions bigint[];
  places bigint[];
  debits bigint[];
  credits bigint[];
  overdrawn bigint;
  fresh bigint[];
  now_ timestamptz;
BEGIN
  PERFORM q.id FROM ledger_purse q WHERE q.id = ANY (p_purses) ORDER BY q.id FOR NO KEY UPDATE;
  PERFORM a.id FROM ledger_account a WHERE a.kind IN ('custody', 'risk_bank') AND a.id IN (
    SELECT unnest(p_accounts) UNION SELECT q.custody_id FROM ledger_purse q WHERE q.id = ANY (p_purses))
  ORDER BY a.id FOR NO KEY UPDATE;

  SELECT array_agg(x.institution ORDER BY x.no), array_agg(x.place ORDER BY x.no), array_agg(x.debit ORDER BY x.no),
    array_agg(x.credit ORDER BY x.no),
    min(x.no) FILTER (WHERE NOT x.sound OR x.debit IS NULL OR x.credit IS NULL)
  INTO institutions, places, debits, credits, line
  FROM (
    SELECT l.no, coalesce(q.institution_id, b.institution_id) AS institution,
      coalesce(q.jurisdiction_id, b.jurisdiction_id) AS place,
      CASE WHEN b.kind = r.debit THEN b.id ELSE d.id END AS debit,
      CASE WHEN b.kind = r.credit THEN b.id ELSE c.id END AS credit,
      r.of_purse IS NOT DISTINCT FROM (q.id IS NOT NULL) AND (l.purse IS NULL) = (q.id IS NULL) AS sound
    FROM unnest(p_kinds, p_purses, p_accounts) WITH ORDINALITY AS l(kind, purse, account, no)
    LEFT JOIN ledger_postingrule r ON r.kind = l.kind
    LEFT JOIN ledger_purse q ON q.id = l.purse
    LEFT JOIN ledger_account b ON b.id = coalesce(l.account, q.custody_id) AND b.kind IN (r.debit, r.credit)
      AND b.kind IN ('custody', 'risk_bank') AND b.institution_id = coalesce(q.institution_id, b.institution_id)
    LEFT JOIN ledger_account d ON d.institution_id = coalesce(q.institution_id, b.institution_id)
      AND d.kind = r.debit AND d.number = ''
    LEFT JOIN ledger_account c ON c.institution_id = coalesce(q.institution_id, b.institution_id)
      AND c.kind = r.credit AND c.number = ''
  ) x;
  IF line IS NOT NULL THEN outcome := 'unknown'; RETURN; END IF;
  SELECT min(l.no) INTO line FROM unnest(places) WITH ORDINALITY AS l(place, no)
  WHERE (l.place = ANY (p_scope)) IS NOT TRUE;
  IF line IS NOT NULL THEN outcome := 'foreign'; RETURN; END IF;
  PERFORM pg_advisory_xact_lock_shared(7350, j.place::int)
  FROM (SELECT DISTINCT unnest(places) AS place ORDER BY 1) j;

  SELECT array_agg(e.id ORDER BY l.no), min(l.no) FILTER (WHERE e.request_hash <> l.hash)
  INTO earlier, line
  FROM unnest(p_keys, p_hashes) WITH ORDINALITY AS l(key, hash, no) LEFT JOIN ledger_entry e ON e.key = l.key;
  IF line IS NOT NULL THEN outcome := 'other_body'; RETURN; END IF;
  entries := earlier;
  outcome := 'posted';
  IF array_position(earlier, NULL) IS NULL THEN RETURN; END IF;

  SELECT min(l.no) FILTER (WHERE l.amount <= 0) INTO line
  FROM unnest(p_amounts, earlier) WITH ORDINALITY AS l(amount, entry, no) WHERE l.entry IS NULL;
  IF line IS NOT NULL THEN outcome := 'amount'; RETURN; END IF;
  SELECT min(l.no) INTO line FROM unnest(p_days, earlier) WITH ORDINALITY AS l(day, entry, no)
  WHERE l.entry IS NULL AND l.day > today;
  IF line IS NOT NULL THEN outcome := 'future'; RETURN; END IF;
  SELECT min(l.no) INTO line FROM unnest(places, p_days, earlier) WITH ORDINALITY AS l(place, day, entry, no)
  WHERE l.entry IS NULL AND EXISTS (
    SELECT FROM ledger_closedday c WHERE c.jurisdiction_id = l.place AND c.day >= l.day);
  IF line IS NOT NULL THEN outcome := 'closed'; RETURN; END IF;

  SELECT q.id, ARRAY[q.deposited_fen, q.consumed_fen, q.released_fen, q.refunded_fen, q.repaid_fen, q.frozen_fen]
  INTO overdrawn, figures
  FROM (
    SELECT l.purse, sum(l.amount * r.deposited) AS deposited, sum(l.amount * r.consumed) AS consumed,
      sum(l.amount * r.released) AS released, sum(l.amount * r.refunded) AS refunded,
      sum(l.amount * r.repaid) AS repaid, sum(l.amount * r.frozen) AS frozen
    FROM unnest(p_kinds, p_purses, p_amounts, earlier) AS l(kind, purse, amount, entry)
    JOIN ledger_postingrule r ON r.kind = l.kind
    WHERE l.entry IS NULL AND l.purse IS NOT NULL GROUP BY l.purse
  ) s JOIN ledger_purse q ON q.id = s.purse
  WHERE q.released_fen + s.released > q.consumed_fen + s.consumed OR q.repaid_fen + s.repaid > q.refunded_fen + s.refunded
    OR q.deposited_fen + s.deposited < q.released_fen + s.released + q.refunded_fen + s.refunded + q.frozen_fen + s.frozen
    OR q.deposited_fen + s.deposited < q.consumed_fen + s.consumed + q.refunded_fen + s.refunded
    OR q.frozen_fen + s.frozen < 0
  ORDER BY q.id LIMIT 1;
  IF overdrawn IS NOT NULL THEN
    outcome := 'overdrawn'; line := array_position(p_purses, overdrawn); RETURN;
  END IF;
  SELECT a.id, ARRAY[a.debit_fen - a.credit_fen] INTO overdrawn, figures
  FROM (
    SELECT m.account, sum(m.amount) AS amount
    FROM unnest(debits || credits, p_amounts || p_amounts, earlier || earlier) WITH ORDINALITY
      AS l(account, amount, entry, no),
      LATERAL (SELECT l.account, CASE WHEN l.no > cardinality(debits) THEN -l.amount ELSE l.amount END AS amount) m
    WHERE l.entry IS NULL GROUP BY m.account
  ) s JOIN ledger_account a ON a.id = s.account
  WHERE a.kind IN ('custody', 'risk_bank') AND a.debit_fen - a.credit_fen + s.amount < 0 ORDER BY a.id LIMIT 1;
  IF overdrawn IS NOT NULL THEN outcome := 'short'; line := array_position(credits, overdrawn); RETURN; END IF;
  figures := NULL;

  now_ := clock_timestamp();
  WITH lines AS MATERIALIZED (
    SELECT l.*, r.deposited, r.consumed, r.released, r.refunded, r.repaid, r.frozen
    FROM unnest(p_kinds, p_purses, p_amounts, p_days, p_keys, p_hashes, p_source_kinds, p_source_numbers, p_reasons,
      institutions, places, debits, credits, earlier) WITH ORDINALITY AS l(kind, purse, amount, day, key, hash,
      source_kind, source_number, reason, institution, place, debit, credit, entry, no)
    JOIN ledger_postingrule r ON r.kind = l.kind WHERE l.entry IS NULL
  ), purses AS (
    UPDATE ledger_purse q SET deposited_fen = q.deposited_fen + s.deposited, consumed_fen = q.consumed_fen + s.consumed,
      released_fen = q.released_fen + s.released, refunded_fen = q.refunded_fen + s.refunded,
      repaid_fen = q.repaid_fen + s.repaid, frozen_fen = q.frozen_fen + s.frozen
    FROM (SELECT purse, sum(amount * deposited) AS deposited, sum(amount * consumed) AS consumed,
      sum(amount * released) AS released, sum(amount * refunded) AS refunded, sum(amount * repaid) AS repaid,
      sum(amount * frozen) AS frozen FROM lines WHERE purse IS NOT NULL GROUP BY purse) s
    WHERE q.id = s.purse
  ), accounts AS (
    UPDATE ledger_account a SET debit_fen = a.debit_fen + s.debit, credit_fen = a.credit_fen + s.credit
    FROM (SELECT account, sum(debit) AS debit, sum(credit) AS credit FROM (
      SELECT lines.debit AS account, amount AS debit, 0 AS credit FROM lines
      UNION ALL SELECT lines.credit, 0, amount FROM lines) sides GROUP BY account) s
    WHERE a.id = s.account AND a.kind IN ('custody', 'risk_bank')
  ), added AS (
    INSERT INTO ledger_entry (institution_id, jurisdiction_id, kind, purse_id, debit_account_id, credit_account_id,
      amount_fen, happened_on, at, recorded_at, by_id, by_name, checker_id, checker_name, reason, source_kind,
      source_number, key, request_hash)
    SELECT institution, place, kind, purse, debit, credit, amount, day, p_at, now_, p_by, p_by_name, p_checker,
      p_checker_name, reason, source_kind, source_number, key, hash FROM lines ORDER BY no
    RETURNING id
  ), days AS (
    INSERT INTO ledger_daytotal AS t (institution_id, jurisdiction_id, day, kind, debit_account_id, credit_account_id,
      entries, amount_fen, reversals, reversed_fen)
    SELECT institution, place, day, kind, debit, credit, count(*), sum(amount), 0, 0 FROM lines
    GROUP BY institution, place, day, kind, debit, credit ORDER BY debit, day, kind, credit, place
    ON CONFLICT ON CONSTRAINT ledger_day_total_once DO UPDATE SET entries = t.entries + excluded.entries,
      amount_fen = t.amount_fen + excluded.amount_fen
  )
  SELECT array_agg(added.id ORDER BY added.id) INTO fresh FROM added;
  -- Ids were given in the order of the lines.
  SELECT array_agg(coalesce(l.entry, fresh[l.nth]) ORDER BY l.no) INTO entries
  FROM (SELECT e.entry, e.no, count(*) FILTER (WHERE e.entry IS NULL) OVER (ORDER BY e.no) AS nth
    FROM unnest(earlier) WITH ORDINALITY AS e(entry, no)) l;
END $$;
"""

FUNCTIONS = OPEN + POST + BATCH
REMOVED = """
DROP FUNCTION ledger_post_batch;
DROP FUNCTION ledger_post;
DROP FUNCTION ledger_close_day;
DROP FUNCTION ledger_open_purses;
DROP FUNCTION ledger_open_account;
"""
