/** 字数 as the core counts it (its `text::count::words`), for the figure beside a note while it is typed. */

const HAN = /[\u3400-\u9FFF\uF900-\uFAFF\u{20000}-\u{3FFFF}〇々]/u
const WORD = /[\p{Alphabetic}\p{N}]/u

/** Every Han character is one, every run of letters or digits is one; all else is none. */
export function words(text: string): number {
  let count = 0
  let inWord = false
  for (const character of text) {
    const han = HAN.test(character)
    const word = !han && WORD.test(character)
    if (han || (word && !inWord)) count += 1
    inWord = word
  }
  return count
}
