-- What an operation changed of the sessions of closed months beside their
-- heads: 1 marks and make-ups, 2 the frozen roster, 3 the rest. A session
-- that is gone was deleted by the operation, and stands in sessions.sql.
SELECT DISTINCT c.month, s.date, s.id AS session, s.title, m.id AS member, m.name,
       CASE l.table_name WHEN 'attendance' THEN 1 WHEN 'make_up' THEN 1 WHEN 'session_roster' THEN 2 ELSE 3 END AS of_marks
FROM change_log AS l
JOIN session AS s ON s.id = json_extract(coalesce(l.after, l.before), '$.session')
JOIN month_closing AS c ON c.month = substr(s.date, 1, 7) AND c.reopened_on IS NULL
LEFT JOIN member AS m ON l.table_name IN ('attendance', 'make_up') AND m.id = json_extract(coalesce(l.after, l.before), '$.member')
WHERE l.operation = ?1
  AND l.table_name IN ('attendance', 'make_up', 'session_organization', 'session_part', 'session_also', 'session_tag', 'session_paper',
                       'session_evidence', 'observer_report', 'session_roster')
  AND (l.before IS NULL OR l.after IS NULL
       OR json_remove(l.before, '$.revision', '$.leave', '$.source') <> json_remove(l.after, '$.revision', '$.leave', '$.source'))
ORDER BY of_marks, l.sequence
