import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig(({ command }) => ({
  plugins: [vue()],
  // tslib: see the file.
  resolve: { alias: { '@': path('./src'), '@assets': path('../assets'), tslib: path('./src/design/chart/tslib.ts') } },
  define: {
    // The loopback bridge of the browser tests. The shipped build is made
    // without VITE_BRIDGE and then holds no network call at all.
    __WITH_BRIDGE__: JSON.stringify(command === 'serve' || process.env.VITE_BRIDGE === '1'),
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __INTLIFY_JIT_COMPILATION__: 'true',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  server: { host: '127.0.0.1', port: 5173, strictPort: true, fs: { allow: ['..'] } },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // Files, not data: addresses: the content policy allows only our own.
    assetsInlineLimit: 0,
    // The polyfill fetches; every web view that we run in preloads by itself.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    restoreMocks: true,
  },
}))
