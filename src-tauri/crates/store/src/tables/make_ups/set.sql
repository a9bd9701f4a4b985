INSERT INTO make_up (id, session, member, done_on, form, evidence, checker, checked_on, revision)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)
ON CONFLICT (session, member) DO UPDATE SET done_on = excluded.done_on, form = excluded.form, evidence = excluded.evidence,
    checker = excluded.checker, checked_on = excluded.checked_on, revision = revision + 1
WHERE done_on IS NOT excluded.done_on OR form IS NOT excluded.form OR evidence IS NOT excluded.evidence
    OR checker IS NOT excluded.checker OR checked_on IS NOT excluded.checked_on
