// Made from the Rust types by the test `the_typescript_is_up_to_date`. Not edited by hand.

/**
 * Adds an organization below another.
 */
export type AddOrganization = { 
/**
 * The organization above it.
 */
parent: string, 
/**
 * What it is.
 */
kind: OrganizationKind, 
/**
 * Its name, not empty.
 */
name: string, };

/**
 * A duration as it was given.
 */
export type AmountView = { 
/**
 * The amount and its unit.
 */
amount: { value: string; unit: "second" | "half_day" | "day" | "class_hour" }, 
/**
 * As it is written: 1小时30分, 半天, 2学时.
 */
label: string, 
/**
 * Whole minutes, where the amount is a time.
 */
minutes: number | null, };

/**
 * What the window needs to draw its frame.
 */
export type AppState = { 
/**
 * The open book, if there is one.
 */
book: BookInfo | null, 
/**
 * Books opened before, latest first.
 */
recent: Array<RecentBook>, 
/**
 * Today by the program's clock, `YYYY-MM-DD`.
 */
today: string, 
/**
 * The program's version.
 */
version: string, 
/**
 * How the window looks; kept outside any book.
 */
appearance: Appearance, 
/**
 * Why the last book did not open at the start.
 */
problem: ErrorView | null, };

/**
 * How the window looks on this machine.
 */
export type Appearance = { 
/**
 * Light, dark, or as the system says.
 */
theme: Theme, 
/**
 * Text size in per cent, 100 to 200.
 */
text_percent: number, };

/**
 * Carries out a plan.
 */
export type ApplyImport = { 
/**
 * Of `import.preview`.
 */
plan: string, 
/**
 * Whether rows that are refused or unanswered may be left out. Without
 * it any such row stops the import.
 */
skip_problems: boolean, };

/**
 * How many members had which status at a session, or a member over a year.
 * 列席 is counted apart and stands outside 应到 and 实到.
 */
export type AttendanceCounts = { 
/**
 * 出席
 */
present: number, 
/**
 * 迟到
 */
late: number, 
/**
 * 早退
 */
early_leave: number, 
/**
 * 公假
 */
official_leave: number, 
/**
 * 病假
 */
sick_leave: number, 
/**
 * 事假
 */
personal_leave: number, 
/**
 * 缺席
 */
absent: number, 
/**
 * 不要求
 */
not_required: number, 
/**
 * 未登记
 */
unmarked: number, 
/**
 * 列席
 */
observers: number, 
/**
 * Of those who missed it: how many made it up.
 */
made_up: number, };

/**
 * A rate with its fraction, which always stands beside the percentage.
 */
export type AttendanceRate = { 
/**
 * Above the line.
 */
attended: number, 
/**
 * Below the line; zero where nobody was required, and then there is no
 * percentage.
 */
out_of: number, };

/**
 * A session's roll.
 */
export type AttendanceSheet = { 
/**
 * The session.
 */
session: SessionRow, 
/**
 * What a full attendance earns, where a rule gives any: 1.5.
 */
credit: string | null, 
/**
 * The unit of `credit`: 学分.
 */
credit_unit: string, 
/**
 * Members in 姓氏笔画 order: those of the organizations that hold the
 * session on its day, and whoever else has a mark.
 */
rows: Array<RollRow>, 
/**
 * The count.
 */
tally: Tally, };

/**
 * A member's status at a session.
 */
export type AttendanceStatus = "present" | "late" | "early_leave" | "official_leave" | "sick_leave" | "personal_leave" | "absent" | "not_required" | "unmarked";

/**
 * An open book.
 */
export type BookInfo = { 
/**
 * Its name, as given: 机关第三党支部.
 */
name: string, 
/**
 * The file's name without its folder.
 */
file_name: string, 
/**
 * Whether it is the sample book (示例台账).
 */
sample: boolean, 
/**
 * Who works in it, as set in 设置; empty until set.
 */
operator: string, 
/**
 * Years that hold any record, ascending; may be empty.
 */
years: Array<number>, 
/**
 * Members on the roster.
 */
members: number, 
/**
 * What Ctrl+Z would take back.
 */
undo: OperationLabel | null, 
/**
 * What Ctrl+Shift+Z would do again.
 */
redo: OperationLabel | null, };

/**
 * A category of credits.
 */
export type CategoryView = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name: 集体学习.
 */
label: string, 
/**
 * The most that counts in a year, where there is a limit.
 */
cap: string | null, };

/**
 * Changes a member from a day on: promotion, transfer, retirement. What was
 * before stays as history.
 */
export type ChangeMember = { 
/**
 * Whom.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, 
/**
 * The first day of the new state, `YYYY-MM-DD`.
 */
from: string, 
/**
 * Only the fields that change.
 */
changes: Array<MemberChange>, };

/**
 * A possible answer. The sentence comes from the catalogue:
 * `choice.<code>`.
 */
export type Choice = { 
/**
 * What to put into the answers.
 */
value: string, 
/**
 * Which sentence.
 */
code: string, 
/**
 * What the sentence needs.
 */
params: Record<string, string | number>, };

/**
 * One column's meaning.
 */
export type ColumnMeaning = { 
/**
 * Index of the column, from 0.
 */
column: number, 
/**
 * The field that it holds.
 */
field: Field, };

/**
 * A column of a matrix.
 */
export type ColumnOutcome = { 
/**
 * Index of the column, from 0.
 */
column: number, 
/**
 * Its heading.
 */
heading: string, 
/**
 * Matched, asked about or refused.
 */
state: ColumnState, 
/**
 * The session that it was matched with: date and title.
 */
session: string | null, 
/**
 * Why it is refused or asked about.
 */
problem: Problem | null, 
/**
 * The question's key, where it is asked about.
 */
question: string | null, };

/**
 * Whether a column found its session.
 */
export type ColumnState = "matched" | "skipped" | "ask" | "refuse";

/**
 * A copy that was written and checked.
 */
export type CopyMade = { 
/**
 * The copy's file name.
 */
file_name: string, 
/**
 * Its size in kibibytes, rounded up.
 */
kib: number, };

