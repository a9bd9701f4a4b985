import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'

import CoverageGrid from './CoverageGrid.vue'
import { line, reading, window } from './testing'

const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'))
const items = [
  line('党员大会', [reading('quarter', ['01', '04', '07', '10'].map((month) => window(`2025-${month}-01`, `2025-${month}-28`)))]),
  line('主题党日', [reading('month', MONTHS.map((month) => window(`2025-${month}-01`, `2025-${month}-28`)))]),
]

function current(wrapper: ReturnType<typeof mount>): string | undefined {
  return wrapper.find('[aria-selected=true]').attributes('aria-label')
}

describe('the table of the coverage', () => {
  it('is one stop of the Tab key, moved in by arrows, opened by Enter', async () => {
    const wrapper = mount(CoverageGrid, { props: { items, today: '2025-05-10' }, attachTo: document.body })
    const grid = wrapper.get('[role=grid]')
    expect(current(wrapper)).toContain('党员大会，第 2 季度')
    await grid.trigger('keydown', { key: 'ArrowDown' })
    expect(current(wrapper)).toContain('主题党日，5 月')
    await grid.trigger('keydown', { key: 'ArrowLeft' })
    await grid.trigger('keydown', { key: 'ArrowLeft' })
    expect(current(wrapper)).toContain('主题党日，3 月')
    await grid.trigger('keydown', { key: 'ArrowUp' })
    expect(current(wrapper)).toContain('党员大会，第 1 季度')
    await grid.trigger('keydown', { key: 'End' })
    await grid.trigger('keydown', { key: 'Enter' })
    const [row, cell] = wrapper.emitted('open')?.[0] as [{ key: string }, { month: number }]
    expect([row.key, cell.month]).toEqual(['党员大会//', 10])
    wrapper.unmount()
  })

  it('leaves the keys of an input method alone', async () => {
    const wrapper = mount(CoverageGrid, { props: { items, today: '2025-05-10' }, attachTo: document.body })
    await wrapper.get('[role=grid]').trigger('keydown', { key: 'Enter', isComposing: true })
    await wrapper.get('[role=grid]').trigger('keydown', { key: 'Enter', keyCode: 229 })
    expect(wrapper.emitted('open')).toBeUndefined()
    wrapper.unmount()
  })
})
