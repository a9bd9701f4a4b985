SELECT o.id, o.name, o.params, o.at, o.operator,
       (SELECT count(*) FROM change_log WHERE operation = o.id) AS rows,
       o.undone_by IS NOT NULL AS undone
FROM operation AS o
WHERE o.undoes IS NULL AND o.undone_by IS NULL
ORDER BY o.sequence DESC
LIMIT 1
