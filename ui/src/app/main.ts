/**
 * The window's start.
 *
 * Where things stand:
 *
 * - `app/`       the frame: navigation, routes, keys, search palette
 * - `bridge/`    the core, typed: `useCoreQuery`, `useMutate`, `useJob`, `chooseFile`
 * - `design/`    tokens and primitives (`Ui…`); a page has no colour and no size of its own
 * - `features/`  one folder an area, named as in the core; `<Area>Page.vue` is what a route shows
 * - `i18n/`      words on screen (`t`) and the catalogue shared with the command line (`sentence`)
 * - `stores/`    what only the screen knows: year, appearance, toasts
 *
 * A page reads with `useCoreQuery`, shows `UiLoading`, `UiError` or `UiEmpty`
 * while there is nothing to show, and changes with `useMutate`: toast, 撤销
 * and the refreshing of every list follow by themselves. Its root has class
 * `page` (scrolls) or `page-fill` (a table takes the height). It may put
 * words into the status bar: `<Teleport defer to="#status-note">`.
 *
 * The content policy forbids `<style>` elements and style attributes in HTML
 * strings: no `v-html` with styles, ECharts with rich-text tooltips only.
 */
import '@/design/tokens.css'
import '@/design/base.css'
import '@/design/control.css'

import { VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp } from 'vue'

import { queryClient } from '@/bridge/queries'
import { i18n } from '@/i18n'

import App from './App.vue'
import { installKeyGuard } from './keys'
import { router } from './routes'

installKeyGuard()
createApp(App).use(createPinia()).use(i18n).use(router).use(VueQueryPlugin, { queryClient }).mount('#app')
