SELECT s.id FROM session AS s
WHERE s.series = ?1
  AND (EXISTS (SELECT 1 FROM attendance AS x WHERE x.session = s.id)
    OR EXISTS (SELECT 1 FROM make_up AS x WHERE x.session = s.id)
    OR EXISTS (SELECT 1 FROM session_part AS x WHERE x.session = s.id)
    OR EXISTS (SELECT 1 FROM session_roster AS x WHERE x.session = s.id)
    OR EXISTS (SELECT 1 FROM session_paper AS x WHERE x.session = s.id)
    OR EXISTS (SELECT 1 FROM session_evidence AS x WHERE x.session = s.id)
    OR EXISTS (SELECT 1 FROM session_also AS x WHERE x.session = s.id)
    OR EXISTS (SELECT 1 FROM session_tag AS x WHERE x.session = s.id)
    OR EXISTS (SELECT 1 FROM observer_report AS x WHERE x.session = s.id)
    OR EXISTS (SELECT 1 FROM inspection AS x WHERE x.session = s.id)
    OR EXISTS (SELECT 1 FROM expense AS x WHERE x.session = s.id)
    OR EXISTS (SELECT 1 FROM attachment AS x WHERE x.owner = s.id AND x.owner_kind = 'session')
    OR s.answers IS NOT NULL
    OR s.roll_closed_at IS NOT NULL)