/**
 * Copies a session to another day, without its marks.
 */
export type CopySession = { 
/**
 * Which.
 */
id: string, 
/**
 * To which day.
 */
date: string, };

/**
 * Corrects a member: the record was wrong, today's values replace it.
 */
export type CorrectMember = { 
/**
 * Whom.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, 
/**
 * The right values.
 */
member: MemberInput, };

/**
 * Makes a new, empty book.
 */
export type CreateBook = { 
/**
 * Where, by token of a save dialog.
 */
file: string, 
/**
 * The book's name; also the name of its first organization.
 */
name: string, 
/**
 * Who works in it; may be empty.
 */
operator: string, };

/**
 * One credit: the fact, the rule line, the steps.
 */
export type CreditEntry = { 
/**
 * `YYYY-MM-DD`; `null` where the day is not known.
 */
date: string | null, 
/**
 * The fact in words: 集体学习 3小时（迟到）.
 */
fact: string, 
/**
 * Where the fact is shown.
 */
link: FactLink, 
/**
 * The category's name.
 */
category: string, 
/**
 * The rule in words: 每 60 分钟 0.5，迟到减半.
 */
rule: string, 
/**
 * The line in the rule file.
 */
rule_line: number, 
/**
 * How the amount came about, step by step, in words.
 */
steps: Array<string>, 
/**
 * Before the cap.
 */
base: string, 
/**
 * What counts.
 */
counted: string, };

/**
 * Whether the requirement is met.
 */
export type CreditResult = "met" | "short" | "not_required";

/**
 * One member's year.
 */
export type CreditRow = { 
/**
 * Who.
 */
member: MemberRow, 
/**
 * 应修; `null` for 不作要求.
 */
required: string | null, 
/**
 * 已得, after caps.
 */
earned: string, 
/**
 * What is missing; `null` where nothing is or nothing is required.
 */
gap: string | null, 
/**
 * Counted per category, parallel to `rules.categories`.
 */
by_category: string[], 
/**
 * The result.
 */
result: CreditResult, };

/**
 * The foot of the table.
 */
export type CreditTotals = { 
/**
 * Everyone in the table.
 */
members: number, 
/**
 * Those with a requirement.
 */
with_requirement: number, 
/**
 * Those of them who met it.
 */
met: number, };

/**
 * The year's credits of everyone.
 */
export type CreditsYear = { 
/**
 * The year.
 */
year: number, 
/**
 * The rule set.
 */
rules: RulesView, 
/**
 * One line a member, in 姓氏笔画 order.
 */
rows: Array<CreditRow>, 
/**
 * The foot of the table.
 */
totals: CreditTotals, };

/**
 * Renames an organization or changes its kind.
 */
export type EditOrganization = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, 
/**
 * What it is.
 */
kind: OrganizationKind, 
/**
 * Its name, not empty.
 */
name: string, };

/**
 * Edits a session.
 */
export type EditSession = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, 
/**
 * The new values.
 */
session: SessionInput, };

/**
 * Edits an entry.
 */
export type EditStudy = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, 
/**
 * The new values.
 */
entry: StudyInput, };

/**
 * What crosses the border.
 */
export type ErrorView = { 
/**
 * Which sentence: `error.<code>` of the catalogue.
 */
code: string, 
/**
 * What the sentence needs.
 */
params: Record<string, string | number>, 
/**
 * The field of a form that it is about.
 */
field: string | null, 
/**
 * Finds the occurrence in the log; no names in it.
 */
trace: string, };

/**
 * One event on the one channel.
 */
export type Event = { "type": "job", 
/**
 * Which, and where it stands.
 */
state: JobState, };

/**
 * Where a fact is shown.
 */
export type FactLink = { "page": "session", 
/**
 * Its key.
 */
id: string, } | { "page": "study", 
/**
 * Its key.
 */
id: string, };

/**
 * A field of a record.
 */
export type Field = "staff_no" | "name" | "gender" | "born" | "party_status" | "party_joined" | "post" | "rank" | "department" | "organization" | "category" | "phone" | "remark" | "number" | "date" | "starts_at" | "amount" | "kind" | "title" | "theme" | "level" | "host" | "speaker" | "recorder" | "place" | "form" | "content" | "chars" | "session";

/**
 * One field that would be written.
 */
export type FieldChange = { 
/**
 * The field's name on screen, or a session's heading.
 */
label: string, 
/**
 * The book's value, where there is one.
 */
before: string | null, 
/**
 * The new value, as the book will hold it.
 */
after: string, 
/**
 * The cell's own text, where it reads differently: 90 → 90分钟.
 */
read_from: string | null, };

/**
 * A field as the wizard offers it.
 */
export type FieldInfo = { 
/**
 * The field.
 */
field: Field, 
/**
 * Its name on screen.
 */
label: string, 
/**
 * Whether the import cannot do without it.
 */
required: boolean, };

/**
 * A file, by its token.
 */
export type FileRequest = { 
/**
 * The token of a dialog, a typed path or the recent list.
 */
file: string, };

/**
 * Stands for a file that a dialog, a typed path or the recent list gave.
 */
export type FileToken = { 
/**
 * What a command takes.
 */
token: string, 
/**
 * The file's name without its folder.
 */
name: string, };

/**
 * What the book holds.
 */
export type Has = { 
/**
 * Any member.
 */
members: boolean, 
/**
 * Any session this year.
 */
sessions: boolean, 
/**
 * Any mark this year.
 */
marks: boolean, 
/**
 * Any self-study this year.
 */
self_study: boolean, };

/**
 * A row as a user sees it.
 */
export type HeadRow = { 
/**
 * Its number in the file, from 1.
 */
number: number, 
/**
 * Its cells.
 */
cells: Array<string>, };

/**
 * A row that may be the heading, with what its columns then mean.
 */
export type Heading = { 
/**
 * Its number in the file, from 1.
 */
row: number, 
/**
 * The meaning of each column that has one.
 */
columns: Array<ColumnMeaning>, };

