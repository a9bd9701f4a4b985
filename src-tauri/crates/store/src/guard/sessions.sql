-- The sessions that an operation added, changed or deleted in a closed month:
-- one that was moved out of it counts by the day before, one moved into it by
-- the day after.
WITH image AS (
    SELECT before AS image, coalesce(after, '') AS other FROM change_log
    WHERE operation = ?1 AND table_name = 'session' AND before IS NOT NULL
    UNION ALL
    SELECT after, coalesce(before, '') FROM change_log
    WHERE operation = ?1 AND table_name = 'session' AND after IS NOT NULL
)
SELECT DISTINCT c.month, json_extract(i.image, '$.date') AS date, json_extract(i.image, '$.id') AS session,
       json_extract(i.image, '$.title') AS title, i.other = '' AS whole
FROM image AS i
JOIN month_closing AS c ON c.month = substr(json_extract(i.image, '$.date'), 1, 7) AND c.reopened_on IS NULL
WHERE i.other = ''
   OR json_remove(i.image, '$.revision', '$.series', '$.series_date', '$.plan_item', '$.answers')
      <> json_remove(i.other, '$.revision', '$.series', '$.series_date', '$.plan_item', '$.answers')
