// Made from the Rust types by the test `the_typescript_is_up_to_date`. Not edited by hand.

/**
 * One absence, by its place.
 */
export type Absence = { 
/**
 * Of which session.
 */
session: string, 
/**
 * Whose.
 */
member: string, };

/**
 * Attaches files to a record, all or none.
 */
export type AddAttachments = { 
/**
 * What kind of record.
 */
owner_kind: AttachmentOwner, 
/**
 * Its key.
 */
owner: string, 
/**
 * What they are evidence of.
 */
label?: string | null, 
/**
 * The files.
 */
files: Array<AttachmentSource>, };

/**
 * Records a commendation, of several at once where one paper names them.
 */
export type AddCommendations = { 
/**
 * What it is.
 */
commendation: CommendationInput, 
/**
 * The people.
 */
members: string[], 
/**
 * The organizations.
 */
organizations: string[], };

/**
 * Notes evidence that lies on paper.
 */
export type AddEvidence = { 
/**
 * Of which session.
 */
session: string, 
/**
 * Whose; the session's as a whole where empty.
 */
members: string[], 
/**
 * 会议记录, 签到表, 学习笔记.
 */
evidence: string, };

/**
 * Adds something that is known of a member.
 */
export type AddMemberFact = { 
/**
 * Whose.
 */
member: string, 
/**
 * What kind.
 */
kind: MemberFactWord, 
/**
 * The name; not of leave.
 */
name?: string | null, 
/**
 * The value.
 */
value: string, 
/**
 * The first day; of leave it must be there.
 */
from?: string | null, 
/**
 * The last day; of leave it must be there.
 */
until?: string | null, 
/**
 * From where it is known, who approved it.
 */
reason?: string | null, };

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
 * Puts people on a session's list by hand.
 */
export type AddToRoster = { 
/**
 * Of which session.
 */
session: string, 
/**
 * Whom.
 */
members: string[], };

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
 * Names an own day.
 */
export type AnniversaryRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A day of each year on which study hangs.
 */
export type AnniversaryView = { 
/**
 * Its key; `null`: of the program's list, and nothing was said of it.
 */
id: string | null, 
/**
 * Whether it is of the program's list.
 */
shipped: boolean, 
/**
 * 1 to 12.
 */
month: number, 
/**
 * A day that this month can have.
 */
day: number, 
/**
 * The year in which it first happened, for 周年.
 */
since_year: number | null, 
/**
 * What is remembered.
 */
name: string, 
/**
 * Whether it stands in the calendar.
 */
chosen: boolean, 
/**
 * For the next edit; 0 without a key.
 */
revision: number, };

/**
 * The document that a session answers.
 */
export type AnswerView = { 
/**
 * The document.
 */
document: DocumentChoice, 
/**
 * Days from its date to the session's; negative where the session came
 * first.
 */
days: number, 
/**
 * Whether the session came after the day by which it had to be studied.
 */
late: boolean, };

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
skip_problems: boolean, 
/**
 * Why closed months are changed, where the import changes any; without
 * it such an import is refused.
 */
supplement_reason?: string | null, };

/**
 * 待核 → 认定 / 退回.
 */
export type Approval = "pending" | "accepted" | "returned";

/**
 * An organization that a record is about.
 */
export type ArchiveOrganization = { 
/**
 * Which.
 */
organization: string, 
/**
 * Its name.
 */
name: string, };

/**
 * The session that a record is about.
 */
export type ArchiveSession = { 
/**
 * Which.
 */
session: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 主题
 */
title: string, };

/**
 * What a result does elsewhere.
 */
export type AssessEffect = { 
/**
 * Its name.
 */
label: string, 
/**
 * The review that it caps: 年度考核.
 */
review: string | null, 
/**
 * The best grade that it leaves, where it names one.
 */
at_most: string | null, 
/**
 * That review's grade as it is recorded.
 */
recorded: string | null, 
/**
 * That grade after the cap.
 */
grade: string | null, 
/**
 * Whether it holds under every reading; else it may.
 */
certain: boolean, 
/**
 * The line in the file.
 */
line: number, };

/**
 * Asks for a year's assessment.
 */
export type AssessRequest = { 
/**
 * The year.
 */
year: number, 
/**
 * Under which scheme, by its key, in use or not: a preset's, or the latest
 * of the book's own; `null`: the first that is in use.
 */
rule_set?: string | null, };

/**
 * One member's assessment.
 */
export type AssessRow = { 
/**
 * Who; of a scheme that judges units the unit, with its name in the
 * place of the person's.
 */
member: MemberRow, 
/**
 * The unit that is judged; `null`: a person is.
 */
organization: string | null, 
/**
 * The score; `null` where undecided.
 */
score: string | null, 
/**
 * Between what it lies, where undecided.
 */
range: Range | null, 
/**
 * The grade; `null` where undecided or none.
 */
grade: string | null, 
/**
 * Why there is no grade.
 */
no_grade: string | null, 
/**
 * Points, parallel to the indicators; `null` where not known.
 */
indicators: Array<IndicatorPoints>, 
/**
 * Vetoes that fired, by name.
 */
vetoes: Array<string>, 
/**
 * What the result does elsewhere, in words.
 */
effects: Array<string>, 
/**
 * The same in parts, and what it may do where the result is undecided.
 */
effect_details: Array<AssessEffect>, 
/**
 * The grades that are possible where the grade is undecided; else empty.
 */
grades: Array<string>, 
/**
 * What a reader should look at: a score that does not count.
 */
notices: Array<string>, 
/**
 * What is not decided.
 */
open: number, 
/**
 * Whether this is a frozen result.
 */
closed: boolean, 
/**
 * Whether the book gives something else now than was frozen.
 */
changed: boolean, 
/**
 * What of it.
 */
changes: Array<ResultChange>, };

/**
 * A year's assessment.
 */
export type AssessYear = { 
/**
 * The year.
 */
year: number, 
/**
 * Every scheme in use; empty: none is.
 */
sets: Array<SetView>, 
/**
 * The one that the rows are by.
 */
set: SetView | null, 
/**
 * Its indicators, in the order of the file; those that only another
 * version for some of the rows has, after them.
 */
indicators: Array<IndicatorHead>, 
/**
 * One line a member, in 姓氏笔画 order.
 */
rows: Array<AssessRow>, 
/**
 * What the unit as a whole comes to.
 */
unit: Array<UnitFigureView>, 
/**
 * Quotas and who is over them.
 */
quotas: Array<QuotaView>, 
/**
 * Rankings.
 */
rankings: Array<RankingView>, 
/**
 * Whether figures, quotas and rankings are frozen.
 */
unit_closed: boolean, 
/**
 * What of them the book gives otherwise now.
 */
unit_changes: Array<ResultChange>, 
/**
 * What the scheme does not decide, missing scores among it.
 */
questions: Array<OpenQuestionView>, };

/**
 * A frozen assessment.
 */
export type AssessmentFrozen = { 
/**
 * The indicators of the version that counted.
 */
indicators: Array<IndicatorHead>, 
/**
 * The result, with what is otherwise now.
 */
row: AssessRow, };

/**
 * Puts somebody into a session as speaker.
 */
export type AssignSpeaker = { 
/**
 * Which session.
 */
session: string, 
/**
 * Whom.
 */
member: string, };

/**
 * A file's bytes, for the viewer.
 */
export type AttachmentContent = { 
/**
 * Told by the bytes.
 */
media_type: string, 
/**
 * The bytes.
 */
base64: string, };

/**
 * What is attached to a record.
 */
export type AttachmentList = { 
/**
 * The files, in the order in which they were attached.
 */
rows: Array<AttachmentRow>, 
/**
 * Labels used in this book, most used first.
 */
labels: Array<string>, 
/**
 * The largest file that is taken in, in bytes.
 */
max_bytes: number, };

/**
 * What a file can be attached to.
 */
export type AttachmentOwner = "session" | "document" | "inspection" | "expense" | "commendation" | "study_case" | "leave" | "make_up" | "self_study" | "note";

/**
 * Names one attached file.
 */
export type AttachmentRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * One attached file.
 */
export type AttachmentRow = { 
/**
 * Its key.
 */
id: string, 
/**
 * What it is evidence of: 会议记录, 签到表.
 */
label: string | null, 
/**
 * The file's name.
 */
name: string, 
/**
 * Told by the bytes: `image/png`.
 */
media_type: string, 
/**
 * Whether the window can show it as a picture.
 */
picture: boolean, 
/**
 * In bytes.
 */
size: number, 
/**
 * `YYYY-MM-DD`: the day on which it was attached.
 */
added_on: string, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * A file that was written out.
 */
export type AttachmentSaved = { 
/**
 * The file's name.
 */
file_name: string, };

/**
 * Where a file comes from.
 */
export type AttachmentSource = { "type": "file", 
/**
 * Its token.
 */
token: string, } | { "type": "bytes", 
/**
 * Its name.
 */
name: string, 
/**
 * Its bytes.
 */
base64: string, };

/**
 * Asks what is attached to a record.
 */
export type AttachmentsRequest = { 
/**
 * What kind of record.
 */
owner_kind: AttachmentOwner, 
/**
 * Its key.
 */
owner: string, };

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
 * In the order of the printed sheet: those required, and whoever else
 * has a mark.
 */
rows: Array<RollRow>, 
/**
 * The count.
 */
tally: Tally, 
/**
 * When the roll was closed, `YYYY-MM-DD HH:MM`; `null` while it is open.
 */
closed_at: string | null, 
/**
 * Whether who is required is frozen: from the first mark on.
 */
frozen: boolean, 
/**
 * Who would come were the list made anew.
 */
comes: Array<PersonView>, 
/**
 * Who would go were the list made anew; nobody who has a mark.
 */
goes: Array<PersonView>, 
/**
 * Who is not required, and why.
 */
left_out: Array<LeftOutView>, 
/**
 * 来宾: who was there and is not on the roster, by name.
 */
guests: Array<string>, };

/**
 * A member's status at a session.
 */
export type AttendanceStatus = "present" | "late" | "early_leave" | "official_leave" | "sick_leave" | "personal_leave" | "absent" | "not_required" | "unmarked";

/**
 * Somebody who is behind.
 */
export type BehindLine = { 
/**
 * Who.
 */
member: string, 
/**
 * 姓名
 */
name: string, 
/**
 * What there is.
 */
earned: string, 
/**
 * What there should be by today.
 */
expected: string, 
/**
 * The difference.
 */
behind: string, 
/**
 * What the total must reach.
 */
required: string | null, 
/**
 * What would have to come every 30 days from now on.
 */
needed_a_month: string | null, 
/**
 * Whether it can no longer be reached.
 */
unreachable: boolean, };

/**
 * What becomes of somebody who was there for less than the threshold.
 */
export type BelowThreshold = "nothing" | "absent";

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
 * The roll of one organization that holds a session.
 */
export type BranchCount = { 
/**
 * Which; `null`: people of none of them.
 */
organization: string | null, 
/**
 * Its name.
 */
name: string, 
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
on_leave: number, };

/**
 * What a branch is made of on the day that is looked from.
 */
export type BranchStructure = { 
/**
 * 正式党员
 */
full_members: number, 
/**
 * 预备党员
 */
probationary: number, 
/**
 * Members without any 政治面貌 on the roster: counted as neither.
 */
unknown_status: number, 
/**
 * Whether there is a 支委会.
 */
committee: boolean, 
/**
 * Whether that was set by hand; `null`: by the number of full members.
 */
committee_set: boolean | null, 
/**
 * From so many full members on there is one.
 */
committee_from: number, 
/**
 * 党小组
 */
groups: Array<string>, 
/**
 * Whether there is a 中心组.
 */
study_group: boolean, 
/**
 * 成立日期
 */
established_on: string | null, 
/**
 * 撤销日期
 */
closed_on: string | null, 
/**
 * How the number of members changed over the year; the first line is
 * January 1.
 */
changes: Array<StructureChange>, };

/**
 * How a branch stands.
 */
export type BranchSummary = { 
/**
 * Its key.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What it is.
 */
kind: OrganizationKind, 
/**
 * 正式党员 on the day that is looked from.
 */
full_members: number, 
/**
 * Names of the items of which a window that is over is short.
 */
short: Array<string>, 
/**
 * How many windows that are.
 */
short_windows: number, 
/**
 * Items that nobody can decide.
 */
undecided: number, 
/**
 * Windows of this very day that are not met yet.
 */
due: number, 
/**
 * Windows that are met.
 */
met: number, 
/**
 * Windows that are over, undecided ones left out: what `met` is of.
 */
over: number, };

/**
 * A bucket of credits.
 */
export type BucketView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name: 必修.
 */
label: string, 
/**
 * Whether it is part of the total.
 */
in_total: boolean, };

/**
 * An anniversary on its day of a year.
 */
export type CalendarAnniversary = { 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * What is remembered.
 */
name: string, 
/**
 * How many years ago, where known and not in the future.
 */
years: number | null, };

/**
 * A session in the calendar.
 */
export type CalendarSession = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * `HH:MM`
 */
starts_at: string | null, 
/**
 * 类型
 */
kind: string, 
/**
 * 主题
 */
title: string, 
/**
 * 地点
 */
place: string | null, 
/**
 * planned, held, cancelled.
 */
state: SessionState, 
/**
 * The series that made it.
 */
series: string | null, 
/**
 * The day that the series gave it.
 */
series_date: string | null, 
/**
 * The plan's item that it carries out.
 */
plan_item: string | null, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * A year.
 */
export type CalendarYear = { 
/**
 * The calendar year.
 */
year: number, 
/**
 * Its sessions, by date and time.
 */
sessions: Array<CalendarSession>, 
/**
 * Days off and days worked in exchange, by date.
 */
holidays: Array<HolidayView>, 
/**
 * Whether the year's holidays are known.
 */
holidays_known: boolean, 
/**
 * The anniversaries that were chosen, by day.
 */
anniversaries: Array<CalendarAnniversary>, 
/**
 * The years that have sessions, with their numbers.
 */
years: Array<YearCount>, };

/**
 * How a card is taken that is read after a session's beginning.
 */
export type CardLate = { 
/**
 * Minutes after the beginning in which nobody is late yet; at most 120.
 */
grace_minutes: number, 
/**
 * What a later card says.
 */
taken: LateTaken, };

/**
 * What came of a card.
 */
export type CardOutcome = "marked" | "already" | "ask_standing" | "ask_late";

/**
 * A card that was read.
 */
export type CardRead = { 
/**
 * What came of it.
 */
outcome: CardOutcome, 
/**
 * Whose card.
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
 * The mark as it stands now.
 */
status: AttendanceStatus, 
/**
 * Minutes late: of the mark, or by which it would be late.
 */
minutes: number | null, 
/**
 * When the mark that stands was set, `14:32`, with the day in front
 * where that was not today.
 */
marked_at: string | null, 
/**
 * The count.
 */
tally: Tally, };

/**
 * A card to be printed.
 */
export type CardView = { 
/**
 * Whose.
 */
member: string, 
/**
 * 姓名, widened: 王　伟.
 */
display_name: string, 
/**
 * 工号
 */
staff_no: string | null, 
/**
 * 所在组织
 */
organization: string | null, 
/**
 * 部门
 */
department: string | null, 
/**
 * What a reader types.
 */
text: string, 
/**
 * The text as a QR code.
 */
qr: QrDrawing, };

/**
 * Whether cards were made, and how a late one is read.
 */
export type CardsState = { 
/**
 * Whether the book has made cards.
 */
made: boolean, 
/**
 * How a card read after the beginning is taken.
 */
late: CardLate, };

/**
 * What goes into the next period.
 */
export type CarryView = { 
/**
 * The bucket's name; empty where the rules have none.
 */
bucket: string, 
/**
 * How much.
 */
amount: string, 
/**
 * The line in the rule file.
 */
line: number, };

/**
 * A case with its body.
 */
export type CaseDetail = { 
/**
 * As in the list.
 */
case: CaseRow, 
/**
 * 正文
 */
body: string, };

/**
 * What a form says of a case.
 */
export type CaseInput = { 
/**
 * In any usual spelling; required.
 */
date: string, 
/**
 * 标题; required.
 */
title: string, 
/**
 * 类别
 */
kind?: string | null, 
/**
 * Whose it is.
 */
organization?: string | null, 
/**
 * 来源
 */
source?: string | null, 
/**
 * 正文; may be empty where the paper is attached.
 */
body: string, };

/**
 * The case library.
 */
export type CaseLibrary = { 
/**
 * Those that were found, latest first.
 */
rows: Array<CaseRow>, 
/**
 * How many there are at all.
 */
all: number, 
/**
 * The kinds in this book, most used first.
 */
kinds: Array<string>, };

/**
 * Names a case.
 */
export type CaseRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A case without its body.
 */
export type CaseRow = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 标题
 */
title: string, 
/**
 * 类别
 */
kind: string | null, 
/**
 * Whose it is.
 */
organization: ArchiveOrganization | null, 
/**
 * 来源
 */
source: string | null, 
/**
 * The body around what was found, else its beginning.
 */
excerpt: string, 
/**
 * 字数
 */
words: number, 
/**
 * Files attached to it.
 */
files: number, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * Asks for cases.
 */
export type CasesRequest = { 
/**
 * What is looked for in title, kind, organization, source and body, or
 * in the pinyin of the title; all where absent or blank. Words parted by
 * blanks must all be there.
 */
text?: string | null, };

/**
 * A category of credits.
 */
export type CategoryView = { 
/**
 * Its id.
 */
code: string, 
/**
 * Its name: 集体学习.
 */
label: string, 
/**
 * The most that counts in a period, where there is one limit.
 */
cap: string | null, 
/**
 * Its bucket.
 */
bucket: string | null, };

/**
 * What one operation did to a cell.
 */
export type CellEntry = { 
/**
 * The operation; for an undo or a redo, the sentence's parameters are
 * those of what was taken back or done again.
 */
operation: OperationLabel, 
/**
 * For an undo or a redo: the name of what was taken back or done again.
 */
undoes: string | null, 
/**
 * Whether it was taken back since.
 */
undone: boolean, 
/**
 * What the cell said before.
 */
before: CellState, 
/**
 * What it said after.
 */
after: CellState, 
/**
 * Days from the session to the entry, where that is more than the grace
 * days: the entry is late (补登).
 */
late_by: number | null, 
/**
 * Why a closed month was changed, where it was.
 */
reason: string | null, };

/**
 * The history of one cell.
 */
export type CellHistory = { 
/**
 * 姓名
 */
name: string, 
/**
 * The session's day, `YYYY-MM-DD`.
 */
date: string, 
/**
 * 主题
 */
title: string, 
/**
 * Days after the session in which an entry is not late.
 */
grace_days: number, 
/**
 * What was entered, latest first.
 */
entries: Array<CellEntry>, };

/**
 * Names one cell of the ledger.
 */
export type CellRequest = { 
/**
 * At which session.
 */
session: string, 
/**
 * Whose mark.
 */
member: string, };

/**
 * What a cell said.
 */
export type CellState = { 
/**
 * The status.
 */
status: AttendanceStatus, 
/**
 * Minutes late or left early.
 */
minutes: number | null, 
/**
 * 列席
 */
observer: boolean, 
/**
 * 备注
 */
remark: string | null, 
/**
 * 批准人
 */
approver: string | null, 
/**
 * The make-up in words: its day, form and evidence.
 */
make_up: string | null, };

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
 * Records that make-ups were checked.
 */
export type CheckMakeUps = { 
/**
 * Which; at least one.
 */
ids: string[], 
/**
 * By whom; not empty.
 */
checker: string, 
/**
 * On which day; today where absent.
 */
checked_on: string | null, };

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
 * Puts a day into the calendar or takes it out.
 */
export type ChooseAnniversary = { 
/**
 * 1 to 12.
 */
month: number, 
/**
 * The day.
 */
day: number, 
/**
 * Its name: which of the day's.
 */
name: string, 
/**
 * Whether it stands in the calendar.
 */
chosen: boolean, };

/**
 * Chooses how an item is read.
 */
export type ChooseReading = { 
/**
 * Which item, by id.
 */
item: string, 
/**
 * Which reading, by id.
 */
reading: string, };

/**
 * Goes back to who spoke longest ago.
 */
export type ClearRotation = { 
/**
 * Whose.
 */
organization: string, };

/**
 * Closes a month.
 */
export type CloseMonth = { 
/**
 * `YYYY-MM`
 */
month: string, 
/**
 * Closes it though rolls in it are open; without it, such a month is
 * refused.
 */
leave_open: boolean, };

/**
 * Which ledgers are to be closed.
 */
export type ClosePeriod = { 
/**
 * The rule set's key.
 */
rule_set: string, 
/**
 * The period of this year.
 */
year: number, 
/**
 * Whose; `null`: the whole book's.
 */
organization?: string | null, };

/**
 * Closes a session's roll.
 */
export type CloseRoll = { 
/**
 * Of which session.
 */
session: string, 
/**
 * What those become who have neither a mark nor a leave; `null`: they
 * stay unmarked.
 */
rest?: AttendanceStatus | null, 
/**
 * Whether leaves that cover the day are taken over first.
 */
take_leave: boolean, };

/**
 * What is frozen beside the ledgers: what everybody comes to together, and
 * who was left out.
 */
export type ClosedTogether = { 
/**
 * The unit's figures.
 */
figures: Array<UnitFigureView>, 
/**
 * Quotas: who has the grade, who is over, who was tied.
 */
quotas: Array<QuotaView>, 
/**
 * Rankings.
 */
rankings: Array<RankingView>, 
/**
 * Who was left out, by name.
 */
left_out: Array<LeftOut>, };