/**
 * Asks what the columns would mean on another sheet or under another row.
 */
export type HeadingRequest = { 
/**
 * Of `import.read`.
 */
source: string, 
/**
 * Index of the sheet, from 0.
 */
sheet: number, 
/**
 * Number of the heading row in the file, from 1; the one that reads best
 * where absent.
 */
row: number | null, };

/**
 * One operation of the history.
 */
export type HistoryEntry = { 
/**
 * The operation.
 */
operation: OperationLabel, 
/**
 * Rows that it changed.
 */
rows: number, 
/**
 * Whether it was taken back.
 */
undone: boolean, };

/**
 * The facts of a member that have a history.
 */
export type HistoryField = "rank" | "post" | "party_status" | "category" | "organization" | "department";

/**
 * One dated fact of a member.
 */
export type HistoryLine = { 
/**
 * Its key.
 */
id: string, 
/**
 * Which fact.
 */
field: HistoryField, 
/**
 * From which day; `null` for 'from the beginning'.
 */
from: string | null, 
/**
 * The value from then on; `null` for none.
 */
value: string | null, };

/**
 * Asks for the latest operations.
 */
export type HistoryRequest = { 
/**
 * How many at most.
 */
limit: number, };

/**
 * What an import did.
 */
export type ImportDone = { 
/**
 * How many rows had which outcome.
 */
counts: OutcomeCounts, 
/**
 * Rows left out because they were refused or unanswered.
 */
left_out: number, 
/**
 * The copy of the book made before, by file name; none where nothing
 * changed.
 */
copy: string | null, 
/**
 * Whether anything was written.
 */
changed: boolean, };

/**
 * What a file is meant to hold.
 */
export type ImportKind = "roster" | "sessions" | "attendance" | "self_study";

/**
 * What an import would do: the very plan that `import.apply` carries out.
 */
export type ImportPreview = { 
/**
 * Stands for the plan.
 */
plan: string, 
/**
 * How many rows have which outcome.
 */
counts: OutcomeCounts, 
/**
 * Every row.
 */
rows: Array<RowOutcome>, 
/**
 * What has to be answered before the rows concerned can go in.
 */
questions: Array<Question>, 
/**
 * The program's reading of symbols and kinds, to be looked over.
 */
symbols: Array<SymbolReading>, 
/**
 * Columns of a matrix that were matched, refused or asked about.
 */
columns: Array<ColumnOutcome>, };

/**
 * What was found in the file, and what the program proposes.
 */
export type ImportSource = { 
/**
 * Stands for the opened file until another is opened.
 */
source: string, 
/**
 * The file's name.
 */
file_name: string, 
/**
 * Of a csv: how it was decoded.
 */
encoding: string | null, 
/**
 * The sheets with their first rows.
 */
sheets: Array<SheetView>, 
/**
 * The proposed reading.
 */
reading: Reading, 
/**
 * Whether the reading is remembered from a file of the same shape.
 */
remembered: boolean, 
/**
 * The fields of this kind of import.
 */
fields: Array<FieldInfo>, };

/**
 * Whether a job still runs.
 */
export type JobPhase = "running" | "done" | "failed";

/**
 * Names one job.
 */
export type JobRequest = { 
/**
 * Its key, as given when it was started.
 */
job: string, };

/**
 * A job was started.
 */
export type JobStarted = { 
/**
 * Its key.
 */
job: string, };

/**
 * Where a job stands.
 */
export type JobState = { 
/**
 * Its key.
 */
job: string, 
/**
 * The command that it runs.
 */
command: string, 
/**
 * Running, done, failed.
 */
phase: JobPhase, 
/**
 * Steps done.
 */
done: number, 
/**
 * Steps in all; 0 while not known.
 */
total: number, 
/**
 * The command's response, once done.
 */
value: unknown, 
/**
 * Why it failed.
 */
error: ErrorView | null, };

/**
 * Names one make-up.
 */
export type MakeUpRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A make-up of a missed session.
 */
