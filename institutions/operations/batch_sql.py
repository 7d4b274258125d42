"""The statements by which a batch's rows become institutions, sites, events and permits, and are taken back.

Parameters: ``batch`` id, ``at`` instant, ``today`` and ``applied_on`` dates, ``reason``, ``whole``: JSON of
jurisdiction -> place that stands for all of it; ``applied_at`` instant: when the batch was written; ``after`` and
``upto``: which rows of the file, by number. The names of the columns are those of ``institutions.sheet``, what stands
in ``before->'was'`` those of ``institutions.remembering``.
"""
# ruff: noqa: S608 (put together from this module's own constants; values are parameters)

#: The planner has no figures yet of rows that were just written, and would go through a whole table or index once per
#: row (seen: four minutes for 5,000 rows). Without these two it joins by hash, in one pass over each. The memory is for
#: one part's rows and their digest's order, which would else go through temporary files.
BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '32MB'"

#: Not by ``IS NULL``: for one institution's permits the planner would read all of the index of permits in force.
_IN_FORCE = "coalesce({}.ended_on, 'infinity') = 'infinity'"

#: A row's values as typed columns.
_RECORD = """(
    name text, credit_code text, license_no text, permit_kind text, category text, subtype text, stages text[],
    mode text, legal_type text, legal_person text, phone text, public_phone text, address text, town text,
    issue_date date, valid_until date, issuer text, bank text, account text, status text, remark text,
    jurisdiction bigint, division bigint, public_id text
)"""

JURISDICTIONS = """
SELECT DISTINCT unnest(ARRAY[(record->>'jurisdiction')::bigint, (before->>'jurisdiction')::bigint]) AS id
FROM imports_batchrow WHERE batch_id = %(batch)s AND outcome IN ('created', 'updated', 'campus')
EXCEPT SELECT NULL
"""

#: Who was permitted earlier and is closed, suspended or the like today began as 正常: the day of the change is not in
#: the file, and a base of years ago must not lose it.
_OTHER_SINCE = "status NOT IN ('normal', 'preparing') AND since < %(today)s"

INSERT = f"""
WITH x AS MATERIALIZED (
    SELECT r.subject_id, v.*, r.before ? 'revived' AS revived,
           coalesce(v.division, (%(whole)s::jsonb->>v.jurisdiction::text)::bigint) AS place,
           CASE WHEN r.before ? 'revived'
               THEN (SELECT i.site_type FROM institutions_institution i WHERE i.id = r.subject_id)
               ELSE 'training' END AS site_type,
           least(coalesce(v.issue_date, %(today)s), %(today)s) AS since
    FROM imports_batchrow r, jsonb_to_record(r.record) AS v {_RECORD}
    WHERE r.batch_id = %(batch)s AND r.outcome = 'created' AND r.number > %(after)s AND r.number <= %(upto)s
    ORDER BY r.id
), new_institutions AS (
    INSERT INTO institutions_institution (
        id, public_id, jurisdiction_id, division_id, name, trade_name, credit_code, site_type, category, subcategory,
        stages, mode, legal_type, licence_status, legal_person, phone, public_phone, address, hours, bank,
        account_tail, platform_id, remark, status, grade, registered_at, changed_at)
    SELECT subject_id, public_id, jurisdiction, place, name, '', credit_code, site_type, category,
        coalesce(subtype, ''), coalesce(stages, ARRAY[]::text[]), mode, legal_type,
        CASE WHEN license_no IS NULL THEN 'no_permit' ELSE 'complete' END, coalesce(legal_person, ''),
        coalesce(phone, ''), coalesce(public_phone, ''), address, '', coalesce(bank, ''), coalesce(account, ''), '',
        coalesce(remark, ''), status, '', %(at)s, %(at)s
    FROM x WHERE NOT revived
), revived_institutions AS (
    UPDATE institutions_institution i SET
        jurisdiction_id = x.jurisdiction, division_id = x.place, name = x.name, credit_code = x.credit_code,
        category = x.category, subcategory = coalesce(x.subtype, ''),
        stages = coalesce(x.stages, ARRAY[]::text[]), mode = x.mode, legal_type = x.legal_type,
        licence_status = CASE WHEN x.license_no IS NULL THEN 'no_permit' ELSE 'complete' END,
        legal_person = coalesce(x.legal_person, ''), phone = coalesce(x.phone, ''),
        public_phone = coalesce(x.public_phone, ''), address = x.address, bank = coalesce(x.bank, ''),
        account_tail = coalesce(x.account, ''), remark = coalesce(x.remark, ''), status = x.status,
        registered_at = %(at)s, changed_at = %(at)s, withdrawn_at = NULL
    FROM x WHERE x.revived AND i.id = x.subject_id
), new_sites AS (
    INSERT INTO institutions_site (institution_id, kind, name, division_id, address, opened_on)
    SELECT subject_id, 'main', '', place, address, since FROM x
), new_events AS (
    INSERT INTO institutions_statusevent (
        institution_id, status, category, site_type, effective_on, recorded_at, reason, withdrawn)
    SELECT subject_id, CASE WHEN {_OTHER_SINCE} THEN 'normal' ELSE status END, category, site_type, since, %(at)s,
        %(reason)s, false
    FROM x
    UNION ALL
    SELECT subject_id, status, category, site_type, %(today)s, %(at)s, %(reason)s, false FROM x WHERE {_OTHER_SINCE}
)
INSERT INTO institutions_permit (institution_id, kind, number, issuer, scope, valid_from, valid_to)
SELECT subject_id, permit_kind, license_no, issuer, '', issue_date, valid_until FROM x WHERE license_no IS NOT NULL
"""