/**
 * A closing with its ledgers.
 */
export type ClosingDetail = { 
/**
 * The closing.
 */
closing: ClosingView, 
/**
 * Its lines: members in 姓氏笔画 order, organizations from the top.
 */
lines: Array<ClosingLineView>, 
/**
 * Its supplements, earliest first.
 */
supplements: Array<SupplementView>, 
/**
 * What everybody came to together, and who was left out; `null` where
 * nothing of it was kept.
 */
together: ClosedTogether | null, };

/**
 * One frozen ledger.
 */
export type ClosingLedger = { 
/**
 * As credits.
 */
credits: MemberCredits, 
/**
 * As an assessment; `null`: of credits, or closed before it was kept.
 */
assessment: AssessmentFrozen | null, };

/**
 * One frozen ledger in full.
 */
export type ClosingLedgerRequest = { 
/**
 * Of which closing.
 */
closing: string, 
/**
 * Whose; exactly one of this and `organization`.
 */
member?: string | null, 
/**
 * Whose, of a scheme that judges units.
 */
organization?: string | null, };

/**
 * One frozen ledger.
 */
export type ClosingLineView = { 
/**
 * Who; an organization with its name in the place of a person's.
 */
member: MemberRow, 
/**
 * The organization, where one is judged.
 */
organization: string | null, 
/**
 * The version it was counted by, where that is another than the
 * closing's.
 */
version: string | null, 
/**
 * As it was closed.
 */
total: string, 
/**
 * As it was closed.
 */
verdict: VerdictView, 
/**
 * The grade, of an assessment.
 */
grade: string | null, 
/**
 * With the latest supplement; `null` without one.
 */
supplemented: string | null, 
/**
 * What the book gives now, where that is neither the frozen amount nor
 * the supplemented one.
 */
now: string | null, 
/**
 * The grade that the book gives now, where that is another.
 */
now_grade: string | null, 
/**
 * Whether anything is otherwise now than what holds.
 */
changed: boolean, };

/**
 * What a closing would freeze, and what stands in its way.
 */
export type ClosingPreview = { 
/**
 * The rule set's name.
 */
name: string, 
/**
 * Its version.
 */
version: string | null, 
/**
 * 学分, 学时 …
 */
unit: string, 
/**
 * Whether organizations are judged.
 */
of_units: boolean, 
/**
 * The period: `2025`.
 */
period: string, 
/**
 * Its first day.
 */
from: string | null, 
/**
 * Its last day.
 */
to: string | null, 
/**
 * Whether it is over; before that it cannot be closed.
 */
over: boolean, 
/**
 * Ledgers that would be frozen.
 */
members: number, 
/**
 * Those who meet what is required.
 */
met: number, 
/**
 * Those who do not.
 */
short: number, 
/**
 * How many have each grade, of an assessment.
 */
grades: Array<GradeCount>, 
/**
 * Those for whom the rules do not decide: these stand in the way.
 */
undecided: Array<MemberRow>, 
/**
 * Entries that wait for approval and would not count.
 */
pending: number, 
/**
 * Those under the rule set whom the closing would not freeze, and why.
 */
left_out: Array<LeftOut>, 
/**
 * Those for whom a quota has no place.
 */
over_quota: Array<MemberRow>, 
/**
 * Equals at a quota's border of whom the scheme does not say what
 * becomes of them.
 */
tied: Array<MemberRow>, 
/**
 * The closing that already freezes this period.
 */
already: ClosingView | null, };

/**
 * Names a closing.
 */
export type ClosingRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * Whether a closing is still what it was.
 */
export type ClosingVerified = { 
/**
 * Nothing was changed past the program.
 */
intact: boolean, 
/**
 * The digest as recorded.
 */
recorded: string, 
/**
 * The digest of what is there.
 */
found: string, 
/**
 * Whether the rules are still the text that was closed by.
 */
rules_intact: boolean, 
/**
 * Ledgers that do not match their digest: names of members and
 * organizations.
 */
broken: Array<string>, };

/**
 * A closed period.
 */
export type ClosingView = { 
/**
 * Its key.
 */
id: string, 
/**
 * 学分 or 考核.
 */
kind: RuleSetKind, 
/**
 * The rule set's key.
 */
rule_set: string, 
/**
 * The rule set's name.
 */
name: string, 
/**
 * The version of the text.
 */
version: string | null, 
/**
 * 学分, 学时 …
 */
unit: string, 
/**
 * Whether organizations are judged.
 */
of_units: boolean, 
/**
 * The period: `2025`.
 */
period: string, 
/**
 * Whose; `null`: the whole book's.
 */
organization: string | null, 
/**
 * The organization's name.
 */
organization_name: string | null, 
/**
 * Frozen ledgers.
 */
members: number, 
/**
 * Supplements since.
 */
supplements: number, 
/**
 * SHA-256 of rules and ledgers.
 */
digest: string, 
/**
 * By whom.
 */
closed_by: string, 
/**
 * When.
 */
closed_on: string, 
/**
 * Where it was opened again: by whom, when, why.
 */
reopened: ReopenedView | null, };

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
 * The commendations.
 */
export type CommendationBook = { 
/**
 * Latest first.
 */
rows: Array<CommendationRow>, 
/**
 * Who belongs to the branch today and was not commended within two
 * years, by strokes.
 */
without: Array<WithoutCommendation>, 
/**
 * What commendations are called, most often first.
 */
titles: Array<string>, 
/**
 * Who has commended, most often first.
 */
issuers: Array<string>, };

/**
 * What a form says of a commendation, whoever was commended.
 */
export type CommendationInput = { 
/**
 * In any usual spelling; required.
 */
date: string, 
/**
 * 表彰名称; required.
 */
title: string, 
/**
 * 表彰单位
 */
issuer?: string | null, 
/**
 * 文号
 */
document?: string | null, 
/**
 * 事由
 */
reason?: string | null, };

/**
 * Names a commendation.
 */
export type CommendationRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A commendation.
 */
export type CommendationRow = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 表彰名称
 */
title: string, 
/**
 * 表彰单位
 */
issuer: string | null, 
/**
 * 文号
 */
document: string | null, 
/**
 * Whose, where it is a person's.
 */
member: CommendedMember | null, 
/**
 * Whose, where it is an organization's.
 */
organization: ArchiveOrganization | null, 
/**
 * 事由
 */
reason: string | null, 
/**
 * Files attached to it.
 */
files: number, 
/**
 * Pinyin of the title and of whoever was commended.
 */
search_keys: Array<string>, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * A person who was commended.
 */
export type CommendedMember = { 
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
 * 部门
 */
department: string | null, 
/**
 * Whether another member bears the same name.
 */
namesake: boolean, };

/**
 * Compares two rule sets on everybody.
 */
export type CompareRules = { 
/**
 * What holds now.
 */
before: RuleChoice, 
/**
 * What would hold.
 */
after: RuleChoice, 
/**
 * In the period of this year.
 */
year: number, };

/**
 * One member under two rule sets.
 */
export type ComparedRow = { 
/**
 * Who.
 */
member: MemberRow, 
/**
 * Under the old rules.
 */
before: ComparedSide, 
/**
 * Under the new rules.
 */
after: ComparedSide, 
/**
 * After less before; `null` where one of them is undecided.
 */
difference: string | null, };

/**
 * One side of a comparison.
 */
export type ComparedSide = { 
/**
 * What counts, or the points; `null` where undecided.
 */
total: string | null, 
/**
 * What is required, where it is one amount.
 */
required: string | null, 
/**
 * Whether it is enough; `null` where undecided.
 */
verdict: VerdictView | null, 
/**
 * Between what it lies, where undecided.
 */
range: Range | null, 
/**
 * The grade, of an assessment; `null` where undecided or none.
 */
grade: string | null, 
/**
 * The grades that are possible where it is undecided.
 */
grades: Array<string>, };

/**
 * What several periods in a row bring.
 */
export type ConsequenceView = { 
/**
 * 集中调训补课
 */
label: string, 
/**
 * The period in which it falls.
 */
period: string, 
/**
 * The periods that brought it.
 */
because: Array<string>, 
/**
 * Its line in the rule file.
 */
line: number, };

/**
 * A series that would be made.
 */
export type CopiedSeries = { 
/**
 * 主题
 */
title: string, 
/**
 * 类型
 */
kind: string, 
/**
 * The rule in words.
 */
words: string, 
/**
 * Its sessions in the new year.
 */
sessions: number, };

/**
 * A session that would be copied.
 */
export type CopiedSession = { 
/**
 * The session that is copied.
 */
id: string, 
/**
 * Its day.
 */
from: string, 
/**
 * The day that it would get.
 */
to: string, 
/**
 * 类型
 */
kind: string, 
/**
 * 主题
 */
title: string, 
/**
 * The holiday that it had to avoid.
 */
avoided: string | null, };

/**
 * How a day finds its place in another year.
 */
export type CopyBy = "weekday" | "date";

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
 * Copies a plan into another year of the same organization or person.
 */
export type CopyPlan = { 
/**
 * The plan that is copied.
 */
from: string, 
/**
 * The calendar year that gets the copy. A plan that it has already keeps
 * what it holds and gets what it lacks, by title.
 */
year: number, };

/**
 * What a copy would do.
 */
export type CopyPreview = { 
/**
 * The sessions, by their new day; those of series are not among them.
 */
sessions: Array<CopiedSession>, 
/**
 * The series.
 */
series: Array<CopiedSeries>, 
/**
 * Sessions that the new year has already: same day, kind and title.
 */
standing: number, 
/**
 * Sessions left out because their day is off.
 */
left_out: number, 
/**
 * Every kind of the year that is copied, with its sessions.
 */
kinds: Array<KindCount>, 
/**
 * Whether the holidays of the new year are known.
 */
holidays_known: boolean, };

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
 * Asks for a year to be planned like another.
 */
export type CopyYear = { 
/**
 * The year that is copied.
 */
from: number, 
/**
 * The year that is planned.
 */
to: number, 
/**
 * How a day finds its place.
 */
by: CopyBy, 
/**
 * What happens to a day that is off in the new year.
 */
on_holiday: OnHoliday, 
/**
 * Only sessions and series of these kinds.
 */
kinds: Array<string>, };

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
 * A meeting that counts.
 */
export type CountedMeeting = { 
/**
 * Its id.
 */
id: string, 
/**
 * Whether it lies outside the months in which it is usually held.
 */
outside_usual: boolean, 
/**
 * The quorums that apply to it.
 */
quorums: Array<QuorumState>, };

/**
 * Why a meeting is doubtful.
 */
export type CoverageDoubt = "date" | "group" | "length" | "people";

/**
 * How wide a window is.
 */
export type CoverageEvery = "month" | "quarter" | "half_year" | "year";

/**
 * Leaves an item undecided again.
 */
export type CoverageItemRequest = { 
/**
 * Which item, by id.
 */
item: string, };

/**
 * One line of the table.
 */
export type CoverageLine = { 
/**
 * What was found.
 */
coverage: ItemCoverage, 
/**
 * The group's name, where it is about one.
 */
group_name: string | null, 
/**
 * What readers should know; may be empty.
 */
note: string, 
/**
 * The kinds of session that count; the first is proposed for a new one.
 */
kinds: Array<string>, 
/**
 * Whether only sessions count in which the secretary speaks.
 */
by_secretary: boolean, 
/**
 * Whether talks are counted, not meetings.
 */
talks: boolean, 
/**
 * Every way to read it; empty where the rule decides.
 */
choices: Array<ReadingChoice>, };

/**
 * A meeting that the table speaks of.
 */
export type CoverageMeeting = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 主题
 */
title: string, 
/**
 * 类型, all of them.
 */
kinds: Array<string>, 
/**
 * planned, held, cancelled.
 */
state: SessionState, 
/**
 * Who held it together, where it was more than one.
 */
organizations: Array<string>, 
/**
 * Names of the items for which it counts here, in the table's order.
 */
counts_for: Array<string>, };

/**
 * Somebody whom missing talks name.
 */
export type CoveragePerson = { 
/**
 * The key.
 */
id: string, 
/**
 * 姓名
 */
name: string, };

/**
 * Why a window asks for nothing, or why it is undecided.
 */
export type CoverageReason = { "code": "condition", 
/**
 * In the words of the file.
 */
text: string, } | { "code": "not_established" } | { "code": "nobody" } | { "code": "part_of_window", 
/**
 * The first day on which it applies.
 */
from: string, 
/**
 * The last day of that part.
 */
to: string, } | { "code": "doubtful" } | { "code": "people_unknown" };

/**
 * A branch's year.
 */
export type CoverageRequest = { 
/**
 * The calendar year.
 */
year: number, 
/**
 * Whose; the first branch of the book where absent.
 */
organization?: string, };

/**
 * How something stands.
 */
export type CoverageState = "met" | "short" | "not_yet_due" | "not_applicable" | "undecided";

/**
 * A line of the coverage strip.
 */
export type CoverageStrip = { 
/**
 * Whose table it leads to.
 */
organization: string, 
/**
 * An item's or a branch's name.
 */
name: string, 
/**
 * In order of time; together the whole year.
 */
cells: Array<CoverageStripCell>, };

/**
 * A part of a line.
 */
export type CoverageStripCell = { 
/**
 * The first month, 1 to 12.
 */
from: number, 
/**
 * The last month.
 */
to: number, 
/**
 * How it stands; of a branch, the item that needs attention first.
 */
state: CoverageState, 
/**
 * Names of the items that are short in it, of a branch.
 */
short: Array<string>, 
/**
 * Whether as much as is missing is planned.
 */
planned: boolean, };

/**
 * What a branch held of what it has to hold, beside how all others stand.
 */
export type CoverageYear = { 
/**
 * Whose table it is.
 */
organization: string, 
/**
 * Every branch of the book, in the order of the tree.
 */
branches: Array<BranchSummary>, 
/**
 * What the branch is made of.
 */
structure: BranchStructure, 
/**
 * What the list of requirements calls itself.
 */
requirements: string, 
/**
 * Where it is from and what it leaves open.
 */
note: string, 
/**
 * The day it was looked from, `YYYY-MM-DD`.
 */
as_of: string, 
/**
 * One line of the table each; items of groups once for each group.
 */
items: Array<CoverageLine>, 
/**
 * The meetings that the items speak of, by id.
 */
meetings: Array<CoverageMeeting>, 
/**
 * The people whom missing talks name.
 */
people: Array<CoveragePerson>, };

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
 * Makes somebody's plan of a year.
 */
export type CreatePlan = { 
/**
 * The calendar year.
 */
year: number, 
/**
 * Whose; the member's where empty.
 */
organization: string | null, 
/**
 * Whose; the organization's where empty.
 */
member?: string | null, 
/**
 * Its title; `2026年学习计划` where empty.
 */
title?: string | null, };

/**
 * What needs looking at in the table.
 */
export type CreditCounts = { 
/**
 * Those for whom the rules do not decide it.
 */
undecided: number, 
/**
 * Those who fall behind at today's date.
 */
behind: number, 
/**
 * Those who can no longer reach it.
 */
unreachable: number, 
/**
 * Those with entries that wait for approval.
 */
pending: number, };

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
counted: string, 
/**
 * The fact's id, for corrections and decisions; empty where no fact
 * stands behind it.
 */
fact_id: string, 
/**
 * The category's id.
 */
category_id: string, 
/**
 * The bucket's name.
 */
bucket: string | null, 
/**
 * The steps with their lines and amounts.
 */
trace: Array<TraceStep>, };

/**
 * How far those with a requirement are.
 */
export type CreditProgress = { 
/**
 * Not there yet: so many in each quarter of the requirement, the first
 * up to 25 %. The last holds also those with the amount who fail a
 * requirement of another kind.
 */
quarters: Array<number>, 
/**
 * Those who met it.
 */
met: number, 
/**
 * Those for whom the rules leave it open.
 */
undecided: number, };

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
 * 应修: what the total must reach; `null` where no such requirement
 * binds (不作要求), or where it is undecided.
 */
required: string | null, 
/**
 * 已得: what counts; where undecided, the least.
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
 * The result in three words; an undecided one is `short` until it is
 * decided.
 */
result: CreditResult, 
/**
 * The result in full; `null`: undecided.
 */
verdict: VerdictView | null, 
/**
 * Between what the total lies, where it is undecided.
 */
range: Range | null, 
/**
 * Before caps and highest-only.
 */
raw: string, 
/**
 * What is above the requirement; `null` where nothing is.
 */
surplus: string | null, 
/**
 * 结转转入
 */
carried_in: string, 
/**
 * 结转转出
 */
carried_out: string, 
/**
 * Counted per bucket, parallel to `set.buckets`.
 */
by_bucket: string[], 
/**
 * Where it goes at today's date; `null` once the period is over or
 * frozen, before it begins, or where nothing is required.
 */
forecast: Forecast | null, 
/**
 * Requirements that are not met.
 */
shortfalls: Array<RequirementLine>, 
/**
 * What several periods in a row bring: 集中调训补课.
 */
consequences: Array<ConsequenceView>, 
/**
 * Entries that wait for approval and do not count.
 */
pending: number, 
/**
 * Whether this is a frozen ledger.
 */
closed: boolean, 
/**
 * Whether the book gives something else now than was frozen.
 */
changed: boolean, };

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
 * Asks for a year's credits.
 */
export type CreditsRequest = { 
/**
 * The year: the period of this name counts.
 */
year: number, 
/**
 * Under which rule set, by its key; `null`: the first that is in use.
 */
rule_set?: string | null, };

/**
 * The year's credits of everyone under one rule set.
 */
export type CreditsYear = { 
/**
 * The year.
 */
year: number, 
/**
 * Every rule set for credits that counts in the year.
 */
sets: Array<SetView>, 
/**
 * The one of them that the rows are counted by.
 */
set: SetView, 
/**
 * The rule set in words.
 */
rules: RulesView, 
/**
 * One line a member, in 姓氏笔画 order; those whom the rule set is not
 * for left out.
 */
rows: Array<CreditRow>, 
/**
 * The foot of the table.
 */
totals: CreditTotals, 
/**
 * What needs looking at in it.
 */
counts: CreditCounts, 
/**
 * What the rules do not decide, and for how many.
 */
questions: Array<OpenQuestionView>, };

/**
 * A longer span.
 */
export type CycleView = { 
/**
 * Its id: 五年.
 */
cycle: string, 
/**
 * `2021–2025`
 */
period: string, 
/**
 * Its first day.
 */
from: string | null, 
/**
 * Its last day.
 */
to: string | null, 
/**
 * What counts in it so far.
 */
total: string, 
/**
 * Its requirements.
 */
requirements: Array<RequirementLine>, 
/**
 * Whether they are met.
 */
verdict: VerdictView, };

/**
 * Names a decision.
 */
export type DecisionRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A decision.
 */
export type DecisionView = { 
/**
 * Its key.
 */
id: string, 
/**
 * The rule set's key.
 */
rule_set: string, 
/**
 * The question's key.
 */
question: string, 
/**
 * The question in words, as it was shown when it was open.
 */
question_text: string, 
/**
 * For whom; `null`: for everybody.
 */
member: string | null, 
/**
 * The member's name.
 */
member_name: string | null, 
/**
 * The fact that it is about.
 */
fact: string | null, 
/**
 * The reading chosen.
 */
reading: string | null, 
/**
 * The reading in words.
 */
reading_label: string | null, 
/**
 * The number given, exact.
 */
value: string | null, 
/**
 * Why.
 */
reason: string, 
/**
 * 文号
 */
document: string | null, 
/**
 * By whom.
 */
decided_by: string, 
/**
 * When.
 */
decided_on: string, };

/**
 * A document as forms propose it.
 */
export type DocumentChoice = { 
/**
 * Its key.
 */
id: string, 
/**
 * 文件, 会议 …
 */
kind: string, 
/**
 * Its title.
 */
title: string, 
/**
 * 文号
 */
number: string | null, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * `YYYY-MM-DD`: the day by which it has to be studied.
 */
study_by: string | null, };

/**
 * What a form says of a document.
 */
export type DocumentInput = { 
/**
 * 类别; required.
 */
kind: string, 
/**
 * 标题; required.
 */
title: string, 
/**
 * 文号
 */
number?: string | null, 
/**
 * 发文单位
 */
issuer?: string | null, 
/**
 * The day that it bears, in any usual spelling; required.
 */
date: string, 
/**
 * 收到日期
 */
received_on?: string | null, 
/**
 * 学习期限
 */
study_by?: string | null, 
/**
 * 备注
 */
note?: string | null, };

/**
 * The register.
 */
export type DocumentRegister = { 
/**
 * Latest first.
 */
rows: Array<DocumentRow>, 
/**
 * The kinds that forms offer.
 */
kinds: Array<string>, 
/**
 * Who has issued documents, most often first.
 */
issuers: Array<string>, };

/**
 * A document in the register.
 */
