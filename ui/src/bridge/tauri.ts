import { invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'

import type { Event } from './generated'
import type { LaunchRequest, Transport } from './transport'

/** Calls through the desktop shell: src-tauri/src/commands.rs. */
export function tauriTransport(): Transport {
  return {
    invoke: (name, request) => invoke('invoke_core', { name, request }),
    pickOpen: (purpose) => invoke('pick_open', { purpose }),
    pickSave: (purpose, suggestedName) => invoke('pick_save', { purpose, suggestedName }),
    typedPath: (path, purpose, newFile) => invoke('typed_path', { path, purpose, newFile }),
    launchRequest: () => invoke('launch_request'),
    onJob: (listener) =>
      listen<Event>('core', ({ payload }) => {
        if (payload.type === 'job') listener(payload.state)
      }),
    onOpenRequested: (listener) => listen<LaunchRequest>('open-requested', ({ payload }) => listener(payload)),
    holdWindow: (held) => invoke('hold_window', { held }),
    // Not window.print: that is the browser's, which says nothing where it cannot.
    printPage: () => invoke('plugin:webview|print'),
    closeWindow: () => invoke('close_window'),
    onCloseRequested: (listener) => listen('close-requested', () => listener()),
  }
}