CAMPUSES = f"""
INSERT INTO institutions_site (institution_id, kind, name, division_id, address, opened_on)
SELECT r.subject_id, 'campus', left(v.name, 80),
       coalesce(v.division, (%(whole)s::jsonb->>v.jurisdiction::text)::bigint), v.address, %(today)s
FROM imports_batchrow r, jsonb_to_record(r.record) AS v {_RECORD}
WHERE r.batch_id = %(batch)s AND r.outcome = 'campus' ORDER BY r.id
"""

#: Column of the institution -> key of the row, where a change is a plain new value.
_FACTS = {
    "name": "name",
    "credit_code": "credit_code",
    "category": "category",
    "subcategory": "subtype",
    "mode": "mode",
    "legal_type": "legal_type",
    "legal_person": "legal_person",
    "phone": "phone",
    "public_phone": "public_phone",
    "address": "address",
    "bank": "bank",
    "account_tail": "account",
    "status": "status",
    "remark": "remark",
}
_NULLABLE = {"credit_code"}


def _facts(values: str) -> str:
    """``SET`` clauses that write the changed facts from ``values`` (an alias) and leave the others."""
    clauses = [
        f"{column} = CASE WHEN r.before ? '{key}' THEN "
        + (f"{values}.{key}" if column in _NULLABLE else f"coalesce({values}.{key}, '')")
        + f" ELSE i.{column} END"
        for column, key in _FACTS.items()
    ]
    clauses.append(
        f"stages = CASE WHEN r.before ? 'stages' THEN coalesce({values}.stages, ARRAY[]::text[]) ELSE i.stages END"
    )
    return ", ".join(clauses)


#: The rows that change an institution.
_CHANGING = "r.batch_id = %(batch)s AND r.outcome = 'updated'"
_STATED = "r.before ?| ARRAY['status', 'category']"  # both are said by one dated event
_MOVES = "r.before ?| ARRAY['address', 'county', 'town']"
_PERMIT_CHANGES = "r.before ?| ARRAY['permit_kind', 'issue_date', 'valid_until', 'issuer']"