export type DocumentRow = { 
/**
 * Its key.
 */
id: string, 
/**
 * 文件, 会议, 通知 …
 */
kind: string, 
/**
 * 标题
 */
title: string, 
/**
 * 文号
 */
number: string | null, 
/**
 * 发文单位
 */
issuer: string | null, 
/**
 * The day that it bears, `YYYY-MM-DD`.
 */
date: string, 
/**
 * 收到日期
 */
received_on: string | null, 
/**
 * 学习期限
 */
study_by: string | null, 
/**
 * 备注
 */
note: string | null, 
/**
 * The sessions that answer it, by date.
 */
sessions: Array<DocumentSession>, 
/**
 * Where its study stands.
 */
study: DocumentStudy, 
/**
 * Days from its date to the first session held for it; until then to
 * today. Negative where a session came first.
 */
days: number, 
/**
 * The day of that session.
 */
studied_on: string | null, 
/**
 * Files attached to it.
 */
files: number, 
/**
 * Full pinyin and initials of its title.
 */
search_keys: Array<string>, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * A session that answers a document.
 */
export type DocumentSession = { 
/**
 * Which.
 */
session: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 主题
 */
title: string, 
/**
 * planned, held, cancelled.
 */
state: SessionState, 
/**
 * Days from the document's date.
 */
days: number, 
/**
 * Whether it came after the document's day.
 */
late: boolean, };

/**
 * Where the study of a document stands.
 */
export type DocumentStudy = "kept" | "waiting" | "planned" | "overdue" | "studied" | "studied_late";

/**
 * A meeting of which it cannot be told whether it counts.
 */
export type DoubtfulMeeting = { 
/**
 * Its id.
 */
id: string, 
/**
 * Why.
 */
why: CoverageDoubt, };

/**
 * What is due.
 */
export type DueKind = "session" | "plan_item" | "document" | "make_up" | "finding";

/**
 * Something that is due within a week.
 */
export type DueLine = { 
/**
 * What it is.
 */
kind: DueKind, 
/**
 * By when, `YYYY-MM-DD`.
 */
date: string, 
/**
 * What it is called.
 */
subject: string, 
/**
 * When and where a session is; whose an item is.
 */
detail: string | null, 
/**
 * How many make-ups.
 */
count: number | null, 
/**
 * Where it is done.
 */
place: WarningPlace, };

/**
 * Renames a file, or says what it is evidence of.
 */
export type EditAttachment = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, 
/**
 * The new name; unchanged where absent. The ending stays where none is
 * typed.
 */
name?: string | null, 
/**
 * The new label; unchanged where absent, empty clears.
 */
label?: string | null, };

/**
 * Edits a case.
 */
export type EditCase = { 
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
case: CaseInput, };

/**
 * Edits a commendation; whose it is stays.
 */
export type EditCommendation = { 
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
commendation: CommendationInput, };

/**
 * Edits a document.
 */
export type EditDocument = { 
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
document: DocumentInput, };

/**
 * Edits an expense.
 */
export type EditExpense = { 
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
expense: ExpenseInput, };

/**
 * Edits a check.
 */
export type EditInspection = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, 
/**
 * The new values. Findings that are left out are removed.
 */
inspection: InspectionInput, };

/**
 * Edits a leave.
 */
export type EditLeave = { 
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
leave: LeaveInput, };

/**
 * Edits a credit by hand.
 */
export type EditManualCredit = { 
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
credit: ManualCreditInput, };

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
 * Changes a plan's title and note.
 */
export type EditPlan = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, 
/**
 * Its title, required.
 */
title: string, 
/**
 * 说明
 */
note: string | null, };

/**
 * Changes a text by forms; comments and order stay.
 */
export type EditRules = { 
/**
 * The file.
 */
text: string, 
/**
 * What to change, in this order; paths are those after the edit before.
 */
edits: Array<RuleEdit>, };

/**
 * Edits a series for the future.
 */
export type EditSeries = { 
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
series: SeriesInput, };

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
 * A changed text.
 */
export type EditedRules = { 
/**
 * The file.
 */
text: string, 
/**
 * What is in it now.
 */
inspection: Inspection, };

/**
 * Ends a series.
 */
export type EndSeries = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, 
/**
 * The last day that it may fall on.
 */
on: string, };

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
 * Evidence that lies on paper.
 */
export type EvidenceView = { 
/**
 * Its key.
 */
id: string, 
/**
 * Whose; `null`: the session's as a whole.
 */
member: string | null, 
/**
 * 姓名
 */
name: string | null, 
/**
 * 会议记录, 签到表, 学习笔记.
 */
evidence: string, };

/**
 * As what a year's expenses are written.
 */
export type ExpenseFormat = "xlsx" | "csv";

/**
 * What a form says of an expense.
 */
export type ExpenseInput = { 
/**
 * In any usual spelling; required.
 */
date: string, 
/**
 * 类别; required.
 */
kind: string, 
/**
 * 事项; required.
 */
item: string, 
/**
 * 金额: `128.50`, `1,280元`; required.
 */
amount: string, 
/**
 * Who spent it; the book's own organization where absent.
 */
organization?: string | null, 
/**
 * For which session.
 */
session?: string | null, 
/**
 * 经办人
 */
handled_by?: string | null, 
/**
 * 凭证号
 */
voucher?: string | null, 
/**
 * 备注
 */
note?: string | null, };

/**
 * Names an expense.
 */
export type ExpenseRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * An expense.
 */
export type ExpenseRow = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 书籍, 报刊, 场地 …
 */
kind: string, 
/**
 * 事项
 */
item: string, 
/**
 * In yuan, two places.
 */
amount: string, 
/**
 * Who spent it.
 */
organization: ArchiveOrganization | null, 
/**
 * For which session.
 */
session: ArchiveSession | null, 
/**
 * 经办人
 */
handled_by: string | null, 
/**
 * 凭证号
 */
voucher: string | null, 
/**
 * 备注
 */
note: string | null, 
/**
 * Files attached to it.
 */
files: number, 
/**
 * Full pinyin and initials of its item.
 */
search_keys: Array<string>, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * A sum under a name.
 */
export type ExpenseSum = { 
/**
 * Of what.
 */
name: string, 
/**
 * How many expenses.
 */
count: number, 
/**
 * In yuan, two places.
 */
total: string, };

/**
 * The expenses of a year.
 */
export type ExpenseYear = { 
/**
 * By date.
 */
rows: Array<ExpenseRow>, 
/**
 * The year's sum in yuan, two places.
 */
total: string, 
/**
 * Sums by kind, largest first.
 */
by_kind: Array<ExpenseSum>, 
/**
 * Sums by organization, largest first.
 */
by_organization: Array<ExpenseSum>, 
/**
 * Sums of January to December.
 */
by_month: string[], 
/**
 * The kinds that forms offer.
 */
kinds: Array<string>, 
/**
 * Who has handled expenses, most often first.
 */
handlers: Array<string>, 
/**
 * Years that hold an expense, ascending.
 */
years: Array<number>, };

/**
 * A year's expenses that were written.
 */
export type ExpensesExported = { 
/**
 * The file's name.
 */
file_name: string, 
/**
 * Expenses in it.
 */
rows: number, 
/**
 * Their sum in yuan.
 */
total: string, };

/**
 * Writes a year's expenses to a file.
 */
export type ExportExpenses = { 
/**
 * The year.
 */
year: number, 
/**
 * Where, by token of a save dialog.
 */
file: string, 
/**
 * As what.
 */
format: ExpenseFormat, };

/**
 * A fact that changed since a closing.
 */
export type FactChange = { 
/**
 * The fact in words.
 */
fact: string, 
/**
 * Where it is shown; of one that is gone, where it was.
 */
link: FactLink, 
/**
 * What counted; `null`: it was not there.
 */
before: string | null, 
/**
 * What would count now; `null`: it is gone.
 */
after: string | null, };

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
id: string, } | { "page": "manual_credit", 
/**
 * Its key.
 */
id: string, } | { "page": "none" };

/**
 * A field of a record.
 */
export type Field = "staff_no" | "name" | "gender" | "born" | "party_status" | "party_joined" | "post" | "rank" | "department" | "organization" | "category" | "phone" | "remark" | "number" | "date" | "starts_at" | "amount" | "kind" | "title" | "theme" | "level" | "host" | "speaker" | "recorder" | "place" | "form" | "content" | "chars" | "session" | "signed" | "joined_at" | "left_at" | "stayed";

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
 * How much a finding matters.
 */
export type FindingSeverity = "error" | "warning" | "hint";

/**
 * A finding with its sentence.
 */
export type FindingView = { 
/**
 * What it is.
 */
code: string, 
/**
 * How much it matters.
 */
severity: FindingSeverity, 
/**
 * The line, counted from 1.
 */
line: number, 
/**
 * The column in characters, counted from 1.
 */
column: number, 
/**
 * The rule set in whose file the line stands, where that is a parent.
 */
rule_set: string | null, 
/**
 * What is wrong and what to do.
 */
text: string, };

/**
 * Where somebody's credits go at today's date.
 */
export type Forecast = { 
/**
 * How it stands.
 */
state: ForecastState, 
/**
 * What there should be by today: the requirement's share of the days
 * that are gone, today included.
 */
expected: string, 
/**
 * Behind that by so much; `null` where not behind.
 */
behind: string | null, 
/**
 * What would have to come every 30 days from now on; `null` where
 * nothing is missing or no day is left.
 */
needed_a_month: string | null, 
/**
 * Days of the period that are gone, today included.
 */
days_gone: number, 
/**
 * Days of the period.
 */
days: number, };

/**
 * How a forecast stands.
 */
export type ForecastState = "met" | "on_pace" | "behind" | "unreachable";

/**
 * A frozen ledger.
 */
export type FrozenView = { 
/**
 * The closing.
 */
closing: string, 
/**
 * When it was closed.
 */
closed_on: string, 
/**
 * By whom.
 */
closed_by: string, 
/**
 * The total as it was closed.
 */
total: string, 
/**
 * The supplement that holds now, where there is one: when and why.
 */
supplement: SupplementNote | null, 
/**
 * What the book gives now, where that is something else.
 */
now: string | null, 
/**
 * Facts that were added, changed or removed since.
 */
changes: Array<FactChange>, };

/**
 * How many have a grade.
 */
export type GradeCount = { 
/**
 * The grade; `null`: none.
 */
grade: string | null, 
/**
 * How many.
 */
count: number, };

/**
 * Somebody who sits in.
 */
export type GuestRequest = { 
/**
 * At which session.
 */
session: string, 
/**
 * The name; of a member it may be empty.
 */
name: string, 
/**
 * The member it is; absent: a guest from outside.
 */
member?: string | null, };

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
 * An earlier period in short.
 */
export type HistoryPeriod = { 
/**
 * Which.
 */
period: string, 
/**
 * What counted.
 */
total: string | null, 
/**
 * Whether it was enough.
 */
passed: boolean | null, 
/**
 * Requirements that were not met.
 */
short: Array<string>, 
/**
 * From where it is known.
 */
source: HistorySource, };

/**
 * Asks for the latest operations.
 */
export type HistoryRequest = { 
/**
 * How many at most.
 */
limit: number, };

/**
 * From where an earlier period is known.
 */
export type HistorySource = "counted" | "closed" | "opening";

/**
 * What a file of holidays says.
 */
export type HolidayFile = { 
/**
 * The calendar year.
 */
year: number, 
/**
 * The days that were read, by date.
 */
days: Array<HolidayView>, 
/**
 * The rows that were not.
 */
problems: Array<HolidayProblem>, };

/**
 * A row that was not read.
 */
export type HolidayProblem = { 
/**
 * Its number in the file, from 1.
 */
row: number, 
/**
 * The heading of the column.
 */
column: string, 
/**
 * Which sentence, under `error`.
 */
code: string, 
/**
 * What stands there.
 */
value: string, };

/**
 * Where a year's holidays come from.
 */
export type HolidaySource = "shipped" | "own" | "none";

/**
 * A day off, or a weekend day on which one works.
 */
export type HolidayView = { 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * Of which holiday.
 */
name: string, 
/**
 * Whether one works on it.
 */
work: boolean, };

/**
 * A year's holidays.
 */
export type HolidayYear = { 
/**
 * The calendar year.
 */
year: number, 
/**
 * Where they come from.
 */
source: HolidaySource, 
/**
 * The notice that the shipped ones were taken from.
 */
notice: string | null, 
/**
 * By date.
 */
days: Array<HolidayView>, };

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
export type ImportKind = "roster" | "sessions" | "attendance" | "self_study" | "sign_in";

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
 * An indicator.
 */
export type IndicatorHead = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
label: string, 
/**
 * 大项
 */
head: string | null, 
/**
 * Most points.
 */
max: string, 
/**
 * Fewest points.
 */
min: string, 
/**
 * Its weight.
 */
weight: string, 
/**
 * Who scores it by hand; empty: it comes from the records.
 */
scorers: Array<string>, 
/**
 * Each scorer's share of the points, parallel to `scorers`; 0: only for
 * comparison.
 */
shares: string[], 
/**
 * Points come in steps of this.
 */
step: string | null, 
/**
 * The formula as written, where it comes from the records.
 */
formula: string | null, 
/**
 * Where the document says so.
 */
source: string | null, 
/**
 * Whether a score needs a reason.
 */
reason: boolean, 
/**
 * The line in the file.
 */
line: number, };

/**
 * An indicator's points.
 */
export type IndicatorPoints = { 
/**
 * The indicator's id.
 */
id: string, 
/**
 * Whether the version that counts here has it.
 */
asked: boolean, 
/**
 * Before weight; `null` where not known.
 */
value: string | null, 
/**
 * After weight; `null` where not known.
 */
weighted: string | null, 
/**
 * Between what it lies before weight, where it is not known.
 */
range: Range | null, 
/**
 * What its formula asked the records for.
 */
from: Array<RecordValue>, 
/**
 * What was given by hand.
 */
scores: Array<ScoreView>, };

/**
 * A text to look at.
 */
export type InspectRules = { 
/**
 * The file.
 */
text: string, };

/**
 * What is in a rule file, and what is wrong with it.
 */
export type Inspection = { 
/**
 * What is wrong or worth a look, by line.
 */
findings: Array<FindingView>, 
/**
 * How many of them are errors.
 */
errors: number, 
/**
 * How many are warnings.
 */
warnings: number, 
/**
 * The file as tables and entries, for forms. Empty where it is not TOML.
 */
outline: Array<OutlineTable>, 
/**
 * What the names in it mean; `null` while there are errors.
 */
names: RuleNames | null, };

/**
 * The checks.
 */
export type InspectionBook = { 
/**
 * With overdue findings first, then with open ones, then the others;
 * each latest first.
 */
rows: Array<InspectionRow>, 
/**
 * Who has checked, most often first.
 */
inspectors: Array<string>, };

/**
 * Something that a check found.
 */
export type InspectionFinding = { 
/**
 * Its key.
 */
id: string, 
/**
 * What was found.
 */
text: string, 
/**
 * 整改期限
 */
due_on: string | null, 
/**
 * 整改日期; `null`: open.
 */
mended_on: string | null, 
/**
 * 整改人
 */
mended_by: string | null, 
/**
 * 整改情况
 */
mended_how: string | null, 
/**
 * Open, and its day has passed.
 */
overdue: boolean, 
/**
 * Mended after its day.
 */
late: boolean, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * What a form says of a finding.
 */
export type InspectionFindingInput = { 
/**
 * Which; absent: new.
 */
id?: string | null, 
/**
 * What was found.
 */
text: string, 
/**
 * 整改期限, in any usual spelling.
 */
due_on?: string | null, };

/**
 * What a form says of a check.
 */
export type InspectionInput = { 
/**
 * In any usual spelling; required.
 */
date: string, 
/**
 * 督查单位、人员; required.
 */
inspector: string, 
/**
 * Which organization was checked.
 */
organization?: string | null, 
/**
 * Which session was checked.
 */
session?: string | null, 
/**
 * 督查内容; required.
 */
subject: string, 
/**
 * 备注
 */
note?: string | null, 
/**
 * What it found, in order; lines without text are left out.
 */
findings: Array<InspectionFindingInput>, };

/**
 * A check by the superior.
 */
export type InspectionLine = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * By whom.
 */
inspector: string, 
/**
 * What about.
 */
subject: string, };

/**
 * Names a check.
 */
export type InspectionRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A check.
 */
export type InspectionRow = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 督查单位、人员
 */
inspector: string, 
/**
 * Which organization was checked.
 */
organization: ArchiveOrganization | null, 
/**
 * Which session was checked.
 */
session: ArchiveSession | null, 
/**
 * 督查内容
 */
subject: string, 
/**
 * 备注
 */
note: string | null, 
/**
 * What it found, in order.
 */
findings: Array<InspectionFinding>, 
/**
 * Findings that are not mended.
 */
open: number, 
/**
 * Open findings whose day has passed.
 */
overdue: number, 
/**
 * Files attached to it.
 */
files: number, 
/**
 * Full pinyin and initials of its subject.
 */
search_keys: Array<string>, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * Makes cards.
 */
export type IssueCards = { 
/**
 * Whose; in the order of the printed sheets.
 */
members: string[], };

/**
 * An item, for the branch or for one of its groups.
 */
export type ItemCoverage = { 
/**
 * The item's id.
 */
item: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Where it is written; may be empty.
 */
source: string, 
/**
 * The group's id, where it is about one.
 */
group: string | null, 
/**
 * The reading that was chosen, where there are several.
 */
chosen: string | null, 
/**
 * Every reading worked out; exactly one where the rule decides. The
 * chosen one alone where one is chosen.
 */
readings: Array<ReadingCoverage>, 
/**
 * Undecided where the readings differ.
 */
state: CoverageState, };

/**
 * How far an item is.
 */
export type ItemProgress = { 
/**
 * Done so far, in the target's unit, as exact text; `null` where
 * sessions don't tell (篇, 章).
 */
done: string | null, 
/**
 * Asked for, as exact text.
 */
target: string, 
/**
 * 次, 学时, 小时 …
 */
unit: string, 
/**
 * Held sessions whose length says nothing in this unit.
 */
uncounted: number, };

/**
 * Where an item stands.
 */
export type ItemState = "done" | "overdue" | "underway" | "unplanned";

/**
 * Names items of one plan.
 */
export type ItemsRequest = { 
/**
 * Which.
 */
ids: string[], };

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
 * A kind with its number.
 */
export type KindCount = { 
/**
 * The kind.
 */
kind: string, 
/**
 * Sessions that were not cancelled.
 */
count: number, };

/**
 * What a card says that is read later than the minutes of grace.
 */
export type LateTaken = "late" | "ask" | "present";

/**
 * The leaves of a span of days.
 */
export type LeaveBook = { 
/**
 * Latest first.
 */
rows: Array<LeaveRow>, 
/**
 * Who has approved leave in this book, most often first: what the form
 * proposes.
 */
approvers: Array<string>, };

/**
 * What a form says of a leave.
 */
export type LeaveInput = { 
/**
 * Whose.
 */
member: string, 
/**
 * 公假, 病假 or 事假.
 */
kind: AttendanceStatus, 
/**
 * The first day, in any usual spelling; required.
 */
from: string, 
/**
 * The last day; the first where absent.
 */
until?: string | null, 
/**
 * 事由
 */
reason?: string | null, 
/**
 * 批准人
 */
approver?: string | null, 
/**
 * 请假条: its number, or where it is kept.
 */
paper?: string | null, };

/**
 * A leave that covers the session's day and is not taken over.
 */
export type LeaveProposal = { 
/**
 * Which leave.
 */
leave: string, 
/**
 * 公假, 病假 or 事假.
 */
kind: AttendanceStatus, 
/**
 * The first day, `YYYY-MM-DD`.
 */
from: string, 
/**
 * The last day, `YYYY-MM-DD`.
 */
until: string, 
/**
 * 事由
 */
reason: string | null, 
/**
 * 批准人
 */
approver: string | null, 
/**
 * When it was written down, `YYYY-MM-DD`.
 */
entered_on: string, 
/**
 * Whether that was after the session (补交).
 */
late: boolean, };

/**
 * What removing a leave left behind.
 */
export type LeaveRemoved = { 
/**
 * How many marks had taken it over; they stay, without the paper.
 */
marks: number, };

/**
 * Names one leave.
 */
export type LeaveRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A leave in the book.
 */
