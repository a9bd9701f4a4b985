//! The table of commands: name, kind, handler, request, response. Everything
//! else that knows commands is made from it.

use serde::Serialize;
use serde_json::Value;

use crate::{
    app::Core,
    areas::{
        assess::{self, AssessRequest, AssessYear, RemoveScore, SetScore, SetScores},
        attachments::{
            self, AddAttachments, AttachmentContent, AttachmentList, AttachmentRequest, AttachmentRow, AttachmentSaved, AttachmentsRequest,
            EditAttachment, SaveAttachment,
        },
        attendance::{
            self, AddToRoster, AttendanceSheet, CloseRoll, GuestRequest, LeaveTaken, MakeUpRequest, Mark, MarkRest, Marked, OpenRolls,
            RecordMakeUp, RemoveFromRoster, RestMarked, RollClosed, RosterRenewed, TakeLeave,
        },
        book::{self, AppState, Appearance, BookInfo, CopyMade, CreateBook, FileRequest},
        calendar::{
            self, AnniversaryRequest, AnniversaryView, CalendarYear, ChooseAnniversary, CopyPreview, CopyYear, HolidayFile, HolidayYear,
            ReadHolidays, SaveAnniversary, SetHolidays, YearCopied,
        },
        cards::{self, CardLate, CardRead, CardView, CardsState, IssueCards, ReadCard},
        cases::{self, CaseDetail, CaseInput, CaseLibrary, CaseRequest, CasesRequest, EditCase},
        closing::{
            self, ClosePeriod, ClosingDetail, ClosingLedger, ClosingLedgerRequest, ClosingPreview, ClosingRequest, ClosingVerified,
            ClosingView, RecordSupplement, ReopenClosing, SupplementView,
        },
        commendations::{
            self, AddCommendations, CommendationBook, CommendationRequest, CommendationRow, EditCommendation, MemberCommendationsRequest,
        },
        coverage::{self, ChooseReading, CoverageItemRequest, CoverageRequest, CoverageYear},
        credits::{self, CreditsRequest, CreditsYear, MemberCredits, MemberCreditsRequest},
        decisions::{self, DecisionRequest, DecisionView, RecordDecision},
        documents::{self, DocumentInput, DocumentRegister, DocumentRow, EditDocument, RemoveDocument, ScheduleStudy},
        expenses::{self, EditExpense, ExpenseInput, ExpenseRequest, ExpenseRow, ExpenseYear, ExpensesExported, ExportExpenses},
        history::{self, CellHistory, CellRequest},
        imports::{self, ApplyImport, HeadingRequest, ImportDone, ImportPreview, ImportSource, PreviewImport, ReadImport},
        inspections::{
            self, EditInspection, InspectionBook, InspectionInput, InspectionRequest, InspectionRow, MendFinding, ReopenFinding,
        },
        leave::{self, EditLeave, LeaveBook, LeaveInput, LeaveRemoved, LeaveRequest, LeaveRow, LeavesRequest},
        ledger::{self, Ledger, LedgerRequest},
        make_ups::{self, CheckMakeUps, MakeUpsChosen, MakeUpsRequest, MakeUpsYear, RecordMakeUps, SetMakeUpDays},
        manual_credits::{
            self, AddMemberFact, EditManualCredit, ManualCreditInput, ManualCreditRequest, ManualCreditView, ManualCreditsRequest,
            MemberFactRequest, MemberFactView, MemberFactsRequest,
        },
        months::{self, CloseMonth, MonthSupplementView, MonthsYear, ReopenMonth, SupplementsRequest},
        observers::{self, ObserverRow, ObserversRequest, ReportRequest, SaveReport},
        openings::{self, OpeningRequest, OpeningView, RecordOpening, RecordOpenings},
        organizations::{self, AddOrganization, EditOrganization, OrganizationRequest, OrganizationRow, SetStructure},
        papers::{
            self, AddEvidence, DocumentChoice, RemoveEvidence, SessionPapers, SetAnswers, SetBallot, SetHolders, StepsDone, WritePaper,
        },
        plans::{
            self, CopyPlan, CreatePlan, EditPlan, ItemsRequest, MovePlanItem, MoveTheme, PlanCopied, PlanFound, PlanIdRequest,
            PlanItemChoice, PlanRequest, PlanRow, PlanView, SavePlanItem, SaveTheme, ThemeRequest, TieSessions,
        },
        reports::{self, ReportWritten, WriteReport},
        roster::{
            self, ChangeMember, CorrectMember, MemberDetail, MemberInput, MemberRequest, MemberRow, RemoveHistory, RosterRequest,
            Vocabulary,
        },
        rotation::{self, AssignSpeaker, ClearRotation, Rotation, RotationRequest, SetRotation},
        rules::{
            self, CompareRules, EditRules, EditedRules, InspectRules, Inspection, RuleSetRequest, RuleSetView, RuleText, RulesCompared,
            RulesList, RulesTried, SaveRules, StopRules, TryRules, UseRules,
        },
        search::{self, SearchRequest, SearchResult},
        series::{
            self, EditSeries, EndSeries, PreviewSeries, SeriesChanged, SeriesDetail, SeriesInput, SeriesPreview, SeriesRequest, SeriesView,
            SkipSession, UnskipSession,
        },
        sessions::{
            self, CopySession, EditSession, MoveSession, SessionDetail, SessionInput, SessionRequest, SessionRow, SetSessionState,
            YearRequest,
        },
        settings::{self, RenameBook, SetOperator},
        study::{self, EditStudy, ReviewStudy, StudyEntryRequest, StudyInput, StudyRequest, StudyRow},
        undo::{self, HistoryEntry, HistoryRequest, StepRequest, Undone},
        warnings::{self, PutOffWarnings, SetWarningRule, TakeBackWarnings, WarningRuleView, WarningsYear},
        words::{self, RenameWord, SaveWord, WordRenamed, WordRequest, WordView, WordsRequest},
        workbench::{self, Workbench},
    },
    context::Mutated,
    error::ApiError,
    forms,
    jobs::{self, JobRequest, JobState},
};
use xueji_exchange::import::propose::Heading;

