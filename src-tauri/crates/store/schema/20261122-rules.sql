-- Rules as data: rule sets and when they hold, what was decided where they
-- do not, credits by hand, approval, results of years before the book, closed
-- periods, scores, and what else is known of a person over time.
--
-- A rule set's `key` is the `id` in its file; decisions, openings and scores
-- name the key, so that they outlive a new version of the text. Amounts are
-- exact text ('0.5', '1/3').

CREATE TABLE rule_set (
    id         TEXT PRIMARY KEY,
    key        TEXT NOT NULL CHECK (key <> ''),
    name       TEXT NOT NULL CHECK (name <> ''),
    kind       TEXT NOT NULL CHECK (kind IN ('credits', 'assessment')),
    version    TEXT,
    text       TEXT NOT NULL,
    digest     TEXT NOT NULL UNIQUE,
    created_on TEXT NOT NULL,
    revision   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_set_key ON rule_set (key);

-- From a day on, to a last day or open; for the whole book, or for an
-- organization with all below it.
CREATE TABLE rule_use (
    id           TEXT PRIMARY KEY,
    rule_set     TEXT NOT NULL REFERENCES rule_set (id),
    starts_on    TEXT NOT NULL,
    ends_on      TEXT,
    organization TEXT REFERENCES organization (id),
    revision     INTEGER NOT NULL,
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_use_rule_set ON rule_use (rule_set);
CREATE INDEX rule_use_organization ON rule_use (organization) WHERE organization IS NOT NULL;

-- For everybody where no member stands.
CREATE TABLE decision (
    id           TEXT PRIMARY KEY,
    rule_set_key TEXT NOT NULL,
    question     TEXT NOT NULL CHECK (question <> ''),
    member       TEXT REFERENCES member (id) ON DELETE CASCADE,
    fact         TEXT,
    reading      TEXT,
    value        TEXT,
    reason       TEXT NOT NULL CHECK (reason <> ''),
    document     TEXT,
    decided_by   TEXT NOT NULL,
    decided_on   TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    CHECK ((reading IS NULL) <> (value IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX decision_question ON decision (rule_set_key, question, coalesce(member, ''));
CREATE INDEX decision_member ON decision (member) WHERE member IS NOT NULL;

-- In every rule set where none is named. One that corrects stands in the
-- place of the fact.
CREATE TABLE manual_credit (
    id           TEXT PRIMARY KEY,
    member       TEXT NOT NULL REFERENCES member (id),
    rule_set_key TEXT,
    category     TEXT NOT NULL CHECK (category <> ''),
    date         TEXT NOT NULL,
    amount       TEXT NOT NULL,
    reason       TEXT NOT NULL CHECK (reason <> ''),
    document     TEXT,
    evidence     TEXT,
    corrects     TEXT,
    state        TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'returned')),
    revision     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX manual_credit_member_date ON manual_credit (member, date);
CREATE INDEX manual_credit_date ON manual_credit (date);

-- An entry without a row is accepted: the clerk entered or imported it.
CREATE TABLE study_review (
    self_study TEXT PRIMARY KEY REFERENCES self_study (id) ON DELETE CASCADE,
    state      TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'returned')),
    reason     TEXT,
    reviewed_by TEXT,
    reviewed_on TEXT,
    revision   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX study_review_state ON study_review (state);

-- A member's result in a period before the book was kept.
CREATE TABLE opening_record (
    id           TEXT PRIMARY KEY,
    member       TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    rule_set_key TEXT NOT NULL,
    period       TEXT NOT NULL CHECK (period <> ''),
    total        TEXT,
    passed       INTEGER CHECK (passed IN (0, 1)),
    buckets      TEXT NOT NULL,
    short        TEXT NOT NULL,
    grade        TEXT,
    carry        TEXT,
    reason       TEXT NOT NULL CHECK (reason <> ''),
    document     TEXT,
    revision     INTEGER NOT NULL,
    UNIQUE (member, rule_set_key, period)
) STRICT, WITHOUT ROWID;

-- 封存. A reopened closing stays as a record and freezes nothing.
CREATE TABLE closing (
    id            TEXT PRIMARY KEY,
    kind          TEXT NOT NULL CHECK (kind IN ('credits', 'assessment')),
    rule_set      TEXT NOT NULL REFERENCES rule_set (id),
    rule_set_key  TEXT NOT NULL,
    period        TEXT NOT NULL CHECK (period <> ''),
    organization  TEXT REFERENCES organization (id),
    rules_digest  TEXT NOT NULL,
    digest        TEXT NOT NULL,
    members       INTEGER NOT NULL,
    unit          TEXT,
    closed_by     TEXT NOT NULL,
    closed_on     TEXT NOT NULL,
    reopened_by   TEXT,
    reopened_on   TEXT,
    reopen_reason TEXT,
    revision      INTEGER NOT NULL,
    CHECK ((reopened_on IS NULL) = (reopen_reason IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX closing_period ON closing (rule_set_key, period);
CREATE INDEX closing_rule_set ON closing (rule_set);

CREATE TABLE closing_line (
    closing TEXT NOT NULL REFERENCES closing (id) ON DELETE CASCADE,
    member  TEXT NOT NULL REFERENCES member (id),
    ledger  TEXT NOT NULL,
    digest  TEXT NOT NULL,
    PRIMARY KEY (closing, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX closing_line_member ON closing_line (member);

-- A change to a closed ledger: the new ledger beside the frozen one.
CREATE TABLE supplement (
    id          TEXT PRIMARY KEY,
    closing     TEXT NOT NULL REFERENCES closing (id) ON DELETE CASCADE,
    member      TEXT NOT NULL REFERENCES member (id),
    ledger      TEXT NOT NULL,
    digest      TEXT NOT NULL,
    reason      TEXT NOT NULL CHECK (reason <> ''),
    document    TEXT,
    recorded_by TEXT NOT NULL,
    recorded_on TEXT NOT NULL,
    revision    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX supplement_closing ON supplement (closing, member);
CREATE INDEX supplement_member ON supplement (member);

-- Points by hand of an assessment, of a member or of an organization.
CREATE TABLE score (
    id           TEXT PRIMARY KEY,
    rule_set_key TEXT NOT NULL,
    period       TEXT NOT NULL,
    member       TEXT REFERENCES member (id) ON DELETE CASCADE,
    organization TEXT REFERENCES organization (id),
    indicator    TEXT NOT NULL CHECK (indicator <> ''),
    scorer       TEXT NOT NULL,
    value        TEXT NOT NULL,
    reason       TEXT,
    scored_on    TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    CHECK ((member IS NULL) <> (organization IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX score_place ON score (rule_set_key, period, coalesce(member, organization), indicator, scorer);
CREATE INDEX score_member ON score (member) WHERE member IS NOT NULL;

-- What rules may ask of a person beyond the roster's own fields: 'attribute'
-- (party_post, 挂职 …) holds over time, 'review' is another review's grade
-- (年度考核) in a year, 'leave' is long leave of the kind `value`.
CREATE TABLE member_fact (
    id        TEXT PRIMARY KEY,
    member    TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    kind      TEXT NOT NULL CHECK (kind IN ('attribute', 'review', 'leave')),
    name      TEXT NOT NULL,
    value     TEXT NOT NULL,
    starts_on TEXT,
    ends_on   TEXT,
    reason    TEXT,
    revision  INTEGER NOT NULL,
    CHECK (starts_on IS NULL OR ends_on IS NULL OR ends_on >= starts_on),
    CHECK (kind <> 'leave' OR (starts_on IS NOT NULL AND ends_on IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX member_fact_member ON member_fact (member);