export type LeaveRow = { 
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
 * Widened: 王　伟.
 */
display_name: string, 
/**
 * 工号
 */
staff_no: string | null, 
/**
 * 部门
 */
department: string | null, 
/**
 * Whether another member bears the same name.
 */
namesake: boolean, 
/**
 * Pinyin initials and full pinyin.
 */
search_keys: Array<string>, 
/**
 * 公假, 病假 or 事假.
 */
kind: AttendanceStatus, 
/**
 * The first day, `YYYY-MM-DD`.
 */
from: string, 
/**
 * The last day, `YYYY-MM-DD`.
 */
until: string, 
/**
 * How many days, both included.
 */
days: number, 
/**
 * 事由
 */
reason: string | null, 
/**
 * 批准人
 */
approver: string | null, 
/**
 * 请假条
 */
paper: string | null, 
/**
 * When it was written down, `YYYY-MM-DD`.
 */
entered_on: string, 
/**
 * The sessions of its days at which the member is required, by date.
 */
sessions: Array<LeaveSession>, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * A session that a leave touches.
 */
export type LeaveSession = { 
/**
 * Which.
 */
session: string, 
/**
 * `YYYY-MM-DD`.
 */
date: string, 
/**
 * 主题
 */
title: string, 
/**
 * The mark as it stands.
 */
status: AttendanceStatus, 
/**
 * Whether the mark took this leave over.
 */
taken: boolean, 
/**
 * Whether the session was held: a mark can be made.
 */
held: boolean, };

/**
 * How the leave stands that a mark took over.
 */
export type LeaveStanding = "holds" | "changed" | "removed";

/**
 * What taking leaves over did.
 */
export type LeaveTaken = { 
/**
 * How many marks say leave now.
 */
taken: number, };

/**
 * Asks for leaves.
 */
export type LeavesRequest = { 
/**
 * Those that touch this day or a later one, `YYYY-MM-DD`.
 */
from: string, 
/**
 * Those that touch this day or an earlier one, `YYYY-MM-DD`.
 */
until: string, 
/**
 * One member's; everybody's where absent.
 */
member?: string | null, };

/**
 * The ledger.
 */
export type Ledger = { 
/**
 * The first day, `YYYY-MM-DD`.
 */
from: string, 
/**
 * The last.
 */
to: string, 
/**
 * The columns, by date.
 */
sessions: Array<LedgerColumn>, 
/**
 * The rows, in 姓氏笔画 order.
 */
members: Array<LedgerRow>, 
/**
 * What cells say beyond their status.
 */
details: Array<LedgerDetail>, 
/**
 * All rows together, over the sessions held.
 */
total: LedgerTotal, 
/**
 * Which of the two rates the rules in use count by, and where they say so.
 */
reading: RateReading, 
/**
 * The kinds of the year's sessions, to filter by.
 */
kinds: Array<string>, 
/**
 * Their 专题.
 */
themes: Array<string>, };

/**
 * One session.
 */
export type LedgerColumn = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * `HH:MM`, where known.
 */
starts_at: string | null, 
/**
 * 类型
 */
kind: string, 
/**
 * 主题
 */
title: string, 
/**
 * 专题
 */
theme: string | null, 
/**
 * planned, held, cancelled. Only what was held counts in the rows'
 * totals.
 */
state: SessionState, 
/**
 * Whether its month is closed.
 */
closed: boolean, 
/**
 * How the members shown attended it.
 */
total: LedgerTotal, };

/**
 * What a cell says beyond its status.
 */
export type LedgerDetail = { 
/**
 * Index of the member.
 */
row: number, 
/**
 * Index of the session.
 */
column: number, 
/**
 * Minutes late or left early.
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
 * Whether it was made up for (补学).
 */
made_up: boolean, };

/**
 * Asks for the ledger of a year or a part of it. Filters that are absent
 * leave everything.
 */
export type LedgerRequest = { 
/**
 * The year.
 */
year: number, 
/**
 * From which day, in any usual spelling; the year's first where absent.
 */
from?: string | null, 
/**
 * Until which day; the year's last where absent.
 */
to?: string | null, 
/**
 * Members of this organization, or of one below it, while they were.
 */
organization?: string | null, 
/**
 * Sessions of this kind; also those that are of it besides.
 */
kind?: string | null, 
/**
 * Sessions on this 专题.
 */
theme?: string | null, 
/**
 * Sessions in this state; where absent those held, and those planned
 * whose day has come.
 */
state?: SessionState | null, 
/**
 * Members with this status at one of the sessions at least.
 */
status?: AttendanceStatus | null, };

/**
 * One member.
 */
export type LedgerRow = { 
/**
 * Their key.
 */
id: string, 
/**
 * 姓名
 */
name: string, 
/**
 * The name as official lists print it.
 */
display_name: string, 
/**
 * 工号
 */
staff_no: string | null, 
/**
 * 部门, which tells namesakes apart.
 */
department: string | null, 
/**
 * Pinyin initials and full pinyin.
 */
search_keys: Array<string>, 
/**
 * One character a session: `1` to `8` are the statuses in the order of
 * their keys (出席 迟到 早退 公假 病假 事假 缺席 不要求), `0` is 未登记,
 * a space: not on the roll.
 */
codes: string, 
/**
 * Over the sessions held.
 */
total: LedgerTotal, };

/**
 * Counts with their rates.
 */
export type LedgerTotal = { 
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
 * Somebody under a rule set whom a closing does not freeze.
 */
export type LeftOut = { 
/**
 * Who; `null`: an organization.
 */
member: string | null, 
/**
 * Which organization.
 */
organization: string | null, 
/**
 * The name.
 */
name: string, 
/**
 * 工号
 */
staff_no: string | null, 
/**
 * Why.
 */
why: LeftOutWhy, };

/**
 * Why somebody is not required.
 */
export type LeftOutReason = "not_yet_joined" | "moved" | "left" | "retired" | "long_leave" | "not_party_member" | "not_on_committee" | "not_on_list";

/**
 * Somebody who is not required.
 */
export type LeftOutView = { 
/**
 * Why.
 */
reason: LeftOutReason, 
/**
 * What says so, where there is a word: 离退休, 产假.
 */
detail: string | null, 
/**
 * From which day (joined, moved, left), or until which (long leave);
 * `YYYY-MM-DD`.
 */
day: string | null, 
/**
 * Who.
 */
member: string, 
/**
 * 姓名
 */
name: string, 
/**
 * 部门, where another bears the same name.
 */
department: string | null, };

/**
 * Why somebody is left out of a closing.
 */
export type LeftOutWhy = "closed" | "outside" | "left" | "period";

/**
 * What one person missed, or what was missed of one session.
 */
export type MakeUpGroup = { 
/**
 * The member's or the session's key.
 */
id: string, 
/**
 * The name or the 主题.
 */
title: string, 
/**
 * 部门, or 类型.
 */
detail: string | null, 
/**
 * The session's day, `YYYY-MM-DD`.
 */
date: string | null, 
/**
 * The group's figures.
 */
total: MakeUpTotal, 
/**
 * By date, or in 姓氏笔画 order.
 */
lines: Array<MakeUpLine>, };

/**
 * One absence.
 */
export type MakeUpLine = { 
/**
 * Of which session.
 */
session: string, 
/**
 * Its day, `YYYY-MM-DD`.
 */
date: string, 
/**
 * 主题
 */
title: string, 
/**
 * 类型
 */
kind: string, 
/**
 * Whose.
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
 * 部门, which tells namesakes apart.
 */
department: string | null, 
/**
 * How it was missed.
 */
status: AttendanceStatus, 
/**
 * By when it is to be made up, `YYYY-MM-DD`.
 */
due_on: string, 
/**
 * Days from today to then; less than zero: so many days late.
 */
days_left: number, 
/**
 * How it stands.
 */
state: MakeUpState, 
/**
 * The make-up, where there is one.
 */
make_up: MakeUpView | null, };

/**
 * Names one make-up.
 */
export type MakeUpRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * How an absence stands.
 */
export type MakeUpState = "owed" | "overdue" | "done" | "done_late" | "done_unknown" | "voluntary";

/**
 * Figures of some absences.
 */
export type MakeUpTotal = { 
/**
 * To make up: missed without 公假.
 */
missed: number, 
/**
 * Of them made up.
 */
done: number, 
/**
 * Of those made up: not checked yet.
 */
unchecked: number, 
/**
 * Of them not made up, and the day is over.
 */
overdue: number, 
/**
 * Of them not made up, and there is still time.
 */
owed: number, 
/**
 * 出勤率
 */
rate: AttendanceRate, 
/**
 * 含补学出勤率
 */
rate_with_make_up: AttendanceRate, };

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
evidence: string | null, 
/**
 * Who checked it.
 */
checker: string | null, 
/**
 * When it was checked, `YYYY-MM-DD`.
 */
checked_on: string | null, };

/**
 * How make-ups are put together.
 */
export type MakeUpsBy = "person" | "session";

/**
 * Names several make-ups.
 */
export type MakeUpsChosen = { 
/**
 * Which; at least one.
 */
ids: string[], };

/**
 * A year's make-ups.
 */
export type MakeUpsRequest = { 
/**
 * The calendar year of the missed sessions.
 */
year: number, 
/**
 * How they are put together.
 */
by: MakeUpsBy, };

/**
 * What was missed in a year, and what of it was made up.
 */
export type MakeUpsYear = { 
/**
 * The day it was looked from, `YYYY-MM-DD`.
 */
as_of: string, 
/**
 * Days after a session in which it is to be made up.
 */
days: number, 
/**
 * Of the whole year.
 */
total: MakeUpTotal, 
/**
 * By person in 姓氏笔画 order, or by session by date; those without
 * anything missed are left out.
 */
groups: Array<MakeUpGroup>, 
/**
 * 补学形式 that were used, most used first.
 */
forms: Array<string>, };

/**
 * What a form says of a credit by hand.
 */
export type ManualCreditInput = { 
/**
 * Whose.
 */
member: string, 
/**
 * The rule set's key; `null`: in every rule set that has the category.
 */
rule_set?: string | null, 
/**
 * The category's id.
 */
category: string, 
/**
 * In any usual spelling.
 */
date: string, 
/**
 * `2`, `-0.5`, `1/3`
 */
amount: string, 
/**
 * Why; must be there.
 */
reason: string, 
/**
 * 文号
 */
document?: string | null, 
/**
 * What proves it.
 */
evidence?: string | null, 
/**
 * The fact in whose place it stands.
 */
corrects?: string | null, 
/**
 * `null`: accepted.
 */
state?: Approval | null, };

/**
 * Names a credit by hand.
 */
export type ManualCreditRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A credit by hand.
 */
export type ManualCreditView = { 
/**
 * Its key.
 */
id: string, 
/**
 * Whose.
 */
member: string, 
/**
 * The name.
 */
member_name: string, 
/**
 * The rule set's key; `null`: in every rule set that has the category.
 */
rule_set: string | null, 
/**
 * The category's id.
 */
category: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * How much; may be less than nothing.
 */
amount: string, 
/**
 * Why.
 */
reason: string, 
/**
 * 文号
 */
document: string | null, 
/**
 * What proves it.
 */
evidence: string | null, 
/**
 * The fact in whose place it stands, as [`super::credits::CreditEntry::fact_id`].
 */
corrects: string | null, 
/**
 * Whether it counts.
 */
state: Approval, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * Asks for the credits by hand of a year.
 */
export type ManualCreditsRequest = { 
/**
 * The calendar year.
 */
year: number, 
/**
 * Only this member's, where given.
 */
member?: string | null, };

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
remark?: string | null, 
/**
 * 批准人 of the leave; unchanged where absent, empty clears. Belongs to a
 * leave and goes with it.
 */
approver?: string | null, 
/**
 * Whether the clerk knows that the roll is closed; else a closed one
 * refuses.
 */
although_closed?: boolean | null, };

/**
 * How a mark came about, where nobody typed it.
 */
export type MarkOrigin = "card" | "import" | "leave";

/**
 * 其余全部出席: marks only those who have no mark yet and no leave.
 */
export type MarkRest = { 
/**
 * At which session.
 */
session: string, 
/**
 * As what.
 */
status: AttendanceStatus, 
/**
 * Whether the clerk knows that the roll is closed.
 */
although_closed?: boolean | null, };

/**
 * One member's mark at a session.
 */
export type MarkView = { 
/**
 * The status; `unmarked` where nothing was ever said. Of leave it is the
 * kind.
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
 * 批准人 of the leave.
 */
approver: string | null, 
/**
 * How the mark came about; `null`: by hand.
 */
source: MarkOrigin | null, 
/**
 * Of a mark that took a leave over: how that leave stands now.
 */
leave: LeaveStanding | null, 
/**
 * The make-up, where there is one.
 */
make_up: MakeUpView | null, };

/**
 * A member's mark as it now stands, with the session's new count.
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
 * What a leave proposes now.
 */
proposal: LeaveProposal | null, 
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
 * Asks for one member's.
 */
export type MemberCommendationsRequest = { 
/**
 * Whose.
 */
member: string, };

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
 * Every credit, by date; what a cap took away stays with nothing.
 */
entries: Array<CreditEntry>, 
/**
 * The rule set.
 */
set: SetView, 
/**
 * Every rule set that counts for this member in the year, in short.
 */
sets: Array<MemberSet>, 
/**
 * The rule set's categories, buckets in the order of the file.
 */
categories: Array<CategoryView>, 
/**
 * What gave nothing, and why: no evidence, not there, too short.
 */
refused: Array<CreditEntry>, 
/**
 * Entries that wait for approval, or were returned.
 */
waiting: Array<WaitingFact>, 
/**
 * Facts that no category takes.
 */
unmatched: Array<WaitingFact>, 
/**
 * Every requirement.
 */
requirements: Array<RequirementLine>, 
/**
 * What goes into the next period.
 */
carry_out: Array<CarryView>, 
/**
 * Longer spans.
 */
cycles: Array<CycleView>, 
/**
 * Earlier periods in short, earliest first.
 */
history: Array<HistoryPeriod>, 
/**
 * Duties and when they fall due.
 */
obligations: Array<ObligationView>, 
/**
 * What the rules do not decide.
 */
questions: Array<QuestionView>, 
/**
 * The result under each combination of readings; empty where everything
 * is decided.
 */
outcomes: Array<OutcomeView>, 
/**
 * What a reader should look at, in words.
 */
notices: Array<string>, 
/**
 * Where the ledger is frozen.
 */
frozen: FrozenView | null, };

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
member: string, 
/**
 * Under which rule set, by its key; `null`: the first that is in use.
 */
rule_set?: string | null, };

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
 * Names something that is known of a member.
 */
export type MemberFactRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * What is known of a member beyond the roster's fields.
 */
export type MemberFactView = { 
/**
 * Its key.
 */
id: string, 
/**
 * Whose.
 */
member: string, 
/**
 * What kind.
 */
kind: MemberFactWord, 
/**
 * `party_post`, 挂职: rules call it `person.<name>`; of a review its name
 * (年度考核); of leave empty.
 */
name: string, 
/**
 * The value; of leave its kind (病假).
 */
value: string, 
/**
 * The first day; `null`: from the beginning.
 */
from: string | null, 
/**
 * The last day; `null`: until further notice.
 */
until: string | null, 
/**
 * From where it is known, who approved it.
 */
reason: string | null, };

/**
 * What kind of thing is known of a member.
 */
export type MemberFactWord = "attribute" | "review" | "leave";

/**
 * Asks what is known of a member.
 */
export type MemberFactsRequest = { 
/**
 * Whose.
 */
member: string, };

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
 * A rule set's result for a member, in short.
 */
export type MemberSet = { 
/**
 * The rule set.
 */
set: SetView, 
/**
 * What the total must reach.
 */
required: string | null, 
/**
 * What counts; where undecided, the least.
 */
earned: string, 
/**
 * Between what it lies, where it is undecided.
 */
range: Range | null, 
/**
 * The result; `null`: undecided.
 */
verdict: VerdictView | null, };

/**
 * Says that a finding was mended.
 */
export type MendFinding = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that was seen.
 */
revision: number, 
/**
 * When, in any usual spelling; today where absent.
 */
on?: string | null, 
/**
 * 整改人
 */
by?: string | null, 
/**
 * 整改情况
 */
how?: string | null, };

/**
 * Who closed a month, and when.
 */
export type MonthClosed = { 
/**
 * By whom.
 */
by: string, 
/**
 * `YYYY-MM-DD`
 */
on: string, };

/**
 * A closing that was opened again.
 */
