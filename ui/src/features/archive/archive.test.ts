import { describe, expect, it } from 'vitest'

import { elapsed, found, mending, some, sumYuan, yuan } from './archive'

describe('the archive', () => {
  it('finds by every word, in any part, in full width, or by pinyin', () => {
    const parts = ['关于学习的通知', '县发〔2025〕12号', null]
    expect(found('', parts)).toBe(true)
    expect(found('通知 ２０２５', parts)).toBe(true)
    expect(found('通知 2024', parts)).toBe(false)
    expect(found('GYXX', parts, ['guanyuxuexidetongzhi', 'gyxxdtz'])).toBe(true)
    expect(found('xxx', parts, ['gyxxdtz'])).toBe(false)
  })

  it('parts thousands and sums whole cents', () => {
    expect(yuan('1280.00')).toBe('1,280.00')
    expect(yuan('1234567.89')).toBe('1,234,567.89')
    expect(yuan('0.05')).toBe('0.05')
    expect(sumYuan(Array.from({ length: 10 }, () => '0.10'))).toBe('1.00')
    expect(sumYuan([])).toBe('0.00')
    expect(sumYuan(['999999999.99', '0.01'])).toBe('1000000000.00')
  })

  it('says how long a document waited', () => {
    expect(elapsed({ study: 'kept', days: 90, studied_on: null })).toBe('')
    expect(elapsed({ study: 'overdue', days: 14, studied_on: null })).toBe('已过 14 天')
    expect(elapsed({ study: 'planned', days: -3, studied_on: null })).toBe('还有 3 天')
    expect(elapsed({ study: 'studied', days: 0, studied_on: '2025-12-01' })).toBe('当天学习')
    expect(elapsed({ study: 'studied', days: -2, studied_on: '2025-12-01' })).toBe('提前 2 天')
    expect(elapsed({ study: 'studied_late', days: 11, studied_on: '2025-12-12' })).toBe('11 天内学习')
  })

  it('says of findings first what is overdue', () => {
    const finding = { id: 'f', text: '记录不全', due_on: null, mended_on: null, mended_by: null, mended_how: null, overdue: false, late: false, revision: 1 }
    expect(mending({ findings: [], open: 0, overdue: 0 }).text).toBe('没有问题')
    expect(mending({ findings: [finding, finding], open: 2, overdue: 1 })).toEqual({ text: '超期 1 个', tone: 'bad' })
    expect(mending({ findings: [finding, finding], open: 1, overdue: 0 })).toEqual({ text: '未整改 1 / 2 个', tone: 'warn' })
    expect(mending({ findings: [finding], open: 0, overdue: 0 }).tone).toBe('ok')
  })

  it('takes a blank for nothing', () => {
    expect(some('　 ')).toBeNull()
    expect(some('a')).toBe('a')
  })
})
