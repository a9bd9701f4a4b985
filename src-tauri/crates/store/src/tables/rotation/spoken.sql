-- A member may stand among the speakers of a session twice by a slip.
SELECT DISTINCT p.member, s.id, s.date, s.kind, s.title, s.state
FROM session_part AS p INDEXED BY session_part_member JOIN session AS s ON s.id = p.session
WHERE p.member IS NOT NULL AND p.role = 'speaker' AND s.state <> 'cancelled'
ORDER BY s.date, s.id
