import { describe, expect, it } from 'vitest'

import { queryOfView, viewOfQuery } from './view'

describe('the roster in the address', () => {
  it('comes back as it was', () => {
    const view = { filter: { text: 'zs', tier: 'section', category: '在职', organization: 'o1' }, order: 'protocol', includeLeft: true } as const
    expect(viewOfQuery(queryOfView(view) as Record<string, string>)).toEqual(view)
  })

  it('is in 姓氏笔画 order where the address says nothing or nonsense', () => {
    const start = { filter: { text: '', tier: '', category: '', organization: '' }, order: 'strokes', includeLeft: false }
    expect(viewOfQuery({})).toEqual(start)
    expect(viewOfQuery({ order: 'height', tier: 'giant' })).toEqual(start)
  })
})
