import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'

import { useSupplement } from '@/stores/supplement'

import { useMutate } from './queries'
import { useFakeCore } from './testing'

/** A core whose November is closed. */
function core() {
  return useFakeCore({
    'attendance.mark': ((request: { supplement_reason?: string }) => {
      if (!request.supplement_reason) throw { code: 'month_closed', params: { months: '2025年11月', sessions: 1 }, field: null, trace: '' }
      return { value: { member: 'm1' }, changed: [], undo: null }
    }) as never,
  })
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

describe('a change in a closed month', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('asks why, and is made again with the reason', async () => {
    const { calls } = core()
    const supplement = useSupplement()
    const done = useMutate('attendance.mark', { announce: false }).run({ session: 's1', member: 'm1', status: 'late' })
    await settle()
    expect(supplement.question).toEqual({ months: '2025年11月', sessions: 1 })
    supplement.settle('核对签到表')
    await expect(done).resolves.toEqual({ member: 'm1' })
    expect(calls.map(({ request }) => request)).toEqual([
      { session: 's1', member: 'm1', status: 'late' },
      { session: 's1', member: 'm1', status: 'late', supplement_reason: '核对签到表' },
    ])
    expect(supplement.question).toBeNull()
  })

  it('stays refused where nobody gives one', async () => {
    const { calls } = core()
    const done = useMutate('attendance.mark', { announce: false }).run({ session: 's1', member: 'm1', status: 'late' })
    await settle()
    useSupplement().settle(null)
    await expect(done).rejects.toMatchObject({ code: 'month_closed' })
    expect(calls).toHaveLength(1)
  })

  it('asks once for changes that come together', async () => {
    const { calls } = core()
    const mark = useMutate('attendance.mark', { announce: false })
    const done = Promise.all(['m1', 'm2'].map((member) => mark.run({ session: 's1', member, status: 'late' })))
    await settle()
    useSupplement().settle('漏登')
    await done
    expect(calls.filter(({ request }) => (request as { supplement_reason?: string }).supplement_reason === '漏登')).toHaveLength(2)
  })
})