UPDATE = (
    f"""
    INSERT INTO institutions_formername (institution_id, name, until)
    SELECT r.subject_id, r.before->>'name', %(today)s FROM imports_batchrow r
    WHERE {_CHANGING} AND r.before ? 'name' ON CONFLICT DO NOTHING
    """,
    f"""
    INSERT INTO institutions_statusevent (
        institution_id, status, category, site_type, effective_on, recorded_at, reason, withdrawn)
    SELECT r.subject_id, coalesce(v.status, i.status), coalesce(v.category, i.category), i.site_type, %(today)s,
        %(at)s, %(reason)s, false
    FROM imports_batchrow r JOIN institutions_institution i ON i.id = r.subject_id,
         jsonb_to_record(r.record) AS v {_RECORD}
    WHERE {_CHANGING} AND {_STATED}
    """,
    f"""
    INSERT INTO institutions_statusevent (
        institution_id, status, category, site_type, effective_on, recorded_at, reason, withdrawn, replaces_id)
    SELECT e.institution_id, e.status, v.category, e.site_type, e.effective_on, %(at)s, %(reason)s, false, e.id
    FROM imports_batchrow r JOIN institutions_statusevent e ON e.institution_id = r.subject_id,
         jsonb_to_record(r.record) AS v {_RECORD}
    WHERE {_CHANGING} AND r.before ? 'category' AND e.effective_on > %(today)s AND NOT e.withdrawn
        AND NOT EXISTS (SELECT FROM institutions_statusevent later WHERE later.replaces_id = e.id)
    """,
    f"""
    WITH new AS MATERIALIZED (
        SELECT r.subject_id, v.license_no, v.issue_date, v.valid_until, coalesce(v.permit_kind, old.kind,
            CASE WHEN coalesce(v.category, i.category) = 'subject' THEN 'school' ELSE 'non_subject' END) AS kind,
            coalesce(v.issuer, old.issuer, j.name || '教育局') AS issuer
        FROM imports_batchrow r
            JOIN institutions_institution i ON i.id = r.subject_id
            LEFT JOIN LATERAL (
                SELECT p.kind, p.issuer FROM institutions_permit p
                WHERE p.institution_id = r.subject_id AND {_IN_FORCE.format("p")} ORDER BY p.id + 0 DESC LIMIT 1
            ) old ON true,
            jsonb_to_record(r.record) AS v {_RECORD} JOIN regions_jurisdiction j ON j.id = v.jurisdiction
        WHERE {_CHANGING} AND r.before ? 'license_no'
    ), ended AS (
        UPDATE institutions_permit p SET ended_on = greatest(%(today)s, coalesce(p.valid_from, %(today)s))
        WHERE p.id = ANY(ARRAY(SELECT held.id FROM new, LATERAL (
            SELECT h.id FROM institutions_permit h
            WHERE h.institution_id = new.subject_id AND h.kind = new.kind AND {_IN_FORCE.format("h")} OFFSET 0
        ) held))
    )
    INSERT INTO institutions_permit (institution_id, kind, number, issuer, scope, valid_from, valid_to)
    SELECT subject_id, kind, license_no, issuer, '', issue_date, valid_until FROM new
    """,
    f"""
    UPDATE institutions_permit p SET
        kind = CASE WHEN r.before ? 'permit_kind' THEN v.permit_kind ELSE p.kind END,
        issuer = CASE WHEN r.before ? 'issuer' THEN v.issuer ELSE p.issuer END,
        valid_from = CASE WHEN r.before ? 'issue_date' THEN v.issue_date ELSE p.valid_from END,
        valid_to = CASE WHEN r.before ? 'valid_until' THEN v.valid_until ELSE p.valid_to END
    FROM imports_batchrow r, jsonb_to_record(r.record) AS v {_RECORD}
    WHERE {_CHANGING} AND NOT r.before ? 'license_no' AND {_PERMIT_CHANGES}
        AND p.id = (r.before->'was'->>'permit')::bigint
    """,
    f"""
    UPDATE institutions_institution i SET {_facts("v")},
        jurisdiction_id = CASE WHEN r.before ? 'county' THEN v.jurisdiction ELSE i.jurisdiction_id END,
        division_id = CASE WHEN r.before ?| ARRAY['county', 'town']
            THEN coalesce(v.division, (%(whole)s::jsonb->>v.jurisdiction::text)::bigint) ELSE i.division_id END,
        licence_status = CASE WHEN r.before ? 'license_no' THEN 'complete' ELSE i.licence_status END,
        changed_at = %(at)s
    FROM imports_batchrow r, jsonb_to_record(r.record) AS v {_RECORD}
    WHERE {_CHANGING} AND i.id = r.subject_id
    """,
    f"""
    UPDATE institutions_site s SET closed_on = greatest(%(today)s, s.opened_on)
    FROM imports_batchrow r
    WHERE {_CHANGING} AND {_MOVES} AND s.institution_id = r.subject_id AND s.kind = 'main' AND s.closed_on IS NULL
    """,
    f"""
    INSERT INTO institutions_site (institution_id, kind, name, division_id, address, opened_on)
    SELECT i.id, 'main', '', i.division_id, i.address, %(today)s
    FROM imports_batchrow r JOIN institutions_institution i ON i.id = r.subject_id
    WHERE {_CHANGING} AND {_MOVES}
    """,
)

#: Rows to take back: those that were not kept.
_BACK = "r.batch_id = %(batch)s AND NOT EXISTS (SELECT FROM imports_keptrow k WHERE k.row_id = r.id)"
_NEW = f"{_BACK} AND r.outcome = 'created'"
_CHANGED = f"{_BACK} AND r.outcome = 'updated'"

