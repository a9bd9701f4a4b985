import { describe, expect, it } from 'vitest'

import { conditionWords, isWhole, opsOf, readCondition, subjectsOf, writeCondition } from './conditions'

describe('conditions', () => {
  // Every expression is one of assets/guide/rules.md or of a preset, and comes back as it was.
  it.each([
    ["person.tier = '处级以上'", '层级 是 处级以上'],
    ["level in ('省级', '国家级')", '学习层级 是其中之一 省级、国家级'],
    ["evidence has '会议记录'", '凭据 包含 会议记录'],
    ['chars >= 800', '字数 不少于 800'],
    ['天 > 15', '天 多于 15'],
    ['not person.挂职', '挂职 不成立'],
    ['known(credits)', '登记的学分 已登记'],
    ["at >= '06:00' and date < '2025-07-01'", 'at 不少于 06:00，date 少于 2025-07-01'],
    ["not status in ('出席', '迟到') or made_up", '考勤 不是其中任何一个 出席、迟到，或 已补学 成立'],
  ])('reads and writes %s', (text, words) => {
    const condition = readCondition(text)
    expect(condition).not.toBeNull()
    expect(condition && writeCondition(condition)).toBe(text)
    expect(conditionWords(text)).toBe(words)
  })

  it('reads what is written with Chinese words and signs', () => {
    expect(readCondition('字数 ≥ 800 且 level = “省级”')).toEqual({
      join: 'and',
      clauses: [
        { name: '字数', op: 'ge', values: ['800'] },
        { name: 'level', op: 'eq', values: ['省级'] },
      ],
    })
  })

  // What clauses cannot say must stay as it is rather than lose a part.
  it.each([
    'played_minutes / course_minutes >= 90%',
    '15 < days <= 30',
    "person.tier = '科级' and days > 3 or made_up",
    "(person.tier = '科级')",
    "short('总量')",
    "verdict() = 'fail'",
    'days + 1 > 3',
    'person.age >= min(45, 50)',
    'a = b',
    "level = '2025'",
    "level = '省级",
    'and',
    'days >',
  ])('leaves %s to the expression', (text) => {
    expect(readCondition(text)).toBeNull()
    expect(conditionWords(text)).toBe(text)
  })

  it('has no clause where nothing is written', () => {
    expect(readCondition('  ')).toEqual({ join: 'and', clauses: [] })
    expect(writeCondition({ join: 'and', clauses: [{ name: 'days', op: 'ge', values: [''] }] })).toBe('')
    expect(isWhole({ name: 'made_up', op: 'true', values: [] })).toBe(true)
  })

  it('offers what suits the scope and the subject', () => {
    const names = subjectsOf('result', ['必修', 'total']).map((each) => each.name)
    expect(names.filter((name) => name === 'total')).toHaveLength(1)
    expect(names).toContain('必修')
    expect(subjectsOf('person').every((each) => each.name.startsWith('person.'))).toBe(true)
    expect(opsOf(subjectsOf('fact').find((each) => each.name === 'made_up'))).toEqual(['true', 'false'])
  })
})
