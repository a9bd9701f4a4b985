/** A chart's life: started with its element, drawn again when its size, its data or the theme changes, ended with it. */
import { useElementSize } from '@vueuse/core'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { onBeforeUnmount, shallowRef, watch, watchEffect, type ShallowRef } from 'vue'

/** A colour or font of tokens.css, as it is now. */
export type Token = (name: string) => string

/** Draws into an element. `option` is asked again whenever anything that it reads changes. */
export function useChart(canvas: Readonly<ShallowRef<HTMLElement | null>>, option: (token: Token) => EChartsCoreOption): void {
  const chart = shallowRef<EChartsType>()
  const { width, height } = useElementSize(canvas)
  let gone = false

  watch(canvas, async (element) => {
    if (!element) {
      chart.value?.dispose()
      chart.value = undefined
      return
    }
    const { startChart } = await import('./echarts')
    // Unmounted, or hidden again, while it was loading.
    if (!gone && canvas.value === element) chart.value = startChart(element)
  })

  onBeforeUnmount(() => {
    gone = true
    chart.value?.dispose()
  })

  watch([width, height], () => chart.value?.resize())

  watchEffect(() => {
    if (!chart.value) return
    const style = getComputedStyle(document.documentElement)
    chart.value.setOption(option((name) => style.getPropertyValue(name).trim()))
  })
}
