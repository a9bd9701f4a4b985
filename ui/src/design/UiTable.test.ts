import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'

import { nextSort, sortRows, type TableColumn } from './table'
import UiTable from './UiTable.vue'

interface Row {
  id: string
  name: string
  credits: number | null
}

const COLUMNS: TableColumn<Row>[] = [
  { key: 'name', title: '姓名', value: (row) => row.name },
  { key: 'credits', title: '已得', value: (row) => row.credits, sortable: true },
]
const ROWS: Row[] = Array.from({ length: 2000 }, (_, index) => ({ id: `m${index}`, name: `人员${index}`, credits: 2000 - index }))

/** Ten rows of 36 pixels, and the heading. */
const VIEW = 396

function table(rows: Row[] = ROWS) {
  const open = vi.fn()
  const wrapper = mount(UiTable<Row>, {
    attachTo: document.body,
    props: { rows, columns: COLUMNS, rowKey: (row: Row) => row.id, label: '花名册', current: null as string | null, onOpen: open, 'onUpdate:current': (key: string | null) => wrapper.setProps({ current: key }) },
    slots: { empty: '还没有人员。' },
  })
  const press = async (key: string): Promise<string | null | undefined> => {
    await wrapper.get('[role=grid]').trigger('keydown', { key })
    await nextTick()
    return wrapper.props('current')
  }
  return { wrapper, press, open }
}

describe('UiTable', () => {
  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(VIEW)
    vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(800)
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(VIEW)
  })
  afterEach(() => {
    document.body.innerHTML = ''
  })

  it('draws only the rows in view and says how many there are', async () => {
    const { wrapper } = table()
    await nextTick()
    const drawn = wrapper.findAll('[role=row].body').length
    expect(drawn).toBeGreaterThan(9)
    expect(drawn).toBeLessThan(60)
    expect(wrapper.get('[role=grid]').attributes('aria-rowcount')).toBe('2001')
  })

  it('moves by the keyboard and stops at both ends', async () => {
    const { wrapper, press } = table()
    await wrapper.get('[role=grid]').trigger('focus')
    expect(wrapper.props('current')).toBe('m0')
    expect(await press('ArrowDown')).toBe('m1')
    expect(await press('ArrowUp')).toBe('m0')
    expect(await press('ArrowUp')).toBe('m0')
    // Eleven lines fit; the heading is one, another stays for orientation.
    expect(await press('PageDown')).toBe('m9')
    expect(await press('PageUp')).toBe('m0')
    expect(await press('End')).toBe('m1999')
    expect(await press('ArrowDown')).toBe('m1999')
    expect(await press('Home')).toBe('m0')
  })

  it('opens the current row with Enter and any row with a click', async () => {
    const { wrapper, press, open } = table()
    await press('ArrowDown')
    await press('Enter')
    expect(open.mock.calls[0]?.[0].id).toBe('m0')
    await wrapper.get('[data-row=m3]').trigger('click')
    expect(open.mock.calls[1]?.[0].id).toBe('m3')
    expect(wrapper.props('current')).toBe('m3')
  })

  it('sorts by a heading up, down, and back', async () => {
    const { wrapper } = table()
    const heading = wrapper.get('button.sort')
    const first = (): string | undefined => wrapper.get('[role=row].body').attributes('data-row')
    await heading.trigger('click')
    expect([first(), wrapper.get('[aria-sort]').attributes('aria-sort')]).toEqual(['m1999', 'ascending'])
    await heading.trigger('click')
    expect(first()).toBe('m0')
    await heading.trigger('click')
    expect(wrapper.get('[aria-sort]').attributes('aria-sort')).toBe('none')
  })

  it('says what to do where there is nothing', () => {
    expect(table([]).wrapper.text()).toBe('还没有人员。')
  })
})

describe('sorting', () => {
  const rows: Row[] = [
    { id: 'a', name: '甲', credits: 9 },
    { id: 'b', name: '乙', credits: null },
    { id: 'c', name: '丙', credits: 10 },
  ]
  const ids = (sort: Parameters<typeof sortRows>[2]): string => sortRows(rows, COLUMNS, sort).map((row) => row.id).join('')

  it('compares numbers as numbers and keeps blanks last either way', () => {
    expect(ids({ key: 'credits', descending: false })).toBe('acb')
    expect(ids({ key: 'credits', descending: true })).toBe('cab')
    expect(ids(null)).toBe('abc')
  })

  it('starts upwards on another column', () => {
    expect(nextSort({ key: 'name', descending: true }, 'credits')).toEqual({ key: 'credits', descending: false })
  })
})
