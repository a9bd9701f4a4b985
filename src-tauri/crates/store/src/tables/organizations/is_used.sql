SELECT EXISTS (SELECT 1 FROM organization WHERE parent = ?1)
    OR EXISTS (SELECT 1 FROM member_period WHERE organization = ?1)
    OR EXISTS (SELECT 1 FROM session_organization WHERE organization = ?1)
    OR EXISTS (SELECT 1 FROM book WHERE root_organization = ?1)
