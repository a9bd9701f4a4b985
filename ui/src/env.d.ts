/// <reference types="vite/client" />

/** Whether this build can reach a core over the loopback bridge of the tests. */
declare const __WITH_BRIDGE__: boolean