export type MakeUpView = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM-DD`; `null` where the day is not known.
 */
done_on: string | null, 
/**
 * 补学形式
 */
form: string | null, 
/**
 * 凭据
 */
evidence: string | null, };

/**
 * Marks one member. Only the fields given change; the status `unmarked`
 * clears the mark.
 */
export type Mark = { 
/**
 * At which session.
 */
session: string, 
/**
 * Whom.
 */
member: string, 
/**
 * The new status; unchanged where absent.
 */
status?: AttendanceStatus | null, 
/**
 * Minutes late or left early; unchanged where absent, 0 clears.
 */
minutes?: number | null, 
/**
 * 列席; unchanged where absent.
 */
observer?: boolean | null, 
/**
 * 备注; unchanged where absent, empty clears.
 */
remark?: string | null, };

/**
 * 其余全部出席: marks only those who have no mark yet.
 */
export type MarkRest = { 
/**
 * At which session.
 */
session: string, 
/**
 * As what.
 */
status: AttendanceStatus, };

/**
 * One member's mark at a session.
 */
export type MarkView = { 
/**
 * The status; `unmarked` where nothing was ever said.
 */
status: AttendanceStatus, 
/**
 * Minutes late or left early, where known.
 */
minutes: number | null, 
/**
 * 列席: outside 应到 and 实到.
 */
observer: boolean, 
/**
 * 备注
 */
remark: string | null, 
/**
 * The make-up, where there is one.
 */
make_up: MakeUpView | null, };

/**
 * A mark as it now stands in the book.
 */
export type Marked = { 
/**
 * Whom.
 */
member: string, 
/**
 * The mark.
 */
mark: MarkView, 
/**
 * The new count.
 */
tally: Tally, };

/**
 * One field that changes from a day on.
 */
export type MemberChange = { 
/**
 * Which.
 */
field: HistoryField, 
/**
 * To what: a text, or the key of an organization; `null` for none (with
 * `organization`: the member has left).
 */
value: string | null, };

/**
 * One member's credits with their reasons.
 */
export type MemberCredits = { 
/**
 * The line of the table.
 */
row: CreditRow, 
/**
 * 学分 or 学时.
 */
unit: string, 
/**
 * Every credit, by date.
 */
entries: Array<CreditEntry>, };

/**
 * Asks for one member's credits.
 */
export type MemberCreditsRequest = { 
/**
 * The year.
 */
year: number, 
/**
 * Whose.
 */
member: string, };

/**
 * A member with its dated history.
 */
export type MemberDetail = { 
/**
 * As of today.
 */
member: MemberRow, 
/**
 * Dated facts, earliest first.
 */
history: Array<HistoryLine>, 
/**
 * How many attendance marks, self-study entries and make-ups stand in
 * the member's name.
 */
records: MemberRecords, };

/**
 * Somebody found.
 */
export type MemberHit = { 
/**
 * Who.
 */
id: string, 
/**
 * 姓名
 */
name: string, 
/**
 * 工号
 */
staff_no: string | null, 
/**
 * 职级 and 部门, which tell namesakes apart.
 */
detail: string, };

/**
 * Everything that a form says of a member. An absent or empty text is 'not
 * known'.
 */
export type MemberInput = { 
/**
 * 工号
 */
staff_no: string | null, 
/**
 * 姓名, required.
 */
name: string, 
/**
 * 性别
 */
gender: string | null, 
/**
 * 出生年月, in any usual spelling.
 */
born: string | null, 
/**
 * 政治面貌
 */
party_status: string | null, 
/**
 * 入党时间, in any usual spelling.
 */
party_joined: string | null, 
/**
 * 职级
 */
rank: string | null, 
/**
 * 职务
 */
post: string | null, 
/**
 * 人员类别
 */
category: string | null, 
/**
 * 所属组织; the book's own where absent.
 */
organization: string | null, 
/**
 * 所在部门
 */
department: string | null, 
/**
 * 手机号码
 */
phone: string | null, 
/**
 * 备注
 */
remark: string | null, };

/**
 * In which order a list of members stands.
 */
export type MemberOrder = "strokes" | "pinyin" | "protocol" | "staff_no";

/**
 * What hangs on a member.
 */
export type MemberRecords = { 
/**
 * Attendance marks.
 */
marks: number, 
/**
 * Self-study entries.
 */
self_study: number, 
/**
 * Make-ups.
 */
make_ups: number, };

/**
 * Names one member.
 */
export type MemberRequest = { 
/**
 * Whom.
 */
id: string, };

/**
 * A member as of one day.
 */
export type MemberRow = { 
/**
 * The program's own key.
 */
id: string, 
/**
 * 工号, where there is one.
 */
staff_no: string | null, 
/**
 * 姓名, spaces removed.
 */
name: string, 
/**
 * The name as official lists widen it: 王　伟.
 */
display_name: string, 
/**
 * 性别
 */
gender: string | null, 
/**
 * 出生年月
 */
born: string | null, 
/**
 * 政治面貌
 */
party_status: string | null, 
/**
 * 入党时间
 */
party_joined: string | null, 
/**
 * 职级
 */
rank: string | null, 
/**
 * 层级, from the rank.
 */
tier: Tier, 
/**
 * 职务
 */
post: string | null, 
/**
 * 人员类别
 */
category: string | null, 
/**
 * The organization it belongs to.
 */
organization: string | null, 
/**
 * Its name.
 */
organization_name: string | null, 
/**
 * 所在部门
 */
department: string | null, 
/**
 * 手机号码
 */
phone: string | null, 
/**
 * 备注
 */
remark: string | null, 
/**
 * Whether the membership has ended by that day.
 */
left: boolean, 
/**
 * Whether another member bears the same name.
 */
namesake: boolean, 
/**
 * What a filter matches beside the name and the number: pinyin initials
 * and full pinyin, every reading of every character.
 */
search_keys: Array<string>, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * What a change gives back.
 */
export type Mutated<T> = { 
/**
 * The command's own response.
 */
value: T, 
/**
 * The areas whose records changed: what the window asks for anew.
 */
changed: Array<string>, 
/**
 * What Ctrl+Z would take back now.
 */
undo: OperationLabel | null, };

/**
 * A request without content.
 */
export type Nothing = Record<symbol, never>;

/**
 * One thing to look at. The sentence comes from the catalogue:
 * `notice.<code>`.
 */
export type Notice = { 
/**
 * How grave.
 */
grade: NoticeGrade, 
/**
 * Which sentence.
 */
code: string, 
/**
 * Whom or what it is about.
 */
subject: string, 
/**
 * What the sentence needs.
 */
params: Record<string, string | number>, 
/**
 * Where it is mended.
 */
link: NoticeLink, };

/**
 * How grave a notice is.
 */
export type NoticeGrade = "grave" | "remind" | "progress";

/**
 * Where a notice is mended.
 */
export type NoticeLink = { "page": "credits", 
/**
 * Whose.
 */
member: string, } | { "page": "session", 
/**
 * Its key.
 */
id: string, };

/**
 * A named operation, for 撤销 and the history. The sentence comes from the
 * catalogue: `operation.<name>` with these parameters.
 */
export type OperationLabel = { 
/**
 * Its key.
 */
id: string, 
/**
 * Its name: `attendance.mark`.
 */
name: string, 
/**
 * What the sentence needs: member, status, counts.
 */
params: Record<string, string | number>, 
/**
 * When, as `YYYY-MM-DD HH:MM` local time.
 */
at: string, 
/**
 * By whom.
 */
operator: string, };

/**
 * What an organization is (组织 tree: 党委 → 党总支 → 党支部 → 党小组).
 */
export type OrganizationKind = "committee" | "general_branch" | "branch" | "group" | "unit";

/**
 * Names one organization.
 */
export type OrganizationRequest = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, };

/**
 * One organization.
 */
export type OrganizationRow = { 
/**
 * Its key.
 */
id: string, 
/**
 * The organization above it; none for the book's own.
 */
parent: string | null, 
/**
 * 党委, 党总支, 党支部, 党小组.
 */
kind: OrganizationKind, 
/**
 * Its name.
 */
name: string, 
/**
 * Members who belong to it today.
 */
members: number, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * What would happen to a row.
 */
export type Outcome = "add" | "change" | "keep" | "refuse" | "ask";

/**
 * How many rows have which outcome.
 */
export type OutcomeCounts = { 
/**
 * New records.
 */
add: number, 
/**
 * Records that get other values.
 */
change: number, 
/**
 * Records that stay as they are.
 */
keep: number, 
/**
 * Rows that cannot be read.
 */
refuse: number, 
/**
 * Rows that wait for an answer.
 */
ask: number, };

/**
 * Make-ups owed.
 */
export type Owed = { 
/**
 * How many.
 */
count: number, 
/**
 * How many were missed in all.
 */
missed: number, 
/**
 * The day of the earliest missed session, `YYYY-MM-DD`.
 */
earliest: string | null, };

/**
 * One part in a session.
 */
export type PartView = { 
/**
 * Which part.
 */
role: Role, 
/**
 * The name as typed.
 */
name: string, 
/**
 * The member it is, where certain.
 */
member: string | null, 
/**
 * Whether somebody has to say who it is (待确认): no member, or several,
 * bear the name.
 */
unconfirmed: boolean, };

/**
 * Asks what an import would do.
 */
export type PreviewImport = { 
/**
 * Of `import.read`.
 */
source: string, 
/**
 * Sheet, heading, columns, answers, policy.
 */
reading: Reading, };

/**
 * Why a row is refused, or what is odd about it. The sentence comes from the
 * catalogue: `import.<code>`.
 */
export type Problem = { 
/**
 * Which sentence.
 */
code: string, 
/**
 * The column, by its heading.
 */
column: string | null, 
/**
 * The cell's text.
 */
value: string | null, 
/**
 * What else the sentence needs.
 */
params: Record<string, string | number>, };

/**
 * Something that has to be answered. The sentence comes from the catalogue:
 * `question.<code>`.
 */
export type Question = { 
/**
 * Its key in [`super::Reading::answers`]: `row:7:identity`, `symbol:○`.
 */
key: string, 
/**
 * Which sentence.
 */
code: string, 
/**
 * What the sentence needs.
 */
params: Record<string, string | number>, 
/**
 * The row that it is about; none for a symbol, a kind, a column.
 */
row: number | null, 
/**
 * How many rows or cells wait for it.
 */
affects: number, 
/**
 * The possible answers.
 */
choices: Array<Choice>, 
/**
 * The answer given, where there is one.
 */
answer: string | null, };

/**
 * One line of the rank table.
 */
export type Rank = { 
/**
 * As it is written on the roster: 乡科级正职.
 */
name: string, 
/**
 * The tier it belongs to.
 */
tier: Tier, 
/**
 * Order of precedence, 1 the highest: for lists in 职务 order (protocol).
 */
precedence: number, };

/**
 * Opens a file for import.
 */
export type ReadImport = { 
/**
 * The file, by token.
 */
file: string, 
/**
 * What it is meant to hold.
 */
kind: ImportKind, 
/**
 * Forces an encoding of a csv; otherwise it is found out.
 */
encoding?: string | null, };

/**
 * How a file is to be read: proposed by the program, settled by the user.
 */
export type Reading = { 
/**
 * Index of the sheet, from 0.
 */
sheet: number, 
/**
 * Number of the heading row in the file, from 1.
 */
heading_row: number, 
/**
 * The meaning of each column that has one.
 */
columns: Array<ColumnMeaning>, 
/**
 * The year of a matrix whose headings carry none.
 */
year: number | null, 
/**
 * What happens to known records.
 */
policy: UpdatePolicy, 
/**
 * Answers by question key.
 */
answers: Record<string, string>, };

/**
 * A book opened before.
 */
export type RecentBook = { 
/**
 * Stands for the file; the path stays in the core.
 */
token: string, 
/**
 * The book's name when it was last open.
 */
name: string, 
/**
 * The file's name.
 */
file_name: string, 
/**
 * Day of the last opening, `YYYY-MM-DD`.
 */
opened_on: string, 
/**
 * Whether the file is still there.
 */
found: boolean, };

/**
 * Records a make-up of a missed session.
 */
export type RecordMakeUp = { 
/**
 * Of which session.
 */
session: string, 
/**
 * Whose.
 */
member: string, 
/**
 * On which day, in any usual spelling; absent where not known.
 */
done_on: string | null, 
/**
 * 补学形式
 */
form: string | null, 
/**
 * 凭据
 */
evidence: string | null, };

/**
 * Takes back one line of a member's history.
 */
export type RemoveHistory = { 
/**
 * Whose.
 */
id: string, 
/**
 * Which line.
 */
line: string, };

/**
 * Renames the book.
 */
export type RenameBook = { 
/**
 * The name; not empty.
 */
name: string, };

/**
 * A paper that was written.
 */
export type ReportWritten = { 
/**
 * The file's name.
 */
file_name: string, 
/**
 * Members in it.
 */
members: number, 
/**
 * Sessions in it.
 */
sessions: number, 
/**
 * Credits in it, line by line.
 */
entries: number, };

/**
 * What a tier must reach in a year.
 */
export type RequirementView = { 
/**
 * The tier.
 */
tier: Tier, 
/**
 * How much; `null` for 不作要求.
 */
required: string | null, };

/**
 * What 'the rest' did.
 */
export type RestMarked = { 
/**
 * How many were marked.
 */
filled: number, 
/**
 * How many had a mark already and were left alone.
 */
left_alone: number, };

/**
 * 角色: a part in a session, apart from attendance.
 */
export type Role = "host" | "speaker" | "recorder" | "observer";

/**
 * One line of the roll.
 */
export type RollRow = { 
/**
 * Line number on the printed sheet, from 1.
 */
line: number, 
/**
 * Who.
 */
member: string, 
/**
 * 姓名
 */
name: string, 
/**
 * Widened: 王　伟.
 */
display_name: string, 
/**
 * 工号
 */
staff_no: string | null, 
/**
 * 职级
 */
rank: string | null, 
/**
 * 层级
 */
tier: Tier, 
/**
 * Whether another member bears the same name.
 */
namesake: boolean, 
/**
 * 部门, which tells namesakes apart.
 */
department: string | null, 
/**
 * Pinyin initials and full pinyin.
 */
search_keys: Array<string>, 
/**
 * The mark.
 */
mark: MarkView, };

/**
 * Asks for the roster.
 */
export type RosterRequest = { 
/**
 * On which day, `YYYY-MM-DD`; today where absent.
 */
on: string | null, 
/**
 * In which order.
 */
order: MemberOrder, 
/**
 * Whether those who have left the branch are listed too.
 */
include_left: boolean, };

/**
 * One row of the preview.
 */
export type RowOutcome = { 
/**
 * Its number in the file, from 1.
 */
row: number, 
/**
 * What would happen.
 */
outcome: Outcome, 
/**
 * What the row is about, in the file's words.
 */
label: string, 
/**
 * Every field that would be written.
 */
changes: Array<FieldChange>, 
/**
 * Why it is refused.
 */
problems: Array<Problem>, 
/**
 * What is odd about it but does not stop it.
 */
warnings: Array<Problem>, 
/**
 * Keys of the questions that it waits for or that were answered for it.
 */
questions: Array<string>, };

/**
 * A rule in words.
 */
export type RuleWords = { 
/**
 * Its line in the rule file.
 */
line: number, 
/**
 * 每 60 分钟 0.5 学分.
 */
words: string, };

/**
 * The rule set in force.
 */
export type RulesView = { 
/**
 * Its title.
 */
title: string, 
/**
 * 学分 or 学时.
 */
unit: string, 
/**
 * Every rule in words, with its line in the file.
 */
lines: Array<RuleWords>, 
/**
 * Categories in the file's order.
 */
categories: Array<CategoryView>, 
/**
 * Requirements by tier: 处级以上 18.
 */
requirements: Array<RequirementView>, };

/**
 * Looks for people and sessions.
 */
export type SearchRequest = { 
/**
 * What was typed: Chinese, pinyin, initials, a number.
 */
text: string, };

/**
 * What was found, best first; at most twenty of each.
 */
export type SearchResult = { 
/**
 * People.
 */
members: Array<MemberHit>, 
/**
 * Sessions.
 */
sessions: Array<SessionHit>, };

/**
 * A session with everything that its page shows.
 */
export type SessionDetail = { 
/**
 * As in the list.
 */
session: SessionRow, 
/**
 * Who had which part.
 */
parts: Array<PartView>, 
/**
 * Organizations that hold it together.
 */
organizations: string[], 
/**
 * 备注
 */
remark: string | null, };

/**
 * A session found.
 */
export type SessionHit = { 
/**
 * Which.
 */
id: string, 
/**
 * 主题
 */
title: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 类型
 */
kind: string, };

/**
 * What a form says of a session.
 */
export type SessionInput = { 
/**
 * 日期, in any usual spelling; required.
 */
date: string, 
/**
 * 开始时间
 */
starts_at: string | null, 
/**
 * 时长, in any usual spelling.
 */
amount: string | null, 
/**
 * 类型, required.
 */
kind: string, 
/**
 * 主题, required.
 */
title: string, 
/**
 * 学习层级
 */
level: SessionLevel, 
/**
 * 专题
 */
theme: string | null, 
/**
 * 地点
 */
place: string | null, 
/**
 * planned or held.
 */
state: SessionState, 
/**
 * 主持人, several joined by 、.
 */
hosts: string | null, 
/**
 * 主讲人
 */
speakers: string | null, 
/**
 * 记录人
 */
recorders: string | null, 
/**
 * Organizations that hold it together; the book's own where empty.
 */
organizations: string[], 
/**
 * 备注
 */
remark: string | null, };

/**
 * 学习层级: the three levels of study.
 */
export type SessionLevel = "committee" | "branch" | "personal";

/**
 * Names one session.
 */
export type SessionRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A session in a list.
 */
export type SessionRow = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM-DD`.
 */
