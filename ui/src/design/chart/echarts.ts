/** The parts of ECharts that we draw with; a file of its own, loaded with the first chart. */
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer])

/** Starts a chart in an element that has a size. */
export function startChart(element: HTMLElement): EChartsType {
  return init(element, undefined, { renderer: 'svg' })
}
