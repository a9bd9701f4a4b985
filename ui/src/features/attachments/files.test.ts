import { describe, expect, it } from 'vitest'

import { blobOf, sizeLabel, sourcesOf } from './files'

describe('sizes', () => {
  it('are said in the largest unit that fits', () => {
    expect(sizeLabel(0)).toBe('0 B')
    expect(sizeLabel(1023)).toBe('1023 B')
    expect(sizeLabel(24 * 1024)).toBe('24 KB')
    // 3.4 MiB are 3,565,158.4 bytes.
    expect(sizeLabel(3_565_158)).toBe('3.4 MB')
  })
})

describe('files that were dropped', () => {
  it('go over as base64', async () => {
    // RFC 4648: BASE64("foobar") = "Zm9vYmFy"
    const [source] = await sourcesOf([new File(['foobar'], '记录.txt')], 100)
    expect(source).toEqual({ type: 'bytes', name: '记录.txt', base64: 'Zm9vYmFy' })
  })

  it('are refused before they are read where one is too large', async () => {
    await expect(sourcesOf([new File(['foobar'], '大.txt')], 5)).rejects.toMatchObject({ code: 'attachment_too_large' })
  })

  it('come back byte for byte', async () => {
    const blob = blobOf('Zm9vYmFy', 'text/plain')
    expect(blob.type).toBe('text/plain')
    expect(await blob.text()).toBe('foobar')
  })
})
