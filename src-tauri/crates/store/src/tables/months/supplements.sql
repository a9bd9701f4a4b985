-- An undo has no parameters of its own: its sentence is that of what it took
-- back, which for a redo stands one step further.
SELECT s.id, s.month, s.session, s.member, s.subject, s.reason, s.recorded_by, s.recorded_on, s.operation, o.name,
       coalesce(second.params, first.params, o.params) AS params, coalesce(second.name, first.name) AS undoes,
       o.undone_by IS NOT NULL AS undone
FROM month_supplement AS s
JOIN operation AS o ON o.id = s.operation
LEFT JOIN operation AS first ON first.id = o.undoes
LEFT JOIN operation AS second ON second.id = first.undoes
WHERE s.month BETWEEN ?1 AND ?2
ORDER BY s.month, o.sequence, s.id
