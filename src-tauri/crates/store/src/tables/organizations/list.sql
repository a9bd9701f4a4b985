WITH RECURSIVE tree (id, parent, kind, name, revision, path) AS (
    SELECT id, parent, kind, name, revision, id FROM organization WHERE parent IS NULL
    UNION ALL
    SELECT o.id, o.parent, o.kind, o.name, o.revision, tree.path || '/' || o.id
    FROM organization AS o JOIN tree ON o.parent = tree.id
)
SELECT id, parent, kind, name, revision FROM tree ORDER BY path