date: string, 
/**
 * `HH:MM`, where known.
 */
starts_at: string | null, 
/**
 * How long, where known.
 */
amount: AmountView | null, 
/**
 * 类型
 */
kind: string, 
/**
 * 主题
 */
title: string, 
/**
 * 学习层级
 */
level: SessionLevel, 
/**
 * 专题
 */
theme: string | null, 
/**
 * 地点
 */
place: string | null, 
/**
 * 编号 in the file it came from.
 */
number: string | null, 
/**
 * planned, held, cancelled.
 */
state: SessionState, 
/**
 * 主持人 as typed, joined by 、.
 */
hosts: string, 
/**
 * Its marks.
 */
counts: AttendanceCounts, 
/**
 * 应到
 */
required: number, 
/**
 * 实到
 */
attended: number, 
/**
 * 出勤率
 */
rate: AttendanceRate, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * planned → held / cancelled.
 */
export type SessionState = "planned" | "held" | "cancelled";

/**
 * Sets who works in the book; stands in the change log from then on.
 */
export type SetOperator = { 
/**
 * The name; not empty.
 */
name: string, };

/**
 * Sets a session's state: cancels it, or takes it up again.
 */
export type SetSessionState = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, 
/**
 * The new state.
 */
state: SessionState, };

/**
 * So many of so many.
 */
