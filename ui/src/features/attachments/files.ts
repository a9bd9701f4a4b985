/** Files that were dropped or pasted, and sizes in words. */
import { CoreError } from '@/bridge/errors'
import type { AttachmentSource } from '@/bridge/generated'

/** A size as people read it: `812 B`, `24 KB`, `3.4 MB`. */
export function sizeLabel(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  const tenths = Math.round((bytes * 10) / (1024 * 1024))
  return `${Math.floor(tenths / 10)}.${tenths % 10} MB`
}

/** What of a drop or a paste are files; folders and texts are left out. */
export function filesOf(data: DataTransfer | null): File[] {
  if (!data) return []
  const folders = new Set<string>()
  for (const item of data.items ?? []) {
    const entry = 'webkitGetAsEntry' in item ? item.webkitGetAsEntry() : null
    if (entry?.isDirectory) folders.add(entry.name)
  }
  return [...data.files].filter((file) => !folders.has(file.name))
}

/** Whether a drag carries files. */
export function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/**
 * Reads files for `attachments.add`. One that is too large is refused before
 * it is read; the core looks again.
 */
export async function sourcesOf(files: readonly File[], maxBytes: number, nameOf: (file: File) => string = (file) => file.name): Promise<AttachmentSource[]> {
  const tooLarge = files.find((file) => file.size > maxBytes)
  if (tooLarge) throw new CoreError({ code: 'attachment_too_large', params: { file: tooLarge.name, limit: maxBytes / 1024 / 1024 } })
  return Promise.all(files.map(async (file) => ({ type: 'bytes', name: nameOf(file), base64: await base64Of(file) }) as const))
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    // A folder that was taken for a file fails here, too.
    reader.onerror = () => reject(new CoreError({ code: 'io', params: { cause: file.name } }))
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.readAsDataURL(file)
  })
}

/** The bytes of a base64 text as something that a picture can show. */
export function blobOf(base64: string, mediaType: string): Blob {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return new Blob([bytes], { type: mediaType })
}
