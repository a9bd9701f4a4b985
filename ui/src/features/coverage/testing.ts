/** Lines and windows for the unit tests of the coverage, typed by the core's own types; a test says only what it is about. */
import type { CoverageLine, CoverageYear, ReadingCoverage, WindowCoverage } from '@/bridge/generated'

export function window(from: string, to: string, given: Partial<WindowCoverage> = {}): WindowCoverage {
  return {
    window: from.slice(0, 7),
    from,
    to,
    required: '1',
    held: '0',
    missing: '1',
    state: 'short',
    reason: null,
    meetings: [],
    void: [],
    doubtful: [],
    planned: [],
    lapsed: [],
    missing_pairs: [],
    missing_people: [],
    ...given,
  }
}

export function reading(every: ReadingCoverage['every'], windows: WindowCoverage[], given: Partial<ReadingCoverage> = {}): ReadingCoverage {
  return { reading: '', label: '', source: '', every, windows, state: 'short', ...given }
}

export function line(item: string, readings: ReadingCoverage[], given: Partial<CoverageLine> = {}): CoverageLine {
  return {
    coverage: { item, name: item, source: '条例', group: null, chosen: null, readings, state: 'short' },
    group_name: null,
    note: '',
    kinds: [item],
    by_secretary: false,
    talks: false,
    choices: [],
    ...given,
  }
}

export function year(items: CoverageLine[], given: Partial<CoverageYear> = {}): CoverageYear {
  return {
    organization: 'a',
    branches: [{ id: 'a', name: '第一支部', kind: 'branch', full_members: 8, short: [], short_windows: 0, undecided: 0, due: 0, met: 0, over: 0 }],
    structure: { full_members: 8, probationary: 1, unknown_status: 0, committee: true, committee_set: null, committee_from: 7, groups: [], study_group: false, established_on: null, closed_on: null, changes: [] },
    requirements: '三会一课',
    note: '',
    as_of: '2025-05-10',
    items,
    meetings: [],
    people: [],
    ...given,
  }
}