export type Share = { 
/**
 * So many.
 */
done: number, 
/**
 * Of so many.
 */
of: number, };

/**
 * One sheet's first rows.
 */
export type SheetView = { 
/**
 * Its name.
 */
name: string, 
/**
 * Rows with content.
 */
row_count: number, 
/**
 * Columns with content.
 */
column_count: number, 
/**
 * The first twenty rows with content, as a user sees them.
 */
head: Array<HeadRow>, };

/**
 * A day of the study calendar.
 */
export type StudyDay = { 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 人次: people who attended or studied that day.
 */
people: number, };

/**
 * Names one entry.
 */
export type StudyEntryRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * What a form says of an entry.
 */
export type StudyInput = { 
/**
 * Whose.
 */
member: string, 
/**
 * In any usual spelling.
 */
date: string, 
/**
 * 学习形式
 */
form: string, 
/**
 * 学习内容
 */
content: string, 
/**
 * In any usual spelling. A bare number is minutes from 10 up; below 10
 * it is refused with a question.
 */
amount: string, 
/**
 * The note's text, Markdown.
 */
note: string | null, 
/**
 * 心得字数 as declared; not beside a text.
 */
declared_chars: number | null, };

/**
 * Asks for the entries of a year.
 */
export type StudyRequest = { 
/**
 * The calendar year.
 */
year: number, 
/**
 * Only this member's, where given.
 */
member?: string | null, };