TAKE_BACK = (
    f"""
    DELETE FROM institutions_site s USING imports_batchrow r
    WHERE {_BACK} AND r.outcome = 'campus' AND s.institution_id = r.subject_id AND s.kind = 'campus'
        AND s.address = r.record->>'address' AND s.closed_on IS NULL
    """,
    f"DELETE FROM institutions_site s USING imports_batchrow r WHERE {_NEW} AND s.institution_id = r.subject_id",
    f"DELETE FROM institutions_permit p USING imports_batchrow r WHERE {_NEW} AND p.institution_id = r.subject_id",
    f"""
    INSERT INTO institutions_statusevent (
        institution_id, status, category, site_type, effective_on, recorded_at, reason, withdrawn, replaces_id)
    SELECT e.institution_id, e.status, coalesce(planned.category, e.category), e.site_type, e.effective_on, %(at)s,
        %(reason)s, planned.id IS NULL, e.id
    FROM imports_batchrow r JOIN institutions_statusevent e ON e.institution_id = r.subject_id
        LEFT JOIN institutions_statusevent planned ON planned.id = e.replaces_id
    WHERE {_BACK} AND (r.outcome = 'created' OR (r.outcome = 'updated' AND {_STATED}))
        AND e.recorded_at = %(applied_at)s AND NOT e.withdrawn
    """,
    f"""
    WITH own AS MATERIALIZED (
        SELECT n.id, n.kind, r.subject_id, r.before->'was'->'permits' AS former
        FROM imports_batchrow r, LATERAL (
            SELECT p.id, p.kind FROM institutions_permit p
            WHERE p.institution_id = r.subject_id AND p.number = r.record->>'license_no' AND {_IN_FORCE.format("p")}
                AND NOT r.before->'was'->'permits' @> to_jsonb(p.id) OFFSET 0
        ) n
        WHERE {_CHANGED} AND r.before ? 'license_no'
    ), gone AS (
        DELETE FROM institutions_permit p WHERE p.id = ANY(ARRAY(SELECT id FROM own))
    )
    UPDATE institutions_permit p SET ended_on = NULL
    WHERE p.id = ANY(ARRAY(SELECT held.id FROM own, LATERAL (
        SELECT h.id FROM institutions_permit h
        WHERE h.institution_id = own.subject_id AND h.kind = own.kind AND own.former @> to_jsonb(h.id)
            AND h.ended_on = greatest(%(applied_on)s, coalesce(h.valid_from, %(applied_on)s)) OFFSET 0
    ) held))
    """,
    f"""
    UPDATE institutions_permit p SET
        kind = CASE WHEN r.before ? 'permit_kind' THEN v.permit_kind ELSE p.kind END,
        issuer = CASE WHEN r.before ? 'issuer' THEN v.issuer ELSE p.issuer END,
        valid_from = CASE WHEN r.before ? 'issue_date' THEN v.issue_date ELSE p.valid_from END,
        valid_to = CASE WHEN r.before ? 'valid_until' THEN v.valid_until ELSE p.valid_to END
    FROM imports_batchrow r, jsonb_to_record(r.before) AS v {_RECORD}
    WHERE {_CHANGED} AND NOT r.before ? 'license_no' AND {_PERMIT_CHANGES}
        AND p.id = (r.before->'was'->>'permit')::bigint
    """,
    f"""
    DELETE FROM institutions_formername f USING imports_batchrow r
    WHERE {_CHANGED} AND r.before ? 'name' AND f.institution_id = r.subject_id AND f.name = r.before->>'name'
        AND f.until = %(applied_on)s AND NOT r.before->'was'->'names' @> to_jsonb(f.id)
    """,
    f"""
    DELETE FROM institutions_site s USING imports_batchrow r
    WHERE {_CHANGED} AND {_MOVES} AND s.institution_id = r.subject_id AND s.kind = 'main' AND s.closed_on IS NULL
    """,
    f"""
    UPDATE institutions_site s SET closed_on = NULL FROM imports_batchrow r
    WHERE {_CHANGED} AND {_MOVES} AND s.id = (r.before->'was'->>'site')::bigint
    """,
    f"""
    UPDATE institutions_institution i SET {_facts("v")},
        jurisdiction_id = CASE WHEN r.before ? 'county' THEN v.jurisdiction ELSE i.jurisdiction_id END,
        division_id = CASE WHEN r.before ?| ARRAY['county', 'town'] THEN v.division ELSE i.division_id END,
        licence_status = coalesce(r.before->'was'->>'licence_status', i.licence_status), changed_at = %(at)s
    FROM imports_batchrow r, jsonb_to_record(r.before) AS v {_RECORD}
    WHERE {_CHANGED} AND i.id = r.subject_id
    """,
    f"""
    UPDATE institutions_institution i SET withdrawn_at = %(at)s, changed_at = %(at)s FROM imports_batchrow r
    WHERE {_NEW} AND i.id = r.subject_id
    """,
)
