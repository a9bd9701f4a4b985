-- Several people may score in one capacity (several colleagues under 互评):
-- each is named, and each has one entry.

ALTER TABLE score ADD COLUMN rater TEXT;
DROP INDEX score_place;
CREATE UNIQUE INDEX score_place ON score (rule_set_key, period, coalesce(member, organization), indicator, scorer, coalesce(rater, ''));