export type MonthReopened = { 
/**
 * Who closed it, and when.
 */
closed: MonthClosed, 
/**
 * Who opened it again.
 */
by: string, 
/**
 * `YYYY-MM-DD`
 */
on: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Where a month stands.
 */
export type MonthRow = { 
/**
 * `YYYY-MM`
 */
month: string, 
/**
 * Sessions in it that are not cancelled.
 */
sessions: number, 
/**
 * Those that were held.
 */
held: number, 
/**
 * Those whose roll is still open: never taken though the day has come,
 * or taken with somebody unmarked and not closed.
 */
open_rolls: Array<OpenRoll>, 
/**
 * Marks that are missing in sessions held.
 */
unmarked: number, 
/**
 * Whether its last day has come: only then it can be closed.
 */
over: boolean, 
/**
 * Under which closing it is closed now.
 */
closed: MonthClosed | null, 
/**
 * Closings that were opened again, earliest first.
 */
reopened: Array<MonthReopened>, 
/**
 * Changes that were made in it with a reason.
 */
supplements: number, };

/**
 * A change in a closed month.
 */
export type MonthSupplementView = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM`
 */
month: string, 
/**
 * Of which session, should it still be there.
 */
session: string | null, 
/**
 * Whose mark, where it was one member's.
 */
member: string | null, 
/**
 * What was changed: the session's day and title, whose mark.
 */
subject: string, 
/**
 * Why.
 */
reason: string, 
/**
 * By whom.
 */
by: string, 
/**
 * `YYYY-MM-DD`
 */
on: string, 
/**
 * The operation that changed it.
 */
operation: OperationLabel, 
/**
 * For an undo or a redo: the name of what was taken back or done again.
 */
undoes: string | null, 
/**
 * Whether the change was taken back since.
 */
undone: boolean, };

/**
 * Where the months of a year stand.
 */
export type MonthsYear = { 
/**
 * January first.
 */
months: Array<MonthRow>, };

/**
 * Puts an item at a place among its plan's.
 */
export type MovePlanItem = { 
/**
 * Which.
 */
id: string, 
/**
 * Its new place, from 0.
 */
to: number, };

/**
 * Moves a planned session to another day.
 */
export type MoveSession = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that was seen.
 */
revision: number, 
/**
 * To which day.
 */
date: string, };

/**
 * Puts a 专题 at a place among its plan's.
 */
export type MoveTheme = { 
/**
 * Which.
 */
id: string, 
/**
 * Its new place, from 0.
 */
to: number, };

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
 * Something that a rule set defines.
 */
export type NamedEntry = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its label.
 */
label: string, 
/**
 * Its line.
 */
line: number, };

/**
 * A request without content.
 */
export type Nothing = Record<symbol, never>;

/**
 * A duty.
 */
export type ObligationView = { 
/**
 * Its name.
 */
label: string, 
/**
 * The fact that brought it, in words.
 */
fact: string, 
/**
 * Where that is shown.
 */
link: FactLink, 
/**
 * By when; `null`: at a next occasion that is not known yet.
 */
due: string | null, 
/**
 * When it was done.
 */
done_on: string | null, 
/**
 * How it stands.
 */
state: ObligationWord, };

/**
 * How a duty stands.
 */
export type ObligationWord = "done" | "late" | "open" | "overdue";

/**
 * A report.
 */
export type ObserverReportView = { 
/**
 * Its key.
 */
id: string, 
/**
 * `null`: a draft.
 */
submitted_on: string | null, 
/**
 * Its text.
 */
body: string, 
/**
 * 字数
 */
words: number, 
/**
 * Whether it is longer than the practice asks.
 */
too_long: boolean, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * Somebody who sat in on a session, with their report.
 */
export type ObserverRow = { 
/**
 * On which session.
 */
session: string, 
/**
 * Its day, `YYYY-MM-DD`.
 */
date: string, 
/**
 * 主题
 */
title: string, 
/**
 * The name.
 */
observer: string, 
/**
 * The member, where certain.
 */
member: string | null, 
/**
 * The day by which the report is to come: ten working days later.
 */
due_on: string | null, 
/**
 * Where it stands.
 */
state: ReportState, 
/**
 * The report, where something was written down.
 */
report: ObserverReportView | null, 
/**
 * Pinyin of the name.
 */
search_keys: Array<string>, };

/**
 * Asks who sat in.
 */
export type ObserversRequest = { 
/**
 * On the sessions of this year; or
 */
year?: number | null, 
/**
 * on this session.
 */
session?: string | null, };

/**
 * One occurrence.
 */
export type OccurrenceView = { 
/**
 * The day by the pattern: which occurrence it is.
 */
series_date: string, 
/**
 * The day on which it stands; `null`: left out.
 */
date: string | null, 
/**
 * Its session.
 */
session: string | null, 
/**
 * Of the session.
 */
state: SessionState | null, 
/**
 * Why it was left out, where somebody said so.
 */
reason: string | null, };

/**
 * What happens to an occurrence on a day off. Of a weekday chosen as such
 * only a holiday is a day off: who meets on Saturdays meant Saturdays. Of a
 * day of the month a weekend is one, too.
 */
export type OnHoliday = "keep" | "skip" | "before" | "after";

/**
 * A question that is open for several members.
 */
export type OpenQuestionView = { 
/**
 * The question, as the first of them has it.
 */
question: QuestionView, 
/**
 * For whom it is open: keys of members.
 */
members: string[], };

/**
 * A session whose roll is still open.
 */
export type OpenRoll = { 
/**
 * Which.
 */
session: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 主题
 */
title: string, 
/**
 * Marks that are missing.
 */
unmarked: number, };

/**
 * The rolls of today, and those left open before.
 */
export type OpenRolls = { 
/**
 * Today's sessions that are not cancelled, by time.
 */
today: Array<OpenRoll>, 
/**
 * Earlier ones whose roll was not closed and lacks marks, latest first;
 * of the last 366 days.
 */
open: Array<OpenRoll>, };

/**
 * Names an opening record.
 */
export type OpeningRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * An opening record.
 */
export type OpeningView = { 
/**
 * Its key.
 */
id: string, 
/**
 * Whose.
 */
member: string, 
/**
 * The name.
 */
member_name: string, 
/**
 * The rule set's key.
 */
rule_set: string, 
/**
 * Which period: `2024`.
 */
period: string, 
/**
 * What was counted.
 */
total: string | null, 
/**
 * Whether the requirements were met; `null`: not known.
 */
passed: boolean | null, 
/**
 * Buckets and amounts.
 */
buckets: [string, string][], 
/**
 * Requirements that were not met, by id.
 */
short: Array<string>, 
/**
 * The grade.
 */
grade: string | null, 
/**
 * What it handed on: bucket and amount; `null`: as the rules say.
 */
carry: [string, string][] | null, 
/**
 * From where it is known.
 */
reason: string, 
/**
 * 文号
 */
document: string | null, };

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
 * 成立日期, `YYYY-MM-DD`; `null`: before anything that is asked.
 */
established_on: string | null, 
/**
 * 撤销日期: the last day.
 */
closed_on: string | null, 
/**
 * Whether there is a 支委会; `null`: as the number of full members says.
 */
committee: boolean | null, 
/**
 * Whether there is a 中心组.
 */
study_group: boolean, 
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
 * The result under certain readings.
 */
export type OutcomeView = { 
/**
 * Question key and reading id.
 */
choices: Array<[string, string]>, 
/**
 * What counts.
 */
total: string, 
/**
 * What the total must reach.
 */
required: string | null, 
/**
 * The result.
 */
verdict: VerdictView, };

/**
 * One entry of a table.
 */
export type OutlineEntry = { 
/**
 * How edits name it: `category/2`, `category/2/award/0`; empty for the
 * head of the file.
 */
path: string, 
/**
 * Its line, counted from 1.
 */
line: number, 
/**
 * Its `id`, where it has one.
 */
id: string | null, 
/**
 * What is written in it, in the order of the file.
 */
fields: Array<OutlineField>, 
/**
 * Tables within it.
 */
tables: Array<OutlineTable>, };

/**
 * One field of an entry.
 */
export type OutlineField = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its line.
 */
line: number, 
/**
 * Its value: text, true/false, whole number, list, or an object for
 * `{ … }`.
 */
value: unknown, 
/**
 * The names within a value of `{ … }` in the order of the file, those
 * of the values within it among them: an object has none of its own.
 */
keys: Array<string>, 
/**
 * The value as written.
 */
raw: string, };

/**
 * A table of the file: `[period]`, or all of `[[category]]`.
 */
export type OutlineTable = { 
/**
 * Its name: `category`; empty for the head of the file.
 */
name: string, 
/**
 * Whether it is written `[[…]]`.
 */
list: boolean, 
/**
 * Its entries in the order of the file; exactly one where it is no list.
 */
entries: Array<OutlineEntry>, };

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
 * A field of a session's papers.
 */
export type PaperField = "agenda" | "notified_on" | "minutes" | "resolutions" | "summary" | "checked_by" | "checked_on" | "audience";

/**
 * What is written of a session's papers.
 */
export type PaperView = { 
/**
 * 议程
 */
agenda: string | null, 
/**
 * `YYYY-MM-DD`: when the notice went out.
 */
notified_on: string | null, 
/**
 * 会议记录
 */
minutes: string | null, 
/**
 * 决议
 */
resolutions: string | null, 
/**
 * 总结
 */
summary: string | null, 
/**
 * 检查人
 */
checked_by: string | null, 
/**
 * `YYYY-MM-DD`: 检查日期
 */
checked_on: string | null, 
/**
 * 听众人数
 */
audience: number | null, 
/**
 * Something is put to the vote.
 */
vote: boolean, 
/**
 * Somebody is elected.
 */
election: boolean, };

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
 * How often. Weekdays count from 1, Monday, to 7, Sunday.
 */
export type Pattern = { "every": "week", 
/**
 * 1: every week.
 */
interval: number, 
/**
 * At least one.
 */
weekdays: Array<number>, } | { "every": "month_weekday", 
/**
 * 1: every month.
 */
interval: number, 
/**
 * 1 to 5, or -1: the last.
 */
nth: number, 
/**
 * 1 to 7.
 */
weekday: number, } | { "every": "month_day", 
/**
 * 1: every month.
 */
interval: number, 
/**
 * 1 to 31, or -1: the last.
 */
day: number, };

/**
 * One part in a session, for print.
 */
export type PersonPart = { 
/**
 * Which part.
 */
role: Role, 
/**
 * Widened: 王　伟.
 */
display_name: string, };

/**
 * Somebody of the book.
 */
export type PersonView = { 
/**
 * Who.
 */
member: string, 
/**
 * 姓名
 */
name: string, 
/**
 * 部门, where another bears the same name.
 */
department: string | null, };

/**
 * A plan after a copy.
 */
export type PlanCopied = { 
/**
 * The plan.
 */
plan: PlanView, 
/**
 * 专题 made.
 */
themes: number, 
/**
 * Items made.
 */
items: number, 
/**
 * Items that the plan had already.
 */
standing: number, };

/**
 * Somebody's plan, where there is one, and the plan of the year before.
 */
export type PlanFound = { 
/**
 * The plan.
 */
plan: PlanView | null, 
/**
 * The plan of the latest earlier year, from which this one can be copied.
 */
earlier: PlanRow | null, };

/**
 * Names a plan.
 */
export type PlanIdRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * An item that a session may carry out.
 */
export type PlanItemChoice = { 
/**
 * Its key.
 */
id: string, 
/**
 * What is studied.
 */
title: string, 
/**
 * Whose plan it stands in.
 */
whose: string, };

/**
 * What a form says of an item.
 */
export type PlanItemInput = { 
/**
 * Under which 专题.
 */
theme: string | null, 
/**
 * What is studied, required.
 */
title: string, 
/**
 * 形式
 */
form: string | null, 
/**
 * 学习资料
 */
material: string | null, 
/**
 * 主讲
 */
speaker: string | null, 
/**
 * How much of what: `2次`, `8学时`; a bare number is 次.
 */
target: string | null, 
/**
 * When it is due: `3月`, `一季度`, `2026-03-15`.
 */
due: string | null, 
/**
 * 备注
 */
note: string | null, };

/**
 * The plan's item that a session carries out.
 */
export type PlanItemLink = { 
/**
 * The item's title.
 */
title: string, 
/**
 * The plan's.
 */
plan: string, };

/**
 * An item.
 */
export type PlanItemView = { 
/**
 * Its key.
 */
id: string, 
/**
 * Under which 专题.
 */
theme: string | null, 
/**
 * What is studied.
 */
title: string, 
/**
 * 形式
 */
form: string | null, 
/**
 * 学习资料
 */
material: string | null, 
/**
 * 主讲
 */
speaker: string | null, 
/**
 * `2次`
 */
target: string | null, 
/**
 * `2026-03`, `2026-03-15`, `2026-Q1`
 */
due: string | null, 
/**
 * The last day on which it is in time.
 */
due_on: string | null, 
/**
 * 1 to 4, where it has a due.
 */
quarter: number | null, 
/**
 * 备注
 */
note: string | null, 
/**
 * Its sessions, by date.
 */
sessions: Array<PlanSession>, 
/**
 * Held and asked for, where it has a target.
 */
progress: ItemProgress | null, 
/**
 * Where it stands.
 */
state: ItemState, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * Somebody's plan of a year: of an organization, or of a person.
 */
export type PlanRequest = { 
/**
 * The calendar year.
 */
year: number, 
/**
 * Whose; the member's where empty.
 */
organization: string | null, 
/**
 * Whose; the organization's where empty.
 */
member?: string | null, };

/**
 * A plan in a list.
 */
export type PlanRow = { 
/**
 * Its key.
 */
id: string, 
/**
 * The calendar year.
 */
year: number, 
/**
 * Whose, of an organization's.
 */
organization: string | null, 
/**
 * Whose, of a person's.
 */
member: string | null, 
/**
 * The name of either.
 */
whose: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its items.
 */
items: number, };

/**
 * A session of an item.
 */
export type PlanSession = { 
/**
 * Its key.
 */
id: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 类型
 */
kind: string, 
/**
 * 主题
 */
title: string, 
/**
 * planned, held, cancelled.
 */
state: SessionState, };

/**
 * A plan with everything in it.
 */
export type PlanView = { 
/**
 * Its key.
 */
id: string, 
/**
 * The calendar year.
 */
year: number, 
/**
 * Whose, of an organization's.
 */
organization: string | null, 
/**
 * Whose, of a person's.
 */
member: string | null, 
/**
 * The name of either.
 */
whose: string, 
/**
 * Its title.
 */
title: string, 
/**
 * 说明
 */
note: string | null, 
/**
 * 专题, in order.
 */
themes: Array<ThemeView>, 
/**
 * 条目, in order.
 */
items: Array<PlanItemView>, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * One occurrence of a form.
 */
export type PreviewDay = { 
/**
 * The day by the pattern.
 */
series_date: string, 
/**
 * The day on which it would stand; `null`: left out.
 */
date: string | null, 
/**
 * The holiday that it fell on.
 */
holiday: string | null, };

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
 * Asks what a form would do.
 */
export type PreviewSeries = { 
/**
 * The series that is edited; `null`: a new one.
 */
id: string | null, 
/**
 * The form.
 */
series: SeriesInput, };

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
 * A warning that was put off.
 */
export type PutOff = { 
/**
 * The warning.
 */
warning: Warning, 
/**
 * On which day it is back, `YYYY-MM-DD`; `null`: never.
 */
until: string | null, 
/**
 * Why.
 */
reason: string, 
/**
 * By whom.
 */
by: string, 
/**
 * When, `YYYY-MM-DD`.
 */
on: string, };

/**
 * Puts warnings off.
 */
export type PutOffWarnings = { 
/**
 * The year in which they stand.
 */
year: number, 
/**
 * Which, by key; at least one.
 */
keys: Array<string>, 
/**
 * On which day they are to be back, in any usual spelling; absent: they
 * are not.
 */
until?: string | null, 
/**
 * Why; not empty.
 */
reason: string, };

/**
 * A QR code.
 */
export type QrDrawing = { 
/**
 * Width and height, the blank margin included, in modules.
 */
size: number, 
/**
 * The dark modules, as the `d` of an SVG path.
 */
path: string, };

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
 * What the rules do not decide.
 */
export type QuestionView = { 
/**
 * Its key: decisions name it.
 */
key: string, 
/**
 * In words.
 */
text: string, 
/**
 * The fact that raised it.
 */
fact: string | null, 
/**
 * The fact in words.
 */
fact_text: string | null, 
/**
 * The line in the rule file; 0: the file does not say.
 */
line: number, 
/**
 * The readings; where a value is wanted, the ends of its range.
 */
readings: Array<ReadingView>, 
/**
 * Whether a number is wanted, not a reading.
 */
wants_value: boolean, 
/**
 * Whether a decision would most likely be one for everybody, not for
 * this member alone.
 */
for_all: boolean, };

/**
 * For what a quorum is needed.
 */
export type QuorumAt = "meeting" | "vote" | "election";

/**
 * Of whom a quorum is counted.
 */
export type QuorumOf = "expected" | "entitled";

/**
 * Whether enough were there.
 */
export type QuorumOutcome = "met" | "short" | "unknown";

/**
 * How a quorum stands.
 */
export type QuorumState = { 
/**
 * For what.
 */
at: QuorumAt, 
/**
 * Of whom.
 */
of: QuorumOf, 
/**
 * The least share of them.
 */
share: string, 
/**
 * How many were there.
 */
present: number | null, 
/**
 * Of how many.
 */
expected: number | null, 
/**
 * Whether they suffice.
 */
outcome: QuorumOutcome, };

/**
 * Whether enough are there.
 */
export type QuorumView = { 
/**
 * For what: the meeting, a vote, an election.
 */
at: QuorumAt, 
/**
 * Of whom: of 应到, or of those entitled to vote.
 */
of: QuorumOf, 
/**
 * The least share, which itself suffices: 1/2.
 */
share: string, 
/**
 * How many are there.
 */
present: number, 
/**
 * Of how many.
 */
expected: number, 
/**
 * How many it takes.
 */
needed: number, 
/**
 * Whether they suffice; nobody expected never suffices.
 */
enough: boolean, 
/**
 * How many votes carry it, where something is voted on or somebody
 * elected.
 */
votes_to_pass: number | null, 
/**
 * Where it is written.
 */
source: string, };

/**
 * A quota.
 */
export type QuotaView = { 
/**
 * Its name.
 */
label: string, 
/**
 * Before rounding.
 */
raw: string | null, 
/**
 * Places; `null` where undecided.
 */
places: string | null, 
/**
 * Those who have the grade, best first.
 */
candidates: string[], 
/**
 * Those of whom it is undecided whether they have it.
 */
perhaps: string[], 
/**
 * Those for whom there is no place under every reading.
 */
over: string[], 
/**
 * Equals at the border, of whom the scheme does not say what becomes of
 * them: see the questions.
 */
tied: string[], 
/**
 * The line in the file.
 */
line: number, };

/**
 * Between what an undecided amount lies.
 */
export type Range = { 
/**
 * At least.
 */
min: string, 
/**
 * At most; `null`: nothing limits it.
 */
max: string | null, };

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
 * A place of a ranking.
 */
export type RankingPlace = { 
/**
 * Equal amounts share a place.
 */
place: number, 
/**
 * Who.
 */
member: string, 
/**
 * How much.
 */
amount: string, };

/**
 * A ranking.
 */
export type RankingView = { 
/**
 * Its name.
 */
label: string, 
/**
 * Who stands where.
 */
places: Array<RankingPlace>, 
/**
 * The line in the file.
 */
line: number, };

/**
 * A line of a rule set that goes by a rate.
 */
export type RateLine = { 
/**
 * The rule set's name.
 */
rule_set: string, 
/**
 * What goes by it: an indicator, a veto.
 */
label: string, 
/**
 * The line in its file.
 */
line: number, 
/**
 * Whether make-ups count as attended there.
 */
with_make_up: boolean, };

/**
 * Which rate the rules in use count by.
 */
export type RateReading = { 
/**
 * Where they say so; empty: the default reading, both rates side by side.
 */
lines: Array<RateLine>, };

/**
 * A card was read at a roll.
 */
export type ReadCard = { 
/**
 * At which session.
 */
session: string, 
/**
 * What the reader typed.
 */
text: string, 
/**
 * When, by the clock of the machine: `2025-12-15T14:32:05`.
 */
at: string, 
/**
 * What the clerk, once asked, has marked: 迟到; anything else is 出席.
 */
answer?: AttendanceStatus | null, 
/**
 * Whether the clerk knows that the roll is closed.
 */
although_closed?: boolean | null, };

/**
 * Reads a file of holidays.
 */
export type ReadHolidays = { 
/**
 * The file, by token.
 */
file: string, 
/**
 * The calendar year that it is for.
 */
year: number, };

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
answers: Record<string, string>, 
/**
 * Of a sign-in list: of which session, and how its times are read.
 */
sign_in?: SignInReading | null, };

/**
 * A way to read how often.
 */
export type ReadingChoice = { 
/**
 * By which it is chosen.
 */
id: string, 
/**
 * What it says.
 */
label: string, 
/**
 * Who reads it so; may be empty.
 */
source: string, };

/**
 * An item under one reading.
 */
export type ReadingCoverage = { 
/**
 * The reading's id; empty where the item has only one.
 */
reading: string, 
/**
 * What it says; empty where the item has only one.
 */
label: string, 
/**
 * Where it is written; empty: as the item.
 */
source: string, 
/**
 * How wide its windows are.
 */
every: CoverageEvery, 
/**
 * In order of time.
 */
windows: Array<WindowCoverage>, 
/**
 * Of all windows: short before undecided before not yet due before met.
 */
state: CoverageState, };

/**
 * One way to read an open question.
 */
export type ReadingView = { 
/**
 * What a decision names.
 */
id: string, 
/**
 * In words.
 */
label: string, 
/**
 * What the total would be, other questions read any way.
 */
range: Range | null, 
/**
 * Whether nothing limits it from above.
 */
unbounded: boolean, };

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
 * Decides a question.
 */
export type RecordDecision = { 
/**
 * The rule set's key.
 */
rule_set: string, 
/**
 * The question's key, as [`super::credits::QuestionView::key`].
 */
question: string, 
/**
 * For whom; `null`: for everybody.
 */
member?: string | null, 
/**
 * The fact that it is about.
 */
fact?: string | null, 
/**
 * The reading chosen; exactly one of this and `value`.
 */
reading?: string | null, 
/**
 * The number given: `5`, `0.5`, `1/3`.
 */
value?: string | null, 
/**
 * Why; must be there.
 */
reason: string, 
/**
 * 文号
 */
document?: string | null, };

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
evidence: string | null, 
/**
 * Who checked it; absent where nobody has.
 */
checker?: string | null, 
/**
 * When it was checked; today where absent.
 */
checked_on?: string | null, };

/**
 * Records that several absences were made up together.
 */
export type RecordMakeUps = { 
/**
 * Which absences; at least one. One that was made up already is
 * corrected.
 */
absences: Array<Absence>, 
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
evidence: string | null, 
/**
 * Who checked it; absent where nobody has.
 */
checker: string | null, 
/**
 * When it was checked; today where absent.
 */
checked_on: string | null, };

/**
 * Records the result of an earlier period; one of the same period is
 * replaced.
 */
export type RecordOpening = { 
/**
 * Whose.
 */
member: string, 
/**
 * The rule set's key.
 */
rule_set: string, 
/**
 * Which period: `2024`.
 */
period: string, 
/**
 * What was counted: `91`, `16.5`, `1/3`.
 */
total?: string | null, 
/**
 * Whether the requirements were met; `null`: as the figures say.
 */
passed?: boolean | null, 
/**
 * Buckets and amounts.
 */
buckets?: Array<[string, string]> | null, 
/**
 * Requirements that were not met, by id.
 */
short?: Array<string> | null, 
/**
 * The grade.
 */
grade?: string | null, 
/**
 * What it handed on: bucket and amount; `null`: as the rules say.
 */
carry?: Array<[string, string]> | null, 
/**
 * From where it is known; must be there.
 */
reason: string, 
/**
 * 文号
 */
document?: string | null, };

/**
 * Records the results of many at once, all or none: a sheet of an earlier
 * year.
 */
export type RecordOpenings = { 
/**
 * Each of them; nobody twice in one period of one rule set.
 */
records: Array<RecordOpening>, };

/**
 * Records a change to a frozen ledger: what the book and the rules of the
 * closing give now.
 */
export type RecordSupplement = { 
/**
 * Of which closing.
 */
closing: string, 
/**
 * Whose; exactly one of this and `organization`.
 */
member?: string | null, 
/**
 * Whose, of a scheme that judges units.
 */
organization?: string | null, 
/**
 * Why; must be there.
 */
reason: string, 
/**
 * 文号
 */
document?: string | null, };

/**
 * What a formula asked the records for.
 */
export type RecordValue = { 
/**
 * As written: `person.record.notes`.
 */
name: string, 
/**
 * In words: 笔记篇数.
 */
label: string, 
/**
 * What there is: `17/20`, 是, 处级以上; `null`: nothing is known.
 */
value: string | null, };

/**
 * How often, and what happens on a holiday.
 */
export type Recurrence = { 
/**
 * How often.
 */
pattern: Pattern, 
/**
 * What happens to an occurrence on a day off.
 */
on_holiday: OnHoliday, };

/**
 * Removes a document.
 */
export type RemoveDocument = { 
/**
 * Which.
 */
id: string, 
/**
 * Whether sessions that answer it may lose it. Without this, a document
 * that a session answers is not removed.
 */
untie: boolean, };

/**
 * Takes evidence back.
 */
export type RemoveEvidence = { 
/**
 * Which.
 */
ids: string[], };

/**
 * Takes somebody without a mark off a session's list.
 */
export type RemoveFromRoster = { 
/**
 * Of which session.
 */
session: string, 
/**
 * Whom.
 */
member: string, };

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
 * Takes points back.
 */
export type RemoveScore = { 
/**
 * Their key.
 */
id: string, };

/**
 * Renames the book.
 */
export type RenameBook = { 
/**
 * The name; not empty.
 */
name: string, };

/**
 * Renames an own word, in the records too.
 */
export type RenameWord = { 
/**
 * In which list.
 */
list: WordList, 
/**
 * The word.
 */
from: string, 
/**
 * What it is from now on.
 */
to: string, };

/**
 * Opens a closing again.
 */
export type ReopenClosing = { 
/**
 * Which.
 */
id: string, 
/**
 * Why; must be there.
 */
reason: string, };

/**
 * Opens a finding again.
 */
export type ReopenFinding = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that was seen.
 */
revision: number, };

/**
 * Opens a closed month again.
 */
export type ReopenMonth = { 
/**
 * `YYYY-MM`
 */
month: string, 
/**
 * Why.
 */
reason: string, };

/**
 * That a closing was opened again.
 */
export type ReopenedView = { 
/**
 * By whom.
 */
by: string, 
/**
 * When.
 */
on: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Names the text that is replaced.
 */
export type Replaces = { 
/**
 * As [`RuleSetView::id`].
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, };

/**
 * Names a report.
 */
export type ReportRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * Where a report stands.
 */
export type ReportState = "not_yet" | "waiting" | "overdue" | "handed_in" | "handed_in_late";

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
 * A requirement and how it stands.
 */
export type RequirementLine = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
label: string, 
/**
 * The span, where it is shorter than the period: `2025-03`; of a cycle
 * its name.
 */
span: string | null, 
/**
 * Whether it holds.
 */
passed: boolean, 
/**
 * Whether it binds; else it only advises.
 */
binding: boolean, 
/**
 * Whether a later period made up for it.
 */
repaired: boolean, 
/**
 * What is measured; `null`: it has no value.
 */
value: string | null, 
/**
 * At least.
 */
min: string | null, 
/**
 * At most.
 */
max: string | null, 
/**
 * What is missing.
 */
shortfall: string | null, 
/**
 * By when, `YYYY-MM-DD`.
 */
due: string | null, 
/**
 * How to mend it, as the rule file says; may be empty.
 */
mend: string, 
/**
 * All of it in words, alternatives too.
 */
text: string, 
/**
 * Its line in the rule file.
 */
line: number, };

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
left_alone: number, 
/**
 * How many have no mark and are covered by a leave: left alone too.
 */
on_leave: number, };

/**
 * What is otherwise now than it was frozen.
 */
export type ResultChange = { 
/**
 * What: 得分, an indicator, a quota.
 */
label: string, 
/**
 * As it was frozen, in words; `null`: nothing.
 */
before: string | null, 
/**
 * As it is now.
 */
after: string | null, };

/**
 * Accepts or returns entries.
 */
export type ReviewStudy = { 
/**
 * Which.
 */
ids: string[], 
/**
 * Why; a return must say it.
 */
reason?: string | null, };

/**
 * 角色: a part in a session, apart from attendance.
 */
export type Role = "host" | "speaker" | "recorder" | "observer";

/**
 * What closing a roll did.
 */
export type RollClosed = { 
/**
 * How many leaves were taken over.
 */
taken: number, 
/**
 * How many without a mark got one.
 */
marked: number, 
/**
 * How many stay without a mark.
 */
unmarked: number, };

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
mark: MarkView, 
/**
 * What a leave proposes for whoever is unmarked, or was marked absent
 * before the leave came. Nothing of it is stored.
 */
proposal: LeaveProposal | null, };

/**
 * What making a list anew did.
 */
export type RosterRenewed = { 
/**
 * How many came.
 */
came: number, 
/**
 * How many went.
 */
went: number, };

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
 * Who has spoken, who is next.
 */
export type Rotation = { 
/**
 * Whose.
 */
organization: string, 
/**
 * Every organization of the book, in the order of the tree.
 */
organizations: Array<RotationOrganization>, 
/**
 * Whether an order was set. Else: who never spoke, then who spoke
 * longest ago.
 */
ordered: boolean, 
/**
 * Who is next; nobody where there is nobody.
 */
next: string | null, 
/**
 * In the order in which they speak; with an order set, those outside it
 * stand last.
 */
rows: Array<RotationRow>, 
/**
 * Planned sessions from today on, in which somebody could speak.
 */
sessions: Array<RotationSession>, };

/**
 * An organization whose rotation can be looked at.
 */
export type RotationOrganization = { 
/**
 * Its key.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What it is.
 */
kind: OrganizationKind, };

/**
 * Whose rotation.
 */
export type RotationRequest = { 
/**
 * The book's own organization where absent.
 */
organization?: string, };

/**
 * One who speaks.
 */
export type RotationRow = { 
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
 * 部门
 */
department: string | null, 
/**
 * 职务
 */
post: string | null, 
/**
 * Pinyin initials and full pinyin.
 */
search_keys: Array<string>, 
/**
 * Place in the order that was set, from 1.
 */
position: number | null, 
/**
 * How often in all.
 */
times: number, 
/**
 * How often this year.
 */
times_this_year: number, 
/**
 * Held, latest first.
 */
spoken: Array<Speech>, 
/**
 * Planned, earliest first.
 */
planned: Array<Speech>, };

/**
 * A planned session.
 */
export type RotationSession = { 
/**
 * Which.
 */
id: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 类型
 */
kind: string, 
/**
 * 主题
 */
title: string, 
/**
 * 主讲 as typed, joined by 、.
 */
speakers: string, };

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
 * Which rule set: one that is stored, or a text.
 */
export type RuleChoice = { "kind": "stored", 
/**
 * Which.
 */
id: string, } | { "kind": "text", 
/**
 * The file.
 */
text: string, };

/**
 * One change.
 */
export type RuleEdit = { "kind": "set", 
/**
 * The entry; empty: the head of the file.
 */
path: string, 
/**
 * The field.
 */
field: string, 
/**
 * As in [`OutlineField::value`].
 */
value: unknown, 
/**
 * In which order the names within it are written, as in
 * [`OutlineField::keys`]; those not named stand behind, in the usual
 * order.
 */
keys?: Array<string>, } | { "kind": "unset", 
/**
 * The entry; empty: the head of the file.
 */
path: string, 
/**
 * The field.
 */
field: string, } | { "kind": "add", 
/**
 * The list.
 */
path: string, 
/**
 * Its fields, in this order.
 */
fields: [string, unknown][], 
/**
 * As for `set`.
 */
keys?: Array<string>, } | { "kind": "remove", 
/**
 * The entry.
 */
path: string, } | { "kind": "move", 
/**
 * The entry.
 */
path: string, 
/**
 * Its place afterwards, from 0.
 */
to: number, };

/**
 * The names that a rule set defines, for lists to choose from.
 */
export type RuleNames = { 
/**
 * `id` of the file.
 */
key: string, 
/**
 * 学分, 学时 …
 */
unit: string, 
/**
 * Buckets.
 */
buckets: Array<NamedEntry>, 
/**
 * Categories.
 */
categories: Array<NamedEntry>, 
/**
 * Counters.
 */
counters: Array<NamedEntry>, 
/**
 * Requirements.
 */
requirements: Array<NamedEntry>, 
/**
 * Cycles.
 */
cycles: Array<NamedEntry>, 
/**
 * Indicators.
 */
indicators: Array<NamedEntry>, 
/**
 * Questions that the file leaves open.
 */
open: Array<NamedEntry>, 
/**
 * Types of sessions, forms of self-study and the like that this book has.
 */
types: Array<string>, };

/**
 * What a rule set is for.
 */
export type RuleSetKind = "credits" | "assessment";

/**
 * Names a rule set.
 */
export type RuleSetRequest = { 
/**
 * As [`RuleSetView::id`].
 */
id: string, };

/**
 * A rule set.
 */
export type RuleSetView = { 
/**
 * What other commands call it: a key of the book, or `preset:<key>`.
 */
id: string, 
/**
 * The `id` in its file: decisions, openings and closings name it.
 */
key: string, 
/**
 * Its name.
 */
name: string, 
/**
 * 学分 or 考核.
 */
kind: RuleSetKind, 
/**
 * 学分, 学时 …
 */
unit: string, 
/**
 * This version.
 */
version: string | null, 
/**
 * 发文机关
 */
issuer: string | null, 
/**
 * 文号
 */
document: string | null, 
/**
 * 出处
 */
source: string | null, 
/**
 * 说明
 */
note: string | null, 
/**
 * Whether it is an example and not this unit's own.
 */
example: boolean, 
/**
 * Whether it came with the program.
 */
preset: boolean, 
/**
 * In force from, as its file says.
 */
effective_from: string | null, 
/**
 * In force until, as its file says.
 */
effective_until: string | null, 
/**
 * The rule set that it refines, by `key`.
 */
parent: string | null, 
/**
 * Whether it counts anywhere today.
 */
in_use: boolean, 
/**
 * Whether its text may be replaced: it is the book's own, was never used
 * and nothing was closed by it.
 */
editable: boolean, 
/**
 * Errors in its text: it cannot be used while there are any.
 */
errors: number, 
/**
 * Day on which it came into the book.
 */
created_on: string | null, 
/**
 * For the next save; 0 for presets.
 */
revision: number, };

/**
 * A rule set's text.
 */
export type RuleText = { 
/**
 * What it is.
 */
set: RuleSetView, 
/**
 * The file.
 */
text: string, };

/**
 * From when to when a rule set holds, and for whom.
 */
export type RuleUseView = { 
/**
 * Its key; `null` for the example table that counts where nothing was
 * ever taken into use.
 */
id: string | null, 
/**
 * The rule set, as [`RuleSetView::id`].
 */
rule_set: string, 
/**
 * The rule set's key.
 */
key: string, 
/**
 * The rule set's name.
 */
name: string, 
/**
 * Its version.
 */
version: string | null, 
/**
 * 学分 or 考核.
 */
kind: RuleSetKind, 
/**
 * The first day; `null`: from the beginning.
 */
from: string | null, 
/**
 * The last day; `null`: until further notice.
 */
until: string | null, 
/**
 * For whom; `null`: the whole book.
 */
organization: string | null, 
/**
 * The organization's name.
 */
organization_name: string | null, };

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
 * Who gains and who loses.
 */
export type RulesCompared = { 
/**
 * What is compared: credits, or points and grades.
 */
kind: RuleSetKind, 
/**
 * The unit before.
 */
unit_before: string, 
/**
 * The unit after; amounts are only to be compared where it is the same.
 */
unit_after: string, 
/**
 * Everybody on whom there is a difference, the greatest loss first.
 */
rows: Array<ComparedRow>, 
/**
 * How many gain.
 */
gain: number, 
/**
 * How many lose.
 */
lose: number, 
/**
 * How many have the same amount.
 */
same: number, 
/**
 * How many are short only under the new rules.
 */
newly_short: number, 
/**
 * How many are short only under the old rules.
 */
newly_met: number, 
/**
 * How many have another grade, of an assessment.
 */
regraded: number, };

/**
 * Every rule set that can be used here, and those that are.
 */
export type RulesList = { 
/**
 * The book's own first, then the presets that the book has no copy of.
 */
sets: Array<RuleSetView>, 
/**
 * Which holds from when to when, earliest first.
 */
uses: Array<RuleUseView>, };

/**
 * What rules give somebody.
 */
export type RulesTried = { 
/**
 * What is wrong with the text; the ledger is `null` where it has errors.
 */
findings: Array<FindingView>, 
/**
 * The ledger with its reasons; `null` of an assessment.
 */
ledger: MemberCredits | null, 
/**
 * Points, grade and reasons, of an assessment.
 */
assessment: TriedAssessment | null, };

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
 * What the total must reach, by tier: 处级以上 18.
 */
requirements: Array<RequirementView>, };

/**
 * Adds an own day, or edits one.
 */
export type SaveAnniversary = { 
/**
 * Which; `null`: a new one.
 */
id: string | null, 
/**
 * The revision that the editor saw; 0 for a new one.
 */
revision: number, 
/**
 * 1 to 12.
 */
month: number, 
/**
 * A day that this month can have.
 */
day: number, 
/**
 * The year in which it first happened.
 */
since_year: number | null, 
/**
 * What is remembered, required.
 */
name: string, };

/**
 * Writes an attached file out.
 */
export type SaveAttachment = { 
/**
 * Which.
 */
id: string, 
/**
 * Where, by token of a save dialog.
 */
file: string, };

/**
 * Adds an item, or edits one.
 */
export type SavePlanItem = { 
/**
 * Of which plan.
 */
plan: string, 
/**
 * Which; `null`: a new one.
 */
id: string | null, 
/**
 * The revision that the editor saw; 0 for a new one.
 */
revision: number, 
/**
 * The values.
 */
item: PlanItemInput, 
/**
 * Of a new one: its place, from 0; behind the others where absent.
 */
at?: number | null, };

/**
 * Writes down a report; there is one of each observer at a session.
 */
export type SaveReport = { 
/**
 * On which session.
 */
session: string, 
/**
 * Whose, as the list names them.
 */
observer: string, 
/**
 * The member, where certain.
 */
member?: string | null, 
/**
 * The revision that was seen, of a report that is there.
 */
revision?: number | null, 
/**
 * When it was handed in, in any usual spelling; absent: a draft.
 */
submitted_on?: string | null, 
/**
 * Its text; may be empty where the paper lies elsewhere.
 */
body: string, };

/**
 * Stores a text.
 */
export type SaveRules = { 
/**
 * The file; without errors.
 */
text: string, 
/**
 * The rule set whose text it replaces, where it may be replaced; else it
 * becomes a rule set (a version) of its own.
 */
replaces?: Replaces | null, };

/**
 * Adds a 专题, or edits one.
 */
export type SaveTheme = { 
/**
 * Of which plan.
 */
plan: string, 
/**
 * Which; `null`: a new one.
 */
id: string | null, 
/**
 * The revision that the editor saw; 0 for a new one.
 */
revision: number, 
/**
 * Its name, required.
 */
name: string, 
/**
 * The first day for which it is set: a day, a month or a quarter.
 */
starts_on: string | null, 
/**
 * The last: a day, a month or a quarter.
 */
ends_on: string | null, 
/**
 * 说明
 */
note: string | null, };

/**
 * Adds a word, or changes whether it is offered and its level.
 */
export type SaveWord = { 
/**
 * In which list.
 */
list: WordList, 
/**
 * The word.
 */
name: string, 
/**
 * Of a kind: the level proposed for its sessions.
 */
level?: SessionLevel | null, 
/**
 * Whether it is no longer offered.
 */
hidden: boolean, };

/**
 * Plans a session that answers a document.
 */
export type ScheduleStudy = { 
/**
 * Which document.
 */
document: string, 
/**
 * The session; it is planned, whatever its state says.
 */
session: SessionInput, };

/**
 * Points given by hand.
 */
export type ScoreView = { 
/**
 * Their key.
 */
id: string, 
/**
 * 自评, 互评, 核查 …
 */
scorer: string, 
/**
 * Who it was, where several people score in that capacity.
 */
rater: string | null, 
/**
 * The points.
 */
value: string, 
/**
 * Why.
 */
reason: string | null, 
/**
 * When.
 */
scored_on: string, };

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
 * How many sessions a change of a series moves, makes, removes, leaves.
 */
export type SeriesChange = { 
/**
 * Sessions made.
 */
added: number, 
/**
 * Planned sessions removed.
 */
removed: number, 
/**
 * Planned sessions that take the new values.
 */
followed: number, 
/**
 * Left: moved by hand to another day.
 */
kept_moved: number, 
/**
 * Left: edited by hand, or with marks, parts, papers.
 */
kept_edited: number, 
/**
 * Left: held or cancelled.
 */
kept_settled: number, };

/**
 * A series after a change, and what became of its sessions.
 */
export type SeriesChanged = { 
/**
 * The series.
 */
series: SeriesView, 
/**
 * In numbers.
 */
change: SeriesChange, };

/**
 * A series with all its occurrences.
 */
export type SeriesDetail = { 
/**
 * As in the list.
 */
series: SeriesView, 
/**
 * By the day that the series gave them.
 */
occurrences: Array<OccurrenceView>, };

/**
 * What a form says of a series.
 */
export type SeriesInput = { 
/**
 * How often, and what happens on a holiday.
 */
rule: Recurrence, 
/**
 * The first day that it may fall on, in any usual spelling.
 */
starts_on: string, 
/**
 * The last.
 */
ends_on: string, 
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
 * Whose; the book's own where empty.
 */
organization: string | null, 
/**
 * The plan's item that its sessions carry out.
 */
plan_item?: string | null, };

/**
 * What a form would do.
 */
export type SeriesPreview = { 
/**
 * The rule in words.
 */
words: string, 
/**
 * Every occurrence.
 */
days: Array<PreviewDay>, 
/**
 * Years whose holidays are not known: only weekends are off there.
 */
unknown_years: Array<number>, 
/**
 * Of an edit: what becomes of the sessions.
 */
change: SeriesChange | null, };

/**
 * Names a series.
 */
export type SeriesRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A series in a list.
 */
export type SeriesView = { 
/**
 * Its key.
 */
id: string, 
/**
 * How often.
 */
rule: Recurrence, 
/**
 * The rule in words: 每月第一个星期五 14:30.
 */
words: string, 
/**
 * `YYYY-MM-DD`
 */
starts_on: string, 
/**
 * `YYYY-MM-DD`
 */
ends_on: string, 
/**
 * `HH:MM`
 */
starts_at: string | null, 
/**
 * As it is written: 90分钟.
 */
amount: string | null, 
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
 * Whose.
 */
organization: string | null, 
/**
 * Its sessions in the book.
 */
sessions: number, 
/**
 * Those that were held.
 */
held: number, 
/**
 * Occurrences left out.
 */
skipped: number, 
/**
 * The next planned day, from today on.
 */
next: string | null, 
/**
 * For the next edit.
 */
revision: number, };

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
remark: string | null, 
/**
 * What else it is at once; absent: as it was.
 */
also?: Array<string> | null, 
/**
 * 标签; absent: as they were.
 */
tags?: Array<string> | null, 
/**
 * The plan's item that it carries out, `null`: none; absent: as it was.
 */
plan_item?: string | null, };

/**
 * 学习层级: the three levels of study.
 */
export type SessionLevel = "committee" | "branch" | "personal";

/**
 * A session with its six steps and all its papers.
 */
export type SessionPapers = { 
/**
 * As in the list.
 */
session: SessionRow, 
/**
 * The book's name: the unit on printed forms.
 */
book: string, 
/**
 * 备注
 */
remark: string | null, 
/**
 * 计划, 安排, 考勤, 记录, 检查, 总结.
 */
steps: Array<StepState>, 
/**
 * What is written.
 */
paper: PaperView, 
/**
 * The plan's item that it carries out: title of the item and of the plan.
 */
plan_item: PlanItemLink | null, 
/**
 * The recurring session that it belongs to.
 */
series: string | null, 
/**
 * `YYYY-MM-DD`: the day on which it was entered.
 */
entered_on: string | null, 
/**
 * The roll is closed.
 */
roll_closed: boolean, 
/**
 * The document that it answers.
 */
answers: AnswerView | null, 
/**
 * Who had which part, names widened for print.
 */
people: Array<PersonPart>, 
/**
 * The roll by each organization that holds the session; one line where
 * one holds it.
 */
branches: Array<BranchCount>, 
/**
 * Evidence that lies on paper.
 */
evidence: Array<EvidenceView>, 
/**
 * Words of evidence that forms propose: those that the rules in use ask
 * for, then those used in this book.
 */
evidence_words: Array<string>, 
/**
 * Checks by the superior that name the session.
 */
inspections: Array<InspectionLine>, };

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
 * What else it is at once: 主题党日 and 支部党员大会.
 */
also: Array<string>, 
/**
 * 标签
 */
tags: Array<string>, 
/**
 * The series that made it.
 */
series: string | null, 
/**
 * The day that the series gave it.
 */
series_date: string | null, 
/**
 * The plan's item that it carries out.
 */
plan_item: string | null, 
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
 * Says which document a session answers.
 */
export type SetAnswers = { 
/**
 * Which session.
 */
session: string, 
/**
 * Which document; `null`: none.
 */
document: string | null, };

/**
 * Says whether a session votes or elects.
 */
export type SetBallot = { 
/**
 * Which session.
 */
session: string, 
/**
 * Something is put to the vote.
 */
vote: boolean, 
/**
 * Somebody is elected.
 */
election: boolean, };

/**
 * Says which organizations hold a session together.
 */
export type SetHolders = { 
/**
 * Which session.
 */
session: string, 
/**
 * The organizations; the book's own where empty.
 */
organizations: string[], };

/**
 * Sets a year's holidays.
 */
export type SetHolidays = { 
/**
 * The calendar year.
 */
year: number, 
/**
 * Every day of it.
 */
days: Array<HolidayView>, };

/**
 * Sets the days in which to make up.
 */
export type SetMakeUpDays = { 
/**
 * From 1 to 366.
 */
days: number, };

/**
 * Sets who works in the book; stands in the change log from then on.
 */
export type SetOperator = { 
/**
 * The name; not empty.
 */
name: string, };

/**
 * Sets in which order people speak.
 */
export type SetRotation = { 
/**
 * Whose.
 */
organization: string, 
/**
 * In this order; at least one. Those left out do not take turns.
 */
members: string[], };

/**
 * Gives points by hand; those of the same scorer (and rater) for the same
 * indicator are replaced.
 */
export type SetScore = { 
/**
 * The scheme's key.
 */
rule_set: string, 
/**
 * The year.
 */
year: number, 
/**
 * Whose; exactly one of this and `organization`.
 */
member?: string | null, 
/**
 * Whose, of an organization's scheme.
 */
organization?: string | null, 
/**
 * The indicator's id.
 */
indicator: string, 
/**
 * 自评, 互评, 核查 …
 */
scorer: string, 
/**
 * Who it is, where several people score in that capacity: a colleague's
 * name.
 */
rater?: string | null, 
/**
 * `8.5`
 */
value: string, 
/**
 * Why; must be there where the indicator asks for it.
 */
reason?: string | null, };

/**
 * Gives many points at once, all or none: a column from a sheet.
 */
export type SetScores = { 
/**
 * Each of them, of one scheme.
 */
scores: Array<SetScore>, };

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
 * Says what an organization is made of, where the roster does not.
 */
export type SetStructure = { 
/**
 * Which.
 */
id: string, 
/**
 * The revision that the editor saw.
 */
revision: number, 
/**
 * 成立日期, in any usual spelling.
 */
established_on: string | null, 
/**
 * 撤销日期: the last day.
 */
closed_on: string | null, 
/**
 * Whether there is a 支委会; `null`: as the number of full members says.
 */
committee: boolean | null, 
/**
 * Whether there is a 中心组.
 */
study_group: boolean, };

/**
 * A rule set in a period.
 */
export type SetView = { 
/**
 * As [`super::rules::RuleSetView::id`].
 */
id: string, 
/**
 * The `id` in its file.
 */
key: string, 
/**
 * Its name.
 */
name: string, 
/**
 * This version.
 */
version: string | null, 
/**
 * 学分, 学时 …
 */
unit: string, 
/**
 * Whether it is an example and not this unit's own.
 */
example: boolean, 
/**
 * The period: `2025`, `2021–2025`.
 */
period: string, 
/**
 * Its first day.
 */
from: string | null, 
/**
 * Its last day.
 */
to: string | null, 
/**
 * Whether it is over.
 */
over: boolean, 
/**
 * Where it is closed for the whole book: the closing.
 */
closing: string | null, 
/**
 * Its buckets; may be none.
 */
buckets: Array<BucketView>, };

/**
 * Sets a rule.
 */
export type SetWarningRule = { 
/**
 * Which.
 */
rule: WarningRule, 
/**
 * Whether it raises warnings.
 */
on: boolean, 
/**
 * Its threshold; absent: the default.
 */
threshold?: number | null, };

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
 * How a sign-in list is read beside its columns.
 */
export type SignInReading = { 
/**
 * Of which session; has to be chosen.
 */
session: string | null, 
/**
 * Per cent of the session's length from which somebody was there: 1 to
 * 100.
 */
threshold: number, 
/**
 * What becomes of somebody below it.
 */
below: BelowThreshold, 
/**
 * Minutes after the beginning and before the end that are neither late
 * nor early.
 */
grace_minutes: number, 
/**
 * The session's length in minutes, where the book does not say it or the
 * meeting took another.
 */
length_minutes: number | null, };

/**
 * Leaves one session of a series out.
 */
export type SkipSession = { 
/**
 * Which session.
 */
session: string, 
/**
 * Why.
 */
reason: string | null, };

/**
 * A session in which somebody speaks.
 */
export type Speech = { 
/**
 * Which.
 */
session: string, 
/**
 * `YYYY-MM-DD`
 */
date: string, 
/**
 * 类型
 */
kind: string, 
/**
 * 主题
 */
title: string, };

/**
 * One of the six.
 */
export type Step = "plan" | "arrangement" | "attendance" | "record" | "check" | "summary";

/**
 * What a step consists of.
 */
export type StepItem = "plan_item" | "series" | "entered_before" | "time" | "place" | "host" | "agenda" | "notice" | "roll_closed" | "all_marked" | "minutes" | "minutes_paper" | "checker" | "check_day" | "inspection" | "summary";

/**
 * Asks for one step back or forward.
 */
export type StepRequest = { 
/**
 * Why closed months are changed, where the step changes any; without it
 * such a step is refused.
 */
supplement_reason?: string | null, };

/**
 * Whether one step is done, and why.
 */
export type StepState = { 
/**
 * Which.
 */
step: Step, 
/**
 * Whether it is done.
 */
done: boolean, 
/**
 * What is there.
 */
there: Array<StepItem>, 
/**
 * What would complete it; empty where it is done. Where any one is
 * enough, all are named.
 */
missing: Array<StepItem>, };

/**
 * Which steps of a session are done, in a list.
 */
export type StepsDone = { 
/**
 * Which session.
 */
session: string, 
/**
 * 计划, 安排, 考勤, 记录, 检查, 总结.
 */
done: Array<boolean>, };

/**
 * Ends a use.
 */
export type StopRules = { 
/**
 * Which use.
 */
id: string, 
/**
 * The last day, in any usual spelling; before the first day: the use is
 * removed as if it had never been.
 */
on: string, };

/**
 * From a day on so many members.
 */
export type StructureChange = { 
/**
 * `YYYY-MM-DD`; `null`: from the year's beginning.
 */
from: string | null, 
/**
 * 正式党员
 */
full_members: number, 
/**
 * 预备党员
 */
probationary: number, };

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
declared_chars: number | null, 
/**
 * Whether the entry is the person's own statement, which the clerk has
 * not looked at yet: it waits (待核) and does not count. What the clerk
 * enters or imports is accepted. An edit with `true` makes it wait
 * again; one without leaves the approval as it is.
 */
pending?: boolean | null, };

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
 * 待核, 认定 or 退回: only what is accepted counts.
 */
state: Approval, 
/**
 * Why it was returned, or accepted.
 */
state_reason: string | null, 
/**
 * Who accepted or returned it; `null`: it needed no approval, or waits.
 */
reviewed_by: string | null, 
/**
 * When.
 */
reviewed_on: string | null, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * A supplement in short.
 */
export type SupplementNote = { 
/**
 * When.
 */
recorded_on: string, 
/**
 * Why.
 */
reason: string, 
/**
 * 文号
 */
document: string | null, };

/**
 * A supplement.
 */
export type SupplementView = { 
/**
 * Its key.
 */
id: string, 
/**
 * Whose; an organization with its name in the place of a person's.
 */
member: MemberRow, 
/**
 * The organization, where one is judged.
 */
organization: string | null, 
/**
 * Before it.
 */
before: string, 
/**
 * After it.
 */
after: string, 
/**
 * Why.
 */
reason: string, 
/**
 * 文号
 */
document: string | null, 
/**
 * By whom.
 */
recorded_by: string, 
/**
 * When.
 */
recorded_on: string, };

/**
 * Asks for what was changed in closed months.
 */
export type SupplementsRequest = { 
/**
 * The first month, `YYYY-MM`.
 */
from: string, 
/**
 * The last, included.
 */
to: string, };

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
 * Names warnings that were put off.
 */
export type TakeBackWarnings = { 
/**
 * Which, by key; at least one.
 */
keys: Array<string>, };

/**
 * Takes leaves over as marks.
 */
export type TakeLeave = { 
/**
 * At which session.
 */
session: string, 
/**
 * Whose; everybody's where absent.
 */
members?: string[] | null, 
/**
 * Whether the clerk knows that the roll is closed.
 */
although_closed?: boolean | null, };

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
 * 来宾, who are not on the roster.
 */
guests: number, 
/**
 * 出勤率
 */
rate: AttendanceRate, 
/**
 * 含补学出勤率
 */
rate_with_make_up: AttendanceRate, 
/**
 * Whether enough are there, where that matters.
 */
quorums: Array<QuorumView>, };

/**
 * Light, dark, or as the system says.
 */
export type Theme = "system" | "light" | "dark";

/**
 * Names a 专题.
 */
export type ThemeRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A 专题.
 */
export type ThemeView = { 
/**
 * Its key.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * `YYYY-MM-DD`
 */
starts_on: string | null, 
/**
 * `YYYY-MM-DD`
 */
ends_on: string | null, 
/**
 * 说明
 */
note: string | null, 
/**
 * Items under it.
 */
items: number, 
/**
 * Sessions of the theme that were held: those that bear its name, and
 * those tied to its items.
 */
held: number, 
/**
 * Sessions of the theme that are planned.
 */
planned: number, 
/**
 * No session, and nobody can say it is still early: its days have begun,
 * or it has none.
 */
gap: boolean, 
/**
 * For the next edit.
 */
revision: number, };

/**
 * Ties sessions to an item, or unties them.
 */
export type TieSessions = { 
/**
 * Which item.
 */
item: string, 
/**
 * Which sessions.
 */
sessions: string[], };

/**
 * 层级: what a yearly requirement depends on.
 */
export type Tier = "division_and_above" | "section" | "staff_and_below" | "other";

/**
 * One step.
 */
export type TraceStep = { 
/**
 * In words.
 */
text: string, 
/**
 * The line in the rule file; 0: none.
 */
line: number, 
/**
 * Before it.
 */
before: string, 
/**
 * After it.
 */
after: string, };

/**
 * What a scheme gives somebody, or a unit.
 */
export type TriedAssessment = { 
/**
 * 分
 */
unit: string, 
/**
 * The indicators, in the order of the file.
 */
indicators: Array<IndicatorHead>, 
/**
 * The result by indicator, parallel to them.
 */
row: AssessRow, 
/**
 * What the scheme does not decide, missing points among it.
 */
questions: Array<QuestionView>, };

/**
 * Tries rules on somebody.
 */
export type TryRules = { 
/**
 * The rules.
 */
rules: RuleChoice, 
/**
 * On whom; of a scheme that judges units nobody.
 */
member?: string | null, 
/**
 * On which unit, of a scheme that judges units.
 */
organization?: string | null, 
/**
 * In the period of this year.
 */
year: number, };

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
 * A figure of the unit.
 */
export type UnitFigureView = { 
/**
 * Its name.
 */
label: string, 
/**
 * How much; `null` where undecided.
 */
value: string | null, 
/**
 * The line in the file.
 */
line: number, };

/**
 * Takes a skip back.
 */
export type UnskipSession = { 
/**
 * Of which series.
 */
series: string, 
/**
 * The day that the series gave it.
 */
date: string, };

/**
 * What happens to a record that the book has already. An empty cell never
 * wipes a value, whichever is chosen.
 */
export type UpdatePolicy = "update" | "fill_blanks" | "keep";

/**
 * Takes a rule set into use.
 */
export type UseRules = { 
/**
 * As [`RuleSetView::id`]; a preset is copied into the book.
 */
rule_set: string, 
/**
 * The first day, in any usual spelling. A version that holds on the last
 * day of a period counts for the whole period. Another version of the
 * same rule set for the same organization ends the day before.
 */
from: string, 
/**
 * The last day; blank: until further notice.
 */
until?: string | null, 
/**
 * For whom; `null`: the whole book.
 */
organization?: string | null, };

/**
 * Whether the requirements are met.
 */
export type VerdictView = "pass" | "fail" | "none" | "exempt" | "outside";

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
 * 学习活动类型: the usual ones and those in this book, without hidden ones.
 */
session_kinds: Array<string>, 
/**
 * 自学形式: the usual ones and those in this book.
 */
study_forms: Array<string>, 
/**
 * 标签: the usual ones and the clerk's own.
 */
tags: Array<string>, 
/**
 * 地点 in this book, latest first.
 */
places: Array<string>, 
/**
 * 专题 of this book's plans and sessions.
 */
themes: Array<string>, };

/**
 * A fact that does not count.
 */
export type WaitingFact = { 
/**
 * Its id.
 */
fact_id: string, 
/**
 * `YYYY-MM-DD`, or as precise as it is known.
 */
date: string | null, 
/**
 * In words.
 */
fact: string, 
/**
 * Where it is shown.
 */
link: FactLink, 
/**
 * 待核 or 退回; `null`: approval is not what is missing.
 */
state: Approval | null, 
/**
 * Why it was returned, or why no category takes it.
 */
reason: string | null, };

/**
 * One thing that needs looking at.
 */
export type Warning = { 
/**
 * The same as long as it is about the same thing.
 */
key: string, 
/**
 * What raised it.
 */
rule: WarningRule, 
/**
 * At which threshold, where the rule has one.
 */
threshold: number | null, 
/**
 * How grave.
 */
grade: WarningGrade, 
/**
 * Which sentence: `notice.<code>` of the catalogue.
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
place: WarningPlace, };

/**
 * How grave a warning is.
 */
export type WarningGrade = "grave" | "remind" | "progress";

/**
 * Where a warning is mended.
 */
export type WarningPlace = { "page": "credits", 
/**
 * Whose.
 */
member: string, } | { "page": "decisions" } | { "page": "session", 
/**
 * Which.
 */
id: string, } | { "page": "attendance", 
/**
 * Whose.
 */
member: string, } | { "page": "make_ups", 
/**
 * Of which.
 */
session: string, } | { "page": "coverage", 
/**
 * Whose.
 */
organization: string, } | { "page": "plan", 
/**
 * Whose, of an organization's.
 */
organization: string | null, 
/**
 * Whose, of a person's.
 */
member: string | null, } | { "page": "documents", 
/**
 * Which.
 */
document: string, } | { "page": "inspection", 
/**
 * Which.
 */
id: string, } | { "page": "approval" } | { "page": "months" } | { "page": "closing" };

/**
 * What raises warnings.
 */
export type WarningRule = "consequence" | "credits_unreachable" | "credits_behind" | "credits_short" | "credits_undecided" | "attendance_rate" | "absences_in_row" | "roll_open" | "make_up_overdue" | "coverage_gap" | "coverage_short" | "plan_item_overdue" | "document_unstudied" | "finding_overdue" | "approval_waiting" | "month_open" | "year_open";

/**
 * How a rule is set.
 */
export type WarningRuleView = { 
/**
 * Which.
 */
rule: WarningRule, 
/**
 * Whether it raises warnings.
 */
on: boolean, 
/**
 * Its threshold; `null` where it has none.
 */
threshold: WarningThreshold | null, };

/**
 * A rule's threshold.
 */
export type WarningThreshold = { 
/**
 * What holds.
 */
value: number, 
/**
 * What it counts.
 */
unit: WarningUnit, 
/**
 * Where nothing was set.
 */
default: number, 
/**
 * The least.
 */
min: number, 
/**
 * The most.
 */
max: number, };

/**
 * What a threshold counts.
 */
export type WarningUnit = "days" | "percent" | "times";

/**
 * What needs looking at in a year.
 */
export type WarningsYear = { 
/**
 * The year.
 */
year: number, 
/**
 * The day it was looked from, `YYYY-MM-DD`.
 */
as_of: string, 
/**
 * What stands, gravest first.
 */
warnings: Array<Warning>, 
/**
 * What was put off and would stand otherwise, in the same order.
 */
put_off: Array<PutOff>, };

/**
 * One month, quarter, half-year or year of an item.
 */
export type WindowCoverage = { 
/**
 * `2025-03`, `2025-Q1`, `2025-H1`, `2025`.
 */
window: string, 
/**
 * The first day.
 */
from: string, 
/**
 * The last day: by then.
 */
to: string, 
/**
 * Meetings, days, pairs or people.
 */
required: string, 
/**
 * The same, as held.
 */
held: string, 
/**
 * Required less held, at least zero; zero where nothing is required.
 */
missing: string, 
/**
 * How it stands.
 */
state: CoverageState, 
/**
 * Why nothing is required, or why it cannot be decided.
 */
reason: CoverageReason | null, 
/**
 * What counts, by date and id.
 */
meetings: Array<CountedMeeting>, 
/**
 * Held, but void for want of a quorum: ids.
 */
void: Array<string>, 
/**
 * Held, but it cannot be told whether they count here.
 */
doubtful: Array<DoubtfulMeeting>, 
/**
 * Planned for the rest of the window: ids.
 */
planned: Array<string>, 
/**
 * Planned for a day that is over, and never marked as held: ids.
 */
lapsed: Array<string>, 
/**
 * Talks: pairs that have not talked, the first hundred.
 */
missing_pairs: Array<[string, string]>, 
/**
 * Talks, read by person: who has not talked, the first hundred.
 */
missing_people: Array<string>, };

/**
 * Somebody who was not commended within two years.
 */
export type WithoutCommendation = { 
/**
 * Who.
 */
member: CommendedMember, 
/**
 * The day of the last commendation, if there ever was one.
 */
last: string | null, 
/**
 * Pinyin of the name.
 */
search_keys: Array<string>, };

/**
 * A list of words.
 */
export type WordList = "kind" | "tag" | "place" | "make_up_form" | "expense_kind" | "document_kind";

/**
 * What renaming did.
 */
export type WordRenamed = { 
/**
 * Records in which it stands now.
 */
records: number, };

/**
 * Names an own word.
 */
export type WordRequest = { 
/**
 * In which list.
 */
list: WordList, 
/**
 * The word.
 */
name: string, };

/**
 * A word.
 */
export type WordView = { 
/**
 * The word.
 */
name: string, 
/**
 * Of a kind: the level proposed for its sessions.
 */
level: SessionLevel | null, 
/**
 * Whether it is no longer offered.
 */
hidden: boolean, 
/**
 * Whether the program brings it.
 */
shipped: boolean, 
/**
 * Records that bear it.
 */
used: number, };

/**
 * Asks for a list.
 */
export type WordsRequest = { 
/**
 * Which.
 */
list: WordList, };

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
 * How far they are.
 */
progress: CreditProgress, 
/**
 * Who is behind at today's date, the furthest first.
 */
behind: Array<BehindLine>, 
/**
 * The unit of the credits: 学分, 学时.
 */
unit: string, 
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
 * What needs looking at, gravest first; what was put off left out.
 */
warnings: Array<Warning>, 
/**
 * How many were put off.
 */
put_off: number, 
/**
 * What is due within a week; nothing in another year than today's.
 */
due: Array<DueLine>, 
/**
 * 三会一课: of one branch its items, of several the branches.
 */
coverage: Array<CoverageStrip>, 
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
 * Writes one field of a session's papers.
 */
export type WritePaper = { 
/**
 * Of which session.
 */
session: string, 
/**
 * Which field.
 */
field: PaperField, 
/**
 * What it says now; empty clears it.
 */
value: string, 
/**
 * What it said when the editor last saw it; refused where the book says
 * something else.
 */
base: string | null, 
/**
 * Names one stretch of typing: what is saved meanwhile is one step of
 * the history.
 */
edit?: string | null, };

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
 * What a copy did.
 */
export type YearCopied = { 
/**
 * Sessions made, those of series among them.
 */
sessions: number, 
/**
 * Series made.
 */
series: number, 
/**
 * Sessions that the new year had already.
 */
standing: number, 
/**
 * Sessions left out because their day is off.
 */
left_out: number, };

/**
 * A year with its number of sessions.
 */
export type YearCount = { 
/**
 * The calendar year.
 */
year: number, 
/**
 * Sessions.
 */
sessions: number, };

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
  /** Says what an organization is made of: 支委会, 中心组, from when to when. */
  "organizations.set_structure": { kind: "mutate"; request: SetStructure; response: OrganizationRow };
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
  /** Moves a planned session to another day. */
  "sessions.move": { kind: "mutate"; request: MoveSession; response: SessionRow };
  /** Cancels a session or takes it up again. */
  "sessions.set_state": { kind: "mutate"; request: SetSessionState; response: SessionRow };
  /** Deletes a session with its marks. */
  "sessions.delete": { kind: "mutate"; request: SessionRequest; response: Nothing };
  /** Which of the six steps are done, of the sessions of a year. */
  "sessions.steps": { kind: "query"; request: YearRequest; response: Array<StepsDone> };
  /** One session with its six steps and all its papers. */
  "sessions.papers": { kind: "query"; request: SessionRequest; response: SessionPapers };
  /** The documents that a session could answer. */
  "sessions.documents": { kind: "query"; request: SessionRequest; response: Array<DocumentChoice> };
  /** Writes one field of a session's papers. */
  "sessions.write_paper": { kind: "mutate"; request: WritePaper; response: SessionPapers };
  /** Says whether a session votes or elects. */
  "sessions.set_ballot": { kind: "mutate"; request: SetBallot; response: SessionPapers };
  /** Says which document a session answers. */
  "sessions.set_answers": { kind: "mutate"; request: SetAnswers; response: SessionPapers };
  /** Says which organizations hold a session together. */
  "sessions.set_holders": { kind: "mutate"; request: SetHolders; response: SessionPapers };
  /** Notes evidence of a session that lies on paper. */
  "sessions.add_evidence": { kind: "mutate"; request: AddEvidence; response: SessionPapers };
  /** Takes such evidence back. */
  "sessions.remove_evidence": { kind: "mutate"; request: RemoveEvidence; response: SessionPapers };
  /** The recurring sessions that reach into a year. */
  "series.list": { kind: "query"; request: YearRequest; response: Array<SeriesView> };
  /** A series with all its occurrences. */
  "series.get": { kind: "query"; request: SeriesRequest; response: SeriesDetail };
  /** The days that a form gives, and what an edit would do. */
  "series.preview": { kind: "query"; request: PreviewSeries; response: SeriesPreview };
  /** Adds a series with its sessions. */
  "series.add": { kind: "mutate"; request: SeriesInput; response: SeriesView };
  /** Edits a series for the future; what was touched by hand stays. */
  "series.edit": { kind: "mutate"; request: EditSeries; response: SeriesChanged };
  /** Ends a series with a day. */
  "series.end": { kind: "mutate"; request: EndSeries; response: SeriesChanged };
  /** Removes a series; what was touched by hand stays as single sessions. */
  "series.remove": { kind: "mutate"; request: SeriesRequest; response: Nothing };
  /** Leaves one session of a series out, with a reason. */
  "series.skip": { kind: "mutate"; request: SkipSession; response: SeriesView };
  /** Takes a skip back. */
  "series.unskip": { kind: "mutate"; request: UnskipSession; response: SeriesView };
  /** A year's sessions with holidays and anniversaries. */
  "calendar.year": { kind: "query"; request: YearRequest; response: CalendarYear };
  /** A year's holidays and where they come from. */
  "calendar.holidays": { kind: "query"; request: YearRequest; response: HolidayYear };
  /** Reads a file of holidays; nothing is written. */
  "calendar.read_holidays": { kind: "job"; request: ReadHolidays; response: HolidayFile };
  /** Sets a year's holidays. */
  "calendar.set_holidays": { kind: "mutate"; request: SetHolidays; response: HolidayYear };
  /** Takes the book's own holidays of a year away. */
  "calendar.restore_holidays": { kind: "mutate"; request: YearRequest; response: HolidayYear };
  /** Every anniversary, the program's and the book's own. */
  "calendar.anniversaries": { kind: "query"; request: Nothing; response: Array<AnniversaryView> };
  /** Puts an anniversary into the calendar or takes it out. */
  "calendar.choose_anniversary": { kind: "mutate"; request: ChooseAnniversary; response: Array<AnniversaryView> };
  /** Adds an own anniversary or edits one. */
  "calendar.save_anniversary": { kind: "mutate"; request: SaveAnniversary; response: Array<AnniversaryView> };
  /** Removes an own anniversary. */
  "calendar.remove_anniversary": { kind: "mutate"; request: AnniversaryRequest; response: Nothing };
  /** What planning a year like another would make. */
  "calendar.copy_preview": { kind: "query"; request: CopyYear; response: CopyPreview };
  /** Plans a year like another. */
  "calendar.copy_year": { kind: "mutate"; request: CopyYear; response: YearCopied };
  /** The plans of a year, of organizations and persons. */
  "plans.list": { kind: "query"; request: YearRequest; response: Array<PlanRow> };
  /** The items of a year's plans that a session may carry out. */
  "plans.items": { kind: "query"; request: YearRequest; response: Array<PlanItemChoice> };
  /** Somebody's plan of a year. */
  "plans.find": { kind: "query"; request: PlanRequest; response: PlanFound };
  /** Makes somebody's plan of a year. */
  "plans.create": { kind: "mutate"; request: CreatePlan; response: PlanView };
  /** Changes a plan's title and note. */
  "plans.edit": { kind: "mutate"; request: EditPlan; response: PlanView };
  /** Removes a plan; its sessions stay. */
  "plans.remove": { kind: "mutate"; request: PlanIdRequest; response: Nothing };
  /** Copies a plan into another year. */
  "plans.copy": { kind: "mutate"; request: CopyPlan; response: PlanCopied };
  /** Adds a theme or edits one. */
  "plans.save_theme": { kind: "mutate"; request: SaveTheme; response: PlanView };
  /** Removes a theme; its items stay. */
  "plans.remove_theme": { kind: "mutate"; request: ThemeRequest; response: PlanView };
  /** Puts a theme at a place. */
  "plans.move_theme": { kind: "mutate"; request: MoveTheme; response: PlanView };
  /** Adds an item or edits one. */
  "plans.save_item": { kind: "mutate"; request: SavePlanItem; response: PlanView };
  /** Removes items; their sessions stay. */
  "plans.remove_items": { kind: "mutate"; request: ItemsRequest; response: PlanView };
  /** Puts an item at a place. */
  "plans.move_item": { kind: "mutate"; request: MovePlanItem; response: PlanView };
  /** Ties sessions to an item. */
  "plans.tie": { kind: "mutate"; request: TieSessions; response: PlanView };
  /** Unties sessions from an item. */
  "plans.untie": { kind: "mutate"; request: TieSessions; response: PlanView };
  /** A list of words: kinds, tags, places. */
  "words.list": { kind: "query"; request: WordsRequest; response: Array<WordView> };
  /** Adds a word, or changes whether it is offered. */
  "words.save": { kind: "mutate"; request: SaveWord; response: Array<WordView> };
  /** Renames an own word, in the records too. */
  "words.rename": { kind: "mutate"; request: RenameWord; response: WordRenamed };
  /** Removes an own word that no record bears. */
  "words.remove": { kind: "mutate"; request: WordRequest; response: Nothing };
  /** A session's roll. */
  "attendance.sheet": { kind: "query"; request: SessionRequest; response: AttendanceSheet };
  /** Marks one member. */
  "attendance.mark": { kind: "mutate"; request: Mark; response: Marked };
  /** Marks those who have no mark yet. */
  "attendance.mark_rest": { kind: "mutate"; request: MarkRest; response: RestMarked };
  /** Takes leaves over as marks. */
  "attendance.take_leave": { kind: "mutate"; request: TakeLeave; response: LeaveTaken };
  /** Closes a roll, and says what becomes of those without a mark. */
  "attendance.close_roll": { kind: "mutate"; request: CloseRoll; response: RollClosed };
  /** Opens a closed roll again. */
  "attendance.reopen_roll": { kind: "mutate"; request: SessionRequest; response: Nothing };
  /** Today's rolls, and earlier ones left open. */
  "attendance.open_rolls": { kind: "query"; request: Nothing; response: OpenRolls };
  /** Makes the frozen list of who is required anew, by today's roster. */
  "attendance.roster_renew": { kind: "mutate"; request: SessionRequest; response: RosterRenewed };
  /** Puts people on the list of who is required by hand. */
  "attendance.roster_add": { kind: "mutate"; request: AddToRoster; response: Nothing };
  /** Takes somebody without a mark off that list. */
  "attendance.roster_remove": { kind: "mutate"; request: RemoveFromRoster; response: Nothing };
  /** Puts down somebody who sits in. */
  "attendance.guest_add": { kind: "mutate"; request: GuestRequest; response: Nothing };
  /** Strikes out somebody who sits in. */
  "attendance.guest_remove": { kind: "mutate"; request: GuestRequest; response: Nothing };
  /** Records a make-up of a missed session. */
  "attendance.make_up": { kind: "mutate"; request: RecordMakeUp; response: Marked };
  /** Removes a make-up. */
  "attendance.remove_make_up": { kind: "mutate"; request: MakeUpRequest; response: Marked };
  /** The leaves of a span of days, with the sessions that they touch. */
  "leave.list": { kind: "query"; request: LeavesRequest; response: LeaveBook };
  /** Writes down a leave. */
  "leave.add": { kind: "mutate"; request: LeaveInput; response: LeaveRow };
  /** Edits a leave; marks that took it over stay. */
  "leave.edit": { kind: "mutate"; request: EditLeave; response: LeaveRow };
  /** Removes a leave; marks that took it over stay. */
  "leave.remove": { kind: "mutate"; request: LeaveRequest; response: LeaveRemoved };
  /** What was missed in a year and what of it was made up. */
  "make_ups.owed": { kind: "query"; request: MakeUpsRequest; response: MakeUpsYear };
  /** Records that several absences were made up together. */
  "make_ups.record": { kind: "mutate"; request: RecordMakeUps; response: Nothing };
  /** Records that make-ups were checked. */
  "make_ups.check": { kind: "mutate"; request: CheckMakeUps; response: Nothing };
  /** Takes checks back. */
  "make_ups.uncheck": { kind: "mutate"; request: MakeUpsChosen; response: Nothing };
  /** Removes make-ups. */
  "make_ups.remove": { kind: "mutate"; request: MakeUpsChosen; response: Nothing };
  /** Sets the days in which to make up. */
  "make_ups.set_days": { kind: "mutate"; request: SetMakeUpDays; response: Nothing };
  /** What a branch held of what it has to hold. */
  "coverage.year": { kind: "query"; request: CoverageRequest; response: CoverageYear };
  /** Chooses how an item is read. */
  "coverage.choose": { kind: "mutate"; request: ChooseReading; response: Nothing };
  /** Leaves an item undecided again. */
  "coverage.unchoose": { kind: "mutate"; request: CoverageItemRequest; response: Nothing };
  /** Who has spoken, who is next. */
  "rotation.list": { kind: "query"; request: RotationRequest; response: Rotation };
  /** Sets in which order people speak. */
  "rotation.set_order": { kind: "mutate"; request: SetRotation; response: Nothing };
  /** Goes back to who spoke longest ago. */
  "rotation.clear_order": { kind: "mutate"; request: ClearRotation; response: Nothing };
  /** Puts somebody into a session as speaker. */
  "rotation.assign": { kind: "mutate"; request: AssignSpeaker; response: Nothing };
  /** Whether cards were made, and how a late one is taken. */
  "cards.state": { kind: "query"; request: Nothing; response: CardsState };
  /** Makes the cards of members; the first makes the book's key. */
  "cards.issue": { kind: "mutate"; request: IssueCards; response: Array<CardView> };
  /** Says how a card is taken that is read after the beginning. */
  "cards.set_late": { kind: "mutate"; request: CardLate; response: CardLate };
  /** A card was read at a roll. */
  "attendance.card": { kind: "mutate"; request: ReadCard; response: CardRead };
  /** The attendance ledger (考勤台账): members down, sessions across. */
  "attendance.ledger": { kind: "query"; request: LedgerRequest; response: Ledger };
  /** The history of one cell: who, when, before, after. */
  "attendance.history": { kind: "query"; request: CellRequest; response: CellHistory };
  /** Where the months of a year stand: what is in them, what is open, what
   * is closed. */
  "months.list": { kind: "query"; request: YearRequest; response: MonthsYear };
  /** Closes a month (封月): from then on a change in it needs a reason. */
  "months.close": { kind: "mutate"; request: CloseMonth; response: Nothing };
  /** Opens a closed month again, with a reason. */
  "months.reopen": { kind: "mutate"; request: ReopenMonth; response: Nothing };
  /** What was changed in closed months, and why. */
  "months.supplements": { kind: "query"; request: SupplementsRequest; response: Array<MonthSupplementView> };
  /** The self-study entries of a year, latest first. */
  "study.list": { kind: "query"; request: StudyRequest; response: Array<StudyRow> };
  /** Logs an entry. */
  "study.add": { kind: "mutate"; request: StudyInput; response: StudyRow };
  /** Edits an entry. */
  "study.edit": { kind: "mutate"; request: EditStudy; response: StudyRow };
  /** Deletes an entry with its note. */
  "study.delete": { kind: "mutate"; request: StudyEntryRequest; response: Nothing };
  /** Accepts entries (认定): they count from now on. */
  "study.approve": { kind: "mutate"; request: ReviewStudy; response: Array<StudyRow> };
  /** Returns entries (退回) with a reason: they do not count. */
  "study.return": { kind: "mutate"; request: ReviewStudy; response: Array<StudyRow> };
  /** The year's credits of everyone under one rule set. */
  "credits.year": { kind: "query"; request: CreditsRequest; response: CreditsYear };
  /** One member's credits with their reasons. */
  "credits.member": { kind: "query"; request: MemberCreditsRequest; response: MemberCredits };
  /** Everyone's credits with their reasons. */
  "credits.explained": { kind: "query"; request: CreditsRequest; response: Array<MemberCredits> };
  /** The credits by hand of a year, by date. */
  "manual_credits.list": { kind: "query"; request: ManualCreditsRequest; response: Array<ManualCreditView> };
  /** Adds a credit by hand, or a correction of a fact's. */
  "manual_credits.add": { kind: "mutate"; request: ManualCreditInput; response: ManualCreditView };
  /** Edits a credit by hand; also accepts or returns it. */
  "manual_credits.edit": { kind: "mutate"; request: EditManualCredit; response: ManualCreditView };
  /** Removes a credit by hand. */
  "manual_credits.remove": { kind: "mutate"; request: ManualCreditRequest; response: Nothing };
  /** What is known of a member beyond the roster's fields. */
  "member_facts.list": { kind: "query"; request: MemberFactsRequest; response: Array<MemberFactView> };
  /** Adds an attribute, another review's grade, or a long leave. */
  "member_facts.add": { kind: "mutate"; request: AddMemberFact; response: MemberFactView };
  /** Removes one of them. */
  "member_facts.remove": { kind: "mutate"; request: MemberFactRequest; response: Nothing };
  /** Every rule set that can be used here, and which are in use when. */
  "rules.list": { kind: "query"; request: Nothing; response: RulesList };
  /** A rule set's text. */
  "rules.text": { kind: "query"; request: RuleSetRequest; response: RuleText };
  /** What is in a text and what is wrong with it. */
  "rules.inspect": { kind: "query"; request: InspectRules; response: Inspection };
  /** Changes a text by forms; comments and order stay. Nothing is stored. */
  "rules.edit": { kind: "query"; request: EditRules; response: EditedRules };
  /** Tries rules on a member of the roster. */
  "rules.trial": { kind: "query"; request: TryRules; response: RulesTried };
  /** Compares two rule sets on everybody. */
  "rules.compare": { kind: "query"; request: CompareRules; response: RulesCompared };
  /** Stores a text. */
  "rules.save": { kind: "mutate"; request: SaveRules; response: RuleSetView };
  /** Takes a rule set into use from a day on. */
  "rules.use": { kind: "mutate"; request: UseRules; response: RulesList };
  /** Ends a use. */
  "rules.stop": { kind: "mutate"; request: StopRules; response: RulesList };
  /** Deletes a rule set that is nowhere used and by which nothing is closed. */
  "rules.delete": { kind: "mutate"; request: RuleSetRequest; response: Nothing };
  /** Every decision. */
  "decisions.list": { kind: "query"; request: Nothing; response: Array<DecisionView> };
  /** Decides what the rules do not; a decision on the same question for the
   * same people is replaced. */
  "decisions.record": { kind: "mutate"; request: RecordDecision; response: DecisionView };
  /** Takes a decision back: the question is open again. */
  "decisions.remove": { kind: "mutate"; request: DecisionRequest; response: Nothing };
  /** Results of periods before the book was kept. */
  "openings.list": { kind: "query"; request: Nothing; response: Array<OpeningView> };
  /** Records one; one of the same period is replaced. */
  "openings.record": { kind: "mutate"; request: RecordOpening; response: OpeningView };
  /** Records the results of an earlier period of many people, all or none. */
  "openings.record_many": { kind: "mutate"; request: RecordOpenings; response: Nothing };
  /** Removes one. */
  "openings.remove": { kind: "mutate"; request: OpeningRequest; response: Nothing };
  /** What a closing would freeze, and what stands in its way. */
  "closing.preview": { kind: "query"; request: ClosePeriod; response: ClosingPreview };
  /** Every closing, reopened ones too. */
  "closing.list": { kind: "query"; request: Nothing; response: Array<ClosingView> };
  /** A closing with its lines and supplements. */
  "closing.show": { kind: "query"; request: ClosingRequest; response: ClosingDetail };
  /** One frozen ledger in full. */
  "closing.ledger": { kind: "query"; request: ClosingLedgerRequest; response: ClosingLedger };
  /** Whether a closing is still what it was. */
  "closing.verify": { kind: "query"; request: ClosingRequest; response: ClosingVerified };
  /** Freezes a period's ledgers. */
  "closing.close": { kind: "mutate"; request: ClosePeriod; response: ClosingView };
  /** Opens a closing again, with a reason; what it held stays as a record. */
  "closing.reopen": { kind: "mutate"; request: ReopenClosing; response: ClosingView };
  /** Records a change to a frozen ledger. */
  "closing.supplement": { kind: "mutate"; request: RecordSupplement; response: SupplementView };
  /** A year's assessment (学习考核) under one scheme. */
  "assess.year": { kind: "query"; request: AssessRequest; response: AssessYear };
  /** Gives points by hand. */
  "assess.score": { kind: "mutate"; request: SetScore; response: Nothing };
  /** Gives many points at once, all or none. */
  "assess.scores": { kind: "mutate"; request: SetScores; response: Nothing };
  /** Takes points back. */
  "assess.remove_score": { kind: "mutate"; request: RemoveScore; response: Nothing };
  /** What is attached to a record. */
  "attachments.list": { kind: "query"; request: AttachmentsRequest; response: AttachmentList };
  /** An attached file's bytes. */
  "attachments.content": { kind: "query"; request: AttachmentRequest; response: AttachmentContent };
  /** Attaches files to a record; undone as one operation. */
  "attachments.add": { kind: "host"; request: AddAttachments; response: Mutated<Array<AttachmentRow>> };
  /** Renames an attached file or labels it. */
  "attachments.edit": { kind: "mutate"; request: EditAttachment; response: AttachmentRow };
  /** Takes a file off its record. */
  "attachments.remove": { kind: "mutate"; request: AttachmentRequest; response: Nothing };
  /** Writes an attached file out. */
  "attachments.save_as": { kind: "host"; request: SaveAttachment; response: AttachmentSaved };
  /** The register of documents and meetings, with the sessions that answer them. */
  "documents.list": { kind: "query"; request: Nothing; response: DocumentRegister };
  /** Registers a document. */
  "documents.add": { kind: "mutate"; request: DocumentInput; response: DocumentRow };
  /** Edits a document. */
  "documents.edit": { kind: "mutate"; request: EditDocument; response: DocumentRow };
  /** Removes a document with its files; sessions that answer it stay. */
  "documents.remove": { kind: "mutate"; request: RemoveDocument; response: Nothing };
  /** Plans a session that answers a document. */
  "documents.schedule": { kind: "mutate"; request: ScheduleStudy; response: SessionRow };
  /** The superior's checks with their findings. */
  "inspections.list": { kind: "query"; request: Nothing; response: InspectionBook };
  /** Records a check with its findings. */
  "inspections.add": { kind: "mutate"; request: InspectionInput; response: InspectionRow };
  /** Edits a check and its findings. */
  "inspections.edit": { kind: "mutate"; request: EditInspection; response: InspectionRow };
  /** Removes a check with its findings and files. */
  "inspections.remove": { kind: "mutate"; request: InspectionRequest; response: Nothing };
  /** Says that a finding was mended. */
  "inspections.mend": { kind: "mutate"; request: MendFinding; response: InspectionRow };
  /** Opens a mended finding again. */
  "inspections.reopen": { kind: "mutate"; request: ReopenFinding; response: InspectionRow };
  /** Who sat in on sessions, and whether their report has come. */
  "observers.list": { kind: "query"; request: ObserversRequest; response: Array<ObserverRow> };
  /** Writes down an observer's report. */
  "observers.save": { kind: "mutate"; request: SaveReport; response: Array<ObserverRow> };
  /** Removes an observer's report. */
  "observers.remove": { kind: "mutate"; request: ReportRequest; response: Nothing };
  /** A year's expenses with their sums. */
  "expenses.list": { kind: "query"; request: YearRequest; response: ExpenseYear };
  /** Records an expense. */
  "expenses.add": { kind: "mutate"; request: ExpenseInput; response: ExpenseRow };
  /** Edits an expense. */
  "expenses.edit": { kind: "mutate"; request: EditExpense; response: ExpenseRow };
  /** Removes an expense with its files. */
  "expenses.remove": { kind: "mutate"; request: ExpenseRequest; response: Nothing };
  /** Writes a year's expenses as xlsx or csv. */
  "expenses.export": { kind: "job"; request: ExportExpenses; response: ExpensesExported };
  /** The commendations, and who has had none for two years. */
  "commendations.list": { kind: "query"; request: Nothing; response: CommendationBook };
  /** One member's commendations, latest first. */
  "commendations.of_member": { kind: "query"; request: MemberCommendationsRequest; response: Array<CommendationRow> };
  /** Records a commendation of people and organizations. */
  "commendations.add": { kind: "mutate"; request: AddCommendations; response: Array<CommendationRow> };
  /** Edits a commendation. */
  "commendations.edit": { kind: "mutate"; request: EditCommendation; response: CommendationRow };
  /** Removes a commendation with its files. */
  "commendations.remove": { kind: "mutate"; request: CommendationRequest; response: Nothing };
  /** The case library, or what of it a text finds. */
  "cases.list": { kind: "query"; request: CasesRequest; response: CaseLibrary };
  /** One case with its body. */
  "cases.get": { kind: "query"; request: CaseRequest; response: CaseDetail };
  /** Adds a case. */
  "cases.add": { kind: "mutate"; request: CaseInput; response: CaseDetail };
  /** Edits a case. */
  "cases.edit": { kind: "mutate"; request: EditCase; response: CaseDetail };
  /** Removes a case with its files. */
  "cases.remove": { kind: "mutate"; request: CaseRequest; response: Nothing };
  /** Where the year stands. */
  "workbench.year": { kind: "query"; request: YearRequest; response: Workbench };
  /** What needs looking at in a year, and what of it was put off. */
  "warnings.list": { kind: "query"; request: YearRequest; response: WarningsYear };
  /** How the rules are set that raise warnings. */
  "warnings.rules": { kind: "query"; request: Nothing; response: Array<WarningRuleView> };
  /** Puts warnings off until a day, or for good, with a reason. */
  "warnings.put_off": { kind: "mutate"; request: PutOffWarnings; response: Nothing };
  /** Takes that back. */
  "warnings.take_back": { kind: "mutate"; request: TakeBackWarnings; response: Nothing };
  /** Switches a rule on or off, or sets its threshold. */
  "warnings.set_rule": { kind: "mutate"; request: SetWarningRule; response: Array<WarningRuleView> };
  /** Sets every rule back to its default. */
  "warnings.reset_rules": { kind: "mutate"; request: Nothing; response: Array<WarningRuleView> };
  /** Looks for people and sessions. */
  "search.find": { kind: "query"; request: SearchRequest; response: SearchResult };
  /** Writes the yearly summary (年度学习情况汇总表) as xlsx. */
  "reports.summary": { kind: "job"; request: WriteReport; response: ReportWritten };
  /** Writes the attendance ledger (考勤台账) as csv. */
  "reports.attendance_csv": { kind: "job"; request: WriteReport; response: ReportWritten };
  /** Writes what was changed in closed months of a year. */
  "reports.supplements_csv": { kind: "job"; request: WriteReport; response: ReportWritten };
  /** Opens a file for import and proposes how to read it. */
  "import.read": { kind: "job"; request: ReadImport; response: ImportSource };
  /** What the columns would mean on another sheet or under another row. */
  "import.heading": { kind: "host"; request: HeadingRequest; response: Heading };
  /** Says for every row what an import would do. */
  "import.preview": { kind: "job"; request: PreviewImport; response: ImportPreview };
  /** Carries out the plan of a preview, in one transaction. */
  "import.apply": { kind: "job"; request: ApplyImport; response: ImportDone };
  /** Takes back the latest operation that still stands. */
  "undo.undo": { kind: "host"; request: StepRequest; response: Mutated<Undone> };
  /** Does again what was taken back last. */
  "undo.redo": { kind: "host"; request: StepRequest; response: Mutated<Undone> };
  /** The latest operations. */
  "undo.history": { kind: "query"; request: HistoryRequest; response: Array<HistoryEntry> };
}
