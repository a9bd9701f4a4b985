import { describe, expect, it } from 'vitest'

import catalogue from '@assets/messages/zh-CN.json'

import { compose, sentence } from './sentence'

const CATALOGUE = {
  error: { too_large: '文件太大：{what:bound}超过 {limit}。' },
  bound: { rows: '行数' },
  missing: { error: '没有完成（{code}）。' },
}

describe('sentence', () => {
  it('fills in parameters as they are and codes by their own entry', () => {
    expect(compose(CATALOGUE, 'error', 'too_large', { what: 'rows', limit: 5 })).toBe('文件太大：行数超过 5。')
  })

  it('shows a code that has no entry as it is', () => {
    expect(compose(CATALOGUE, 'error', 'too_large', { what: 'pages', limit: 5 })).toBe('文件太大：pages超过 5。')
  })

  it('leaves a parameter out that is not there', () => {
    expect(compose(CATALOGUE, 'error', 'too_large', { what: 'rows' })).toBe('文件太大：行数超过 。')
  })

  it('falls back to a sentence that names the code', () => {
    expect(compose(CATALOGUE, 'error', 'unheard_of', {})).toBe('没有完成（unheard_of）。')
  })

  it('never takes text of a parameter for a place-holder', () => {
    expect(compose(CATALOGUE, 'error', 'too_large', { what: '{limit}', limit: 5 })).toBe('文件太大：{limit}超过 5。')
  })

  it('refers to groups of the shipped catalogue only', () => {
    const groups = [...JSON.stringify(catalogue).matchAll(/\{\w+:(\w+)\}/g)].map((match) => match[1] ?? '')
    expect(groups.length).toBeGreaterThan(0)
    expect(groups.filter((group) => !(group in catalogue))).toEqual([])
  })

  it('speaks the shipped catalogue', () => {
    expect(sentence('operation', 'attendance.mark', { name: '王伟', status: 'late' })).toBe('点名 王伟 迟到')
  })
})