/**
 * One entry.
 */
export type StudyRow = { 
/**
 * Its key.
 */
id: string, 
/**
 * Whose.
 */
member: string, 
/**
 * 姓名
 */
name: string, 
/**
 * 工号
 */
staff_no: string | null, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * Entered later than its date (补登): the day it was entered.
 */
entered_on: string, 
/**
 * 学习形式
 */
form: string, 
/**
 * 学习内容
 */
content: string, 
/**
 * How long.
 */
amount: AmountView, 
/**
 * 心得字数 as declared, where no text is kept.
 */
declared_chars: number | null, 
/**
 * The note's text, Markdown.
 */
note: string | null, 
/**
 * The word count that the rules see: counted from the text where there
 * is one, else as declared.
 */
chars: number | null, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * How a symbol or a word of the file is read.
 */
export type SymbolReading = { 
/**
 * As it stands in the file.
 */
symbol: string, 
/**
 * What it is taken for: a status code, `observer`, `make_up`; none while
 * it is asked about.
 */
reading: string | null, 
/**
 * How many cells hold it.
 */
cells: number, 
/**
 * The key under which an answer overrides the reading.
 */
key: string, };

/**
 * The count at the head of the roll.
 */
export type Tally = { 
/**
 * Each status.
 */
counts: AttendanceCounts, 
/**
 * 应到
 */
required: number, 
/**
 * 实到
 */
attended: number, 
/**
 * 请假
 */
on_leave: number, 
/**
 * 出勤率
 */
rate: AttendanceRate, 
/**
 * 含补学出勤率
 */
rate_with_make_up: AttendanceRate, };

/**
 * Light, dark, or as the system says.
 */
export type Theme = "system" | "light" | "dark";

/**
 * 层级: what a yearly requirement depends on.
 */
export type Tier = "division_and_above" | "section" | "staff_and_below" | "other";

/**
 * What was taken back or done again.
 */
export type Undone = { 
/**
 * The operation.
 */
operation: OperationLabel, 
/**
 * Rows that were put back.
 */
rows: number, };

/**
 * What happens to a record that the book has already. An empty cell never
 * wipes a value, whichever is chosen.
 */
export type UpdatePolicy = "update" | "fill_blanks" | "keep";

/**
 * The words that forms and importers propose.
 */
export type Vocabulary = { 
/**
 * 职级 with tiers, by precedence.
 */
ranks: Array<Rank>, 
/**
 * 政治面貌: the usual ones and those in this book.
 */
party_statuses: Array<string>, 
/**
 * 人员类别: the usual ones and those in this book.
 */
categories: Array<string>, 
/**
 * 部门 in this book.
 */
departments: Array<string>, 
/**
 * 学习活动类型: the usual ones and those in this book.
 */
session_kinds: Array<string>, 
/**
 * 自学形式: the usual ones and those in this book.
 */
study_forms: Array<string>, 
/**
 * 地点 in this book, latest first.
 */
places: Array<string>, 
/**
 * 专题 in this book.
 */
themes: Array<string>, };

/**
 * Where the year stands.
 */
export type Workbench = { 
/**
 * The year.
 */
year: number, 
/**
 * Those with a requirement, and those who met it.
 */
credits: Share, 
/**
 * 全年出勤率
 */
rate: AttendanceRate, 
/**
 * Last year's rate; nothing required there where there are no records.
 */
rate_last_year: AttendanceRate, 
/**
 * Sessions held, of all that are not cancelled.
 */
held: Share, 
/**
 * Missed and not made up.
 */
make_ups_owed: Owed, 
/**
 * One rate a month, January first.
 */
months: Array<AttendanceRate>, 
/**
 * What needs looking at, gravest first.
 */
notices: Array<Notice>, 
/**
 * Days with study, and how many people studied.
 */
days: Array<StudyDay>, 
/**
 * Today's session, else the next planned, else the last held.
 */
session: SessionRow | null, 
/**
 * Whether the book has members, sessions, marks: what the empty page
 * says to do first.
 */
has: Has, };

/**
 * Writes a paper of a year to a file.
 */
export type WriteReport = { 
/**
 * The year.
 */
year: number, 
/**
 * Where, by token of a save dialog.
 */
file: string, };

/**
 * A year.
 */
export type YearRequest = { 
/**
 * The calendar year.
 */
year: number, };

/** Every command: how it runs, what it takes, what it gives. */
export interface Commands {
  /** What the window needs to draw its frame. */
  "app.state": { kind: "host"; request: Nothing; response: AppState };
  /** Keeps how the window looks on this machine. */
  "app.set_appearance": { kind: "host"; request: Appearance; response: Appearance };
  /** Makes a new, empty book and opens it. */
  "book.create": { kind: "host"; request: CreateBook; response: BookInfo };
  /** Opens a book; the one open before is closed. */
  "book.open": { kind: "host"; request: FileRequest; response: BookInfo };
  /** Opens the sample book (示例台账), made anew where there is none. */
  "book.open_sample": { kind: "host"; request: Nothing; response: BookInfo };
  /** Closes the open book. */
  "book.close": { kind: "host"; request: Nothing; response: Nothing };
  /** Takes a book off the recent list; the file stays. */
  "book.forget": { kind: "host"; request: FileRequest; response: Nothing };
  /** Writes a checked copy of the open book. */
  "book.save_copy": { kind: "job"; request: FileRequest; response: CopyMade };
  /** Asks a running job to stop. */
  "job.cancel": { kind: "host"; request: JobRequest; response: Nothing };
  /** Where a job stands; its result stays until the program ends. */
  "job.state": { kind: "host"; request: JobRequest; response: JobState };
  /** Sets who works in the book. */
  "settings.set_operator": { kind: "mutate"; request: SetOperator; response: Nothing };
  /** Renames the book. */
  "settings.rename_book": { kind: "mutate"; request: RenameBook; response: Nothing };
  /** The organization tree, parents before children. */
  "organizations.list": { kind: "query"; request: Nothing; response: Array<OrganizationRow> };
  /** Adds an organization below another. */
  "organizations.add": { kind: "mutate"; request: AddOrganization; response: OrganizationRow };
  /** Renames an organization or changes its kind. */
  "organizations.edit": { kind: "mutate"; request: EditOrganization; response: OrganizationRow };
  /** Removes an organization that nothing belongs to. */
  "organizations.delete": { kind: "mutate"; request: OrganizationRequest; response: Nothing };
  /** The roster as of a day. */
  "roster.list": { kind: "query"; request: RosterRequest; response: Array<MemberRow> };
  /** One member with history. */
  "roster.member": { kind: "query"; request: MemberRequest; response: MemberDetail };
  /** The words that forms propose. */
  "roster.vocabulary": { kind: "query"; request: Nothing; response: Vocabulary };
  /** Adds a member. */
  "roster.add": { kind: "mutate"; request: MemberInput; response: MemberRow };
  /** Corrects a member: the record was wrong. */
  "roster.correct": { kind: "mutate"; request: CorrectMember; response: MemberRow };
  /** Changes a member from a day on; what was before stays as history. */
  "roster.change": { kind: "mutate"; request: ChangeMember; response: MemberRow };
  /** Takes back one line of a member's history. */
  "roster.remove_history": { kind: "mutate"; request: RemoveHistory; response: MemberRow };
  /** Removes a member in whose name no record stands. */
  "roster.delete": { kind: "mutate"; request: MemberRequest; response: Nothing };
  /** The sessions of a year, by date. */
  "sessions.list": { kind: "query"; request: YearRequest; response: Array<SessionRow> };
  /** One session. */
  "sessions.get": { kind: "query"; request: SessionRequest; response: SessionDetail };
  /** Records a session. */
  "sessions.add": { kind: "mutate"; request: SessionInput; response: SessionRow };
  /** Edits a session. */
  "sessions.edit": { kind: "mutate"; request: EditSession; response: SessionRow };
  /** Copies a session to another day, without its marks. */
  "sessions.copy": { kind: "mutate"; request: CopySession; response: SessionRow };
  /** Cancels a session or takes it up again. */
  "sessions.set_state": { kind: "mutate"; request: SetSessionState; response: SessionRow };
  /** Deletes a session with its marks. */
  "sessions.delete": { kind: "mutate"; request: SessionRequest; response: Nothing };
  /** A session's roll. */
  "attendance.sheet": { kind: "query"; request: SessionRequest; response: AttendanceSheet };
  /** Marks one member. */
  "attendance.mark": { kind: "mutate"; request: Mark; response: Marked };
  /** Marks those who have no mark yet. */
  "attendance.mark_rest": { kind: "mutate"; request: MarkRest; response: RestMarked };
  /** Records a make-up of a missed session. */
  "attendance.make_up": { kind: "mutate"; request: RecordMakeUp; response: Marked };
  /** Removes a make-up. */
  "attendance.remove_make_up": { kind: "mutate"; request: MakeUpRequest; response: Marked };
  /** The self-study entries of a year, latest first. */
  "study.list": { kind: "query"; request: StudyRequest; response: Array<StudyRow> };
  /** Logs an entry. */
  "study.add": { kind: "mutate"; request: StudyInput; response: StudyRow };
  /** Edits an entry. */
  "study.edit": { kind: "mutate"; request: EditStudy; response: StudyRow };
  /** Deletes an entry with its note. */
  "study.delete": { kind: "mutate"; request: StudyEntryRequest; response: Nothing };
  /** The year's credits of everyone. */
  "credits.year": { kind: "query"; request: YearRequest; response: CreditsYear };
  /** One member's credits with their reasons. */
  "credits.member": { kind: "query"; request: MemberCreditsRequest; response: MemberCredits };
  /** Everyone's credits with their reasons. */
  "credits.explained": { kind: "query"; request: YearRequest; response: Array<MemberCredits> };
  /** Where the year stands. */
  "workbench.year": { kind: "query"; request: YearRequest; response: Workbench };
  /** Looks for people and sessions. */
  "search.find": { kind: "query"; request: SearchRequest; response: SearchResult };
  /** Writes the yearly summary (年度学习情况汇总表) as xlsx. */
  "reports.summary": { kind: "job"; request: WriteReport; response: ReportWritten };
  /** Writes the attendance ledger (考勤台账) as csv. */
  "reports.attendance_csv": { kind: "job"; request: WriteReport; response: ReportWritten };
  /** Opens a file for import and proposes how to read it. */
  "import.read": { kind: "job"; request: ReadImport; response: ImportSource };
  /** What the columns would mean on another sheet or under another row. */
  "import.heading": { kind: "host"; request: HeadingRequest; response: Heading };
  /** Says for every row what an import would do. */
  "import.preview": { kind: "job"; request: PreviewImport; response: ImportPreview };
  /** Carries out the plan of a preview, in one transaction. */
  "import.apply": { kind: "job"; request: ApplyImport; response: ImportDone };
  /** Takes back the latest operation that still stands. */
  "undo.undo": { kind: "host"; request: Nothing; response: Mutated<Undone> };
  /** Does again what was taken back last. */
  "undo.redo": { kind: "host"; request: Nothing; response: Mutated<Undone> };
  /** The latest operations. */
  "undo.history": { kind: "query"; request: HistoryRequest; response: Array<HistoryEntry> };
}
