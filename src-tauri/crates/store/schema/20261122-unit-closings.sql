-- A closing freezes ledgers of members or of organizations, each by the
-- version of the rules that counted for it.
--
-- `whose` is the one of the two that stands: a key has no NULL in it. No
-- `rule_set`: the closing's own. Nothing refers to these tables, so that they
-- can be made anew and filled from the old ones.

CREATE TABLE closing_line_new (
    closing      TEXT NOT NULL REFERENCES closing (id) ON DELETE CASCADE,
    whose        TEXT NOT NULL,
    member       TEXT REFERENCES member (id),
    organization TEXT REFERENCES organization (id),
    rule_set     TEXT REFERENCES rule_set (id),
    rules_digest TEXT,
    ledger       TEXT NOT NULL,
    digest       TEXT NOT NULL,
    PRIMARY KEY (closing, whose),
    CHECK ((member IS NULL) <> (organization IS NULL)),
    CHECK (whose = coalesce(member, organization)),
    CHECK ((rule_set IS NULL) = (rules_digest IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO closing_line_new (closing, whose, member, ledger, digest) SELECT closing, member, member, ledger, digest FROM closing_line;
DROP TABLE closing_line;
ALTER TABLE closing_line_new RENAME TO closing_line;
CREATE INDEX closing_line_member ON closing_line (member) WHERE member IS NOT NULL;
CREATE INDEX closing_line_organization ON closing_line (organization) WHERE organization IS NOT NULL;
CREATE INDEX closing_line_rule_set ON closing_line (rule_set) WHERE rule_set IS NOT NULL;

CREATE TABLE supplement_new (
    id           TEXT PRIMARY KEY,
    closing      TEXT NOT NULL REFERENCES closing (id) ON DELETE CASCADE,
    member       TEXT REFERENCES member (id),
    organization TEXT REFERENCES organization (id),
    ledger       TEXT NOT NULL,
    digest       TEXT NOT NULL,
    reason       TEXT NOT NULL CHECK (reason <> ''),
    document     TEXT,
    recorded_by  TEXT NOT NULL,
    recorded_on  TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    CHECK ((member IS NULL) <> (organization IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO supplement_new (id, closing, member, ledger, digest, reason, document, recorded_by, recorded_on, revision)
    SELECT id, closing, member, ledger, digest, reason, document, recorded_by, recorded_on, revision FROM supplement;
DROP TABLE supplement;
ALTER TABLE supplement_new RENAME TO supplement;
CREATE INDEX supplement_closing ON supplement (closing, coalesce(member, organization));
CREATE INDEX supplement_member ON supplement (member) WHERE member IS NOT NULL;
CREATE INDEX supplement_organization ON supplement (organization) WHERE organization IS NOT NULL;

-- A logged line keeps its key (closing|member is closing|whose), and its
-- image gets the new part of it, so that it can still be put back. Columns
-- that an older image does not have are NULL.
UPDATE change_log SET before = json_set(before, '$.whose', json_extract(before, '$.member'))
    WHERE table_name = 'closing_line' AND before IS NOT NULL;
UPDATE change_log SET after = json_set(after, '$.whose', json_extract(after, '$.member'))
    WHERE table_name = 'closing_line' AND after IS NOT NULL;
