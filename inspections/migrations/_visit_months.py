# ruff: noqa: S608 (put together from this file alone)
"""The SQL that keeps ``VisitMonth``: statement-level triggers on visits and on the people of visits, and the folding.

The functions run with the owner's rights, so the site's login only reads the table. A statement adds one row for each
bureau, month and kind that it changed; it waits for nobody.
"""

KINDS = "{routine,random,campaign,joint,recheck,covert,specialist}"
COLUMNS = "jurisdiction_id, month, official, evening, visits, person_times, dispersed, dispersed_flags"
KEY = f"""v.jurisdiction_id, date_trunc('month', v.visited_on)::date, v.kind = ANY ('{KINDS}'),
    v.slot = 'evening' AND extract(isodow FROM v.visited_on) < 6"""
OFFICERS = "(SELECT count(*) FROM inspections_visitofficer o WHERE o.visit_id = v.id)"
OPTIONS = "RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

#: What a statement did to visits: (way, visits, how many people of a visit are on record already).
MOVES = {
    "insert": ("SELECT 1 AS way, * FROM came", "0"),
    "update": ("SELECT 1 AS way, * FROM came UNION ALL SELECT -1, * FROM went", OFFICERS),
    "delete": ("SELECT -1 AS way, * FROM went", OFFICERS),
}


def _visits(event: str) -> str:
    rows, officers = MOVES[event]
    tables = {"insert": "NEW TABLE AS came", "delete": "OLD TABLE AS went"}
    return f"""
CREATE FUNCTION inspections_visits_{event}() {OPTIONS} AS $$
BEGIN
  INSERT INTO inspections_visitmonth ({COLUMNS})
  SELECT {KEY}, sum(v.way), sum(v.way * (v.unnamed + {officers})), sum(v.way * coalesce(v.dispersed, 0)),
    coalesce(sum(v.way) FILTER (WHERE v.dispersed > 0 AND v.dispersed_at_least), 0)
  FROM ({rows}) v WHERE v.voided_at IS NULL
  GROUP BY 1, 2, 3, 4
  HAVING sum(v.way) <> 0 OR sum(v.way * (v.unnamed + {officers})) <> 0 OR sum(v.way * coalesce(v.dispersed, 0)) <> 0
    OR coalesce(sum(v.way) FILTER (WHERE v.dispersed > 0 AND v.dispersed_at_least), 0) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER visit_months_{event} AFTER {event.upper()} ON inspections_visit
  REFERENCING {tables.get(event, "OLD TABLE AS went NEW TABLE AS came")}
  FOR EACH STATEMENT EXECUTE FUNCTION inspections_visits_{event}();
"""


def _people(event: str) -> str:
    table, way = {"insert": ("NEW TABLE AS came", 1), "delete": ("OLD TABLE AS came", -1)}[event]
    return f"""
CREATE FUNCTION inspections_people_{event}() {OPTIONS} AS $$
BEGIN
  INSERT INTO inspections_visitmonth ({COLUMNS})
  SELECT {KEY}, 0, {way} * count(*), 0, 0
  FROM came c JOIN inspections_visit v ON v.id = c.visit_id WHERE v.voided_at IS NULL
  GROUP BY 1, 2, 3, 4;
  RETURN NULL;
END $$;
CREATE TRIGGER visit_months_{event} AFTER {event.upper()} ON inspections_visitofficer
  REFERENCING {table} FOR EACH STATEMENT EXECUTE FUNCTION inspections_people_{event}();
"""


FOLD = f"""
CREATE FUNCTION inspections_fold_visit_months() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  folded bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('inspections_fold_visit_months')) THEN
    RETURN 0;
  END IF;
  WITH many AS (
    SELECT jurisdiction_id, month, official, evening FROM inspections_visitmonth
    GROUP BY 1, 2, 3, 4 HAVING count(*) > 1
  ), gone AS (
    DELETE FROM inspections_visitmonth t USING many m
    WHERE (t.jurisdiction_id, t.month, t.official, t.evening)
      = (m.jurisdiction_id, m.month, m.official, m.evening)
    RETURNING t.*
  ), kept AS (
    INSERT INTO inspections_visitmonth ({COLUMNS})
    SELECT jurisdiction_id, month, official, evening,
      sum(visits), sum(person_times), sum(dispersed), sum(dispersed_flags)
    FROM gone GROUP BY 1, 2, 3, 4
  )
  SELECT count(*) INTO folded FROM gone;
  RETURN folded;
END $$;
"""

FILL = f"""
INSERT INTO inspections_visitmonth ({COLUMNS})
SELECT {KEY}, count(*), sum(v.unnamed + {OFFICERS}), sum(coalesce(v.dispersed, 0)),
  count(*) FILTER (WHERE v.dispersed > 0 AND v.dispersed_at_least)
FROM inspections_visit v WHERE v.voided_at IS NULL GROUP BY 1, 2, 3, 4;
"""

CREATED = "".join([*map(_visits, MOVES), *map(_people, ("insert", "delete")), FOLD, FILL])
REMOVED = """
DROP FUNCTION inspections_visits_insert() CASCADE;
DROP FUNCTION inspections_visits_update() CASCADE;
DROP FUNCTION inspections_visits_delete() CASCADE;
DROP FUNCTION inspections_people_insert() CASCADE;
DROP FUNCTION inspections_people_delete() CASCADE;
DROP FUNCTION inspections_fold_visit_months();
"""
