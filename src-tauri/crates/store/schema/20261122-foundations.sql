-- The foundations: one book (台账) holds one branch's or one person's records
-- of all years.
--
-- Keys are UUIDs of version 7 as text, made without asking anyone. Days are
-- local dates 'YYYY-MM-DD'; a month that is only a month stays 'YYYY-MM'.
-- Instants are UTC milliseconds. Durations keep the unit in which they were
-- given. Rows that people edit carry a revision.

CREATE TABLE book (
    id                INTEGER PRIMARY KEY CHECK (id = 1),
    key               TEXT NOT NULL,
    name              TEXT NOT NULL CHECK (name <> ''),
    operator          TEXT NOT NULL,
    sample            INTEGER NOT NULL CHECK (sample IN (0, 1)),
    root_organization TEXT NOT NULL REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED,
    created_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE organization (
    id       TEXT PRIMARY KEY,
    parent   TEXT REFERENCES organization (id),
    kind     TEXT NOT NULL,
    name     TEXT NOT NULL CHECK (name <> ''),
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX organization_parent ON organization (parent);

CREATE TABLE member (
    id           TEXT PRIMARY KEY,
    staff_no     TEXT CHECK (staff_no <> ''),
    name         TEXT NOT NULL CHECK (name <> ''),
    gender       TEXT,
    born         TEXT,
    party_joined TEXT,
    phone        TEXT,
    remark       TEXT,
    revision     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX member_staff_no ON member (staff_no) WHERE staff_no IS NOT NULL;
CREATE INDEX member_name ON member (name);

-- What is true of a member from a day on, until the next line of the same
-- field. An empty starts_on is 'from the beginning'. A line of 'organization'
-- without a value says that the member has left.
CREATE TABLE member_period (
    id           TEXT PRIMARY KEY,
    member       TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    field        TEXT NOT NULL CHECK (field IN ('rank', 'post', 'party_status', 'category', 'organization', 'department')),
    starts_on    TEXT NOT NULL,
    value        TEXT,
    organization TEXT REFERENCES organization (id),
    CHECK (field = 'organization' OR organization IS NULL),
    CHECK (field <> 'organization' OR value IS NULL),
    UNIQUE (member, field, starts_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_period_organization ON member_period (organization) WHERE organization IS NOT NULL;

CREATE TABLE session (
    id           TEXT PRIMARY KEY,
    date         TEXT NOT NULL,
    starts_at    TEXT,
    amount_value TEXT,
    amount_unit  TEXT,
    kind         TEXT NOT NULL CHECK (kind <> ''),
    title        TEXT NOT NULL CHECK (title <> ''),
    level        TEXT NOT NULL,
    theme        TEXT,
    place        TEXT,
    number       TEXT,
    state        TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
    remark       TEXT,
    revision     INTEGER NOT NULL,
    CHECK ((amount_value IS NULL) = (amount_unit IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX session_date ON session (date);

CREATE TABLE session_organization (
    session      TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    organization TEXT NOT NULL REFERENCES organization (id),
    PRIMARY KEY (session, organization)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_organization_organization ON session_organization (organization);

-- Who had which part. The name stays as typed; the member stands beside it
-- only where it is certain.
CREATE TABLE session_part (
    id       TEXT PRIMARY KEY,
    session  TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    role     TEXT NOT NULL CHECK (role IN ('host', 'speaker', 'recorder', 'observer')),
    position INTEGER NOT NULL,
    name     TEXT NOT NULL CHECK (name <> ''),
    member   TEXT REFERENCES member (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_part_session ON session_part (session);
CREATE INDEX session_part_member ON session_part (member) WHERE member IS NOT NULL;

-- A member without a row is unmarked: opening a roll writes nothing.
CREATE TABLE attendance (
    session  TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    member   TEXT NOT NULL REFERENCES member (id),
    status   TEXT NOT NULL CHECK (status IN ('present', 'late', 'early_leave', 'official_leave', 'sick_leave', 'personal_leave', 'absent', 'not_required', 'unmarked')),
    minutes  INTEGER CHECK (minutes > 0),
    remark   TEXT,
    revision INTEGER NOT NULL,
    PRIMARY KEY (session, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_member ON attendance (member);

-- Linked to the absence, whose status stays. An empty done_on: day unknown.
CREATE TABLE make_up (
    id       TEXT PRIMARY KEY,
    session  TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    member   TEXT NOT NULL REFERENCES member (id),
    done_on  TEXT,
    form     TEXT,
    evidence TEXT,
    revision INTEGER NOT NULL,
    UNIQUE (session, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX make_up_member ON make_up (member);

CREATE TABLE self_study (
    id             TEXT PRIMARY KEY,
    member         TEXT NOT NULL REFERENCES member (id),
    date           TEXT NOT NULL,
    form           TEXT NOT NULL,
    content        TEXT NOT NULL,
    amount_value   TEXT NOT NULL,
    amount_unit    TEXT NOT NULL,
    declared_chars INTEGER CHECK (declared_chars > 0),
    entered_on     TEXT NOT NULL,
    revision       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX self_study_member_date ON self_study (member, date);
CREATE INDEX self_study_date ON self_study (date);

CREATE TABLE note (
    id         TEXT PRIMARY KEY,
    member     TEXT NOT NULL REFERENCES member (id),
    self_study TEXT UNIQUE REFERENCES self_study (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    body       TEXT NOT NULL,
    chars      INTEGER NOT NULL,
    revision   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX note_member ON note (member);

-- The result list of an import, kept with it.
CREATE TABLE import_run (
    id        TEXT PRIMARY KEY,
    operation TEXT NOT NULL REFERENCES operation (id),
    kind      TEXT NOT NULL,
    file_name TEXT NOT NULL,
    result    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How a file of one shape (the fingerprint of its headings) was read last.
-- Not part of the records: it is not logged and not undone.
CREATE TABLE import_memory (
    kind        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    reading     TEXT NOT NULL,
    PRIMARY KEY (kind, fingerprint)
) STRICT, WITHOUT ROWID;

-- Undo, audit and exchange stand on these two.
CREATE TABLE operation (
    id        TEXT PRIMARY KEY,
    sequence  INTEGER NOT NULL UNIQUE,
    at        INTEGER NOT NULL,
    operator  TEXT NOT NULL,
    name      TEXT NOT NULL,
    params    TEXT NOT NULL,
    undoes    TEXT REFERENCES operation (id),
    undone_by TEXT REFERENCES operation (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE change_log (
    sequence   INTEGER PRIMARY KEY,
    operation  TEXT NOT NULL REFERENCES operation (id),
    table_name TEXT NOT NULL,
    row_key    TEXT NOT NULL,
    before     TEXT,
    after      TEXT
) STRICT;
CREATE INDEX change_log_operation ON change_log (operation);
CREATE INDEX change_log_row ON change_log (table_name, row_key);