/// How a command runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CommandKind {
    /// Reads the open book.
    Query,
    /// Changes the open book in one transaction.
    Mutate,
    /// Concerns the program itself.
    Host,
    /// Runs on a thread of its own.
    Job,
}

/// One line of the table, for the command line, the documentation and the
/// TypeScript.
pub struct CommandInfo {
    /// Its name: `attendance.mark`.
    pub name: &'static str,
    /// How it runs.
    pub kind: CommandKind,
    /// Its documentation.
    pub doc: &'static str,
    /// Declares its types to the TypeScript writer.
    pub(crate) declare: fn(&mut crate::typescript::Writer) -> (String, String),
}

/// A request without content.
#[derive(Debug, Clone, Copy, Default, Serialize, serde::Deserialize, ts_rs::TS)]
pub struct Nothing {}

macro_rules! commands {
    ($( $(#[doc = $doc:literal])* $kind:ident $name:literal => $handler:path : $request:ty => $response:ty; )*) => {
        /// Every command.
        pub const COMMANDS: &[CommandInfo] = &[$(
            CommandInfo {
                name: $name,
                kind: commands!(@kind $kind),
                doc: concat!($($doc, "\n"),*),
                declare: |writer| (writer.add::<$request>(), writer.add::<$response>()),
            },
        )*];

        /// Runs a command by name on the calling thread; jobs report to
        /// `progress`.
        pub(crate) fn run(core: &Core, name: &str, request: Value, progress: &jobs::Progress) -> Result<Value, ApiError> {
            let reason = supplement_reason(&request);
            match name {
                $($name => {
                    let request: $request = decode(name, request)?;
                    commands!(@run $kind, core, progress, name, request, reason, $handler)
                })*
                _ => Err(ApiError::UnknownCommand { name: name.to_owned() }),
            }
        }
    };
    (@kind query) => { CommandKind::Query };
    (@kind mutate) => { CommandKind::Mutate };
    (@kind host) => { CommandKind::Host };
    (@kind job) => { CommandKind::Job };
    (@run query, $core:ident, $progress:ident, $name:ident, $request:ident, $reason:ident, $handler:path) => {
        encode(&$core.query(|context| $handler(context, $request))?)
    };
    (@run mutate, $core:ident, $progress:ident, $name:ident, $request:ident, $reason:ident, $handler:path) => {
        encode(&$core.mutate_because($name, $reason, |context| $handler(context, $request))?)
    };
    (@run host, $core:ident, $progress:ident, $name:ident, $request:ident, $reason:ident, $handler:path) => {
        encode(&$handler($core, $request)?)
    };
    (@run job, $core:ident, $progress:ident, $name:ident, $request:ident, $reason:ident, $handler:path) => {
        encode(&$handler($core, $progress, $request)?)
    };
}

commands! {
    /// What the window needs to draw its frame.
    host "app.state" => book::state: Nothing => AppState;
    /// Keeps how the window looks on this machine.
    host "app.set_appearance" => book::set_appearance: Appearance => Appearance;
    /// Makes a new, empty book and opens it.
    host "book.create" => book::create: CreateBook => BookInfo;
    /// Opens a book; the one open before is closed.
    host "book.open" => book::open: FileRequest => BookInfo;
    /// Opens the sample book (示例台账), made anew where there is none.
    host "book.open_sample" => book::open_sample: Nothing => BookInfo;
    /// Closes the open book.
    host "book.close" => book::close: Nothing => Nothing;
    /// Takes a book off the recent list; the file stays.
    host "book.forget" => book::forget: FileRequest => Nothing;
    /// Writes a checked copy of the open book.
    job "book.save_copy" => book::save_copy: FileRequest => CopyMade;

    /// Asks a running job to stop.
    host "job.cancel" => jobs::cancel: JobRequest => Nothing;
    /// Where a job stands; its result stays until the program ends.
    host "job.state" => jobs::state: JobRequest => JobState;

    /// Sets who works in the book.
    mutate "settings.set_operator" => settings::set_operator: SetOperator => Nothing;
    /// Renames the book.
    mutate "settings.rename_book" => settings::rename_book: RenameBook => Nothing;

    /// The organization tree, parents before children.
    query "organizations.list" => organizations::list: Nothing => Vec<OrganizationRow>;
    /// Adds an organization below another.
    mutate "organizations.add" => organizations::add: AddOrganization => OrganizationRow;
    /// Renames an organization or changes its kind.
    mutate "organizations.edit" => organizations::edit: EditOrganization => OrganizationRow;
    /// Says what an organization is made of: 支委会, 中心组, from when to when.
    mutate "organizations.set_structure" => organizations::set_structure: SetStructure => OrganizationRow;
    /// Removes an organization that nothing belongs to.
    mutate "organizations.delete" => organizations::delete: OrganizationRequest => Nothing;

    /// The roster as of a day.
    query "roster.list" => roster::list: RosterRequest => Vec<MemberRow>;
    /// One member with history.
    query "roster.member" => roster::member: MemberRequest => MemberDetail;
    /// The words that forms propose.
    query "roster.vocabulary" => roster::vocabulary: Nothing => Vocabulary;
    /// Adds a member.
    mutate "roster.add" => roster::add: MemberInput => MemberRow;
    /// Corrects a member: the record was wrong.
    mutate "roster.correct" => roster::correct: CorrectMember => MemberRow;
    /// Changes a member from a day on; what was before stays as history.
    mutate "roster.change" => roster::change: ChangeMember => MemberRow;
    /// Takes back one line of a member's history.
    mutate "roster.remove_history" => roster::remove_history: RemoveHistory => MemberRow;
    /// Removes a member in whose name no record stands.
    mutate "roster.delete" => roster::delete: MemberRequest => Nothing;

    /// The sessions of a year, by date.
    query "sessions.list" => sessions::list: YearRequest => Vec<SessionRow>;
    /// One session.
    query "sessions.get" => sessions::get: SessionRequest => SessionDetail;
    /// Records a session.
    mutate "sessions.add" => sessions::add: SessionInput => SessionRow;
    /// Edits a session.
    mutate "sessions.edit" => sessions::edit: EditSession => SessionRow;
    /// Copies a session to another day, without its marks.
    mutate "sessions.copy" => sessions::copy: CopySession => SessionRow;
    /// Moves a planned session to another day.
    mutate "sessions.move" => sessions::move_to: MoveSession => SessionRow;
    /// Cancels a session or takes it up again.
    mutate "sessions.set_state" => sessions::set_state: SetSessionState => SessionRow;
    /// Deletes a session with its marks.
    mutate "sessions.delete" => sessions::delete: SessionRequest => Nothing;

    /// Which of the six steps are done, of the sessions of a year.
    query "sessions.steps" => papers::steps: YearRequest => Vec<StepsDone>;
    /// One session with its six steps and all its papers.
    query "sessions.papers" => papers::papers: SessionRequest => SessionPapers;
    /// The documents that a session could answer.
    query "sessions.documents" => papers::documents: SessionRequest => Vec<DocumentChoice>;
    /// Writes one field of a session's papers.
    mutate "sessions.write_paper" => papers::write_paper: WritePaper => SessionPapers;
    /// Says whether a session votes or elects.
    mutate "sessions.set_ballot" => papers::set_ballot: SetBallot => SessionPapers;
    /// Says which document a session answers.
    mutate "sessions.set_answers" => papers::set_answers: SetAnswers => SessionPapers;
    /// Says which organizations hold a session together.
    mutate "sessions.set_holders" => papers::set_holders: SetHolders => SessionPapers;
    /// Notes evidence of a session that lies on paper.
    mutate "sessions.add_evidence" => papers::add_evidence: AddEvidence => SessionPapers;
    /// Takes such evidence back.
    mutate "sessions.remove_evidence" => papers::remove_evidence: RemoveEvidence => SessionPapers;

    /// The recurring sessions that reach into a year.
    query "series.list" => series::list: YearRequest => Vec<SeriesView>;
    /// A series with all its occurrences.
    query "series.get" => series::get: SeriesRequest => SeriesDetail;
    /// The days that a form gives, and what an edit would do.
    query "series.preview" => series::preview: PreviewSeries => SeriesPreview;
    /// Adds a series with its sessions.
    mutate "series.add" => series::add: SeriesInput => SeriesView;
    /// Edits a series for the future; what was touched by hand stays.
    mutate "series.edit" => series::edit: EditSeries => SeriesChanged;
    /// Ends a series with a day.
    mutate "series.end" => series::end: EndSeries => SeriesChanged;
    /// Removes a series; what was touched by hand stays as single sessions.
    mutate "series.remove" => series::remove: SeriesRequest => Nothing;
    /// Leaves one session of a series out, with a reason.
    mutate "series.skip" => series::skip: SkipSession => SeriesView;
    /// Takes a skip back.
    mutate "series.unskip" => series::unskip: UnskipSession => SeriesView;

    /// A year's sessions with holidays and anniversaries.
    query "calendar.year" => calendar::year: YearRequest => CalendarYear;
    /// A year's holidays and where they come from.
    query "calendar.holidays" => calendar::holidays: YearRequest => HolidayYear;
    /// Reads a file of holidays; nothing is written.
    job "calendar.read_holidays" => calendar::read_holidays: ReadHolidays => HolidayFile;
    /// Sets a year's holidays.
    mutate "calendar.set_holidays" => calendar::set_holidays: SetHolidays => HolidayYear;
    /// Takes the book's own holidays of a year away.
    mutate "calendar.restore_holidays" => calendar::restore_holidays: YearRequest => HolidayYear;
    /// Every anniversary, the program's and the book's own.
    query "calendar.anniversaries" => calendar::anniversaries: Nothing => Vec<AnniversaryView>;
    /// Puts an anniversary into the calendar or takes it out.
    mutate "calendar.choose_anniversary" => calendar::choose_anniversary: ChooseAnniversary => Vec<AnniversaryView>;
    /// Adds an own anniversary or edits one.
    mutate "calendar.save_anniversary" => calendar::save_anniversary: SaveAnniversary => Vec<AnniversaryView>;
    /// Removes an own anniversary.
    mutate "calendar.remove_anniversary" => calendar::remove_anniversary: AnniversaryRequest => Nothing;
    /// What planning a year like another would make.
    query "calendar.copy_preview" => calendar::copy_preview: CopyYear => CopyPreview;
    /// Plans a year like another.
    mutate "calendar.copy_year" => calendar::copy_year: CopyYear => YearCopied;

    /// The plans of a year, of organizations and persons.
    query "plans.list" => plans::list: YearRequest => Vec<PlanRow>;
    /// The items of a year's plans that a session may carry out.
    query "plans.items" => plans::items: YearRequest => Vec<PlanItemChoice>;
    /// Somebody's plan of a year.
    query "plans.find" => plans::find: PlanRequest => PlanFound;
    /// Makes somebody's plan of a year.
    mutate "plans.create" => plans::create: CreatePlan => PlanView;
    /// Changes a plan's title and note.
    mutate "plans.edit" => plans::edit: EditPlan => PlanView;
    /// Removes a plan; its sessions stay.
    mutate "plans.remove" => plans::remove: PlanIdRequest => Nothing;
    /// Copies a plan into another year.
    mutate "plans.copy" => plans::copy: CopyPlan => PlanCopied;
    /// Adds a theme or edits one.
    mutate "plans.save_theme" => plans::save_theme: SaveTheme => PlanView;
    /// Removes a theme; its items stay.
    mutate "plans.remove_theme" => plans::remove_theme: ThemeRequest => PlanView;
    /// Puts a theme at a place.
    mutate "plans.move_theme" => plans::move_theme: MoveTheme => PlanView;
    /// Adds an item or edits one.
    mutate "plans.save_item" => plans::save_item: SavePlanItem => PlanView;
    /// Removes items; their sessions stay.
    mutate "plans.remove_items" => plans::remove_items: ItemsRequest => PlanView;
    /// Puts an item at a place.
    mutate "plans.move_item" => plans::move_item: MovePlanItem => PlanView;
    /// Ties sessions to an item.
    mutate "plans.tie" => plans::tie: TieSessions => PlanView;
    /// Unties sessions from an item.
    mutate "plans.untie" => plans::untie: TieSessions => PlanView;

    /// A list of words: kinds, tags, places.
    query "words.list" => words::list: WordsRequest => Vec<WordView>;
    /// Adds a word, or changes whether it is offered.
    mutate "words.save" => words::save: SaveWord => Vec<WordView>;
    /// Renames an own word, in the records too.
    mutate "words.rename" => words::rename: RenameWord => WordRenamed;
    /// Removes an own word that no record bears.
    mutate "words.remove" => words::remove: WordRequest => Nothing;

    /// A session's roll.
    query "attendance.sheet" => attendance::sheet: SessionRequest => AttendanceSheet;
    /// Marks one member.
    mutate "attendance.mark" => attendance::mark: Mark => Marked;
    /// Marks those who have no mark yet.
    mutate "attendance.mark_rest" => attendance::mark_rest: MarkRest => RestMarked;
    /// Takes leaves over as marks.
    mutate "attendance.take_leave" => attendance::take_leave: TakeLeave => LeaveTaken;
    /// Closes a roll, and says what becomes of those without a mark.
    mutate "attendance.close_roll" => attendance::close: CloseRoll => RollClosed;
    /// Opens a closed roll again.
    mutate "attendance.reopen_roll" => attendance::reopen: SessionRequest => Nothing;
    /// Today's rolls, and earlier ones left open.
    query "attendance.open_rolls" => attendance::open_rolls: Nothing => OpenRolls;
    /// Makes the frozen list of who is required anew, by today's roster.
    mutate "attendance.roster_renew" => attendance::renew_roster: SessionRequest => RosterRenewed;
    /// Puts people on the list of who is required by hand.
    mutate "attendance.roster_add" => attendance::add_to_roster: AddToRoster => Nothing;
    /// Takes somebody without a mark off that list.
    mutate "attendance.roster_remove" => attendance::remove_from_roster: RemoveFromRoster => Nothing;
    /// Puts down somebody who sits in.
    mutate "attendance.guest_add" => attendance::add_guest: GuestRequest => Nothing;
    /// Strikes out somebody who sits in.
    mutate "attendance.guest_remove" => attendance::remove_guest: GuestRequest => Nothing;
    /// Records a make-up of a missed session.
    mutate "attendance.make_up" => attendance::make_up: RecordMakeUp => Marked;
    /// Removes a make-up.
    mutate "attendance.remove_make_up" => attendance::remove_make_up: MakeUpRequest => Marked;

    /// The leaves of a span of days, with the sessions that they touch.
    query "leave.list" => leave::list: LeavesRequest => LeaveBook;
    /// Writes down a leave.
    mutate "leave.add" => leave::add: LeaveInput => LeaveRow;
    /// Edits a leave; marks that took it over stay.
    mutate "leave.edit" => leave::edit: EditLeave => LeaveRow;
    /// Removes a leave; marks that took it over stay.
    mutate "leave.remove" => leave::remove: LeaveRequest => LeaveRemoved;

    /// What was missed in a year and what of it was made up.
    query "make_ups.owed" => make_ups::owed: MakeUpsRequest => MakeUpsYear;
    /// Records that several absences were made up together.
    mutate "make_ups.record" => make_ups::record: RecordMakeUps => Nothing;
    /// Records that make-ups were checked.
    mutate "make_ups.check" => make_ups::check_off: CheckMakeUps => Nothing;
    /// Takes checks back.
    mutate "make_ups.uncheck" => make_ups::uncheck: MakeUpsChosen => Nothing;
    /// Removes make-ups.
    mutate "make_ups.remove" => make_ups::remove: MakeUpsChosen => Nothing;
    /// Sets the days in which to make up.
    mutate "make_ups.set_days" => make_ups::set_days: SetMakeUpDays => Nothing;

    /// What a branch held of what it has to hold.
    query "coverage.year" => coverage::year: CoverageRequest => CoverageYear;
    /// Chooses how an item is read.
    mutate "coverage.choose" => coverage::choose: ChooseReading => Nothing;
    /// Leaves an item undecided again.
    mutate "coverage.unchoose" => coverage::unchoose: CoverageItemRequest => Nothing;

    /// Who has spoken, who is next.
    query "rotation.list" => rotation::list: RotationRequest => Rotation;
    /// Sets in which order people speak.
    mutate "rotation.set_order" => rotation::set_order: SetRotation => Nothing;
    /// Goes back to who spoke longest ago.
    mutate "rotation.clear_order" => rotation::clear_order: ClearRotation => Nothing;
    /// Puts somebody into a session as speaker.
    mutate "rotation.assign" => rotation::assign: AssignSpeaker => Nothing;

    /// Whether cards were made, and how a late one is taken.
    query "cards.state" => cards::state: Nothing => CardsState;
    /// Makes the cards of members; the first makes the book's key.
    mutate "cards.issue" => cards::issue: IssueCards => Vec<CardView>;
    /// Says how a card is taken that is read after the beginning.
    mutate "cards.set_late" => cards::set_late: CardLate => CardLate;
    /// A card was read at a roll.
    mutate "attendance.card" => cards::read: ReadCard => CardRead;

    /// The attendance ledger (考勤台账): members down, sessions across.
    query "attendance.ledger" => ledger::ledger: LedgerRequest => Ledger;
    /// The history of one cell: who, when, before, after.
    query "attendance.history" => history::cell: CellRequest => CellHistory;

    /// Where the months of a year stand: what is in them, what is open, what
    /// is closed.
    query "months.list" => months::list: YearRequest => MonthsYear;
    /// Closes a month (封月): from then on a change in it needs a reason.
    mutate "months.close" => months::close: CloseMonth => Nothing;
    /// Opens a closed month again, with a reason.
    mutate "months.reopen" => months::reopen: ReopenMonth => Nothing;
    /// What was changed in closed months, and why.
    query "months.supplements" => months::supplements: SupplementsRequest => Vec<MonthSupplementView>;

    /// The self-study entries of a year, latest first.
    query "study.list" => study::list: StudyRequest => Vec<StudyRow>;
    /// Logs an entry.
    mutate "study.add" => study::add: StudyInput => StudyRow;
    /// Edits an entry.
    mutate "study.edit" => study::edit: EditStudy => StudyRow;
    /// Deletes an entry with its note.
    mutate "study.delete" => study::delete: StudyEntryRequest => Nothing;

    /// Accepts entries (认定): they count from now on.
    mutate "study.approve" => study::approve: ReviewStudy => Vec<StudyRow>;
    /// Returns entries (退回) with a reason: they do not count.
    mutate "study.return" => study::send_back: ReviewStudy => Vec<StudyRow>;

    /// The year's credits of everyone under one rule set.
    query "credits.year" => credits::year: CreditsRequest => CreditsYear;
    /// One member's credits with their reasons.
    query "credits.member" => credits::member: MemberCreditsRequest => MemberCredits;
    /// Everyone's credits with their reasons.
    query "credits.explained" => credits::explained: CreditsRequest => Vec<MemberCredits>;

    /// The credits by hand of a year, by date.
    query "manual_credits.list" => manual_credits::list: ManualCreditsRequest => Vec<ManualCreditView>;
    /// Adds a credit by hand, or a correction of a fact's.
    mutate "manual_credits.add" => manual_credits::add: ManualCreditInput => ManualCreditView;
    /// Edits a credit by hand; also accepts or returns it.
    mutate "manual_credits.edit" => manual_credits::edit: EditManualCredit => ManualCreditView;
    /// Removes a credit by hand.
    mutate "manual_credits.remove" => manual_credits::remove: ManualCreditRequest => Nothing;

    /// What is known of a member beyond the roster's fields.
    query "member_facts.list" => manual_credits::facts: MemberFactsRequest => Vec<MemberFactView>;
    /// Adds an attribute, another review's grade, or a long leave.
    mutate "member_facts.add" => manual_credits::add_fact: AddMemberFact => MemberFactView;
    /// Removes one of them.
    mutate "member_facts.remove" => manual_credits::remove_fact: MemberFactRequest => Nothing;

    /// Every rule set that can be used here, and which are in use when.
    query "rules.list" => rules::list: Nothing => RulesList;
    /// A rule set's text.
    query "rules.text" => rules::text: RuleSetRequest => RuleText;
    /// What is in a text and what is wrong with it.
    query "rules.inspect" => rules::inspect: InspectRules => Inspection;
    /// Changes a text by forms; comments and order stay. Nothing is stored.
    query "rules.edit" => rules::edit: EditRules => EditedRules;
    /// Tries rules on a member of the roster.
    query "rules.trial" => rules::trial: TryRules => RulesTried;
    /// Compares two rule sets on everybody.
    query "rules.compare" => rules::compare: CompareRules => RulesCompared;
    /// Stores a text.
    mutate "rules.save" => rules::save: SaveRules => RuleSetView;
    /// Takes a rule set into use from a day on.
    mutate "rules.use" => rules::take_into_use: UseRules => RulesList;
    /// Ends a use.
    mutate "rules.stop" => rules::stop: StopRules => RulesList;
    /// Deletes a rule set that is nowhere used and by which nothing is closed.
    mutate "rules.delete" => rules::delete: RuleSetRequest => Nothing;

    /// Every decision.
    query "decisions.list" => decisions::list: Nothing => Vec<DecisionView>;
    /// Decides what the rules do not; a decision on the same question for the
    /// same people is replaced.
    mutate "decisions.record" => decisions::record: RecordDecision => DecisionView;
    /// Takes a decision back: the question is open again.
    mutate "decisions.remove" => decisions::remove: DecisionRequest => Nothing;

    /// Results of periods before the book was kept.
    query "openings.list" => openings::list: Nothing => Vec<OpeningView>;
    /// Records one; one of the same period is replaced.
    mutate "openings.record" => openings::record: RecordOpening => OpeningView;
    /// Records the results of an earlier period of many people, all or none.
    mutate "openings.record_many" => openings::record_many: RecordOpenings => Nothing;
    /// Removes one.
    mutate "openings.remove" => openings::remove: OpeningRequest => Nothing;

    /// What a closing would freeze, and what stands in its way.
    query "closing.preview" => closing::preview: ClosePeriod => ClosingPreview;
    /// Every closing, reopened ones too.
    query "closing.list" => closing::list: Nothing => Vec<ClosingView>;
    /// A closing with its lines and supplements.
    query "closing.show" => closing::show: ClosingRequest => ClosingDetail;
    /// One frozen ledger in full.
    query "closing.ledger" => closing::ledger: ClosingLedgerRequest => ClosingLedger;
    /// Whether a closing is still what it was.
    query "closing.verify" => closing::verify: ClosingRequest => ClosingVerified;
    /// Freezes a period's ledgers.
    mutate "closing.close" => closing::close: ClosePeriod => ClosingView;
    /// Opens a closing again, with a reason; what it held stays as a record.
    mutate "closing.reopen" => closing::reopen: ReopenClosing => ClosingView;
    /// Records a change to a frozen ledger.
    mutate "closing.supplement" => closing::supplement: RecordSupplement => SupplementView;

    /// A year's assessment (学习考核) under one scheme.
    query "assess.year" => assess::year: AssessRequest => AssessYear;
    /// Gives points by hand.
    mutate "assess.score" => assess::score: SetScore => Nothing;
    /// Gives many points at once, all or none.
    mutate "assess.scores" => assess::scores: SetScores => Nothing;
    /// Takes points back.
    mutate "assess.remove_score" => assess::remove_score: RemoveScore => Nothing;

    /// What is attached to a record.
    query "attachments.list" => attachments::list: AttachmentsRequest => AttachmentList;
    /// An attached file's bytes.
    query "attachments.content" => attachments::content: AttachmentRequest => AttachmentContent;
    /// Attaches files to a record; undone as one operation.
    host "attachments.add" => attachments::add: AddAttachments => Mutated<Vec<AttachmentRow>>;
    /// Renames an attached file or labels it.
    mutate "attachments.edit" => attachments::edit: EditAttachment => AttachmentRow;
    /// Takes a file off its record.
    mutate "attachments.remove" => attachments::remove: AttachmentRequest => Nothing;
    /// Writes an attached file out.
    host "attachments.save_as" => attachments::save_as: SaveAttachment => AttachmentSaved;

    /// The register of documents and meetings, with the sessions that answer them.
    query "documents.list" => documents::list: Nothing => DocumentRegister;
    /// Registers a document.
    mutate "documents.add" => documents::add: DocumentInput => DocumentRow;
    /// Edits a document.
    mutate "documents.edit" => documents::edit: EditDocument => DocumentRow;
    /// Removes a document with its files; sessions that answer it stay.
    mutate "documents.remove" => documents::remove: RemoveDocument => Nothing;
    /// Plans a session that answers a document.
    mutate "documents.schedule" => documents::schedule: ScheduleStudy => SessionRow;

    /// The superior's checks with their findings.
    query "inspections.list" => inspections::list: Nothing => InspectionBook;
    /// Records a check with its findings.
    mutate "inspections.add" => inspections::add: InspectionInput => InspectionRow;
    /// Edits a check and its findings.
    mutate "inspections.edit" => inspections::edit: EditInspection => InspectionRow;
    /// Removes a check with its findings and files.
    mutate "inspections.remove" => inspections::remove: InspectionRequest => Nothing;
    /// Says that a finding was mended.
    mutate "inspections.mend" => inspections::mend: MendFinding => InspectionRow;
    /// Opens a mended finding again.
    mutate "inspections.reopen" => inspections::reopen: ReopenFinding => InspectionRow;

    /// Who sat in on sessions, and whether their report has come.
    query "observers.list" => observers::list: ObserversRequest => Vec<ObserverRow>;
    /// Writes down an observer's report.
    mutate "observers.save" => observers::save: SaveReport => Vec<ObserverRow>;
    /// Removes an observer's report.
    mutate "observers.remove" => observers::remove: ReportRequest => Nothing;

    /// A year's expenses with their sums.
    query "expenses.list" => expenses::list: YearRequest => ExpenseYear;
    /// Records an expense.
    mutate "expenses.add" => expenses::add: ExpenseInput => ExpenseRow;
    /// Edits an expense.
    mutate "expenses.edit" => expenses::edit: EditExpense => ExpenseRow;
    /// Removes an expense with its files.
    mutate "expenses.remove" => expenses::remove: ExpenseRequest => Nothing;
    /// Writes a year's expenses as xlsx or csv.
    job "expenses.export" => expenses::export: ExportExpenses => ExpensesExported;

    /// The commendations, and who has had none for two years.
    query "commendations.list" => commendations::list: Nothing => CommendationBook;
    /// One member's commendations, latest first.
    query "commendations.of_member" => commendations::of_member: MemberCommendationsRequest => Vec<CommendationRow>;
    /// Records a commendation of people and organizations.
    mutate "commendations.add" => commendations::add: AddCommendations => Vec<CommendationRow>;
    /// Edits a commendation.
    mutate "commendations.edit" => commendations::edit: EditCommendation => CommendationRow;
    /// Removes a commendation with its files.
    mutate "commendations.remove" => commendations::remove: CommendationRequest => Nothing;

    /// The case library, or what of it a text finds.
    query "cases.list" => cases::list: CasesRequest => CaseLibrary;
    /// One case with its body.
    query "cases.get" => cases::get: CaseRequest => CaseDetail;
    /// Adds a case.
    mutate "cases.add" => cases::add: CaseInput => CaseDetail;
    /// Edits a case.
    mutate "cases.edit" => cases::edit: EditCase => CaseDetail;
    /// Removes a case with its files.
    mutate "cases.remove" => cases::remove: CaseRequest => Nothing;

    /// Where the year stands.
    query "workbench.year" => workbench::year: YearRequest => Workbench;

    /// What needs looking at in a year, and what of it was put off.
    query "warnings.list" => warnings::list: YearRequest => WarningsYear;
    /// How the rules are set that raise warnings.
    query "warnings.rules" => warnings::rules: Nothing => Vec<WarningRuleView>;
    /// Puts warnings off until a day, or for good, with a reason.
    mutate "warnings.put_off" => warnings::put_off: PutOffWarnings => Nothing;
    /// Takes that back.
    mutate "warnings.take_back" => warnings::take_back: TakeBackWarnings => Nothing;
    /// Switches a rule on or off, or sets its threshold.
    mutate "warnings.set_rule" => warnings::set_rule: SetWarningRule => Vec<WarningRuleView>;
    /// Sets every rule back to its default.
    mutate "warnings.reset_rules" => warnings::reset_rules: Nothing => Vec<WarningRuleView>;

    /// Looks for people and sessions.
    query "search.find" => search::find: SearchRequest => SearchResult;

    /// Writes the yearly summary (年度学习情况汇总表) as xlsx.
    job "reports.summary" => reports::summary: WriteReport => ReportWritten;
    /// Writes the attendance ledger (考勤台账) as csv.
    job "reports.attendance_csv" => reports::attendance_csv: WriteReport => ReportWritten;
    /// Writes what was changed in closed months of a year.
    job "reports.supplements_csv" => reports::supplements_csv: WriteReport => ReportWritten;

    /// Opens a file for import and proposes how to read it.
    job "import.read" => imports::read: ReadImport => ImportSource;
    /// What the columns would mean on another sheet or under another row.
    host "import.heading" => imports::heading: HeadingRequest => Heading;
    /// Says for every row what an import would do.
    job "import.preview" => imports::preview: PreviewImport => ImportPreview;
    /// Carries out the plan of a preview, in one transaction.
    job "import.apply" => imports::apply: ApplyImport => ImportDone;

    /// Takes back the latest operation that still stands.
    host "undo.undo" => undo::undo: StepRequest => Mutated<Undone>;
    /// Does again what was taken back last.
    host "undo.redo" => undo::redo: StepRequest => Mutated<Undone>;
    /// The latest operations.
    query "undo.history" => undo::history: HistoryRequest => Vec<HistoryEntry>;
}

/// The kind of a command, if there is such a command.
pub fn kind_of(name: &str) -> Option<CommandKind> {
    COMMANDS.iter().find(|command| command.name == name).map(|command| command.kind)
}

/// Why closed months are changed, as any request of kind `mutate` may say
/// beside its own fields: `supplement_reason`. Without it, a change in a
/// closed month is refused (`month_closed`).
fn supplement_reason(request: &Value) -> Option<String> {
    forms::text(request.get("supplement_reason")?.as_str())
}

fn decode<T: serde::de::DeserializeOwned>(name: &str, request: Value) -> Result<T, ApiError> {
    let request = if request.is_null() { Value::Object(serde_json::Map::new()) } else { request };
    serde_json::from_value(request).map_err(|error| ApiError::BadRequest { name: name.to_owned(), reason: error.to_string() })
}

fn encode<T: Serialize>(response: &T) -> Result<Value, ApiError> {
    serde_json::to_value(response).map_err(|error| ApiError::Internal { reason: error.to_string() })
}
