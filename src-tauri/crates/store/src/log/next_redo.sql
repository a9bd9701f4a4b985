-- Of the operations that stand taken back, the earliest done of those taken
-- back since the last fresh operation: redo walks forward again.
SELECT o.id, o.name, o.params, o.at, o.operator,
       (SELECT count(*) FROM change_log WHERE operation = o.id) AS rows,
       1 AS undone
FROM operation AS o
JOIN operation AS u ON u.id = o.undone_by
WHERE o.undoes IS NULL
  AND u.sequence > (SELECT coalesce(max(sequence), 0) FROM operation WHERE undoes IS NULL)
ORDER BY o.sequence
LIMIT 1
