/** Rows, rule sets and ledgers for the unit tests of the ledger, typed by the core's own types; a test says only what it is about. */
import type { CreditEntry, CreditRow, CreditsYear, MemberCredits, MemberRow, QuestionView, RequirementLine, SetView } from '@/bridge/generated'

export function member(id: string, name: string, given: Partial<MemberRow> = {}): MemberRow {
  return {
    id,
    name,
    display_name: name,
    staff_no: `10${id}`,
    search_keys: [],
    tier: 'section',
    gender: null,
    born: null,
    party_status: null,
    party_joined: null,
    rank: null,
    post: null,
    category: null,
    organization: null,
    organization_name: null,
    department: null,
    phone: null,
    remark: null,
    left: false,
    namesake: false,
    revision: 1,
    ...given,
  }
}

export function row(of: MemberRow, given: Partial<CreditRow> = {}): CreditRow {
  return {
    member: of,
    required: '12',
    earned: '0',
    gap: null,
    by_category: ['0', '0'],
    result: 'met',
    verdict: 'pass',
    range: null,
    raw: '0',
    surplus: null,
    carried_in: '0',
    carried_out: '0',
    by_bucket: [],
    forecast: null,
    shortfalls: [],
    consequences: [],
    pending: 0,
    closed: false,
    changed: false,
    ...given,
  }
}

export function set(key: string, name: string, given: Partial<SetView> = {}): SetView {
  return { id: `preset:${key}`, key, name, version: null, unit: '学分', example: false, period: '2025', from: '2025-01-01', to: '2025-12-31', over: false, closing: null, buckets: [], ...given }
}

export function year(rows: CreditRow[], given: Partial<CreditsYear> = {}): CreditsYear {
  const own = set('annual', '年度学分制')
  return {
    year: 2025,
    sets: [own],
    set: own,
    rules: {
      title: '年度学分制',
      unit: '学分',
      lines: [{ line: 28, words: '每 60 分钟 0.5 学分' }],
      categories: [
        { code: 'collective', label: '集体学习', cap: null, bucket: null },
        { code: 'self_study', label: '个人自学', cap: '4', bucket: null },
      ],
      requirements: [
        { tier: 'division_and_above', required: '18' },
        { tier: 'section', required: '12' },
        { tier: 'other', required: null },
      ],
    },
    rows,
    totals: { members: rows.length, with_requirement: 0, met: 0 },
    counts: { undecided: 0, behind: 0, unreachable: 0, pending: 0 },
    questions: [],
    ...given,
  }
}

export function entry(given: Partial<CreditEntry> = {}): CreditEntry {
  return {
    date: '2025-03-03',
    fact: '专题讲座 3小时（迟到）',
    link: { page: 'session', id: 's1' },
    category: '集体学习',
    rule: '每 60 分钟 0.5，迟到减半',
    rule_line: 29,
    steps: ['180 分钟 ÷ 60 × 0.5 = 1.5', '迟到 × 0.5：1.5 → 0.75'],
    base: '0.75',
    counted: '0.5',
    fact_id: 'f1',
    category_id: 'collective',
    bucket: null,
    trace: [
      { text: '180 分钟 ÷ 60 × 0.5', line: 29, before: '0', after: '1.5' },
      { text: '迟到 × 0.5', line: 31, before: '1.5', after: '0.75' },
    ],
    ...given,
  }
}

export function requirement(given: Partial<RequirementLine> = {}): RequirementLine {
  return { id: '总量', label: '总量', span: null, passed: false, binding: true, repaired: false, value: '5.5', min: '12', max: null, shortfall: '6.5', due: '2025-12-31', mend: '补学', text: '总量不低于 12', line: 40, ...given }
}

export function question(given: Partial<QuestionView> = {}): QuestionView {
  return {
    key: 'options.change',
    text: '职级等有变化，要求按哪个时候的？',
    fact: null,
    fact_text: null,
    line: 0,
    readings: [
      { id: 'start', label: '按期初', range: { min: '16', max: '16' }, unbounded: false },
      { id: 'end', label: '按期末', range: { min: '17.5', max: '17.5' }, unbounded: false },
    ],
    wants_value: false,
    for_all: true,
    ...given,
  }
}

export function ledger(of: CreditRow, given: Partial<MemberCredits> = {}): MemberCredits {
  const { set: own, rules } = year([])
  return {
    row: of,
    unit: '学分',
    entries: [],
    set: own,
    sets: [],
    categories: rules.categories,
    refused: [],
    waiting: [],
    unmatched: [],
    requirements: [],
    carry_out: [],
    cycles: [],
    history: [],
    obligations: [],
    questions: [],
    outcomes: [],
    notices: [],
    frozen: null,
    ...given,
  }
}
