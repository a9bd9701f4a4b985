/** What no system takes in a file's name; Windows is the strictest. */
const UNUSABLE = /[\\/:*?"<>|\u0000-\u001f]+/g

/** A book's name as a part of a file's name. */
export function nameForFile(book: string): string {
  return book.replace(UNUSABLE, ' ').trim()
}
