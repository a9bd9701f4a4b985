-- ?1 session, ?2 member. A mark is found by its key; a make-up and a part have
-- keys of their own, and are looked for among the changes of their tables.
WITH change AS (
    SELECT sequence, operation, table_name, before, after FROM change_log
    WHERE table_name = 'attendance' AND row_key = ?1 || '|' || ?2
    UNION ALL
    SELECT sequence, operation, table_name, before, after FROM change_log
    WHERE table_name = 'make_up'
      AND json_extract(coalesce(after, before), '$.session') = ?1 AND json_extract(coalesce(after, before), '$.member') = ?2
    UNION ALL
    SELECT sequence, operation, table_name, before, after FROM change_log
    WHERE table_name = 'session_part' AND json_extract(coalesce(after, before), '$.role') = 'observer'
      AND json_extract(coalesce(after, before), '$.session') = ?1 AND json_extract(coalesce(after, before), '$.member') = ?2
)
SELECT c.table_name, c.before, c.after, o.id, o.name, coalesce(second.params, first.params, o.params) AS params, o.at, o.operator,
       coalesce(second.name, first.name) AS undoes, o.undone_by IS NOT NULL AS undone,
       (SELECT s.reason FROM month_closing AS m JOIN month_supplement AS s ON s.month = m.month AND s.operation = o.id LIMIT 1) AS reason
FROM change AS c
JOIN operation AS o ON o.id = c.operation
LEFT JOIN operation AS first ON first.id = o.undoes
LEFT JOIN operation AS second ON second.id = first.undoes
ORDER BY o.sequence, c.sequence
