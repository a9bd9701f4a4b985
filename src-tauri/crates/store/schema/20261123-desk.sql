-- The clerk's desk: the year planned, the roll with who was required, leave
-- in advance, make-ups with their checker, the six parts of a session, the
-- office's own records, closed months, and warnings put off.

-- 学习计划: of an organization, or of a person.
CREATE TABLE plan (
    id           TEXT PRIMARY KEY,
    year         INTEGER NOT NULL,
    organization TEXT REFERENCES organization (id),
    member       TEXT REFERENCES member (id) ON DELETE CASCADE,
    title        TEXT NOT NULL CHECK (title <> ''),
    note         TEXT,
    revision     INTEGER NOT NULL,
    CHECK ((organization IS NULL) <> (member IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX plan_place ON plan (year, coalesce(organization, member));
CREATE INDEX plan_organization ON plan (organization) WHERE organization IS NOT NULL;
CREATE INDEX plan_member ON plan (member) WHERE member IS NOT NULL;

-- 专题, with the days for which it is set.
CREATE TABLE theme (
    id        TEXT PRIMARY KEY,
    plan      TEXT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    name      TEXT NOT NULL CHECK (name <> ''),
    starts_on TEXT,
    ends_on   TEXT,
    note      TEXT,
    revision  INTEGER NOT NULL,
    CHECK (starts_on IS NULL OR ends_on IS NULL OR ends_on >= starts_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX theme_plan ON theme (plan, position);

-- 计划条目. What it asks for is exact text with its unit (次, 学时, 篇, 章 …);
-- `due` is a month 'YYYY-MM', a day, or a quarter 'YYYY-Qn'.
CREATE TABLE plan_item (
    id           TEXT PRIMARY KEY,
    plan         TEXT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    theme        TEXT REFERENCES theme (id),
    title        TEXT NOT NULL CHECK (title <> ''),
    form         TEXT,
    material     TEXT,
    speaker      TEXT,
    target_value TEXT,
    target_unit  TEXT,
    due          TEXT,
    note         TEXT,
    revision     INTEGER NOT NULL,
    CHECK ((target_value IS NULL) = (target_unit IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_item_plan ON plan_item (plan, position);
CREATE INDEX plan_item_theme ON plan_item (theme) WHERE theme IS NOT NULL;

-- A recurring session. `rule` is JSON: how often, and what happens on a
-- holiday; the sessions themselves are made from it and stand in `session`.
CREATE TABLE series (
    id           TEXT PRIMARY KEY,
    rule         TEXT NOT NULL,
    starts_on    TEXT NOT NULL,
    ends_on      TEXT NOT NULL,
    starts_at    TEXT,
    amount_value TEXT,
    amount_unit  TEXT,
    kind         TEXT NOT NULL CHECK (kind <> ''),
    title        TEXT NOT NULL CHECK (title <> ''),
    level        TEXT NOT NULL,
    theme        TEXT,
    place        TEXT,
    organization TEXT REFERENCES organization (id),
    revision     INTEGER NOT NULL,
    CHECK (ends_on >= starts_on),
    CHECK ((amount_value IS NULL) = (amount_unit IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX series_organization ON series (organization) WHERE organization IS NOT NULL;

-- 文件、会议: what arrives and has to be studied, and what the office keeps.
CREATE TABLE document (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind <> ''),
    title       TEXT NOT NULL CHECK (title <> ''),
    number      TEXT,
    issuer      TEXT,
    date        TEXT NOT NULL,
    received_on TEXT,
    study_by    TEXT,
    note        TEXT,
    revision    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX document_date ON document (date);

-- A session of a series keeps the day that the series gave it, so that one
-- that was moved is not made a second time. `answers`: the document or
-- meeting that it studies.
ALTER TABLE session ADD COLUMN series TEXT REFERENCES series (id);
ALTER TABLE session ADD COLUMN series_date TEXT;
ALTER TABLE session ADD COLUMN plan_item TEXT REFERENCES plan_item (id);
ALTER TABLE session ADD COLUMN answers TEXT REFERENCES document (id);
-- UTC milliseconds; empty while the roll is open.
ALTER TABLE session ADD COLUMN roll_closed_at INTEGER;
CREATE INDEX session_series ON session (series, series_date) WHERE series IS NOT NULL;
CREATE INDEX session_plan_item ON session (plan_item) WHERE plan_item IS NOT NULL;
CREATE INDEX session_answers ON session (answers) WHERE answers IS NOT NULL;

-- An occurrence of a series that was left out.
CREATE TABLE series_skip (
    series TEXT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    date   TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (series, date)
) STRICT, WITHOUT ROWID;

-- One meeting may be several kinds at once (主题党日 and 支部党员大会).
CREATE TABLE session_also (
    session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    kind    TEXT NOT NULL CHECK (kind <> ''),
    PRIMARY KEY (session, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_tag (
    session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    tag     TEXT NOT NULL CHECK (tag <> ''),
    PRIMARY KEY (session, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_tag_tag ON session_tag (tag);

-- Words of the clerk's own lists: 类型 (with its level), 标签, 地点 …; a hidden
-- one is no longer offered.
CREATE TABLE word (
    list     TEXT NOT NULL CHECK (list IN ('kind', 'tag', 'place', 'make_up_form', 'expense_kind', 'document_kind')),
    name     TEXT NOT NULL CHECK (name <> ''),
    level    TEXT,
    position INTEGER NOT NULL,
    hidden   INTEGER NOT NULL CHECK (hidden IN (0, 1)),
    PRIMARY KEY (list, name)
) STRICT, WITHOUT ROWID;

-- The papers of a session beyond its head: 安排, 记录, 检查, 总结.
CREATE TABLE session_paper (
    session     TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    agenda      TEXT,
    notified_on TEXT,
    minutes     TEXT,
    resolutions TEXT,
    summary     TEXT,
    checked_by  TEXT,
    checked_on  TEXT,
    audience    INTEGER CHECK (audience >= 0),
    vote        INTEGER NOT NULL CHECK (vote IN (0, 1)),
    election    INTEGER NOT NULL CHECK (election IN (0, 1)),
    revision    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Evidence that lies on paper: 会议记录, 签到表, 学习笔记; of one member, or of
-- the session as a whole.
CREATE TABLE session_evidence (
    id       TEXT PRIMARY KEY,
    session  TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    member   TEXT REFERENCES member (id) ON DELETE CASCADE,
    evidence TEXT NOT NULL CHECK (evidence <> ''),
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX session_evidence_place ON session_evidence (session, coalesce(member, ''), evidence);
CREATE INDEX session_evidence_member ON session_evidence (member) WHERE member IS NOT NULL;

-- 列席 reports: who sat in and what they found.
CREATE TABLE observer_report (
    id           TEXT PRIMARY KEY,
    session      TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    observer     TEXT NOT NULL CHECK (observer <> ''),
    member       TEXT REFERENCES member (id),
    submitted_on TEXT,
    body         TEXT NOT NULL,
    revision     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX observer_report_session ON observer_report (session);
CREATE INDEX observer_report_member ON observer_report (member) WHERE member IS NOT NULL;

-- Who was required of a session, with the line on the printed sheet: frozen
-- by the first mark. Without rows the roll follows the roster of its day.
CREATE TABLE session_roster (
    session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    member  TEXT NOT NULL REFERENCES member (id),
    line    INTEGER NOT NULL,
    PRIMARY KEY (session, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_roster_member ON session_roster (member);

-- 请假: in advance, from a day to a day. It proposes marks; a mark that took
-- it over names it.
CREATE TABLE leave (
    id         TEXT PRIMARY KEY,
    member     TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('official_leave', 'sick_leave', 'personal_leave')),
    starts_on  TEXT NOT NULL,
    ends_on    TEXT NOT NULL,
    reason     TEXT,
    approver   TEXT,
    paper      TEXT,
    entered_on TEXT NOT NULL,
    revision   INTEGER NOT NULL,
    CHECK (ends_on >= starts_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX leave_member ON leave (member, starts_on);
CREATE INDEX leave_days ON leave (starts_on, ends_on);

-- Who approved the leave, under which leave, and how the mark came about:
-- by hand where empty, else 'card', 'import', 'leave'.
ALTER TABLE attendance ADD COLUMN approver TEXT;
ALTER TABLE attendance ADD COLUMN leave TEXT REFERENCES leave (id);
ALTER TABLE attendance ADD COLUMN source TEXT;
CREATE INDEX attendance_leave ON attendance (leave) WHERE leave IS NOT NULL;

ALTER TABLE make_up ADD COLUMN checker TEXT;
ALTER TABLE make_up ADD COLUMN checked_on TEXT;

-- 封月. A month that was opened again stays as a record and closes nothing.
CREATE TABLE month_closing (
    id            TEXT PRIMARY KEY,
    month         TEXT NOT NULL,
    closed_by     TEXT NOT NULL,
    closed_on     TEXT NOT NULL,
    reopened_by   TEXT,
    reopened_on   TEXT,
    reopen_reason TEXT,
    revision      INTEGER NOT NULL,
    CHECK ((reopened_on IS NULL) = (reopen_reason IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX month_closing_open ON month_closing (month) WHERE reopened_on IS NULL;

-- A change within a closed month: what, why, by whom. The operation that it
-- stands in tells what was before and after.
CREATE TABLE month_supplement (
    id          TEXT PRIMARY KEY,
    month       TEXT NOT NULL,
    session     TEXT,
    member      TEXT,
    subject     TEXT NOT NULL,
    reason      TEXT NOT NULL CHECK (reason <> ''),
    operation   TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX month_supplement_month ON month_supplement (month);

-- 督查: a check by the superior, with what it found.
CREATE TABLE inspection (
    id           TEXT PRIMARY KEY,
    date         TEXT NOT NULL,
    inspector    TEXT NOT NULL CHECK (inspector <> ''),
    organization TEXT REFERENCES organization (id),
    session      TEXT REFERENCES session (id) ON DELETE SET NULL,
    subject      TEXT NOT NULL CHECK (subject <> ''),
    note         TEXT,
    revision     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inspection_date ON inspection (date);
CREATE INDEX inspection_organization ON inspection (organization) WHERE organization IS NOT NULL;
CREATE INDEX inspection_session ON inspection (session) WHERE session IS NOT NULL;

CREATE TABLE finding (
    id         TEXT PRIMARY KEY,
    inspection TEXT NOT NULL REFERENCES inspection (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    text       TEXT NOT NULL CHECK (text <> ''),
    due_on     TEXT,
    mended_on  TEXT,
    mended_by  TEXT,
    mended_how TEXT,
    revision   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_inspection ON finding (inspection, position);

-- Money spent, in yuan as exact text with at most two places.
CREATE TABLE expense (
    id           TEXT PRIMARY KEY,
    date         TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind <> ''),
    item         TEXT NOT NULL CHECK (item <> ''),
    amount       TEXT NOT NULL,
    organization TEXT REFERENCES organization (id),
    session      TEXT REFERENCES session (id) ON DELETE SET NULL,
    handled_by   TEXT,
    voucher      TEXT,
    note         TEXT,
    revision     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX expense_date ON expense (date);
CREATE INDEX expense_organization ON expense (organization) WHERE organization IS NOT NULL;
CREATE INDEX expense_session ON expense (session) WHERE session IS NOT NULL;

-- 表彰: of a person or of an organization.
CREATE TABLE commendation (
    id           TEXT PRIMARY KEY,
    date         TEXT NOT NULL,
    title        TEXT NOT NULL CHECK (title <> ''),
    issuer       TEXT,
    document     TEXT,
    member       TEXT REFERENCES member (id),
    organization TEXT REFERENCES organization (id),
    reason       TEXT,
    revision     INTEGER NOT NULL,
    CHECK ((member IS NULL) <> (organization IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX commendation_date ON commendation (date);
CREATE INDEX commendation_member ON commendation (member) WHERE member IS NOT NULL;
CREATE INDEX commendation_organization ON commendation (organization) WHERE organization IS NOT NULL;

-- 案例: what was done well and is worth handing on.
CREATE TABLE study_case (
    id           TEXT PRIMARY KEY,
    date         TEXT NOT NULL,
    title        TEXT NOT NULL CHECK (title <> ''),
    kind         TEXT,
    organization TEXT REFERENCES organization (id),
    source       TEXT,
    body         TEXT NOT NULL,
    revision     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX study_case_date ON study_case (date);
CREATE INDEX study_case_organization ON study_case (organization) WHERE organization IS NOT NULL;

-- A file attached to a record. Its bytes stand by their digest (SHA-256) in
-- attachment_content, which is not logged and never loses a row that an
-- operation, even one taken back, points at.
CREATE TABLE attachment (
    id         TEXT PRIMARY KEY,
    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('session', 'document', 'inspection', 'expense', 'commendation', 'study_case', 'leave', 'make_up', 'self_study', 'note')),
    owner      TEXT NOT NULL,
    label      TEXT,
    name       TEXT NOT NULL CHECK (name <> ''),
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL CHECK (size >= 0),
    digest     TEXT NOT NULL,
    added_on   TEXT NOT NULL,
    revision   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_owner ON attachment (owner, owner_kind);
CREATE INDEX attachment_digest ON attachment (digest);

CREATE TABLE attachment_content (
    digest TEXT PRIMARY KEY,
    bytes  BLOB NOT NULL
) STRICT;

-- 法定节假日 and 调休: a day off, or a weekend day on which one works. Taken
-- from a file a year; without rows the shipped one holds.
CREATE TABLE holiday (
    date     TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    work     INTEGER NOT NULL CHECK (work IN (0, 1)),
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- 纪念日 on which study hangs: the same day each year.
CREATE TABLE anniversary (
    id         TEXT PRIMARY KEY,
    month      INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
    day        INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31),
    since_year INTEGER,
    name       TEXT NOT NULL CHECK (name <> ''),
    chosen     INTEGER NOT NULL CHECK (chosen IN (0, 1)),
    revision   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX anniversary_day ON anniversary (month, day);

-- What the branch is made of, where the roster does not say it.
ALTER TABLE organization ADD COLUMN established_on TEXT;
ALTER TABLE organization ADD COLUMN closed_on TEXT;
ALTER TABLE organization ADD COLUMN committee INTEGER CHECK (committee IN (0, 1));
ALTER TABLE organization ADD COLUMN study_group INTEGER CHECK (study_group IN (0, 1));

-- 轮流主讲: the order in which people speak.
CREATE TABLE rotation (
    organization TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    member       TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    PRIMARY KEY (organization, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX rotation_member ON rotation (member);

-- Settings of the book that the clerk changes: thresholds of warnings, which
-- reading of the meetings' frequency holds, days in which to make up. The
-- value is JSON; without a row the default holds.
CREATE TABLE setting (
    name     TEXT PRIMARY KEY,
    value    TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A warning that was put off, with the reason, to a day or for good.
CREATE TABLE warning_put_off (
    warning TEXT PRIMARY KEY,
    until   TEXT,
    reason  TEXT NOT NULL CHECK (reason <> ''),
    by      TEXT NOT NULL,
    put_on  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys the check value of the cards of this book. Made with the first card;
-- it never leaves the book.
ALTER TABLE book ADD COLUMN card_key TEXT;
