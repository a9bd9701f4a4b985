import { describe, expect, it } from 'vitest'

import { mutate, query } from './core'
import type { Nothing } from './generated'
import { useFakeCore } from './testing'
import { setTransport, type Transport } from './transport'

describe('the bridge', () => {
  it('turns every rejection into a CoreError', async () => {
    useFakeCore({
      'workbench.year': () => {
        throw { code: 'no_book', params: {}, field: null, trace: 'x1' }
      },
    })
    await expect(query('workbench.year', { year: 2025 })).rejects.toMatchObject({ name: 'CoreError', code: 'no_book', trace: 'x1' })
    await expect(query('organizations.list', {})).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('runs changes in the order of the calls, also after one that failed', async () => {
    const log: string[] = []
    const nothing: Nothing = {}
    const slowOrQuick: Pick<Transport, 'invoke'> = {
      invoke: async (_, request) => {
        const { name } = request as { name: string }
        log.push(`start ${name}`)
        await new Promise((resolve) => setTimeout(resolve, name === 'slow' ? 20 : 0))
        log.push(`end ${name}`)
        if (name === 'slow') throw { code: 'stale_revision' }
        return { value: nothing, changed: [], undo: null }
      },
    }
    setTransport(slowOrQuick as Transport)
    const slow = mutate('settings.set_operator', { name: 'slow' })
    const quick = mutate('settings.set_operator', { name: 'quick' })
    await expect(slow).rejects.toMatchObject({ code: 'stale_revision' })
    await quick
    expect(log).toEqual(['start slow', 'end slow', 'start quick', 'end quick'])
  })
})
